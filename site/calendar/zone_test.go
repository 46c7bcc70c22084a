package calendar

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

// The offset that the VTIMEZONE of a feed gives, read and expanded by other
// libraries, is that of the zone all through twenty years, and around each change: zones with rules
// north and south, of half an hour, on other days than Sunday, with rules that no
// RRULE says, and without any change.
func TestZones(t *testing.T) {
	for _, test := range []struct{ zone, want string }{
		{"America/Los_Angeles", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"},
		{"Europe/Berlin", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
		{"Europe/Dublin", "BYDAY=-1SU"},
		{"Australia/Lord_Howe", "TZOFFSETTO:+1030"},
		{"America/Santiago", "BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU"},
		{"Africa/Cairo", "BYDAY=-1FR"},
		{"Asia/Jerusalem", "BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR"},
		{"Africa/Casablanca", "RDATE:"},
		{"America/Godthab", "TZOFFSETTO:"},
		{"America/Phoenix", "TZNAME:MST"},
		{"Asia/Kolkata", "TZOFFSETTO:+0530"},
		{"UTC", "DTSTART:19700101T000000"},
	} {
		t.Run(test.zone, func(t *testing.T) {
			s := example(t)
			s.Schedule.Zone, s.Schedule.Location = test.zone, load(t, test.zone)
			data := feeds(t, s)["schedule/groups.ics"]
			if unfolded := strings.ReplaceAll(string(data), "\r\n ", ""); !strings.Contains(unfolded, test.want) {
				t.Errorf("no %q in\n%s", test.want, unfolded)
			}
			begin := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
			end := begin.AddDate(horizon-1, 0, 0)
			changes := expand(t, decode(t, data).Children[0], end)
			times := []time.Time{}
			for _, c := range changes {
				times = append(times, c.at.Add(-time.Second), c.at)
			}
			for at := begin; at.Before(end); at = at.Add(6 * time.Hour) {
				times = append(times, at)
			}
			for _, at := range times {
				_, want := at.In(s.Schedule.Location).Zone()
				if got := offsetAt(changes, at); !at.Before(begin) && got != want {
					t.Fatalf("offset at %s is %d, want %d", at, got, want)
				}
			}
		})
	}
}

type onset struct {
	at time.Time
	to int
}

func expand(t *testing.T, z *ical.Component, end time.Time) []onset {
	t.Helper()
	seconds := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil || len(s) != 5 {
			t.Fatalf("offset %q", s)
		}
		return n/100*3600 + n%100*60
	}
	var all []onset
	for _, o := range z.Children {
		from, to := seconds(o.Props.Get("TZOFFSETFROM").Value), seconds(o.Props.Get("TZOFFSETTO").Value)
		parse := func(s string) time.Time {
			at, err := time.Parse(localForm, s)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		local := []time.Time{parse(o.Props.Get("DTSTART").Value)}
		if rule := o.Props.Get("RRULE"); rule != nil {
			option, err := rrule.StrToROption(rule.Value)
			if err != nil {
				t.Fatal(err)
			}
			option.Dtstart, option.Until = local[0], end.AddDate(0, 0, 1)
			r, err := rrule.NewRRule(*option)
			if err != nil {
				t.Fatal(err)
			}
			if r.All()[0] != local[0] {
				t.Errorf("the rule %s does not hold its start %s", rule.Value, local[0])
			}
			local = r.All()
		}
		for _, r := range o.Props["RDATE"] {
			local = append(local, parse(r.Value))
		}
		for _, l := range local {
			all = append(all, onset{l.Add(-time.Duration(from) * time.Second), to})
		}
	}
	return all
}

func offsetAt(changes []onset, at time.Time) int {
	var last onset
	for _, c := range changes {
		if !c.at.After(at) && !c.at.Before(last.at) {
			last = c
		}
	}
	return last.to
}
