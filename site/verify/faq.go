package verify

import (
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// faq compares every question of the structured data with what a reader sees,
// and then looks for questions that only the reader sees.
func (w *worker) faq() {
	p := &w.page
	seen := map[string]bool{}
	last := -1
	for i := range p.questions {
		q := &p.questions[i]
		if seen[q.url] {
			w.findings.addHere(p.file, &faqOrder, q.name, "question %q is in the markup twice, or shares its address %s", clip(q.name), clip(q.url))
			continue
		}
		seen[q.url] = true
		if q.heading = w.questionHeading(q); q.heading < 0 {
			continue
		}
		if q.heading < last {
			w.findings.addHere(p.file, &faqOrder, q.name, "question %q stands in another order on the page than in the markup", clip(q.name))
		}
		last = max(last, q.heading)
		if q.text != "" {
			w.compareAnswer(q)
		}
	}
	w.visibleQuestions()
}

// questionHeading finds the heading that a question of the markup belongs to,
// and returns its index in page.headings, -1 if there is none to compare with.
func (w *worker) questionHeading(q *question) int {
	p := &w.page
	wrong := func(format string, args ...any) int {
		w.findings.addHere(p.file, &faqQuestion, q.name, format, args...)
		return -1
	}
	name := clip(q.name)
	if scheme, _ := splitScheme(q.url); scheme == "" {
		return wrong("question %q has the url %q, want the page's own with its anchor", name, clip(q.url))
	}
	r := parseRef(q.url, p.self)
	id := r.frag
	r.frag = ""
	if r != p.self || id == "" {
		return wrong("question %q has the url %s, want %s and its anchor", name, clip(q.url), p.self)
	}
	node, ok := p.ids[id]
	if !ok {
		return wrong("question %q has the url %s, but the page has no id %q", name, clip(q.url), id)
	}
	if headingLevel(p.Nodes[node].Tag) == 0 {
		return wrong("question %q leads to #%s, which is no heading but a %s", name, id, p.Name(node))
	}
	if f := p.flags[node]; f&(unseen|decor|closed) != 0 {
		p.folded = true
		w.findings.addHere(p.file, &faqHidden, q.name, "question %q is %s", name, hiddenHow(f))
		if f&(unseen|decor) != 0 {
			return -1
		}
	}
	h := sort.Search(len(p.headings), func(i int) bool { return p.headings[i].node >= node })
	if h == len(p.headings) || p.headings[h].node != node {
		return wrong("question %q leads to #%s, which is part of a drawing", name, id)
	}
	if got, want := p.headings[h].text, normal(q.name); got != want {
		wrong("question at #%s differs: page has %q, markup has %q", id, clip(got), clip(want))
	}
	return h
}

func hiddenHow(f uint8) string {
	switch {
	case f&unseen != 0:
		return "not visible on the page"
	case f&decor != 0:
		return "hidden from screen readers"
	}
	return "inside a details element that is closed"
}

func normal(s string) string {
	var w words
	w.add(s)
	return w.String()
}

// answer returns the nodes that answer the heading h: what follows it up to
// the next heading of its level or a higher one. If nothing follows the
// heading inside its own box, what follows the box counts.
func (p *page) answer(h int) (from, to int32) {
	cur := p.headings[h].node
	for {
		parent := p.Nodes[cur].Parent
		if parent < 0 {
			return p.Nodes[cur].End, p.Nodes[cur].End
		}
		from, to = p.Nodes[cur].End, p.Nodes[parent].End
		tag := p.Nodes[parent].Tag
		if headed(tag) || tag != atom.Header && tag != atom.Hgroup && p.hasText(from, to) {
			break
		}
		cur = parent
	}
	for _, next := range p.headings[h+1:] {
		if next.node >= to {
			break
		}
		if next.node >= from && next.level <= p.headings[h].level {
			return from, next.node
		}
	}
	return from, to
}

// compareAnswer compares the words and the links of an answer.
func (w *worker) compareAnswer(q *question) {
	p := &w.page
	from, to := p.answer(q.heading)
	w.seen.reset()
	p.read(&w.seen, from, to)
	w.said.reset()
	problem := w.readAnswer(q.text)
	if problem != "" {
		w.findings.addHere(p.file, &faqAnswerHTML, q.name, "answer to %q %s", clip(q.name), problem)
	}
	if string(w.seen.b) != string(w.said.b) {
		page, markup := differ(w.seen.String(), w.said.String())
		w.findings.addHere(p.file, &faqAnswer, q.name, "answer to %q differs: page has %q, markup has %q", clip(q.name), page, markup)
	}
	n := 0
	for i := from; i < to; i++ {
		f := p.flags[i]
		if f&closed != 0 && p.flags[p.headings[q.heading].node]&closed == 0 {
			p.folded = true
			w.findings.addHere(p.file, &faqHidden, q.name, "answer to %q is partly inside a details element that is closed", clip(q.name))
		}
		if f&(unseen|decor|mark) != 0 {
			i = p.Nodes[i].End - 1
			continue
		}
		if p.Nodes[i].Tag != atom.A {
			continue
		}
		href, ok := p.Attr(i, dom.Href)
		if !ok {
			continue
		}
		want := w.resolve(href).ref
		if n >= len(w.hrefs) {
			w.findings.addHere(p.file, &faqAnswerLink, q.name, "answer to %q links to %s on the page, not in the markup", clip(q.name), clip(want.String()))
		} else if got := w.resolve(w.hrefs[n]).ref; got != want {
			w.findings.addHere(p.file, &faqAnswerLink, q.name, "answer to %q links to %s on the page, to %s in the markup", clip(q.name), clip(want.String()), clip(got.String()))
		}
		n++
	}
	if n < len(w.hrefs) {
		w.findings.addHere(p.file, &faqAnswerLink, q.name, "answer to %q links to %s in the markup, not on the page", clip(q.name), clip(w.hrefs[n]))
	}
}

// readAnswer reads the HTML of an answer in the markup into said and hrefs. It
// returns what is wrong with it, "" if nothing is.
func (w *worker) readAnswer(text string) (problem string) {
	w.hrefs = w.hrefs[:0]
	if strings.IndexByte(text, '<') < 0 && strings.IndexByte(text, '&') < 0 {
		w.said.add(text)
		return ""
	}
	if w.readPlainAnswer(text) {
		return ""
	}
	return w.readAnyAnswer(text)
}

// readAnyAnswer does the work of readAnswer with the general tokenizer.
func (w *worker) readAnyAnswer(text string) (problem string) {
	w.said.reset()
	w.hrefs = w.hrefs[:0]
	var open []atom.Atom
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch t := z.Next(); t {
		case html.ErrorToken:
			if len(open) > 0 && problem == "" {
				problem = "has an element that is not closed: " + open[len(open)-1].String()
			}
			return problem
		case html.TextToken:
			w.said.add(string(z.Text()))
		case html.CommentToken, html.DoctypeToken:
			problem = "has a comment in its markup"
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			if !answerTag(tag) {
				problem = "has the element " + clip(string(name)) + ", which readers of the markup do not accept"
				continue
			}
			w.said.gap = w.said.gap || block(tag)
			switch {
			case tag == atom.Br:
			case t == html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tag {
					if problem == "" {
						problem = "closes an element that is not open: " + tag.String()
					}
					continue
				}
				open = open[:len(open)-1]
			case len(open) < 500:
				open = append(open, tag)
			}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if tag == atom.A && t == html.StartTagToken && string(k) == "href" {
					w.hrefs = append(w.hrefs, string(v))
					if scheme, _ := splitScheme(string(v)); scheme == "" && problem == "" {
						problem = "has a link that is not absolute: " + clip(string(v))
					}
				}
			}
		}
	}
}

// readPlainAnswer does the work of readAnswer for an answer that is plainly
// written and has nothing wrong with it. It reports false for all others.
func (w *worker) readPlainAnswer(text string) bool {
	w.answer = append(w.answer[:0], text...)
	z := &w.scan
	z.Reset(w.answer)
	open := w.open[:0]
	defer func() { w.open = open }()
	for {
		switch t := z.Next(); t {
		case dom.End:
			return len(open) == 0
		case dom.Text:
			addWords(&w.said, z.TextBytes())
		case dom.StartTag, dom.EndTag:
			tag := z.Tag()
			if !answerTag(tag) || t == dom.StartTag && z.Slash() || len(open) == 500 {
				return false
			}
			w.said.gap = w.said.gap || block(tag)
			switch {
			case tag == atom.Br:
			case t == dom.EndTag:
				if len(open) == 0 || open[len(open)-1] != tag {
					return false
				}
				open = open[:len(open)-1]
			default:
				open = append(open, tag)
			}
			if tag != atom.A || t == dom.EndTag {
				continue
			}
			if href, ok := z.Attr(dom.Href); ok {
				if scheme, _ := splitScheme(href); scheme == "" {
					return false
				}
				w.hrefs = append(w.hrefs, href)
			}
		default:
			return false
		}
	}
}

// answerTag reports whether consumers of FAQ markup accept an element in an
// answer.
func answerTag(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Br, atom.Ol, atom.Ul, atom.Li, atom.A,
		atom.P, atom.Div, atom.B, atom.Strong, atom.I, atom.Em:
		return true
	}
	return false
}
