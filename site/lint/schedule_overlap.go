package lint

import (
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleOverlap = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-overlap", Severity: diag.Error,
		Fix: "move one of the two to another time or place",
		Doc: `Two sessions of the schedule are in one place at one time

A room holds one group, whichever track it belongs to. Sessions by video share no
room, and sessions of one track may run side by side in two rooms; but a track
has no two groups by video at one time.`},
	Run: func(s Subject, report diag.Report) {
		byPlace := map[string][]*content.Session{}
		for session := range s.sessions() {
			place := strings.ToLower(session.Place.In(""))
			if place == content.Online {
				place += "\x00" + session.Track
			}
			for _, other := range byPlace[place] {
				if day := collision(other, session); day != "" && place != "" {
					report(session.At("start"), "session %q meets on %s while %q does, on line %d, and both are in %q", session.ID, day, other.ID, other.Pos.Line, session.Place.In(""))
				}
			}
			byPlace[place] = append(byPlace[place], session)
		}
	},
}

// collision returns a day of the week on which both sessions meet at one time,
// or "".
func collision(a, b *content.Session) string {
	if a.Start.Minutes < 0 || b.Start.Minutes < 0 || a.Start.Minutes >= b.End.Minutes || b.Start.Minutes >= a.End.Minutes {
		return ""
	}
	if !a.Until.IsZero() && a.Until.Before(b.From.Time) || !b.Until.IsZero() && b.Until.Before(a.From.Time) {
		return ""
	}
	for _, x := range a.Days {
		for _, y := range b.Days {
			if x.Known && x == y {
				return x.Name
			}
		}
	}
	return ""
}
