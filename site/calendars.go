package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"clinicblog/site/calendar"
	"clinicblog/site/content"
	"clinicblog/site/hugo"
)

// writeCalendars puts the feeds of the schedule beside the rendered pages, if
// there is a schedule. A file that is there already is not written over.
func writeCalendars(dir string, index *content.Index, rendered hugo.Site) error {
	if index.Schedule == nil || len(index.Schedule.Sessions) == 0 {
		return nil
	}
	var files []calendar.File
	for _, e := range rendered.Languages {
		feeds, err := calendar.Feeds(calendarSite(index, rendered, e))
		if err != nil {
			return err
		}
		files = append(files, feeds...)
	}
	for _, file := range files {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(file.Path)), file.Data); err != nil {
			return fmt.Errorf("write calendar feed: %w", err)
		}
	}
	return nil
}

// calendarSite is what the feeds of a language are made of. A group that has no
// page in the language is named as in the default one.
func calendarSite(index *content.Index, rendered hugo.Site, e hugo.Edition) calendar.Site {
	s := calendar.Site{
		URL: e.Home, Dir: strings.Trim(strings.TrimPrefix(e.Home, rendered.BaseURL), "/"), Lang: e.Key,
		Schedule: index.Schedule, Tracks: map[string]content.Text{}, Groups: map[string]calendar.Group{},
	}
	for _, w := range index.Words {
		if w.Lang == e.Key {
			s.Words = calendar.Words{
				Appointment: w.Text("calendar-appointment"), Appointments: w.Text("calendar-appointments"),
				Groups: w.Text("calendar-groups"), Online: w.Text("schedule-online"),
			}
		}
	}
	for _, level := range index.Clinic.Levels {
		for _, t := range level.Tracks {
			s.Tracks[t.Name] = t.Names
		}
	}
	bySource := map[string]*hugo.Page{}
	for i := range rendered.Pages {
		bySource[rendered.Pages[i].Source] = &rendered.Pages[i]
	}
	for _, lang := range []string{index.DefaultLanguage(), e.Key} {
		for _, p := range index.Pages {
			if r := bySource[p.Source]; p.Group != nil && p.Lang == lang && r != nil {
				s.Groups[p.Key] = calendar.Group{Title: r.Title, Description: r.Description, URL: r.Permalink}
			}
		}
	}
	return s
}

// writeNew writes a file and the folders above it. A file that is there already
// is an error.
func writeNew(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}
