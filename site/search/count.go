package search

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// counter counts the words of one page after the other.
type counter struct {
	*vocabulary
	phrases map[int32][]phrase // by their first term

	tf      [][fields]uint8 // by term, of this page
	touched []int32         // the terms that tf knows
	run     []int32         // the terms of a run of text, without stop words
	text    []byte          // the run
}

// phrase is one of a group that mean the same.
type phrase struct {
	terms []int32
	same  [][]int32 // the others
}

func newCounter(lang string, synonyms [][]string) *counter {
	c := &counter{vocabulary: newVocabulary(lang), phrases: map[int32][]phrase{}}
	for _, group := range synonyms {
		all := make([][]int32, len(group))
		for i, text := range group {
			segments([]byte(text), func(word []byte) {
				if t := c.token(word); t.term >= 0 && !t.stop {
					all[i] = append(all[i], t.term)
				}
			})
		}
		for i, terms := range all {
			if len(terms) > 0 {
				same := slices.Concat(all[:i:i], all[i+1:])
				c.phrases[terms[0]] = append(c.phrases[terms[0]], phrase{terms, same})
			}
		}
	}
	return c
}

// page counts the words of a page into d.
func (c *counter) page(fsys fs.FS, p *Page, d *doc) error {
	f, err := fsys.Open(p.File)
	if err != nil {
		return err
	}
	defer f.Close()
	c.count(d, inTitle, []byte(p.Title))
	c.count(d, inDescription, []byte(p.Description))
	if err := c.main(f, d); err != nil {
		return fmt.Errorf("%s: %w", p.File, err)
	}
	slices.Sort(c.touched)
	d.counts = make([]count, len(c.touched))
	for i, term := range c.touched {
		d.counts[i] = count{term, c.tf[term]}
		c.tf[term] = [fields]uint8{}
	}
	c.touched = c.touched[:0]
	return nil
}

// count adds the words of a run of text. Stop words count in titles alone: a
// page may be called "About".
func (c *counter) count(d *doc, f field, text []byte) {
	c.run = c.run[:0]
	segments(text, func(word []byte) {
		t := c.token(word)
		if t.term < 0 || t.stop && f != inTitle {
			return
		}
		c.add(t.term, f, 2)
		d.length[f]++
		if !t.stop {
			c.run = append(c.run, t.term)
		}
	})
	for i, term := range c.run {
		for _, p := range c.phrases[term] {
			if len(c.run)-i < len(p.terms) || !slices.Equal(c.run[i:i+len(p.terms)], p.terms) {
				continue
			}
			for _, other := range p.same {
				for _, term := range other {
					c.add(term, f, 1)
				}
			}
		}
	}
}

func (c *counter) add(term int32, f field, halves uint8) {
	if int(term) >= len(c.tf) {
		c.tf = append(c.tf, make([][fields]uint8, int(term)+1-len(c.tf)+1024)...)
	}
	tf := &c.tf[term]
	if *tf == ([fields]uint8{}) {
		c.touched = append(c.touched, term)
	}
	tf[f] = uint8(min(math.MaxUint8, int(tf[f])+int(halves)))
}

// main counts what a page says in its main element. Menus, the h1, which is the
// title, and elements marked data-nosearch, which other pages show as well, are
// left out.
func (c *counter) main(r io.Reader, d *doc) error {
	z := html.NewTokenizer(r)
	var (
		inMain bool
		skip   atom.Atom // the element that is left out
		depth  int       // how many of the name are open, itself included
		head   *heading  // the heading that is open
	)
	flush := func(f field) {
		if len(bytes.TrimSpace(c.text)) > 0 {
			c.count(d, f, c.text)
		}
		c.text = c.text[:0]
	}
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			flush(inBody)
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return z.Err()
		case html.TextToken:
			if inMain && depth == 0 {
				c.text = append(c.text, z.Text()...)
			}
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, more := z.TagName()
		tag := atom.Lookup(name)
		end := kind == html.EndTagToken
		switch {
		case tag == atom.Main:
			if end {
				flush(inBody)
				return nil
			}
			inMain = true
		case !inMain:
		case depth > 0:
			if tag == skip && kind != html.SelfClosingTagToken {
				if end {
					depth--
				} else {
					depth++
				}
			}
		case inline[tag]:
		case end:
			if head == nil {
				flush(inBody)
			} else if isHeading(tag) {
				head.text = strings.Join(strings.Fields(string(c.text)), " ")
				if head.id != "" && head.text != "" {
					d.headings = append(d.headings, *head)
				}
				flush(inHeading)
				head = nil
			}
		default:
			flush(inBody)
			id, marked := attributes(z, more)
			switch {
			case marked || left[tag]:
				if kind != html.SelfClosingTagToken {
					skip, depth = tag, 1
				}
			case isHeading(tag):
				head = &heading{id: id}
			}
		}
	}
}

// attributes returns the id of a start tag, and whether the element is marked
// to be left out.
func attributes(z *html.Tokenizer, more bool) (id string, marked bool) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "id":
			id = string(value)
		case "data-nosearch", "hidden":
			marked = true
		}
	}
	return id, marked
}

func isHeading(tag atom.Atom) bool {
	return tag == atom.H2 || tag == atom.H3 || tag == atom.H4 || tag == atom.H5 || tag == atom.H6
}

var (
	// left are elements that do not belong to what a page says. A sup is the
	// number of a reference.
	left = map[atom.Atom]bool{
		atom.Nav: true, atom.H1: true, atom.Sup: true, atom.Svg: true, atom.Script: true, atom.Style: true, atom.Template: true,
		atom.Noscript: true, atom.Form: true,
	}
	// inline elements do not end a word.
	inline = map[atom.Atom]bool{
		atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Dfn: true,
		atom.Em: true, atom.I: true, atom.Kbd: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true,
		atom.Strong: true, atom.Sub: true, atom.Time: true, atom.U: true, atom.Wbr: true,
	}
)
