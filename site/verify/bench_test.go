package verify

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// generated makes n articles of about 20 kB, each with eight headings, lists,
// links to other articles and a FAQ of five questions.
func generated(n int) fstest.MapFS {
	m := fsOf(goodSite())
	sentence := "Some plain words about groups, and how <em>people</em> talk in them &amp; listen to each other. "
	for i := range n {
		path := fmt.Sprintf("articles/a%d/", i)
		var qs []string
		var b strings.Builder
		for h := range 8 {
			fmt.Fprintf(&b, `<h2 id="part-%d">Part %d of the article</h2>`, h, h)
			for range 3 {
				fmt.Fprintf(&b, `<p>%s<a href="/blog/articles/a%d/#part-%d">More of it</a><sup><a id="cite-%d-%d" href="#part-1" role="doc-noteref">1</a></sup>.</p>`, strings.Repeat(sentence, 5), (i*7+h)%n, h, h, b.Len())
			}
			b.WriteString(`<ul><li>One item of a list</li><li>Another, with <a href="../../faq/">a link</a></li></ul>`)
		}
		b.WriteString(`<h2 id="faq">Frequently asked questions</h2>`)
		for q := range 5 {
			name := fmt.Sprintf("How does question %d of article %d go?", q, i)
			answer := fmt.Sprintf("<p>%s</p><ul><li>One</li><li>Two, <a href=\"https://clinic.example/blog/faq/\">three</a></li></ul>", strings.Repeat(sentence, 4))
			fmt.Fprintf(&b, `<h3 id="q%d">%s</h3>%s`, q, name, strings.ReplaceAll(answer, "https://clinic.example", ""))
			qs = append(qs, questionMarkup(path, fmt.Sprintf("q%d", q), name, answer))
		}
		m[path+"index.html"] = &fstest.MapFile{Data: []byte(document(path, fmt.Sprintf("Article %d", i), faqMarkup(path, qs...), b.String()))}
	}
	return m
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := generated(n)
			size := 0
			for _, f := range m {
				size += len(f.Data)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				r, ds, err := Check(b.Context(), Site{FS: m, BaseURL: base})
				if err != nil || len(ds) > 0 || r.Pages != n+4 {
					b.Fatalf("%+v %v\n%s", r, err, list(ds))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/page")
			b.ReportMetric(float64(size)/float64(len(m)), "B/file")
		})
	}
}

// What is kept of a page until the end is a small part of it.
func TestMemory(t *testing.T) {
	const n = 500
	m := generated(n)
	s := &site{fs: m}
	var err error
	if s.base, err = parseBase(base); err != nil {
		t.Fatal(err)
	}
	if err := s.list(findings{}); err != nil {
		t.Fatal(err)
	}
	s.facts = make([]facts, len(s.paths))
	w := newWorker(s)
	if err := w.check(0); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range s.paths {
		if err := w.check(int32(i)); err != nil {
			t.Fatal(err)
		}
	}
	w.page, w.json, w.hrefs = page{}, jsonDoc{}, nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / n; kept > 4000 {
		t.Errorf("%d bytes a page are kept, want less than 4000", kept)
	} else {
		t.Logf("%d bytes a page are kept", kept)
	}
	runtime.KeepAlive(w)
	runtime.KeepAlive(s)
}
