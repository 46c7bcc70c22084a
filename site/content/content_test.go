package content

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"clinicblog/site/diag"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the want sections")

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Each archive holds one page and, in want, all that is read from it.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/page/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(archive.Files[0].Name, archive.Files[0].Data)
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(archive.Files) != 2 {
				t.Fatalf("%s has %d files, want a page and want", file, len(archive.Files))
			}
			if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// dump parses a page and writes down what a rule, the graph and Hugo get to see.
func dump(file string, src []byte) string {
	var ds []diag.Diagnostic
	p := Parse(file, src, Options{Now: now}, func(d diag.Diagnostic) { ds = append(ds, d) })
	var b strings.Builder
	_ = diag.Text(&b, diag.Sort(ds))
	if p == nil {
		return b.String()
	}
	for _, s := range p.FAQ {
		fmt.Fprintf(&b, "FAQ %q at %d:%d\n", s.Title, s.Pos.Line, s.Pos.Col)
		for _, q := range s.Questions {
			fmt.Fprintf(&b, "%d:%d #%s %s\n", q.Pos.Line, q.Pos.Col, q.ID, q.Text)
			for l := range strings.Lines(q.Answer) {
				fmt.Fprintf(&b, "    %s\n", strings.TrimSuffix(l, "\n"))
			}
			for _, pos := range q.Shortcodes {
				fmt.Fprintf(&b, "    shortcode at %d:%d\n", pos.Line, pos.Col)
			}
		}
	}
	for _, s := range p.Strays {
		fmt.Fprintf(&b, "stray at %d:%d %s\n", s.Pos.Line, s.Pos.Col, s.Text)
	}
	for _, l := range p.Links {
		fmt.Fprintf(&b, "link at %d:%d %s %q\n", l.Pos.Line, l.Pos.Col, l.Destination, l.Text)
	}
	for _, c := range p.Citations {
		fmt.Fprintf(&b, "citation at %d:%d %s\n", c.Pos.Line, c.Pos.Col, c.Key)
	}
	for _, i := range p.Images {
		fmt.Fprintf(&b, "image at %d:%d %s %q\n", i.Pos.Line, i.Pos.Col, i.Destination, i.Alt)
	}
	for _, raw := range p.RawHTML {
		fmt.Fprintf(&b, "raw HTML at %d:%d\n", raw.Pos.Line, raw.Pos.Col)
	}
	if p.Rewritten != nil {
		_, body, _ := strings.Cut(string(p.Rewritten), "\n---\n")
		fmt.Fprintf(&b, "rewritten:\n")
		for l := range strings.Lines(body) {
			fmt.Fprintf(&b, "|%s\n", strings.TrimSuffix(l, "\n"))
		}
	}
	return b.String()
}

func TestBytes(t *testing.T) {
	page := "---\ntitle: A\n---\nText.\n"
	for _, test := range []struct{ name, src, want string }{
		{"empty", "", "content/a.md:1:1: file is empty (empty-file)"},
		{"white space", " \n\n", "content/a.md:1:1: file is empty (empty-file)"},
		{"byte order mark alone", "\uFEFF\n", "content/a.md:1:1: file is empty (empty-file)"},
		{"byte order mark", "\uFEFF" + page, "content/a.md:1:1: advice: file starts with a byte order mark (byte-order-mark)"},
		{"CRLF", strings.ReplaceAll(page, "\n", "\r\n"), "content/a.md:1:4: advice: line ends with a carriage return (line-endings)"},
		{"Windows-1252", "---\ntitle: Caf\xe9\n---\n", "content/a.md:2:11: byte 0xE9 is not UTF-8 (encoding)"},
		{"UTF-16", "\xff\xfe-\x00-\x00", "content/a.md:1:1: file is UTF-16, not UTF-8 (encoding)"},
		{"NUL", "---\ntitle: A\x00\n---\n", "content/a.md:2:9: file holds a NUL byte (encoding)"},
		{"no front matter", "# Title\n\nText.\n", "content/a.md:1:1: page has no front matter (front-matter)"},
		{"never closed", "---\ntitle: A\n\nText.\n", "content/a.md:1:1: front matter is never closed (front-matter)"},
		{"text before it", "\n---\ntitle: A\n---\n", "content/a.md:1:1: something stands before the front matter (front-matter)"},
		{"TOML", "+++\ntitle = 'A'\n+++\n", "content/a.md:1:1: front matter is TOML (front-matter)"},
		{"JSON", "{\"title\": \"A\"}\n", "content/a.md:1:1: front matter is JSON (front-matter)"},
		{"tab", "---\ntitle: A\nparams:\n\tx: 1\n---\n", "content/a.md:4:1: line is indented with a tab, which YAML does not allow (yaml)"},
		{"duplicate key", "---\ntitle: A\ndate: 2026-01-01\nTitle: B\n---\n", `content/a.md:4:1: key "Title" is already set on line 2 (duplicate-key)`},
		{"unknown key", "---\ntitle: A\ndescripton: B\n---\n", `content/a.md:3:1: unknown key "descripton" (unknown-key)`},
		{"unquoted colon", "---\ntitle: A: B\n---\n", "content/a.md:2:8: YAML does not parse:"},
		{"wrong kind", "---\ntitle: [A]\n---\n", "content/a.md:2:8: title is a list, not text (key-type)"},
		{"no date", "---\ntitle: A\ndate: soon\n---\n", `content/a.md:3:7: date "soon" is no date (key-type)`},
		{"list as front matter", "---\n- a\n---\n", "content/a.md:2:1: found a list where keys with values belong (yaml)"},
		{"alias", "---\ntitle: &a A\ndescription: *a\n---\n", "content/a.md:2:8: title is an anchor or alias, not text (key-type)"},
		{"large", page + strings.Repeat("A sentence that is not long.\n\n", 200_000), "content/a.md:1:1: advice: file is 6.0 MB (large-file)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := dump("content/a.md", []byte(test.src))
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestDidYouMean(t *testing.T) {
	got := dump("content/a.md", []byte("---\ntitle: A\ndescripton: B\nqqqq: 1\n---\n"))
	if !strings.Contains(got, `did you mean "description"?`) {
		t.Errorf("no suggestion in %q", got)
	}
	if strings.Count(got, "did you mean") != 1 {
		t.Errorf("a key like no other has a suggestion: %q", got)
	}
}

func TestPublished(t *testing.T) {
	for _, test := range []struct {
		front string
		opts  Options
		want  bool
		why   string
	}{
		{"title: A", Options{}, true, ""},
		{"draft: true", Options{}, false, "draft"},
		{"draft: true", Options{Drafts: true}, true, "draft"},
		{"draft: true\ndate: 2027-01-01", Options{Drafts: true}, false, "draft"},
		{"date: 2027-01-01", Options{}, false, "future"},
		{"date: 2027-01-01", Options{Future: true}, true, "future"},
		{"date: 2026-01-01\npublishDate: 2027-01-01", Options{}, false, "future"},
		{"expiryDate: 2026-01-01", Options{}, false, "expired"},
		{"expiryDate: 2026-01-01", Options{Expired: true}, true, "expired"},
		{"expiryDate: 2027-01-01", Options{}, true, ""},
	} {
		test.opts.Now = now
		p := Parse("content/a.md", []byte("---\n"+test.front+"\n---\n"), test.opts, func(d diag.Diagnostic) { t.Errorf("%q: %v", test.front, d) })
		if p.Published != test.want || p.Withheld != test.why {
			t.Errorf("%q with %+v: published %v, withheld %q, want %v, %q", test.front, test.opts, p.Published, p.Withheld, test.want, test.why)
		}
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("data/clinic.yaml", "name: Example\ntelephon: '1'\n")
	write("data/references.yaml", "a-2020:\n  type: article\n  title: A\n")
	write("content/_index.md", "---\ntitle: Home\n---\n")
	write("content/articles/one/notes.md", "a resource of the page")
	write("content/articles/one/more/index.md", "another resource")
	write("data/crisis.yaml", "lines:\n  - id: '988'\n    call: '988'\n")
	write("content/groups/process.md", "---\ntitle: Process\ngoal: G\nsize: {min: 6, max: 12}\nevidence:\n  - says: X\n    ref: a-2020\n---\n")
	write("content/people/team.md", "---\ntitle: Team\nteam: true\ncredentials:\n  - name: PhD\n    by: U\n---\n")
	write("content/articles/one/index.md", "---\ntitle: One\nauthor: team\nreview:\n  by: x\n  date: 2026-01-01\n  until: 2027-01-01\n---\n")
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "content", "link.md")); err != nil {
		t.Fatal(err)
	}
	index, ds, err := Load(context.Background(), Options{Source: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	_ = diag.Text(&got, ds)
	for _, want := range []string{
		`data/clinic.yaml:2:1: unknown key "telephon" (unknown-key)` + "\n    did you mean \"telephone\"?",
	} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no %q in:\n%s", want, got.String())
		}
	}
	if len(ds) != 1 {
		t.Errorf("got %d findings, want 1:\n%s", len(ds), got.String())
	}
	if slices.ContainsFunc(index.Pages, func(p *Page) bool { return p.Key == "link" }) {
		t.Error("a symbolic link was read")
	}
	if len(index.Crisis) != 1 || index.Crisis[0].Call != "988" || index.Crisis[0].At("call").Line != 3 {
		t.Errorf("crisis lines: %+v", index.Crisis)
	}
	kinds := map[string]Kind{}
	for _, p := range index.Pages {
		kinds[p.Key] = p.Kind
		switch p.Key {
		case "process":
			if p.Group == nil || p.Group.Size != (Range{6, 12}) || len(p.Group.Evidence) != 1 || p.Group.Evidence[0].Pos.Line != 7 {
				t.Errorf("group facts: %+v", p.Group)
			}
		case "one":
			if p.Review == nil || p.Review.By != "x" || p.At("review.until").Line != 7 {
				t.Errorf("review: %+v at %v", p.Review, p.At("review.until"))
			}
		case "team":
			if p.Person == nil || len(p.Person.Credentials) != 1 || p.Person.Credentials[0] != (Credential{"PhD", "U"}) {
				t.Errorf("person: %+v", p.Person)
			}
		}
	}
	if kinds["process"] != Group || kinds["team"] != Person || kinds["one"] != Article || kinds["content"] != Plain {
		t.Errorf("kinds: %v", kinds)
	}
	if _, _, err := Load(context.Background(), Options{Source: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "no content folder") {
		t.Errorf("folder without content: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/page/*.txtar")
	for _, file := range files {
		if archive, err := txtar.ParseFile(file); err == nil {
			f.Add(archive.Files[0].Data)
		}
	}
	blocks, _ := filepath.Glob("testdata/block/*.txtar")
	for _, file := range blocks {
		if archive, err := txtar.ParseFile(file); err == nil {
			f.Add(archive.Files[0].Data)
		}
	}
	f.Add([]byte("---\n\r\r!-\n---"))
	f.Fuzz(func(t *testing.T, src []byte) {
		var ds []diag.Diagnostic
		p := Parse("content/a.md", src, Options{Now: now}, func(d diag.Diagnostic) { ds = append(ds, d) })
		if p == nil && len(ds) == 0 {
			t.Fatal("neither page nor finding")
		}
		lines := strings.Count(string(src), "\n") + 1
		check := func(pos diag.Pos) {
			if pos.Line < 0 || pos.Line > lines || pos.Col < 0 {
				t.Fatalf("position %v in a file of %d lines", pos, lines)
			}
		}
		for _, d := range ds {
			check(d.Pos)
		}
		if p == nil {
			return
		}
		for i := range p.Blocks {
			b := &p.Blocks[i]
			if !utf8.ValidString(b.Text) {
				t.Fatalf("text %q is not UTF-8", b.Text)
			}
			for offset := range b.Text {
				check(b.At(offset))
			}
			pos, _ := b.Span(0, len(b.Text))
			check(pos)
		}
		checkPlaces(t, p, src)
		for _, s := range p.FAQ {
			check(s.Pos)
			for _, q := range s.Questions {
				check(q.Pos)
				if strings.Contains(q.Answer, "<script") {
					t.Fatalf("script in answer %q", q.Answer)
				}
			}
		}
	})
}

// A page with many questions takes time in proportion.
func BenchmarkParse(b *testing.B) {
	article := "---\ntitle: A\ndescription: B\ndate: 2026-01-01\nauthor: team\nkeywords: [a, b]\n---\n" +
		strings.Repeat("## Heading\n\n"+strings.Repeat("Some *words* of [text](/a/) that fill a line.\n", 12)+"\n- one\n- two\n\n", 8) +
		"## FAQ\n\n" + strings.Repeat("### Is it so?\n\nIt is so, and it is well.\n\n", 5)
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("content/articles/a.md", []byte(article), Options{Now: now}, func(diag.Diagnostic) {})
	}
}
