package prose

import (
	"math"
	"strings"
	"testing"
)

func TestSyllables(t *testing.T) {
	for lang, vectors := range map[string]string{
		"en": "the 1 group 1 therapy 3 outpatient 3 intensive 3 alcoholism 5 people 2 medication 4 hundred 2 settled 2 ended 2 asked 1 " +
			"loved 1 changes 2 safely 2 treatment 2 statement 2 anxiety 4 behavioral 4 buprenorphine 4 naloxone 3 psychiatrist 4 " +
			"isn't 2 don't 1 didn't 2 table 2 being 2 studying 3 region 2 period 3 appreciate 4 social 2 cooperate 4 diarrhea 4 " +
			"Café 2 rhythm 2 IOP 2 24 1 program's 2 some 1 sometimes 2 psychoeducation 6 reality 4 years 1 yes 1 sea 1 don’t 1",
		"es": "el 1 grupo 2 terapia 3 día 2 país 2 ciudad 2 bien 1 construido 3 leer 2 aéreo 4 buey 1 muy 1 y 1 yo 1 averigüe 4 " +
			"guerra 2 quiere 2 aunque 2 adicción 3 ADICCIÓN 3 año 2 recuperación 5 prohibido 4 Uruguay 3 leíais 3 viuda 2 consejería 5 " +
			"ambulatorio 5 intensivo 4 reúne 3 maíz 2 caía 3 huir 1 24 1",
	} {
		fields := strings.Fields(vectors)
		for i := 0; i < len(fields); i += 2 {
			if got := Syllables(fields[i], lang); string(rune('0'+got)) != fields[i+1] {
				t.Errorf("%q in %s has %d syllables, want %s", fields[i], lang, got, fields[i+1])
			}
		}
	}
}

// The constants stand here a second time: one published package has 15.9 for
// 15.59.
func TestReading(t *testing.T) {
	r := Reading{Sentences: 2, Words: 20, Syllables: 30, Long: 3}
	for name, test := range map[string]struct{ got, want float64 }{
		"Flesch-Kincaid":  {r.Grade(), 0.39*10 + 11.8*1.5 - 15.59},
		"SMOG":            {Reading{Sentences: 1, Words: 9, Syllables: 20, Long: 4}.SMOG(), 14.5546},
		"Szigriszt-Pazos": {r.Perspicuity(), 206.835 - 62.3*1.5 - 10},
		"empty":           {Reading{}.Grade() + Reading{}.SMOG() + Reading{}.Perspicuity(), 0},
	} {
		if math.Abs(test.got-test.want) > 0.00005 {
			t.Errorf("%s is %f, want %f", name, test.got, test.want)
		}
	}
}

func TestReadingCounts(t *testing.T) {
	var r Reading
	r.Add("Group therapy helps. Yes! A heading without an end", "en")
	if want := (Reading{Sentences: 1, Words: 3, Syllables: 5, Long: 1}); r != want {
		t.Errorf("got %+v, want %+v", r, want)
	}
	if got, want := r.Plus(r), (Reading{2, 6, 10, 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func FuzzSyllables(f *testing.F) {
	f.Add("psychoeducación")
	f.Add("n't")
	f.Fuzz(func(t *testing.T, word string) {
		for _, lang := range []string{"en", "es"} {
			if n := Syllables(word, lang); n < 1 || n > len(word)+1 {
				t.Fatalf("%q in %s has %d syllables", word, lang, n)
			}
		}
	})
}
