package triage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var (
	now   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	odd   = diag.Info{ID: "odd", Severity: diag.Error}
	mild  = diag.Info{ID: "mild", Severity: diag.Advice}
	grave = diag.Info{ID: "grave", Severity: diag.Error, Fixed: true}
	rules = []diag.Info{odd, mild, grave}
)

// page reads the comments of a page, as a build does.
func page(t *testing.T, src string) []content.Allow {
	t.Helper()
	p := content.Parse("content/a.md", []byte(src), content.Options{Now: now}, func(d diag.Diagnostic) { t.Fatal(d) })
	return p.Allows
}

func text(t *testing.T, ds []diag.Diagnostic) string {
	t.Helper()
	var b strings.Builder
	for _, d := range ds {
		d.Fix = ""
		if err := diag.Text(&b, []diag.Diagnostic{d}); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestLevels(t *testing.T) {
	d := New(rules, map[string]string{"odd": "advice", "mild": "off"}, now)
	at := diag.Pos{File: "content/a.md", Line: 3, Col: 1}
	got := text(t, d.Judge([]diag.Diagnostic{odd.At(at, "it is odd"), mild.At(at, "it is mild"), grave.At(at, "it is grave")}))
	want := "content/a.md:3:1: advice: it is odd (odd)\ncontent/a.md:3:1: it is grave (grave)\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// covers tells on which lines a comment of odd lets a finding stand.
func covers(t *testing.T, src string) []int {
	t.Helper()
	d := New(rules, nil, now)
	if ds := d.Allow(page(t, src)); len(ds) > 0 {
		t.Fatal(text(t, ds))
	}
	var lines []int
	for line := range strings.Count(src, "\n") + 1 {
		if d.Judge([]diag.Diagnostic{odd.At(diag.Pos{File: "content/a.md", Line: line}, "x")})[0].Allowed != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestCovers(t *testing.T) {
	const comment = `lint:allow odd reason="it is so" until="2027-01-31"`
	for _, test := range []struct {
		name, src string
		want      string
	}{
		{"the block that follows", "---\ntitle: x\n---\nOne.\n\n<!-- C -->\n\nTwo\ntwo.\n\nThree.\n", "6 7 8 9"},
		{"without an empty line", "---\ntitle: x\n---\n<!-- C -->\nTwo.\n\nThree.\n", "4 5"},
		{"two comments for one block", "---\ntitle: x\n---\n<!-- C -->\n<!-- lint:allow mild reason=a until=2027-01-01 -->\n\nTwo.\n\nThree.\n", "4 5 6 7"},
		{"the block that it stands in", "---\ntitle: x\n---\nOne.\n\nTwo\ntwo <!-- C --> two\ntwo.\n\nThree.\n", "6 7 8"},
		{"on several lines", "---\ntitle: x\n---\n<!--\nC\n-->\n\nTwo.\n\nThree.\n", "4 5 6 7 8"},
		{"an item of a list", "---\ntitle: x\n---\n- one\n\n- two <!-- C -->\n\n- three\n", "6"},
		{"a table", "---\ntitle: x\n---\n<!-- C -->\n\n| a | b |\n|---|---|\n| c | d |\n\nEnd.\n", "4 5 6 7 8"},
		{"in code it is no comment", "---\ntitle: x\n---\n```\n<!-- C -->\n```\n\nTwo.\n", ""},
		{"a key, and the page", "---\n# C\ntitle: x\ndescription: y\n---\nOne.\n", "0 1 3"},
		{"a later key", "---\ntitle: x\n# C\nkeywords:\n  - a\n\n  - b\ntags:\n- c\n---\nOne.\n", "4 5 6 7"},
		{"a list that is not indented", "---\ntitle: x\n# C\ntags:\n- a\n- b\ndraft: false\n---\nOne.\n", "4 5 6"},
		{"an item", "---\ntitle: x\ntags:\n# C\n- a\n- b\n---\nOne.\n", "5"},
		{"behind a value", "---\ntitle: x # C\ndescription: y\n---\nOne.\n", "2"},
		{"in a text it is no comment", "---\ntitle: |\n  # C\n  x\n---\nOne.\n", ""},
	} {
		src := strings.NewReplacer("<!-- C", "<!-- "+comment, "# C", "# "+comment, "\nC\n", "\n"+comment+"\n").Replace(test.src)
		if got := strings.Trim(fmt.Sprint(covers(t, src)), "[]"); got != test.want {
			t.Errorf("%s: covers lines %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAllowForm(t *testing.T) {
	for _, test := range [][2]string{
		{`odd reason="it is so" until="2027-01-31"`, ""},
		{`odd reason=“it is so” until=2026-11-23`, ""},
		{`odd until="2027-11-23" reason="a"`, ""},
		{``, "the comment names no rule (allow-form)"},
		{`reason="a" until="2027-01-31"`, "the comment names no rule (allow-form)"},
		{`od reason="a" until="2027-01-31"`, `the comment allows "od", which is no rule (allow-form)`},
		{`grave reason="a" until="2027-01-31"`, "the comment allows grave, which cannot be allowed (allow-form)"},
		{`odd`, "the comment gives no reason (allow-form)"},
		{`odd reason="" until="2027-01-31"`, "the comment gives no reason (allow-form)"},
		{`odd reason="a"`, "the comment has no date until which it holds (allow-form)"},
		{`odd reason="a" until="soon"`, `the comment holds until "soon", which is no date (allow-form)`},
		{`odd reason="a" until="2027-11-24"`, "the comment holds until 2027-11-24, more than a year ahead (allow-form)"},
		{`odd reason="a" until="2026-11-22"`, "advice: the comment allowed odd until 2026-11-22 (allow-expired)"},
		{`odd because reason="a" until="2027-01-31"`, `the comment goes on with "because reason=\"a\" until=\"2027-01-31\"" (allow-form)`},
		{`odd,mild reason="a" until="2027-01-31"`, `the comment allows "odd,mild", which is no rule (allow-form)`},
	} {
		d := New(rules, nil, now)
		got := text(t, d.Allow(page(t, "---\ntitle: x\n---\n<!-- lint:allow "+test[0]+" -->\n\nText.\n")))
		want := test[1]
		if want != "" {
			want = "content/a.md:4:1: " + want + "\n"
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", test[0], got, want)
		}
	}
}

func TestDead(t *testing.T) {
	const src = `---
title: x
---
<!-- lint:allow odd reason="a" until="2027-01-31" -->

One.

<!-- lint:allow odd reason="b" until="2027-01-31" -->

Two.
`
	d := New(rules, nil, now)
	if ds := d.Allow(page(t, src)); len(ds) > 0 {
		t.Fatal(ds)
	}
	got := d.Judge([]diag.Diagnostic{
		odd.At(diag.Pos{File: "content/a.md", Line: 6, Col: 1}, "it is odd"),
		mild.At(diag.Pos{File: "content/a.md", Line: 10, Col: 1}, "it is mild"),
	})
	if got[0].Allowed != "a" || got[1].Allowed != "" {
		t.Errorf("got %+v", got)
	}
	want := "content/a.md:8:1: advice: there is no finding of odd to allow (allow-dead)\n"
	if dead := text(t, d.Dead()); dead != want {
		t.Errorf("got %q, want %q", dead, want)
	}
}
