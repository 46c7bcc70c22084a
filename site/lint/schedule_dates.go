package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleDates = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-dates", Severity: diag.Error,
		Fix: "write the dates as 2026-01-31, the first before the last",
		Doc: `The dates of the schedule are missing, in the wrong order, or leave a session no day

A session needs the day from which it meets, a holiday its day, and the file the
date of its last change: calendars that hold an older copy of a session take the
newer one by that date (RFC 5546, 2.1.5). A session whose dates hold none of its
days never takes place.`},
	Run: func(s Subject, report diag.Report) {
		if s.Schedule == nil {
			return
		}
		if s.Schedule.Updated.IsZero() {
			report(s.Schedule.At("updated"), "the schedule does not say when it was updated")
		}
		for i := range s.Schedule.Holidays {
			h := &s.Schedule.Holidays[i]
			switch {
			case h.Name == "":
				report(h.At("name"), "the holiday has no name")
			case h.Date.IsZero():
				report(h.At("date"), "the holiday %q has no date", h.Name)
			case h.Until.Before(h.Date.Time):
				report(h.At("until"), "the holiday %q ends on %s, before its start on %s", h.Name, text(h.Until), text(h.Date))
			}
		}
		for session := range s.sessions() {
			switch {
			case session.From.IsZero():
				report(session.At("from"), "session %q does not say from which day it meets", session.ID)
			case session.Until.IsZero():
			case session.Until.Before(session.From.Time):
				report(session.At("until"), "session %q ends on %s, before its start on %s", session.ID, text(session.Until), text(session.From))
			case !takesPlace(session, s.Schedule.Holidays):
				report(session.At("until"), "session %q never takes place from %s until %s", session.ID, text(session.From), text(session.Until))
			}
		}
	},
}

func text(d content.Date) string { return d.Format("2006-01-02") }

// takesPlace tells whether a session meets once at least.
func takesPlace(session *content.Session, holidays []content.Holiday) bool {
	for _, d := range session.Days {
		if !d.Known {
			return true // that is another rule's finding
		}
	}
day:
	for day := session.From.Time; !day.After(session.Until.Time); day = day.AddDate(0, 0, 1) {
		if !session.Meets(day) {
			continue
		}
		for _, h := range holidays {
			if !day.Before(h.Date.Time) && !day.After(h.Until.Time) {
				continue day
			}
		}
		return true
	}
	return false
}
