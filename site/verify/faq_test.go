package verify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// withPage adds one page with questions and content to the good site.
func withPage(questions []string, main string) map[string]string {
	files := goodSite()
	graph := webPage("x/")
	if len(questions) > 0 {
		graph = faqMarkup("x/", questions...)
	}
	files["x/index.html"] = document("x/", "Page x", graph, main)
	return files
}

func q(id, name, text string) string { return questionMarkup("x/", id, name, text) }

// Ways to write a FAQ in which readers see the questions of the markup.
func TestVisibleFAQ(t *testing.T) {
	for _, c := range []struct {
		name      string
		questions []string
		main      string
	}{
		{"no FAQ", nil, `<h2>Is this a FAQ?</h2><p><b>No?</b></p><dl><dt>Why?</dt><dd>So</dd></dl>`},
		{"topics", []string{q("a", "A?", "1"), q("b", "B?", "2")},
			`<h2>FAQ</h2><h3>Money</h3><h4 id="a">A?</h4><p>1</p><h3>Time</h3><h4 id="b">B?</h4><p>2</p>`},
		{"class on the heading", []string{q("a", "A?", "1")}, `<h2 class="x faq">Good to know</h2><p>Intro.</p><h3 id="a">A?</h3><p>1</p>`},
		{"class on a box", []string{q("a", "A?", "1")}, `<div class="faq"><h2>Good to know</h2><div><h3 id="a">A?</h3><p>1</p></div></div><p>After.</p>`},
		{"box of questions", []string{q("a", "A?", "1")}, `<div class="faq"><h2 id="a">A?</h2><p>1</p></div>`},
		{"two sections", []string{q("a", "A?", "1"), q("b", "B?", "2")},
			`<h2>FAQ: groups</h2><p>-</p><h2>FAQs</h2><h3 id="a">A?</h3><p>1</p><h2>Preguntas frecuentes</h2><h3 id="b">B?</h3><p>2</p>`},
		{"heading in a box of its own", []string{q("a", "A?", "1"), q("b", "B?", "2")},
			`<h2>FAQ</h2><div><h3 id="a">A?</h3></div><p>1</p><div><h3 id="b">B?</h3></div><p>2</p>`},
		{"heading in the answer", []string{q("a", "A?", "<p>1</p><h4>More</h4><p>2</p>")}, `<h2>FAQ</h2><h3 id="a">A?</h3><p>1</p><h4>More</h4><p>2</p>`},
		{"terms in an answer", []string{q("a", "A?", "<p>Word meaning</p>")}, `<h2>FAQ</h2><h3 id="a">A?</h3><dl><dt>Word</dt><dd>meaning</dd></dl>`},
		{"table in an answer", []string{q("a", "A?", "<p>1 2</p><p>3</p>")}, `<h2>FAQ</h2><h3 id="a">A?</h3><table><tr><th>1</th><td>2</td></tr><tr><td>3</td></tr></table>`},
		{"link as heading", []string{q("a", "A?", "1")}, `<h2>FAQ</h2><h3 id="a"><a href="#a">A?</a></h3><p>1</p>`},
		{"marker before the stop", []string{q("a", "A?", "One.")}, `<h2>FAQ</h2><h3 id="a">A?</h3><p>One <sup>[<a href="#a" role="doc-noteref">1</a>]</sup>.</p>`},
		{"open details", []string{q("a", "A?", "1")}, `<h2>FAQ</h2><details open><summary><h3 id="a">A?</h3></summary><p>1</p></details>`},
		{"plain text with signs", []string{q("a", "1 < 2 & 3?", `"x" &lt; 'y' &amp; z`)}, `<h2>FAQ</h2><h3 id="a">1 &lt; 2 &amp; 3?</h3><p>"x" &lt; 'y' &amp; z</p>`},
		{"marker words", []string{q("a", "A?", "<p>P. Smith. Q and A. Quality: good. Part 1: x.</p>")},
			`<h2>FAQ</h2><h3 id="a">A?</h3><p>P. Smith.</p><p>Q and A.</p><p>Quality: good.</p><p>Part 1: x.</p>`},
	} {
		if _, ds := check(t, withPage(c.questions, c.main)); len(ds) > 0 {
			t.Errorf("%s: got:\n%s", c.name, list(ds))
		}
	}
}

func TestFAQName(t *testing.T) {
	for name, want := range map[string]bool{
		"FAQ": true, "F.A.Q.": true, "FAQs about groups": true, "Process groups FAQ": true, "Frequently Asked Questions (FAQ)": true,
		"Q&A": true, "¡Preguntas frecuentes!": true, "Preguntas frecuentes sobre grupos": true, "Common questions": true,
		"": false, "Questions": false, "Is this a FAQ?": false, "Common questions of families": false, "faqir": false, "Fragen": false,
	} {
		if got := isFAQName(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
	for _, name := range append(slices.Collect(maps.Keys(faqNames)), faqTopics...) {
		if !spellsFAQ(name) || !spellsFAQ(strings.ToUpper(name)) {
			t.Errorf("%q is a name, and taken for none at once", name)
		}
	}
}

func TestInvisibleFAQ(t *testing.T) {
	for _, c := range []struct {
		name, main string
		want       []string
	}{
		{"topics", `<h2>FAQ</h2><h3>Money</h3><h4>A?</h4><p>1</p><h3>Time</h3><h4>B?</h4><p>2</p>`, []string{`"A?"`, `"B?"`}},
		{"statement", `<h2>FAQ</h2><h3>Money</h3><p>1</p>`, []string{`"Money"`}},
		{"lines", `<h2>FAQ</h2><p>Q: A</p><p>Q1. B</p><p>P2) C</p><p>Q. D</p><p><b>E?</b></p>`, []string{`"P2) C"`, `"Q. D"`, `"Q1. B"`, `"Q: A"`, `"E?"`}},
		{"folded", `<h2>FAQ</h2><details><summary>A?</summary><p>1</p></details>`, []string{"closed"}},
		{"page", `</main><main><h1>FAQs</h1><h2>Money</h2><p>On money.</p><h3>A?</h3><p>1</p>`, []string{`"A?"`}},
	} {
		_, ds := check(t, withPage(nil, c.main))
		n := 0
		for _, d := range ds {
			if strings.HasPrefix(d.Rule, "faq-") {
				n++
			}
		}
		for _, want := range c.want {
			if !strings.Contains(list(ds), want) {
				n = -1
			}
		}
		if n != len(c.want) {
			t.Errorf("%s: got:\n%swant %q", c.name, list(ds), c.want)
		}
	}
}

// Text of every kind, and a lot of it, is compared word by word.
func TestStrangeAnswers(t *testing.T) {
	for _, text := range []string{
		`</script><script>alert("1")</script>`, `"quotes" 'and' “more”`, "{{ .Title }} {{< ref >}}", "😀 👩🏽‍⚕️ é", "مرحبا بالعالم",
		"שלום עולם", `back\slash \u003c`, "a&amp;b &copy; &lt;b&gt;", "<!-- no comment -->", strings.Repeat("word ", 10_000), "\u2028line\u2029",
	} {
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
		name := "Is it " + clip(text) + "?"
		files := withPage([]string{q("a", name, "<p>"+escaped+"</p>")},
			`<h2>FAQ</h2><h3 id="a">Is it `+strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(clip(text))+`?</h3><p>`+escaped+`</p>`)
		if _, ds := check(t, files); len(ds) > 0 {
			t.Errorf("%.40s: got:\n%s", text, list(ds))
		}
		files["x/index.html"] = strings.Replace(files["x/index.html"], "</p></main>", "!</p></main>", 1)
		if _, ds := check(t, files); len(ds) != 1 || ds[0].Rule != "faq-answer-differs" {
			t.Errorf("%.40s, changed: got:\n%s", text, list(ds))
		}
	}
}

func TestManyQuestions(t *testing.T) {
	took := func(n int) time.Duration {
		var qs []string
		var main strings.Builder
		main.WriteString("<h2>FAQ</h2>")
		for i := range n {
			id, name := fmt.Sprint("q", i), fmt.Sprintf("Question %d?", i)
			qs = append(qs, q(id, name, "<p>One <b>two</b> three.</p>"))
			fmt.Fprintf(&main, `<h3 id="%s">%s</h3><p>One <b>two</b> three.</p>`, id, name)
		}
		files := withPage(qs, main.String())
		start := time.Now()
		r, ds := check(t, files)
		if r.Questions != n+4 || len(ds) > 0 {
			t.Fatalf("got %d questions:\n%s", r.Questions, list(ds))
		}
		return time.Since(start)
	}
	took(500)
	small, large := took(500), took(8000)
	// Sixteen times the questions; a quadratic walk would take 256 times as long.
	if large > 100*small+time.Second {
		t.Errorf("500 questions took %v, 8000 took %v", small, large)
	}
}

// FuzzAnswer holds the short way to read an answer to the general tokenizer.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{
		`<p>One &amp; <b>two</b>&nbsp;.</p><ul><li><a href="https://x.example/?a=1&copy=2&amp;b">x</a></li></ul>`,
		`<p>a<br>b</p>`, `<p>a<br/>b</p>`, `<p/>a`, `<P>a</P>`, `<a href=/x>a</a>`, `<a href=mailto:x@y.example>a</a>`, `<a id=href href='tel:1' href=y>a</a>`,
		`<p>a`, `a</p>`, `<script>x</script>`, `<!-- x -->`, `a < b`, "<p>a\r\nb</p>", `</br>`, `<p>a</p >`, `<div hidden>a</div>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := newWorker(&site{})
		if !w.readPlainAnswer(s) {
			return
		}
		words, hrefs := w.said.String(), slices.Clone(w.hrefs)
		if problem := w.readAnyAnswer(s); problem != "" || w.said.String() != words || !slices.Equal(w.hrefs, hrefs) {
			t.Errorf("%q: got %q and %q, want %q and %q, %s", s, words, hrefs, w.said.String(), w.hrefs, problem)
		}
	})
}

// Text is read in runs, and comes out as if it were read byte by byte.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"a b", " a  b ", "a .b", "a\u00a0 b\u00a0", "a\u00c9b \u00c9 \xc2", "\tx\n,", "a ) b", "a , "} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var got, want words
		for _, s := range []string{a, b} {
			got.add(s)
			for i := 0; i < len(s); {
				if n := spaceAt(s, i); n > 0 {
					want.gap = true
					i += n
					continue
				}
				if want.gap && len(want.b) > 0 && !strings.ContainsRune(".,;:!?)", rune(s[i])) {
					want.b = append(want.b, ' ')
				}
				want.b, want.gap = append(want.b, s[i]), false
				i++
			}
		}
		if got.String() != want.String() || got.gap != want.gap {
			t.Errorf("%q, %q: got %q, want %q", a, b, got.String(), want.String())
		}
	})
}
