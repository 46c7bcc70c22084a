package content

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// Language is a language of the site: its key in hugo.toml, which is also the
// suffix of its files, and its tag of BCP 47: {"es", "es-US"}.
type Language struct{ Key, Tag string }

// Text is a text of a data file. It is written once, or once in each language:
//
//	name: {en: Morning, es: Mañana}
//
// The text of the default language is under "".
type Text map[string]string

// In returns the text in a language, or else in the default language.
func (t Text) In(lang string) string { return cmp.Or(t[lang], t[""]) }

// Translation is what a page in another language than the default one says of
// its making.
type Translation struct {
	Of         string // Digest of the source that it was made from
	By         string // Key of a page of Kind Person, or ""
	ReviewedBy string // Key of the person who reviewed it as a translator, or ""
}

// splitLanguage takes the suffix of a language out of a file's name, as Hugo
// does: content/a.es.md is content/a.md in es. Without one a file is in the
// default language.
func (o Options) splitLanguage(file string) (name, lang string) {
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	suffix := strings.ToLower(strings.TrimPrefix(path.Ext(stem), "."))
	for _, l := range o.Languages {
		if suffix == strings.ToLower(l.Key) && suffix != "" {
			return stem[:len(stem)-len(suffix)-1] + ext, l.Key
		}
	}
	return file, o.Languages[0].Key
}

// DefaultLanguage is the key of the language that pages are translated from.
func (x *Index) DefaultLanguage() string { return x.Languages[0].Key }

// In returns the same page in a language, nil when it was not written.
func (x *Index) In(p *Page, lang string) *Page { return x.editions[edition{p.Name, lang}] }

// Original returns the page that p is a translation of; nil when there is none
// or p is in the default language.
func (x *Index) Original(p *Page) *Page {
	if p.Lang == x.DefaultLanguage() {
		return nil
	}
	return x.In(p, x.DefaultLanguage())
}

// Person returns the published page of a person, in a language if there is one.
func (x *Index) Person(key, lang string) *Page {
	p := x.People[key]
	if p == nil {
		return nil
	}
	if t := x.In(p, lang); t != nil && t.Published {
		return t
	}
	return p
}

// Stale returns the published translations whose source has changed since.
func (x *Index) Stale() []*Page {
	var stale []*Page
	for _, p := range x.Pages {
		if from := x.Original(p); from != nil && p.Published && p.Translation != nil && p.Translation.Of != "" && p.Translation.Of != from.Digest() {
			stale = append(stale, p)
		}
	}
	return stale
}

// edition is a page in a language: its Name and the language's key.
type edition struct{ name, lang string }

// connect makes the tables that lead from one page to another.
func (x *Index) connect() {
	x.editions = make(map[edition]*Page, len(x.Pages))
	x.People = map[string]*Page{}
	for _, p := range x.Pages {
		id := edition{p.Name, p.Lang}
		if x.editions[id] == nil {
			x.editions[id] = p
		}
		if p.Person == nil || !p.Published {
			continue
		}
		// The default language wins: its page is there for every language.
		if have := x.People[p.Key]; have == nil || have.Lang != p.Lang && p.Lang == x.DefaultLanguage() {
			x.People[p.Key] = p
		}
	}
}

// Words is the i18n file of a language: the words of the interface.
type Words struct {
	Lang string
	File string // "i18n/es.yaml"
	// Found tells whether the file is there.
	Found bool
	// Keys are the places of all words, by their key as written.
	Keys map[string]diag.Pos

	text map[string]string
}

// Text returns a word's text, "" when the file has none. Of a word with plural
// forms it is all of them, one a line.
func (w *Words) Text(key string) string { return w.text[key] }

func readWords(opts Options, l Language, report func(diag.Diagnostic)) (*Words, error) {
	w := &Words{Lang: l.Key, Keys: map[string]diag.Pos{}, text: map[string]string{}}
	// The file is named after the language, with or without the region.
	names := []string{l.Tag, strings.ToLower(l.Tag), primary(l.Tag), l.Key}
	for _, name := range slices.Compact(names) {
		w.File = "i18n/" + name + ".yaml"
		m, err := readData(opts, w.File, report)
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		w.Found = true
		for _, it := range m.items {
			w.Keys[it.name] = it.pos
			w.text[it.name] = forms(it.node)
		}
		break
	}
	return w, nil
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}
