package content

import (
	"strings"
	"time"

	"clinicblog/site/diag"
)

// Schedule is data/schedule.yaml: the week of groups.
type Schedule struct {
	Zone     string         // IANA name: the file's own, or that of the site
	Location *time.Location // of Zone; nil when there is no such zone
	Updated  time.Time      // of the last change; zero when the file does not say
	Sessions []Session
	Holidays []Holiday

	keys map[string]diag.Pos
}

// Session is a group that meets every week, on one day or several.
type Session struct {
	ID         string // stable: what makes it the same session after a change
	Group      string // Key of a page of Kind Group
	Track      string // name of one of the clinic's tracks; may be empty
	Place      Text   // a room, or Online
	Days       []Day
	Start, End Clock
	From       Date // first day on which it may meet
	Until      Date // last such day; zero for open end

	Pos  diag.Pos
	keys map[string]diag.Pos
}

// Online is the place of a session that meets by video.
const Online = "online"

// Day is a day of the week by its English name. Known is false for a text that
// is none.
type Day struct {
	Name    string
	Weekday time.Weekday
	Known   bool
}

// Clock is a time of day. Minutes counts from midnight and is -1 when Text is
// no time of the form 15:04.
type Clock struct {
	Text    string
	Minutes int
}

// Date is a day of the calendar, at midnight UTC: it has no time zone of its own.
// A zero Time is no date.
type Date struct{ time.Time }

// Holiday is a day, or the days from Date to Until, on which nothing happens.
type Holiday struct {
	Name        string // in the default language
	Date, Until Date   // Until equals Date for a single day

	Pos  diag.Pos
	keys map[string]diag.Pos
}

// Weekdays are the names of the days, by time.Weekday.
var Weekdays = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// At returns where the file sets key, or the start of the file.
func (s *Schedule) At(key string) diag.Pos {
	return at(s.keys, key, diag.Pos{File: scheduleFile, Line: 1, Col: 1})
}

// At returns where the session sets key, or where it starts.
func (s *Session) At(key string) diag.Pos { return at(s.keys, key, s.Pos) }

// At returns where the holiday sets key, or where it starts.
func (h *Holiday) At(key string) diag.Pos { return at(h.keys, key, h.Pos) }

func at(keys map[string]diag.Pos, key string, otherwise diag.Pos) diag.Pos {
	if pos, ok := keys[strings.ToLower(key)]; ok {
		return pos
	}
	return otherwise
}

// Meets tells whether the session meets on a day, holidays aside.
func (s *Session) Meets(day time.Time) bool {
	if day.Before(s.From.Time) || !s.Until.IsZero() && day.After(s.Until.Time) {
		return false
	}
	for _, d := range s.Days {
		if d.Known && d.Weekday == day.Weekday() {
			return true
		}
	}
	return false
}

const scheduleFile = "data/schedule.yaml"

func readSchedule(m *mapping, opts Options) *Schedule {
	s := &Schedule{Zone: m.text("timeZone"), Updated: m.date("updated"), keys: m.positions()}
	if s.Zone == "" {
		s.Zone = opts.Location.String()
	}
	// Local is the zone of the machine that builds, which is no fact about the clinic.
	if s.Zone != "Local" {
		s.Location, _ = time.LoadLocation(s.Zone)
	}
	for _, c := range m.children("sessions") {
		session := Session{
			ID: c.text("id"), Group: c.text("group"), Track: c.text("track"), Place: c.words("place"),
			Start: readClock(c.text("start")), End: readClock(c.text("end")), From: c.day("from"), Until: c.day("until"),
			Pos: c.pos, keys: c.positions(),
		}
		for _, name := range c.texts("days") {
			session.Days = append(session.Days, readDay(name))
		}
		c.unknown()
		s.Sessions = append(s.Sessions, session)
	}
	for _, c := range m.children("holidays") {
		h := Holiday{Name: c.words("name").In(""), Date: c.day("date"), Until: c.day("until"), Pos: c.pos, keys: c.positions()}
		if h.Until.IsZero() {
			h.Until = h.Date
		}
		c.unknown()
		s.Holidays = append(s.Holidays, h)
	}
	m.unknown()
	return s
}

func readDay(name string) Day {
	for i, w := range Weekdays {
		if w == name {
			return Day{Name: name, Weekday: time.Weekday(i), Known: true}
		}
	}
	return Day{Name: name}
}

func readClock(text string) Clock {
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return Clock{Text: text, Minutes: -1}
	}
	return Clock{Text: text, Minutes: t.Hour()*60 + t.Minute()}
}

// day reads a date and leaves out its time of day.
func (m *mapping) day(key string) Date {
	t := m.date(key)
	if t.IsZero() {
		return Date{}
	}
	return Date{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
}

// positions returns where each key stands, by its name in lower case.
func (m *mapping) positions() map[string]diag.Pos {
	keys := make(map[string]diag.Pos, len(m.items))
	for key, it := range m.items {
		keys[key] = it.pos
	}
	return keys
}
