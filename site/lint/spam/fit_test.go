package spam

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var write = flag.Bool("fit", false, "write the model that BenchmarkFit fits")

// A sample is a block on its page, and whether it was injected.
type sample struct {
	id, class string
	text      Text
	page      counts // the stems of the rest of the page
	injected  bool
}

// samples reads a half of the corpus. The blocks of the pages are legitimate too.
func samples(t testing.TB, j *Judge, dir string) []sample {
	t.Helper()
	var all []sample
	pages := map[string]counts{}
	langs := map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "pages", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		langs[name] = "en"
		if bytes.Contains(src, []byte("\nlang: es")) {
			langs[name] = "es"
		}
		var readings []*reading
		for _, b := range blocks(string(src)) {
			readings = append(readings, j.read(Text{Words: b.Text, Lang: langs[name]}))
		}
		page := make(counts, len(j.seen))
		for _, r := range readings {
			r.count(page, 1)
		}
		pages[name] = page
		for _, r := range readings {
			rest := slices.Clone(page)
			r.count(rest, -1)
			all = append(all, sample{id: name, class: "page", text: r.Text, page: rest})
		}
	}
	for _, name := range []string{"legitimate", "claims", "injected"} {
		data, err := os.ReadFile(filepath.Join(dir, name+".jsonl"))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var row struct{ ID, Class, Page, Text string }
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatal(err)
			}
			if row.Class == "" {
				row.Class = name
			}
			var words []string
			text := Text{}
			for _, b := range blocks("---\ntitle: t\n---\n" + row.Text) {
				if b.Kind == content.Field {
					continue
				}
				words = append(words, b.Text)
				for _, l := range b.Links {
					text.Linked = text.Linked || strings.HasPrefix(l.Destination, "http") && !official.MatchString(l.Destination)
				}
			}
			text.Words = strings.ReplaceAll(strings.Join(words, " "), "\u200b", "")
			text.Lang = Language(text.Words, langs[row.Page])
			all = append(all, sample{row.ID, row.Class, text, pages[row.Page], name == "injected"})
		}
	}
	return all
}

var official = regexp.MustCompile(`https?://[^/]*\.(gov|edu|mil)\b`)

func blocks(src string) []content.Block {
	p := content.Parse("content/a.md", []byte(src), content.Options{Languages: []content.Language{{Key: "en", Tag: "en-US"}}}, func(diag.Diagnostic) {})
	return p.Blocks
}

// An example is a sample as the model sees it: its parts, and their stems.
type example struct {
	sample
	parts []Verdict
	stems [][]string
}

func examples(j *Judge, samples []sample) []example {
	names := map[int]string{}
	var all []example
	for _, s := range samples {
		r := j.read(s.text)
		e := example{sample: s}
		for _, start := range r.starts() {
			e.parts = append(e.parts, r.measure(start, s.page))
			var stems []string
			r.distinct(start, s.page, func(w *word) {
				if names[w.stem] == "" {
					for name, number := range j.stems {
						names[number] = name
					}
				}
				stems = append(stems, names[w.stem])
			})
			e.stems = append(e.stems, stems)
		}
		if len(e.parts) > 0 {
			all = append(all, e)
		}
	}
	return all
}

func (e example) score(m *model, part int) float64 {
	words := 0.0
	for _, s := range e.stems[part] {
		words += m.words[s]
	}
	return m.score(e.parts[part].features, words)
}

// best is the part that scores most, and sells as Verdict.Sells does.
func (e example) best(m *model) Verdict {
	v := Verdict{}
	for i := range e.parts {
		if s := e.score(m, i); i == 0 || s > v.Score {
			v = e.parts[i]
			v.Score = s
		}
	}
	return v
}

// fit is logistic regression in which an example stands for its best part.
func fit(all []example, ridge, wordRidge float64) *model {
	m := &model{words: map[string]float64{}}
	chosen := make([]int, len(all))
	for round := range 6 {
		for i, e := range all {
			best := math.Inf(-1)
			for j := range e.parts {
				s := e.score(m, j)
				if round == 0 {
					s = -float64(j)
					if e.injected && e.class == "contextual" {
						s = float64(j)
					}
				}
				if s > best {
					best, chosen[i] = s, j
				}
			}
		}
		for range 400 {
			var g features
			gw := map[string]float64{}
			gb, n := 0.0, 0.0
			for i, e := range all {
				y, weight := 0.0, 1.0
				if e.injected {
					y, weight = 1, 2
				}
				d := weight * (e.score(m, chosen[i]) - y)
				for k, x := range e.parts[chosen[i]].features {
					g[k] += d * x
				}
				for _, s := range e.stems[chosen[i]] {
					gw[s] += d
				}
				gb += d
				n += weight
			}
			for k := range m.features {
				m.features[k] -= 0.8 * (g[k]/n + ridge*m.features[k])
			}
			for s, d := range gw {
				m.words[s] -= 8 * (d/n + wordRidge*m.words[s])
			}
			m.bias -= 0.8 * gb / n
		}
	}
	return m
}

// A result is what a model says of samples: hits and all, by class. What is not
// injected is of the class clean.
type result struct{ hits, of map[string]int }

var injectedClasses = []string{"linked", "unlinked", "contextual", "spanish", "hidden"}

func measure(all []example, sells func(example) bool) result {
	r := result{map[string]int{}, map[string]int{}}
	for _, e := range all {
		classes := []string{"clean", e.class}
		if e.injected {
			classes[0] = "injected"
		}
		for _, c := range classes {
			r.of[c]++
			if sells(e) {
				r.hits[c]++
			}
		}
	}
	return r
}

func (r result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "recall %.3f, false alarms %.1f in 1,000 (%d of %d)", float64(r.hits["injected"])/float64(r.of["injected"]), 1000*float64(r.hits["clean"])/float64(r.of["clean"]), r.hits["clean"], r.of["clean"])
	for _, c := range slices.Sorted(maps.Keys(r.of)) {
		if c != "injected" && c != "clean" && (r.hits[c] > 0 || slices.Contains(injectedClasses, c)) {
			fmt.Fprintf(&b, "; %s %d of %d", c, r.hits[c], r.of[c])
		}
	}
	return b.String()
}

func corpus(t testing.TB, names ...string) []example {
	j := NewJudge()
	var all []example
	for _, name := range names {
		all = append(all, examples(j, samples(t, j, filepath.Join("../testdata/corpus", name)))...)
	}
	return all
}

// BenchmarkFit fits the model on the training text and the tuning half of the
// corpus, and with -fit writes it. Before, it says how well such a model does on
// text that it was not fitted on: by cross-validation.
func BenchmarkFit(b *testing.B) {
	all := corpus(b, "tuning", "training")
	const ridge, wordRidge = 0.0005, 0.001
	for range b.N {
		verdicts := map[string]Verdict{}
		const folds = 4
		for k := range folds {
			var fitOn, testOn []example
			for i, e := range all {
				if i%folds == k {
					testOn = append(testOn, e)
				} else {
					fitOn = append(fitOn, e)
				}
			}
			m := fit(fitOn, ridge, wordRidge)
			for _, e := range testOn {
				verdicts[e.id+e.text.Words] = e.best(m)
			}
		}
		b.Log("text held out:", measure(all, func(e example) bool { return verdicts[e.id+e.text.Words].Sells() }))
		if !*write {
			continue
		}
		f, err := os.Create("model.txt")
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(fit(all, ridge, wordRidge).write(f), f.Close()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCorpus says how the shipped model does on each half of the corpus.
func BenchmarkCorpus(b *testing.B) {
	for _, half := range []string{"tuning", "frozen"} {
		if all := corpus(b, half); len(all) > 0 {
			b.Log(half+":", measure(all, func(e example) bool { return e.best(fitted).Sells() }))
		}
	}
}

// TestTuning holds the shipped model to the half that it was tuned on: a change of
// a lexicon that makes it worse is seen here.
func TestTuning(t *testing.T) {
	r := measure(corpus(t, "tuning"), func(e example) bool { return e.best(fitted).Sells() })
	t.Log(r)
	if recall := float64(r.hits["injected"]) / float64(r.of["injected"]); recall < 0.9 {
		t.Errorf("recall %.3f, want 0.9", recall)
	}
	if r.hits["clean"]*1000 > 2*r.of["clean"] {
		t.Errorf("%d false alarms among %d blocks, want at most 2 in 1,000", r.hits["clean"], r.of["clean"])
	}
}

// BenchmarkPage judges a page of the corpus, as a build does with every page.
func BenchmarkPage(b *testing.B) {
	src, err := os.ReadFile("../testdata/corpus/tuning/pages/alcohol-withdrawal.md")
	if err != nil {
		b.Fatal(err)
	}
	var texts []Text
	for _, block := range blocks(string(src)) {
		texts = append(texts, Text{Words: block.Text, Lang: "en"})
	}
	b.SetBytes(int64(len(src)))
	j := NewJudge()
	for b.Loop() {
		j.Page(texts)
	}
}

// The words that a clinic calls its own speak for a block that uses them.
func TestOwnWords(t *testing.T) {
	text := Text{Words: "The kayak club meets at the lake on Saturday: paddles, vests and the rental of boats are free.", Lang: "en"}
	before, after := NewJudge().Page([]Text{text})[0].Score, NewJudge("kayak club", "lake")
	if score := after.Page([]Text{text})[0].Score; score >= before {
		t.Errorf("with the clinic's own words the score is %.2f, without %.2f", score, before)
	}
}
