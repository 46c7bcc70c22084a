package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Text prints findings one after the other:
//
//	content/faq.md:12:1: question "Where?" has no answer (faq-answer)
//	    write the answer below the question
//
// Advice carries the word, so that nobody takes it for the reason of a stop.
func Text(w io.Writer, ds []Diagnostic) error { return Terminal{}.Text(w, ds) }

// Terminal prints findings for somebody who reads them. Between message and
// remedy it shows the line of the source, with a caret below the words:
//
//	12 | ### Where?
//	   |     ^~~~~~
//
// No control character of a source, and nothing that turns the direction of
// text, reaches the terminal.
type Terminal struct {
	Files  *Files // nil for no lines
	Colour bool
	Width  int // of a line shown, in cells; 0 for 100
}

// Text prints findings that count.
func (t Terminal) Text(w io.Writer, ds []Diagnostic) error {
	var b strings.Builder
	for _, d := range ds {
		if !d.Counts() {
			continue
		}
		note, severity := "", red
		if d.Severity == Advice {
			note, severity = "advice: ", yellow
		}
		fmt.Fprintf(&b, "%s: %s%s (%s)\n", t.paint(bold, Printable(d.Pos.String())), t.paint(severity, note), Printable(d.Message), d.Rule)
		if line := t.Files.Line(d.Pos.File, d.Pos.Line); len(line) > 0 && string(line) != "---" {
			shown, before, under := excerpt(line, d.Pos.Col, d.Length, t.Width)
			fmt.Fprintf(&b, "%8d | %s\n", d.Pos.Line, shown)
			if under > 0 {
				fmt.Fprintf(&b, "%8s | %s%s\n", "", strings.Repeat(" ", before), t.paint(severity, "^"+strings.Repeat("~", under-1)))
			}
		}
		if d.Fix != "" {
			fmt.Fprintf(&b, "    %s\n", Printable(d.Fix))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const (
	bold   = "1"
	red    = "31"
	yellow = "33"
)

func (t Terminal) paint(code, s string) string {
	if !t.Colour || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Printable returns a text in which nothing can steer a terminal: control
// characters, and those that turn the direction of text, are U+FFFD.
func Printable(s string) string {
	if strings.IndexFunc(s, steers) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// steers tells characters that are not shown but do something. The joiners of
// letters and of emoji are harmless.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || r == '\u2028' || r == '\u2029'
}

// cells returns how a character is shown and how many cells of a terminal that
// takes.
func cells(r rune) (string, int) {
	switch {
	case r == '\t':
		return "    ", 4
	case steers(r):
		return string(utf8.RuneError), 1
	case unicode.In(r, unicode.Mn, unicode.Me), r == '\u200c', r == '\u200d':
		return string(r), 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return string(r), 2
	}
	return string(r), 1
}

// excerpt returns what is shown of a line, at most limit cells around the words
// that a finding is about; how many cells stand before them; and how many they
// take, 0 when the finding is about the whole line.
func excerpt(line []byte, col, length, limit int) (shown string, before, under int) {
	if limit <= 0 {
		limit = 100
	}
	type glyph struct {
		text   string
		offset int // first cell
		width  int
	}
	var glyphs []glyph
	total, from, to := 0, -1, -1
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if col > 0 && from < 0 && i+size >= col {
			from = total
		}
		text, w := cells(r)
		glyphs = append(glyphs, glyph{text, total, w})
		total += w
		i += size
		if col > 0 && i < col+length {
			to = total
		}
	}
	if col > 0 && from < 0 {
		from = total // behind the last letter
	}
	to = max(to, from+1)
	first, last := 0, total
	if total > limit {
		first = max(0, min(from-limit/4, total-limit))
		last = first + limit
	}
	var b strings.Builder
	start := first
	if first > 0 {
		b.WriteString("…")
		start--
	}
	seen := false
	for _, g := range glyphs {
		if g.offset < first || g.offset+g.width > last {
			if !seen {
				start = g.offset + g.width
				if first > 0 {
					start--
				}
			}
			continue
		}
		seen = true
		b.WriteString(g.text)
	}
	if last < total {
		b.WriteString("…")
	}
	if from < 0 {
		return b.String(), 0, 0
	}
	return b.String(), max(0, from-start), max(1, min(to, last)-from)
}
