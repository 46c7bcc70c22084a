package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleTime = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-time", Severity: diag.Error,
		Fix: "write times from 00:00 to 23:59 as \"09:00\", the start before the end",
		Doc: `A session of the schedule has an impossible time

A person who comes at a wrong hour may not come again. A time has two digits, a
colon and two digits, in the clinic's local time, and a session ends on the day
on which it starts.`},
	Run: func(s Subject, report diag.Report) {
		for session := range s.sessions() {
			possible := true
			check := func(key string, c content.Clock) {
				switch {
				case c.Text == "":
					report(session.At(key), "session %q has no %s", session.ID, key)
				case c.Minutes < 0:
					report(session.At(key), "session %q has the %s %q, which is no time of day", session.ID, key, c.Text)
				default:
					return
				}
				possible = false
			}
			check("start", session.Start)
			check("end", session.End)
			if possible && session.End.Minutes <= session.Start.Minutes {
				report(session.At("end"), "session %q ends at %s, not after its start at %s", session.ID, session.End.Text, session.Start.Text)
			}
		}
	},
}
