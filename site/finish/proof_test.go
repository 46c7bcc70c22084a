package finish

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// minifiedArticle returns the page with its graph, before and after.
func minifiedArticle(t testing.TB) (w *worker, before, after []byte) {
	t.Helper()
	w = newWorker(newStamps())
	in, err := w.inject(article(), graph())
	if err != nil {
		t.Fatal(err)
	}
	before = bytes.Clone(in)
	min, err := w.minify(before)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.found) > 0 {
		t.Fatal(w.found)
	}
	return w, before, bytes.Clone(min)
}

// equal compares the canonical forms of two pages, and holds same, which the
// proof uses, against that.
func equal(t testing.TB, w *worker, before, after []byte) bool {
	t.Helper()
	forms := bytes.Equal(w.before.page(before), w.after.page(after))
	if got := same(&w.before, &w.after, before, after); got != forms {
		t.Errorf("same says %v of %q and %q, whose forms are %q and %q", got, before, after, w.before.page(before), w.after.page(after))
	}
	return forms
}

func TestArticleIsProved(t *testing.T) {
	w, before, after := minifiedArticle(t)
	if !equal(t, w, before, after) {
		t.Fatal(difference(w.before.page(before), w.after.page(after)))
	}
	if got, limit := len(after), len(before)*96/100; got > limit {
		t.Errorf("minified article has %d bytes, want at most %d", got, limit)
	}
}

// TestLossesAreSeen takes something from the minified article, as a faulty
// minifier would, and expects the proof to fail.
func TestLossesAreSeen(t *testing.T) {
	losses := []struct{ name, old, new string }{
		{"word", " leader is", " is"},
		{"letter", "ready.", "redy."},
		{"case of text", "People in", "people in"},
		{"quotation mark", "&ldquo;between&rdquo;", "&quot;between&quot;"},
		{"space before inline tag", `People in <a`, `People in<a`},
		{"space after inline tag", `</a> talk`, `</a>talk`},
		{"space between inline tags", `</a>, <time`, `</a>,<time`},
		{"space into the link", `People in <a href="/groups/process/">`, `People in<a href="/groups/process/"> `},
		{"space out of the link", `</strong> is`, ` </strong>is`},
		{"space in pre", "a  b\n  c", "a b\n  c"},
		{"newline in pre", "a  b\n  c", "a  b   c"},
		{"href", `href="/groups/process/"`, `href="/groups/"`},
		{"tel", `tel:+1555`, `tel:1555`},
		{"src", `src="/img/circle.webp"`, `src="/img/circle.jpg"`},
		{"srcset", `400w`, `800w`},
		{"sizes", `40rem,`, `41rem,`},
		{"alt", ` alt="Chairs in a circle"`, ``},
		{"alt text", `Chairs in a circle`, `Chairs`},
		{"width", `width="800"`, `width="80"`},
		{"id", ` id="section-3"`, ``},
		{"id case", `id="section-3"`, `id="Section-3"`},
		{"order of attributes", `loading="lazy" decoding="async"`, `decoding="async" loading="lazy"`},
		{"lang", ` lang="en"`, ``},
		{"aria", ` aria-current="page"`, ``},
		{"role", `role="doc-noteref"`, `role="doc-backlink"`},
		{"datetime", `datetime="2026-01-02T08:00:00Z"`, `datetime="2026-01-02"`},
		{"class", `class="page article"`, `class="page"`},
		{"scope", ` scope="col"`, ``},
		{"colspan", ` colspan="2"`, ``},
		{"headers", `headers="a b"`, `headers="a"`},
		{"boolean attribute", ` disabled`, ``},
		{"button type", ` type="button"`, ``},
		{"title", `Types of group therapy & what`, `Types of group therapy what`},
		{"description", `what each is for + whom`, `what each is for whom`},
		{"meta", `<meta charset="utf-8">`, ``},
		{"viewport", `initial-scale=1`, `initial-scale=2`},
		{"canonical", `rel="canonical"`, `rel="alternate"`},
		{"icon", `/svg'/%3E`, `/svg'%3E`},
		{"doctype", `<!doctype html>`, ``},
		{"doctype of another age", `<!doctype html>`, `<!doctype html public "x">`},
		{"head", `</head>`, ``},
		{"end tag", `</li>`, ``},
		{"element", `<caption>The types compared</caption>`, `<div>The types compared</div>`},
		{"emphasis", `<strong>that</strong>`, `that`},
		{"sup", `<sup>`, `<sub>`},
		{"JSON-LD word", `fixed hour`, `fixed`},
		{"JSON-LD number", `100000`, `1e5`},
		{"JSON-LD type", `application/ld+json`, `application/json`},
		{"JSON-LD", ldOpen, ldOpen + " "},
		{"script", `classList.add("js")`, `classList.add("no-js")`},
		{"style", `light-dark( #111`, `light-dark( #222`},
		{"scheme", `https://clinic.example/articles`, `//clinic.example/articles`},
		{"comment put in", `<main`, `<!-- <main -->`},
	}
	for _, l := range losses {
		t.Run(l.name, func(t *testing.T) {
			w, before, after := minifiedArticle(t)
			worse := bytes.Replace(after, []byte(l.old), []byte(l.new), 1)
			if bytes.Equal(worse, after) {
				t.Fatalf("the minified article does not hold %q", l.old)
			}
			if equal(t, w, before, worse) {
				t.Errorf("%q for %q is not seen", l.new, l.old)
			}
		})
	}
}

// TestSameMeaning lists pairs that a minifier may make of each other.
func TestSameMeaning(t *testing.T) {
	for _, p := range sameMeaning {
		w := newWorker(newStamps())
		if before, after := []byte(p[0]), []byte(p[1]); !equal(t, w, before, after) {
			t.Errorf("%s and %s differ: %s", p[0], p[1], difference(w.before.page(before), w.after.page(after)))
		}
	}
}

var sameMeaning = [][2]string{
	{`<p> a  b </p> <p>c`, `<p>a b</p><p>c`},
	{`a <b> b</b>`, `a <b>b</b>`},
	{`<p><b>a </b></p>`, `<p><b>a</b></p>`},
	{`a <!-- x --> b`, `a b`},
	{"a<br> b", "a<br>b"},
	{`&ldquo;&#39;&amp;&#x41;`, `“'&amp;A`},
	{`<A HREF='x'>`, `<a href="x">`},
	{`<a href=" HTTPS://x/Y ">`, `<a href="https://x/Y">`},
	{`<a href="data:text/plain;charset=US-ASCII,a%20b">`, `<a href="data:,a b">`},
	{`<a href="data:image/png;base64,YWI=">`, `<a href="data:image/png,ab">`},
	{`<input disabled="disabled">`, `<input disabled>`},
	{`<p class="  a	b " id="">`, `<p class="a b">`},
	{`<a name="x" id="x">`, `<a id="x">`},
	{`<form action="">`, `<form>`},
	{`<input type="text" value="">`, `<input type="text">`},
	{`<meta name="viewport" content="width=device-width, initial-scale=1.0">`, `<meta name="viewport" content="width=device-width,initial-scale=1">`},
	{`<meta name="keywords" content="a, b">`, `<meta name="keywords" content="a,b">`},
	{`<script></script>a`, `a`},
	{`<table><colgroup><col></colgroup>`, `<table><col>`},
	{"<title>\n a  b </title>", `<title>a b</title>`},
	{`<br/>`, `<br>`},
	{`<!DOCTYPE  HTML>`, `<!doctype html>`},
	{`<script type="application/json"> {"a": 1} </script>`, `<script type="application/json">{"a":1}</script>`},
	{`<style> a { color: red } </style>`, `<style>a{color:red}</style>`},
}

// TestOtherMeaning lists pairs that look alike and are not.
func TestOtherMeaning(t *testing.T) {
	for _, p := range otherMeaning {
		w := newWorker(newStamps())
		if equal(t, w, []byte(p[0]), []byte(p[1])) {
			t.Errorf("%s and %s are taken for the same", p[0], p[1])
		}
	}
}

var otherMeaning = [][2]string{
	{`a <b>b`, `a<b> b`},
	{`a <img> b`, `a <img>b`},
	{`a <button> b </button> c`, `a <button>b</button>c`},
	{`a <i class=x></i> b`, `a <i class=x></i>b`},
	{`a <my-icon></my-icon> b`, `a <my-icon></my-icon>b`},
	{`a <template>x</template> b`, `a<template>x</template>b`},
	{`a <noscript>b</noscript> c`, `a<noscript>b</noscript>c`},
	{`a&nbsp;b`, `a b`},
	{`a&nbsp;<b>`, `a<b>`},
	{`&amp;lt;`, `&lt;`},
	{`<a href="?a&amp;copy=1">`, `<a href="?a&copy;=1">`},
	{`<a href="x" href="y">`, `<a href="y" href="x">`},
	{`<input type="checkbox" value="">`, `<input type="checkbox">`},
	{`<x-y open="later">`, `<x-y open>`},
	{`<a id="x" name="y">`, `<a id="x">`},
	{`<textarea> a</textarea>`, `<textarea>a</textarea>`},
	{`<svg><text>a  b</text></svg>`, `<svg><text>a b</text></svg>`},
	{`<svg viewBox="0 0 1 1"><path/></svg>`, `<svg viewbox="0 0 1 2"><path/></svg>`},
	{`<svg><path/></svg>`, `<svg><path></svg>`},
	{`<script src=x></script>`, `<script></script>`},
	{`<script type="text/template"> a </script>`, `<script type="text/template">a</script>`},
	{`<script>a("x")</script>`, `<script>a("y")</script>`},
	{`<a title=" x">`, `<a title="x">`},
	{`<p data-x="a  b">`, `<p data-x="a b">`},
	{`<input pattern="a  b">`, `<input pattern="a b">`},
	{"<p>a\x01b", "<p>a\x0e\x01b"},
	{`<p>a</p>`, `<p>a`},
	{`<table><colgroup span=2>`, `<table>`},
	{`<a href="https://a/">`, `<a href="//a/">`},
	{`<a href="data:image/png;base64,YWI=">`, `<a href="data:image/png,ac">`},
	{`<meta name="viewport" content="a=1">`, `<meta name="viewport" content="a=2">`},
}

// TestFaultyMinifier shows what tdewolff/minify v2.24.25 loses, and that the
// page then keeps its bytes and is reported.
func TestFaultyMinifier(t *testing.T) {
	for _, page := range []string{
		`<input type=checkbox name=a value="">`,
		`<p>foo <template>x</template> bar`,
		`<p>foo <my-icon></my-icon> bar`,
		`<p>foo <noscript>bar</noscript> baz`,
		`<input pattern="a  b">`,
		`<style>x::part(Foo) { color: red }</style>`,
		`<script>var a = "</scr" + "ipt>"</script>`,
	} {
		w := newWorker(newStamps())
		out, err := w.page("x.html", []byte(page), nil)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimSpace(string(out))
		if !equal(t, w, []byte(page), out) && len(w.found) == 0 {
			t.Errorf("%s became %s", page, text)
		}
		if len(w.found) == 0 || w.found[0].Rule != "minify-proof" {
			t.Errorf("%s became %s, findings %v", page, text, w.found)
		}
	}
}

// FuzzHTML finishes any bytes as a page. Whatever comes out says the same as
// what went in, twice.
func FuzzHTML(f *testing.F) {
	for _, src := range markup {
		f.Add([]byte(src))
	}
	f.Add([]byte("<head></head><p>a <b>b </b> c<i></i> <img> <svg><title>x</title></svg> d"))
	f.Add([]byte("<style>a { b : c }</style><script>let a = 1</script><script type=application/json>{ }</script>"))
	f.Fuzz(func(t *testing.T, src []byte) {
		w := newWorker(newStamps())
		out, err := w.content(file{path: "x.html", kind: kindHTML}, bytes.Clone(src), nil)
		if err != nil {
			t.Fatal(err)
		}
		out = bytes.Clone(out)
		src = bytes.TrimPrefix(src, []byte("\ufeff"))
		if want, got := tree(t, src), tree(t, out); want != got {
			t.Errorf("%q became %q: x/net/html sees %q instead of %q", src, out, got, want)
		}
		if !equal(t, w, src, out) && !bytes.Equal(src, out) {
			t.Errorf("%q became %q: %s", src, out, difference(w.before.page(src), w.after.page(out)))
		}
	})
}

// FuzzSame holds same against the forms of any two pages. The two share a
// beginning and an end, so that they part and may come together again.
func FuzzSame(f *testing.F) {
	for _, pairs := range [][][2]string{sameMeaning, otherMeaning} {
		for _, p := range pairs {
			f.Add([]byte("<p>a <b>b "), []byte(p[0]), []byte(p[1]), []byte(" c</b> <i></i> d"))
			f.Add([]byte("x <svg>"), []byte(p[0]), []byte(p[1]), []byte("</svg> <pre> y\n</pre>"))
		}
	}
	for i, src := range markup {
		f.Add([]byte("a "), []byte(src), []byte(markup[(i+1)%len(markup)]), []byte("</"))
	}
	f.Fuzz(func(t *testing.T, before, one, other, after []byte) {
		w := newWorker(newStamps())
		equal(t, w, slices.Concat(before, one, after), slices.Concat(before, other, after))
	})
}

// tree returns what x/net/html, which the proof does not use, makes of a page:
// its words without spaces, and its addresses and ids.
func tree(t *testing.T, src []byte) string {
	t.Helper()
	root, err := html.ParseWithOptions(bytes.NewReader(src), html.ParseOptionEnableScripting(false))
	if err != nil {
		return "" // nested too deeply
	}
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.Data != "script" && n.Parent.Data != "style" {
				b.WriteString(strings.Join(strings.FieldsFunc(n.Data, func(r rune) bool { return r <= ' ' }), ""))
			}
		case html.ElementNode:
			for _, a := range n.Attr {
				if (a.Key == "href" || a.Key == "id" || a.Key == "alt") && n.Namespace == "" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "data:") {
					b.WriteString("\n" + a.Key + "=" + strings.ToLower(strings.TrimFunc(a.Val, func(r rune) bool { return r <= ' ' })) + "\n")
				}
			}
		}
	}
	return strings.ReplaceAll(b.String(), "\nid=\n", "")
}
