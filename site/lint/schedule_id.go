package lint

import "clinicblog/site/diag"

var scheduleID = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-id", Severity: diag.Error,
		Fix: "give every session an id of its own, such as morning-skills",
		Doc: `A session of the schedule has no id, or that of another

The identifier of a calendar entry is made of the session's id and of nothing
that changes (RFC 5545, 3.8.4.7): by it a calendar moves the entry when the
group moves to another day. Of two sessions with one id calendars show one.`},
	Run: func(s Subject, report diag.Report) {
		lines := map[string]int{}
		for session := range s.sessions() {
			pos := session.At("id")
			switch first, twice := lines[session.ID]; {
			case session.ID == "":
				report(pos, "the session has no id")
			case twice:
				report(pos, "the id %q is that of the session on line %d", session.ID, first)
			default:
				lines[session.ID] = pos.Line
			}
		}
	},
}
