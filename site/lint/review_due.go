package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var reviewDue = diag.Rule[Subject]{
	Info: diag.Info{ID: "review-due", Severity: diag.Advice,
		Fix: "have the page reviewed in time; `clinicblog due` lists all that are due",
		Doc: `A review is about to run out

On the day after its last one the review stops the build. How many days before
that check says so is remind in hugo.toml, 60 without it. Source: NHS standard
for creating health content: a planned review cycle.

Before: review: {by: ana, date: 2025-12-20, until: 2026-12-20, of: "cc2d8b180b36fe4e"}
After:  review: {by: ana, date: 2026-12-01, until: 2027-12-01, of: "cc2d8b180b36fe4e"}`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if s.ReviewOf(p, s.Now) == content.Reviewed && p.Review.Until.Before(s.Now.AddDate(0, 0, s.Settings.Remind)) {
				report(p.At("review.until"), "review runs out on %s", p.Review.Until.Format("2006-01-02"))
			}
		}
	},
}
