package verify

import (
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// document checks what every page must have, once the walk is over.
func (w *worker) document() {
	p := &w.page
	add := w.findings.add
	switch {
	case p.lang == "":
		add(p.file, &pageLang, "", "page has no language on its html element")
	case !languageTag(p.lang):
		add(p.file, &pageLang, p.lang, "language %q is no language tag", p.lang)
	}
	switch {
	case !p.hasTitle:
		add(p.file, &pageTitle, "", "page has no title")
	case p.title == "":
		add(p.file, &pageTitle, "", "title of the page is empty")
	}
	if p.mains != 1 {
		add(p.file, &pageMain, "", "page has %d main elements, want 1", p.mains)
	}
	if p.h1s != 1 {
		add(p.file, &pageH1, "", "page has %d h1 headings, want 1", p.h1s)
	}
	w.outline()
	f := &w.facts[p.file]
	if !p.notFound {
		f.title = strings.Clone(p.title)
		w.canonical()
	}
	if p.notFound || p.noindex {
		return
	}
	switch {
	case !p.hasDescription:
		add(p.file, &pageDescription, "", "page has no description")
	case p.description == "":
		add(p.file, &pageDescription, "", "description of the page is empty")
	default:
		f.description = strings.Clone(p.description)
	}
}

// outline checks that headings have words and that levels are not skipped.
func (w *worker) outline() {
	p := &w.page
	last := 1
	for i := range p.headings {
		h := &p.headings[i]
		w.seen.reset()
		p.read(&w.seen, h.node+1, p.Nodes[h.node].End)
		h.text = w.seen.String()
		text := h.text
		if text == "" {
			id, _ := p.Attr(h.node, dom.ID)
			w.findings.add(p.file, &headingEmpty, id, "an h%d heading has no words", h.level)
		}
		if h.level > last+1 {
			w.findings.add(p.file, &headingOrder, text, "heading %q is an h%d below an h%d", clip(text), h.level, last)
		}
		last = h.level
	}
}

// canonical compares the address that a page claims with the one it has.
func (w *worker) canonical() {
	p := &w.page
	switch {
	case p.canonicals == 0:
		w.findings.add(p.file, &pageCanonical, "", "page has no canonical link")
		return
	case p.canonicals > 1:
		w.findings.add(p.file, &pageCanonical, p.canonical, "page has %d canonical links, want 1", p.canonicals)
		return
	}
	if scheme, _ := splitScheme(p.canonical); scheme == "" {
		w.findings.add(p.file, &pageCanonical, p.canonical, "canonical link %s is not absolute", p.canonical)
	} else if parseRef(p.canonical, p.base) != p.self {
		w.findings.add(p.file, &pageCanonical, p.canonical, "canonical link is %s, the page is at %s", p.canonical, p.self)
	}
}

// redirect checks a page that only sends the reader on. Where it leads was
// looked up in the walk.
func (w *worker) redirect() {
	p := &w.page
	if p.canonicals == 0 {
		return
	}
	if parseRef(p.refresh, p.base) != parseRef(p.canonical, p.base) {
		w.findings.add(p.file, &redirectTarget, p.canonical, "page sends readers to %s, and crawlers to %s", p.refresh, p.canonical)
	}
}

// anchors looks up the fragments that a page uses of itself.
func (w *worker) anchors() {
	p := &w.page
	for _, id := range p.anchors {
		if _, ok := p.ids[id]; !ok {
			w.findings.add(p.file, &linkFragment, "#"+id, "link #%s leads to no id on its page", id)
		}
	}
}

func (w *worker) image(i int32) {
	p := &w.page
	w.alt(i)
	_, width := p.Attr(i, dom.Width)
	_, height := p.Attr(i, dom.Height)
	if !width || !height {
		src, _ := p.Attr(i, dom.Src)
		w.findings.add(p.file, &imageSize, src, "image %s has no width and height", clip(src))
	}
}

func (w *worker) alt(i int32) {
	p := &w.page
	if _, ok := p.Attr(i, dom.Alt); ok {
		return
	}
	src, ok := p.Attr(i, dom.Src)
	if !ok {
		src, _ = p.Attr(i, dom.Href)
	}
	w.findings.add(p.file, &imageAlt, src, "%s %s has no alt text", p.Name(i), clip(src))
}

func (w *worker) meta(i int32) {
	p := &w.page
	content, _ := p.Attr(i, dom.Content)
	if equiv, ok := p.Attr(i, dom.HTTPEquiv); ok && strings.EqualFold(equiv, "refresh") {
		if _, to, ok := cutFold(content, "url="); ok {
			p.refresh = strings.Trim(strings.TrimSpace(to), `"'`)
			w.url(p.refresh, frame, "redirect")
		}
		return
	}
	name, ok := p.Attr(i, dom.Name)
	if !ok {
		name, _ = p.Attr(i, dom.Property)
	}
	switch strings.ToLower(name) {
	case "description":
		if !p.hasDescription {
			p.hasDescription, p.description = true, strings.Join(strings.Fields(content), " ")
		}
	case "robots":
		p.noindex = p.noindex || strings.Contains(strings.ToLower(content), "noindex")
	case "og:image:width":
		p.share.width = content
	case "og:image:height":
		p.share.height = content
	case "og:image:alt":
		p.share.alt = content
	case "og:image":
		p.share.url = content
		w.url(content, mention, name)
	case "og:url", "og:image:url", "og:image:secure_url", "twitter:image":
		w.url(content, mention, name)
	}
}

// cutFold cuts s around the first sep, which is in lower case and found in any.
func cutFold(s, sep string) (before, after string, found bool) {
	i := strings.Index(strings.ToLower(s), sep)
	if i < 0 || i+len(sep) > len(s) {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// languageTag reports whether s has the form of a language tag: letters for
// the language, then parts of up to eight letters and digits. RFC 5646.
func languageTag(s string) bool {
	for n, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || n == 0 && (len(part) < 2 || len(part) > 3) {
			return false
		}
		for _, c := range []byte(part) {
			letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
			if !letter && (n == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// headed reports whether an element is one whose heading speaks for all of it.
func headed(tag atom.Atom) bool {
	switch tag {
	case atom.Section, atom.Article, atom.Main, atom.Aside, atom.Nav, atom.Footer, atom.Body, atom.Html:
		return true
	}
	return false
}
