package lint

import (
	"strings"
	"testing"

	"clinicblog/site/content"
	"clinicblog/site/prose"
)

// A word of a lexicon that no text is ever cut into would never be found.
func TestLexiconWords(t *testing.T) {
	check := func(say string, s *wordSet) {
		if s == nil {
			return
		}
		for w := range s.exact {
			if ws := prose.Words(w); len(ws) != 1 || ws[0].Fold != w {
				t.Errorf("%q in %q is no word as texts are cut", w, say)
			}
		}
		for _, w := range s.begins {
			if ws := prose.Words(w); len(ws) != 1 || ws[0].Fold != w {
				t.Errorf("%q in %q is no beginning of a word", w, say)
			}
		}
	}
	seen := map[*phrase]bool{}
	entries := lexicon.numbers
	for _, all := range []map[string][]entry{lexicon.exact, lexicon.begins} {
		for _, es := range all {
			entries = append(entries, es...)
		}
	}
	for _, e := range entries {
		if seen[e.phrase] {
			continue
		}
		seen[e.phrase] = true
		for _, el := range e.row {
			check(e.Say, el.words)
		}
		check("With: "+e.With, e.with)
		check("Unless: "+e.Unless, e.unless)
	}
}

func TestPhrase(t *testing.T) {
	for _, test := range []struct {
		say, text string
		want      bool
	}{
		{"studies ..2 show", "studies often clearly show", true},
		{"studies ..2 show", "studies and others show", false},
		{"studies ..2 show", "studies, which show", false},
		{"studies show", "Studies. Show", false},
		{"^ relapse $", "Relapse? Never.", true},
		{"^ relapse $", "Relapse is common.", false},
		{"best ~2 clinic", "best small clinic", true},
		{"best ~2 clinic", "best of the clinic", false},
		{"recover*", "recovered", true},
		{"clean !clothes|towels", "clean clothes", false},
		{"clean !clothes|towels", "clean", true},
		{"^ half", "we, half", true},
		{"^ half", "we half", false},
		{"# in #", "nine in 10", true},
		{"very? good", "good", true},
	} {
		p := phrase{Say: test.say}
		p.compile()
		text := &passage{Block: &content.Block{Text: test.text}}
		c := newCutter()
		for _, w := range prose.Words(test.text) {
			text.words = append(text.words, word{Word: w, known: c.know(w.Fold)})
		}
		text.mark()
		found := false
		for i := range text.words {
			found = found || matchRow(p.row, text, i, text.words[i].sentence) >= 0
		}
		if found != test.want {
			t.Errorf("%q in %q: %v", test.say, test.text, found)
		}
	}
	if !strings.Contains(lexiconPanic(), "begins with no word") {
		t.Error("a phrase that begins with a gap passes")
	}
}

func lexiconPanic() (message string) {
	defer func() { message, _ = recover().(string) }()
	newDictionary(map[string][]phrase{"x": {{Say: "..2 show"}}})
	return ""
}
