package finish

import "bytes"

// A kind is what the scanner has just read.
type kind uint8

const (
	end      kind = iota // nothing is left
	text                 // character data outside raw elements, entities as written
	raw                  // all that is between <script>, <style>, <title>… and its end tag
	startTag             // name, attrs and selfClosing are set
	endTag               // name is set
	doctype              // text holds what follows "<!"
	comment              // comments, and what a browser reads as one
)

// attr is one attribute: the name in lower case, the value as written,
// without its quotes and with its entities.
type attr struct{ name, value []byte }

// scanner cuts a page into tokens as a browser does (HTML Standard, 13.2.5
// Tokenization). It copies nothing, and is written for one reason: the proof
// must not read a page through the lexer of the minifier that it judges, and
// x/net/html, which the tests hold it against, takes as long as the minifier.
//
// A scanner knows tokens and no tree. It follows <svg> and <math> only because
// <title> and <style> in them are no raw elements.
type scanner struct {
	src   []byte
	pos   int // where the next token begins
	start int // where the current token begins

	name        []byte
	attrs       []attr
	selfClosing bool
	text        []byte

	rawName []byte // the raw element whose content comes next
	foreign int    // how many <svg> and <math> are open
	lower   []byte // holds names that had capitals
}

func (s *scanner) reset(src []byte) {
	*s = scanner{src: src, attrs: s.attrs[:0], lower: s.lower[:0]}
}

// next reads one token. Text is never empty.
func (s *scanner) next() kind {
	s.start = s.pos
	if len(s.rawName) > 0 {
		name := s.rawName
		s.rawName = nil
		if s.text = s.src[s.pos:s.rawEnd(name)]; len(s.text) > 0 {
			s.pos += len(s.text)
			return raw
		}
	}
	for i := s.pos; i < len(s.src); i++ {
		if s.src[i] != '<' {
			j := bytes.IndexByte(s.src[i:], '<')
			if j < 0 {
				break
			}
			i += j
		}
		if !opensMarkup(s.src[i:]) {
			continue
		}
		if i > s.pos {
			s.text, s.pos = s.src[s.pos:i], i
			return text
		}
		return s.markup()
	}
	if s.pos == len(s.src) {
		return end
	}
	s.text, s.pos = s.src[s.pos:], len(s.src)
	return text
}

// opensMarkup says whether the "<" that b begins with is more than a character.
func opensMarkup(b []byte) bool {
	if len(b) < 2 {
		return false
	}
	return isLetter(b[1]) || b[1] == '!' || b[1] == '?' || b[1] == '/' && len(b) > 2
}

func (s *scanner) markup() kind {
	b := s.src[s.pos:]
	switch {
	case isLetter(b[1]):
		return s.tag(startTag, s.pos+1)
	case b[1] == '/' && isLetter(b[2]):
		return s.tag(endTag, s.pos+2)
	case bytes.HasPrefix(b, []byte("<!--")):
		return s.comment()
	case len(b) >= 9 && b[1] == '!' && equalFold(b[2:9], "doctype"):
		s.until('>')
		return doctype
	case s.foreign > 0 && bytes.HasPrefix(b, []byte("<![CDATA[")):
		// The tests of x/net/html keep this, and so do browsers: in SVG it is text.
		n := bytes.Index(b, []byte("]]>"))
		if n < 0 {
			s.text, s.pos = b, len(s.src)
		} else {
			s.text, s.pos = b[:n+3], s.pos+n+3
		}
		return raw
	}
	s.until('>')
	return comment
}

// until makes everything up to the next c the text, without the opening two bytes.
func (s *scanner) until(c byte) {
	b := s.src[s.pos:]
	if n := bytes.IndexByte(b, c); n >= 0 {
		s.text, s.pos = b[min(2, n):n], s.pos+n+1
		return
	}
	s.text, s.pos = b[2:], len(s.src)
}

// comment reads <!-- … -->. "<!-->" and "<!--->" are whole comments, and
// "--!>" ends one too.
func (s *scanner) comment() kind {
	for i := s.pos + 4; i < len(s.src); i++ {
		j := bytes.IndexByte(s.src[i:], '>')
		if j < 0 {
			break
		}
		i += j
		// The dashes of the opening "<!--" count for the short forms only.
		body := s.src[s.pos+2 : i]
		if bytes.HasSuffix(body, []byte("--")) || len(body) == 3 && body[2] == '-' ||
			len(body) >= 5 && bytes.HasSuffix(body, []byte("--!")) {
			s.text, s.pos = body, i+1
			return comment
		}
	}
	s.text, s.pos = s.src[s.pos+2:], len(s.src)
	return comment
}

// tag reads a start or end tag whose name begins at i. A tag that the file
// ends in is no tag: browsers drop it.
func (s *scanner) tag(k kind, i int) kind {
	src := s.src
	from, seen := i, byte(0)
	for i < len(src) && chars[src[i]]&endsName == 0 {
		seen |= chars[src[i]]
		i++
	}
	s.name = s.lowered(src[from:i], seen)
	s.attrs = s.attrs[:0]
	s.selfClosing = false
	for {
		for i < len(src) && (isSpace(src[i]) || src[i] == '/') {
			i++
		}
		if i >= len(src) {
			s.pos = len(src)
			return end
		}
		if src[i] == '>' {
			break
		}
		from, seen = i, chars[src[i]]
		for i++; i < len(src) && chars[src[i]]&endsKey == 0; i++ { // a "=" that begins a name belongs to it
			seen |= chars[src[i]]
		}
		a := attr{name: src[from:i]}
		for i < len(src) && isSpace(src[i]) {
			i++
		}
		if i < len(src) && src[i] == '=' {
			for i++; i < len(src) && isSpace(src[i]); {
				i++
			}
			if i >= len(src) {
				s.pos = len(src)
				return end
			}
			if q := src[i]; q == '"' || q == '\'' {
				n := bytes.IndexByte(src[i+1:], q)
				if n < 0 {
					s.pos = len(src)
					return end
				}
				a.value = src[i+1 : i+1+n]
				i += n + 2
			} else {
				from = i
				for i < len(src) && !isSpace(src[i]) && src[i] != '>' {
					i++
				}
				a.value = src[from:i]
			}
		}
		if k == startTag {
			a.name = s.lowered(a.name, seen)
			s.attrs = append(s.attrs, a)
		}
	}
	s.selfClosing = src[i-1] == '/' && !(len(s.attrs) > 0 && endsAt(src, s.attrs[len(s.attrs)-1].value, i))
	s.pos = i + 1
	s.follow(k)
	return k
}

// endsAt says whether v is the part of src that ends at i: the slash of
// <a href=x/> belongs to the address.
func endsAt(src, v []byte, i int) bool {
	return len(v) > 0 && &v[len(v)-1] == &src[i-1]
}

// follow keeps what the scanner must know of the tree.
func (s *scanner) follow(k kind) {
	switch string(s.name) {
	case "svg", "math":
		if k == startTag && !s.selfClosing {
			s.foreign++
		} else if k == endTag && s.foreign > 0 {
			s.foreign--
		}
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext":
		if k == startTag && s.foreign == 0 {
			s.rawName = s.name
		}
	}
}

// rawEnd returns the offset of the end tag of the raw element name.
func (s *scanner) rawEnd(name []byte) int {
	if string(name) == "plaintext" {
		return len(s.src)
	}
	script := string(name) == "script"
	escaped, double := false, false // within <!-- in a script; and within <script> in that
	for i := s.pos; i < len(s.src); i++ {
		if !escaped {
			j := bytes.IndexByte(s.src[i:], '<')
			if j < 0 {
				break
			}
			i += j
		}
		b := s.src[i:]
		switch {
		case b[0] == '<' && names(b, "</", name):
			if !double {
				return i
			}
			double = false
		case script && !escaped && bytes.HasPrefix(b, []byte("<!--")):
			escaped = true
			i++ // the dashes of "<!-->" close what they opened
		case escaped && b[0] == '-' && bytes.HasPrefix(b, []byte("-->")):
			escaped, double = false, false
		case escaped && b[0] == '<' && names(b, "<", name):
			double = true
		}
	}
	return len(s.src)
}

// names says whether b begins with prefix, name, and a byte that ends a name.
func names(b []byte, prefix string, name []byte) bool {
	n := len(prefix) + len(name)
	return len(b) > n && string(b[:len(prefix)]) == prefix && bytes.EqualFold(b[len(prefix):n], name) &&
		(isSpace(b[n]) || b[n] == '/' || b[n] == '>')
}

// lowered returns b in lower case, and b itself if seen says that it is.
func (s *scanner) lowered(b []byte, seen byte) []byte {
	if seen&isUpper == 0 {
		return b
	}
	from := len(s.lower)
	for _, c := range b {
		if chars[c]&isUpper != 0 {
			c += 'a' - 'A'
		}
		s.lower = append(s.lower, c)
	}
	return s.lower[from:len(s.lower):len(s.lower)]
}

// equalFold says whether b is the lower-case ASCII word, whatever its case.
func equalFold(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return (c|0x20)-'a' < 26 }

func isSpace(c byte) bool { return chars[c]&isBlank != 0 }

// What a byte is to the scanner.
const (
	isBlank  = 1 << iota
	endsName // of a tag
	endsKey  // of an attribute
	isUpper
	isMark // in the canonical form
)

var chars = func() (t [256]byte) {
	for _, c := range " \t\n\r\f" {
		t[c] = isBlank | endsName | endsKey
	}
	t['/'], t['>'], t['='] = endsName|endsKey, endsName|endsKey, endsKey
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = isUpper
	}
	for _, c := range []byte{markTag, markAttr, markValue, markEnd, markSpace, markText, markRaw, markEsc} {
		t[c] = isMark
	}
	return t
}()
