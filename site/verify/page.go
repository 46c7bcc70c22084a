package verify

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// What the walk notes of a node. All but mark hold for what is inside as well.
const (
	unseen uint8 = 1 << iota // no reader sees it
	decor                    // hidden from assistive technology
	closed                   // inside a details element that is not open
	mark                     // a citation marker or a heading's own link, not words
)

type heading struct {
	node  int32
	level int
	text  string // its visible words
}

// page is what one walk over a page collects. Its storage is used again for
// the next page.
type page struct {
	dom.Doc
	file int32
	self ref // the page's own address
	base ref // what its relative addresses are relative to

	flags     []uint8
	headings  []heading        // those that readers see
	ids       map[string]int32 // the first element with each id
	anchors   []string         // fragments of this page that it links to
	faqBoxes  []int32          // elements with the class faq
	noteNames []byte           // collects the ids for facts

	lang, title, description, canonical, refresh string
	share                                        share
	hasTitle, hasDescription, notFound, noindex  bool
	canonicals, mains, h1s, markups              int
	main                                         int32 // the first main element, -1 for none
	hasGraph                                     bool  // worker.json is the structured data of this page
	markup                                       int32 // the element with the structured data
	questions                                    []question
	folded                                       bool   // FAQ content in a closed element is reported
	crisis                                       uint64 // the lines of Site.Crisis that readers see, as bits
}

func (p *page) reset(file int32, self ref) {
	ids := p.ids
	if ids == nil || len(ids) > 1000 {
		ids = map[string]int32{} // clearing a map costs as much as it ever held
	}
	clear(ids)
	*p = page{
		Doc: p.Doc, file: file, self: self, base: self, ids: ids, markup: -1, main: -1,
		flags: p.flags[:0], headings: p.headings[:0], anchors: p.anchors[:0],
		faqBoxes: p.faqBoxes[:0], noteNames: p.noteNames[:0], questions: p.questions[:0],
	}
}

// html checks one HTML file.
func (w *worker) html(b []byte) {
	p := &w.page
	name := w.paths[p.file]
	if len(bytes.TrimSpace(b)) == 0 {
		w.findings.addHere(p.file, &fileEmpty, name, "page %s is empty", name)
		return
	}
	if bytes.IndexByte(b, '<') < 0 {
		return // a token that proves who owns the site, not a page
	}
	if err := p.Parse(b); err != nil {
		w.findings.addHere(p.file, &htmlParse, name, "page %s cannot be read: %v", name, err)
		return
	}
	if before, found := refused(b); found {
		w.findings.add(p.file, &refusedValue, "", "a template wrote ZgotmplZ in the place of a value, after %q", clip(string(before)))
	}
	p.notFound = name == "404.html" || strings.HasSuffix(name, "/404.html")
	w.walk()
	w.keep()
	if p.refresh != "" && !p.hasText(0, int32(len(p.Nodes))) {
		w.report.Redirects++
		w.redirect()
		return
	}
	w.report.Pages++
	w.report.Languages[w.facts[p.file].lang]++
	w.document()
	w.shareImage()
	w.anchors()
	w.structuredData()
	w.faq()
	w.crisis()
	w.access()
	if name == "index.html" && w.us {
		w.notices()
	}
	w.crisisFirst()
	w.medical()
	w.sponsored()
}

// refused finds a tag with what html/template writes in the place of a value that
// it does not trust, ZgotmplZ, which is in lower case in the name of an element or
// an attribute. It returns what stands before that in the tag.
func refused(b []byte) (before []byte, found bool) {
	const mark = "gotmpl"
	tag := -1 // where the tag begins that from is in
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte(mark))
		if i < 0 {
			return nil, false
		}
		i += from
		opens, closes := bytes.LastIndexByte(b[from:i], '<'), bytes.LastIndexByte(b[from:i], '>')
		switch {
		case opens > closes:
			tag = from + opens
		case closes >= 0:
			tag = -1
		}
		from = i + len(mark)
		if tag >= 0 && b[i-1]|' ' == 'z' && from < len(b) && b[from]|' ' == 'z' {
			return b[tag : i-1], true
		}
	}
}

// walk visits every node once.
func (w *worker) walk() {
	p := &w.page
	w.findBase()
	inHeading := int32(0) // where the heading ends that the walk is in
	for i := range int32(len(p.Nodes)) {
		n := &p.Nodes[i]
		f := uint8(0)
		if n.Parent >= 0 {
			f = p.flags[n.Parent] &^ mark
		}
		switch n.Tag {
		case atom.Head, atom.Script, atom.Style, atom.Template:
			f |= unseen
		}
		if n.Parent >= 0 && p.Nodes[n.Parent].Tag == atom.Details && n.Tag != atom.Summary {
			if _, open := p.Attr(n.Parent, dom.Open); !open {
				f |= closed
			}
		}
		p.flags = append(p.flags, f)
		if n.Text {
			continue
		}
		w.attributes(i)
		w.element(i, &inHeading)
	}
}

// findBase looks for a base element, which changes all relative addresses.
func (w *worker) findBase() {
	p := &w.page
	for i := range int32(len(p.Nodes)) {
		switch p.Nodes[i].Tag {
		case atom.Body:
			return
		case atom.Base:
			if href, ok := p.Attr(i, dom.Href); ok {
				w.url(href, fetch, "base")
				p.base = parseRef(href, p.self)
				return
			}
		}
	}
}

// element notes what the kind of an element says about the page.
func (w *worker) element(i int32, inHeading *int32) {
	p := &w.page
	n := &p.Nodes[i]
	if n.Foreign {
		if n.Tag == atom.Style {
			w.styles(p.RawText(i), p.base)
		}
		return
	}
	switch n.Tag {
	case atom.Html:
		p.lang, _ = p.Attr(i, dom.Lang)
	case atom.Title:
		if !p.hasTitle {
			p.hasTitle, p.title = true, strings.Join(strings.Fields(p.RawText(i)), " ")
		}
	case atom.Meta:
		w.meta(i)
	case atom.Link:
		w.linkElement(i)
	case atom.Style:
		w.needs.add("style-src", hashOf(p.RawText(i)))
		w.styles(p.RawText(i), p.base)
	case atom.Form:
		w.needs.add("form-action", self) // without an action it is sent to its own page
		w.form(i)
	case atom.Script:
		t, _ := p.Attr(i, dom.Type)
		if _, ok := p.Attr(i, dom.Src); !ok && runs(t) {
			w.needs.add("script-src", hashOf(p.RawText(i)))
		}
		if strings.EqualFold(strings.TrimSpace(t), "application/ld+json") {
			if p.markups++; p.markups == 1 {
				p.markup = i
			}
		}
	case atom.Main:
		if p.flags[i]&unseen == 0 {
			if p.mains++; p.mains == 1 {
				p.main = i
			}
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		*inHeading = n.End
		if p.flags[i]&(unseen|decor) == 0 {
			p.headings = append(p.headings, heading{node: i, level: headingLevel(n.Tag)})
			if n.Tag == atom.H1 {
				p.h1s++
			}
		}
	case atom.A:
		if i < *inHeading && p.permalink(i) {
			p.flags[i] |= mark
		}
		w.phone(i)
		w.crisisLine(i)
	case atom.Img:
		w.image(i)
	case atom.Area:
		if _, ok := p.Attr(i, dom.Href); ok {
			w.alt(i)
		}
	case atom.Input:
		if t, _ := p.Attr(i, dom.Type); strings.EqualFold(t, "image") {
			w.alt(i)
		}
	}
}

// permalink reports whether a link inside a heading only leads to the heading.
func (p *page) permalink(i int32) bool {
	href, _ := p.Attr(i, dom.Href)
	h := p.Nodes[i].Parent
	for h >= 0 && headingLevel(p.Nodes[h].Tag) == 0 {
		h = p.Nodes[h].Parent
	}
	if h < 0 || !strings.HasPrefix(href, "#") {
		return false
	}
	if id, _ := p.Attr(h, dom.ID); decode(href[1:]) != id {
		return false
	}
	if _, ok := p.Attr(i, dom.AriaLabel); ok {
		return true
	}
	class, _ := p.Attr(i, dom.Class)
	if strings.Contains(class, "anchor") || strings.Contains(class, "permalink") || strings.Contains(class, "headerlink") {
		return true
	}
	for c := i + 1; c < p.Nodes[i].End; c++ {
		if p.Nodes[c].Text && strings.IndexFunc(p.Text(c), isWordRune) >= 0 {
			return false
		}
	}
	return true
}

// keep stores what later checks need of this page, and no more.
func (w *worker) keep() {
	p := &w.page
	f := &w.facts[p.file]
	f.hasIDs = true
	f.lang = strings.Clone(p.lang)
	if len(p.noteNames) > 0 {
		f.ids = string(append(p.noteNames, 0))
	}
}

func headingLevel(tag atom.Atom) int {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(tag.String()[1] - '0')
	}
	return 0
}
