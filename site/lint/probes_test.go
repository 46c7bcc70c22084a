package lint

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Each probe is a sentence that stands in a page of the corpus.
func TestProbes(t *testing.T) {
	data, err := os.ReadFile("testdata/probes.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := halves(t)
	h := all[slices.IndexFunc(all, func(h half) bool { return h.name == "tuning" })]
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		labels, text, ok := strings.Cut(line, ": ")
		if line == "" || line[0] == '#' {
			continue
		}
		if !ok {
			t.Fatalf("no labels: %s", line)
		}
		host := "visiting-us"
		if strings.ContainsAny(text, "áéíóúñ¿¡") {
			host = "familia-y-recuperacion"
		}
		p, first, last := h.within(t, host, text)
		given := labelsOf(p, first, last)
		want := strings.Split(strings.TrimPrefix(labels, "-"), ", ")
		for label, message := range given {
			if !slices.Contains(want, label) {
				t.Errorf("wrong %s: %s\n    %s", label, message, text)
			}
		}
		for _, label := range want {
			if _, ok := given[label]; !ok && label != "" {
				t.Errorf("missed %s\n    %s", label, text)
			}
		}
	}
}
