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

// A model is a logistic regression on features and single words.
type model struct {
	bias     float64
	features features
	words    map[string]float64 // of common words, by language and stem: "en casino"
}

// score takes the features of a text and the sum of the weights of its words.
func (m *model) score(f *features, words float64) float64 {
	z := m.bias + words
	for i, x := range f {
		z += m.features[i] * x
	}
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

// readModel reads lines such as "bias -3", "feature novelty 0.7" and
// "en casino 1.2".
func readModel(text string) (*model, error) {
	m := &model{words: map[string]float64{}}
	names := map[string]int{}
	for i := range m.features {
		names[feature(i).String()] = i
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		line = strings.TrimSpace(line)
		space := strings.LastIndexByte(line, ' ')
		if space < 0 {
			return nil, fmt.Errorf("line %q has no weight", line)
		}
		key := line[:space]
		weight, err := strconv.ParseFloat(line[space+1:], 64)
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		name, isFeature := strings.CutPrefix(key, "feature ")
		i, known := names[name]
		switch {
		case key == "bias":
			m.bias = weight
		case isFeature && known:
			m.features[i] = weight
		case isFeature:
			return nil, fmt.Errorf("line %q: unknown feature", line)
		default:
			m.words[key] = weight
		}
	}
	return m, nil
}

// write writes the model as readModel reads it. A word that hardly counts is
// written too: it is common, and nobody's name.
func (m *model) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# Weights of package spam: more than nothing speaks for an advertisement. Fitted by\n# its benchmark Fit. A word that the text it was fitted on does not hold weighs what\n# its vector says: GloVe, in the public domain.\nbias %.2f\n", m.bias)
	for i, x := range m.features {
		fmt.Fprintf(out, "feature %v %.2f\n", feature(i), x)
	}
	for _, s := range slices.Sorted(maps.Keys(m.words)) {
		fmt.Fprintf(out, "%s %.2f\n", s, m.words[s])
	}
	return out.Flush()
}
