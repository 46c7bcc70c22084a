package content

import (
	"bytes"
	stdhtml "html"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/diag"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/net/html"
)

// A Block is one unit of text that a reader takes in at once: a paragraph, an
// item of a list, a cell of a table, a heading, a text of the front matter. It
// is what rules on wording look at.
type Block struct {
	Kind BlockKind
	// Text is what the reader sees: entities and escapes resolved, quotes curled,
	// white space collapsed, without raw tags and the numbers of citations.
	Text  string
	Key   string // of a Field: its key, "evidence.says" in a list of sets of keys
	Under string // the text of the heading above, "" before the first
	// Question is the question of a FAQ that the block helps to answer, "" when it
	// answers none. Neighbours with one question are one answer.
	Question string
	Quoted   bool // in a block quote
	List     int  // of an Item: which of the page's lists it stands in, from 1

	Links     []Link
	Citations []Citation
	Tags      []RawHTML // within the text

	First, Last int // lines of the source

	file   string
	points []point // by offset
}

// BlockKind is what a block is in the document.
type BlockKind int

const (
	Paragraph BlockKind = iota
	Item                // of a list
	Cell                // of a table
	Title               // a heading
	Term                // of a definition list
	Note                // a footnote
	Code
	HTML  // the words in a block of raw HTML, which is not published
	Field // a text of the front matter
)

// A point says where in the source an offset of a block's text stands. The bytes
// up to the next point follow one for one, unless the point is fixed: then they
// all stand for that place, as the one letter of an entity does.
type point struct {
	offset    int32
	line, col int32
	fixed     bool
}

// At returns where a byte of Text stands in the source.
func (b *Block) At(offset int) diag.Pos {
	p := b.pointOf(offset)
	pos := diag.Pos{File: b.file, Line: int(p.line), Col: int(p.col)}
	if !p.fixed {
		pos.Col += offset - int(p.offset)
	}
	return pos
}

func (b *Block) pointOf(offset int) point {
	i := sort.Search(len(b.points), func(i int) bool { return int(b.points[i].offset) > offset }) - 1
	if i < 0 {
		return point{line: int32(b.First), col: 1, fixed: true}
	}
	return b.points[i]
}

// Span returns where Text[start:end] begins in the source, and how many bytes it
// takes there on its first line; 0 when that cannot be told.
func (b *Block) Span(start, end int) (diag.Pos, int) {
	pos := b.At(start)
	if end <= start {
		return pos, 0
	}
	for last := end - 1; last >= start; last-- {
		if b.Text[last] == ' ' {
			continue
		}
		if stop := b.At(last); stop.Line == pos.Line && stop.Col >= pos.Col {
			return pos, stop.Col - pos.Col + 1
		}
	}
	return pos, 0
}

// blocks collects the blocks of the body.
func (b *body) blocks() {
	w := blockWalk{body: b}
	w.scratch.blockWalk = &w
	// Most blocks have an empty line after them, or are items of a list.
	b.page.Blocks = slices.Grow(b.page.Blocks, bytes.Count(b.src, []byte("\n\n"))+bytes.Count(b.src, []byte("\n- ")))
	w.children(b.doc)
}

// A blockWalk goes through the document from top to bottom.
type blockWalk struct {
	*body
	under, question string
	quoted          bool
	lists, list     int
	note            bool
	scratch         blockText // of the block that is being read
}

func (w *blockWalk) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *blockWalk) node(n ast.Node) {
	if n.Parent() == w.doc {
		w.question = w.answers[n]
	}
	switch n := n.(type) {
	case *ast.Heading:
		w.under = w.block(Title, n).Text
	case *ast.Paragraph, *ast.TextBlock:
		switch {
		case w.note:
			w.block(Note, n)
		case w.list > 0:
			w.block(Item, n)
		default:
			w.block(Paragraph, n)
		}
	case *ast.List:
		outer := w.list
		w.lists++
		w.list = w.lists
		w.children(n)
		w.list = outer
	case *ast.Blockquote:
		outer := w.quoted
		w.quoted = true
		w.children(n)
		w.quoted = outer
	case *xast.TableCell:
		w.block(Cell, n)
	case *xast.DefinitionTerm:
		w.block(Term, n)
	case *xast.FootnoteList:
		w.note, w.under, w.question = true, "", ""
		w.children(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		t := w.start(Code)
		for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
			t.linear(line.Value(w.src), line.Start)
		}
		t.end()
	case *ast.HTMLBlock:
		w.rawBlock(n)
	default:
		w.children(n)
	}
}

func (w *blockWalk) block(kind BlockKind, n ast.Node) *Block {
	t := w.start(kind)
	t.inlines(n)
	return t.end()
}

// rawBlock keeps the words and links of raw HTML: what somebody injected is to
// be judged even though it is not published.
func (w *blockWalk) rawBlock(n *ast.HTMLBlock) {
	lines := htmlLines(n)
	if lines.Len() == 0 {
		return
	}
	raw := lines.Value(w.src)
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<!--")) {
		return
	}
	start := lines.At(0).Start
	t := w.start(HTML)
	t.block.Tags = []RawHTML{{Source: string(raw), Pos: w.at(start)}}
	z := html.NewTokenizer(bytes.NewReader(raw))
	for skip := false; ; {
		switch z.Next() {
		case html.ErrorToken:
			t.end()
			return
		case html.TextToken:
			if !skip {
				t.fixed(string(z.Text())+" ", start)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			skip = token.Data == "script" || token.Data == "style"
			for _, a := range token.Attr {
				if a.Key == "href" || a.Key == "src" {
					t.block.Links = append(t.block.Links, Link{Destination: a.Val, Pos: w.at(start)})
				}
			}
		case html.EndTagToken:
			skip = false
		}
	}
}

// blockText writes the text of a block and where it comes from.
type blockText struct {
	*blockWalk
	block Block
	text  bytes.Buffer
	space int // offset in the source of white space not yet written, -1 for none
	next  int // offset in the source that would go on without a new point, -1 for none
	stop  int // offset in the source after what was read last
}

func (w *blockWalk) start(kind BlockKind) *blockText {
	list := 0
	if kind == Item {
		list = w.list
	}
	t := &w.scratch
	t.space, t.next, t.stop = -1, -1, 0
	t.text.Reset()
	t.block = Block{Kind: kind, Under: w.under, Question: w.question, Quoted: w.quoted, List: list, file: w.text.file}
	return t
}

// end adds the block to the page, unless nothing is in it.
func (t *blockText) end() *Block {
	b := &t.block
	b.Text = t.text.String()
	if len(b.points) > 0 {
		b.First, b.Last = int(b.points[0].line), int(b.points[len(b.points)-1].line)
	} else if len(b.Tags) > 0 {
		b.First, b.Last = b.Tags[0].Pos.Line, b.Tags[0].Pos.Line
	}
	if b.Text != "" || len(b.Tags) > 0 || len(b.Links) > 0 {
		t.page.Blocks = append(t.page.Blocks, *b)
	}
	return b
}

// linear writes text that stands in the source as it is, from offset on.
func (t *blockText) linear(s []byte, offset int) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		if unicode.IsSpace(r) {
			if t.space < 0 {
				t.space = offset + i
			}
		} else {
			t.put(s[i:i+size], offset+i, false)
		}
		i += size
	}
	t.stop = offset + len(s)
}

// fixed writes text that stands for one place of the source.
func (t *blockText) fixed(s string, offset int) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			if t.space < 0 {
				t.space = offset
			}
		} else {
			t.put([]byte(string(r)), offset, true)
		}
	}
}

func (t *blockText) put(s []byte, offset int, fixed bool) {
	if t.space >= 0 && t.text.Len() > 0 {
		plain := t.space < len(t.src) && t.src[t.space] == ' '
		t.point(t.space, fixed || !plain)
		t.text.WriteByte(' ')
		t.next = -1
		if plain {
			t.next = t.space + 1
		}
	}
	t.space = -1
	t.point(offset, fixed)
	t.text.Write(s)
	t.next = offset + len(s)
	if fixed {
		t.next = -1
	}
}

func (t *blockText) point(offset int, fixed bool) {
	if offset == t.next && !fixed {
		return
	}
	t.next = offset
	pos, kept := t.page.sourcePos(t.blockWalk.text.pos(t.base + offset))
	fixed = fixed || !kept
	p := point{int32(t.text.Len()), int32(pos.Line), int32(pos.Col), fixed}
	if n := len(t.block.points); fixed && n > 0 {
		if last := t.block.points[n-1]; last.fixed && last.line == p.line && last.col == p.col {
			return
		}
	}
	t.block.points = append(t.block.points, p)
}

// escaped writes Markdown text in which escapes and entities are resolved.
func (t *blockText) escaped(s []byte, offset int) {
	for {
		i := bytes.IndexAny(s, `&\`)
		if i < 0 {
			t.linear(s, offset)
			return
		}
		t.linear(s[:i], offset)
		s, offset = s[i:], offset+i
		n := 1
		if s[0] == '\\' && len(s) > 1 && isPunct(s[1]) {
			t.linear(s[1:2], offset+1)
			n = 2
		} else if end := bytes.IndexByte(s, ';'); s[0] == '&' && end > 0 && rendered(s[:end+1]) != string(s[:end+1]) {
			t.fixed(rendered(s[:end+1]), offset)
			n = end + 1
		} else {
			t.linear(s[:1], offset)
		}
		s, offset = s[n:], offset+n
	}
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !('0' <= c && c <= '9' || 'A' <= c&^0x20 && c&^0x20 <= 'Z')
}

func (t *blockText) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t.inline(c)
	}
}

func (t *blockText) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		if n.IsRaw() {
			t.linear(n.Segment.Value(t.src), n.Segment.Start)
		} else {
			t.escaped(n.Segment.Value(t.src), n.Segment.Start)
		}
		t.stop = n.Segment.Stop
		if (n.SoftLineBreak() || n.HardLineBreak()) && t.space < 0 {
			t.space = n.Segment.Stop
		}
	case *ast.String: // of the typographer, whose nodes do not know their place
		t.fixed(stdhtml.UnescapeString(string(n.Value)), t.stop)
	case *ast.Link:
		if key, ok := strings.CutPrefix(string(n.Destination), citationScheme); ok {
			t.block.Citations = append(t.block.Citations, Citation{Key: key, Pos: t.pos(n)})
		} else {
			t.block.Links = append(t.block.Links, Link{Destination: string(n.Destination), Text: t.plain(n), Pos: t.pos(n)})
		}
		t.inlines(n)
	case *ast.AutoLink:
		label := n.Label(t.src)
		t.block.Links = append(t.block.Links, Link{Destination: autoLink(n, t.src), Text: string(label), Pos: t.pos(n)})
		t.linear(label, t.labelStart(n))
	case *ast.RawHTML:
		if raw := n.Segments.Value(t.src); !bytes.HasPrefix(raw, []byte("<!--")) && n.Segments.Len() > 0 {
			t.block.Tags = append(t.block.Tags, RawHTML{Source: string(raw), Pos: t.at(n.Segments.At(0).Start)})
		}
	case *ast.Image:
	default:
		t.inlines(n)
	}
}

// fields makes blocks of texts in a set of keys; prefix comes before their
// names. It returns the index of the first.
func (p *Page) fields(m *mapping, prefix string, keys ...string) int {
	first := len(p.Blocks)
	for _, key := range keys {
		it, ok := m.items[strings.ToLower(key)]
		if !ok || it.node == nil {
			continue
		}
		for _, n := range elements(it.node) {
			value, ok := scalar(n)
			text := strings.Join(strings.Fields(value), " ")
			if !ok || text == "" {
				continue
			}
			pos, exact := it.pos, false
			if token := n.GetToken(); token != nil {
				pos, exact = m.doc.exact(token, text)
			}
			p.Blocks = append(p.Blocks, Block{
				Kind: Field, Text: text, Key: prefix + key, file: pos.File, First: pos.Line, Last: pos.Line,
				points: []point{{0, int32(pos.Line), int32(pos.Col), !exact}},
			})
		}
	}
	return first
}
