package lint

import "clinicblog/site/diag"

var scheduleZone = diag.Rule[Subject]{
	Info: diag.Info{ID: "schedule-zone", Severity: diag.Error,
		Fix: "write the zone as in the IANA time zone database, such as America/Denver",
		Doc: `The schedule's time zone is unknown

Calendars carry the rules of daylight saving time with the feed (RFC 5545,
3.6.5), and those are derived from the zone's name. An abbreviation such as PST
stands for one half of the year only. The names are those of the time zone
database (RFC 6557).`},
	Run: func(s Subject, report diag.Report) {
		if s.Schedule != nil && s.Schedule.Location == nil {
			report(s.Schedule.At("timeZone"), "the time zone %q is unknown", s.Schedule.Zone)
		}
	},
}
