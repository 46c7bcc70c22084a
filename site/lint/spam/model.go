package spam

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A model is a logistic regression on features, pairs of them and single words.
type model struct {
	bias     float64
	features features
	pairs    pairs
	words    map[string]weight // of common words, by language and stem: "en casino"; of marks: "mark !"
}

// pairs weigh products of two features, and squares: a price says less where there
// is much care.
type pairs [int(numFeatures) * (int(numFeatures) + 1) / 2]float64

// each tells the products that are not nothing, by their place in pairs.
func (f *features) each(product func(pair int, x float64)) {
	pair := 0
	for i, x := range f {
		if x == 0 {
			pair += len(f) - i
			continue
		}
		for _, y := range f[i:] {
			if y != 0 {
				product(pair, x*y)
			}
			pair++
		}
	}
}

// pairOf returns the place of a pair of features, the first of which is not the
// later.
func pairOf(i, k int) int { return i*(2*int(numFeatures)-i+1)/2 + k - i }

// weight is what a word weighs.
type weight struct {
	always float64
	novel  float64 // besides, when the rest of the page does not use it
}

func (w weight) of(novel bool) float64 {
	if novel {
		return w.always + w.novel
	}
	return w.always
}

// score takes the features of a text and the sum of the weights of its words.
func (m *model) score(f *features, words float64) float64 {
	z := m.bias + words
	for i, x := range f {
		z += m.features[i] * x
	}
	f.each(func(pair int, x float64) { z += m.pairs[pair] * x })
	return 1 / (1 + math.Exp(-z))
}

//go:embed model.txt
var modelText string

// fitted is the model, read when the first text is judged.
var fitted = sync.OnceValue(func() *model {
	m, err := readModel(modelText)
	if err != nil {
		panic(fmt.Sprintf("read model: %v", err)) // it is part of the program
	}
	return m
})

// readModel reads lines such as "bias -3", "feature novelty 0.7",
// "pair prices careStrong -0.2" and "en casino 0.4 1.2": what a word weighs always,
// and what besides.
func readModel(text string) (*model, error) {
	m := &model{words: map[string]weight{}}
	names := map[string]int{}
	for i := range m.features {
		names[feature(i).String()] = i
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var (
			f      = strings.Fields(line)
			number = func(i int) (x float64, err error) { return strconv.ParseFloat(f[i], 64) }
			w      weight
			err    error
		)
		switch {
		case len(f) == 2 && f[0] == "bias":
			m.bias, err = number(1)
		case len(f) == 3 && f[0] == "feature":
			i, known := names[f[1]]
			if !known {
				return nil, fmt.Errorf("line %q: unknown feature", line)
			}
			m.features[i], err = number(2)
		case len(f) == 4 && f[0] == "pair":
			i, known := names[f[1]]
			k, too := names[f[2]]
			if !known || !too || i > k {
				return nil, fmt.Errorf("line %q: unknown pair", line)
			}
			m.pairs[pairOf(i, k)], err = number(3)
		case len(f) == 4:
			w.always, err = number(2)
			if err == nil {
				w.novel, err = number(3)
			}
			m.words[f[0]+" "+f[1]] = w
		default:
			return nil, fmt.Errorf("line %q has no weight", line)
		}
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
	}
	return m, nil
}

// write writes the model as readModel reads it. A word that hardly counts is
// written too: it is common, and nobody's name.
func (m *model) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `# Weights of package spam: more than nothing speaks for an advertisement. Fitted by
# its benchmark Fit. A word weighs the first number, and the second besides when the
# rest of the page does not use it. The second of a word that the text it was fitted
# on does not hold is what its vector says: GloVe, in the public domain.
bias %.2f
`, m.bias)
	for i, x := range m.features {
		fmt.Fprintf(out, "feature %v %.2f\n", feature(i), x)
	}
	for i := range m.features {
		for k := i; k < len(m.features); k++ {
			fmt.Fprintf(out, "pair %v %v %s\n", feature(i), feature(k), short(m.pairs[pairOf(i, k)]))
		}
	}
	for _, s := range slices.Sorted(maps.Keys(m.words)) {
		fmt.Fprintf(out, "%s %s %s\n", s, short(m.words[s].always), short(m.words[s].novel))
	}
	return out.Flush()
}

// short writes a weight: there are many.
func short(x float64) string {
	return strconv.FormatFloat(math.Round(100*x)/100+0, 'g', -1, 64)
}
