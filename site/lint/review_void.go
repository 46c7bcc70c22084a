package lint

import "clinicblog/site/diag"

var reviewVoid = diag.Rule[Subject]{
	Info: diag.Info{ID: "review-void", Severity: diag.Advice,
		Fix: "have the page reviewed again, then run `clinicblog review`",
		Doc: `A page has changed since it was reviewed

The reviewer signed another text. Until the whole page is reviewed again it says
that it has changed since its last review, and its markup claims none (NHS
standard for creating health content: clinicians sign off clinical changes). An
edit of form alone, such as white space, quotes or emphasis, does not count.

Before: review: {by: ana, date: 2026-01-05, until: 2027-01-05, of: "cc2d8b180b36fe4e"}
After:  review: {by: ana, date: 2026-06-30, until: 2027-06-30, of: "1f0b9a3c5d7e2468"}`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if r := p.Review; r != nil && r.Of != "" && r.Void {
				report(p.At("review.of"), "%s has changed since it was reviewed on %s", p.Source, r.Date.Format("2006-01-02"))
			}
		}
	},
}
