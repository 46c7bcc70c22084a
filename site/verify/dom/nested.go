package dom

import (
	"bytes"

	"golang.org/x/net/html/atom"
)

// The parts of a page, in their only order.
type part uint8

const (
	beforeHTML part = iota
	beforeHead
	inHead
	afterHead
	inBody
	afterBody
	afterHTML
)

// maxDepth is far below the 512 elements at which the full parser gives up.
const maxDepth = 200

// nested builds the tree of a page in which html, head and body are written
// out, every element is closed by its own end tag in the right order, and no
// start tag makes a browser close, move or invent another element. It reports
// false as soon as something else turns up, and then the tree is of no use.
// FuzzParse holds it to the full algorithm.
func (d *Doc) nested(page []byte) bool {
	d.scan.Reset(page)
	d.arena = append(d.arena, page...) // most text and most values are there as they are
	b := nestedBuilder{Doc: d}
	for {
		switch d.scan.Next() {
		case Odd:
			return false
		case End:
			if b.part != afterHTML {
				return false
			}
			b.close()
			b.close()
			return true
		case Doctype:
			if b.part != beforeHTML {
				return false
			}
		case Comment:
			if b.cur >= 0 && b.Nodes[b.cur].Foreign {
				return false // it may be a CDATA section
			}
			// Behind the body a comment is put elsewhere in the tree.
			if b.part == inHead || b.part == inBody {
				d.merge = false
			}
		case Text:
			if !b.onText(true) {
				return false
			}
		case StartTag:
			if !b.onStart() {
				return false
			}
			if b.raw {
				tag := b.Nodes[b.cur].Tag
				if !d.scan.raw(tag.String()) || !b.onText(tag == atom.Title) {
					return false
				}
			}
		case EndTag:
			if !b.onEnd() {
				return false
			}
		}
	}
}

type nestedBuilder struct {
	*Doc
	part part
	raw  bool // inside script, style, title or iframe
	// How many elements are open that a second one, or a block, would close.
	p, a, button, form int
}

// decoded returns where in the arena a part of the page is, once its entities
// are decoded.
func (b *nestedBuilder) decoded(start, end int32, attribute bool) (int32, int32) {
	s := b.arena[start:end]
	if bytes.IndexByte(s, '&') < 0 {
		return start, end - start
	}
	start = int32(len(b.arena))
	b.arena = unescape(b.arena, s, attribute)
	return start, int32(len(b.arena)) - start
}

func (b *nestedBuilder) onText(entities bool) bool {
	start, length := int32(b.scan.start), int32(b.scan.end-b.scan.start)
	if entities {
		start, length = b.decoded(start, start+length, false)
	}
	s := b.arena[start : start+length]
	switch b.part {
	case inHead:
		if b.raw {
			b.text(start, length)
			return true
		}
		return blank(s)
	case inBody:
		n := &b.Nodes[b.cur]
		if n.Tag == atom.Pre && int(b.cur) == len(b.Nodes)-1 && len(s) > 0 && s[0] == '\n' {
			return false // the first line break of a pre is dropped
		}
		if keepsText(n.Tag, s) {
			if n.Tag == atom.Table || n.Tag == atom.Thead || n.Tag == atom.Tbody || n.Tag == atom.Tfoot || n.Tag == atom.Tr {
				return false // moved in front of the table
			}
			b.text(start, length)
		}
		return true
	case afterBody, afterHTML:
		if blank(s) {
			b.text(start, length) // the body is still the open element
			return true
		}
		return false
	}
	return blank(s)
}

func (b *nestedBuilder) onStart() bool {
	name := b.arena[b.scan.start:b.scan.end]
	tag := atom.Lookup(name)
	if tag == 0 {
		name = bytes.ToLower(name)
		tag = atom.Lookup(name)
	}
	foreign := b.cur >= 0 && b.Nodes[b.cur].Foreign
	void := false
	switch {
	case foreign:
		if !plainSVG[string(name)] || b.scan.doubtful {
			return false
		}
		void = b.scan.slash
	case b.part == beforeHTML && tag == atom.Html:
		b.part = beforeHead
	case b.part == beforeHead && tag == atom.Head:
		b.part = inHead
	case b.part == afterHead && tag == atom.Body:
		b.part = inBody
	case b.part == inHead:
		switch tag {
		case atom.Meta, atom.Link, atom.Base:
			void = true
		case atom.Title, atom.Script, atom.Style:
			b.raw = true
		default:
			return false
		}
	case b.part == inBody:
		var ok bool
		if ok, void = b.allowed(tag); !ok {
			return false
		}
		if tag == atom.Svg {
			if b.scan.doubtful {
				return false
			}
			foreign, void = true, b.scan.slash
		}
	default:
		return false
	}
	if b.depth > maxDepth {
		return false
	}
	b.open(tag, name, foreign)
	for _, a := range b.scan.attrs {
		if k := key(b.arena[a.name:a.nameEnd]); k != 0 {
			start, length := b.decoded(a.value, a.end, true)
			b.attribute(k, start, length)
		}
	}
	if void {
		b.count(tag, -1)
		b.close()
	}
	return true
}

// allowed reports whether a start tag in the body opens an element right where
// it stands and changes nothing else, and whether that element has no content.
func (b *nestedBuilder) allowed(tag atom.Atom) (ok, void bool) {
	if b.raw {
		return false, false
	}
	parent := b.Nodes[b.cur].Tag
	switch parent {
	case atom.Table:
		return tag == atom.Caption || tag == atom.Thead || tag == atom.Tbody || tag == atom.Tfoot, false
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return tag == atom.Tr, false
	case atom.Tr:
		return tag == atom.Td || tag == atom.Th, false
	}
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Details, atom.Dialog, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Hgroup,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Search, atom.Section, atom.Summary, atom.Ul,
		atom.Pre, atom.Table:
		return b.p == 0, false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return b.p == 0 && !isHeading(parent), false
	case atom.P:
		b.p++
		return b.p == 1, false
	case atom.Hr:
		return b.p == 0, true
	case atom.Li:
		return b.p == 0 && (parent == atom.Ul || parent == atom.Ol || parent == atom.Menu), false
	case atom.Dt, atom.Dd:
		group := b.cur
		if parent == atom.Div {
			group = b.Nodes[group].Parent
		}
		return b.p == 0 && b.Nodes[group].Tag == atom.Dl, false
	case atom.Form:
		b.form++
		return b.p == 0 && b.form == 1, false
	case atom.A:
		b.a++
		return b.a == 1, false
	case atom.Button:
		b.button++
		return b.button == 1, false
	case atom.Area, atom.Br, atom.Embed, atom.Img, atom.Input, atom.Wbr, atom.Source, atom.Track, atom.Link, atom.Meta:
		return true, true
	case atom.Script, atom.Style, atom.Iframe:
		b.raw = true
		return true, false
	case atom.Noscript: // scripting is off
		return true, false
	case atom.B, atom.Code, atom.Em, atom.I, atom.S, atom.Small, atom.Strong, atom.U,
		atom.Abbr, atom.Audio, atom.Bdi, atom.Bdo, atom.Cite, atom.Data, atom.Del, atom.Dfn, atom.Ins,
		atom.Kbd, atom.Label, atom.Legend, atom.Mark, atom.Meter, atom.Output, atom.Picture, atom.Progress,
		atom.Q, atom.Samp, atom.Span, atom.Sub, atom.Sup, atom.Svg, atom.Time, atom.Var, atom.Video:
		return true, false
	}
	return false, false
}

func (b *nestedBuilder) onEnd() bool {
	name := b.arena[b.scan.start:b.scan.end]
	switch {
	case b.part == afterBody && string(name) == "html":
		b.part = afterHTML
		return true
	case b.cur < 0 || b.part == afterBody || b.part == afterHTML || b.part == beforeHead || b.part == afterHead:
		return false
	}
	n := &b.Nodes[b.cur]
	tag := n.Tag
	if tag == 0 && string(b.arena[n.start:n.start+n.length]) != string(name) || tag != 0 && tag.String() != string(name) {
		return false
	}
	switch {
	case b.part == inHead && tag == atom.Head:
		b.part = afterHead
	case b.part == inBody && tag == atom.Body:
		b.part = afterBody
		return true
	}
	b.raw = false
	b.count(tag, -1)
	b.close()
	return true
}

func (b *nestedBuilder) count(tag atom.Atom, by int) {
	switch tag {
	case atom.P:
		b.p += by
	case atom.A:
		b.a += by
	case atom.Button:
		b.button += by
	case atom.Form:
		b.form += by
	}
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// plainSVG are the elements of an icon or a diagram. Names that are HTML names
// too, such as a or title, are left to the full algorithm, which knows where
// SVG ends.
var plainSVG = map[string]bool{
	"circle": true, "clippath": true, "defs": true, "ellipse": true, "g": true, "line": true,
	"lineargradient": true, "mask": true, "path": true, "pattern": true, "polygon": true,
	"polyline": true, "radialgradient": true, "rect": true, "stop": true, "symbol": true,
	"text": true, "tspan": true, "use": true,
}
