package site

import (
	"fmt"
	"os"
	"path/filepath"

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
	s := calendar.Site{URL: rendered.BaseURL, Schedule: index.Schedule, Groups: map[string]calendar.Group{}}
	keys := map[string]string{}
	for _, p := range index.Pages {
		if p.Group != nil && p.Published {
			keys[p.Source] = p.Key
		}
	}
	for _, p := range rendered.Pages {
		if key, ok := keys[p.Source]; ok {
			s.Groups[key] = calendar.Group{Title: p.Title, Description: p.Description, URL: p.Permalink}
		}
	}
	files, err := calendar.Feeds(s)
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Join(dir, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("write calendar feed: %w", err)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return fmt.Errorf("write calendar feed: %w", err)
		}
		_, err = f.Write(file.Data)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return fmt.Errorf("write calendar feed: %w", err)
		}
	}
	return nil
}
