package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonNode is one value of a JSON text. Like the nodes of a page, values are
// in document order and know where they end: the members of the object at i
// start at i+1, and the value after i is at end.
type jsonNode struct {
	kind byte   // '{', '[', '"', or the first byte of a number, true, false or null
	key  string // the name, for a member of an object
	str  string // the text of a string; the spelling of anything else that has no members
	end  int32
}

type jsonDoc struct {
	nodes []jsonNode
	buf   []byte
	s     string
	i     int
}

// parse reads one JSON text. encoding/json judges the syntax; what it lets
// pass although it loses data, a name that an object has twice, is an error
// here. The nodes share memory with s.
func (d *jsonDoc) parse(s string) error {
	d.nodes = d.nodes[:0]
	d.buf = append(d.buf[:0], s...)
	if !json.Valid(d.buf) {
		var v any
		err := json.Unmarshal(d.buf, &v)
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%w, at byte %d: %s", err, syntax.Offset, around(s, int(syntax.Offset)))
		}
		return err
	}
	d.s, d.i = s, 0
	return d.value("")
}

// around shows the place of an error.
func around(s string, at int) string {
	return fmt.Sprintf("%q", s[max(0, min(at, len(s))-20):min(len(s), at+10)])
}

// value reads a value of a text that is known to be valid.
func (d *jsonDoc) value(key string) error {
	d.space()
	c := d.s[d.i]
	at := len(d.nodes)
	d.nodes = append(d.nodes, jsonNode{kind: c, key: key})
	switch c {
	case '{':
		var seen map[string]bool
		d.i++
		for n := 0; d.more('}'); n++ {
			name := d.string()
			if n == 16 {
				// Few objects are large: a map only pays for those.
				seen = map[string]bool{}
				for m := int32(at) + 1; int(m) < len(d.nodes); m = d.nodes[m].end {
					seen[d.nodes[m].key] = true
				}
			}
			if seen != nil && seen[name] || seen == nil && d.has(at, name) {
				return fmt.Errorf("the name %q stands twice in one object", name)
			}
			if seen != nil {
				seen[name] = true
			}
			d.space()
			d.i++ // the colon
			if err := d.value(name); err != nil {
				return err
			}
		}
	case '[':
		d.i++
		for d.more(']') {
			if err := d.value(""); err != nil {
				return err
			}
		}
	case '"':
		d.nodes[at].str = d.string()
	default:
		start := d.i
		for d.i < len(d.s) && !strings.ContainsRune(",]} \t\r\n", rune(d.s[d.i])) {
			d.i++
		}
		d.nodes[at].str = d.s[start:d.i]
	}
	d.nodes[at].end = int32(len(d.nodes))
	return nil
}

func (d *jsonDoc) has(object int, name string) bool {
	for m := int32(object) + 1; int(m) < len(d.nodes); m = d.nodes[m].end {
		if d.nodes[m].key == name {
			return true
		}
	}
	return false
}

func (d *jsonDoc) space() {
	for d.i < len(d.s) && cssSpace(d.s[d.i]) {
		d.i++
	}
}

// more steps to the next member, or over the closing bracket.
func (d *jsonDoc) more(closing byte) bool {
	d.space()
	if d.s[d.i] == ',' {
		d.i++
		d.space()
	}
	if d.s[d.i] == closing {
		d.i++
		return false
	}
	return true
}

func (d *jsonDoc) string() string {
	d.i++
	start := d.i
	for d.s[d.i] != '"' {
		if d.s[d.i] == '\\' {
			return d.escaped(start)
		}
		d.i++
	}
	d.i++
	return d.s[start : d.i-1]
}

func (d *jsonDoc) escaped(start int) string {
	b := append(make([]byte, 0, d.i-start+64), d.s[start:d.i]...)
	for {
		c := d.s[d.i]
		d.i++
		switch {
		case c == '"':
			return string(b)
		case c != '\\':
			b = append(b, c)
			continue
		}
		c = d.s[d.i]
		d.i++
		switch c {
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r := d.hex4(d.i)
			d.i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if strings.HasPrefix(d.s[d.i:], `\u`) {
					low = d.hex4(d.i + 2)
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					d.i += 6
				}
			}
			b = utf8.AppendRune(b, r)
		default:
			b = append(b, c)
		}
	}
}

func (d *jsonDoc) hex4(i int) rune {
	var r rune
	for _, c := range []byte(d.s[i : i+4]) {
		r = r<<4 | rune(unhex(c))
	}
	return r
}

// member returns the value of a name, -1 if the object has no such name or i
// is no object.
func (d *jsonDoc) member(i int32, name string) int32 {
	if i < 0 || d.nodes[i].kind != '{' {
		return -1
	}
	for m := i + 1; m < d.nodes[i].end; m = d.nodes[m].end {
		if d.nodes[m].key == name {
			return m
		}
	}
	return -1
}

// text returns the string that a member holds, "" if it is none.
func (d *jsonDoc) text(i int32, name string) string {
	if m := d.member(i, name); m >= 0 && d.nodes[m].kind == '"' {
		return d.nodes[m].str
	}
	return ""
}

// each calls yield for a value, or for every item if it is an array.
func (d *jsonDoc) each(i int32, yield func(int32)) {
	switch {
	case i < 0:
	case d.nodes[i].kind != '[':
		yield(i)
	default:
		for m := i + 1; m < d.nodes[i].end; m = d.nodes[m].end {
			yield(m)
		}
	}
}

// hasType reports whether an object is of a schema.org type.
func (d *jsonDoc) hasType(i int32, name string) bool {
	found := false
	d.each(d.member(i, "@type"), func(t int32) { found = found || d.nodes[t].str == name })
	return found
}
