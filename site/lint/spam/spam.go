// Package spam finds text that sells something in a page that does not: the
// paragraphs that are injected into other people's sites, with a link, without
// one, hidden, or grown out of a sentence that belongs there.
//
// It is deterministic and works offline, on the words alone. Lexicons say which
// words sell, which name what is sold elsewhere, and which a clinic writes; words
// that the rest of the page uses too speak for a block. A small logistic model weighs
// what these add up to, alone and in pairs, and every word and mark. Its weights are
// in model.txt and were fitted on the training text and the tuning half of the corpus
// of package lint, on the pages of this repository, and on words in no order, which
// sell nothing. Of words that stand there nowhere it knows how near they are to
// those that do.
//
// It knows text: no Markdown, no pages, no files but its lexicons.
package spam

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/prose"
)

// Text is a block to be judged.
type Text struct {
	Words  string
	Lang   string // "en" or "es"
	Linked bool   // leads to a host that nobody approved
	Hidden bool   // is put out of readers' sight
}

// Verdict is what is said of a text.
type Verdict struct {
	Score      float64  // how likely it sells something, from 0 to 1
	Drove      []string // the words that spoke most for that, the heaviest first; nil for a low score
	Novel      float64  // share of its words that the rest of the page does not use
	Start, End int      // the bytes that sell

	linked, hidden bool
}

// From these scores on a text is taken for an advertisement: less is asked of one
// that leads to a host that nobody approved, and of one that readers are not meant
// to see. They were chosen on text of authors whom the model was not fitted on.
const (
	Threshold = 0.85
	Linked    = 0.5
	Hidden    = 0.1
)

// Sells tells whether the text is taken for an advertisement.
func (v Verdict) Sells() bool {
	return v.Score >= Threshold || v.linked && v.Score >= Linked || v.hidden && v.Score >= Hidden
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
	marks map[rune]*word              // nil for a rune that was met and is no mark
	stems map[string]int              // numbers of stems, by language and stem
	seen  [][purposes]int             // by stem, the last time that somebody asked
	time  int
	own   map[string]table // by language, the words of the clinic itself
	names map[string]bool  // the words of its names, folded
}

// word is what is known of a word, or of a mark such as "!", wherever it stands.
type word struct {
	stem         int
	text         string  // of the stem
	key          string  // in the model
	sells, cares []entry // that begin with it
	weight               // in the model
	known        bool    // common, or the clinic's own: not the name of something else

	negates, addresses, grammar float64 // 1 if it does, or is a word of grammar
}

// NewJudge returns a judge who takes the words and phrases of own for those of the
// clinic: its place, its trade, its people.
func NewJudge(own ...string) *Judge {
	j := &Judge{words: map[string]map[string]*word{}, marks: map[rune]*word{}, stems: map[string]int{}, own: map[string]table{}, names: map[string]bool{}}
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

// Knows tells of names that stand on the clinic's pages: its own, its town's, its
// people's. To say them sells nothing, and is no sign of care either.
func (j *Judge) Knows(names ...string) {
	for _, name := range names {
		for _, w := range prose.Words(name) {
			j.names[w.Fold] = true
		}
	}
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
	for i, v := range verdicts {
		if v.Score >= told {
			verdicts[i].Drove = readings[i].drove(v.Start, page)
		}
	}
	return verdicts
}

// candidate is the score from which on a block is not asked what the page is
// about.
const candidate = 0.2

// told is the score from which on a verdict says what drove it.
const told = 0.05

// judge scores the part that begins with the sentence from which on it sells most.
func (r *reading) judge(page counts) Verdict {
	best := Verdict{Score: -1, End: len(r.Words), linked: r.Linked, hidden: r.Hidden}
	model := fitted()
	words := 0.0
	r.parts(page, func(w *word, novel bool) { words += w.of(novel) }, func(start int, f *features) {
		if score := model.score(f, words); score >= best.Score {
			best.Score, best.Start, best.Novel = score, start, f[novelty]
		}
	})
	return best
}

// word looks a word up once.
func (j *Judge) word(lang, fold string) *word {
	if w := j.words[lang][fold]; w != nil {
		return w
	}
	l := lexicons[lang]
	stem := l.stem(fold)
	key := lang + " " + stem
	w := &word{stem: j.stem(key), text: stem, key: key, sells: l.sells[stem], cares: slices.Concat(j.own[lang][stem], l.cares[stem])}
	w.weight, w.known = fitted().words[key]
	w.known = w.known || j.names[fold]
	if !w.known && lang != "en" { // English names stand in texts of any language
		_, w.known = fitted().words["en "+lexicons["en"].stem(fold)]
	}
	if l.grammar(fold) {
		w.grammar = 1
	}
	switch fold {
	case "not", "no", "never", "nor", "cannot", "can't", "don't", "won't", "isn't", "nunca", "nadie", "ni":
		w.negates = 1
	case "you", "your", "yours", "usted", "su", "sus", "tu", "tus":
		w.addresses = 1
	}
	j.words[lang][fold] = w
	return w
}

// stem numbers stems and marks.
func (j *Judge) stem(key string) int {
	number, ok := j.stems[key]
	if !ok {
		number = len(j.seen)
		j.stems[key] = number
		j.seen = append(j.seen, [purposes]int{})
	}
	return number
}

// marks are what sellers write more often than clinics, or less. Digits are one more,
// the mark "#".
const marks = "!?:.,$€£%;()“”\"—–…&+/"

func number(fold string) bool { return fold[0] <= '9' }

// mark looks a mark up; it is nil for a rune that is none.
func (j *Judge) mark(m rune) *word {
	if 'a' <= m && m <= 'z' || m == ' ' {
		return nil
	}
	w, known := j.marks[m]
	if !known {
		name := m
		if unicode.IsDigit(m) {
			name = '#'
		}
		if name != m || strings.ContainsRune(marks, m) {
			key := "mark " + string(name)
			w = &word{stem: j.stem(key), key: key, weight: fitted().words[key]}
		}
		j.marks[m] = w
	}
	return w
}

// reading is a block cut into words, with what the lexicons know of them.
type reading struct {
	Text
	judgeOf   *Judge
	sentences []prose.Span
	places    []prose.Word
	words     []*word
	marks     []mark
	sells     []hit
	cares     []hit
}

// mark is a mark, and the byte where it stands.
type mark struct {
	*word
	start int
}

func (j *Judge) read(t Text) *reading {
	r := &reading{Text: t, judgeOf: j, sentences: prose.Sentences(t.Words), places: prose.Words(t.Words)}
	r.words = make([]*word, len(r.places))
	for i, p := range r.places {
		r.words[i] = j.word(t.Lang, p.Fold)
	}
	for i, m := range t.Words {
		if w := j.mark(m); w != nil {
			r.marks = append(r.marks, mark{w, i})
		}
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

// What a stem is asked for.
const (
	asWord = iota
	asSelling
	asCare
	purposes
)

// first tells whether a stem is asked for the first time since forget.
func (j *Judge) first(stem, purpose int) bool {
	at := &j.seen[stem][purpose]
	if *at == j.time {
		return false
	}
	*at = j.time
	return true
}

func (j *Judge) forget() { j.time++ }

// count adds the block's stems, each once, times times.
func (r *reading) count(page counts, times int32) {
	r.judgeOf.forget()
	for _, w := range r.words {
		if r.judgeOf.first(w.stem, asWord) {
			page[w.stem] += times
		}
	}
}

// drove lists the words after start that sell most, the heaviest first: those of
// the lexicons, those that the model knows, and names that nobody knows.
func (r *reading) drove(start int, page counts) []string {
	type driver struct {
		text   string
		weight float64
	}
	var all []driver
	for _, h := range r.sells {
		if h.start < start || h.entry == &aName {
			continue
		}
		w := h.weight
		if page.of(h.stem) > 0 {
			w *= shared
		}
		all = append(all, driver{r.Words[h.start:h.end], w})
	}
	for i, w := range r.words {
		if r.places[i].Start < start || page.of(w.stem) > 0 {
			continue
		}
		weight := w.of(true)
		if r.brand(i) {
			weight = 1
		}
		if weight >= 0.3 && len(r.places[i].Fold) > 4 {
			all = append(all, driver{r.Words[r.places[i].Start:r.places[i].End], weight})
		}
	}
	slices.SortStableFunc(all, func(a, b driver) int { return cmp.Compare(b.weight, a.weight) })
	var texts []string
	for _, d := range all {
		if len(texts) < 6 && !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, d.text) }) {
			texts = append(texts, d.text)
		}
	}
	return texts
}

// brand tells a name that is no common word. In Spanish the first word of a
// sentence is none: too few of its words are known.
func (r *reading) brand(i int) bool {
	if r.words[i].known {
		return false
	}
	capital, inner := capitals(r.Words[r.places[i].Start:r.places[i].End])
	return inner || capital && (r.Lang == "en" || i > 0 && within(r.Words, r.places[i-1], r.places[i]))
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
	capital, _ := capitals(text[w.Start:w.End])
	return capital && within(text, before, w) && w.End-w.Start > 1
}

// within tells that only spaces stand before a word: it begins no sentence.
func within(text string, before, w prose.Word) bool {
	return strings.Trim(text[before.End:w.Start], " ") == ""
}

// capitals tells whether a word starts with a capital letter and goes on in small
// ones, and whether a capital stands after a small one within.
func capitals(w string) (starts, inner bool) {
	small := false
	for i, r := range w {
		switch {
		case i == 0:
			starts = unicode.IsUpper(r)
		case unicode.IsLower(r):
			small = true
		case unicode.IsUpper(r) && small:
			inner = true
		}
	}
	return starts && small, inner
}
