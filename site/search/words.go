package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/spanish"
	"golang.org/x/text/unicode/norm"
)

// maxWord is the length of the longest word that is indexed, in letters. What
// is longer is an address or a mistake.
const maxWord = 40

// language is what is known of the words of a language.
type language struct {
	stem func(word string, stemStopWords bool) string
	stop func(word string) bool
}

// languages by the first part of their keys. Words of others are found in the
// form that they have on the page.
var languages = map[string]language{
	"en": {english.Stem, english.IsStopWord},
	"es": {spanish.Stem, spanish.IsStopWord},
}

func languageOf(key string) language {
	base, _, _ := strings.Cut(strings.ToLower(key), "-")
	if l, ok := languages[base]; ok {
		return l
	}
	return language{
		stem: func(word string, _ bool) string { return word },
		stop: func(string) bool { return false },
	}
}

// segments calls do with each word of a text: what Unicode calls a word (UAX
// 29), cut once more at full stops, colons and the like, over which browsers
// disagree. Each has a letter or a digit in it.
func segments(text []byte, do func(word []byte)) {
	for i := words.FromBytes(text); i.Next(); {
		rest := i.Value()
		for len(rest) > 0 {
			end, letters, next := 0, false, len(rest)
			for end < len(rest) {
				r, n := utf8.DecodeRune(rest[end:])
				if unicode.IsLetter(r) || unicode.IsNumber(r) {
					letters = true
				} else if !unicode.In(r, unicode.M, unicode.Cf) && r != '\'' && r != '’' {
					next = end + n
					break
				}
				end += n
			}
			if letters {
				do(rest[:end])
			}
			rest = rest[next:]
		}
	}
}

// fold returns the form in which a word is looked up: its letters and digits,
// without accents and capitals. The browser does the same; see fold in
// assets/js/index.js.
func fold(word string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// plain returns the form that a stemmer expects: accents stay, in one piece
// with their letters.
func plain(word string) string {
	return strings.ToLower(strings.ReplaceAll(norm.NFC.String(word), "’", "'"))
}

// vocabulary numbers the terms that one worker meets.
type vocabulary struct {
	language
	tokens map[string]token // by the word as written
	number map[string]int32 // by stem
	stems  []string         // by number
	forms  [][]string       // by number
	stop   map[string]bool  // folded
}

// token is a word as written.
type token struct {
	term int32 // -1 for a word that is not indexed
	stop bool
}

func newVocabulary(lang string) *vocabulary {
	return &vocabulary{language: languageOf(lang), tokens: map[string]token{}, number: map[string]int32{}, stop: map[string]bool{}}
}

func (v *vocabulary) token(word []byte) token {
	t, ok := v.tokens[string(word)]
	if !ok {
		t = v.newToken(string(word))
		v.tokens[string(word)] = t
	}
	return t
}

func (v *vocabulary) newToken(word string) token {
	form := fold(word)
	if form == "" || utf8.RuneCountInString(form) > maxWord {
		return token{term: -1}
	}
	word = plain(word)
	t := token{stop: v.language.stop(word)}
	if t.stop {
		v.stop[form] = true
	}
	stem := fold(v.stem(word, true))
	n, ok := v.number[stem]
	if !ok {
		n = int32(len(v.stems))
		v.number[stem] = n
		v.stems = append(v.stems, stem)
		v.forms = append(v.forms, nil)
	}
	t.term = n
	v.forms[n] = append(v.forms[n], form)
	return t
}
