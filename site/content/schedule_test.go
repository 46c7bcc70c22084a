package content

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clinicblog/site/diag"
)

func loadFiles(t *testing.T, opts Options, files map[string]string) (*Index, string) {
	t.Helper()
	opts.Source, opts.Now = t.TempDir(), now
	files["content/a.md"] = "---\ntitle: A\n---\n"
	for name, text := range files {
		p := filepath.Join(opts.Source, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	index, ds, err := Load(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := diag.Text(&b, ds); err != nil {
		t.Fatal(err)
	}
	return index, b.String()
}

func TestSchedule(t *testing.T) {
	zone, err := time.LoadLocation("America/Denver")
	if err != nil {
		t.Fatal(err)
	}
	index, found := loadFiles(t, Options{Location: zone, Languages: []Language{{"en", "en-US"}}}, map[string]string{
		"i18n/en.yaml": "calendar-appointment: Appointment\n",
		"data/schedule.yaml": `updated: 2026-11-16
sessions:
  - id: a
    group: process
    days: Monday
    start: 09:00
    end: "10:75"
    from: 2026-11-02
    until: 2026-11-30T12:00:00-07:00
holidays:
  - name: One day
    date: 2026-11-09
  - name: Several
    date: 2026-11-23
    until: 2026-11-27
`})
	if found != "" {
		t.Errorf("found:\n%s", found)
	}
	s := index.Schedule
	if s.Zone != "America/Denver" || s.Location == nil || s.Updated.Format(time.RFC3339) != "2026-11-16T00:00:00-07:00" {
		t.Errorf("zone %q, %v, updated %s", s.Zone, s.Location, s.Updated)
	}
	if w := index.Words[0]; w.Text("calendar-appointment") != "Appointment" || w.File != "i18n/en.yaml" {
		t.Errorf("words %+v", w)
	}
	session := s.Sessions[0]
	if session.Start.Minutes != 9*60 || session.End.Minutes != -1 || session.End.Text != "10:75" {
		t.Errorf("from %+v to %+v", session.Start, session.End)
	}
	if pos := session.At("until"); pos.Line != 9 || pos.Col != 5 {
		t.Errorf("until is at %s", pos)
	}
	if pos := session.At("place"); pos != session.Pos || pos.Line != 3 {
		t.Errorf("an absent key is at %s", pos)
	}
	for text, want := range map[string]bool{"2026-11-01": false, "2026-11-02": true, "2026-11-03": false, "2026-11-30": true, "2026-12-07": false} {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := session.Meets(day); got != want {
			t.Errorf("meets on %s: %v, want %v", text, got, want)
		}
	}
	if h := s.Holidays; h[0].Until != h[0].Date || h[1].Until.Format(time.DateOnly) != "2026-11-27" {
		t.Errorf("holidays %+v", h)
	}
}

func TestScheduleFindings(t *testing.T) {
	index, found := loadFiles(t, Options{}, map[string]string{"data/schedule.yaml": `updated: soon
timeZone: Local
sesions: []
sessions:
  - id: a
    trak: Morning
    from: 2026-02-30
holidays:
  - name: A
    dates: 2026-11-09
`})
	for _, want := range []string{
		`data/schedule.yaml:1:10: updated "soon" is no date (key-type)`,
		"data/schedule.yaml:3:1: unknown key \"sesions\" (unknown-key)\n    did you mean \"sessions\"?",
		"data/schedule.yaml:6:5: unknown key \"trak\" (unknown-key)\n    did you mean \"track\"?",
		`data/schedule.yaml:7:11: from "2026-02-30" is no date (key-type)`,
		"data/schedule.yaml:10:5: unknown key \"dates\" (unknown-key)\n    did you mean \"date\"?",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("no %q in\n%s", want, found)
		}
	}
	if index.Schedule.Location != nil {
		t.Errorf("the zone Local is %v", index.Schedule.Location)
	}
	if index, _ := loadFiles(t, Options{}, map[string]string{}); index.Schedule != nil {
		t.Error("a schedule without its file")
	}
}
