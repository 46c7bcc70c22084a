package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// words collects text as a reader takes it in: one space between two words, no
// matter what white space, line or block separates them, and none in front of
// closing punctuation.
type words struct {
	b   []byte
	gap bool
}

func (w *words) reset()         { w.b, w.gap = w.b[:0], false }
func (w *words) String() string { return string(w.b) }

func (w *words) add(s string) { addWords(w, s) }

func addWords[T string | []byte](w *words, s T) {
	for i := 0; i < len(s); {
		if n := spaceAt(s, i); n > 0 {
			w.gap = true
			i += n
			continue
		}
		// A run goes on over a single space in front of a word: it is as it
		// will be.
		start := i
		for ; i < len(s); i++ {
			c := s[i]
			if textClass[c] == 0 {
				continue
			}
			if c == ' ' && i+1 < len(s) && textClass[s[i+1]] == 0 {
				continue
			}
			if spaceAt(s, i) > 0 {
				break
			}
		}
		if w.gap && len(w.b) > 0 && textClass[s[start]]&closes == 0 {
			w.b = append(w.b, ' ')
		}
		w.gap = false
		w.b = append(w.b, s[start:i]...)
	}
}

// What words.add looks at; most bytes are neither.
const (
	spaces = 1 << iota // may be white space
	closes             // closing punctuation
)

var textClass = func() (class [256]uint8) {
	for _, c := range []byte(" \t\n\r\f\xC2") {
		class[c] = spaces
	}
	for _, c := range []byte(".,;:!?)") {
		class[c] = closes
	}
	return class
}()

// spaceAt returns the length of the white space character at s[i], 0 if there
// is another. A no-break space is one: a reader cannot tell it from a space.
func spaceAt[T string | []byte](s T, i int) int {
	switch c := s[i]; {
	case cssSpace(c):
		return 1
	case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0:
		return 2
	}
	return 0
}

// block reports whether an element starts on a new line, so that the words
// before and behind it are two words.
func block(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Br, atom.Li, atom.Ul, atom.Ol, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th,
		atom.Blockquote, atom.Pre, atom.Hr, atom.Section, atom.Article, atom.Aside, atom.Nav, atom.Header, atom.Footer,
		atom.Main, atom.Figure, atom.Figcaption, atom.Address, atom.Details, atom.Summary, atom.Hgroup, atom.Form,
		atom.Fieldset, atom.Legend, atom.Menu, atom.Dialog, atom.Search:
		return true
	}
	return false
}

// read collects the visible words of the nodes from..to, without citation
// markers and the links that headings have to themselves.
func (p *page) read(w *words, from, to int32) {
	for i := from; i < to; i++ {
		n := &p.Nodes[i]
		switch {
		case n.Text:
			if p.flags[i]&(unseen|decor|mark) == 0 {
				w.add(p.Text(i))
			}
		case p.flags[i]&(unseen|decor|mark) != 0:
			w.gap = w.gap || block(n.Tag)
			i = n.End - 1
		case block(n.Tag):
			w.gap = true
		}
		if i+1 < to && p.leavesBlock(i) {
			w.gap = true
		}
	}
}

// leavesBlock reports whether a block ends behind node i.
func (p *page) leavesBlock(i int32) bool {
	if p.Nodes[i].End > i+1 {
		return false
	}
	for a := p.Nodes[i].Parent; a >= 0 && p.Nodes[a].End == i+1; a = p.Nodes[a].Parent {
		if block(p.Nodes[a].Tag) {
			return true
		}
	}
	return false
}

// plain returns the visible words of one element.
func (p *page) plain(i int32) string {
	var w words
	p.read(&w, i+1, p.Nodes[i].End)
	return w.String()
}

// hasText reports whether a reader sees any text in the nodes from..to.
func (p *page) hasText(from, to int32) bool {
	for i := from; i < to; i++ {
		if n := &p.Nodes[i]; p.flags[i]&(unseen|decor|mark) != 0 {
			i = n.End - 1
		} else if n.Text && strings.TrimSpace(p.Text(i)) != "" || n.Tag == atom.Img {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// asks reports whether a text ends, or in Spanish begins, as a question does.
func asks(s string) bool {
	s = strings.TrimRight(s, ` "'”’»)]*_`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("?？؟\u037e⁇⁈", r) && r != utf8.RuneError || strings.HasPrefix(s, "¿")
}

// differ returns the place at which two texts part, from both, with a few
// words around it.
func differ(a, b string) (string, string) {
	x, y := strings.Fields(a), strings.Fields(b)
	k := 0
	for k < len(x) && k < len(y) && x[k] == y[k] {
		k++
	}
	return excerpt(x, k), excerpt(y, k)
}

func excerpt(words []string, k int) string {
	from, to := min(max(k-4, 0), len(words)), min(k+6, len(words))
	s := strings.Join(words[from:to], " ")
	if from > 0 {
		s = "… " + s
	}
	if to < len(words) {
		s += " …"
	} else if k >= len(words) {
		s += " [end]"
	}
	return clip(s)
}

// clip shortens a text for a message.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
