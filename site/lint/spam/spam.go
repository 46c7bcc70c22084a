// Package spam finds text that sells something in a page that does not: the
// paragraphs that are injected into other people's sites, with a link, without
// one, hidden, or grown out of a sentence that belongs there.
//
// It is deterministic and works offline, on the words alone. Lexicons say which
// words sell, which name what is sold elsewhere, and which a clinic writes; words
// that the rest of the page uses too speak for a block. What these add up to is
// weighed by a small logistic model, whose weights are in weights.go and were
// fitted on the tuning half of the corpus of package lint.
//
// It knows text: no Markdown, no pages, no files but its lexicons.
package spam

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/prose"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/spanish"
)

// Text is a block to be judged.
type Text struct {
	Words  string
	Lang   string // "en" or "es": see Language
	Linked bool   // leads to a host that nobody approved
	Hidden bool   // is put out of readers' sight
}

// Verdict is what is said of a text.
type Verdict struct {
	Score      float64  // how likely it sells something, from 0 to 1
	Drove      []string // the words that spoke most for that, the heaviest first
	Novel      float64  // share of its words that the rest of the page does not use
	Start, End int      // the bytes that sell

	linked, hidden bool
	features       features
}

// From these scores on a text is taken for an advertisement: less is asked of one
// that leads to a host that nobody approved, and of one that readers are not meant
// to see. They were chosen on the tuning half of the corpus of package lint.
const (
	Threshold = 0.8
	Linked    = 0.3
	Hidden    = 0.1
)

// Sells tells whether the text is taken for an advertisement.
func (v Verdict) Sells() bool {
	return v.Score >= Threshold || v.linked && v.Score >= Linked || v.hidden && v.Score >= Hidden
}

// Language returns the language whose little words a text has most of, or else
// what its page is in; "en" for a language without a lexicon.
func Language(text, page string) string {
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

// feature is what the model weighs.
type feature int

const (
	sellStrong feature = iota
	sellOrdinary
	sellWeak
	topicStrong
	topicOrdinary
	topicWeak
	topicFocus // the words of the topic that has most
	careStrong
	careOrdinary
	careWeak
	caution
	us
	careBefore // before the part that is judged
	prices
	names
	leads // to a host that nobody approved
	length
	novelty
	density
	hurry
	negations
	question
	addressed
	numFeatures
)

type features [numFeatures]float64

func (f feature) String() string {
	return [...]string{
		"sellStrong", "sellOrdinary", "sellWeak", "topicStrong", "topicOrdinary", "topicWeak", "topicFocus", "careStrong", "careOrdinary", "careWeak",
		"caution", "us", "careBefore", "prices", "names", "leads", "length", "novelty", "density", "hurry", "negations", "question", "addressed",
	}[f]
}

// hit is a word or phrase of a lexicon, a price or a name.
type hit struct {
	entry
	start, end int
	key        string
}

// shared is what is left of a word's weight when the rest of the page uses it too.
const shared = 0.25

// Judge judges pages. It is not safe for concurrent use.
type Judge struct{ stems map[string]map[string]string }

// NewJudge returns a judge.
func NewJudge() *Judge { return &Judge{map[string]map[string]string{}} }

// Page scores the blocks of a page, each beside the rest of the page. What looks
// like an advertisement at a first look does not speak for the others: several of
// them on one page share their words.
func (j *Judge) Page(texts []Text) []Verdict {
	readings := make([]*reading, len(texts))
	page := map[string]int{}
	for i, t := range texts {
		readings[i] = j.read(t)
		readings[i].count(page, 1)
	}
	verdicts := make([]Verdict, len(texts))
	out := make([]bool, len(texts)) // of what the page is about
	for range 2 {
		for i, r := range readings {
			if len(r.sells) == 0 && !r.Linked {
				continue
			}
			if !out[i] {
				r.count(page, -1)
			}
			verdicts[i] = r.judge(page)
			if !out[i] {
				r.count(page, 1)
			}
		}
		again := false
		for i, v := range verdicts {
			if !out[i] && v.Score >= candidate {
				out[i], again = true, true
				readings[i].count(page, -1)
			}
		}
		if !again {
			break
		}
	}
	return verdicts
}

// candidate is the score from which on a block is not asked what the page is
// about.
const candidate = 0.2

// judge scores the part that begins with the sentence from which on it sells most.
func (r *reading) judge(page map[string]int) Verdict {
	best := Verdict{Score: -1}
	for _, start := range r.starts() {
		if v := r.measure(start, page); v.Score > best.Score {
			best = v
		}
	}
	return best
}

// starts are where a part that sells may begin.
func (r *reading) starts() []int {
	sentences := prose.Sentences(r.Words)
	starts := make([]int, len(sentences))
	for i, s := range sentences {
		starts[i] = s.Start
	}
	return starts
}

// stem remembers what it was asked: a text has far fewer words than places.
func (j *Judge) stem(lang, word string) string {
	stems := j.stems[lang]
	if stems == nil {
		stems = map[string]string{}
		j.stems[lang] = stems
	}
	s, ok := stems[word]
	if !ok {
		s = lexicons[lang].stem(word)
		stems[word] = s
	}
	return s
}

// reading is a block cut into words, with what the lexicons know of them.
type reading struct {
	Text
	words []prose.Word
	stems []string
	sells []hit
	cares []hit
}

func (j *Judge) read(t Text) *reading {
	l := lexicons[t.Lang]
	r := &reading{Text: t, words: prose.Words(t.Words)}
	r.stems = make([]string, len(r.words))
	for i, w := range r.words {
		r.stems[i] = j.stem(t.Lang, w.Fold)
	}
	for i := 0; i < len(r.words); {
		n := 1
		switch e, ok := l.sells.match(r.stems, i); {
		case ok:
			n = len(e.words)
			r.sells = append(r.sells, r.hit(e, i))
		case price(t.Words, r.words[i]):
			r.sells = append(r.sells, r.hit(entry{words: r.stems[i : i+1], group: "#price", weight: 1}, i))
		case i > 0 && name(t.Words, r.words[i-1], r.words[i]):
			r.sells = append(r.sells, r.hit(entry{words: r.stems[i : i+1], group: "#name", weight: 1}, i))
		}
		i += n
	}
	for i := 0; i < len(r.words); {
		n := 1
		if e, ok := l.cares.match(r.stems, i); ok {
			n = len(e.words)
			r.cares = append(r.cares, r.hit(e, i))
		}
		i += n
	}
	return r
}

func (r *reading) hit(e entry, i int) hit {
	return hit{entry: e, start: r.words[i].Start, end: r.words[i+len(e.words)-1].End, key: strings.Join(e.words, " ")}
}

// distinct returns the stems from start on, each once and with its language, that
// the rest of the page does not use.
func (r *reading) distinct(start int, page map[string]int) []string {
	var all []string
	seen := map[string]bool{}
	for i, w := range r.words {
		if w.Start >= start && !seen[r.stems[i]] && page[r.stems[i]] == 0 && len(w.Fold) > 2 && w.Fold[0] > '9' {
			seen[r.stems[i]] = true
			all = append(all, r.Lang+" "+r.stems[i])
		}
	}
	return all
}

// count adds the block's stems, each once, times times.
func (r *reading) count(page map[string]int, times int) {
	seen := make(map[string]bool, len(r.stems))
	for _, s := range r.stems {
		if !seen[s] {
			seen[s] = true
			page[s] += times
		}
	}
}

// measure scores what begins at start and goes on to the end.
func (r *reading) measure(start int, page map[string]int) Verdict {
	v := Verdict{Start: start, End: len(r.Words), linked: r.Linked, hidden: r.Hidden}
	f := &v.features
	seen := map[string]bool{}
	topics := map[string]float64{}
	type driver struct {
		text   string
		weight float64
	}
	var drove []driver
	hits := 0.0
	for _, h := range r.sells {
		if h.start < start {
			continue
		}
		switch h.group {
		case "#price":
			f[prices]++
			drove = append(drove, driver{r.Words[h.start:h.end], 1})
			continue
		case "#name":
			if page[h.words[0]] == 0 {
				f[names]++
			}
			continue
		}
		w := 1.0
		if !slices.ContainsFunc(h.words, func(s string) bool { return page[s] == 0 }) {
			w = shared
		}
		if seen[h.key] {
			continue
		}
		seen[h.key] = true
		hits++
		at := sellStrong
		if h.class == topic {
			at = topicStrong
			topics[h.group] += w * h.weight
		}
		switch h.weight {
		case ordinary:
			at++
		case weak:
			at += 2
		}
		f[at] += w
		if h.group == "hurry" {
			f[hurry] += w * h.weight
		}
		drove = append(drove, driver{r.Words[h.start:h.end], w * h.weight})
	}
	for _, w := range topics {
		f[topicFocus] = max(f[topicFocus], w)
	}
	clear(seen)
	for _, h := range r.cares {
		if seen[h.key] {
			continue
		}
		seen[h.key] = true
		if h.start < start {
			f[careBefore] += h.weight
			continue
		}
		switch h.group {
		case "caution":
			f[caution] += h.weight
			continue
		case "us":
			f[us]++
			continue
		}
		switch h.weight {
		case strong:
			f[careStrong]++
		case ordinary:
			f[careOrdinary]++
		default:
			f[careWeak]++
		}
	}
	n, novel, content := 0.0, 0.0, 0.0
	for i, w := range r.words {
		if w.Start < start {
			continue
		}
		n++
		if len(w.Fold) > 3 {
			content++
			if page[r.stems[i]] == 0 {
				novel++
			}
		}
		switch w.Fold {
		case "not", "no", "never", "nor", "cannot", "can't", "don't", "won't", "isn't", "nunca", "nadie", "ni":
			f[negations]++
		case "you", "your", "yours", "usted", "su", "sus", "tu", "tus":
			f[addressed]++
		}
	}
	v.Novel = novel / max(1, content)
	for i := range f[:names+1] {
		f[i] = math.Log1p(f[i])
	}
	f[novelty] = v.Novel
	f[length] = math.Log1p(n)
	f[density] = hits / max(8, n)
	f[negations] = math.Log1p(f[negations])
	f[addressed] = math.Log1p(f[addressed])
	f[hurry] = math.Log1p(f[hurry])
	if r.Linked {
		f[leads] = 1
	}
	if strings.ContainsAny(r.Words[start:], "?¿") {
		f[question] = 1
	}
	slices.SortStableFunc(drove, func(a, b driver) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	for _, d := range drove {
		if len(v.Drove) < 6 && !slices.Contains(v.Drove, d.text) {
			v.Drove = append(v.Drove, d.text)
		}
	}
	v.Score = fitted.score(v.features, r.distinct(start, page))
	return v
}

// price tells an amount of money.
func price(text string, w prose.Word) bool {
	if !strings.ContainsAny(w.Fold[:1], "0123456789") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:w.Start], " "))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[w.End:], " \u00a0"))
	return unicode.Is(unicode.Sc, before) || unicode.Is(unicode.Sc, after) || after == '%'
}

// name tells a word that starts with a capital letter within a sentence.
func name(text string, before, w prose.Word) bool {
	r, _ := utf8.DecodeRuneInString(text[w.Start:])
	return unicode.IsUpper(r) && strings.Trim(text[before.End:w.Start], " ") == "" && w.End-w.Start > 1
}
