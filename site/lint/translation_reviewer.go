package lint

import "clinicblog/site/diag"

var translationReviewer = diag.Rule[Subject]{
	Info: diag.Info{ID: "translation-reviewer", Severity: diag.Error,
		Fix: "name a page of content/people by its file name, for a reviewer one with credentials",
		Doc: `A translation names nobody who is known, or a reviewer without credentials

A page says that its translation was not reviewed until translation.reviewedBy
names a qualified translator: a person with a page in content/people/ that lists
credentials. translation.by, who translated, may be anyone who has a page.
Source: Section 1557 of the Affordable Care Act, 45 CFR 92.201(c)(3): a machine's
translation of a critical text is reviewed by a qualified human translator.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			t := p.Translation
			if t == nil {
				continue
			}
			if t.By != "" && s.People[t.By] == nil {
				report(p.At("translation.by"), "translator %q has no page in content/people", t.By)
			}
			switch reviewer := s.People[t.ReviewedBy]; {
			case t.ReviewedBy == "":
			case reviewer == nil:
				report(p.At("translation.reviewedBy"), "reviewer %q has no page in content/people", t.ReviewedBy)
			case reviewer.Person.Team || len(reviewer.Person.Credentials) == 0:
				report(p.At("translation.reviewedBy"), "reviewer %q has no credentials", t.ReviewedBy)
			}
		}
	},
}
