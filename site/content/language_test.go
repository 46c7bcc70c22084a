package content

import (
	"strings"
	"testing"

	"clinicblog/site/diag"
)

var twoLanguages = []Language{{"en", "en-US"}, {"es", "es-US"}}

func TestLanguageOfFile(t *testing.T) {
	for _, tt := range []struct{ file, name, lang, key string }{
		{"content/groups/process.md", "content/groups/process.md", "en", "process"},
		{"content/groups/process.es.md", "content/groups/process.md", "es", "process"},
		{"content/groups/process.en.md", "content/groups/process.md", "en", "process"},
		{"content/groups/process.ES.md", "content/groups/process.md", "es", "process"},
		{"content/groups/_index.es.md", "content/groups/_index.md", "es", "groups"},
		{"content/articles/a/index.es.md", "content/articles/a/index.md", "es", "a"},
		{"content/articles/v1.2.md", "content/articles/v1.2.md", "en", "v1.2"},
		{"content/articles/fr.md", "content/articles/fr.md", "en", "fr"},
		{"content/articles/a.fr.md", "content/articles/a.fr.md", "en", "a.fr"},
		{"content/es.md", "content/es.md", "en", "es"},
	} {
		p := newPage(tt.file, Options{Languages: twoLanguages})
		if p.Name != tt.name || p.Lang != tt.lang || p.Key != tt.key {
			t.Errorf("%s: got %q in %q with the key %q", tt.file, p.Name, p.Lang, p.Key)
		}
	}
}

func TestTranslations(t *testing.T) {
	index, found := loadFiles(t, Options{Languages: twoLanguages}, map[string]string{
		"content/people/ana.md":            "---\ntitle: Ana\n---\n",
		"content/people/ana.es.md":         "---\ntitle: Ana, en español\n---\n",
		"content/people/ben.md":            "---\ntitle: Ben\n---\n",
		"content/people/ben.es.md":         "---\ntitle: Ben\ndraft: true\n---\n",
		"content/people/cleo.es.md":        "---\ntitle: Cleo\n---\n",
		"content/articles/a/index.md":      "---\ntitle: A\n---\n",
		"content/articles/a/index.es.md":   "---\ntitle: A\ntranslation: {of: 0123456789012345, by: ana}\n---\n",
		"content/articles/a/note.md":       "no page: it lies beside one\n",
		"content/articles/b/index.es.md":   "---\ntitle: B\n---\n",
		"content/articles/b/more/index.md": "no page: it lies below one\n",
		"data/clinic.yaml":                 "name: Clinic\ndescription: {en: A clinic, es: Una clínica}\nlevelsOfCare:\n  - name: {en: Day program, de: Tagesklinik, spanish: x}\n",
		"i18n/es-US.yaml":                  "home: Inicio\npeople: {one: persona, other: personas}\n",
	})
	want := `data/clinic.yaml:4:5: advice: name is not written in the language es (data-untranslated)
    write the text in that language beside the others
data/clinic.yaml:4:46: unknown key "spanish" (unknown-key)
    remove the key, or put your own keys below params
`
	if found != want {
		t.Errorf("found:\n%s", found)
	}
	for key, titles := range map[string][2]string{"ana": {"Ana", "Ana, en español"}, "ben": {"Ben", "Ben"}, "cleo": {"Cleo", "Cleo"}} {
		for i, l := range twoLanguages {
			if p := index.Person(key, l.Key); p == nil || p.Title != titles[i] {
				t.Errorf("person %s in %s: got %+v", key, l.Key, p)
			}
		}
	}
	var a *Page
	for _, p := range index.Pages {
		if p.Source == "content/articles/a/index.es.md" {
			a = p
		}
	}
	if a == nil || len(index.Pages) != 9 || index.Original(a).Title != "A" || index.Original(index.Original(a)) != nil {
		t.Fatalf("got %d pages, translation %+v", len(index.Pages), a)
	}
	if stale := index.Stale(); len(stale) != 1 || stale[0] != a {
		t.Errorf("stale: %v", stale)
	}
	if got := a.At("translation.of"); got.Line != 3 || got.Col != 15 {
		t.Errorf("translation.of at %v", got)
	}
	c := index.Clinic
	if c.Description.In("es") != "Una clínica" || c.Description.In("fr") != "A clinic" || c.Levels[0].Name.In("es") != "Day program" {
		t.Errorf("clinic %+v", c)
	}
	if w := index.Words[1]; w.File != "i18n/es-US.yaml" || !w.Found || w.Text("home") != "Inicio" || w.Text("people") != "persona\npersonas" {
		t.Errorf("words %+v", w)
	}
	if w := index.Words[0]; w.Found || w.File != "i18n/en.yaml" {
		t.Errorf("words %+v", w)
	}
}

// What only changes the form keeps the stamp; what a reader would notice does not.
func TestDigest(t *testing.T) {
	const source = `---
title: "The clinic's groups"
description: A page.
---
## FAQ

### Is it *safe*?

Yes, it's **safe**: see [the study](ref:a) and [this](/x/).

- one
- two

![A chair](chair.svg)
`
	digest := func(src string) string {
		return Parse("content/faq.md", []byte(src), Options{Now: now}, func(d diag.Diagnostic) { t.Error(d) }).Digest()
	}
	want := digest(source)
	if len(want) != 16 {
		t.Errorf("got the digest %q", want)
	}
	for _, edit := range [][]string{
		{"title: \"The clinic's groups\"", "title: The clinic’s groups"},
		{"description: A page.", "description:   'A page.'\nlastmod: 2026-01-01\ndraft: true\nslug: other\nauthor: ana"},
		{"description: A page.", "description: A page.\ntranslation: {of: x}\nreview: {by: ana, date: 2026-01-01, until: 2026-06-01}"},
		{"*safe*?", "safe?"}, {"**safe**", "__safe__"}, {"it's", "it’s"}, {"Yes, it's", "Yes,\nit's"}, {"Yes, it's", "Yes,\u00a0it's"},
		{"- one\n- two", "* one\n\n* two"}, {"- one\n- two", "1. one\n2. two"},
		{"and [this](/x/).", "and [this]( /x/ 'a title' )."}, {"- two", "-   two  "}, {"- one", "\n\n- one"},
		{"### Is it *safe*?", "Q1. Is it safe?"}, {"### Is it", "#### Is it"},
		{"![A chair]", "<!-- a note -->\n\n![A chair]"},
	} {
		if got := digest(strings.Replace(source, edit[0], edit[1], 1)); got != want {
			t.Errorf("%q for %q changes the digest", edit[1], edit[0])
		}
	}
	for _, edit := range [][]string{
		{"groups", "group"}, {"A page", "The page"}, {"safe**", "unsafe**"}, {"ref:a", "ref:b"}, {"(/x/)", "(/y/)"},
		{"two", "2"}, {"two", "three"}, {"safe**: see", "not safe**: see"}, {"Yes, it's", "Yes, it isn't"}, {"- two\n", ""}, {"A chair", "Chairs"}, {"chair.svg", "table.svg"}, {"Is it", "Was it"},
	} {
		if digest(strings.Replace(source, edit[0], edit[1], 1)) == want {
			t.Errorf("%q for %q does not change the digest", edit[1], edit[0])
		}
	}
}
