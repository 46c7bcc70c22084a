package verify

import (
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/verify/dom"
)

// phone compares the number that a link dials with the number that it shows.
func (w *worker) phone(i int32) {
	p := &w.page
	href, _ := p.Attr(i, dom.Href)
	scheme, rest := splitScheme(strings.TrimSpace(href))
	if scheme != "tel" && scheme != "sms" || p.Nodes[i].Tag != atom.A {
		return
	}
	if scheme == "sms" {
		if end := strings.IndexAny(rest, "?&;"); end >= 0 {
			rest = rest[:end]
		}
	}
	dialled := digits(decode(rest))
	if dialled == "" {
		w.findings.add(p.file, &phoneLink, href, "link %s has no number", clip(href))
		return
	}
	// The flags of what is inside the link are not known yet: it is read whole.
	var shown words
	for c := i + 1; c < p.Nodes[i].End; c++ {
		if p.Nodes[c].Text {
			shown.add(p.Text(c))
		}
	}
	text := shown.String()
	wrong := ""
	for _, number := range numbers(text) {
		if sameNumber(number, dialled) {
			return
		}
		wrong = number
	}
	if wrong != "" && !sameNumber(keypad(text), dialled) {
		w.findings.add(p.file, &phoneLink, href, "link %s dials another number than %q, which it shows", clip(href), clip(text))
	}
}

// crisisLine notes that a reader sees a link to one of the crisis lines.
func (w *worker) crisisLine(i int32) {
	p := &w.page
	href, _ := p.Attr(i, dom.Href)
	for bit, line := range w.site.crisis {
		if href == line && p.flags[i]&(unseen|decor|closed) == 0 {
			p.crisis |= 1 << bit
		}
	}
}

// crisis reports the crisis lines that the page does not show.
func (w *worker) crisis() {
	for bit, line := range w.site.crisis {
		if w.page.crisis&(1<<bit) == 0 {
			w.findings.add(w.page.file, &crisisMissing, line, "page does not show the crisis line %s", line)
		}
	}
}

// numbers returns the digits of every telephone number in a text: seven and
// more in a run, or a short code for emergencies.
func numbers(text string) []string {
	var found []string
	flush := func(run string) {
		if d := digits(run); len(d) >= 7 || d == "988" || d == "911" {
			found = append(found, d)
		}
	}
	start := -1
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9' || r == '+' || r == '(':
			if start < 0 {
				start = i
			}
		case start >= 0 && strings.ContainsRune(" )-.‐‑–\u202f", r):
		case start >= 0:
			flush(text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		flush(text[start:])
	}
	return found
}

// sameNumber reports whether a number as shown is the one that is dialled. It
// may be shown without its country code, or with the 0 that replaces it.
func sameNumber(shown, dialled string) bool {
	if shown == dialled {
		return true
	}
	if len(shown) < 7 {
		return false
	}
	for _, s := range []string{shown, strings.TrimPrefix(shown, "0")} {
		if strings.HasSuffix(dialled, s) && len(dialled)-len(s) <= 3 {
			return true
		}
	}
	// 1-800-662-HELP (4357) shows four digits twice, and an extension follows.
	return len(dialled) >= 10 && strings.HasPrefix(shown, dialled)
}

// keypad spells the capital letters of a number as the keys that they are on.
func keypad(text string) string {
	const keys = "22233344455566677778889999"
	b := make([]byte, 0, len(text))
	for _, c := range []byte(text) {
		switch {
		case '0' <= c && c <= '9':
			b = append(b, c)
		case 'A' <= c && c <= 'Z':
			b = append(b, keys[c-'A'])
		}
	}
	return string(b)
}

func digits(s string) string {
	b := make([]byte, 0, len(s))
	for _, c := range []byte(s) {
		if '0' <= c && c <= '9' {
			b = append(b, c)
		}
	}
	return string(b)
}
