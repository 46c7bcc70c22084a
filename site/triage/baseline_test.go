package triage

import (
	"testing"

	"clinicblog/site/diag"
)

func TestBaseline(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "content/a.md", "one  two\nthree\none two\n")
	at := func(line int) diag.Pos { return diag.Pos{File: "content/a.md", Line: line, Col: 1} }
	allowed := odd.At(at(2), "it is allowed")
	allowed.Allowed = "because"
	d := New(append(rules, baselineGone), nil, now)
	first := []diag.Diagnostic{
		odd.At(at(1), "it is odd, as on line 12"), odd.At(at(3), "it is odd, as on line 12"), mild.At(at(2), "it is mild"),
		mild.At(diag.Pos{File: "public/b.html"}, "it has %d faults", 7), grave.At(at(2), "it is grave"), allowed,
	}
	list := d.WriteBaseline(first, diag.NewFiles(dir))
	want := `[
{"rule":"mild","file":"content/a.md","message":"it is mild","line":"three","count":1},
{"rule":"odd","file":"content/a.md","message":"it is odd, as on line #","line":"one two","count":2},
{"rule":"mild","file":"public/b.html","message":"it has # faults","count":1}
]
`
	if string(list) != want {
		t.Errorf("got\n%s\nwant\n%s", list, want)
	}
	baseline, err := ReadBaseline("known.json", list)
	if err != nil {
		t.Fatal(err)
	}

	// Lines moved, a count changed, one of two was mended, one is new.
	put(t, dir, "content/a.md", "new\n\n\none two\nthree\nfour\n")
	now := []diag.Diagnostic{
		odd.At(at(4), "it is odd, as on line 7"), mild.At(at(5), "it is mild"), mild.At(at(6), "it is mild"),
		mild.At(diag.Pos{File: "public/b.html"}, "it has 12 faults"), grave.At(at(5), "it is grave"),
	}
	gone := d.Known(baseline, now, diag.NewFiles(dir))
	for i, known := range []bool{true, true, false, true, false} {
		if now[i].Known != known {
			t.Errorf("%s at %v: known is %v", now[i].Message, now[i].Pos, now[i].Known)
		}
	}
	if got, want := text(t, gone), "known.json:3: advice: odd is gone from content/a.md: it is odd, as on line # (baseline-gone)\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if errors, advice := diag.Count(now); errors != 1 || advice != 1 {
		t.Errorf("%d errors and %d advice count", errors, advice)
	}
	for _, broken := range []string{"", "{}", `[{"rul":"x"}]`} {
		if _, err := ReadBaseline("known.json", []byte(broken)); err == nil {
			t.Errorf("%q is read", broken)
		}
	}
	if got := string(d.WriteBaseline(nil, nil)); got != "[\n]\n" {
		t.Errorf("got %q", got)
	}
}
