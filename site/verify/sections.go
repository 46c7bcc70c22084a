package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// faqNames are headings that announce questions and answers, in lower case and
// without punctuation.
var faqNames = map[string]bool{
	"faq": true, "faqs": true, "f a q": true, "f a q s": true, "frequently asked questions": true,
	"frequently asked questions faq": true, "frequently asked questions faqs": true,
	"faq frequently asked questions": true, "faqs frequently asked questions": true,
	"common questions": true, "questions and answers": true, "q a": true,
	"preguntas frecuentes": true, "preguntas frecuentes faq": true, "preguntas comunes": true,
	"preguntas y respuestas": true,
}

// faqTopics are names that may stand before or after a topic: "FAQs about
// groups", "Process groups FAQ".
var faqTopics = []string{"faq", "faqs", "frequently asked questions", "preguntas frecuentes"}

func isFAQName(s string) bool {
	// Most headings are too long, or ask.
	if len(s) > 100 || !spellsFAQ(s) {
		return false
	}
	b := make([]byte, 0, 300)
	words, gap := 0, true
	for _, r := range s {
		r = unicode.ToLower(r)
		if !isWordRune(r) {
			gap = true
			continue
		}
		if gap {
			if words++; words > 1 {
				b = append(b, ' ')
			}
			gap = false
		}
		b = utf8.AppendRune(b, r)
	}
	if faqNames[string(b)] {
		return true
	}
	if words > 8 || strings.ContainsAny(s, "?!") {
		return false
	}
	name := string(b)
	for _, n := range faqTopics {
		if strings.HasPrefix(name, n+" ") || strings.HasSuffix(name, " "+n) {
			return true
		}
	}
	return false
}

// spellsFAQ reports whether s has a letter q, as all names have that are not
// Spanish, or the Spanish word.
func spellsFAQ(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case 'q', 'Q':
			return true
		case 'p', 'P':
			if n := len("preguntas"); i+n <= len(s) && strings.EqualFold(s[i:i+n], "preguntas") {
				return true
			}
		}
	}
	return false
}

// faqSection is a part of a page that readers take for questions and answers.
type faqSection struct {
	heading  int // index into page.headings, -1 for a box without a heading
	from, to int32
	whole    bool // the page itself is the FAQ
}

// visibleQuestions looks for FAQ items that are not in the markup. It goes by
// headings and marks that a reader would go by.
func (w *worker) visibleQuestions() {
	p := &w.page
	end := int32(0)
	for _, s := range p.faqSections() {
		if s.from < end {
			continue // inside the one before
		}
		end = s.to
		w.section(s)
	}
}

func (p *page) faqSections() []faqSection {
	var found []faqSection
	boxes := p.faqBoxes
	for h := range p.headings {
		node := p.headings[h].node
		for len(boxes) > 0 && boxes[0] < node {
			// A box with the class faq: its first heading is the name of the section.
			if b := boxes[0]; node < p.Nodes[b].End && headingLevel(p.Nodes[b].Tag) == 0 {
				found = append(found, p.box(h, b))
			}
			boxes = boxes[1:]
		}
		named := len(boxes) > 0 && boxes[0] == node
		if !named && !isFAQName(p.headings[h].text) && (p.headings[h].level != 1 || !isFAQName(p.title)) {
			continue
		}
		if p.headings[h].level == 1 {
			found = append(found, faqSection{h, p.Nodes[node].End, p.mainEnd(node), true})
			continue
		}
		from, to := p.answer(h)
		found = append(found, faqSection{h, from, to, false})
	}
	return found
}

// box makes a section of an element whose first heading is h. A heading that
// asks is no name but the first item.
func (p *page) box(h int, box int32) faqSection {
	s := faqSection{h, p.Nodes[p.headings[h].node].End, p.Nodes[box].End, false}
	if asks(p.headings[h].text) {
		s.heading, s.from = h-1, box+1
	}
	return s
}

// mainEnd returns where the main element ends that a node is in, or the page.
func (p *page) mainEnd(i int32) int32 {
	for ; i > 0; i = p.Nodes[i].Parent {
		if p.Nodes[i].Tag == atom.Main || p.Nodes[i].Tag == atom.Body {
			break
		}
	}
	return p.Nodes[max(i, 0)].End
}

// section reports the items of one section that the markup does not have.
func (w *worker) section(s faqSection) {
	p := &w.page
	first := s.heading + 1
	last := first
	for last < len(p.headings) && p.headings[last].node < s.to {
		last++
	}
	known := map[int]bool{}
	names := map[string]bool{}
	for _, q := range p.questions {
		if q.heading >= 0 {
			known[q.heading] = true
		} else {
			names[normal(q.name)] = true // reported with its reason
		}
	}
	items := 0
	p.items(first, last, s.whole, func(h int) {
		text := p.headings[h].text
		if s.whole && !asks(text) {
			return // a page has other headings too, such as its references
		}
		items++
		if !known[h] && !names[text] {
			w.findings.addHere(p.file, &faqMissing, text, "question %q is on the page, but not in the markup", clip(text))
		}
	})
	w.unmarked(s, items > 0)
}

// items calls yield for every heading that is a question: those of the highest
// level in the range, except topics, whose own headings are looked at instead.
// A topic does not ask, and another heading follows at once; where the page is
// the FAQ, an introduction may stand in between.
func (p *page) items(first, last int, whole bool, yield func(int)) {
	if first >= last {
		return
	}
	level := p.headings[first].level
	for _, h := range p.headings[first:last] {
		level = min(level, h.level)
	}
	for h := first; h < last; {
		next := h + 1
		for next < last && p.headings[next].level > level {
			next++
		}
		switch {
		case p.headings[h].level > level: // deeper headings before the first of the level
			p.items(h, next, whole, yield)
		case next > h+1 && !asks(p.headings[h].text) && (whole || !p.hasText(p.Nodes[p.headings[h].node].End, p.headings[h+1].node)):
			p.items(h+1, next, whole, yield)
		default:
			yield(h)
		}
		h = next
	}
}

// unmarked reports what looks like a question of the section and is no
// heading: a term of a list, a line that starts with "Q:", a bold line.
func (w *worker) unmarked(s faqSection, hasItems bool) {
	p := &w.page
	for i := s.from; i < s.to; i++ {
		f := p.flags[i]
		if f&(unseen|decor|mark) != 0 {
			i = p.Nodes[i].End - 1
			continue
		}
		tag := p.Nodes[i].Tag
		if f&closed != 0 && !p.folded {
			p.folded = true
			text := p.plain(i)
			w.findings.addHere(p.file, &faqHidden, text, "part of the FAQ is inside a details element that is closed: %q", clip(text))
		}
		var text string
		switch tag {
		case atom.Dt:
			text = p.plain(i)
			if hasItems && !asks(text) {
				continue
			}
		case atom.P:
			if !p.marker(i) && !p.boldQuestion(i) {
				continue
			}
			text = p.plain(i)
		default:
			continue
		}
		w.findings.addHere(p.file, &faqMissing, text, "%q looks like a question of the FAQ, but is no heading and not in the markup", clip(text))
	}
}

// marker reports whether a paragraph begins with "Q:", "Q1." or "P2:".
func (p *page) marker(i int32) bool {
	var w words
	for c := i + 1; c < p.Nodes[i].End && len(w.b) < 12; c++ {
		if p.Nodes[c].Text {
			t := p.Text(c)
			w.add(t[:min(len(t), 40)])
		}
	}
	s := w.String()
	if s == "" || !strings.ContainsRune("QqPp", rune(s[0])) {
		return false
	}
	rest := strings.TrimLeft(s[1:], " ")
	number := strings.TrimLeft(rest, "0123456789")
	mark := strings.TrimLeft(number, " ")
	if mark == "" {
		return false
	}
	switch {
	case mark[0] == ':':
		return true
	case len(number) < len(rest):
		return mark[0] == '.' || mark[0] == ')'
	}
	return s[0] == 'Q' && mark[0] == '.'
}

// boldQuestion reports whether a paragraph is nothing but a question in bold.
func (p *page) boldQuestion(i int32) bool {
	bold := int32(-1)
	for c := i + 1; c < p.Nodes[i].End; c = p.Nodes[c].End {
		n := &p.Nodes[c]
		switch {
		case n.Text && strings.TrimSpace(p.Text(c)) == "":
		case (n.Tag == atom.Strong || n.Tag == atom.B) && bold < 0:
			bold = c
		default:
			return false
		}
	}
	return bold >= 0 && asks(p.plain(bold))
}
