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
	"cmp"
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
	drove          []driver
}

// From these scores on a text is taken for an advertisement: less is asked of one
// that leads to a host that nobody approved, and of one that readers are not meant
// to see. They were chosen on the tuning half of the corpus of package lint.
const (
	Threshold = 0.8
	Linked    = 0.5
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
	*entry
	start, end int
	stem       int // the number of its first stem
}

// shared is what is left of a word's weight when the rest of the page uses it too.
const shared = 0.25

// Judge judges pages. It is not safe for concurrent use.
type Judge struct {
	words map[string]map[string]*word // by language: a text has far fewer words than places
	stems map[string]int              // numbers of stems, by language and stem
	seen  []int                       // by stem, the last time that somebody asked
	time  int
	own   map[string]table // by language, the words of the clinic itself
}

// word is what is known of a word wherever it stands.
type word struct {
	stem         int
	text         string  // of the stem
	sells, cares []entry // that begin with it
	weight       float64 // in the model
	little       bool    // too short to be told by the model
}

// NewJudge returns a judge who takes the words and phrases of own for those of the
// clinic: its place, its trade, its people.
func NewJudge(own ...string) *Judge {
	j := &Judge{words: map[string]map[string]*word{}, stems: map[string]int{}, own: map[string]table{}}
	for lang, l := range lexicons {
		j.words[lang], j.own[lang] = map[string]*word{}, table{}
		for _, phrase := range own {
			e := entry{class: care, group: "own", weight: strong}
			for _, w := range prose.Words(phrase) {
				e.words = append(e.words, l.stem(w.Fold))
			}
			if len(e.words) > 0 {
				j.own[lang].add(e)
			}
		}
	}
	return j
}

// counts says in how many blocks of a page each stem stands.
type counts []int32

func (c counts) of(stem int) int32 {
	if stem < len(c) {
		return c[stem]
	}
	return 0
}

// Page scores the blocks of a page, each beside the rest of the page. What looks
// like an advertisement at a first look does not speak for the others: several of
// them on one page share their words.
func (j *Judge) Page(texts []Text) []Verdict {
	readings := make([]*reading, len(texts))
	for i, t := range texts {
		readings[i] = j.read(t)
	}
	page := make(counts, len(j.seen))
	for _, r := range readings {
		r.count(page, 1)
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
func (r *reading) judge(page counts) Verdict {
	best := Verdict{Score: -1}
	for _, start := range r.starts() {
		if v := r.measure(start, page); v.Score > best.Score {
			best = v
		}
	}
	slices.SortStableFunc(best.drove, func(a, b driver) int { return cmp.Compare(b.weight, a.weight) })
	for _, d := range best.drove {
		if text := r.Words[d.start:d.end]; len(best.Drove) < 6 && !slices.Contains(best.Drove, text) {
			best.Drove = append(best.Drove, text)
		}
	}
	best.drove = nil
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

// word looks a word up once.
func (j *Judge) word(lang, fold string) *word {
	if w := j.words[lang][fold]; w != nil {
		return w
	}
	l := lexicons[lang]
	stem := l.stem(fold)
	key := lang + " " + stem
	number, ok := j.stems[key]
	if !ok {
		number = len(j.seen)
		j.stems[key] = number
		j.seen = append(j.seen, 0)
	}
	w := &word{stem: number, text: stem, sells: l.sells[stem], cares: slices.Concat(j.own[lang][stem], l.cares[stem]), weight: fitted.words[key], little: len(fold) <= 2 || fold[0] <= '9'}
	j.words[lang][fold] = w
	return w
}

// reading is a block cut into words, with what the lexicons know of them.
type reading struct {
	Text
	judgeOf *Judge
	places  []prose.Word
	words   []*word
	sells   []hit
	cares   []hit
}

func (j *Judge) read(t Text) *reading {
	r := &reading{Text: t, judgeOf: j, places: prose.Words(t.Words)}
	r.words = make([]*word, len(r.places))
	for i, p := range r.places {
		r.words[i] = j.word(t.Lang, p.Fold)
	}
	for i := 0; i < len(r.words); {
		n := 1
		switch e := r.match(r.words[i].sells, i); {
		case e != nil:
			n = len(e.words)
			r.sells = append(r.sells, r.hit(e, i))
		case price(t.Words, r.places[i]):
			r.sells = append(r.sells, r.hit(&aPrice, i))
		case i > 0 && name(t.Words, r.places[i-1], r.places[i]):
			r.sells = append(r.sells, r.hit(&aName, i))
		}
		i += n
	}
	for i := 0; i < len(r.words); {
		n := 1
		if e := r.match(r.words[i].cares, i); e != nil {
			n = len(e.words)
			r.cares = append(r.cares, r.hit(e, i))
		}
		i += n
	}
	return r
}

// What stands in no lexicon and yet counts.
var (
	aPrice = entry{words: []string{""}, group: "#price", weight: 1}
	aName  = entry{words: []string{""}, group: "#name", weight: 1}
)

// match returns the longest of the entries that begin with a word that the text
// goes on with, nil when there is none.
func (r *reading) match(entries []entry, i int) *entry {
	for k := range entries {
		e := &entries[k]
		if len(r.words)-i < len(e.words) {
			continue
		}
		whole := true
		for n := 1; n < len(e.words) && whole; n++ {
			whole = r.words[i+n].text == e.words[n]
		}
		if whole {
			return e
		}
	}
	return nil
}

func (r *reading) hit(e *entry, i int) hit {
	return hit{entry: e, start: r.places[i].Start, end: r.places[i+len(e.words)-1].End, stem: r.words[i].stem}
}

// first tells whether a stem is asked for the first time since forget.
func (j *Judge) first(stem int) bool {
	if j.seen[stem] == j.time {
		return false
	}
	j.seen[stem] = j.time
	return true
}

func (j *Judge) forget() { j.time++ }

// distinct adds up what the model knows of the words from start on, each once,
// that the rest of the page does not use. keep, if set, is told each of them.
func (r *reading) distinct(start int, page counts, keep func(*word)) float64 {
	sum := 0.0
	r.judgeOf.forget()
	for i, w := range r.words {
		if r.places[i].Start >= start && !w.little && page.of(w.stem) <= 0 && r.judgeOf.first(w.stem) {
			sum += w.weight
			if keep != nil {
				keep(w)
			}
		}
	}
	return sum
}

// count adds the block's stems, each once, times times.
func (r *reading) count(page counts, times int32) {
	r.judgeOf.forget()
	for _, w := range r.words {
		if r.judgeOf.first(w.stem) {
			page[w.stem] += times
		}
	}
}

// driver is a word that sells, and how much.
type driver struct {
	start, end int
	weight     float64
}

// measure scores what begins at start and goes on to the end.
func (r *reading) measure(start int, page counts) Verdict {
	v := Verdict{Start: start, End: len(r.Words), linked: r.Linked, hidden: r.Hidden}
	f := &v.features
	var topics [8]struct { // few texts speak of more
		group  string
		weight float64
	}
	hits := 0.0
	r.judgeOf.forget()
	for _, h := range r.sells {
		if h.start < start {
			continue
		}
		switch h.group {
		case aPrice.group:
			f[prices]++
			v.drove = append(v.drove, driver{h.start, h.end, 1})
			continue
		case aName.group:
			if page.of(h.stem) <= 0 {
				f[names]++
			}
			continue
		}
		if !r.judgeOf.first(h.stem) {
			continue
		}
		w := 1.0
		if page.of(h.stem) > 0 {
			w = shared
		}
		hits++
		at := sellStrong
		if h.class == topic {
			at = topicStrong
			for i := range topics {
				if topics[i].group == h.group || topics[i].group == "" {
					topics[i].group = h.group
					topics[i].weight += w * h.weight
					f[topicFocus] = max(f[topicFocus], topics[i].weight)
					break
				}
			}
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
		v.drove = append(v.drove, driver{h.start, h.end, w * h.weight})
	}
	r.judgeOf.forget()
	for _, h := range r.cares {
		switch {
		case !r.judgeOf.first(h.stem):
		case h.start < start:
			f[careBefore] += h.weight
		case h.group == "caution":
			f[caution] += h.weight
		case h.group == "us":
			f[us]++
		case h.weight == strong:
			f[careStrong]++
		case h.weight == ordinary:
			f[careOrdinary]++
		default:
			f[careWeak]++
		}
	}
	n, novel, content := 0.0, 0.0, 0.0
	for i, p := range r.places {
		if p.Start < start {
			continue
		}
		n++
		if len(p.Fold) > 3 {
			content++
			if page.of(r.words[i].stem) <= 0 {
				novel++
			}
		}
		switch p.Fold {
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
	v.Score = fitted.score(v.features, r.distinct(start, page, nil))
	return v
}

// price tells an amount of money.
func price(text string, w prose.Word) bool {
	if w.Fold[0] < '0' || w.Fold[0] > '9' {
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
