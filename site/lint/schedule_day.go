package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleDay = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-day", Severity: diag.Error,
		Fix: "write days as a list of full English names, such as [Monday, Friday]",
		Doc: `A session of the schedule is on no day of the week

Days are written by their full English names in the data, whatever the language
of the site; the page and the calendars translate them. A day that cannot be
read would drop out of both in silence, and with it the session.`},
	Run: func(s Subject, report diag.Report) {
		for session := range s.sessions() {
			pos := session.At("days")
			if len(session.Days) == 0 {
				report(pos, "session %q has no days", session.ID)
			}
			seen := map[string]bool{}
			for _, d := range session.Days {
				switch {
				case !d.Known:
					report(pos, "session %q is on the unknown day %q%s", session.ID, d.Name, didYouMean(content.Nearest(d.Name, content.Weekdays[:])))
				case seen[d.Name]:
					report(pos, "session %q names %s twice", session.ID, d.Name)
				}
				seen[d.Name] = true
			}
		}
	},
}
