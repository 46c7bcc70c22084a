package dom

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Token is what a Scanner found.
type Token uint8

// Odd is whatever a Scanner leaves to the tokenizer of the HTML standard.
const (
	Odd Token = iota
	End
	Text
	StartTag
	EndTag
	Comment
	Doctype
)

// Scanner splits plainly written HTML into tags and text. Publishing tools
// write plainly, and reading that takes a fraction of the time of the general
// tokenizer: text runs to the next "<", and a value to its closing quote. At
// anything that the standard reads in a less obvious way Next returns Odd, and
// the caller has to start again with the general tokenizer.
type Scanner struct {
	src        []byte
	pos        int
	start, end int // of the text or of the name
	attrs      []attr
	slash      bool // the tag ends in "/>"
	doubtful   bool // the tag ends in "/>", and the slash may belong to a value
}

// attr is where an attribute's name and value are in the source.
type attr struct{ name, nameEnd, value, end int32 }

// Reset starts with another text.
func (s *Scanner) Reset(src []byte) {
	s.src, s.pos = src, 0
	if bytes.IndexByte(src, 0) >= 0 || bytes.IndexByte(src, '\r') >= 0 {
		s.pos = -1 // both are replaced, and not everywhere in the same way
	}
}

// Next returns the next token. Behind End and Odd there is none.
func (s *Scanner) Next() Token {
	switch {
	case s.pos < 0:
		return Odd
	case s.pos == len(s.src):
		return End
	}
	b := s.src[s.pos:]
	n := bytes.IndexByte(b, '<')
	if n < 0 {
		n = len(b)
	}
	if n > 0 {
		s.start, s.end = s.pos, s.pos+n
		s.pos += n
		return Text
	}
	if len(b) > 2 {
		switch {
		case byteClass[b[1]]&letter != 0:
			return s.startTag()
		case b[1] == '/' && byteClass[b[2]]&letter != 0:
			s.start = s.pos + 2
			s.end = s.name(s.start)
			if s.end < len(s.src) && s.src[s.end] == '>' {
				s.pos = s.end + 1
				return EndTag
			}
		case b[1] == '!':
			return s.declaration()
		}
	}
	s.pos = -1
	return Odd
}

// TextBytes returns the text of the last token, entities decoded. It may be
// part of the source.
func (s *Scanner) TextBytes() []byte {
	t := s.src[s.start:s.end]
	if bytes.IndexByte(t, '&') < 0 {
		return t
	}
	return unescape(nil, t, false)
}

// Tag returns the name of the tag, 0 if it is no HTML name in lower case.
func (s *Scanner) Tag() atom.Atom { return atom.Lookup(s.src[s.start:s.end]) }

// Slash reports whether the tag ends in "/>".
func (s *Scanner) Slash() bool { return s.slash || s.doubtful }

// Attr returns the value of an attribute of the tag, entities decoded.
func (s *Scanner) Attr(k Key) (value string, ok bool) {
	for _, a := range s.attrs {
		if key(s.src[a.name:a.nameEnd]) == k {
			return string(unescape(nil, s.src[a.value:a.end], true)), true
		}
	}
	return "", false
}

// name returns where the name that starts at i ends.
func (s *Scanner) name(i int) int {
	for i < len(s.src) && byteClass[s.src[i]]&(space|special) == 0 {
		i++
	}
	return i
}

func (s *Scanner) startTag() Token {
	src := s.src
	s.start = s.pos + 1
	i := s.name(s.start)
	s.end = i
	s.pos = -1
	s.attrs, s.slash, s.doubtful = s.attrs[:0], false, false
	for i < len(src) {
		switch c := src[i]; {
		case c == '>':
			s.pos = i + 1
			return StartTag
		case c == '/':
			if i+1 == len(src) || src[i+1] != '>' {
				return Odd
			}
			s.slash = true
			s.pos = i + 2
			return StartTag
		case byteClass[c]&space == 0:
			return Odd
		}
		for i < len(src) && byteClass[src[i]]&space != 0 {
			i++
		}
		a := attr{name: int32(i)}
		i = s.name(i)
		a.nameEnd = int32(i)
		if a.name == a.nameEnd {
			continue // only ">" and "/" may follow, which the loop sees to
		}
		if i+1 >= len(src) {
			return Odd
		}
		switch c := src[i]; {
		case c == '=':
			if i = s.value(&a, i+1); i < 0 {
				return Odd
			}
		case byteClass[c]&space != 0:
			if byteClass[src[i+1]]&space != 0 || src[i+1] == '=' {
				return Odd // an equals sign may follow
			}
		}
		s.attrs = append(s.attrs, a)
	}
	return Odd
}

// value reads the value that starts at i and returns where it ends, -1 if it
// is odd.
func (s *Scanner) value(a *attr, i int) int {
	switch c := s.src[i]; {
	case c == '"' || c == '\'':
		n := bytes.IndexByte(s.src[i+1:], c)
		if n < 0 {
			return -1
		}
		a.value, a.end = int32(i+1), int32(i+1+n)
		return i + n + 2
	case c == '>' || byteClass[c]&space != 0:
		return -1
	}
	a.value = int32(i)
	for i < len(s.src) && s.src[i] != '>' && byteClass[s.src[i]]&space == 0 {
		i++
	}
	a.end = int32(i)
	s.doubtful = s.src[i-1] == '/'
	return i
}

func (s *Scanner) declaration() Token {
	b := s.src[s.pos:]
	const doctype = "<!doctype html>"
	if len(b) >= len(doctype) && strings.EqualFold(string(b[:len(doctype)]), doctype) {
		s.pos += len(doctype)
		return Doctype
	}
	if c, ok := bytes.CutPrefix(b, []byte("<!--")); ok && !bytes.HasPrefix(c, []byte(">")) && !bytes.HasPrefix(c, []byte("->")) {
		if n := bytes.Index(c, []byte("-->")); n >= 0 && !bytes.Contains(c[:n], []byte("--!")) {
			s.pos += n + len("<!---->")
			return Comment
		}
	}
	s.pos = -1
	return Odd
}

// raw reads the text of an element in which there are no tags but its own end
// tag. It returns false if the end is not plain to see.
func (s *Scanner) raw(name string) bool {
	s.start = s.pos
	for i := s.pos; ; {
		n := bytes.IndexByte(s.src[i:], '<')
		if n < 0 || i+n+len("</>")+len(name) > len(s.src) {
			return false
		}
		i += n + 1
		switch s.src[i] {
		case '!':
			return false // in a script, it changes what ends it
		case '/':
			if end := i + 1 + len(name); strings.EqualFold(string(s.src[i+1:end]), name) {
				s.end, s.pos = i-1, i-1
				return s.src[end] == '>'
			}
		}
	}
}

// unescape appends s to dst with its entities decoded. Those in whose names
// the standard has no surprises are decoded here.
func unescape(dst, s []byte, attribute bool) []byte {
	for {
		n := bytes.IndexByte(s, '&')
		if n < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:n]...)
		s = s[n:]
		switch {
		case bytes.HasPrefix(s, []byte("&amp;")):
			dst, s = append(dst, '&'), s[5:]
		case bytes.HasPrefix(s, []byte("&lt;")):
			dst, s = append(dst, '<'), s[4:]
		case bytes.HasPrefix(s, []byte("&gt;")):
			dst, s = append(dst, '>'), s[4:]
		case bytes.HasPrefix(s, []byte("&quot;")):
			dst, s = append(dst, '"'), s[6:]
		case bytes.HasPrefix(s, []byte("&#34;")):
			dst, s = append(dst, '"'), s[5:]
		case bytes.HasPrefix(s, []byte("&#39;")):
			dst, s = append(dst, '\''), s[5:]
		case len(s) == 1 || s[1] != '#' && byteClass[s[1]]&(letter|digit) == 0:
			dst, s = append(dst, '&'), s[1:]
		case attribute:
			// Only the tokenizer knows the rules for attributes.
			z := html.NewTokenizer(strings.NewReader(`<a b="` + strings.ReplaceAll(string(s), `"`, "&#34;") + `">`))
			z.Next()
			z.TagName()
			_, value, _ := z.TagAttr()
			return append(dst, value...)
		default:
			return append(dst, html.UnescapeString(string(s))...)
		}
	}
}

const (
	space   = 1 << iota
	letter  // of ASCII
	digit   // of ASCII
	special // ends a name, or has no place in one
)

var byteClass = func() (class [256]uint8) {
	for c := range class {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			class[c] = letter
		case '0' <= c && c <= '9':
			class[c] = digit
		case strings.IndexByte(" \t\n\r\f", byte(c)) >= 0:
			class[c] = space
		case strings.IndexByte("/>=<\"'`", byte(c)) >= 0:
			class[c] = special
		}
	}
	return class
}()
