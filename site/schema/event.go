package schema

import "clinicblog/site/content"

// EventSeries is a session of the week: it takes place again and again. It names
// the group and nobody who leads or visits it, and no room.
type EventSeries struct {
	Type       Types          `json:"@type"`
	ID         string         `json:"@id"`
	Name       string         `json:"name" need:"true"`
	URL        string         `json:"url" need:"true"`
	About      *Ref           `json:"about,omitempty"`
	Organizer  *Ref           `json:"organizer,omitempty"`
	Attendance string         `json:"eventAttendanceMode"`
	Location   *PostalAddress `json:"location,omitempty"`
	Schedule   EventSchedule  `json:"eventSchedule"`
}

// EventSchedule says when: days, local times and the zone that they are in.
// Dates are those of that zone.
type EventSchedule struct {
	Type      Types    `json:"@type"`
	Frequency string   `json:"repeatFrequency"` // ISO 8601 duration
	Days      []string `json:"byDay"`
	Start     string   `json:"startTime"`
	End       string   `json:"endTime"`
	From      string   `json:"startDate"`
	Until     string   `json:"endDate,omitempty"`
	Except    []string `json:"exceptDate,omitempty"`
	Zone      string   `json:"scheduleTimezone"`
}

// sessions adds the week of groups and returns the references to it.
func (b *builder) sessions() []any {
	var refs []any
	s := b.site.Index.Schedule
	if s == nil {
		return nil
	}
	for i := range s.Sessions {
		session := &s.Sessions[i]
		group := b.group(session.Group)
		if group == nil {
			continue
		}
		about := b.treatment(group, false)
		e := &EventSeries{
			Type: "EventSeries", ID: b.thing(b.source) + "#" + session.ID, Name: group.Title, URL: b.urls[group.Source],
			About: &about, Organizer: &Ref{b.id("clinic")}, Attendance: "https://schema.org/OnlineEventAttendanceMode",
			Schedule: EventSchedule{
				Type: "Schedule", Frequency: "P1W", Start: session.Start.Text, End: session.End.Text,
				From: session.From.Format("2006-01-02"), Zone: s.Zone, Except: exceptions(session, s.Holidays),
			},
		}
		for _, d := range session.Days {
			e.Schedule.Days = append(e.Schedule.Days, "https://schema.org/"+d.Name)
		}
		if !session.Until.IsZero() {
			e.Schedule.Until = session.Until.Format("2006-01-02")
		}
		if session.Place.In("") != content.Online {
			e.Attendance, e.Location = "https://schema.org/OfflineEventAttendanceMode", b.address()
		}
		b.add(e)
		refs = append(refs, Ref{e.ID})
	}
	return refs
}

// group returns the page of a group type in the language of this one, nil when
// there is none in this build.
func (b *builder) group(key string) *content.Page {
	for _, g := range b.groups[b.page.Lang] {
		if g.Key == key {
			return g
		}
	}
	return nil
}

// exceptions are the days on which the session would meet, were it not for a
// holiday.
func exceptions(session *content.Session, holidays []content.Holiday) []string {
	var days []string
	for _, h := range holidays {
		for day := h.Date.Time; !day.After(h.Until.Time); day = day.AddDate(0, 0, 1) {
			if session.Meets(day) {
				days = append(days, day.Format("2006-01-02"))
			}
		}
	}
	return days
}
