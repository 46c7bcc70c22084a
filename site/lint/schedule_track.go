package lint

import (
	"slices"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleTrack = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-track", Severity: diag.Error,
		Fix: "let the session and its track in data/clinic.yaml agree",
		Doc: `A session lies outside its track

The clinic promises the days and hours of a track in data/clinic.yaml, and
people arrange work and family by them. A session of a track is on the track's
days, between its start and its end.`},
	Run: func(s Subject, report diag.Report) {
		tracks, names := map[string]content.Track{}, []string(nil)
		for _, level := range s.Clinic.Levels {
			for _, t := range level.Tracks {
				tracks[t.Name] = t
				names = append(names, t.Name)
			}
		}
		if len(tracks) == 0 {
			return
		}
		for session := range s.sessions() {
			t, ok := tracks[session.Track]
			switch {
			case session.Track == "": // open to every track
				continue
			case !ok:
				report(session.At("track"), "session %q is of the unknown track %q%s", session.ID, session.Track, didYouMean(content.Nearest(session.Track, names)))
				continue
			}
			for _, d := range session.Days {
				if d.Known && !slices.Contains(t.Days, d.Name) {
					report(session.At("days"), "session %q is on %s, on which the track %s does not meet", session.ID, d.Name, t.Name)
				}
			}
			if a := session.Start; a.Minutes >= 0 && a.Minutes < t.Starts.Minutes {
				report(session.At("start"), "session %q starts at %s, before the track %s does at %s", session.ID, a.Text, t.Name, t.Starts.Text)
			}
			if b := session.End; t.Ends.Minutes >= 0 && b.Minutes > t.Ends.Minutes {
				report(session.At("end"), "session %q ends at %s, after the track %s does at %s", session.ID, b.Text, t.Name, t.Ends.Text)
			}
		}
	},
}
