package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"clinicblog/site/diag"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

const allowMark = "lint:allow"

// Allow is a comment that asks to let the findings of a rule stand:
//
//	<!-- lint:allow RULE reason="…" until="2027-01-31" -->
//	# lint:allow RULE reason="…" until="2027-01-31"
//
// The first stands in Markdown, on its own line before a block or within one: a
// block ends at an empty line. The second stands in front matter or a data file
// before a key, or behind its value, and covers all that belongs to the key;
// before the first key of a file it covers what is found of the file as a whole
// too.
type Allow struct {
	Text        string // after lint:allow
	Pos         diag.Pos
	First, Last int  // lines that it covers
	Whole       bool // it covers findings of the whole file
}

// markdownAllows returns the comments of a body that allow something.
func (t *text) markdownAllows(comments []Comment) []Allow {
	var found []Allow
	for _, c := range comments {
		if text, ok := strings.CutPrefix(c.Text, allowMark); ok {
			a := Allow{Text: strings.TrimSpace(text), Pos: c.Pos}
			a.First, a.Last = t.covered(c)
			found = append(found, a)
		}
	}
	return found
}

// covered returns the lines of the block that a comment stands in, or of the one
// that follows when nothing stands beside the comment.
func (t *text) covered(c Comment) (first, last int) {
	first, last = c.Pos.Line, c.Line
	before := bytes.TrimSpace(t.line(first)[:min(c.Pos.Col-1, len(t.line(first)))])
	_, behind, _ := bytes.Cut(t.line(last), []byte("-->"))
	if len(bytes.TrimLeft(before, "-*+>0123456789.) \t")) > 0 || len(bytes.TrimSpace(behind)) > 0 {
		for first > 1 && !t.empty(first-1) {
			first--
		}
	} else {
		for last < len(t.lines) && t.passed(last+1) {
			last++
		}
	}
	for last < len(t.lines) && !t.empty(last+1) {
		last++
	}
	return first, last
}

// passed tells lines between a comment and the block that it is about: empty
// ones and further comments of the kind.
func (t *text) passed(line int) bool {
	return t.empty(line) || bytes.HasPrefix(bytes.TrimSpace(t.line(line)), []byte("<!-- "+allowMark))
}

func (t *text) empty(line int) bool { return len(bytes.TrimSpace(t.line(line))) == 0 }

// line returns a line, counted from 1, without its end.
func (t *text) line(n int) []byte { return line(t.src, t.lines[n-1]) }

// yamlAllows returns the comments of a piece of YAML that allow something. start
// is its first line in the file.
func (t *text) yamlAllows(yamlText []byte, start int) []Allow {
	if !bytes.Contains(yamlText, []byte(allowMark)) {
		return nil
	}
	end := start + bytes.Count(yamlText, []byte{'\n'})
	firstKey := 0
	var found []Allow
	for _, tk := range tokenize(yamlText) {
		line := start + tk.Position.Line - 1
		if tk.Type != token.CommentType {
			if firstKey == 0 && tk.Type != token.DocumentHeaderType {
				firstKey = line
			}
			continue
		}
		text, ok := strings.CutPrefix(strings.TrimSpace(tk.Value), allowMark)
		if !ok || line > len(t.lines) {
			continue
		}
		a := Allow{Text: strings.TrimSpace(text), Pos: diag.Pos{File: t.file, Line: line, Col: 1 + bytes.IndexByte(t.line(line), '#')}, Whole: firstKey == 0}
		a.First, a.Last = t.keyAfter(line, min(end, len(t.lines)))
		found = append(found, a)
	}
	return found
}

// tokenize returns nothing for YAML that makes the lexer panic.
func tokenize(b []byte) (tokens token.Tokens) {
	defer func() {
		if recover() != nil {
			tokens = nil
		}
	}()
	return lexer.Tokenize(string(b))
}

// keyAfter returns the lines of the key that a comment on a line is about: the
// key on that line, or the next one, with all that is indented below it.
func (t *text) keyAfter(line, end int) (first, last int) {
	comment := func(n int) bool { return bytes.HasPrefix(bytes.TrimSpace(t.line(n)), []byte("#")) }
	first = line
	for first < end && (t.empty(first) || comment(first)) {
		first++
	}
	key := t.line(first)
	indent, item := indentOf(key), bytes.HasPrefix(bytes.TrimSpace(key), []byte("- "))
	last = first
	for n := first + 1; n <= end; n++ {
		if t.empty(n) || comment(n) {
			continue
		}
		below := indentOf(t.line(n)) > indent
		own := !item && indentOf(t.line(n)) == indent && bytes.HasPrefix(bytes.TrimSpace(t.line(n)), []byte("- "))
		if !below && !own {
			break
		}
		last = n
	}
	return first, last
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// dataAllows returns the comments of the data files that allow something.
func dataAllows(source string) ([]Allow, error) {
	var found []Allow
	root := filepath.Join(source, "data")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if ext := strings.ToLower(filepath.Ext(name)); ext != ".yaml" && ext != ".yml" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(source, name)
		if err != nil {
			return err
		}
		found = append(found, newText(filepath.ToSlash(rel), src).yamlAllows(src, 1)...)
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read data: %w", err)
	}
	return found, nil
}
