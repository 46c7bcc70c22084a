package lint

import (
	"strconv"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var scheduleHours = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-hours", Severity: diag.Advice,
		Fix: "correct the schedule, or groupHoursPerWeek in data/clinic.yaml",
		Doc: `A track's week of groups is longer or shorter than the clinic says

An intensive outpatient program for adults is one by its hours, at least 9 of
planned services a week (SAMHSA Advisory on intensive outpatient treatment,
2021), and payers count them. The week looked at is the one in which a session
of the track is the last to begin; groups side by side count once.`},
	Run: func(s Subject, report diag.Report) {
		for _, level := range s.Clinic.Levels {
			for _, t := range level.Tracks {
				var of []*content.Session
				var last time.Time
				for session := range s.sessions() {
					if session.Track == t.Name {
						of = append(of, session)
						if session.From.After(last) {
							last = session.From.Time
						}
					}
				}
				if len(of) == 0 || level.GroupHours == 0 {
					continue
				}
				if hours := weekHours(of, last); hours != level.GroupHours {
					report(t.Pos, "the track %s has %s hours of groups a week in data/schedule.yaml, not %s", t.Name, short(hours), short(level.GroupHours))
				}
			}
		}
	},
}

func short(hours float64) string { return strconv.FormatFloat(hours, 'g', 4, 64) }

// weekHours counts the hours of the seven days from a day on in which one of
// the sessions meets at least.
func weekHours(sessions []*content.Session, from time.Time) float64 {
	minutes := 0
	for i := range 7 {
		var busy [24 * 60]bool
		for _, session := range sessions {
			if session.Meets(from.AddDate(0, 0, i)) {
				for m := max(0, session.Start.Minutes); m < session.End.Minutes; m++ {
					busy[m] = true
				}
			}
		}
		for _, b := range busy {
			if b {
				minutes++
			}
		}
	}
	return float64(minutes) / 60
}
