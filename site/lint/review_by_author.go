package lint

import "clinicblog/site/diag"

var reviewByAuthor = diag.Rule[Subject]{
	Info: diag.Info{ID: "review-by-author", Severity: diag.Advice,
		Fix: "have somebody else with credentials review the page",
		Doc: `A page was reviewed by the person who wrote it

Nobody sees all of their own mistakes, and readers take a review for a second
pair of eyes. Source: NHS standard for creating health content: content is
approved by a clinician who did not write it.

Before: review: {by: ana, …}, and author: ana
After:  review: {by: ben, …}, and author: ana`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if r := p.Review; r != nil && r.By != "" && r.By == p.Author {
				report(p.At("review.by"), "%q reviewed what %q wrote", r.By, p.Author)
			}
		}
	},
}
