package finish

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// article is a page as the layouts make them, of about 20 kB.
func article() []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <title>Types of group therapy &amp; what each is for</title>
    <meta name="description" content="Five types of group therapy, what each is for &#43; whom it suits.">
    <link rel="canonical" href="https://clinic.example/articles/group-therapy/">
    <link rel="stylesheet" href="/css/main.` + strings.Repeat("ab", 32) + `.css" integrity="sha256-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=">
    <!-- icons -->
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">
    <style>
      :root { color-scheme: light dark; --ink: light-dark( #111 , #eee ) }
    </style>
    <script>
      document.documentElement.classList.add( 'js' );
    </script>
  </head>
  <body class="page  article">
    <a class="skip" href="#main">Skip to content</a>
    <header>
      <nav aria-label="Main">
        <ul>
          <li><a href="/">Home</a></li>
          <li><a href="/groups/" aria-current="page">Groups</a></li>
        </ul>
      </nav>
    </header>
    <main id="main">
      <h1>Types of group therapy</h1>
      <p>By <a rel="author" href="/people/editorial-team/">Editorial team</a>, <time datetime="2026-01-02T08:00:00Z">2 January 2026</time></p>
      <img src="/img/circle.webp" alt="Chairs in a circle" width="800" height="600" loading="lazy" decoding="async"
        srcset="/img/circle-400.webp 400w,
                /img/circle-800.webp 800w" sizes="(min-width: 40rem) 40rem,  100vw">
`)
	for i := range 8 {
		fmt.Fprintf(&b, `      <section>
        <h2 id="section-%d">Heading %d: what &ldquo;process&rdquo; means <a class="anchor" href="#section-%d" aria-hidden="true">#</a></h2>
`, i, i, i)
		for j := range 5 {
			fmt.Fprintf(&b, `        <p>People in <a href="/groups/process/">process groups</a> talk about what happens &ldquo;between&rdquo; them, and <strong>that</strong> is the work: the group is small, the leader is trained, and nobody has to speak before they are ready. It&rsquo;s about as well as residential care.<sup><a id="cite-%d-%d" href="#ref-mccarty-2014" role="doc-noteref">%d</a></sup> Call <a href="tel:&#43;15555550142">555-0142</a> to ask &mdash; it is free.</p>
`, i, j, j)
		}
		b.WriteString(`        <ul>
          <li>One thing to remember</li>
          <li>Another <em>thing</em> to remember</li>
        </ul>
      </section>
`)
	}
	b.WriteString(`      <table>
        <caption>The types compared</caption>
        <thead><tr><th scope="col">Type</th><th scope="col" colspan="2">Size</th></tr></thead>
        <tbody><tr><th scope="row">Process</th><td headers="a  b">6</td><td>12</td></tr></tbody>
      </table>
      <pre><code>a  b
  c</code></pre>
    </main>
    <footer>
      <p>Call or text <a href="tel:988">988</a> <button type="button" disabled>Close </button></p>
    </footer>
  </body>
</html>
`)
	return []byte(b.String())
}

// graph is JSON-LD as the schema package writes it, of about 6 kB.
func graph() []byte {
	var b strings.Builder
	b.WriteString(`{"@context":"https://schema.org","@graph":[{"@type":"MedicalWebPage","n":100000}`)
	for i := range 20 {
		fmt.Fprintf(&b, `,{"@type":"Question","@id":"https://clinic.example/a/#q%d","name":"What is group %d?","acceptedAnswer":{"@type":"Answer","text":"\u003cp\u003eA group is a small number of people who meet with a leader, at a fixed hour, for a fixed time, to work on what they have in common.\u003c/p\u003e"}}`, i, i)
	}
	b.WriteString("]}")
	return []byte(b.String())
}

func BenchmarkPage(b *testing.B) {
	src, g := article(), graph()
	dir := b.TempDir()
	name := filepath.Join(dir, "index.html")
	b.Run("all", func(b *testing.B) {
		w := newWorker(newStamps())
		for b.Loop() {
			if err := os.WriteFile(name, src, 0o644); err != nil {
				b.Fatal(err)
			}
			if _, err := w.edit(name, func(src []byte) ([]byte, error) {
				return w.content(file{path: "index.html", kind: kindHTML}, src, g)
			}); err != nil {
				b.Fatal(err)
			}
		}
		if len(w.found) > 0 {
			b.Fatal(w.found)
		}
		b.ReportMetric(float64(len(src)), "bytes")
	})
	b.Run("setup", func(b *testing.B) {
		for b.Loop() {
			os.WriteFile(name, src, 0o644)
		}
	})
	w := newWorker(newStamps())
	in, err := w.inject(src, g)
	if err != nil {
		b.Fatal(err)
	}
	in = bytes.Clone(in)
	min, err := w.minify(in)
	if err != nil {
		b.Fatal(err)
	}
	min = bytes.Clone(min)
	b.Run("inject", func(b *testing.B) {
		for b.Loop() {
			w.inject(src, g)
		}
	})
	b.Run("minify", func(b *testing.B) {
		for b.Loop() {
			w.minify(in)
		}
	})
	b.Run("prove", func(b *testing.B) {
		for b.Loop() {
			if !same(&w.before, &w.after, in, min) {
				b.Fatal("not the same")
			}
		}
	})
}
