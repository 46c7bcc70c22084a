package prose

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"Evidence-based care, don’t wait.":    "evidence based care don't wait",
		"9.5 hours (24/7), 100% of 1,000":     "9.5 hours 24 7 100 of 1,000",
		"¿Qué es la ADICCIÓN? Los años.":      "que es la adiccion los años",
		"an\u0303os y adiccio\u0301n":         "años y adiccion",
		"1-800-273-8255 or 988":               "1 800 273 8255 or 988",
		"":                                    "",
		"🙂 – “quoted” SAMHSA's https://a.b/c": "quoted samhsa's https a.b c",
	} {
		var got []string
		for _, w := range Words(text) {
			got = append(got, w.Fold)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("words of %q are %q, want %q", text, g, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{"One.", "Two?", "Three!"},
		{"Dr. Ana leads it.", "She is there at 9 a.m. on most days."},
		{"It helps, e.g. With sleep.", "It is 9.5 hours a week."},
		{"Lo dirige la Dra. Ruiz.", "¿Quién viene?", "¡Todos!"},
		{"No end of a sentence"},
		nil,
	} {
		text := strings.Join(want, " ")
		var got []string
		for _, s := range Sentences(" " + text + "  ") {
			got = append(got, s.Of(" "+text+"  "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("sentences of %q are %q", text, got)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add("Dr. Ana: 100% “sure”, ¿no? an\u0303os")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, w := range Words(text) {
			if w.Start < end || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %v after %d in %q", w, end, text)
			}
			end = w.End
			if utf8.ValidString(text) && Fold(w.Fold) != w.Fold {
				t.Fatalf("%q folds to %q", w.Fold, Fold(w.Fold))
			}
		}
		end = 0
		for _, s := range Sentences(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("sentence %v after %d in %q", s, end, text)
			}
			end = s.End
		}
	})
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("A therapy group for substance use usually has 6 to 12 people and one or two therapists. ", 80)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Words(text)
	}
}

// Words that are told by their letters alone are those of Unicode's rules.
func FuzzWords(f *testing.F) {
	for _, text := range []string{
		"It is evidence-based, and don't stop.", "At 9.5 hours (a.m.) a week: 3,000 people; e.g. you?!", "¿Qué es? Años, n\u0303andu\u0301",
		"a  b\tc\nd\u00a0e", " \u0301abc x_y 1:2:a a: b. .c", "👩‍👩‍👧 ok 🇺🇸🇪🇸", "o'clock ’tis 'a' a'", "a\u00adb a.b a..b a.) b",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // no source is
		}
		got, want := Words(text), appendWords(nil, text, 0)
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}
