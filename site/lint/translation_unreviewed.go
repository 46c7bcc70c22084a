package lint

import "clinicblog/site/diag"

var translationUnreviewed = diag.Rule[Subject]{
	Info: diag.Info{ID: "translation-unreviewed", Severity: diag.Advice, Standing: true,
		Fix: "have a qualified translator read them, and name that person in translation.reviewedBy",
		Doc: `Translations of medical pages were read by no qualified translator

Whoever or whatever made them, a person must answer for the words on which care
depends. Each page says that nobody did yet. This is one finding for the whole
site. Source: Section 1557 of the Affordable Care Act, 45 CFR 92.201(c)(3).

Before: translation: {of: "cc2d8b180b36fe4e"}
After:  translation: {of: "cc2d8b180b36fe4e", reviewedBy: ana}`},
	Run: func(s Subject, report diag.Report) {
		medical, unread := 0, 0
		for p := range s.published() {
			if !p.Medical || s.Original(p) == nil {
				continue
			}
			medical++
			if p.Translation == nil || !s.CanReview(p.Translation.ReviewedBy) {
				unread++
			}
		}
		if unread > 0 {
			report(diag.Pos{File: "content"}, "%d of %d translations of medical pages were read by no qualified translator, and say so", unread, medical)
		}
	},
}
