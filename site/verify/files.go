package verify

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxSitemap is how many addresses a sitemap may hold.
// https://www.sitemaps.org/protocol.html
const maxSitemap = 50_000

// css checks a style sheet.
func (w *worker) css(b []byte) { w.styles(string(b), w.page.base) }

// svg checks an image that is a document: it may load others, and pages refer
// to its parts.
func (w *worker) svg(b []byte) {
	f := &w.facts[w.page.file]
	f.hasIDs = true
	w.tokens(b, func(start xml.StartElement) {
		for _, a := range start.Attr {
			switch {
			case a.Name.Local == "id":
				f.ids += "\x00" + a.Value + "\x00"
			case a.Name.Local == "href" && strings.HasPrefix(a.Value, "#"):
			case a.Name.Local == "href" && start.Name.Local == "a":
				w.url(a.Value, navigate, "link")
			case a.Name.Local == "href" || a.Name.Local == "src":
				w.url(a.Value, fetch, start.Name.Local)
			default:
				w.styles(a.Value, w.page.base)
			}
		}
	}, func(in, text string) {
		if in == "style" {
			w.styles(text, w.page.base)
		}
	})
}

// xml checks a sitemap or a feed, by the name of its root.
func (w *worker) xml(b []byte) {
	root, locs := "", 0
	w.tokens(b, func(start xml.StartElement) {
		if root == "" {
			root = start.Name.Local
		}
		if start.Name.Local != "link" && start.Name.Local != "enclosure" && start.Name.Local != "content" {
			return
		}
		rel := ""
		for _, a := range start.Attr {
			if a.Name.Local == "rel" {
				rel = a.Value
			}
		}
		for _, a := range start.Attr {
			if a.Name.Local == "href" || a.Name.Local == "url" || a.Name.Local == "src" {
				where := "feed"
				if root == "urlset" {
					where = "sitemap"
				}
				w.absolute(a.Value, where, strings.TrimSpace(rel+" link"))
			}
		}
	}, func(in, text string) {
		switch {
		case (root == "urlset" || root == "sitemapindex") && in == "loc":
			locs++
			w.absolute(text, "sitemap", "address")
		case root == "rss" && (in == "link" || in == "comments"):
			w.absolute(text, "feed", "link")
		}
	})
	if locs > maxSitemap {
		w.findings.addHere(w.page.file, &sitemap, "", "sitemap holds %d addresses, more than %d", locs, maxSitemap)
	}
}

// absolute checks an address in a file that is read away from its site.
func (w *worker) absolute(u, where, what string) {
	u = strings.TrimSpace(u)
	info := &feed
	if where == "sitemap" {
		info = &sitemap
	}
	if scheme, _ := splitScheme(u); scheme == "" {
		w.findings.add(w.page.file, info, u, "%s %q in the %s is not absolute", what, clip(u), where)
		return
	}
	w.report.Links++
	switch d := w.resolve(u); {
	case d.kind == missing:
		w.findings.add(w.page.file, info, u, "%s %s in the %s leads to no published file", what, clip(u), where)
	case d.kind != local && where == "sitemap":
		w.findings.add(w.page.file, info, u, "%s %s in the %s is not on this site", what, clip(u), where)
	case where == "sitemap":
		w.listed = append(w.listed, d.file)
	}
}

// tokens reads XML. Text is handed over whole, with the name of the element
// that it is directly in.
func (w *worker) tokens(b []byte, start func(xml.StartElement), text func(in, text string)) {
	z := xml.NewDecoder(bytes.NewReader(b))
	z.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	z.Entity = xml.HTMLEntity
	var names []string
	for {
		t, err := z.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			name := w.paths[w.page.file]
			w.findings.addHere(w.page.file, &xmlSyntax, name, "file %s is not well-formed: %v", name, err)
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			names = append(names, t.Name.Local)
			start(t)
		case xml.EndElement:
			names = names[:len(names)-1]
		case xml.CharData:
			if len(names) > 0 && len(bytes.TrimSpace(t)) > 0 {
				text(names[len(names)-1], string(t))
			}
		}
	}
}

// robots checks where robots.txt says that the sitemap is.
func (w *worker) robots(b []byte) {
	for line := range strings.Lines(string(b)) {
		field, value, _ := strings.Cut(line, ":")
		if !strings.EqualFold(strings.TrimSpace(field), "sitemap") {
			continue
		}
		value, _, _ = strings.Cut(value, "#")
		w.absolute(value, "sitemap", "sitemap line of robots.txt:")
	}
}

// manifest checks the icons of a web app manifest.
func (w *worker) manifest(b []byte) {
	var m struct {
		StartURL string `json:"start_url"`
		Icons    []struct {
			Src string `json:"src"`
		} `json:"icons"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		name := w.paths[w.page.file]
		w.findings.addHere(w.page.file, &manifestSyntax, name, "manifest %s cannot be read: %v", name, err)
		return
	}
	if m.StartURL != "" {
		w.url(m.StartURL, navigate, "start page")
	}
	for _, icon := range m.Icons {
		w.url(icon.Src, fetch, "icon")
	}
}
