package content

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clinicblog/site/diag"

	"golang.org/x/tools/txtar"
)

// Each archive holds one page and, in want, its blocks: kind, place, text, and
// what hangs on it.
func TestBlocks(t *testing.T) {
	files, err := filepath.Glob("testdata/block/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p := Parse(archive.Files[0].Name, archive.Files[0].Data, Options{Now: now}, func(diag.Diagnostic) {})
		var b strings.Builder
		for i := range p.Blocks {
			writeBlock(&b, &p.Blocks[i])
		}
		for _, c := range p.Comments {
			fmt.Fprintf(&b, "comment at %d:%d to line %d: %s\n", c.Pos.Line, c.Pos.Col, c.Line, c.Text)
		}
		if *update {
			archive.Files = append(archive.Files[:1], txtar.File{Name: "want", Data: []byte(b.String())})
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if want := string(archive.Files[len(archive.Files)-1].Data); b.String() != want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", file, b.String(), want)
		}
		checkPlaces(t, p, archive.Files[0].Data)
	}
}

func writeBlock(w *strings.Builder, b *Block) {
	kinds := []string{"paragraph", "item", "cell", "title", "term", "note", "code", "html", "field"}
	pos := b.At(0)
	fmt.Fprintf(w, "%s %d:%d lines %d-%d %q", kinds[b.Kind], pos.Line, pos.Col, b.First, b.Last, b.Text)
	for _, mark := range []struct{ name, value string }{{"key", b.Key}, {"under", b.Under}, {"answers", b.Question}} {
		if mark.value != "" {
			fmt.Fprintf(w, " %s=%q", mark.name, mark.value)
		}
	}
	if b.Quoted {
		w.WriteString(" quoted")
	}
	if b.List > 0 {
		fmt.Fprintf(w, " list=%d", b.List)
	}
	for _, l := range b.Links {
		fmt.Fprintf(w, " link=%s", l.Destination)
	}
	for _, c := range b.Citations {
		fmt.Fprintf(w, " cites=%s", c.Key)
	}
	for _, tag := range b.Tags {
		fmt.Fprintf(w, " tag=%q", tag.Source)
	}
	w.WriteByte('\n')
}

// checkPlaces holds every letter of every block to the source: what At says of
// a letter is where that letter stands.
func checkPlaces(t *testing.T, p *Page, src []byte) {
	t.Helper()
	lines := strings.SplitAfter(string(src), "\n")
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for _, at := range b.points {
			if at.fixed {
				continue
			}
			for offset := int(at.offset); offset < len(b.Text) && b.pointOf(offset) == at; offset++ {
				pos := b.At(offset)
				if pos.Line > len(lines) || pos.Col > len(lines[pos.Line-1]) {
					t.Fatalf("%s: byte %d of %q is said to stand outside the file", pos, offset, b.Text)
				}
				if got := lines[pos.Line-1][pos.Col-1]; got != b.Text[offset] && !strings.ContainsRune(" \t\n\r", rune(got)) {
					t.Fatalf("%s: there stands %q, not %q of %q", pos, got, b.Text[offset], b.Text)
				}
			}
		}
	}
}

func TestSpan(t *testing.T) {
	p := Parse("content/a.md", []byte("---\ntitle: A\n---\nOne **bold** word and\nthe &amp; next line.\n"), Options{Now: now}, func(diag.Diagnostic) {})
	b := &p.Blocks[1]
	for _, c := range []struct {
		text   string
		line   int
		col    int
		length int
	}{
		{"bold", 4, 7, 4},
		{"One bold word", 4, 1, 17},
		{"and the & next", 4, 19, 3}, // only what stands on the first line
		{"&", 5, 5, 1},
		{"next line", 5, 11, 9},
	} {
		start := strings.Index(b.Text, c.text)
		if start < 0 {
			t.Fatalf("%q is not in %q", c.text, b.Text)
		}
		pos, length := b.Span(start, start+len(c.text))
		if pos.Line != c.line || pos.Col != c.col || length != c.length {
			t.Errorf("%q stands at %d:%d for %d bytes, want %d:%d for %d", c.text, pos.Line, pos.Col, length, c.line, c.col, c.length)
		}
	}
}
