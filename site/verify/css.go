package verify

import "strings"

// cssURLs calls yield for every URL that a style sheet, or the value of a
// style attribute, makes a browser fetch: url(), src(), the strings of @import
// and image-set(). It reads tokens as CSS Syntax does, so that an escape in
// the name url or a comment hides nothing. https://www.w3.org/TR/css-syntax-3/
func cssURLs(css string, yield func(string)) {
	z := cssScanner{s: css}
	imports, namespace, images := false, false, 0
	depth := 0
	for z.i < len(z.s) {
		c := z.s[z.i]
		switch {
		case z.comment():
		case c == '"' || c == '\'':
			if s := z.str(); imports || images > 0 {
				yield(s)
				imports = false
			}
		case c == '@':
			z.i++
			name := strings.ToLower(z.ident())
			imports, namespace = name == "import", name == "namespace"
		case c == ';' || c == '{' || c == '}':
			imports, namespace = false, false
			z.i++
		case c == '(':
			depth++
			z.i++
		case c == ')':
			if depth == images {
				images = 0
			}
			depth = max(depth-1, 0)
			z.i++
		case identByte(c):
			name := strings.ToLower(z.ident())
			if z.i >= len(z.s) || z.s[z.i] != '(' {
				continue
			}
			switch name {
			case "url", "src":
				z.i++
				if u := z.url(); !namespace {
					yield(u)
				}
				imports = false
			case "image-set", "-webkit-image-set":
				images = depth + 1
			case "type", "format", "local", "layer":
				// Their strings are no addresses.
				z.skipParens()
			}
		default:
			z.i++
		}
	}
}

type cssScanner struct {
	s string
	i int
}

func identByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '\\' || c >= 0x80
}

func (z *cssScanner) comment() bool {
	if !strings.HasPrefix(z.s[z.i:], "/*") {
		return false
	}
	if end := strings.Index(z.s[z.i+2:], "*/"); end >= 0 {
		z.i += end + 4
	} else {
		z.i = len(z.s)
	}
	return true
}

func (z *cssScanner) ident() string {
	start, escaped := z.i, false
	for z.i < len(z.s) && identByte(z.s[z.i]) {
		if z.s[z.i] == '\\' {
			escaped = true
			break
		}
		z.i++
	}
	if !escaped {
		return z.s[start:z.i]
	}
	b := []byte(z.s[start:z.i])
	for z.i < len(z.s) && identByte(z.s[z.i]) {
		b = z.char(b)
	}
	return string(b)
}

// char appends one character, decoded if it is an escape.
func (z *cssScanner) char(b []byte) []byte {
	c := z.s[z.i]
	z.i++
	if c != '\\' {
		return append(b, c)
	}
	if z.i >= len(z.s) {
		return b
	}
	n, digits := rune(0), 0
	for digits < 6 && z.i < len(z.s) && unhex(z.s[z.i]) >= 0 {
		n = n<<4 | rune(unhex(z.s[z.i]))
		z.i++
		digits++
	}
	if digits > 0 {
		if z.i < len(z.s) && cssSpace(z.s[z.i]) {
			z.i++
		}
		return append(b, string(n)...)
	}
	c = z.s[z.i]
	z.i++
	if c == '\n' {
		return b // a string may go on in the next line
	}
	return append(b, c)
}

func (z *cssScanner) str() string {
	quote := z.s[z.i]
	z.i++
	start := z.i
	for z.i < len(z.s) {
		switch z.s[z.i] {
		case quote:
			z.i++
			return z.s[start : z.i-1]
		case '\n':
			return z.s[start:z.i] // a bad string ends with its line
		case '\\':
			b := []byte(z.s[start:z.i])
			for z.i < len(z.s) && z.s[z.i] != quote && z.s[z.i] != '\n' {
				b = z.char(b)
			}
			if z.i < len(z.s) {
				z.i++
			}
			return string(b)
		}
		z.i++
	}
	return z.s[start:]
}

// url reads the rest of url( up to the closing bracket.
func (z *cssScanner) url() string {
	for z.i < len(z.s) && cssSpace(z.s[z.i]) {
		z.i++
	}
	if z.i < len(z.s) && (z.s[z.i] == '"' || z.s[z.i] == '\'') {
		u := z.str()
		if end := strings.IndexByte(z.s[z.i:], ')'); end >= 0 {
			z.i += end + 1
		}
		return u
	}
	var b []byte
	for z.i < len(z.s) && z.s[z.i] != ')' {
		b = z.char(b)
	}
	if z.i < len(z.s) {
		z.i++
	}
	return strings.TrimSpace(string(b))
}

func (z *cssScanner) skipParens() {
	depth := 0
	for z.i < len(z.s) {
		switch c := z.s[z.i]; {
		case z.comment():
			continue
		case c == '"' || c == '\'':
			z.str()
			continue
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				z.i++
				return
			}
		}
		z.i++
	}
}

func cssSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}
