package lint

import (
	"fmt"
	"slices"
	"strings"
)

// A phrase is an entry of a lexicon: how people say a thing, and what makes it
// harmless. Say is a row of words, as prose.Fold writes them, within one
// sentence:
//
//	word     the word            word*    a word that begins so
//	a|b      one of them         word?    the word or none
//	@name    one of a class      #        a number, in digits or words
//	..3      up to three words, but no comma and none that turns the sense: and, not, we
//	~2       up to two words that describe what follows: none such as the, in, of
//	^        the sentence begins here, or goes on after a comma
//	$        the sentence ends here
//	!word    not followed by the word, with no comma between
type phrase struct {
	Say    string
	Write  string // what to write instead, in the language of Say
	Swap   string // the same, when it fits in the place of the words, whatever stands around them
	With   string // the phrase counts only in a sentence with one of these words; one that says "it", after such a sentence too
	As     string // how the rule is to look at what was found
	Unless string // and not in a sentence with one of these
	// Source is who asks for the other wording, and Profile the guide that is
	// followed when it does: "" for every one.
	Source, Profile string
	// Soft makes advice of what is an error otherwise.
	Soft bool

	row          []element
	with, unless *wordSet
}

// An element is one step of a phrase.
type element struct {
	kind     elementKind
	words    *wordSet
	most     int // of a gap
	optional bool
	number   bool // a number will do as well
}

type elementKind int

const (
	aWord elementKind = iota
	aNumber
	aGap
	aDescription
	aStart
	anEnd
	notWord
)

// A wordSet holds words and beginnings of words.
type wordSet struct {
	exact  map[string]bool
	begins []string
	number int // of the set, by which words remember it
}

// wordSets is how many sets there are. All are made before anything is judged.
var wordSets int

func (s *wordSet) has(fold string) bool {
	return s.exact[fold] || slices.ContainsFunc(s.begins, func(b string) bool { return strings.HasPrefix(fold, b) })
}

// newWordSet reads words separated by spaces or bars. @name stands for a class.
func newWordSet(text string) *wordSet {
	s := &wordSet{exact: map[string]bool{}, number: wordSets}
	wordSets++
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '|' || r == '\n' || r == '\t' }) {
		if class, ok := strings.CutPrefix(w, "@"); ok {
			members, known := classes[class]
			if !known {
				panic("no class of words " + w)
			}
			sub := newWordSet(members)
			for word := range sub.exact {
				s.exact[word] = true
			}
			s.begins = append(s.begins, sub.begins...)
		} else if begin, ok := strings.CutSuffix(w, "*"); ok {
			s.begins = append(s.begins, begin)
		} else {
			s.exact[w] = true
		}
	}
	return s
}

// turning words end a gap: what follows them is another thing.
var turning = newWordSet("and or but not no nor never to if we you i who because than y o pero no ni si que porque")

// function words do not describe what follows them.
var function = newWordSet(`the a an this that these those our your their his her my its of to in on at for with from by and or but as is are was were be
	been has have had do does did will would can could should may might must not no who which when where if than so we you they it he she i
	el la los las un una unos unas este esta estos estas nuestro nuestra nuestros nuestras su sus mi de del al a en con por para y o pero como
	es son fue ser no que quien cuando donde si lo le les se`)

func (p *phrase) compile() {
	for _, w := range strings.Fields(p.Say) {
		var e element
		switch {
		case strings.HasPrefix(w, ".."):
			e = element{kind: aGap, most: int(w[2] - '0')}
		case w[0] == '~':
			e = element{kind: aDescription, most: int(w[1] - '0')}
		case w == "^":
			e.kind = aStart
		case w == "$":
			e.kind = anEnd
		case w[0] == '!':
			e = element{kind: notWord, words: newWordSet(w[1:])}
		default:
			w, e.optional = strings.CutSuffix(w, "?")
			if w == "#" {
				e.kind = aNumber
			} else {
				e.words = newWordSet(w)
				e.number = e.words.exact["#"]
				delete(e.words.exact, "#")
			}
		}
		p.row = append(p.row, e)
	}
	if p.With != "" {
		p.with = newWordSet(p.With)
	}
	if p.Unless != "" {
		p.unless = newWordSet(p.Unless)
	}
}

// trigger returns the words that the phrase can begin with; nil for a number.
func (p *phrase) trigger() *wordSet {
	for _, e := range p.row {
		if e.kind == aWord && !e.optional {
			return e.words
		}
		if e.kind == aNumber {
			return nil
		}
		if e.kind != aStart {
			break
		}
	}
	panic(fmt.Sprintf("phrase %q begins with no word", p.Say))
}

// match returns the last word of the phrase when it begins at a word, else -1. The
// word is one that the phrase can begin with.
func (p *phrase) match(t *passage, at int) int {
	if first := &p.row[0]; first.kind == aWord && !first.optional {
		return matchRow(p.row[1:], t, at+1, t.words[at].sentence)
	}
	return matchRow(p.row, t, at, t.words[at].sentence)
}

func matchRow(row []element, t *passage, at, sentence int) int {
	if len(row) == 0 {
		return at - 1
	}
	e, rest := row[0], row[1:]
	inside := at < len(t.words) && t.words[at].sentence == sentence
	switch e.kind {
	case aStart:
		if inside && t.words[at].opens {
			return matchRow(rest, t, at, sentence)
		}
	case anEnd:
		if !inside {
			return matchRow(rest, t, at, sentence)
		}
	case notWord:
		if !inside || t.words[at].opens || !t.words[at].in(e.words) {
			return matchRow(rest, t, at, sentence)
		}
	case aGap, aDescription:
		for n := 0; ; n++ {
			if last := matchRow(rest, t, at+n, sentence); last >= 0 {
				return last
			}
			i := at + n
			if n == e.most || i >= len(t.words) || t.words[i].sentence != sentence {
				return -1
			}
			if w := &t.words[i]; e.kind == aDescription && w.in(function) || w.opens || w.in(turning) || w.in(negators) {
				return -1
			}
		}
	case aWord, aNumber:
		if inside && ((e.kind == aNumber || e.number) && t.words[at].number || e.kind == aWord && t.words[at].in(e.words)) {
			if last := matchRow(rest, t, at+1, sentence); last >= 0 {
				return last
			}
		}
		if e.optional {
			return matchRow(rest, t, at, sentence)
		}
	}
	return -1
}

// A dictionary finds the phrases of all lexicons in one pass over the words.
type dictionary struct {
	exact   map[string][]entry
	begins  map[string][]entry
	lengths []int // of the keys of begins
	numbers []entry
}

type entry struct {
	lexicon string
	*phrase
}

func newDictionary(lexicons map[string][]phrase) *dictionary {
	d := &dictionary{exact: map[string][]entry{}, begins: map[string][]entry{}}
	for name, phrases := range lexicons {
		for i := range phrases {
			p := &phrases[i]
			p.compile()
			words := p.trigger()
			if words == nil {
				d.numbers = append(d.numbers, entry{name, p})
				continue
			}
			if p.row[0].number {
				d.numbers = append(d.numbers, entry{name, p})
			}
			for w := range words.exact {
				d.exact[w] = append(d.exact[w], entry{name, p})
			}
			for _, b := range words.begins {
				d.begins[b] = append(d.begins[b], entry{name, p})
				if !slices.Contains(d.lengths, len(b)) {
					d.lengths = append(d.lengths, len(b))
				}
			}
		}
	}
	return d
}

// starting returns the phrases that may begin with a word.
func (d *dictionary) starting(fold string, number bool) []entry {
	all := d.exact[fold]
	for _, n := range d.lengths {
		if n <= len(fold) {
			if more := d.begins[fold[:n]]; more != nil {
				all = append(all[:len(all):len(all)], more...)
			}
		}
	}
	if number {
		all = append(all[:len(all):len(all)], d.numbers...)
	}
	return all
}
