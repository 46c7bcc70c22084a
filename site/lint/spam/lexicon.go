package spam

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"clinicblog/site/prose"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/spanish"
)

//go:embed *.txt
var files embed.FS

// Class is what a word of a lexicon speaks for.
type class uint8

const (
	selling class = iota // how things are sold
	topic                // what is sold elsewhere
	care                 // what a clinic writes about
)

// An entry is a word of a lexicon, or a phrase.
type entry struct {
	words  []string // stems; of a phrase more than one
	class  class
	weight float64
	group  string // the heading of its list: "travel"
}

// A table finds entries by their first stem; longer phrases stand before shorter
// ones.
type table map[string][]entry

// A lexicon is what is known of one language.
type lexicon struct {
	stem    func(string) string
	grammar func(string) bool // articles, prepositions, pronouns
	sells   table             // selling and topics
	cares   table
}

var lexicons = map[string]*lexicon{
	"en": load("en", func(w string) string { return english.Stem(w, true) }, english.IsStopWord),
	"es": load("es", func(w string) string { return spanish.Stem(w, true) }, spanish.IsStopWord),
}

// What a word weighs, by its mark in the files.
const (
	strong   = 2.0
	ordinary = 1.0
	weak     = 0.35
)

func load(lang string, stem func(string) string, grammar func(string) bool) *lexicon {
	l := &lexicon{stem: stem, grammar: grammar, sells: table{}, cares: table{}}
	l.read("selling."+lang+".txt", l.sells, selling)
	l.read("topics."+lang+".txt", l.sells, topic)
	l.read("clinic."+lang+".txt", l.cares, care)
	return l
}

// read adds the words of a file to a table. The files are part of the program:
// what is wrong with one is a bug.
func (l *lexicon) read(name string, into table, class class) {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("read lexicon: %v", err))
	}
	group := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			group = strings.Trim(line, "[]")
		default:
			for _, word := range strings.Fields(line) {
				e := entry{class: class, group: group, weight: ordinary}
				if w, ok := strings.CutSuffix(word, "!"); ok {
					word, e.weight = w, strong
				} else if w, ok := strings.CutSuffix(word, "~"); ok {
					word, e.weight = w, weak
				}
				for _, w := range prose.Words(strings.ReplaceAll(word, "_", " ")) {
					e.words = append(e.words, l.stem(w.Fold))
				}
				into.add(e)
			}
		}
	}
}

// add keeps the heavier of two equal entries.
func (t table) add(e entry) {
	list := t[e.words[0]]
	for i, have := range list {
		if slices.Equal(have.words, e.words) {
			if e.weight > have.weight {
				list[i] = e
			}
			return
		}
	}
	list = append(list, e)
	slices.SortStableFunc(list, func(a, b entry) int { return len(b.words) - len(a.words) })
	t[e.words[0]] = list
}
