package content

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"clinicblog/site/diag"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/token"
)

// Review says who reviewed which text of the page, and until when that holds:
//
//	review: {by: ana, date: 2026-01-05, until: 2027-01-05, of: "cc2d8b180b36fe4e"}
//
// It is about the words of its own file: a translation is reviewed by itself.
type Review struct {
	By    string // Key of a page of Kind Person
	Date  time.Time
	Until time.Time // the last day on which it holds
	Of    string    // Digest of the text that was read
	// Void tells that the page says something else than that text, or that the
	// review does not say which text it was.
	Void bool
}

// Over tells whether the last day of the review has passed.
func (r *Review) Over(now time.Time) bool { return now.After(r.Until.AddDate(0, 0, 1)) }

// ReviewState is what a page may say of its medical review. Its text is the key
// of the words in i18n, but for Reviewed.
type ReviewState string

const (
	NotReviewed   ReviewState = "not-reviewed" // nobody with credentials did, or it was not stamped
	ReviewChanged ReviewState = "review-changed"
	ReviewLapsed  ReviewState = "review-lapsed"
	Reviewed      ReviewState = "reviewed"
)

func (s ReviewState) String() string { return string(s) }

// ReviewOf returns what a page may say of its review.
func (x *Index) ReviewOf(p *Page, now time.Time) ReviewState {
	r := p.Review
	switch {
	case r == nil || !p.Medical || !x.CanReview(r.By) || r.Date.IsZero() || r.Until.IsZero() || r.Of == "":
		return NotReviewed
	case r.Void:
		return ReviewChanged
	case r.Over(now):
		return ReviewLapsed
	}
	return Reviewed
}

// CanReview tells whether a key is that of a person with credentials who has a
// page.
func (x *Index) CanReview(key string) bool {
	p := x.People[key]
	return p != nil && !p.Person.Team && len(p.Person.Credentials) > 0
}

// Stamp returns the source of a page with a review of what it says now in its
// front matter, in place of the one that is there. All else stays byte for byte;
// comments within the old review are kept. r.Of is set to the text.
func Stamp(file string, src []byte, r Review, opts Options) ([]byte, error) {
	errs := 0
	count := func(d diag.Diagnostic) {
		if d.Severity == diag.Error {
			errs++
		}
	}
	page := Parse(file, src, opts, count)
	if page == nil || errs > 0 {
		return nil, fmt.Errorf("stamp %s: it cannot be read without errors", file)
	}
	r.Of, r.Void = page.Digest(), false
	by, err := yaml.Marshal(r.By)
	if err != nil {
		return nil, fmt.Errorf("stamp %s: %w", file, err)
	}
	const day = "2006-01-02"
	line := fmt.Sprintf("review: {by: %s, date: %s, until: %s, of: %q}", bytes.TrimSpace(by), r.Date.Format(day), r.Until.Format(day), r.Of)

	t := newText(file, src)
	m, _ := t.split(count)
	first, last, comments := t.reviewLines(m)
	text := strings.Join(append(comments, line), t.lineEnd()) + t.lineEnd()
	stamped := slices.Concat(src[:first], []byte(text), src[last:])

	// What a program cannot be sure to have done right is left to a person.
	if after := Parse(file, stamped, opts, count); after == nil || errs > 0 || after.Review == nil || after.Review.Void || after.Digest() != r.Of ||
		after.Review.By != r.By || after.Review.Date.Format(day) != r.Date.Format(day) || after.Review.Until.Format(day) != r.Until.Format(day) {
		return nil, errors.New("stamp " + file + ": its front matter is written in a way that is not safe to change: add this line to it yourself: " + line)
	}
	return stamped, nil
}

// lineEnd is how lines of the file end.
func (t *text) lineEnd() string {
	if len(t.lines) > 1 && bytes.HasSuffix(t.src[:t.lines[1]], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// reviewLines returns where the lines of the key review start and end in the
// file, and the comments on them; without the key, the end of the front matter.
func (t *text) reviewLines(m matter) (start, end int, comments []string) {
	tokens := tokenize(m.yaml)
	first, last := 0, 0 // lines of the front matter
	for i, tk := range tokens {
		isKey := tk.Position.Column == 1 && i+1 < len(tokens) && tokens[i+1].Type == token.MappingValueType
		if isKey && first > 0 {
			break
		}
		if isKey && strings.EqualFold(tk.Value, "review") {
			first = tk.Position.Line
		}
		if first > 0 && tk.Type != token.CommentType { // a comment below is about the next key
			last = tk.Position.Line
		}
	}
	if first == 0 {
		at := m.yamlStart + len(m.yaml)
		return at, at, nil
	}
	for _, tk := range tokens {
		if tk.Type == token.CommentType && first <= tk.Position.Line && tk.Position.Line <= last {
			comments = append(comments, "#"+strings.TrimRight(tk.Value, " \t\r"))
		}
	}
	return t.lines[m.yamlLine+first-2], t.lineAfter(m.yamlLine + last - 1), comments
}

// lineAfter returns where the line after one starts.
func (t *text) lineAfter(line int) int {
	if line < len(t.lines) {
		return t.lines[line]
	}
	return len(t.src)
}
