package content

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Digest names what the page says: 16 hexadecimal digits of a SHA-256. A stamp
// of it on a translation or a review holds while it stays the same.
//
// What counts is the text of each block in reading order, those of the front
// matter first, each with its key; the numbers of a group type; the role and credentials of a person; where the links
// and citations of each block lead; and the images with their alt texts.
//
// What does not count, so that only form may be edited: white space and line
// breaks, no-break spaces too; straight or curly quotes, and what else the
// typographer makes alike; emphasis; the kind of a block and the level of a
// heading; the notation of a question; raw HTML and comments. Nor do the keys of
// the front matter that no block holds: dates, author, slug, review, translation.
// Nor does what the page shows from data files: the clinic's facts, references.
func (p *Page) Digest() string { return p.digest }

func (p *Page) digestOf() string {
	h := sha256.New()
	var line []byte
	write := func(kind, text string) {
		line = append(append(line[:0], kind...), '\t')
		if strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf || r < ' ' }) || strings.Contains(text, "  ") || strings.Trim(text, " ") != text {
			text = strings.Join(strings.Fields(straight.Replace(text)), " ")
		}
		line = append(append(line, text...), '\n')
		h.Write(line)
	}
	if g := p.Group; g != nil {
		write("size", fmt.Sprint(g.Size.Min, g.Size.Max))
		write("session", fmt.Sprint(g.Session.Min, g.Session.Max))
	}
	if who := p.Person; who != nil {
		write("role", who.Role)
		for _, c := range who.Credentials {
			write("credential", c.Name+", "+c.By)
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Kind == HTML {
			continue
		}
		if b.Text != "" {
			write(b.Key, b.Text)
		}
		for _, l := range b.Links {
			write("link", l.Destination)
		}
		for _, c := range b.Citations {
			write("citation", c.Key)
		}
	}
	for _, i := range p.Images {
		write("image", i.Destination+" "+i.Alt)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// straight makes quotes that differ in form alone the same.
var straight = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`)
