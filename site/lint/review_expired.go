package lint

import "clinicblog/site/diag"

var reviewExpired = diag.Rule[Subject]{
	Info: diag.Info{ID: "review-expired", Severity: diag.Error,
		Fix: "have the page reviewed again, or remove the review so that the page says that it has none",
		Doc: `A review has expired

The page still says that it was reviewed, and until when. Readers and crawlers
take that as a promise about today (NHS standard for creating health content:
a planned review cycle). The last day itself still counts.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if r := p.Review; r != nil && !r.Void && !r.Until.IsZero() && r.Over(s.Now) && !r.Until.Before(r.Date) {
				report(p.At("review.until"), "review expired on %s", r.Until.Format("2006-01-02"))
			}
		}
	},
}
