package lint

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// An example is a line of the labelled corpus: Markdown that stands in one of
// the corpus's pages, and what a careful editor would say of it. Those of
// injected.jsonl have a topic and no labels.
type example struct {
	ID, Class, Topic, Page, Text string
	Labels                       []string

	page        *content.Page
	first, last int // lines of the page
}

// A half is one folder of the corpus: tuning, or frozen, on which nobody tunes.
type half struct {
	name, dir string
	hosts     map[string]string // Markdown, by name
}

func halves(tb testing.TB) []half {
	tb.Helper()
	dirs, err := filepath.Glob("testdata/corpus/*/claims.jsonl") // text to fit on has none
	if err != nil || len(dirs) == 0 {
		tb.Fatalf("no corpus: %v", err)
	}
	var all []half
	for _, dir := range dirs {
		dir = filepath.Dir(dir)
		h := half{name: filepath.Base(dir), dir: dir, hosts: map[string]string{}}
		files, err := filepath.Glob(filepath.Join(dir, "pages", "*.md"))
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range files {
			src, err := os.ReadFile(f)
			if err != nil {
				tb.Fatal(err)
			}
			h.hosts[strings.TrimSuffix(filepath.Base(f), ".md")] = string(src)
		}
		all = append(all, h)
	}
	return all
}

// examples reads a file of the half, each example within its page.
func (h half) examples(tb testing.TB, file string) []example {
	tb.Helper()
	f, err := os.Open(filepath.Join(h.dir, file))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var all []example
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		e.page, e.first, e.last = h.within(tb, e.Page, e.Text)
		all = append(all, e)
	}
	return all
}

// within puts a text before the third heading of a page, and tells the lines on
// which it stands; "" leaves the page as it is.
func (h half) within(tb testing.TB, name, text string) (p *content.Page, first, last int) {
	tb.Helper()
	src := h.hosts[name]
	if src == "" {
		tb.Fatalf("no page %s in %s", name, h.dir)
	}
	if text != "" {
		at := 0
		for range 3 {
			if next := strings.Index(src[at+1:], "\n## "); next >= 0 {
				at += next + 1
			}
		}
		head := src[:at] + "\n"
		first = strings.Count(head, "\n") + 1
		last = first + strings.Count(text, "\n")
		src = head + text + "\n" + src[at:]
	}
	file := "content/articles/" + name + ".md"
	if strings.Contains(src, "\nlang: es\n") {
		file = "content/articles/" + name + ".es.md"
	}
	p = content.Parse(file, []byte(src), content.Options{Now: now, Languages: corpusLanguages}, func(diag.Diagnostic) {})
	if p == nil {
		tb.Fatalf("page %s cannot be read", name)
	}
	return p, first, last
}

var corpusLanguages = []content.Language{{Key: "en", Tag: "en"}, {Key: "es", Tag: "es"}}

// labelled are the rules that the corpus has labels for, by label.
var labelled = map[string][]string{
	"uncited-evidence": nil, "uncited-number": nil, "absolute-outcome": nil, "superlative": nil, "success-rate": nil, "low-dose": nil,
	"absolute-confidentiality": nil, "privacy-claim": nil, "testimonial": nil, "stop-suddenly": nil, "stale-crisis-number": nil,
	"person-label": nil, "abuse-term": nil, "clean-dirty": nil, "suicide-term": nil, "suffering": nil,
	"mentally-ill": {"condition-label", "people-first"},
}

// A tally counts right and wrong findings of one label.
type tally struct{ right, wrong, missed, blocks int }

func (t *tally) add(o tally) {
	t.right, t.wrong, t.missed, t.blocks = t.right+o.right, t.wrong+o.wrong, t.missed+o.missed, t.blocks+o.blocks
}

func (t tally) precision() float64 { return share(t.right, t.right+t.wrong) }
func (t tally) recall() float64    { return share(t.right, t.right+t.missed) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (t tally) String() string {
	return fmt.Sprintf("precision %.3f  recall %.3f  false alarms per 1,000 blocks %5.2f  (%d right, %d wrong, %d missed)",
		t.precision(), t.recall(), 1000*share(t.wrong, t.blocks), t.right, t.wrong, t.missed)
}

// labelsOf returns the labels that our rules give the lines of a page, with what
// they say.
func labelsOf(p *content.Page, first, last int) map[string]string {
	s := Subject{Index: &content.Index{Pages: []*content.Page{p}, Languages: corpusLanguages}, Now: now, Settings: Defaults()}
	given := map[string]string{}
	judged := map[string][]diag.Diagnostic{}
	for _, d := range judge(s, pageRules) {
		judged[d.Rule] = append(judged[d.Rule], d)
	}
	for label, ids := range labelled {
		for _, id := range append(ids, label) {
			for _, d := range judged[id] {
				if d.Pos.Line >= first && d.Pos.Line <= last {
					given[label] = d.Message
				}
			}
		}
	}
	return given
}

// wordingTallies judges every example of a half, and its pages as they are.
// Examples on which we and the labels differ go to note.
func (h half) wordingTallies(tb testing.TB, note func(format string, args ...any)) map[string]*tally {
	tallies := map[string]*tally{}
	for label := range labelled {
		tallies[label] = &tally{}
	}
	judge := func(id, text string, p *content.Page, first, last, blocks int, labels []string) {
		given := labelsOf(p, first, last)
		for label, t := range tallies {
			message, got := given[label]
			want := slices.Contains(labels, label)
			one := tally{blocks: blocks}
			switch {
			case got && want:
				one.right = 1
			case got:
				one.wrong = 1
				note("%s: wrong %s: %s\n    %s", id, label, message, text)
			case want:
				one.missed = 1
				note("%s: missed %s\n    %s", id, label, text)
			}
			t.add(one)
		}
	}
	for _, file := range []string{"claims.jsonl", "legitimate.jsonl"} {
		for _, e := range h.examples(tb, file) {
			judge(e.ID, e.Text, e.page, e.first, e.last, 1, e.Labels)
		}
	}
	for name := range h.hosts {
		p, _, _ := h.within(tb, name, "")
		judge(name, "", p, 1, 1<<20, len(p.Blocks), nil)
	}
	return tallies
}

// BenchmarkCorpus prints how well the rules agree with the labels, half by half:
//
//	go test -run '^$' -bench Corpus ./site/lint
//
// -v prints the examples of the tuning half on which they differ, too.
func BenchmarkCorpus(b *testing.B) {
	for _, h := range halves(b) {
		note := func(string, ...any) {}
		if testing.Verbose() && h.name == "tuning" {
			note = func(format string, args ...any) { fmt.Printf(format+"\n", args...) }
		}
		printTallies(h.name, h.wordingTallies(b, note))
	}
}

func printTallies(name string, tallies map[string]*tally) {
	var all tally
	labels := make([]string, 0, len(tallies))
	for label, t := range tallies {
		labels = append(labels, label)
		all.add(tally{right: t.right, wrong: t.wrong, missed: t.missed, blocks: 0})
		all.blocks = t.blocks
	}
	slices.Sort(labels)
	fmt.Printf("%s, %d blocks\n", name, all.blocks)
	for _, label := range labels {
		fmt.Printf("  %-26s %s\n", label, tallies[label])
	}
	fmt.Printf("  %-26s %s\n", "all", all)
}

// A change that costs precision or recall on the half that we tune on is not to
// pass unnoticed.
func TestCorpusFloor(t *testing.T) {
	for _, h := range halves(t) {
		if h.name != "tuning" {
			continue
		}
		for label, tally := range h.wordingTallies(t, t.Logf) {
			if tally.precision() < 0.95 || tally.recall() < 0.95 {
				t.Errorf("%s: %s", label, tally)
			}
		}
	}
}

// BenchmarkPages judges articles of some 7 kB.
func BenchmarkPages(b *testing.B) {
	h := halves(b)[0]
	var pages []*content.Page
	size := 0
	for len(pages) < 1000 {
		for name, src := range h.hosts {
			p, _, _ := h.within(b, name, "")
			pages = append(pages, p)
			size += len(src)
		}
	}
	s := Subject{Index: &content.Index{Pages: pages, Languages: corpusLanguages}, Now: now, Settings: Defaults()}
	b.SetBytes(int64(size))
	for b.Loop() {
		judge(s, pageRules)
	}
}

// One paragraph of a megabyte, without and with ends of sentences, takes time in
// proportion: were it the square, this test would not end.
func TestEndlessText(t *testing.T) {
	for _, text := range []string{
		"studies show we guarantee no cure says \"Ann R.\" 9 out of 10 addicts clean ", "Studies show we guarantee 9 in 10. ",
		"Ann came to us and she drank, says Bea. ", "100% confidential, HIPAA certified, our success rate is 92%. ", "Stop your pills today! Our IOP is 2 hours a week. ",
	} {
		p := content.Parse("content/a.md", []byte("---\ntitle: A\n---\n"+strings.Repeat(text, 1<<20/len(text))), content.Options{Now: now}, func(diag.Diagnostic) {})
		if found := judge(Subject{Index: &content.Index{Pages: []*content.Page{p}}, Now: now, Settings: Defaults()}, pageRules); len(found) == 0 {
			t.Error("nothing found")
		}
	}
}
