package content

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// citationScheme marks a link as a citation: [](ref:mccarty-2014).
const citationScheme = "ref:"

// newParser parses as Hugo's goldmark does with the settings that site/hugo
// pins: the same extensions, attributes on headings, no raw HTML. Heading ids
// are made below, because goldmark's own differ from Hugo's.
func newParser(extensions ...goldmark.Extender) parser.Parser {
	return goldmark.New(
		goldmark.WithExtensions(append(extensions,
			extension.Table,
			extension.Strikethrough,
			extension.TaskList,
			extension.Typographer,
			extension.DefinitionList,
			extension.Footnote,
		)...),
		goldmark.WithParserOptions(parser.WithAttribute()),
	).Parser()
}

// Looking for bare URLs takes a tenth of the time of a parse, and a text without
// "://", "www." and "@" has none.
var withLinkify, withoutLinkify = newParser(extension.Linkify), newParser()

func parserFor(src []byte) parser.Parser {
	if bytes.Contains(src, []byte("://")) || bytes.Contains(src, []byte("www.")) || bytes.IndexByte(src, '@') >= 0 {
		return withLinkify
	}
	return withoutLinkify
}

// A body is the Markdown of a page, parsed.
type body struct {
	page *Page
	text *text
	base int // offset of src in the file
	src  []byte
	doc  ast.Node

	faq     []faqSection        // once found
	answers map[ast.Node]string // of the FAQ, to their questions
}

func (p *Page) readBody(t *text, start int) {
	b := parseBody(p, t, start)
	if rewritten, lines := b.headings(); rewritten != nil {
		p.Rewritten, p.lines = rewritten, lines
		t = newText(t.file, rewritten)
		b = parseBody(p, t, start)
	}
	b.index()
	b.readFAQ()
	b.blocks()
}

func parseBody(p *Page, t *text, start int) *body {
	src := t.src[start:]
	return &body{page: p, text: t, base: start, src: src, doc: parserFor(src).Parse(gtext.NewReader(src))}
}

// pos returns where a node starts in the source.
func (b *body) pos(n ast.Node) diag.Pos {
	offset := n.Pos()
	if link, ok := n.(*ast.Link); ok && offset <= 0 && link.FirstChild() != nil {
		offset = link.FirstChild().Pos()
	}
	if link, ok := n.(*ast.AutoLink); ok {
		offset = b.labelStart(link)
	}
	return b.at(max(offset, 0))
}

// labelStart returns where the text of a bare URL or address starts: the node's
// own position is that of the bracket or white space before it.
func (b *body) labelStart(n *ast.AutoLink) int {
	offset := max(n.Pos(), 0)
	return offset + max(0, bytes.Index(b.src[offset:], n.Label(b.src)))
}

func (b *body) at(offset int) diag.Pos { return b.page.SourcePos(b.text.pos(b.base + offset)) }

// index collects what the whole body holds.
func (b *body) index() {
	p, ids := b.page, idSet{}
	_ = ast.Walk(b.doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			h := Heading{Level: n.Level, Text: b.plain(n), ID: ids.of(n, b.src), Pos: b.pos(n)}
			p.Headings = append(p.Headings, h)
		case *ast.Paragraph:
			for _, l := range n.Lines().Sliced(0, n.Lines().Len()) {
				if bytes.HasPrefix(bytes.TrimLeft(l.Value(b.src), " \t"), []byte("•")) {
					p.Bullets = append(p.Bullets, b.at(l.Start))
				}
			}
		case *ast.Link:
			dest := string(n.Destination)
			if key, ok := strings.CutPrefix(dest, citationScheme); ok {
				p.Citations = append(p.Citations, Citation{Key: key, Pos: b.pos(n)})
			} else {
				p.Links = append(p.Links, Link{Destination: dest, Text: b.plain(n), Pos: b.pos(n)})
			}
		case *ast.AutoLink:
			p.Links = append(p.Links, Link{Destination: autoLink(n, b.src), Text: string(n.Label(b.src)), Pos: b.pos(n)})
		case *ast.Image:
			p.Images = append(p.Images, Image{Destination: string(n.Destination), Alt: b.plain(n), Pos: b.pos(n)})
		case *ast.RawHTML:
			b.html(n.Segments)
		case *ast.HTMLBlock:
			b.html(htmlLines(n))
		}
		return ast.WalkContinue, nil
	})
}

// htmlLines returns all lines of a block of HTML, with the one that closes it.
func htmlLines(n *ast.HTMLBlock) *gtext.Segments {
	lines := gtext.NewSegments()
	lines.AppendAll(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines.Append(n.ClosureLine)
	}
	return lines
}

// html takes a tag, a block of HTML or a comment.
func (b *body) html(lines *gtext.Segments) {
	if lines.Len() == 0 {
		return
	}
	raw := bytes.TrimSpace(lines.Value(b.src))
	pos := b.at(lines.At(0).Start)
	inside, isComment := bytes.CutPrefix(raw, []byte("<!--"))
	inside, isClosed := bytes.CutSuffix(inside, []byte("-->"))
	if isComment && isClosed && !bytes.Contains(inside, []byte("-->")) {
		text := strings.TrimSpace(string(inside))
		b.page.Comments = append(b.page.Comments, Comment{Text: text, Pos: pos, Line: b.at(lines.At(lines.Len() - 1).Start).Line})
		return
	}
	b.page.RawHTML = append(b.page.RawHTML, RawHTML{Source: string(raw), Pos: pos})
}

// autoLink returns the destination of a bare URL or address; Hugo takes https
// for one without a protocol.
func autoLink(n *ast.AutoLink, src []byte) string {
	url := string(n.Label(src))
	switch {
	case n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:"):
		return "mailto:" + url
	case len(n.Protocol) > 0:
		return "https:" + strings.TrimPrefix(string(n.URL(src)), string(n.Protocol)+":")
	}
	return url
}

// plain returns a node's text as a reader sees it: entities and escapes
// resolved, white space collapsed, no citation numbers.
func (b *body) plain(n ast.Node) string {
	var w answerWriter
	w.body = b
	w.plainOnly = true
	w.inlines(n)
	return strings.Join(strings.Fields(w.String()), " ")
}

// idSet makes the ids of headings as Hugo's autoIDType "github" does.
// Source: Hugo v0.165, markup/goldmark/autoid.go.
type idSet map[string]bool

func (ids idSet) of(n *ast.Heading, src []byte) string {
	if id, ok := n.AttributeString("id"); ok {
		if b, ok := id.([]byte); ok {
			ids[string(b)] = true
			return string(b)
		}
	}
	var raw bytes.Buffer
	rawText(n, src, &raw)
	text := string(util.ResolveEntityNames(raw.Bytes()))
	if n.Lines().Len() > 1 {
		text = text[strings.LastIndexByte(text, '\n')+1:]
	}
	if text == "" {
		return ""
	}
	id := anchor(text)
	if id == "" {
		id = "heading"
	}
	if ids[id] {
		for i := 1; ; i++ {
			if next := id + "-" + strconv.Itoa(i); !ids[next] {
				id = next
				break
			}
		}
	}
	ids[id] = true
	return id
}

func anchor(text string) string {
	var b strings.Builder
	for text = strings.TrimSpace(text); text != ""; {
		r, n := utf8.DecodeRuneInString(text)
		text = text[n:]
		switch {
		case r == '-' || r == ' ':
			b.WriteByte('-')
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// rawText is the text of which Hugo makes an id: escapes are still in it.
func rawText(n ast.Node, src []byte, w *bytes.Buffer) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.String:
			w.Write(c.Value)
		case *ast.Text:
			w.Write(c.Segment.Value(src))
			if c.HardLineBreak() || c.SoftLineBreak() {
				w.WriteByte('\n')
			}
		case *ast.RawHTML, *xast.FootnoteLink:
		default:
			rawText(c, src, w)
		}
	}
}
