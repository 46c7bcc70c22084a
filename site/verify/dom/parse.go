package dom

import (
	"bytes"
	"errors"
	"fmt"
	"math"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads a page into d, in place of what d held before. Any bytes make
// some tree; the error is for a page that the parser refuses, such as one with
// more than 512 elements inside each other.
//
// Most published pages close every element that they open. For those the tree
// is plain from the tags, and takes a fraction of the time of the full algorithm
// of the HTML standard; every other page gets the full algorithm.
func (d *Doc) Parse(page []byte) error {
	if len(page) > math.MaxInt32/8 {
		return errors.New("page of more than 256 MB")
	}
	d.reset()
	if !d.nested(page) {
		if err := d.full(page); err != nil {
			d.reset()
			return err
		}
	}
	d.str = string(d.arena)
	return nil
}

// full builds the tree with the algorithm of the HTML standard.
func (d *Doc) full(page []byte) error {
	d.reset()
	d.slow = true
	root, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return fmt.Errorf("parse page: %w", err)
	}
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		d.convert(n)
	}
	return nil
}

func (d *Doc) convert(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		if d.cur < 0 || !keepsText(d.Nodes[d.cur].Tag, n.Data) {
			return
		}
		d.text(d.keep([]byte(n.Data)))
	case html.ElementNode:
		// The standard spells some SVG names with capitals.
		name := bytes.ToLower([]byte(n.Data))
		d.open(atom.Lookup(name), name, n.Namespace != "")
		for _, a := range n.Attr {
			name := a.Key
			if a.Namespace != "" {
				name = a.Namespace + ":" + name
			}
			if k := key([]byte(name)); k != 0 {
				start, length := d.keep([]byte(a.Val))
				d.attribute(k, start, length)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			d.convert(c)
		}
		d.close()
	case html.CommentNode:
		d.merge = false
	}
}

// keepsText reports whether text below an element of this name is worth
// keeping: white space between the parts of a head or a table is not.
func keepsText[T string | []byte](tag atom.Atom, text T) bool {
	switch tag {
	case atom.Html, atom.Head, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Colgroup:
		return !blank(text)
	}
	return true
}

func blank[T string | []byte](s T) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		default:
			return false
		}
	}
	return true
}
