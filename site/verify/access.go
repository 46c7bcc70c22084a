package verify

import (
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// access checks what assistive technology needs of links, fields, tables, frames
// and navigations.
func (w *worker) access() {
	p := &w.page
	var labelled map[string]bool // ids of fields that a label names
	navs, nameless := 0, 0
	for i := range int32(len(p.Nodes)) {
		n := &p.Nodes[i]
		if n.Text || n.Foreign || p.flags[i]&(unseen|decor) != 0 {
			continue
		}
		switch n.Tag {
		case atom.A:
			w.linkWords(i)
		case atom.Button:
			if !p.named(i) {
				w.findings.add(p.file, &buttonName, "", "a button has no words")
			}
		case atom.Input, atom.Select, atom.Textarea:
			if labelled == nil {
				labelled = p.labels()
			}
			w.field(i, labelled)
		case atom.Table:
			if role, _ := p.Attr(i, dom.Role); role != "presentation" && role != "none" && !p.has(i, atom.Th) {
				w.findings.add(p.file, &tableHeader, "", "a table has no header cells")
			}
		case atom.Iframe:
			if title, _ := p.Attr(i, dom.Title); strings.TrimSpace(title) == "" {
				src, _ := p.Attr(i, dom.Src)
				w.findings.add(p.file, &frameTitle, src, "frame %s has no title", clip(src))
			}
		case atom.Nav:
			navs++
			if !p.labelledItself(i) {
				nameless++
			}
		}
	}
	if navs > 1 && nameless > 1 {
		w.findings.add(p.file, &navLabel, "", "%d navigations have no name of their own", nameless)
	}
}

// linkWords checks the words of a link.
func (w *worker) linkWords(i int32) {
	p := &w.page
	href, ok := p.Attr(i, dom.Href)
	if !ok || p.flags[i]&mark != 0 {
		return
	}
	if !p.named(i) {
		w.findings.add(p.file, &linkName, href, "link %s has no words", clip(href))
		return
	}
	if p.labelledItself(i) || p.Nodes[i].End-i > 8 {
		return
	}
	w.seen.reset()
	p.read(&w.seen, i+1, p.Nodes[i].End)
	if text := w.seen.String(); emptyWords[strings.ToLower(strings.Trim(text, " .…»›>→!:"))] {
		w.findings.add(p.file, &linkWords, href, "link %s says %q and no more", clip(href), text)
	}
}

// emptyWords say nothing about where a link leads.
var emptyWords = map[string]bool{
	"here": true, "click here": true, "click": true, "this": true, "this link": true, "link": true, "this page": true, "more": true, "read more": true,
	"learn more": true, "find out more": true, "see more": true, "more info": true, "more information": true, "details": true, "continue": true, "go": true,
	"aquí": true, "aqui": true, "haga clic aquí": true, "haz clic aquí": true, "clic aquí": true, "pulse aquí": true, "este enlace": true, "enlace": true,
	"más": true, "leer más": true, "lea más": true, "ver más": true, "saber más": true, "más información": true, "continuar": true, "esta página": true,
}

// field checks that a field says what is to be written into it.
func (w *worker) field(i int32, labelled map[string]bool) {
	p := &w.page
	if p.Nodes[i].Tag == atom.Input {
		kind, _ := p.Attr(i, dom.Type)
		switch strings.ToLower(kind) {
		case "hidden", "submit", "button", "image", "reset":
			return
		}
	}
	id, _ := p.Attr(i, dom.ID)
	if id != "" && labelled[id] || p.labelledItself(i) {
		return
	}
	for a := p.Nodes[i].Parent; a >= 0; a = p.Nodes[a].Parent {
		if p.Nodes[a].Tag == atom.Label && p.hasWords(a) {
			return
		}
	}
	if id == "" {
		id, _ = p.Attr(i, dom.Name)
	}
	w.findings.add(p.file, &formLabel, id, "field %q has no label", id)
}

// labels returns the ids of the fields that labels with words name.
func (p *page) labels() map[string]bool {
	ids := map[string]bool{}
	for i := range int32(len(p.Nodes)) {
		if p.Nodes[i].Tag == atom.Label {
			if id, ok := p.Attr(i, dom.For); ok && p.hasWords(i) {
				ids[id] = true
			}
		}
	}
	return ids
}

// named tells whether an element has words, a picture that has them, or a name.
func (p *page) named(i int32) bool { return p.labelledItself(i) || p.hasWords(i) }

func (p *page) labelledItself(i int32) bool {
	if label, _ := p.Attr(i, dom.AriaLabel); strings.TrimSpace(label) != "" {
		return true
	}
	if title, _ := p.Attr(i, dom.Title); strings.TrimSpace(title) != "" {
		return true
	}
	ids, _ := p.Attr(i, dom.AriaLabelledby)
	for id := range strings.FieldsSeq(ids) {
		if n, ok := p.ids[id]; ok && p.hasWords(n) {
			return true
		}
	}
	return false
}

// hasWords tells whether an element holds words that are read out, or a picture
// or a part with a name.
func (p *page) hasWords(i int32) bool {
	for c := i + 1; c < p.Nodes[i].End; c++ {
		n := &p.Nodes[c]
		if p.flags[c]&(unseen|decor) != 0 {
			continue
		}
		if n.Text {
			if strings.TrimSpace(p.Text(c)) != "" {
				return true
			}
			continue
		}
		if alt, _ := p.Attr(c, dom.Alt); strings.TrimSpace(alt) != "" {
			return true
		}
		if label, _ := p.Attr(c, dom.AriaLabel); strings.TrimSpace(label) != "" {
			return true
		}
	}
	return false
}

func (p *page) has(i int32, tag atom.Atom) bool {
	for c := i + 1; c < p.Nodes[i].End; c++ {
		if p.Nodes[c].Tag == tag {
			return true
		}
	}
	return false
}
