package lint

import "clinicblog/site/diag"

var reviewFields = diag.Rule[Subject]{
	Info: diag.Info{ID: "review-fields", Severity: diag.Error,
		Fix: "run `clinicblog review` in the name of a person with credentials, or remove the review",
		Doc: `A review does not say who reviewed which text, when, or until when

A page may call itself medically reviewed only if a person with credentials
did it, on a date, with a date for the next time (NHS: know that a page is up
to date). by is the key of a page in content/people/ that lists credentials; of is the
stamp of the text that was read, which clinicblog review writes. Without all of
them the page says that it was not medically reviewed.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			r := p.Review
			if r == nil {
				continue
			}
			switch reviewer := s.People[r.By]; {
			case r.By == "":
				report(p.At("review"), "review names nobody")
			case reviewer == nil:
				report(p.At("review.by"), "reviewer %q has no page in content/people", r.By)
			case reviewer.Person.Team || len(reviewer.Person.Credentials) == 0:
				report(p.At("review.by"), "reviewer %q has no credentials", r.By)
			}
			switch {
			case r.Date.IsZero():
				report(p.At("review"), "review has no date")
			case r.Date.After(s.Now):
				report(p.At("review.date"), "review is dated %s, in the future", r.Date.Format("2006-01-02"))
			}
			if r.Of == "" {
				report(p.At("review"), "review does not say which text was reviewed").Fix = "run `clinicblog review` once the reviewer has read the page as it is now"
			}
			if r.Until.IsZero() {
				report(p.At("review"), "review does not say until when it holds")
			} else if r.Until.Before(r.Date) {
				report(p.At("review.until"), "review ends on %s, before it was made", r.Until.Format("2006-01-02"))
			}
		}
	},
}
