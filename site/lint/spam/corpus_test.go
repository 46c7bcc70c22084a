package spam

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/spanish"
)

// A sample is a block on its page, and whether it was injected.
type sample struct {
	id, class string
	text      Text
	page      counts // the stems of the rest of the page
	injected  bool
}

// A library is pages, by name: the stems of each, and its language.
type library struct {
	pages map[string]counts
	langs map[string]string
}

// read adds pages, whose blocks are legitimate, each on the rest of its page.
func (l library) read(t testing.TB, j *Judge, files []string) []sample {
	var all []sample
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		l.langs[name] = "en"
		if bytes.Contains(src, []byte("\nlang: es")) || strings.HasSuffix(name, ".es") {
			l.langs[name] = "es"
		}
		var readings []*reading
		for _, b := range blocks(string(src)) {
			readings = append(readings, j.read(Text{Words: b.Text, Lang: l.langs[name]}))
		}
		page := make(counts, len(j.seen))
		for _, r := range readings {
			r.count(page, 1)
		}
		l.pages[name] = page
		for _, r := range readings {
			rest := slices.Clone(page)
			r.count(rest, -1)
			all = append(all, sample{id: name, class: "page", text: r.Text, page: rest})
		}
	}
	return all
}

// samples reads a half of the corpus. The blocks of the pages are legitimate too.
func samples(t testing.TB, j *Judge, dir string) []sample {
	t.Helper()
	l := library{map[string]counts{}, map[string]string{}}
	pages, langs := l.pages, l.langs
	files, err := filepath.Glob(filepath.Join(dir, "pages", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	all := l.read(t, j, files)
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
			text.Lang = languageOf(text.Words, langs[row.Page])
			page := pages[row.Page]
			if names := inLanguage(langs, text.Lang); row.Page == "" && len(names) > 0 { // of no page: as if on any
				page = pages[names[len(all)*7919%len(names)]]
			}
			all = append(all, sample{row.ID, row.Class, text, page, name == "injected"})
		}
	}
	return all
}

// languageOf returns the language whose little words a text has most of, or else
// what its page is in; "en" for a language without a lexicon.
func languageOf(text, page string) string {
	if lexicons[page] == nil {
		page = "en"
	}
	en, es := 0, 0
	for _, w := range prose.Words(text) {
		if english.IsStopWord(w.Fold) {
			en++
		}
		if spanish.IsStopWord(w.Fold) {
			es++
		}
	}
	switch {
	case en > es+2:
		return "en"
	case es > en+2:
		return "es"
	}
	return page
}

// inLanguage lists the pages in a language.
func inLanguage(langs map[string]string, lang string) []string {
	var names []string
	for name, of := range langs {
		if of == lang {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

var official = regexp.MustCompile(`https?://[^/]*\.(gov|edu|mil)\b`)

func blocks(src string) []content.Block {
	p := content.Parse("content/a.md", []byte(src), content.Options{Languages: []content.Language{{Key: "en", Tag: "en-US"}}}, func(diag.Diagnostic) {})
	return p.Blocks
}

// A result is what a model says of samples: hits and all, by class. What is not
// injected is of the class clean.
type result struct{ hits, of map[string]int }

var injectedClasses = []string{"linked", "unlinked", "contextual", "spanish", "hidden"}

func measure(all []sample, sells func(sample) bool) result {
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

// own reads the pages of this repository's clinic, which sell nothing.
func own(t testing.TB, j *Judge) []sample {
	var files []string
	for _, pattern := range []string{"*.md", "*/*.md", "*/*/*.md"} {
		more, err := filepath.Glob(filepath.Join("../../../content", pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	return library{map[string]counts{}, map[string]string{}}.read(t, j, files)
}

// corpus reads parts of the corpus: tuning, training, frozen.
func corpus(t testing.TB, j *Judge, names ...string) []sample {
	var all []sample
	for _, name := range names {
		all = append(all, samples(t, j, filepath.Join("../testdata/corpus", name))...)
	}
	return all
}

// sells asks the shipped model.
func (s sample) sells(j *Judge) bool { return j.read(s.text).judge(s.page).Sells() }

// BenchmarkCorpus says how the shipped model does on each half of the corpus.
func BenchmarkCorpus(b *testing.B) {
	for _, half := range []string{"tuning", "frozen"} {
		j := NewJudge()
		if all := corpus(b, j, half); len(all) > 0 {
			b.Log(half+":", measure(all, func(s sample) bool { return s.sells(j) }))
		}
	}
}

// TestTuning holds the shipped model to the half that it was tuned on: a change of
// a lexicon that makes it worse is seen here.
func TestTuning(t *testing.T) {
	j := NewJudge()
	r := measure(corpus(t, j, "tuning"), func(s sample) bool { return s.sells(j) })
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

// A name that nobody knows speaks for an advertisement; the clinic's own does not.
func TestKnows(t *testing.T) {
	text := Text{Words: "The quilts of Marlowick are sewn by hand and last for years.", Lang: "en"}
	j := NewJudge()
	before := j.Page([]Text{text})[0]
	j = NewJudge()
	j.Knows("Marlowick Recovery")
	after := j.Page([]Text{text})[0]
	if after.Score >= before.Score {
		t.Errorf("a name scores %.2f, known %.2f", before.Score, after.Score)
	}
}
