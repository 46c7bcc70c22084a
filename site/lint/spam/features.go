package spam

import (
	"math"
	"slices"
	"strings"
)

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
	brands    // names that are no common words and that the rest of the page does not use
	camel     // of these, those with a capital letter within
	digits    // numbers that the rest of the page does not use
	grammar   // share of words of grammar: lists of search words have none
	sentences // in ten words; a few words count as eight
	numFeatures
)

type features [numFeatures]float64

func (f feature) String() string {
	return [...]string{
		"sellStrong", "sellOrdinary", "sellWeak", "topicStrong", "topicOrdinary", "topicWeak", "topicFocus", "careStrong", "careOrdinary", "careWeak",
		"caution", "us", "careBefore", "prices", "names", "leads", "length", "novelty", "density", "hurry", "negations", "question", "addressed", "brands", "camel", "digits", "grammar", "sentences",
	}[f]
}

// sums are what the features of a part are made of.
type sums struct {
	features
	topics [8]struct { // few texts speak of more
		group  string
		weight float64
	}
	hits, length, content, novel, grammar, sentences float64
}

// parts tells of all that may begin with a sentence and goes on to the end of the
// text, from its last sentence to the whole. Before each part it tells the words
// and marks that come to it, once each, and whether the rest of the page does not
// use them.
func (r *reading) parts(page counts, word func(w *word, novel bool), part func(start int, f *features)) {
	j := r.judgeOf
	before := r.careBefore()
	var s sums
	j.forget()
	wordsAt, marksAt, sellsAt, caresAt := len(r.places), len(r.marks), len(r.sells), len(r.cares)
	for _, sentence := range slices.Backward(r.sentences) {
		start := sentence.Start
		for ; sellsAt > 0 && r.sells[sellsAt-1].start >= start; sellsAt-- {
			s.sells(&r.sells[sellsAt-1], page, j)
		}
		for ; caresAt > 0 && r.cares[caresAt-1].start >= start; caresAt-- {
			s.cares(&r.cares[caresAt-1], j)
		}
		for ; wordsAt > 0 && r.places[wordsAt-1].Start >= start; wordsAt-- {
			s.word(r, wordsAt-1, page, word)
		}
		for ; marksAt > 0 && r.marks[marksAt-1].start >= start; marksAt-- {
			m := r.marks[marksAt-1]
			if j.first(m.stem, asWord) {
				word(m.word, false)
			}
		}
		s.sentences++
		if strings.IndexByte(r.Words[start:sentence.End], '?') >= 0 {
			s.features[question] = 1
		}
		s.features[careBefore] = before[caresAt]
		f := s.scaled()
		if r.Linked {
			f[leads] = 1
		}
		part(start, &f)
	}
}

// careBefore says of each word of care how much care stands before it.
func (r *reading) careBefore() []float64 {
	sums := make([]float64, len(r.cares)+1)
	r.judgeOf.forget()
	for i, h := range r.cares {
		sums[i+1] = sums[i]
		if r.judgeOf.first(h.stem, asCare) {
			sums[i+1] += h.weight
		}
	}
	return sums
}

func (s *sums) sells(h *hit, page counts, j *Judge) {
	f := &s.features
	switch {
	case h.entry == &aPrice:
		f[prices]++
		return
	case h.entry == &aName:
		if page.of(h.stem) <= 0 {
			f[names]++
		}
		return
	case !j.first(h.stem, asSelling):
		return
	}
	w := 1.0
	if page.of(h.stem) > 0 {
		w = shared
	}
	s.hits++
	at := sellStrong
	if h.class == topic {
		at = topicStrong
		for i := range s.topics {
			if t := &s.topics[i]; t.group == h.group || t.group == "" {
				t.group = h.group
				t.weight += w * h.weight
				f[topicFocus] = max(f[topicFocus], t.weight)
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
}

func (s *sums) cares(h *hit, j *Judge) {
	f := &s.features
	switch {
	case !j.first(h.stem, asCare):
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

// word counts a word, and tells it when it is there for the first time.
func (s *sums) word(r *reading, i int, page counts, tell func(w *word, novel bool)) {
	p, w, f := &r.places[i], r.words[i], &s.features
	novel := page.of(w.stem) <= 0
	s.length++
	if len(p.Fold) > 3 {
		s.content++
		if novel {
			s.novel++
		}
	}
	if novel && number(p.Fold) {
		f[digits]++
	}
	f[negations] += w.negates
	f[addressed] += w.addresses
	s.grammar += w.grammar
	if number(p.Fold) || !r.judgeOf.first(w.stem, asWord) {
		return
	}
	tell(w, novel)
	if novel && r.brand(i) {
		f[brands]++
		if _, inner := capitals(r.Words[p.Start:p.End]); inner {
			f[camel]++
		}
	}
}

// scaled are the features as the model weighs them: the tenth word of a kind says
// less than the second, and a long list of names or numbers no more than a short.
func (s *sums) scaled() features {
	f := s.features
	f[names] = min(f[names], 3)
	for i := range f[:names+1] {
		f[i] = math.Log1p(f[i])
	}
	for _, i := range []feature{negations, addressed, hurry} {
		f[i] = math.Log1p(f[i])
	}
	f[brands], f[camel], f[digits] = min(f[brands], 2), min(f[camel], 1), min(f[digits], 3)
	f[novelty] = s.novel / max(1, s.content)
	f[length] = math.Log1p(s.length)
	f[density] = s.hits / max(8, s.length)
	f[grammar] = s.grammar / max(1, s.length)
	f[sentences] = 10 * s.sentences / max(8, s.length)
	return f
}
