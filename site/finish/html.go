package finish

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/html"

	"clinicblog/site/diag"
)

// ldOpen and ldClose enclose the graph in a page.
const (
	ldOpen  = `<script type="application/ld+json">`
	ldClose = `</script>`
)

// maxMemo is how many embedded scripts and styles a worker remembers: the
// same few stand on every page of a site.
const maxMemo = 256

// A worker finishes one file after the other. It belongs to one goroutine: the
// minifiers write into its state, and its buffers serve file after file.
type worker struct {
	assets asset
	stamps *stamps
	m      *minify.M
	html   html.Minifier

	src, in, stamped, sealed, scratch, graph, picture []byte
	out, compact                                      bytes.Buffer
	before, after                                     canon
	memo                                              map[string]result
	found                                             []diag.Diagnostic
	file                                              string // at hand
	stats                                             Stats
}

// result is what became of an embedded script or style.
type result struct {
	min     []byte
	finding *diag.Diagnostic
}

func newWorker(s *stamps) *worker {
	w := &worker{stamps: s, m: minify.New(), memo: map[string]result{}}
	w.html = html.Minifier{
		KeepDocumentTags:    true, // <html>, <head> and <body> are what crawlers and the graph's place hang on
		KeepEndTags:         true, // what a reader's tool gets wrong first
		KeepQuotes:          true, // 1% of bytes, nothing after compression; scrapers look for type="application/ld+json"
		KeepDefaultAttrVals: true, // input[type=text] is a selector
	}
	for _, typ := range []string{"text/css", "text/javascript", "application/javascript", "module"} {
		w.m.AddFunc(typ, func(_ *minify.M, out io.Writer, r io.Reader, params map[string]string) error {
			return w.embed(typ, out, r, params)
		})
	}
	for _, typ := range []string{"application/ld+json", "application/json"} { // jsonType too, but found at once
		w.m.AddFunc(typ, func(_ *minify.M, out io.Writer, r io.Reader, params map[string]string) error {
			return w.embed("json", out, r, params)
		})
	}
	w.m.AddFuncRegexp(jsonType, func(_ *minify.M, out io.Writer, r io.Reader, params map[string]string) error {
		return w.embed("json", out, r, params)
	})
	w.before.embedded = func(tag []byte, attrs []attr, content []byte) []byte {
		return w.expected(tag, attrs, content)
	}
	w.after.embedded = func(_ []byte, _ []attr, content []byte) []byte { return content }
	return w
}

var jsonType = regexp.MustCompile(`[/+]json$`)

// page finishes one HTML page: the graph goes in before </body>, hashed names
// are brought up to date, the page is minified and the result is proved. The
// bytes are valid until the next call.
func (w *worker) page(file string, src, graph []byte) ([]byte, error) {
	w.file = file
	in, err := w.inject(src, graph)
	if err != nil {
		return nil, err
	}
	in = w.reseal(in)
	w.stats.Before += int64(len(in))
	min, err := w.minify(in)
	if err != nil {
		w.report(minifyProof, "the minifier stops: %v; the page keeps its bytes", parseMessage(err))
		return w.keep(in), nil
	}
	if !same(&w.before, &w.after, in, min) {
		want, got := w.before.page(in), w.after.page(min)
		w.report(minifyProof, "minified, the page would not say the same: %s; it keeps its bytes", difference(want, got))
		return w.keep(in), nil
	}
	w.stats.After += int64(len(min))
	return min, nil
}

// keep returns a page that could not be minified.
func (w *worker) keep(page []byte) []byte {
	w.stats.Kept++
	w.stats.After += int64(len(page))
	return page
}

// inject returns a page with the graph as the last thing in its body, unless it
// stands there already, and with the new names of hashed files. A fifth of an
// article's bytes is graph: there the text is painted before they arrive.
func (w *worker) inject(src, graph []byte) ([]byte, error) {
	w.graph = w.graph[:0]
	if graph == nil {
		return w.restamp(src), nil
	}
	if !isCompact(graph) {
		w.compact.Reset()
		if err := json.Compact(&w.compact, graph); err != nil {
			return nil, fmt.Errorf("read graph of %s: %w", w.file, err)
		}
		graph = w.compact.Bytes()
	}
	w.graph = w.stamps.restamp(w.graph, graph)
	if bytes.IndexByte(w.graph, '<') >= 0 {
		// One "<" is enough for "</script" or "<!--"; encoding/json writes none.
		return nil, fmt.Errorf("read graph of %s: it contains an unescaped %q", w.file, "<")
	}
	at := bodyEnd(src)
	if at < 0 {
		at = w.headEnd(src)
	}
	if at < 0 {
		w.report(htmlHead, "the page has no </body> at its end and no </head>, so its structured data has no place")
		return w.restamp(src), nil
	}
	if before, ok := bytes.CutSuffix(src[:at], []byte(ldClose)); ok && bytes.HasSuffix(before, w.graph) &&
		bytes.HasSuffix(before[:len(before)-len(w.graph)], []byte(ldOpen)) {
		return w.restamp(src), nil
	}
	w.in = w.stamps.restamp(w.in[:0], src[:at])
	w.in = append(w.in, ldOpen...)
	w.in = append(w.in, w.graph...)
	w.in = append(w.in, ldClose...)
	w.in = w.stamps.restamp(w.in, src[at:])
	return w.in, nil
}

// bodyEnd returns the offset of the </body> that ends the page, or -1. It is a
// tag and no text of a comment or a script: those would have to end behind it.
func bodyEnd(src []byte) int {
	rest, ok := bytes.CutSuffix(trimSpace(src), []byte("</html>"))
	if !ok {
		return -1
	}
	rest, ok = bytes.CutSuffix(trimSpace(rest), []byte("</body>"))
	if !ok {
		return -1
	}
	return len(rest)
}

// headEnd returns the offset of </head>, or -1. A </head> in a comment, a
// script or an attribute is none.
func (w *worker) headEnd(src []byte) int {
	s := &w.after.s
	s.reset(src)
	for {
		switch k := s.next(); {
		case k == end, k == startTag && string(s.name) == "body":
			return -1
		case k == endTag && string(s.name) == "head":
			return s.start
		}
	}
}

// minify returns src minified. The minifier works in place, so it gets a copy.
func (w *worker) minify(src []byte) (_ []byte, err error) {
	defer recovered(&err)
	w.scratch = append(slices.Grow(w.scratch[:0], len(src)+1), src...)
	w.out.Reset()
	if err := w.html.Minify(w.m, &w.out, bytes.NewBuffer(w.scratch), nil); err != nil {
		return nil, err
	}
	return w.out.Bytes(), nil
}

// embed is what the HTML minifier calls for scripts, styles and data. Style
// attributes and event handlers pass through: they are short and have no proof.
func (w *worker) embed(typ string, out io.Writer, r io.Reader, params map[string]string) error {
	b, ok := r.(interface{ Bytes() []byte })
	if !ok {
		return fmt.Errorf("read %s: a reader without bytes", typ)
	}
	content := b.Bytes()
	if params["inline"] == "1" {
		_, err := out.Write(content)
		return err
	}
	res := w.remember(typ, content)
	if res.finding != nil {
		d := *res.finding
		d.Pos.File = w.file
		w.found = append(w.found, d)
	}
	_, err := out.Write(res.min)
	return err
}

// expected returns what a script or style of the original must have become.
func (w *worker) expected(tag []byte, attrs []attr, content []byte) []byte {
	typ := "application/javascript"
	if string(tag) == "style" {
		typ = "text/css"
	}
	if t := find(attrs, "type"); len(t) > 0 {
		t, _, _ = bytes.Cut(w.before.decode(t, true), []byte(";"))
		typ = string(trimSpace(t))
	}
	switch typ {
	case "text/css", "text/javascript", "application/javascript", "module":
	case "application/ld+json", "application/json":
		typ = "json"
	default:
		if !jsonType.MatchString(typ) {
			return content
		}
		typ = "json"
	}
	return w.remember(typ, content).min
}

// remember returns the proved form of an embedded script, style or JSON.
func (w *worker) remember(typ string, content []byte) result {
	if typ == "json" && bytes.Equal(content, w.graph) {
		return result{min: content}
	}
	key := typ + "\x00" + string(content)
	if res, ok := w.memo[key]; ok {
		return res
	}
	var res result
	var d diag.Diagnostic
	var ok bool
	src := bytes.Clone(content)
	switch typ {
	case "json":
		res.min, d, ok = w.assets.json(src)
	case "text/css":
		res.min, d, ok = w.assets.css(src)
	default:
		res.min, d, ok = w.assets.js(src)
	}
	if !ok {
		d.Pos.Line, d.Pos.Col = 0, 0 // within the script, not the page
		d.Message = "in an embedded " + langOf(typ) + ": " + d.Message
		res.finding = &d
	}
	if typ == "json" {
		return res // differs from page to page
	}
	if len(w.memo) >= maxMemo {
		clear(w.memo)
	}
	w.memo[key] = res
	return res
}

func langOf(typ string) string {
	switch typ {
	case "json":
		return "JSON"
	case "text/css":
		return "style"
	}
	return "script"
}

func (w *worker) report(rule diag.Info, format string, args ...any) {
	w.found = append(w.found, rule.At(diag.Pos{File: w.file}, format, args...))
}

// difference shows where two canonical forms part.
func difference(want, got []byte) string {
	n := 0
	for n < len(want) && n < len(got) && want[n] == got[n] {
		n++
	}
	return fmt.Sprintf("%s became %s", excerpt(want, n), excerpt(got, n))
}

// excerpt returns the canonical form around offset n as something readable.
func excerpt(form []byte, n int) string {
	from, to := max(0, n-40), min(len(form), n+40)
	for from > 0 && from < n && form[from]&0xc0 == 0x80 {
		from++ // not in the middle of a character
	}
	var b []byte
	for i := from; i < to; i++ {
		switch c := form[i]; c {
		case markTag:
			b = append(b, '<')
		case markEnd:
			b = append(b, "</"...)
		case markText:
			b = append(b, '>')
		case markAttr:
			b = append(b, ' ')
		case markValue:
			b = append(b, '=')
		case markSpace:
			b = append(b, ' ')
			i++
		default:
			if c >= ' ' {
				b = append(b, c)
			}
		}
	}
	return fmt.Sprintf("%q", bytes.ToValidUTF8(b, nil))
}
