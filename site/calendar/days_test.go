package calendar

import (
	"bytes"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"
)

// A calendar of days is one that another library reads: no line too long, each
// event a whole day, its identifier the same when it moves.
func TestDays(t *testing.T) {
	made := time.Date(2026, 12, 31, 20, 0, 0, 0, time.UTC)
	long := "Review runs out: Los beneficios de la terapia de grupo, y cómo ayuda; día por día, año tras año"
	read := func(days []Day) *goical.Calendar {
		data, err := Days("https://clinic.example.org/", "Reviews", days, made)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			if !bytes.HasSuffix(line, []byte("\r\n")) || len(line) > 77 {
				t.Errorf("line %q", line)
			}
		}
		cal, err := goical.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := goical.NewEncoder(&b).Encode(cal); err != nil { // it checks what RFC 5545 asks for
			t.Error(err)
		}
		return cal
	}
	read(nil)
	first := read([]Day{{"content/a.md", "2027-02-28", long}, {"content/b.md", "2027-02-15", "B"}}).Events()
	moved := read([]Day{{"content/a.md", "2027-03-28", long}}).Events()
	if len(first) != 2 || len(moved) != 1 {
		t.Fatalf("got %d and %d events", len(first), len(moved))
	}
	uidOf := func(e goical.Event) string { return e.Props.Get(goical.PropUID).Value }
	if uidOf(first[0]) != uidOf(moved[0]) || uidOf(first[0]) == uidOf(first[1]) {
		t.Errorf("identifiers %s, %s, moved %s", uidOf(first[0]), uidOf(first[1]), uidOf(moved[0]))
	}
	if got, _ := first[0].Props.Text(goical.PropSummary); got != long {
		t.Errorf("got summary %q", got)
	}
	start, err := first[0].DateTimeStart(time.UTC)
	end, err2 := first[0].DateTimeEnd(time.UTC)
	if err != nil || err2 != nil || start.Format("2006-01-02") != "2027-02-28" || end.Format("2006-01-02") != "2027-03-01" {
		t.Errorf("from %v to %v, %v, %v", start, end, err, err2)
	}
	if _, err := Days("", "", []Day{{"a", "soon", "A"}}, made); err == nil {
		t.Error("no error for a day that is none")
	}
}
