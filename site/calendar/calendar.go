// Package calendar makes the iCalendar feeds (RFC 5545) of the weekly schedule:
// one that names the groups, and a discreet twin that says "Appointment" and no
// more, for phones that others see and calendars that are shared.
//
// A session becomes one event that recurs weekly, with the zone's rules of
// daylight saving time in the file and an exception for each holiday. What tells
// a calendar that an event is new is in the data: the identifier is a hash of
// the site and the session's id; the stamp and the sequence number are the
// schedule's date of change. So the same sources give the same bytes.
//
// It is a pure function of its inputs: no files, no clock. It trusts that
// site/lint found nothing in the schedule.
package calendar

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"clinicblog/site/content"

	ics "github.com/arran4/golang-ical"
)

// Site is what the feeds are made of.
// In another language than the default one it is a site of its own, with a home
// page and thus identifiers of its own: a calendar may hold both.
type Site struct {
	URL      string // of the home page in the language; identifiers are made of it
	Dir      string // in which the feeds lie: "" or a language's folder, such as "es"
	Lang     string // key of the language
	Words    Words
	Schedule *content.Schedule
	Tracks   map[string]content.Text // by their name in the default language
	Groups   map[string]Group        // by the key of their page
}

// Words are what a feed says itself.
type Words struct {
	Appointment  string // summary of a discreet session
	Appointments string // name of the discreet calendar
	Groups       string // name of the calendar of groups
	Online       string // place of a session by video
}

// Group is the page of a group type.
type Group struct{ Title, Description, URL string }

// File is a feed and its slash-separated path in the published folder.
type File struct {
	Path string
	Data []byte
}

// Feeds returns the two feeds of all sessions, and when the schedule has several
// tracks, two for each of them. Sessions without a track are in every feed.
func Feeds(s Site) ([]File, error) {
	sessions := s.Schedule.Sessions
	feeds := []feed{{site: s, name: "groups", sessions: sessions}, {site: s, name: "appointments", discreet: true, sessions: sessions}}
	tracks := map[string]string{} // the first name of each
	for _, session := range sessions {
		if slug := slugOf(session.Track); slug != "" && tracks[slug] == "" {
			tracks[slug] = session.Track
		}
	}
	if len(tracks) > 1 {
		for slug, track := range tracks {
			of := slices.DeleteFunc(slices.Clone(sessions), func(x content.Session) bool { return x.Track != "" && slugOf(x.Track) != slug })
			feeds = append(feeds,
				feed{site: s, name: "groups", track: track, sessions: of},
				feed{site: s, name: "appointments", track: track, discreet: true, sessions: of})
		}
	}
	files := make([]File, 0, len(feeds))
	for _, f := range feeds {
		data, err := f.encode()
		if err != nil {
			return nil, fmt.Errorf("make calendar feed %s: %w", f.path(), err)
		}
		files = append(files, File{Path: f.path(), Data: data})
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// slugOf is a track's name in the name of its file: a to z and digits, all else
// as one hyphen. The layouts spell it, and the path of a feed, in the same way.
func slugOf(track string) string {
	parts := strings.FieldsFunc(strings.ToLower(track), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(parts, "-")
}

type feed struct {
	site     Site
	name     string
	track    string // "" for all
	discreet bool
	sessions []content.Session
}

func (f feed) path() string {
	slug, file := slugOf(f.track), ""
	switch {
	case f.track == "":
		file = f.name + ".ics"
	case f.discreet: // a track's name may say what it is of, and a phone shows the names of files
		file = fmt.Sprintf("%s-%.4x.ics", f.name, sha256.Sum256([]byte(slug)))
	default:
		file = f.name + "-" + slug + ".ics"
	}
	return path.Join(f.site.Dir, "schedule", file)
}

// How often a calendar should ask for the feed again: a week's change is known
// within a day.
const refresh = "P1D"

func (f feed) encode() ([]byte, error) {
	s := f.site.Schedule
	cal := &ics.Calendar{}
	cal.SetVersion("2.0")
	cal.SetProductId("-//Calendar//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	title := f.site.Words.Groups
	if f.discreet {
		title = f.site.Words.Appointments
	}
	if f.track != "" && !f.discreet {
		title += " – " + cmp.Or(f.site.Tracks[f.track].In(f.site.Lang), f.track)
	}
	cal.SetXWRCalName(title)
	cal.SetXWRTimezone(s.Zone)
	cal.SetRefreshInterval(refresh)
	cal.SetXPublishedTTL(refresh)

	var first time.Time
	for i := range f.sessions {
		if start := firstDay(&f.sessions[i]); first.IsZero() || start.Before(first) {
			first = start
		}
	}
	cal.AddVTimezone(zone(s.Zone, s.Location, first))
	for i := range f.sessions {
		cal.AddVEvent(f.event(&f.sessions[i]))
	}
	var b bytes.Buffer
	err := cal.SerializeTo(&b, ics.WithNewLine("\r\n"))
	return b.Bytes(), err
}

const (
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

func (f feed) event(session *content.Session) *ics.VEvent {
	s := f.site.Schedule
	day, at := firstDay(session), func(day time.Time, c content.Clock) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), 0, c.Minutes, 0, 0, s.Location)
	}
	tzid := ics.WithTZID(s.Zone)
	stamp := s.Updated.UTC().Format(utcForm)

	e := ics.NewEvent(uid(f.site.URL, f.name, session.ID))
	e.SetProperty(ics.ComponentPropertyDtstamp, stamp)
	e.SetProperty(ics.ComponentPropertyLastModified, stamp)
	e.SetSequence(sequence(s.Updated))
	e.SetProperty(ics.ComponentPropertyDtStart, at(day, session.Start).Format(localForm), tzid)
	e.SetProperty(ics.ComponentPropertyDtEnd, at(day, session.End).Format(localForm), tzid)
	rule := "FREQ=WEEKLY;BYDAY=" + byDay(session.Days)
	if !session.Until.IsZero() {
		// The end of a rule is in UTC when the start has a zone. RFC 5545, 3.3.10.
		rule += ";UNTIL=" + at(session.Until.Time, session.Start).UTC().Format(utcForm)
	}
	e.SetProperty(ics.ComponentPropertyRrule, rule)
	for _, off := range daysOff(session, s.Holidays) {
		e.AddProperty(ics.ComponentPropertyExdate, at(off, session.Start).Format(localForm), tzid)
	}
	if f.discreet {
		e.SetSummary(f.site.Words.Appointment)
		e.SetClass(ics.ClassificationPrivate)
		return e
	}
	group := f.site.Groups[session.Group]
	e.SetSummary(group.Title)
	if group.Description != "" {
		e.SetDescription(group.Description)
	}
	switch place := session.Place.In(f.site.Lang); place {
	case "":
	case content.Online:
		e.SetLocation(f.site.Words.Online)
	default:
		e.SetLocation(place)
	}
	if group.URL != "" {
		e.SetURL(group.URL)
	}
	return e
}

// uid is a UUID of version 8 (RFC 9562) that is made of the site, the feed and
// the event's id: it stays when the event moves, says nothing of what it is
// of, and differs between the feeds, so that a calendar may hold both.
func uid(site, feed, id string) string {
	h := sha256.Sum256([]byte(site + "\n" + feed + "\n" + id))
	h[6] = h[6]&0x0f | 0x80
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// sequence is the revision of every event: the minutes from 2020 to the
// schedule's last change. It grows with each change and needs no memory of the
// one before. An event that did not change gets a new number too, which does no
// harm: its content is the same. RFC 5545, 3.8.7.4.
func sequence(updated time.Time) int {
	return max(0, int(updated.Sub(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)).Minutes()))
}

// firstDay is the first day on which the session meets, holidays aside. Its
// date is that of the first event, which the rule must hold.
func firstDay(session *content.Session) time.Time {
	day := session.From.Time
	for range 7 {
		if session.Meets(day) {
			return day
		}
		day = day.AddDate(0, 0, 1)
	}
	return session.From.Time
}

// daysOff are the days on which the session would meet if it were no holiday,
// each once, in their order.
func daysOff(session *content.Session, holidays []content.Holiday) []time.Time {
	var off []time.Time
	for _, h := range holidays {
		for day := h.Date.Time; !day.After(h.Until.Time); day = day.AddDate(0, 0, 1) {
			if session.Meets(day) {
				off = append(off, day)
			}
		}
	}
	slices.SortFunc(off, time.Time.Compare)
	return slices.CompactFunc(off, time.Time.Equal)
}

// byDay lists the days of a rule, in the order of the week.
func byDay(days []content.Day) string {
	var names []string
	for i := range 7 {
		weekday := time.Weekday((i + 1) % 7)
		for _, d := range days {
			if d.Known && d.Weekday == weekday {
				names = append(names, dayCode(weekday))
			}
		}
	}
	return strings.Join(names, ",")
}

func dayCode(d time.Weekday) string { return strings.ToUpper(d.String()[:2]) }
