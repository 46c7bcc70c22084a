package calendar

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"clinicblog/site/content"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

const zoneName = "America/Los_Angeles"

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func date(text string) content.Date {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return content.Date{Time: d}
}

func day(names ...string) (days []content.Day) {
	for _, n := range names {
		days = append(days, content.Day{Name: n, Weekday: time.Weekday(slices.Index(content.Weekdays[:], n)), Known: true})
	}
	return days
}

// example has sessions over both changes of the clocks, holidays of one day and
// of several, and texts that are hard to write down.
func example(t testing.TB) Site {
	return Site{
		URL:   "https://clinic.example.org/",
		Words: Words{Appointment: "Appointment", Appointments: "Appointments", Groups: "Groups", Online: "Online"},
		Schedule: &content.Schedule{
			Zone: zoneName, Location: load(t, zoneName), Updated: time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC),
			Sessions: []content.Session{
				{ID: "a", Group: "cbt", Track: "Morning", Place: content.Text{"": "Room 1; left, please"}, Days: day("Friday", "Monday"),
					Start: content.Clock{Minutes: 9 * 60}, End: content.Clock{Minutes: 10*60 + 30}, From: date("2026-10-07"), Until: date("2027-04-05")},
				{ID: "b", Group: "skills", Track: "Évening", Place: content.Text{"": content.Online}, Days: day("Thursday"),
					Start: content.Clock{Minutes: 17*60 + 30}, End: content.Clock{Minutes: 19 * 60}, From: date("2026-11-05")},
			},
			Holidays: []content.Holiday{
				{Name: "Thanksgiving", Date: date("2026-11-26"), Until: date("2026-11-27")},
				{Name: "Winter break", Date: date("2026-12-24"), Until: date("2027-01-01")},
				{Name: "New Year", Date: date("2027-01-01"), Until: date("2027-01-01")},
			},
		},
		Groups: map[string]Group{
			"cbt": {Title: `Thoughts, habits; and a \ sign`, URL: "https://clinic.example.org/groups/cbt/",
				Description: "Line one\nline two, which is long enough that it must be folded: " + strings.Repeat("ümläut 日本 ", 20) + strings.Repeat("x", 200)},
			"skills": {Title: "Skills"},
		},
	}
}

func feeds(t testing.TB, s Site) map[string][]byte {
	t.Helper()
	files, err := Feeds(s)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string][]byte{}
	for _, f := range files {
		byPath[f.Path] = f.Data
	}
	return byPath
}

// decode reads a feed with a parser that is not the one that wrote it.
func decode(t testing.TB, data []byte) *ical.Calendar {
	t.Helper()
	cal, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatalf("decode: %v\n%s", err, data)
	}
	return cal
}

// occurrences expands an event with a library that did not write it, by the
// zone of its own start.
func occurrences(t *testing.T, e *ical.Component, until time.Time) []time.Time {
	t.Helper()
	start := e.Props.Get(ical.PropDateTimeStart)
	loc := load(t, start.Params.Get(ical.PropTimezoneID))
	at, err := time.ParseInLocation(localForm, start.Value, loc)
	if err != nil {
		t.Fatal(err)
	}
	option, err := rrule.StrToROptionInLocation(e.Props.Get(ical.PropRecurrenceRule).Value, loc)
	if err != nil {
		t.Fatal(err)
	}
	option.Dtstart = at
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		t.Fatal(err)
	}
	set := rrule.Set{}
	set.RRule(rule)
	for _, p := range e.Props[ical.PropExceptionDates] {
		ex, err := time.ParseInLocation(localForm, p.Value, load(t, p.Params.Get(ical.PropTimezoneID)))
		if err != nil {
			t.Fatal(err)
		}
		set.ExDate(ex)
	}
	return set.Between(at, until, true)
}

// Each session takes place on its days at its time, before and after the clocks
// change, and on no holiday: the feed is expanded by another library, and
// compared with a walk over the days.
func TestOccurrences(t *testing.T) {
	s := example(t)
	until := time.Date(2027, 12, 31, 0, 0, 0, 0, load(t, zoneName))
	for _, path := range []string{"schedule/groups.ics", "schedule/appointments.ics"} {
		cal := decode(t, feeds(t, s)[path])
		for i, e := range cal.Events() {
			session := s.Schedule.Sessions[i]
			var want []string
			for day := session.From.Time; day.Format(time.DateOnly) < until.Format(time.DateOnly) && (session.Until.IsZero() || !day.After(session.Until.Time)); day = day.AddDate(0, 0, 1) {
				on := slices.ContainsFunc(session.Days, func(d content.Day) bool { return d.Weekday == day.Weekday() })
				off := slices.ContainsFunc(s.Schedule.Holidays, func(h content.Holiday) bool { return !day.Before(h.Date.Time) && !day.After(h.Until.Time) })
				if on && !off {
					local := time.Date(day.Year(), day.Month(), day.Day(), 0, session.Start.Minutes, 0, 0, s.Schedule.Location)
					want = append(want, local.UTC().Format(time.RFC3339))
				}
			}
			var got []string
			offsets := map[string]bool{}
			for _, o := range occurrences(t, e.Component, until) {
				got = append(got, o.UTC().Format(time.RFC3339))
				offsets[o.Format("-0700")] = true
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, event %d\n got %v\nwant %v", path, i, got, want)
			}
			if len(offsets) != 2 {
				t.Errorf("%s, event %d is in the offsets %v, want both", path, i, offsets)
			}
		}
		first := cal.Events()[0]
		if start := first.Props.Get("DTSTART").Value; start != "20261009T090000" {
			t.Errorf("first event starts at %s, want the Friday after the Wednesday from which it meets", start)
		}
		if n := len(first.Props["EXDATE"]); n != 4 {
			t.Errorf("%d exceptions, want two Fridays, one Monday, and New Year once", n)
		}
	}
}

func TestTexts(t *testing.T) {
	s := example(t)
	e := decode(t, feeds(t, s)["schedule/groups.ics"]).Events()[0]
	for name, want := range map[string]string{
		"SUMMARY": s.Groups["cbt"].Title, "DESCRIPTION": s.Groups["cbt"].Description, "LOCATION": "Room 1; left, please",
	} {
		if got, err := e.Props.Text(name); err != nil || got != want {
			t.Errorf("%s\n got %q, %v\nwant %q", name, got, err, want)
		}
	}
	for path, data := range feeds(t, s) {
		if !bytes.HasSuffix(data, []byte("END:VCALENDAR\r\n")) || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
			t.Errorf("%s: a line does not end with CRLF", path)
		}
		for line := range strings.SplitSeq(string(data), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) {
				t.Errorf("%s: line of %d octets: %q", path, len(line), line)
			}
		}
	}
}

// The discreet feed says nothing of what the appointments are.
func TestDiscreet(t *testing.T) {
	s := example(t)
	for path, data := range feeds(t, s) {
		name, discreet := strings.CutPrefix(path, "schedule/appointments")
		if !discreet {
			continue
		}
		if strings.Contains(name, "morning") || strings.Contains(name, "vening") {
			t.Errorf("%s names the track", path)
		}
		cal := decode(t, data)
		allowed := []string{"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "RRULE", "EXDATE", "SUMMARY", "CLASS"}
		for _, e := range cal.Events() {
			for prop, values := range e.Props {
				if !slices.Contains(allowed, prop) {
					t.Errorf("%s: %s %q", path, prop, values[0].Value)
				}
			}
			if got := e.Props.Get("SUMMARY").Value; got != "Appointment" {
				t.Errorf("%s: summary %q", path, got)
			}
		}
		text := strings.ToLower(string(data))
		for _, word := range []string{"group", "clinic", "skills", "thought", "morning", "vening", "room", "example", "://", "holiday", "winter"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", path, word)
			}
		}
	}
}

// Tracks have feeds of their own, in which a session keeps its identity.
func TestTracks(t *testing.T) {
	s := example(t)
	s.Schedule.Sessions = append(s.Schedule.Sessions, s.Schedule.Sessions[0])
	s.Schedule.Sessions[2].ID, s.Schedule.Sessions[2].Track = "c", ""
	got := feeds(t, s)
	count := map[string]int{"schedule/groups.ics": 3, "schedule/appointments.ics": 3, "schedule/groups-morning.ics": 2, "schedule/groups-vening.ics": 2}
	if len(got) != 6 {
		t.Errorf("%d feeds, want 6", len(got))
	}
	for path, want := range count {
		if n := len(decode(t, got[path]).Events()); n != want {
			t.Errorf("%s has %d events, want %d", path, n, want)
		}
	}
	whole, track := decode(t, got["schedule/groups.ics"]).Events(), decode(t, got["schedule/groups-morning.ics"]).Events()
	if a, b := whole[0].Props.Get("UID").Value, track[0].Props.Get("UID").Value; a != b {
		t.Errorf("one session is %s and %s", a, b)
	}
	s.Schedule.Sessions = s.Schedule.Sessions[:1]
	if n := len(feeds(t, s)); n != 2 {
		t.Errorf("%d feeds of one track, want 2", n)
	}
}

// A session that moves is the same one, newer; another site's is another.
func TestIdentity(t *testing.T) {
	prop := func(s Site, path, name string) string {
		return decode(t, feeds(t, s)[path]).Events()[0].Props.Get(name).Value
	}
	groups, appointments := "schedule/groups.ics", "schedule/appointments.ics"
	before, after := example(t), example(t)
	after.Schedule.Sessions[0].Start.Minutes, after.Schedule.Sessions[0].Days = 600, day("Tuesday")
	after.Schedule.Updated = after.Schedule.Updated.Add(time.Hour)
	if a, b := prop(before, groups, "UID"), prop(after, groups, "UID"); a != b {
		t.Errorf("the session became another when it moved: %s, %s", a, b)
	}
	if a, b := prop(before, groups, "SEQUENCE"), prop(after, groups, "SEQUENCE"); len(a) != len(b) || a >= b {
		t.Errorf("sequence %s, then %s", a, b)
	}
	if a, b := prop(before, groups, "DTSTAMP"), prop(after, groups, "DTSTAMP"); a != "20261116T080000Z" || b != "20261116T090000Z" {
		t.Errorf("stamp %s, then %s", a, b)
	}
	if a, b := prop(before, groups, "UID"), prop(before, appointments, "UID"); a == b {
		t.Errorf("both feeds have the identifier %s", a)
	}
	other := example(t)
	other.URL = "https://other.example/"
	if a, b := prop(before, groups, "UID"), prop(other, groups, "UID"); a == b {
		t.Errorf("two sites have the identifier %s", a)
	}
	again := feeds(t, before)
	for path, data := range feeds(t, example(t)) {
		if !bytes.Equal(data, again[path]) {
			t.Errorf("%s differs between two runs", path)
		}
	}
}

// A feed in another language lies below its home page, says its own words, and
// may stand in a calendar beside the others.
func TestLanguages(t *testing.T) {
	en := example(t)
	en.Tracks = map[string]content.Text{"Morning": {"": "Morning", "es": "Mañana"}}
	en.Schedule.Sessions[0].Place = content.Text{"": "Room 1", "en": "Room 1", "es": "Sala 1"}
	es := en
	es.URL, es.Dir, es.Lang = "https://clinic.example.org/es/", "es", "es"
	es.Words = Words{Appointment: "Cita", Appointments: "Citas", Groups: "Grupos", Online: "En línea"}
	es.Groups = map[string]Group{"cbt": {Title: "Grupos cognitivo-conductuales"}, "skills": {Title: "Habilidades"}}
	spanish, english := feeds(t, es), feeds(t, en)
	if len(spanish) != len(english) {
		t.Fatalf("%d feeds, and %d in English", len(spanish), len(english))
	}
	seen := map[string]string{}
	for _, set := range []map[string][]byte{english, spanish} {
		for path, data := range set {
			if base := strings.TrimPrefix(path, "es/"); base != path && english[base] == nil {
				t.Errorf("%s has no twin in English", path)
			}
			for _, e := range decode(t, data).Events() {
				uid := e.Props.Get(ical.PropUID).Value
				kind, _, _ := strings.Cut(strings.TrimSuffix(path, ".ics"), "-") // the feed of a track repeats that of all
				if at, twice := seen[uid]; twice && at != kind {
					t.Errorf("one identifier in %s and %s", at, kind)
				}
				seen[uid] = kind
			}
		}
	}
	for path, want := range map[string][]string{
		"es/schedule/groups-morning.ics": {"X-WR-CALNAME:Grupos – Mañana", "SUMMARY:Grupos cognitivo-conductuales", "LOCATION:Sala 1"},
		"es/schedule/groups.ics":         {"LOCATION:En línea"},
		"es/schedule/appointments.ics":   {"X-WR-CALNAME:Citas", "SUMMARY:Cita"},
		"schedule/groups-morning.ics":    {"LOCATION:Room 1"},
	} {
		all := spanish
		if !strings.HasPrefix(path, "es/") {
			all = english
		}
		for _, w := range want {
			if !strings.Contains(string(all[path]), w) {
				t.Errorf("%s has no %q:\n%s", path, w, all[path])
			}
		}
	}
}
