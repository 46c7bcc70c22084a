package verify

import (
	"cmp"
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
	depth int
}

// maxJSONDepth is the depth at which encoding/json gives up.
const maxJSONDepth = 10_000

var errJSON = errors.New("structured data is no JSON")

// parse reads one JSON text. What encoding/json lets pass although it loses
// data, a name that an object has twice, is an error here. The nodes share
// memory with s.
func (d *jsonDoc) parse(s string) error {
	d.nodes = d.nodes[:0]
	d.s, d.i, d.depth = s, 0, 0
	err := d.value("")
	if d.space(); err == nil && d.i == len(s) {
		return nil
	}
	// What is wrong with the syntax, encoding/json says.
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%w, at byte %d: %s", err, syntax.Offset, around(s, int(syntax.Offset)))
		}
		return err
	}
	return cmp.Or(err, errJSON)
}

// around shows the place of an error.
func around(s string, at int) string {
	return fmt.Sprintf("%q", s[max(0, min(at, len(s))-20):min(len(s), at+10)])
}

// value reads a value.
func (d *jsonDoc) value(key string) error {
	d.space()
	c := d.peek()
	at := len(d.nodes)
	d.nodes = append(d.nodes, jsonNode{kind: c, key: key})
	start := d.i
	switch c {
	case '{', '[':
		if d.depth++; d.depth > maxJSONDepth {
			return errJSON
		}
		d.i++
		var err error
		if c == '{' {
			err = d.members(at)
		} else {
			err = d.items()
		}
		if err != nil {
			return err
		}
		d.depth--
	case '"':
		var ok bool
		if d.nodes[at].str, ok = d.string(); !ok {
			return errJSON
		}
	default:
		if !d.literal("true") && !d.literal("false") && !d.literal("null") && !d.number() {
			return errJSON
		}
		d.nodes[at].str = d.s[start:d.i]
	}
	d.nodes[at].end = int32(len(d.nodes))
	return nil
}

// members reads the members of the object at nodes[at], and its closing bracket.
func (d *jsonDoc) members(at int) error {
	if d.space(); d.skip('}') {
		return nil
	}
	var seen map[string]bool
	for n := 0; ; n++ {
		d.space()
		if d.peek() != '"' {
			return errJSON
		}
		name, ok := d.string()
		if d.space(); !ok || !d.skip(':') {
			return errJSON
		}
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
		if err := d.value(name); err != nil {
			return err
		}
		if d.space(); d.skip('}') {
			return nil
		}
		if !d.skip(',') {
			return errJSON
		}
	}
}

// items reads the items of an array, and its closing bracket.
func (d *jsonDoc) items() error {
	if d.space(); d.skip(']') {
		return nil
	}
	for {
		if err := d.value(""); err != nil {
			return err
		}
		if d.space(); d.skip(']') {
			return nil
		}
		if !d.skip(',') {
			return errJSON
		}
	}
}

func (d *jsonDoc) has(object int, name string) bool {
	for m := int32(object) + 1; int(m) < len(d.nodes); m = d.nodes[m].end {
		if d.nodes[m].key == name {
			return true
		}
	}
	return false
}

// peek returns the next byte, 0 at the end.
func (d *jsonDoc) peek() byte {
	if d.i < len(d.s) {
		return d.s[d.i]
	}
	return 0
}

// skip steps over a byte, if it is the next one.
func (d *jsonDoc) skip(c byte) bool {
	if d.i < len(d.s) && d.s[d.i] == c {
		d.i++
		return true
	}
	return false
}

func (d *jsonDoc) space() {
	for d.i < len(d.s) && d.s[d.i] <= ' ' {
		switch d.s[d.i] {
		case ' ', '\n', '\t', '\r':
			d.i++
		default:
			return
		}
	}
}

func (d *jsonDoc) literal(name string) bool {
	if !strings.HasPrefix(d.s[d.i:], name) {
		return false
	}
	d.i += len(name)
	return true
}

func (d *jsonDoc) number() bool {
	d.skip('-')
	if !d.skip('0') && !d.digits() {
		return false
	}
	if d.skip('.') && !d.digits() {
		return false
	}
	if d.skip('e') || d.skip('E') {
		if !d.skip('+') {
			d.skip('-')
		}
		return d.digits()
	}
	return true
}

func (d *jsonDoc) digits() bool {
	start := d.i
	for d.i < len(d.s) && '0' <= d.s[d.i] && d.s[d.i] <= '9' {
		d.i++
	}
	return d.i > start
}

// plain steps over the characters of a string that stand for themselves.
func (d *jsonDoc) plain() {
	s, i := d.s, d.i
	for i < len(s) && !endsPlain[s[i]] {
		i++
	}
	d.i = i
}

var endsPlain = func() (ends [256]bool) {
	for c := range ' ' {
		ends[c] = true
	}
	ends['"'], ends['\\'] = true, true
	return ends
}()

// string reads a string, at its opening quote.
func (d *jsonDoc) string() (s string, ok bool) {
	d.i++
	start := d.i
	if d.plain(); d.skip('"') {
		return d.s[start : d.i-1], true
	}
	d.buf = d.buf[:0]
	for {
		d.buf = append(d.buf, d.s[start:d.i]...)
		switch {
		case d.skip('"'):
			return string(d.buf), true
		case !d.skip('\\') || !d.escape():
			return "", false
		}
		start = d.i
		d.plain()
	}
}

// escape appends the character that a backslash stands in front of.
func (d *jsonDoc) escape() bool {
	c := d.peek()
	d.i++
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		r := d.hex4(d.i)
		if r < 0 {
			return false
		}
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
		d.buf = utf8.AppendRune(d.buf, r)
		return true
	default:
		return false
	}
	d.buf = append(d.buf, c)
	return true
}

// hex4 reads the four hexadecimal digits at i, -1 if there are no four.
func (d *jsonDoc) hex4(i int) rune {
	if i+4 > len(d.s) {
		return -1
	}
	var r rune
	for _, c := range []byte(d.s[i : i+4]) {
		h := unhex(c)
		if h < 0 {
			return -1
		}
		r = r<<4 | rune(h)
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
