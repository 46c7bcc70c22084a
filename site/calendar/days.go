package calendar

import (
	"bytes"
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Day is an event of a whole day. ID tells it from the others of its calendar.
type Day struct{ ID, Date, Summary string } // Date is 2026-01-31

// Days returns a calendar of days. Identifiers are made of the site's address,
// the name and each ID: a calendar that is made again has the same, so that an
// event which has moved is moved and not doubled. made is the time of its making.
func Days(site, name string, days []Day, made time.Time) ([]byte, error) {
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Calendar//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(name)
	if len(days) == 0 { // a calendar holds one component at least: RFC 5545, 3.6
		cal.AddVTimezone(zone("UTC", time.UTC, made))
	}
	for _, d := range days {
		start, err := time.Parse("2006-01-02", d.Date)
		if err != nil {
			return nil, fmt.Errorf("make calendar: day of %s: %w", d.ID, err)
		}
		e := ics.NewEvent(uid(site, name, d.ID))
		e.SetProperty(ics.ComponentPropertyDtstamp, made.UTC().Format(utcForm))
		e.SetSequence(sequence(made))
		e.SetAllDayStartAt(start)
		e.SetAllDayEndAt(start.AddDate(0, 0, 1)) // the end is not part of the event: RFC 5545, 3.6.1
		e.SetSummary(d.Summary)
		e.SetTimeTransparency(ics.TransparencyTransparent) // nobody is busy because a page is due
		cal.AddVEvent(e)
	}
	var b bytes.Buffer
	err := cal.SerializeTo(&b, ics.WithNewLine("\r\n"))
	return b.Bytes(), err
}
