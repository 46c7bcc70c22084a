package verify

import (
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// use says what a browser does with an address.
type use uint8

const (
	navigate use = iota // a reader follows it
	mention             // a crawler reads it
	fetch               // the page loads it: an image, a font, an icon
	frame               // the page loads it and cannot say what is inside: a script, a frame, a form's target
)

// url checks one address: that it leads somewhere, and that the page asks
// nobody for it who is not allowed to know of the reader. what names it in
// messages.
func (w *worker) url(href string, u use, what string) {
	p := &w.page
	w.report.Links++
	if u == navigate {
		w.trackingParameter(href)
	}
	// Links within the page are the most frequent of all.
	if len(href) > 1 && href[0] == '#' && p.base == p.self && u == navigate {
		w.ownFragment(decode(href[1:]))
		return
	}
	d := w.resolve(href)
	if strings.TrimSpace(href) == "" {
		if u != navigate {
			w.findings.add(p.file, &linkTarget, href, "%s has an empty address", what)
		}
		return
	}
	if p.notFound && u != mention && (d.kind == local || d.kind == missing) && href[0] != '#' && relative(href) {
		w.findings.add(p.file, &notFoundLinks, href, "%s %s on the page for unknown addresses depends on where it is shown", what, clip(href))
	}
	switch d.kind {
	case special:
		w.special(href, d, u, what)
	case other:
		if u >= fetch {
			w.request(href, d, what)
		}
	case outside:
		if hasAuthority(href) { // another site on the same host, named in full
			if u >= fetch && d.scheme != w.base.scheme {
				w.request(href, d, what)
			}
			return
		}
		w.findings.add(p.file, &linkBasePath, href, "%s %s is not below %s, where the site is published", what, clip(href), w.base.path)
	case missing:
		w.findings.add(p.file, &linkTarget, href, "%s %s leads to no published file", what, clip(href))
	case local:
		if u >= fetch && d.scheme != w.base.scheme {
			w.request(href, d, what)
		}
		if d.frag != "" {
			w.fragment(href, d)
		}
	}
}

func hasAuthority(href string) bool {
	_, rest := splitScheme(cleanHref(href))
	return strings.HasPrefix(strings.ReplaceAll(rest, `\`, "/"), "//")
}

func (w *worker) resolve(href string) destination {
	base := &w.page.base
	if base.host != w.base.host || base.scheme != w.base.scheme {
		return w.locate(parseRef(href, *base)) // a base element changes what all mean
	}
	if d, ok := w.cache[href]; ok {
		return d
	}
	if relative(href) {
		return w.locate(parseRef(href, *base))
	}
	if len(w.cache) > 2000 {
		clear(w.cache) // what is on every page comes back at once
	}
	href = strings.Clone(href)
	d := w.locate(parseRef(href, *base))
	w.cache[href] = d
	return d
}

// fragment notes that a page links to a place in a file.
func (w *worker) fragment(href string, d destination) {
	if d.file == w.page.file {
		w.ownFragment(d.frag)
		return
	}
	id, _, _ := strings.Cut(d.frag, ":~:")
	if id == "" || strings.EqualFold(id, "top") {
		return
	}
	key := fragment{d.file, id}
	f := w.fragments[key]
	if f == nil {
		key.id = strings.Clone(id)
		f = &fragmentUse{href: strings.Clone(href)}
		w.fragments[key] = f
	}
	f.add(w.page.file)
}

func (w *worker) ownFragment(id string) {
	id, _, _ = strings.Cut(id, ":~:")
	if id != "" && !strings.EqualFold(id, "top") {
		w.page.anchors = append(w.page.anchors, id)
	}
}

func (w *worker) request(href string, d destination, what string) {
	for _, directive := range directivesOf(what) {
		w.needs.add(directive, d.origin())
	}
	company := tracker(d.host)
	switch origin := d.origin(); {
	case company != "":
		if !w.baa[origin] {
			w.findings.add(w.page.file, &trackerRule, href, "%s %s tells %s who reads this page", what, clip(href), company)
		}
	case what == formTargetName:
		if !w.forms[origin] {
			w.findings.add(w.page.file, &formTarget, href, "a form sends what readers write to %s", origin)
		}
	case !w.allow[origin]:
		w.findings.add(w.page.file, &otherOrigin, href, "%s %s makes a request to %s", what, clip(href), d.origin())
	}
}

// special checks an address that leads to no web page.
func (w *worker) special(href string, d destination, u use, what string) {
	switch d.scheme {
	case "javascript", "vbscript":
		w.findings.add(w.page.file, &unsafeURL, href, "%s %s runs a script", what, clip(href))
	case "data", "blob", "filesystem":
		if u == frame {
			w.findings.add(w.page.file, &unsafeURL, href, "%s %s hides what it loads", what, clip(href))
			return
		}
		if u == fetch {
			for _, directive := range directivesOf(what) {
				w.needs.add(directive, d.scheme+":")
			}
		}
	default:
		if what == formTargetName {
			w.findings.add(w.page.file, &formTarget, href, "a form sends what readers write to %s", clip(href))
		} else if u >= fetch && d.scheme != "about" {
			w.findings.add(w.page.file, &otherOrigin, href, "%s %s makes a request outside the site", what, clip(href))
		}
	}
}

// attributes reads all attributes of one element.
func (w *worker) attributes(i int32) {
	p := &w.page
	for _, a := range p.Attrs(i) {
		v := p.Value(a)
		switch a.Key {
		case dom.ID:
			w.id(i, v)
		case dom.Name:
			if p.Nodes[i].Tag == atom.A && v != "" {
				p.noteNames = append(append(p.noteNames, 0), v...)
				if _, ok := p.ids[v]; !ok {
					p.ids[v] = i
				}
			}
		case dom.Class:
			if strings.Contains(v, "faq") && hasToken(v, "faq") {
				p.faqBoxes = append(p.faqBoxes, i)
			}
		case dom.Hidden:
			p.flags[i] |= unseen
		case dom.AriaHidden:
			if strings.EqualFold(v, "true") {
				p.flags[i] |= decor
			}
		case dom.Role:
			if v == "doc-noteref" {
				p.markNote(i)
			}
		case dom.Style:
			if s := strings.ToLower(strings.ReplaceAll(v, " ", "")); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				p.flags[i] |= unseen
			}
			w.inlineStyle(i, v)
			w.styles(v, p.base)
		case dom.Handler:
			w.findings.add(p.file, &inlineCode, clip(v), "element %s runs the script %q from an attribute", p.Name(i), clip(v))
		case dom.Href, dom.XlinkHref:
			w.href(i, v)
		case dom.Src:
			w.src(i, v)
		case dom.Srcset, dom.ImageSrcset:
			w.srcset(v)
		case dom.Poster, dom.Background:
			w.url(v, fetch, "image")
		case dom.Data:
			if p.Nodes[i].Tag == atom.Object {
				if w.resolve(v).kind == local {
					w.needs.add("object-src", self)
				}
				w.url(v, frame, "object")
			}
		case dom.DataIndex:
			w.searches = append(w.searches, searchPage{p.file, strings.Clone(v)})
		case dom.Action, dom.FormAction:
			if v != "" {
				w.needs.add("form-action", self)
				w.url(v, frame, formTargetName)
			}
		case dom.Manifest:
			w.url(v, frame, "manifest")
		case dom.Ping:
			for _, u := range strings.Fields(v) {
				w.url(u, frame, "ping")
			}
		case dom.Srcdoc:
			w.findings.add(p.file, &unsafeURL, clip(v), "a frame carries a page of its own, which nothing checks")
		}
	}
}

// markNote takes a citation marker, and the superscript around it, out of the
// words of the page.
func (p *page) markNote(i int32) {
	p.flags[i] |= mark
	for a := p.Nodes[i].Parent; a >= 0 && (p.Nodes[a].Tag == atom.Sup || p.Nodes[a].Tag == atom.Span); a = p.Nodes[a].Parent {
		if p.Nodes[a].Tag == atom.Sup {
			p.flags[a] |= mark
			return
		}
	}
}

func (w *worker) id(i int32, id string) {
	p := &w.page
	if id == "" || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' }) {
		w.findings.add(p.file, &duplicateID, id, "id %q is empty or has white space in it", id)
		return
	}
	if _, ok := p.ids[id]; ok {
		w.findings.add(p.file, &duplicateID, id, "id %q is on the page twice", id)
		return
	}
	p.ids[id] = i
	p.noteNames = append(append(p.noteNames, 0), id...)
}

func (w *worker) href(i int32, v string) {
	n := &w.page.Nodes[i]
	switch {
	case n.Tag == atom.A:
		w.url(v, navigate, "link")
		w.edition(i, v, false)
	case n.Foreign:
		w.url(v, fetch, w.page.Name(i))
	case n.Tag == atom.Area:
		w.url(v, navigate, "link")
	}
}

func (w *worker) src(i int32, v string) {
	switch tag := w.page.Nodes[i].Tag; tag {
	case atom.Img:
		w.url(v, fetch, "image")
	case atom.Script, atom.Iframe, atom.Embed, atom.Frame:
		if w.resolve(v).kind == local {
			w.needs.add(directivesOf(tag.String())[0], self)
		}
		w.url(v, frame, tag.String())
	case atom.Source, atom.Video, atom.Audio, atom.Track, atom.Input:
		w.url(v, fetch, tag.String())
	}
}

// srcset reads a list of images with their widths or densities.
func (w *worker) srcset(v string) {
	for v = strings.TrimLeft(v, " \t\r\n\f,"); v != ""; v = strings.TrimLeft(v, " \t\r\n\f,") {
		u := v
		if end := strings.IndexAny(v, " \t\r\n\f"); end >= 0 {
			u, v = v[:end], v[end:]
		} else {
			v = ""
		}
		if cut := strings.TrimRight(u, ","); cut != u {
			w.url(cut, fetch, "image")
			continue
		}
		w.url(u, fetch, "image")
		_, v, _ = strings.Cut(v, ",")
	}
}

// linkElement checks a link element by its relation. Relations that no browser
// fetches are named; whatever is not named counts as fetched.
func (w *worker) linkElement(i int32) {
	p := &w.page
	rel, _ := p.Attr(i, dom.Rel)
	href, ok := p.Attr(i, dom.Href)
	if !ok {
		return // only a srcset, or nothing
	}
	fetched, style := false, false
	for token := range strings.FieldsSeq(strings.ToLower(rel)) {
		switch token {
		case "canonical":
			if p.canonicals++; p.canonicals == 1 {
				p.canonical = strings.TrimSpace(href)
			}
		case "alternate":
			w.edition(i, href, true)
		case "author", "license", "next", "prev", "help", "me", "bookmark", "amphtml", "up",
			"privacy-policy", "terms-of-service", "shortlink", "search", "webmention", "pingback", "index":
		case "stylesheet":
			fetched, style = true, true
		default:
			fetched = true
		}
	}
	switch {
	case style:
		w.url(href, frame, "style sheet")
	case strings.Contains(rel, "preconnect") || strings.Contains(rel, "dns-prefetch"):
		if d := w.resolve(href); d.kind == other {
			w.request(href, d, "connection")
		}
	case fetched:
		w.url(href, fetch, "link of the page")
	default:
		w.url(href, mention, strings.ToLower(rel)+" link")
	}
}

// styles checks the addresses in a piece of CSS, which are relative to base.
func (w *worker) styles(css string, base ref) {
	if css == "" || !strings.ContainsAny(css, `(@\`) {
		return
	}
	page := w.page.base
	w.page.base = base
	cssURLs(css, func(u string) {
		if !strings.HasPrefix(u, "#") {
			w.url(u, fetch, "style")
		}
	})
	w.page.base = page
}

// hasToken reports whether a list of words, such as a class, has a word.
func hasToken(list, word string) bool {
	for token := range strings.FieldsSeq(list) {
		if strings.EqualFold(token, word) {
			return true
		}
	}
	return false
}
