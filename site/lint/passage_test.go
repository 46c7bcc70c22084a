package lint

import (
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"clinicblog/site/content"
)

// Whatever a text is, what is found in it lies in one sentence, a second look finds
// the same, and what is remembered of a word is so.
func FuzzPhrases(f *testing.F) {
	for _, text := range []string{
		"Studies show that 9 out of 10 addicts get clean, guaranteed!", "We cure addiction for good; never relapse again.",
		"Los estudios demuestran que curamos la adicción para siempre.", "Call 1-800-273-TALK. \"I was a junkie\" - Denise R., 43, who stayed.",
		"Our IOP meets on three evenings a week from 5:30 to 8:45 p.m.", "¿Está limpio? No. 100 % seguro…", "a\u0301 b\tc\n\n“d” (e) 1,000", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // no source is
		}
		c := newCutter()
		for _, lang := range []string{"en", "es"} {
			p := c.cut(&content.Block{Text: text}, lang)
			var once []find
			for _, list := range []string{"evidence", "outcome", "person", "clean", "suffering", "rate", "quantity"} {
				once = append(once, p.found[list]...)
			}
			for _, x := range once {
				if x.first > x.last || x.last >= len(p.words) || p.words[x.first].sentence != p.words[x.last].sentence {
					t.Fatalf("%q: %q from word %d to %d", text, x.Say, x.first, x.last)
				}
			}
			for i := range p.words {
				if w := &p.words[i]; w.in(negators) != negators.has(w.Fold) || w.in(function) != function.has(w.Fold) {
					t.Fatalf("%q: %q is remembered as something else", text, w.Fold)
				}
			}
			if first, last := p.namedPatient(); first > last || last >= len(p.words) {
				t.Fatalf("%q: a patient is named from word %d to %d", text, first, last)
			}
			words := slices.Clone(p.words)
			if again := c.cut(&content.Block{Text: text}, lang); !reflect.DeepEqual(words, again.words) {
				t.Fatalf("%q is cut in two ways", text)
			}
		}
	})
}
