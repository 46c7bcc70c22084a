package content

import (
	"bytes"
	"strings"
	"unicode"

	"clinicblog/site/diag"

	"github.com/yuin/goldmark/ast"
)

// A FAQ section starts at a heading with one of these names, or with one of
// them before or after other words ("FAQs about groups"), or at a heading with
// the class faq: ## What people ask {.faq}. It ends before the next heading of
// its level or above. A page whose title is such a name is one section.
var faqNames = []string{
	"faq", "faqs", "frequently asked questions", "common questions", "questions and answers", "q and a", "q a",
	"preguntas frecuentes", "preguntas más frecuentes", "preguntas mas frecuentes", "preguntas comunes", "preguntas y respuestas",
}

// faqQualified are the names that may stand beside other words.
var faqQualified = []string{"faq", "faqs", "frequently asked questions", "preguntas frecuentes"}

func isFAQName(heading string) bool {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, " ")
	for _, n := range faqNames {
		if name == n {
			return true
		}
	}
	if len(words) > 8 || strings.ContainsAny(heading, "?.!") {
		return false
	}
	for _, n := range faqQualified {
		if strings.HasPrefix(name, n+" ") || strings.HasSuffix(name, " "+n) {
			return true
		}
	}
	return false
}

// IsQuestion tells whether a heading asks something.
func IsQuestion(text string) bool { return strings.ContainsAny(text, "?？؟") }

func (b *body) isFAQHeading(h *ast.Heading) bool {
	if class, ok := h.AttributeString("class"); ok {
		if c, ok := class.([]byte); ok && bytes.Contains(append(append([]byte{' '}, c...), ' '), []byte(" faq ")) {
			return true
		}
	}
	return isFAQName(b.plain(h))
}

// A faqSection is a FAQ section of the body: its heading (nil for a page that
// is one section) and that heading's level, the first node after it, and the
// node it ends before (nil at the end).
type faqSection struct {
	heading    *ast.Heading
	level      int
	first, end ast.Node
}

// sections returns every FAQ section of the body.
func (b *body) sections() []faqSection {
	if b.faq != nil {
		return b.faq
	}
	b.faq = []faqSection{}
	if isFAQName(b.page.Title) {
		b.faq = append(b.faq, faqSection{nil, 1, b.doc.FirstChild(), nil})
		return b.faq
	}
	for n := b.doc.FirstChild(); n != nil; {
		h, ok := n.(*ast.Heading)
		if !ok || !b.isFAQHeading(h) {
			n = n.NextSibling()
			continue
		}
		end := n.NextSibling()
		for end != nil {
			if next, ok := end.(*ast.Heading); ok && next.Level <= h.Level {
				break
			}
			end = end.NextSibling()
		}
		b.faq = append(b.faq, faqSection{h, h.Level, n.NextSibling(), end})
		n = end
	}
	return b.faq
}

// readFAQ reads the sections of a body in which every question is a heading.
func (b *body) readFAQ() {
	if len(b.sections()) == 0 {
		return
	}
	b.answers = map[ast.Node]string{}
	byPos := make(map[diag.Pos]Heading, len(b.page.Headings))
	for _, h := range b.page.Headings {
		byPos[h.Pos] = h
	}
	for _, part := range b.sections() {
		s := Section{Title: b.page.Title, Pos: b.page.At("title")}
		if part.heading != nil {
			s.Title, s.Pos = b.plain(part.heading), b.pos(part.heading)
		}
		for n := part.first; n != nil && n != part.end; {
			h, ok := n.(*ast.Heading)
			if !ok || b.isTopic(h) {
				n = n.NextSibling()
				continue
			}
			stop := answerEnd(h, part.end)
			q := Question{Pos: b.pos(h), Text: b.plain(h), ID: byPos[b.pos(h)].ID}
			w := answerWriter{body: b}
			w.between(h.NextSibling(), stop)
			q.Answer = strings.TrimSpace(w.String())
			if !hasWords(q.Answer) {
				q.Answer = ""
			}
			q.Shortcodes = b.shortcodes(h, stop)
			for c := h.NextSibling(); c != nil && c != stop; c = c.NextSibling() {
				b.answers[c] = q.Text
			}
			s.Questions = append(s.Questions, q)
			n = stop
		}
		b.page.FAQ = append(b.page.FAQ, s)
	}
}

// isTopic tells a heading that groups questions from one that is a question.
func (b *body) isTopic(h *ast.Heading) bool {
	next, ok := h.NextSibling().(*ast.Heading)
	return ok && next.Level > h.Level && !IsQuestion(b.plain(h))
}

// answerEnd returns the node before which the answer below h ends.
func answerEnd(h *ast.Heading, end ast.Node) ast.Node {
	n := h.NextSibling()
	for n != nil && n != end {
		if next, ok := n.(*ast.Heading); ok && next.Level <= h.Level {
			break
		}
		n = n.NextSibling()
	}
	return n
}

// hasWords tells whether HTML has any text.
func hasWords(html string) bool {
	inTag := false
	for _, r := range html {
		switch {
		case r == '<':
			inTag = true
		case r == '>':
			inTag = false
		case !inTag && !unicode.IsSpace(r):
			return true
		}
	}
	return false
}

// shortcodes finds Hugo shortcodes between two nodes.
func (b *body) shortcodes(from, to ast.Node) []diag.Pos {
	start, stop := max(from.Pos(), 0), len(b.src)
	if to != nil && to.Pos() > start {
		stop = to.Pos()
	}
	var found []diag.Pos
	for i := start; i < stop; {
		n := bytes.Index(b.src[i:stop], []byte("{{"))
		if n < 0 {
			break
		}
		i += n + 2
		if i < stop && (b.src[i] == '<' || b.src[i] == '%') {
			found = append(found, b.at(i-2))
		}
	}
	return found
}
