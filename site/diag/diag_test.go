package diag

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

var info = Info{ID: "a-rule", Severity: Error, Fix: "mend it", Doc: "Title\n\nWhy."}

func TestPos(t *testing.T) {
	for _, test := range []struct {
		pos  Pos
		want string
	}{
		{Pos{"a.md", 3, 7}, "a.md:3:7"},
		{Pos{"a.md", 3, 0}, "a.md:3"},
		{Pos{"a.md", 0, 0}, "a.md"},
	} {
		if got := test.pos.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	advice := info
	advice.Severity = Advice
	var b strings.Builder
	err := Text(&b, []Diagnostic{
		info.At(Pos{"a.md", 1, 2}, "it is %s", "wrong"),
		advice.At(Pos{File: "b.md"}, "it is odd").WithFix(""),
	})
	want := "a.md:1:2: it is wrong (a-rule)\n    mend it\nb.md: advice: it is odd (a-rule)\n"
	if err != nil || b.String() != want {
		t.Errorf("got %q, %v\nwant %q", b.String(), err, want)
	}
	if err := Text(broken{}, []Diagnostic{info.At(Pos{}, "x")}); err == nil {
		t.Error("an error of the writer is lost")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no paper") }

func TestSort(t *testing.T) {
	at := func(file string, line, col int, message string) Diagnostic {
		return info.At(Pos{file, line, col}, "%s", message)
	}
	got := Sort([]Diagnostic{at("b", 1, 1, "x"), at("a", 2, 1, "x"), at("a", 1, 9, "y"), at("a", 1, 9, "x"), at("a", 2, 1, "x"), at("a", 10, 1, "x")})
	var order []string
	for _, d := range got {
		order = append(order, d.Pos.String()+" "+d.Message)
	}
	if want := []string{"a:1:9 x", "a:1:9 y", "a:2:1 x", "a:10:1 x", "b:1:1 x"}; !slices.Equal(order, want) {
		t.Errorf("got %q, want %q", order, want)
	}
}

func TestRun(t *testing.T) {
	long := Rule[string]{Info: info, Run: func(s string, report Report) {
		if len(s) > 3 {
			report(Pos{File: s}, "%d letters", len(s))
		}
	}}
	quiet := Rule[string]{Info: Info{ID: "quiet"}, Run: func(string, Report) {}}
	rules := []Rule[string]{long, quiet}
	ds := Run(rules, "four")
	if len(ds) != 1 || ds[0].Rule != "a-rule" || ds[0].Message != "4 letters" || ds[0].Fix != "mend it" || ds[0].Severity != Error {
		t.Errorf("got %+v", ds)
	}
	if errs, advice := Count(append(ds, Diagnostic{Severity: Advice})); errs != 1 || advice != 1 {
		t.Errorf("counted %d errors and %d advice", errs, advice)
	}
	if infos := Infos(rules); len(infos) != 2 || infos[1].ID != "quiet" {
		t.Errorf("got %+v", infos)
	}
}

func TestJSON(t *testing.T) {
	got, err := json.Marshal(info.At(Pos{"a.md", 1, 2}, "wrong"))
	if want := `{"pos":{"file":"a.md","line":1,"col":2},"severity":"error","rule":"a-rule","message":"wrong","fix":"mend it"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}
