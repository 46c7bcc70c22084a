package content

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// People mark questions in many ways: "Q1. Why?" as it was pasted from a word
// processor, a line in bold, a definition list. A reader and a screen reader
// are served by one: a heading, which has an anchor, a place in the outline and
// a level (WCAG 2.2, 1.3.1). So a page that uses another notation in a FAQ
// section is rewritten, line by line, before it is read here and by Hugo.

// headings returns the file with every question as a heading, and for each of
// its lines where it comes from. It returns nil when nothing had to change.
func (b *body) headings() ([]byte, []origin) {
	e := &edits{body: b, at: map[int][]string{}}
	e.bareHeadings()
	for _, s := range b.sections() {
		e.section(s.level, s.first, s.end)
	}
	for _, s := range e.bare {
		e.section(2, s.first, s.end)
	}
	if len(e.bare) == 0 && len(e.at) == 0 {
		e.strays()
		return nil, nil
	}
	return e.apply()
}

// origin is where a line of a rewritten page comes from, and whether it is that
// line, byte for byte.
type origin struct {
	line int
	kept bool
}

// edits are the lines that replace lines of the file, by line number.
type edits struct {
	body *body
	at   map[int][]string
	bare []span // sections that start at a bare line such as "FAQs"
}

type span struct{ first, end ast.Node }

var (
	questionPrefix = regexp.MustCompile(`^(?:[Qq]uestion|[Pp]regunta|Q|q|P)\s?(?:\d{1,3}\s?[.:)\]–—-]|[:.)])\s*|^[QP]\d{1,3}\s+`)
	answerPrefix   = regexp.MustCompile(`^(?:\*\*|__)?(?:[Aa]nswer|[Rr]espuesta|Ans|A|a|R)\s?\d{0,3}\s?[.:)](?:\*\*|__)?\s*`)
	listMarker     = regexp.MustCompile(`^(\s*(?:[-*+•]|\d{1,3}[.)])\s+)`)
	lineBreak      = regexp.MustCompile(`^\s*(?:\\|<br\s*/?>)?\s*`)
)

// questionStart returns the prefix that marks a question, "" when there is none.
func questionStart(text string) string {
	if text == "" || strings.IndexByte("QqPp", text[0]) < 0 {
		return ""
	}
	return questionPrefix.FindString(text)
}

// answerStart returns the prefix that marks an answer, "" when there is none.
func answerStart(text string) string {
	if bare := strings.TrimLeft(text, "*_"); bare == "" || strings.IndexByte("AaRr", bare[0]) < 0 {
		return ""
	}
	return answerPrefix.FindString(text)
}

func afterAnswer(text string) string { return text[len(answerStart(text)):] }

func (e *edits) line(n int) string { return string(line(e.body.text.src, e.body.text.lines[n-1])) }

// lineOf returns the line of the file in which an offset of the body lies.
func (e *edits) lineOf(offset int) int { return e.body.text.pos(e.body.base + offset).Line }

// lines returns the first and last line of a block with text, or 0.
func (e *edits) lines(n ast.Node) (first, last int) {
	if n.Lines().Len() == 0 {
		return 0, 0
	}
	return e.lineOf(n.Lines().At(0).Start), e.lineOf(n.Lines().At(n.Lines().Len() - 1).Start)
}

// bareHeadings turns a line that is nothing but a FAQ's name into a heading,
// as pasted text has it.
func (e *edits) bareHeadings() {
	for n := e.body.doc.FirstChild(); n != nil; n = n.NextSibling() {
		p, ok := n.(*ast.Paragraph)
		if !ok {
			continue
		}
		first, last := e.lines(p)
		if first == 0 || first != last && questionStart(stripBold(e.line(first+1))) == "" {
			continue
		}
		name := strings.Trim(e.line(first), "*_: ")
		if len(name) > 80 || !isFAQName(name) {
			continue
		}
		e.at[first] = []string{"## " + name, ""}
		end := p.NextSibling()
		for end != nil {
			if h, ok := end.(*ast.Heading); ok && h.Level <= 2 {
				break
			}
			end = end.NextSibling()
		}
		e.bare = append(e.bare, span{p, end})
	}
}

// section rewrites the questions of one section.
func (e *edits) section(level int, first, end ast.Node) {
	hashes, hasHeadings := strings.Repeat("#", min(level+1, 6)), false
	for n := first; n != nil && n != end; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && !e.body.isTopic(h) {
			if !hasHeadings {
				hashes = strings.Repeat("#", h.Level)
			}
			hasHeadings = true
		}
	}
	answerExpected := false
	for n := first; n != nil && n != end; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			answerExpected = e.headingPrefix(n)
		case *ast.Paragraph:
			answerExpected = e.paragraph(n, hashes, hasHeadings, answerExpected)
		case *xast.DefinitionList:
			e.definitions(n, hashes)
		case *ast.List:
			if !hasHeadings {
				e.list(n, hashes)
			}
		}
	}
}

// headingPrefix drops "Q1." from a heading.
func (e *edits) headingPrefix(h *ast.Heading) bool {
	first, last := e.lines(h)
	if first == 0 || first != last {
		return false
	}
	text := e.line(first)
	marks := text[:len(text)-len(strings.TrimLeft(text, "# \t"))]
	rest := stripBold(text[len(marks):])
	prefix := questionStart(rest)
	if prefix == "" || len(marks) == 0 {
		return false
	}
	e.at[first] = []string{marks + strings.TrimSpace(rest[len(prefix):])}
	return true
}

// paragraph rewrites the questions that start lines of a paragraph. It returns
// whether the next block may start with "A:".
func (e *edits) paragraph(p *ast.Paragraph, hashes string, hasHeadings, answerExpected bool) bool {
	first, last := e.lines(p)
	if first == 0 {
		return answerExpected
	}
	for n := first; n <= last; n++ {
		if e.at[n] != nil { // the section's own name
			continue
		}
		text := strings.TrimSpace(e.line(n))
		if answerExpected {
			if prefix := answerStart(text); prefix != "" {
				e.at[n] = []string{text[len(prefix):]}
			}
			answerExpected = false
			if e.at[n] != nil {
				continue
			}
		}
		if prefix := questionStart(stripBold(text)); prefix != "" {
			question, rest, used := e.question(n, last)
			answerExpected = rest == ""
			e.replace(n, used, hashes, question, afterAnswer(rest))
			n = used
		} else if n == first {
			if question, rest, used := e.bold(n, last); used > 0 && (!hasHeadings || rest == "" && used == last) {
				answerExpected = rest == ""
				e.replace(n, used, hashes, question, afterAnswer(rest))
				n = used
			}
		}
	}
	return answerExpected
}

func (e *edits) replace(from, to int, hashes, question, rest string) {
	e.at[from] = []string{hashes + " " + question}
	if rest != "" {
		e.at[from] = append(e.at[from], "", rest)
	}
	for n := from + 1; n <= to; n++ {
		e.at[n] = []string{}
	}
}

// question reads "Q1. Why? Because." that starts at line n. It may run over
// several lines; what follows the question mark on its last line is the answer.
func (e *edits) question(n, last int) (question, rest string, used int) {
	text := strings.TrimSpace(e.line(n))
	if strings.HasPrefix(text, "**") || strings.HasPrefix(text, "__") {
		if q, rest, used := e.bold(n, last); used > 0 { // **Q1. Why?** Because.
			return strings.TrimSpace(q[len(questionStart(q)):]), rest, used
		}
	}
	text = stripBold(text)
	text = strings.TrimSpace(text[len(questionStart(text)):])
	text = strings.TrimPrefix(strings.TrimPrefix(text, "**"), "__") // **Q:** Why?
	used = n
	for !IsQuestion(text) && used < last && used < n+3 {
		next := strings.TrimSpace(e.line(used + 1))
		if questionStart(stripBold(next)) != "" || answerStart(next) != "" || !questionAhead(e, used+1, min(last, n+3)) {
			break
		}
		text, used = text+" "+next, used+1
	}
	question, rest = text, ""
	if i := strings.IndexAny(text, "?？؟"); i >= 0 {
		size := len(text[i:]) - len(strings.TrimLeft(text[i:], "?？؟”\"')*_"))
		if after := strings.TrimSpace(text[i+size:]); after != "" && !IsQuestion(lastSentence(after)) {
			question, rest = text[:i+size], after
		}
	}
	return strings.TrimSpace(strings.TrimRight(question, "*_ ")), rest, used
}

// questionAhead tells whether a question mark ends one of the lines, so that a
// question that was wrapped is not taken for one without its mark.
func questionAhead(e *edits, from, to int) bool {
	for n := from; n <= to; n++ {
		if l := strings.TrimSpace(e.line(n)); questionStart(stripBold(l)) != "" {
			return false
		} else if IsQuestion(l) {
			return true
		}
	}
	return false
}

func lastSentence(s string) string {
	s = strings.TrimSpace(s)
	if len(s) == 0 {
		return s
	}
	if i := strings.LastIndexAny(s[:len(s)-1], ".!?"); i >= 0 {
		return s[i+1:]
	}
	return s
}

// bold reads a question in bold at the start of line n: **Why?** Because. It
// returns 0 lines used when there is none.
func (e *edits) bold(n, last int) (question, rest string, used int) {
	text := strings.TrimSpace(e.line(n))
	mark := ""
	for _, m := range []string{"**", "__"} {
		if strings.HasPrefix(text, m) {
			mark = m
		}
	}
	if mark == "" {
		return "", "", 0
	}
	text = text[len(mark):]
	for used = n; ; used++ {
		if i := strings.Index(text, mark); i >= 0 {
			question, rest = strings.TrimSpace(text[:i]), strings.TrimLeft(text[i+len(mark):], " :–—-")
			break
		}
		if used == last {
			return "", "", 0
		}
		text += " " + strings.TrimSpace(e.line(used+1))
	}
	if !IsQuestion(lastRunes(question)) {
		return "", "", 0
	}
	return question, strip(lineBreak, rest), used
}

// lastRunes is the end of a question, where its mark stands before quotes or
// brackets.
func lastRunes(s string) string { return s[max(0, len(s)-6):] }

// definitions rewrites "Why?" over ": Because."
func (e *edits) definitions(list *xast.DefinitionList, hashes string) {
	asks := false
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		if term, ok := c.(*xast.DefinitionTerm); ok && IsQuestion(e.body.plain(term)) {
			asks = true
		}
	}
	if !asks {
		return
	}
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *xast.DefinitionTerm:
			if first, _ := e.lines(c); first > 0 {
				e.at[first] = []string{"", hashes + " " + strings.TrimSpace(stripBold(e.line(first)))}
			}
		case *xast.DefinitionDescription:
			first, last := e.extent(c)
			for n := first; n <= last && first > 0; n++ {
				text := e.line(n)
				if n == first {
					_, text, _ = strings.Cut(text, ":")
				}
				e.at[n] = []string{outdent(text, 4)}
				if n == first {
					e.at[n] = []string{"", strings.TrimSpace(text)}
				}
			}
		}
	}
}

// list rewrites a list whose items are questions in bold with their answers.
func (e *edits) list(list *ast.List, hashes string) {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		first, _ := e.extent(item)
		if first == 0 {
			return
		}
		marker := listMarker.FindString(e.line(first))
		if q := strings.TrimSpace(e.line(first)[len(marker):]); marker == "" || !strings.HasPrefix(q, "**") && !strings.HasPrefix(q, "__") ||
			!IsQuestion(q) {
			return
		}
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		first, last := e.extent(item)
		marker := listMarker.FindString(e.line(first))
		text := strings.TrimSpace(e.line(first)[len(marker):])
		mark := text[:2]
		question, rest, closed := strings.Cut(text[2:], mark)
		if !closed {
			continue
		}
		e.replace(first, first, hashes, strings.TrimSpace(question), afterAnswer(strip(lineBreak, strings.TrimLeft(rest, " :–—-"))))
		e.at[first] = append([]string{""}, e.at[first]...)
		for n := first + 1; n <= last; n++ {
			e.at[n] = []string{outdent(e.line(n), len(marker))}
		}
	}
}

// extent returns the first and last line of a block that holds blocks.
func (e *edits) extent(n ast.Node) (first, last int) {
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && c.Type() == ast.TypeBlock && c.Lines() != nil && c.Lines().Len() > 0 {
			f, l := e.lines(c)
			if first == 0 || f < first {
				first = f
			}
			last = max(last, l)
		}
		return ast.WalkContinue, nil
	})
	return first, last
}

// strays finds questions in the "Q1." notation on a page without FAQ section.
func (e *edits) strays() {
	if len(e.body.sections()) > 0 {
		return
	}
	for n := e.body.doc.FirstChild(); n != nil; n = n.NextSibling() {
		p, ok := n.(*ast.Paragraph)
		if !ok {
			continue
		}
		first, last := e.lines(p)
		for i := first; i <= last && first > 0; i++ {
			text := stripBold(strings.TrimSpace(e.line(i)))
			if text != "" && (text[0] == 'Q' || text[0] == 'P') && IsQuestion(text) {
				if prefix := questionStart(text); prefix != "" {
					e.body.page.Strays = append(e.body.page.Strays, Stray{Text: strings.Trim(text[len(prefix):], "*_ "), Pos: e.body.text.pos(e.body.text.lines[i-1])})
				}
			}
		}
	}
}

// apply writes the file with its edits, and the line that each line came from.
func (e *edits) apply() ([]byte, []origin) {
	var out bytes.Buffer
	var from []origin
	src := e.body.text.src
	for i, start := range e.body.text.lines {
		stop := len(src)
		if i+1 < len(e.body.text.lines) {
			stop = e.body.text.lines[i+1]
		}
		replacement, edited := e.at[i+1]
		if !edited {
			out.Write(src[start:stop])
			from = append(from, origin{i + 1, true})
			continue
		}
		for _, l := range replacement {
			out.WriteString(l)
			out.WriteByte('\n')
			from = append(from, origin{i + 1, false})
		}
	}
	return out.Bytes(), append(from, origin{len(e.body.text.lines), false})
}

func stripBold(s string) string { return strings.TrimLeft(strings.TrimSpace(s), "*_") }

func strip(prefix *regexp.Regexp, s string) string { return s[len(prefix.FindString(s)):] }

// outdent drops up to n spaces of indentation.
func outdent(s string, n int) string {
	i := 0
	for i < n && i < len(s) && s[i] == ' ' {
		i++
	}
	return s[i:]
}
