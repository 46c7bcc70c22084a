package lint

import "clinicblog/site/diag"

var scheduleWords = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-words", Severity: diag.Error,
		Fix: "add the word to that file",
		Doc: `A word of the calendar feeds is missing

The feeds are files of their own, made in each language from the words in i18n. Without its word an entry of the discreet feed would have no name, and
calendars show such an entry in ways of their own.`},
	Run: func(s Subject, report diag.Report) {
		if s.Schedule == nil {
			return
		}
		for _, w := range s.Words {
			for _, key := range []string{"calendar-appointment", "calendar-appointments", "calendar-groups", "schedule-online"} {
				if w.Text(key) == "" {
					report(diag.Pos{File: w.File}, "the file has no word %q", key)
				}
			}
		}
	},
}
