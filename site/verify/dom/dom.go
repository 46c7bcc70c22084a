// Package dom turns the bytes of an HTML page into a flat tree: what a browser
// would build with scripting off, kept in one slice in document order, so that
// a rule reads a page with plain loops and a worker reuses the storage for the
// next page.
//
// It keeps the attributes that rules ask about and drops the others, comments,
// the doctype and white space that no reader sees. It knows no rule, no URL
// and no file.
package dom

import (
	"golang.org/x/net/html/atom"
)

// Node is an element or a run of text. Nodes are in document order: the
// descendants of node i are the nodes from i+1 up to its End, and the next
// sibling, if there is one, is at End.
type Node struct {
	Parent  int32     // index of the parent, -1 for the html element
	End     int32     // one past the last descendant
	Tag     atom.Atom // 0 for text, and for elements whose name is no HTML name
	Text    bool      // a run of text
	Foreign bool      // an element of SVG or MathML

	start, length int32 // of the text, or of the name of an element
	attr, attrs   int32 // its attributes: first, and how many
}

// Attribute is one attribute of an element, of those that have a Key.
type Attribute struct {
	Key           Key
	start, length int32
}

// Doc is one page. Its zero value is ready for Parse; a Doc that is used again
// keeps its storage. Strings that a Doc hands out share one copy of the page's
// text: clone what outlives the page.
type Doc struct {
	Nodes []Node

	attrs []Attribute
	arena []byte // text and values while the tree is built, perhaps behind the page itself
	str   string // the same bytes afterwards
	cur   int32  // the innermost open element, -1 if there is none
	depth int    // how many elements are open
	merge bool   // the next text belongs to the run before it
	slow  bool   // the last page needed the full algorithm
	scan  Scanner
}

// Text returns the text of a text node, as written after entities are decoded.
func (d *Doc) Text(i int32) string {
	n := &d.Nodes[i]
	if !n.Text {
		return ""
	}
	return d.str[n.start : n.start+n.length]
}

// Name returns the name of an element in lower case, "" for text.
func (d *Doc) Name(i int32) string {
	n := &d.Nodes[i]
	if n.Text {
		return ""
	}
	if n.Tag != 0 {
		return n.Tag.String()
	}
	return d.str[n.start : n.start+n.length]
}

// Attr returns the value of an attribute, and whether the element has it. Of
// an attribute that is written twice the first counts, as in a browser.
func (d *Doc) Attr(i int32, k Key) (string, bool) {
	n := &d.Nodes[i]
	for j := n.attr; j < n.attr+n.attrs; j++ {
		if a := &d.attrs[j]; a.Key == k {
			return d.str[a.start : a.start+a.length], true
		}
	}
	return "", false
}

// Attrs returns the attributes of an element in the order in which they are
// written. Value gives the text of one.
func (d *Doc) Attrs(i int32) []Attribute {
	n := &d.Nodes[i]
	return d.attrs[n.attr : n.attr+n.attrs]
}

// Value returns the value of an attribute that Attrs returned.
func (d *Doc) Value(a Attribute) string { return d.str[a.start : a.start+a.length] }

// RawText returns the text directly inside an element such as script, style or
// title, which hold text and nothing else.
func (d *Doc) RawText(i int32) string {
	if i+1 < d.Nodes[i].End && d.Nodes[i+1].Text {
		return d.Text(i + 1)
	}
	return ""
}

func (d *Doc) reset() {
	d.Nodes, d.attrs, d.arena = d.Nodes[:0], d.attrs[:0], d.arena[:0]
	d.str, d.cur, d.depth, d.merge, d.slow = "", -1, 0, false, false
}

func (d *Doc) open(tag atom.Atom, name []byte, foreign bool) {
	n := Node{Parent: d.cur, Tag: tag, Foreign: foreign, attr: int32(len(d.attrs))}
	if tag == 0 {
		n.start, n.length = d.keep(name)
	}
	d.cur = int32(len(d.Nodes))
	d.Nodes = append(d.Nodes, n)
	d.depth++
	d.merge = false
}

// attribute adds to the element that was opened last. Of an attribute that is
// written twice the first counts.
func (d *Doc) attribute(k Key, start, length int32) {
	n := &d.Nodes[d.cur]
	for _, a := range d.attrs[n.attr:] {
		if a.Key == k {
			return
		}
	}
	d.attrs = append(d.attrs, Attribute{k, start, length})
	n.attrs++
}

// text adds text that is in the arena.
func (d *Doc) text(start, length int32) {
	if length == 0 {
		return
	}
	if i := len(d.Nodes) - 1; d.merge && d.Nodes[i].Text && d.Nodes[i].Parent == d.cur {
		n := &d.Nodes[i]
		if n.start+n.length != start {
			n.start, _ = d.keep(d.arena[n.start : n.start+n.length])
			d.keep(d.arena[start : start+length])
		}
		n.length += length
		return
	}
	d.Nodes = append(d.Nodes, Node{Parent: d.cur, End: int32(len(d.Nodes)) + 1, Text: true, start: start, length: length})
	d.merge = true
}

func (d *Doc) close() {
	n := &d.Nodes[d.cur]
	n.End = int32(len(d.Nodes))
	d.cur = n.Parent
	d.depth--
	d.merge = false
}

func (d *Doc) keep(s []byte) (start, length int32) {
	start = int32(len(d.arena))
	d.arena = append(d.arena, s...)
	return start, int32(len(s))
}
