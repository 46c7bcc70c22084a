package diag

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// files is a folder with one file, a.md.
func files(t *testing.T, text string) *Files {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return NewFiles(dir)
}

func shown(t *testing.T, term Terminal, pos Pos, length int) string {
	t.Helper()
	d := info.At(pos, "it is wrong").WithFix("")
	d.Length = length
	var b strings.Builder
	if err := term.Text(&b, []Diagnostic{d}); err != nil {
		t.Fatal(err)
	}
	_, lines, _ := strings.Cut(b.String(), "\n")
	return strings.ReplaceAll(lines, "       1 | ", "")
}

func TestCaret(t *testing.T) {
	const bar = "         | "
	for _, test := range []struct {
		name, line  string
		col, length int
		want        string
	}{
		{"words", "one two three", 5, 3, "one two three\n" + bar + "    ^~~\n"},
		{"no length", "one two", 5, 0, "one two\n" + bar + "    ^\n"},
		{"the whole line", "one two", 0, 0, "one two\n"},
		{"tab", "\tone", 2, 3, "    one\n" + bar + "    ^~~\n"},
		{"wide", "日本 x", 8, 1, "日本 x\n" + bar + "     ^\n"},
		{"wide words", "x 日本", 3, 6, "x 日本\n" + bar + "  ^~~~\n"},
		{"combining", "n\u0303o si", 6, 2, "n\u0303o si\n" + bar + "   ^~\n"},
		{"inside a letter", "éa", 2, 1, "éa\n" + bar + "^\n"},
		{"behind the end", "one", 9, 4, "one\n" + bar + "   ^\n"},
		{"escape", "a\x1b[31mb", 7, 1, "a\ufffd[31mb\n" + bar + "      ^\n"},
		{"right to left", "a\u202eb", 5, 1, "a\ufffdb\n" + bar + "  ^\n"},
		{"not UTF-8", "a\xffb", 3, 1, "a\ufffdb\n" + bar + "  ^\n"},
		{"longer than the line", "one", 2, 99, "one\n" + bar + " ^~\n"},
	} {
		got := shown(t, Terminal{Files: files(t, test.line)}, Pos{"a.md", 1, test.col}, test.length)
		if got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// A long line is cut around the words, and the caret stays below them.
func TestCaretOnLongLine(t *testing.T) {
	for _, letter := range []string{"a", "日"} {
		before := strings.Repeat(letter, 400)
		line := before + "X" + strings.Repeat("b", 400)
		got := shown(t, Terminal{Files: files(t, line), Width: 60}, Pos{"a.md", 1, len(before) + 1}, 1)
		text, marker, _ := strings.Cut(got, "\n")
		cell := 0
		for _, r := range text[:strings.Index(text, "X")] {
			_, w := cells(r)
			cell += w
		}
		if caret := strings.Index(marker, "^") - len("         | "); caret != cell || !strings.HasPrefix(text, "…") || !strings.HasSuffix(text, "…") {
			t.Errorf("caret at %d, X at %d:\n%s", caret, cell, got)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add([]byte("\tn\u0303日\x1b[31m\xff"), 3, 2, 20)
	f.Fuzz(func(t *testing.T, line []byte, col, length, limit int) {
		col, length, limit = max(0, col%1000), max(0, length%1000), max(0, limit%300)
		shown, before, under := excerpt(line, col, length, limit)
		if before < 0 || under < 0 || col > 0 && under == 0 || !utf8.ValidString(shown) || Printable(shown) != shown {
			t.Errorf("%q: shown %q, %d before, %d under", line, shown, before, under)
		}
	})
}

func TestColour(t *testing.T) {
	got := shown(t, Terminal{Files: files(t, "one"), Colour: true}, Pos{"a.md", 1, 1}, 1)
	if !strings.Contains(got, "\x1b[31m^\x1b[0m") {
		t.Errorf("got %q", got)
	}
}

func TestControlCharacters(t *testing.T) {
	d := info.At(Pos{"a\x1b.md", 1, 1}, "title \x1b]0;x\x07\u202e is odd").WithFix("say \x00 it")
	var b strings.Builder
	if err := Text(&b, []Diagnostic{d}); err != nil {
		t.Fatal(err)
	}
	if want := "a\ufffd.md:1:1: title \ufffd]0;x\ufffd\ufffd is odd (a-rule)\n    say \ufffd it\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestFilesStayInTheFolder(t *testing.T) {
	f := files(t, "one\r\ntwo")
	outside := filepath.Join(f.dir, "..", "b.md")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(f.dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	if got := string(f.Line("a.md", 1)) + string(f.Line("a.md", 2)); got != "onetwo" {
		t.Errorf("got %q", got)
	}
	for _, file := range []string{"../b.md", outside, "c.md", "gone.md", "."} {
		if got := f.Line(file, 1); got != nil {
			t.Errorf("%s: got %q", file, got)
		}
	}
	if f.Line("a.md", 0) != nil || f.Line("a.md", 3) != nil || (*Files)(nil).Line("a.md", 1) != nil {
		t.Error("there is a line that does not exist")
	}
}

// of is a finding about the words of a.md from col on.
func of(col, length int) Diagnostic {
	d := info.At(Pos{"a.md", 1, col}, "100%% wrong,\nit is: \x1b")
	d.Length = length
	return d
}

func TestGitHub(t *testing.T) {
	advice, allowed := of(1, 0), of(1, 0)
	advice.Severity, advice.Pos = Advice, Pos{File: "b, c.md"}
	allowed.Allowed = "because"
	var b strings.Builder
	if err := GitHub(&b, []Diagnostic{of(5, 2), advice, allowed}, files(t, "日 ñandú"), "docs"); err != nil {
		t.Fatal(err)
	}
	want := "::error file=docs/a.md,line=1,col=3,endColumn=3,title=a-rule::100%25 wrong,\ufffdit is: \ufffd%0Amend it\n" +
		"::warning file=docs/b%2C c.md,title=a-rule::100%25 wrong,\ufffdit is: \ufffd%0Amend it\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

func TestSARIF(t *testing.T) {
	edited, allowed, known := of(6, 2), of(1, 0), of(1, 0)
	edited.Edits = []Edit{{Pos: Pos{"a.md", 1, 6}, Old: "ñ\n😀", New: "n"}, {Pos: Pos{"a.md", 1, 1}, Old: "😀", New: ""}}
	allowed.Allowed = "because"
	known.Known = true
	whole := info.At(Pos{File: "public/ä b.html"}, "gone")
	log := SARIF{Version: "v1.2.3", Rules: []Info{info}, Files: files(t, "😀 ñandú"), Prefix: "docs", Baseline: true, Gone: []Diagnostic{whole}}
	var b strings.Builder
	if err := log.Write(&b, []Diagnostic{edited, allowed, known}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Runs []struct {
			ColumnKind string
			Results    []json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Runs[0].ColumnKind != "utf16CodeUnits" || len(got.Runs[0].Results) != 4 {
		t.Fatal(b.String())
	}
	for i, want := range []string{
		`"region": {"startLine": 1, "startColumn": 4, "endColumn": 5}`,
		`"suppressions": [{"kind": "inSource", "justification": "because"}]`,
		`"baselineState": "unchanged"`,
		`"uri": "docs/public/%C3%A4%20b.html"`,
	} {
		var result any
		if err := json.Unmarshal(got.Runs[0].Results[i], &result); err != nil {
			t.Fatal(err)
		}
		text := string(got.Runs[0].Results[i])
		if flat := strings.Join(strings.Fields(text), " "); !strings.Contains(strings.NewReplacer("{ ", "{", " }", "}", "[ ", "[", " ]", "]").Replace(flat), want) {
			t.Errorf("result %d has no %s:\n%s", i, want, text)
		}
	}
	first := strings.Join(strings.Fields(string(got.Runs[0].Results[0])), "")
	for _, want := range []string{
		`"deletedRegion":{"startLine":1,"startColumn":4,"endLine":2,"endColumn":3},"insertedContent":{"text":"n"}`,
		`"deletedRegion":{"startLine":1,"startColumn":1,"endColumn":3}`,
		`"baselineState":"new"`,
	} {
		if !strings.Contains(first, want) {
			t.Errorf("no %s in %s", want, first)
		}
	}
	if !strings.Contains(string(got.Runs[0].Results[3]), `"absent"`) {
		t.Error("what is gone is not absent")
	}
}
