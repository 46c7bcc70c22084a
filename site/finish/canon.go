package finish

import (
	"bytes"
	"encoding/binary"
	"slices"

	"golang.org/x/net/html"
)

// Marks of the canonical form. A byte of text that is one of them is escaped,
// so that two pages have the same form only if they say the same.
const (
	markTag   = 0x01 // name, then attributes
	markAttr  = 0x02 // name
	markValue = 0x03
	markEnd   = 0x04 // name of an end tag
	markSpace = 0x05 // how many tags ago a space stood
	markText  = 0x06 // ends a tag
	markRaw   = 0x07 // length and content of a raw element
	markEsc   = 0x0e
)

// space is where text stands with regard to collapsible whitespace.
type space uint8

const (
	blockEdge space = iota // at the start of a block, where spaces are not rendered
	inText                 // after a character or an image: a space is rendered
	pending                // after a space that is rendered if text follows in the block
)

// canon writes the canonical form of a page: what a reader, a browser and a
// crawler get from it, with all that may differ between two spellings of one
// page taken out, and nothing else. What is taken out:
//
//   - comments; the case of tag and attribute names; quotes; character
//     references, which are decoded;
//   - in text, spaces as CSS collapses them: a run is one space, which stands
//     where the run begins, also across inline tags, and none at the edges of
//     a block or a title. <pre>, <textarea>, SVG and MathML are taken as they
//     are. Text that only a style sheet makes white-space: pre is unknown here;
//   - attribute-less <colgroup>, any </colgroup>, and blank attribute-less
//     <script> and <style>;
//   - attributes: see value.
//
// Scripts, styles and JSON are compared by the rule of embedded: the minified
// page must hold what the minifier for that language makes of the original,
// a form that has its own proof.
type canon struct {
	buf      []byte
	embedded func(tag []byte, attrs []attr, content []byte) []byte

	s        scanner
	flow     flow
	tag      []byte // the raw element whose content comes next
	attrs    []attr // and its attributes
	ended    bool
	done     int // how much of buf the other page of a comparison has too
	entities map[string][]byte
	key      []byte
}

// flow is what the form of the next token depends on, beyond the token.
type flow struct {
	space    space
	since    int   // tags since the pending space
	exact    int   // how many <pre> are open
	opened   int   // len(buf) after the last start tag, to know an element as empty
	openedIn space // and space at that point
	skipEnd  bool  // the next token is the end tag of an element that was left out
}

// page returns the canonical form of src. It is valid until the next call.
func (c *canon) page(src []byte) []byte {
	c.reset(src)
	for !c.ended {
		c.write(c.s.next())
	}
	return c.buf
}

func (c *canon) reset(src []byte) {
	c.buf, c.done = c.buf[:0], 0
	c.flow = flow{opened: -1}
	c.tag, c.ended = nil, false
	c.s.reset(src)
}

// write writes the token that the scanner stands on.
func (c *canon) write(k kind) {
	if c.tag != nil && k != raw {
		c.raw(c.tag, c.attrs, nil)
		c.tag = nil
	}
	switch k {
	case end:
		c.ended = true
	case text:
		c.text(c.s.text)
	case raw:
		if c.tag == nil { // CDATA in SVG
			c.verbatim(c.s.text)
			return
		}
		c.raw(c.tag, c.attrs, c.s.text)
		c.tag = nil
	case startTag:
		if c.s.rawName != nil {
			c.tag, c.attrs = c.s.name, append(c.attrs[:0], c.s.attrs...)
			return
		}
		c.start(c.s.name, c.s.attrs)
	case endTag:
		if c.flow.skipEnd {
			c.flow.skipEnd = false
			return
		}
		c.end(c.s.name)
	case doctype:
		c.buf = append(c.buf, markTag, '!')
		for f := range bytes.FieldsSeq(c.s.text) {
			c.buf = append(append(c.buf, bytes.ToLower(f)...), ' ')
		}
	}
}

// raw writes a raw element: its tag and its content.
func (c *canon) raw(tag []byte, attrs []attr, content []byte) {
	name := string(tag)
	if len(attrs) == 0 && (name == "script" || name == "style") && len(trimSpace(content)) == 0 {
		c.flow.skipEnd = true
		return
	}
	c.start(tag, attrs)
	c.buf = append(c.buf, markRaw)
	switch name {
	case "script", "style":
		content = c.embedded(tag, attrs, content)
	case "title":
		content = squeeze(c.decode(content, false))
	case "textarea":
		content = c.decode(content, false)
	}
	c.buf = binary.AppendUvarint(c.buf, uint64(len(content)))
	c.buf = append(c.buf, content...)
}

func (c *canon) start(name []byte, attrs []attr) {
	class, ok := c.open(name, attrs)
	if !ok {
		return
	}
	for _, a := range attrs {
		c.attr(name, a, attrs)
	}
	c.opened(class)
}

// open begins a start tag, up to its attributes. It says no if the tag is left
// out.
func (c *canon) open(name []byte, attrs []attr) (class, bool) {
	class := c.class(name)
	switch {
	case class == block:
		c.flow.space = blockEdge
	case class >= object:
		c.content()
	}
	if class == box {
		c.flow.space = blockEdge
	}
	switch string(name) {
	case "pre":
		c.flow.exact++
	case "colgroup":
		if len(attrs) == 0 {
			return class, false
		}
	}
	c.flow.since++
	c.buf = append(append(c.buf, markTag), name...)
	if c.s.foreign > 0 && c.s.selfClosing {
		c.buf = append(c.buf, '/')
	}
	return class, true
}

// opened ends a start tag.
func (c *canon) opened(class class) {
	c.buf = append(c.buf, markText)
	if class == inline {
		c.flow.opened, c.flow.openedIn = len(c.buf), c.flow.space
	}
}

func (c *canon) end(name []byte) {
	switch class := c.class(name); {
	case class == block:
		c.flow.space = blockEdge
	case class == box:
		c.flow.space = inText
	case class == object:
		c.content()
	case class == inline && c.flow.opened == len(c.buf) && c.flow.openedIn == c.flow.space:
		// An empty <span class="icon">: a stylesheet may draw something here,
		// so a space on either side of it is rendered.
		c.content()
	}
	switch string(name) {
	case "pre":
		c.flow.exact = max(0, c.flow.exact-1)
	case "colgroup":
		return
	}
	c.flow.since++
	c.buf = append(append(append(c.buf, markEnd), name...), markText)
}

// content notes that something visible comes: a space before it is rendered.
func (c *canon) content() {
	if c.flow.space == pending {
		if c.flow.since == 0 {
			c.buf = append(c.buf, ' ')
		} else {
			c.buf = append(c.buf, markSpace, byte(min(c.flow.since, 255)))
		}
	}
	c.flow.space = inText
}

// collapses says whether the spaces of text are collapsed here.
func (c *canon) collapses() bool { return c.flow.exact == 0 && c.s.foreign == 0 }

// text writes text as it is rendered.
func (c *canon) text(t []byte) {
	if !c.collapses() {
		c.verbatim(c.decode(t, false))
		return
	}
	for {
		i := bytes.IndexByte(t, '&')
		if i < 0 {
			c.collapsed(t)
			return
		}
		c.collapsed(t[:i])
		n, s := c.entity(t[i:], false)
		c.collapsed(s)
		t = t[i+n:]
	}
}

// collapsed writes decoded text with its spaces collapsed.
func (c *canon) collapsed(t []byte) {
	for i := 0; i < len(t); {
		if isSpace(t[i]) {
			if c.flow.space == inText {
				c.flow.space, c.flow.since = pending, 0
			}
			i++
			continue
		}
		c.content()
		from := i
		for i < len(t) && (t[i] > ' ' || t[i] == ' ' && i+1 < len(t) && t[i+1] > ' ') {
			i++ // a single space between two words is written as it is
		}
		c.buf = append(c.buf, t[from:i]...)
		if i < len(t) && !isSpace(t[i]) {
			c.escape(t[i : i+1])
			i++
		}
	}
}

func (c *canon) verbatim(t []byte) {
	if len(t) > 0 {
		c.content()
		c.escape(t)
	}
}

// escape appends b with the marks in it escaped.
func (c *canon) escape(b []byte) {
	from := 0
	for i, ch := range b {
		if chars[ch]&isMark != 0 {
			c.buf = append(append(c.buf, b[from:i]...), markEsc)
			from = i
		}
	}
	c.buf = append(c.buf, b[from:]...)
}

// entity decodes the character reference that b begins with and returns how
// many bytes it takes. A "&" that begins none stands for itself.
func (c *canon) entity(b []byte, inAttr bool) (int, []byte) {
	n := 1
	for n < len(b) && n < 40 && (isLetter(b[n]) || '0' <= b[n] && b[n] <= '9' || b[n] == '#') {
		n++
	}
	if n == 1 {
		return 1, b[:1]
	}
	if n < len(b) && b[n] == ';' {
		n++
	}
	equals := inAttr && n < len(b) && b[n] == '=' // "&copy=" is no reference there
	c.key = append(c.key[:0], b[:n]...)
	if inAttr {
		c.key = append(c.key, '"') // tells the two kinds of context apart
	}
	if equals {
		c.key = append(c.key, '=')
	}
	if v, ok := c.entities[string(c.key)]; ok {
		return n, v
	}
	var v []byte
	switch {
	case equals:
		v = bytes.TrimSuffix(attributeValue(b[:n+1]), []byte("="))
	case inAttr:
		v = attributeValue(b[:n])
	default:
		v = []byte(html.UnescapeString(string(b[:n])))
	}
	if c.entities == nil || len(c.entities) > 4096 {
		c.entities = map[string][]byte{}
	}
	c.entities[string(c.key)] = v
	return n, v
}

// attributeValue decodes v by the rules for attributes. They differ from those
// for text, and x/net/html has them in its tokenizer only.
func attributeValue(v []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(slices.Concat([]byte(`<a b="`), v, []byte(`">`))))
	z.Next()
	z.TagName()
	_, val, _ := z.TagAttr()
	return val
}

// decode decodes the character references of b. The result may be b itself.
func (c *canon) decode(b []byte, inAttr bool) []byte {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for {
		out = append(out, b[:i]...)
		b = b[i:]
		n, s := c.entity(b, inAttr)
		out, b = append(out, s...), b[n:]
		if i = bytes.IndexByte(b, '&'); i < 0 {
			return append(out, b...)
		}
	}
}

// attr writes an attribute, unless leaving it out means the same:
//
//   - an empty class, dir, id, name or style says nothing, as does the empty
//     action of a form;
//   - the empty value of an input other than a checkbox or radio button, and
//     the value "on" of a radio button, are the defaults;
//   - the name of an <a> that equals its id is that id in the old spelling.
func (c *canon) attr(tag []byte, a attr, all []attr) {
	v := a.value
	if c.s.foreign == 0 {
		v = c.value(tag, a, all)
		switch string(a.name) {
		case "class", "dir", "id", "name", "style":
			if len(v) == 0 || string(a.name) == "name" && string(tag) == "a" && bytes.Equal(a.value, find(all, "id")) {
				return
			}
		case "action":
			if len(v) == 0 && string(tag) == "form" {
				return
			}
		case "value":
			if typ := find(all, "type"); string(tag) == "input" && typ != nil {
				radio, box := equalFold(typ, "radio"), equalFold(typ, "checkbox")
				if len(v) == 0 && !radio && !box || radio && equalFold(v, "on") {
					return
				}
			}
		}
	}
	c.buf = append(append(append(c.buf, markAttr), a.name...), markValue)
	c.escape(v)
}

// value returns what the value of an attribute means:
//
//   - entities decoded;
//   - of a boolean attribute, nothing: being there is its value;
//   - of an address, without spaces around it, with http and https in lower
//     case, and data: decoded;
//   - of a list, with single spaces: class, rel, headers, srcset and sizes;
//   - of a style, without spaces around it;
//   - of <meta name=viewport>, without spaces and with numbers by value; of
//     <meta name=keywords>, without the space after a comma.
func (c *canon) value(tag []byte, a attr, all []attr) []byte {
	v := c.decode(a.value, true)
	switch string(a.name) {
	case "allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer",
		"disabled", "formnovalidate", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule",
		"novalidate", "open", "playsinline", "readonly", "required", "reversed", "selected":
		if bytes.IndexByte(tag, '-') < 0 {
			return nil
		}
	case "href", "src", "action", "formaction", "cite", "data", "poster":
		return address(v)
	case "class", "rel", "headers", "srcset", "sizes", "imagesrcset", "imagesizes", "media", "coords":
		return bytes.Join(bytes.FieldsFunc(v, func(r rune) bool { return r < 128 && isSpace(byte(r)) }), []byte(" "))
	case "style":
		return trimSpace(v)
	case "content":
		if string(tag) != "meta" {
			break
		}
		if name := find(all, "name"); equalFold(name, "viewport") {
			return viewport(v)
		} else if equalFold(name, "keywords") {
			return bytes.ReplaceAll(v, []byte(", "), []byte(","))
		}
	}
	return v
}
