package lint

import (
	"maps"
	"regexp"
	"slices"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var i18nMissing = diag.Rule[Subject]{
	Info: diag.Info{ID: "i18n-missing", Severity: diag.Error,
		Fix: "let the i18n files of all languages have the same keys, each with the same placeholders",
		Doc: `A word of the interface is missing in a language, or is of no use in it

What a language lacks is shown in another: a Spanish page with an English
button. A key that the default language lacks is one that nothing prints, mostly
a misspelt one. A word without its placeholder, such as %s or {{ .Name }}, loses
what belongs there: the number of a crisis line.`},
	Run: func(s Subject, report diag.Report) {
		first := s.Words[0]
		for _, w := range s.Words[1:] {
			if !w.Found {
				if first.Found {
					report(diag.Pos{File: w.File}, "there is no file with the words of the language %s", w.Lang)
				}
				continue
			}
			for _, key := range slices.Sorted(maps.Keys(first.Keys)) {
				pos, ok := w.Keys[key]
				switch want := first.Text(key); {
				case !ok:
					report(diag.Pos{File: w.File}, "the file has no word %q, which %s has", key, first.File)
				case w.Text(key) == "" && want != "":
					report(pos, "the word %q is empty", key)
				default:
					for _, p := range placeholders(want) {
						if !slices.Contains(placeholders(w.Text(key)), p) {
							report(pos, "the word %q has no %s, which %s has", key, p, first.File)
						}
					}
				}
			}
			for _, key := range slices.Sorted(maps.Keys(w.Keys)) {
				if _, ok := first.Keys[key]; !ok {
					report(w.Keys[key], "the word %q is not in %s%s", key, first.File, didYouMean(content.Nearest(key, slices.Sorted(maps.Keys(first.Keys)))))
				}
			}
		}
	},
}

var placeholder = regexp.MustCompile(`%[a-z]|\{\{[^}]*\}\}`)

// placeholders are what a layout fills in, each once.
func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
