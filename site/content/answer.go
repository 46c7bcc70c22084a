package content

import (
	"bufio"
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	gmhtml "github.com/yuin/goldmark/renderer/html"
)

// answerWriter renders nodes as the HTML that consumers of schema.org accept
// in an answer: h1 to h6, br, ol, ul, li, a, p, strong, em. Everything else
// keeps its words and loses its element; images, comments and citation
// numbers have no words.
type answerWriter struct {
	strings.Builder
	body      *body
	plainOnly bool // text alone, not escaped
}

// between renders the siblings from first up to, not including, end.
func (w *answerWriter) between(first, end ast.Node) {
	for n := first; n != nil && n != end; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *answerWriter) element(tag string, inside func()) {
	w.open("<" + tag + ">")
	inside()
	w.open("</" + tag + ">")
}

func (w *answerWriter) open(tag string) {
	if !w.plainOnly {
		w.WriteString(tag)
	}
}

func (w *answerWriter) children(n ast.Node) { w.between(n.FirstChild(), nil) }

func (w *answerWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.element("p", func() { w.inlines(n) })
	case *ast.TextBlock:
		w.inlines(n)
	case *ast.Heading:
		w.element("h"+strconv.Itoa(n.Level), func() { w.inlines(n) })
	case *ast.List:
		tag := "ul"
		if n.IsOrdered() {
			tag = "ol"
		}
		w.element(tag, func() { w.children(n) })
	case *ast.ListItem:
		w.element("li", func() { w.children(n) })
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		w.element("p", func() { w.text(string(n.Lines().Value(w.body.src))) })
	case *xast.Table:
		w.children(n)
	case *xast.TableHeader, *xast.TableRow:
		w.element("p", func() {
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				w.inlines(c)
				w.WriteByte(' ')
			}
		})
	case *xast.DefinitionList:
		w.children(n)
	case *xast.DefinitionTerm:
		w.element("p", func() { w.element("strong", func() { w.inlines(n) }) })
	case *xast.DefinitionDescription:
		w.element("div", func() { w.children(n) })
	case *ast.Blockquote:
		w.children(n)
	}
}

func (w *answerWriter) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
}

func (w *answerWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		segment := n.Segment.Value(w.body.src)
		if n.IsRaw() {
			w.text(string(segment))
		} else {
			w.text(rendered(segment))
		}
		switch {
		case n.HardLineBreak():
			w.open("<br>")
			w.WriteByte('\n')
		case n.SoftLineBreak():
			w.WriteByte('\n')
		}
	case *ast.String:
		if n.IsRaw() || n.IsCode() { // entities from the typographer
			w.text(html.UnescapeString(string(n.Value)))
		} else {
			w.text(rendered(n.Value))
		}
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		w.element(tag, func() { w.inlines(n) })
	case *ast.Link:
		if strings.HasPrefix(string(n.Destination), citationScheme) {
			w.inlines(n)
			return
		}
		w.link(string(n.Destination), func() { w.inlines(n) })
	case *ast.AutoLink:
		w.link(autoLink(n, w.body.src), func() { w.text(string(n.Label(w.body.src))) })
	case *ast.CodeSpan:
		w.inlines(n)
	case *xast.Strikethrough:
		w.inlines(n)
	}
}

func (w *answerWriter) link(dest string, inside func()) {
	if gmhtml.IsDangerousURL([]byte(dest)) {
		inside()
		return
	}
	w.open(`<a href="` + html.EscapeString(dest) + `">`)
	inside()
	w.open("</a>")
}

func (w *answerWriter) text(s string) {
	if !w.plainOnly {
		s = html.EscapeString(s)
	}
	w.WriteString(s)
}

// rendered resolves the escapes and entities of a piece of Markdown text, as
// goldmark does when it writes HTML.
func rendered(segment []byte) string {
	if bytes.IndexByte(segment, '&') < 0 && bytes.IndexByte(segment, '\\') < 0 {
		return string(segment)
	}
	var b strings.Builder
	w := bufio.NewWriterSize(&b, len(segment)+16)
	gmhtml.DefaultWriter.Write(w, segment)
	_ = w.Flush() // a strings.Builder takes everything
	return html.UnescapeString(b.String())
}
