package lint

import (
	"strings"

	"clinicblog/site/diag"
)

var scheduleLink = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-link", Severity: diag.Error,
		Fix: "write the name of a room, or online, and send the link to the members alone",
		Doc: `A session's place is an address on the web

The schedule and its feeds are public. The address of a video room opens the
group to strangers, and those who are in treatment have a right to be among
themselves (42 CFR Part 2).`},
	Run: func(s Subject, report diag.Report) {
		for session := range s.sessions() {
			for _, place := range session.Place {
				place = strings.ToLower(place)
				if strings.Contains(place, "://") || strings.Contains(place, "www.") || strings.ContainsAny(place, "/@") && strings.Contains(place, ".") {
					report(session.At("place"), "session %q has an address as its place", session.ID)
					break
				}
			}
		}
	},
}
