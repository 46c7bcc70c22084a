package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var unreviewed = diag.Rule[Subject]{
	Info: diag.Info{ID: "unreviewed", Severity: diag.Advice, Standing: true,
		Fix: "run `clinicblog due` for the list, and `clinicblog review` once a page was reviewed",
		Doc: `Medical pages were never reviewed

Each of them tells its readers so, which is honest, and less than they need.
Articles, group types and pages with medical: true count, each in its language.
This is one finding for the whole site; clinicblog due lists the pages. Source:
NHS standard for creating health content: clinical approval.

Before: no review in the front matter
After:  review: {by: ana, date: 2026-01-05, until: 2027-01-05, of: "cc2d8b180b36fe4e"}`},
	Run: func(s Subject, report diag.Report) {
		medical, never := 0, 0
		for p := range s.published() {
			if p.Medical {
				medical++
				if s.ReviewOf(p, s.Now) == content.NotReviewed {
					never++
				}
			}
		}
		if never > 0 {
			report(diag.Pos{File: "content"}, "%d of %d medical pages were never medically reviewed, and say so", never, medical)
		}
	},
}
