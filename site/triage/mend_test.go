package triage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// edit is a finding with one edit.
func edit(file string, line, col int, old, new string) diag.Diagnostic {
	pos := diag.Pos{File: file, Line: line, Col: col}
	d := odd.At(pos, "it is odd")
	d.Edits = []diag.Edit{{Pos: pos, Old: old, New: new}}
	return d
}

func TestMend(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "content/a.md", "one two\nthree\nfour\n")
	put(t, dir, "data/b.yaml", "a: 1\n")
	put(t, dir, "layouts/c.html", "c\n")
	put(t, dir, "else/d.md", "d\n")
	for _, link := range []string{"content/link.md", "content/folder"} {
		if err := os.Symlink(filepath.Join(dir, "else"), filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	allowed := edit("content/a.md", 1, 1, "one", "0")
	allowed.Allowed = "because"
	ds := []diag.Diagnostic{
		edit("content/a.md", 1, 5, "two", "2"), edit("content/a.md", 1, 5, "two", "2"),
		edit("content/a.md", 2, 1, "three\nfour", "<!-- three\nfour -->"),
		edit("content/a.md", 3, 1, "four", "4"), edit("content/a.md", 1, 1, "two", "2"), edit("content/a.md", 9, 1, "x", "y"),
		edit("data/b.yaml", 1, 4, "1", "2"), allowed,
		edit("layouts/c.html", 1, 1, "c", "x"), edit("content/link.md", 1, 1, "d", "x"), edit("content/folder/d.md", 1, 1, "d", "x"),
		edit("content/../else/d.md", 1, 1, "d", "x"), edit("content/gone.md", 1, 1, "d", "x"), edit("content", 1, 1, "d", "x"),
	}
	m, err := Mend(dir, ds)
	if err != nil {
		t.Fatal(err)
	}
	wantDiff := `--- a/content/a.md
+++ b/content/a.md
@@ -1,3 +1,3 @@
-one two
-three
-four
+one 2
+<!-- three
+four -->
--- a/data/b.yaml
+++ b/data/b.yaml
@@ -1,1 +1,1 @@
-a: 1
+a: 2
`
	if got := string(m.Diff()); got != wantDiff {
		t.Errorf("got diff\n%s\nwant\n%s", got, wantDiff)
	}
	wantSkipped := []string{
		"content: it is no regular file",
		"content/../else/d.md: only content/ and data/ are edited",
		"content/a.md:3:1: another edit touches the same text; run --fix again",
		"content/a.md:1:1: the text to be replaced does not stand there",
		"content/a.md:9:1: the text to be replaced does not stand there",
		"content/folder/d.md: a symbolic link is not followed",
		"content/gone.md: it does not exist any more",
		"content/link.md: a symbolic link is not followed",
		"layouts/c.html: only content/ and data/ are edited",
	}
	slices.Sort(wantSkipped)
	slices.Sort(m.Skipped)
	if !slices.Equal(m.Skipped, wantSkipped) {
		t.Errorf("skipped\n%s\nwant\n%s", strings.Join(m.Skipped, "\n"), strings.Join(wantSkipped, "\n"))
	}
	if err := m.Write(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir, "content/a.md"); got != "one 2\n<!-- three\nfour -->\n" {
		t.Errorf("got %q", got)
	}
	if info, err := os.Stat(filepath.Join(dir, "content", "a.md")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("got mode %v, %v", info.Mode(), err)
	}
	if got := read(t, dir, "else/d.md"); got != "d\n" {
		t.Errorf("a link was followed: %q", got)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "content", ".clinicblog-*")); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	// The same edits a second time change nothing.
	again, err := Mend(dir, ds[:2])
	if err != nil || len(again.Files()) > 0 || len(again.Skipped) != 1 {
		t.Errorf("a second run would change %v, skips %q, %v", again.Files(), again.Skipped, err)
	}
	// What changed since it was read is not overwritten.
	m, err = Mend(dir, []diag.Diagnostic{edit("data/b.yaml", 1, 4, "2", "3")})
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "data/b.yaml", "a: 9\n")
	if err := m.Write(); err == nil || read(t, dir, "data/b.yaml") != "a: 9\n" {
		t.Errorf("got %v, %q", err, read(t, dir, "data/b.yaml"))
	}
}

// comment is a finding that puts lines into a comment: two edits that insert.
func comment(file string, from, to int) diag.Diagnostic {
	open, end := diag.Pos{File: file, Line: from, Col: 1}, diag.Pos{File: file, Line: to + 1, Col: 1}
	d := odd.At(open, "it is odd")
	d.Edits = []diag.Edit{{Pos: open, New: "<!--\n"}, {Pos: end, New: "-->\n"}}
	return d
}

func TestMendTogether(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		ds   []diag.Diagnostic
		want string
		skip string
	}{
		"the last line, without a newline": {"a\nb", []diag.Diagnostic{comment("content/a.md", 2, 2)}, "a\n<!--\nb\n-->\n", ""},
		"the last line, with one":          {"a\nb\n", []diag.Diagnostic{comment("content/a.md", 2, 2)}, "a\n<!--\nb\n-->\n", ""},
		"two lines in a row":               {"a\nb\n", []diag.Diagnostic{comment("content/a.md", 2, 2), comment("content/a.md", 1, 1)}, "<!--\na\n-->\n<!--\nb\n-->\n", ""},
		"a line twice":                     {"a\nb\n", []diag.Diagnostic{comment("content/a.md", 1, 1), comment("content/a.md", 1, 1)}, "<!--\na\n-->\nb\n", ""},
		"an end that is not there":         {"a\nb\n", []diag.Diagnostic{comment("content/a.md", 1, 7)}, "a\nb\n", "content/a.md:8:1: the text to be replaced does not stand there"},
		"a line past the end":              {"a\n", []diag.Diagnostic{comment("content/a.md", 1, 2)}, "a\n", "content/a.md:3:1: the text to be replaced does not stand there"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "content/a.md", test.src)
			m, err := Mend(dir, test.ds)
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Write(); err != nil {
				t.Fatal(err)
			}
			if got := read(t, dir, "content/a.md"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if skipped := strings.Join(m.Skipped, "\n"); skipped != test.skip {
				t.Errorf("skipped %q, want %q", skipped, test.skip)
			}
		})
	}
}
