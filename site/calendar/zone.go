package calendar

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// horizon is how many years of a zone's changes are looked at: long enough to
// tell the last Sunday of a month from the fourth, and to list the changes of a
// zone that has no rule for as long as anyone will keep the feed.
const horizon = 20

// A change is a moment at which the clocks of a zone are set.
type change struct {
	local    time.Time // the moment on the clocks before it, as UTC
	from, to int       // seconds east of UTC
	name     string    // abbreviation after it
	daylight bool
}

// kind of a change: those of one kind follow one rule.
func (c change) kind() string { return fmt.Sprint(c.from, c.to, c.name, c.daylight) }

// zone is the VTIMEZONE of a zone, good from the year of first on: the Go time
// zone database, as the standard and daylight rules that RFC 5545 (3.6.5) asks for.
func zone(id string, loc *time.Location, first time.Time) *ics.VTimezone {
	z := ics.NewTimezone(id)
	changes, end := changesOf(loc, first)
	var kinds []string
	byKind := map[string][]change{}
	for _, c := range changes {
		if byKind[c.kind()] == nil {
			kinds = append(kinds, c.kind())
		}
		byKind[c.kind()] = append(byKind[c.kind()], c)
	}
	for _, kind := range kinds {
		z.Components = append(z.Components, observance(byKind[kind], end))
	}
	return z
}

// changesOf lists the changes of a zone from the last one before the year of
// first on, and says when the list ends. A zone without such a change has one that
// sets nothing: a calendar needs to be told its offset all the same.
//
// Time.ZoneBounds is of no use here: beyond the explicit changes of the database
// it also stops at the ends of years, and on the last day of a leap year for ever.
func changesOf(loc *time.Location, first time.Time) (changes []change, end time.Time) {
	begin := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	end = begin.AddDate(horizon, 0, 0)
	day := begin.AddDate(-1, 0, 0)
	after := stateOf(day, loc)
	changes = []change{{time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), after.offset, after.offset, after.name, false}}
	for ; day.Before(end); day = day.AddDate(0, 0, 1) {
		before := after
		if after = stateOf(day.AddDate(0, 0, 1), loc); before == after {
			continue
		}
		second := sort.Search(24*60*60, func(s int) bool { return stateOf(day.Add(time.Duration(s)*time.Second), loc) != before })
		at := day.Add(time.Duration(second) * time.Second)
		if at.Before(begin) {
			changes = changes[:0]
		}
		changes = append(changes, change{at.Add(time.Duration(before.offset) * time.Second), before.offset, after.offset, after.name, after.daylight})
	}
	return changes, end
}

// state is what the clocks of a zone are set to.
type state struct {
	name     string
	offset   int // seconds east of UTC
	daylight bool
}

func stateOf(at time.Time, loc *time.Location) state {
	at = at.In(loc)
	name, offset := at.Zone()
	return state{name, offset, at.IsDST()}
}

// observance is the component of changes of one kind.
func observance(changes []change, end time.Time) ics.Component {
	c := changes[0]
	base := &ics.ComponentBase{}
	base.AddProperty(ics.ComponentPropertyDtStart, c.local.Format(localForm))
	base.AddProperty("TZOFFSETFROM", offset(c.from))
	base.AddProperty("TZOFFSETTO", offset(c.to))
	base.AddProperty("TZNAME", c.name)
	if rule := yearly(changes, end); rule != "" {
		base.AddProperty(ics.ComponentPropertyRrule, rule)
	} else {
		for _, other := range changes[1:] {
			base.AddProperty("RDATE", other.local.Format(localForm))
		}
	}
	if c.daylight {
		return &ics.Daylight{ComponentBase: *base}
	}
	return &ics.Standard{ComponentBase: *base}
}

// yearly is the rule that changes follow, or "" when they follow none until
// the end: once every year, in one month, on one day of the week, at one time.
func yearly(changes []change, end time.Time) string {
	first := changes[0].local
	if len(changes) < horizon-1 || changes[len(changes)-1].local.Year() < end.Year()-1 {
		return ""
	}
	least, most, last := 31, 1, true
	for i, c := range changes {
		t := c.local
		if t.Year() != first.Year()+i || t.Month() != first.Month() || t.Weekday() != first.Weekday() || t.Format("150405") != first.Format("150405") {
			return ""
		}
		least, most = min(least, t.Day()), max(most, t.Day())
		last = last && t.AddDate(0, 0, 7).Month() != t.Month()
	}
	rule := "FREQ=YEARLY;BYMONTH=" + strconv.Itoa(int(first.Month()))
	day := dayCode(first.Weekday())
	switch week := (least + 6) / 7; {
	case last:
		return rule + ";BYDAY=-1" + day
	case week == (most+6)/7:
		return rule + ";BYDAY=" + strconv.Itoa(week) + day
	case most-least <= 6: // such as the first Sunday on or after the second
		days := make([]string, 7)
		for i := range days {
			days[i] = strconv.Itoa(least + i)
		}
		return rule + ";BYMONTHDAY=" + strings.Join(days, ",") + ";BYDAY=" + day
	}
	return ""
}

// offset writes seconds east of UTC as +hhmm, with seconds where there are any.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf("%02d", seconds%60)
	}
	return s
}
