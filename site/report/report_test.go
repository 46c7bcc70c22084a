package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"clinicblog/site/diag"

	"golang.org/x/net/html"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func sample() Site {
	wrong := diag.Info{ID: "a-rule", Severity: diag.Error, Fix: "mend it"}
	return Site{Title: "Clinic <b>", Now: now, Complete: true, Pages: []Page{
		{Title: "About", Source: "content/about.md", URL: "https://clinic.example/about/", Language: "en", Review: "not reviewed", Words: 120, Links: 3, Bytes: 3100},
		{Title: "Process groups", Source: "content/groups/process.md", URL: "https://clinic.example/groups/process/", Language: "en", Review: "reviewed", Medical: true,
			Due: now.AddDate(0, 1, 0), Grade: 7.3, Words: 800, Citations: 4, Questions: 5, Bytes: 9000},
		{Title: "Support groups", Source: "content/groups/support.md", Review: "ran out", Medical: true, Missing: []string{"author", "date"}, Due: now.AddDate(0, 0, -1), Grade: 15.2},
		{Title: `<script>alert("x")</script>`, Source: "content/x.md", Review: "not reviewed", Medical: true,
			Findings: []diag.Diagnostic{wrong.At(diag.Pos{File: "content/x.md", Line: 3, Col: 1}, "it is <i>wrong</i>")}},
	}, Other: []diag.Diagnostic{wrong.At(diag.Pos{File: "public/main.css"}, "it is odd")}}
}

func write(t *testing.T, s Site) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReport(t *testing.T) {
	got := write(t, sample())
	for _, want := range []string{
		"<title>Clinic &lt;b&gt;: report for editors</title>", "4 pages, 2 errors and 0 advice.",
		`<a href="https://clinic.example/groups/process/">Process groups</a>`, `until <time datetime="2026-12-23">23 December 2026</time>`,
		`<span class="warn">ran out <time datetime="2026-11-22">`, `<td class="n">7.3</td><td class="n">800</td><td class="n">4</td>`, "9.0 kB",
		`<td>–</td>`, `<td>4 of 4</td>`, `<td>2 of 4<br><span class="quiet">no author, date</span></td>`,
		`<a href="#f0"><span class="warn">1 error</span></a>`, `<section class="page-findings" id="f0">`, "line 3: it is &lt;i&gt;wrong&lt;/i&gt;", "public/main.css: it is odd",
		"0 reviews run out in this month, 1 overdue, 1 medical page without a review.", "1 of 2 pages are above grade 8", "The heaviest is Process groups with 9.0 kB.",
		`<title id="reviews-title">Reviews that run out, by month: over: 1; Dec: 1; </title>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, banned := range []string{"<script", "ZgotmplZ", "<link", "src="} {
		if strings.Contains(got, banned) {
			t.Errorf("it holds %s", banned)
		}
	}
	order := []string{"content/x.md", "content/groups/support.md", "content/groups/process.md", "content/about.md"}
	at := 0
	for _, source := range order {
		i := strings.Index(got[at:], `<span class="quiet">`+source)
		if i < 0 {
			t.Fatalf("%s is not in its place", source)
		}
		at += i
	}
	if _, err := html.Parse(strings.NewReader(got)); err != nil {
		t.Error(err)
	}
	if again := write(t, sample()); again != got {
		t.Error("two reports differ")
	}
}

func TestEmptyReport(t *testing.T) {
	got := write(t, Site{Title: "Clinic", Now: now})
	for _, want := range []string{"0 pages", "There are none.", "There was no finished site"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(got, "<svg") {
		t.Error("a plot of nothing")
	}
}

// A large site has several tables, each with its heads, and a row's link leads to
// the findings of its own page.
func TestSheets(t *testing.T) {
	s := sample()
	wrong := s.Pages[3].Findings
	for i := range 450 {
		s.Pages = append(s.Pages, Page{Title: "Page", Source: fmt.Sprintf("content/z-%03d.md", i), Review: "none needed"})
	}
	s.Pages[len(s.Pages)-1].Findings = []diag.Diagnostic{{Pos: diag.Pos{File: "x", Line: 1}, Severity: diag.Advice, Rule: wrong[0].Rule, Message: "last"}}
	got := write(t, s)
	for _, want := range []string{"Pages 1 to 200 of 454. Pages with errors first", "<caption>Pages 201 to 400 of 454. </caption>", "<caption>Pages 401 to 454 of 454. </caption>"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(got, "<thead>"); n != 3 {
		t.Errorf("%d heads", n)
	}
	for i := range 454 {
		if link := fmt.Sprintf(`href="#f%d"`, i); strings.Contains(got, link) != strings.Contains(got, fmt.Sprintf(`id="f%d"`, i)) {
			t.Errorf("%s leads nowhere, or nothing leads there", link)
		}
	}
}

func BenchmarkReport(b *testing.B) {
	s := sample()
	for i := range 10_000 {
		p := s.Pages[i%3]
		p.Source = fmt.Sprint(i)
		s.Pages = append(s.Pages, p)
	}
	for b.Loop() {
		if err := Write(io.Discard, s); err != nil {
			b.Fatal(err)
		}
	}
}
