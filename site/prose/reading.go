package prose

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reading counts what formulas of readability are made of. The zero value is an
// empty text.
type Reading struct {
	Sentences, Words, Syllables int
	Long                        int // words of three syllables or more
}

// Add counts the sentences of a text in a language, "en" or "es". A fragment, of
// fewer than three words or without punctuation at its end, is no sentence.
func (r *Reading) Add(text, lang string) {
	for _, s := range Sentences(text) {
		r.AddSentence(s.Of(text), lang)
	}
}

// AddSentence counts one sentence, unless it is a fragment, and tells whether it
// did.
func (r *Reading) AddSentence(sentence, lang string) bool {
	ws := Words(sentence)
	if len(ws) == 0 || Fragment(len(ws), sentence[ws[len(ws)-1].End:]) {
		return false
	}
	r.Sentences++
	for _, w := range ws {
		r.AddWord(Syllables(sentence[w.Start:w.End], lang))
	}
	return true
}

// AddWord counts a word of some syllables.
func (r *Reading) AddWord(syllables int) {
	r.Words++
	r.Syllables += syllables
	if syllables >= 3 {
		r.Long++
	}
}

// Fragment tells whether so many words with that end are no sentence.
func Fragment(words int, end string) bool {
	return words < 3 || !strings.ContainsFunc(end, func(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == ':' })
}

// Plus returns the counts of two texts together.
func (r Reading) Plus(s Reading) Reading {
	return Reading{r.Sentences + s.Sentences, r.Words + s.Words, r.Syllables + s.Syllables, r.Long + s.Long}
}

// Grade returns the Flesch-Kincaid grade level: years of school in the United
// States. 0 for an empty text. Source: Kincaid et al. 1975, Navy Research Branch
// Report 8-75.
func (r Reading) Grade() float64 {
	if r.Sentences == 0 {
		return 0
	}
	return 0.39*r.perSentence() + 11.8*r.perWord() - 15.59
}

// SMOG returns McLaughlin's grade, which looks at long words alone and is meant
// for texts of 30 sentences and more. Source: McLaughlin 1969, Journal of Reading
// 12(8):639-646.
func (r Reading) SMOG() float64 {
	if r.Sentences == 0 {
		return 0
	}
	return 1.0430*math.Sqrt(float64(r.Long)*30/float64(r.Sentences)) + 3.1291
}

// Perspicuity returns Szigriszt-Pazos's ease of reading of a Spanish text, from 0
// to 100, the higher the easier. On the INFLESZ scale a text for patients has 55
// or more. Sources: Szigriszt Pazos 1993; Barrio-Cantalejo et al. 2008, An Sist
// Sanit Navar 31(2):135-152.
func (r Reading) Perspicuity() float64 {
	if r.Sentences == 0 {
		return 0
	}
	return 206.835 - 62.3*r.perWord() - r.perSentence()
}

func (r Reading) perSentence() float64 { return float64(r.Words) / float64(r.Sentences) }
func (r Reading) perWord() float64     { return float64(r.Syllables) / float64(r.Words) }

// Syllables counts the syllables of a word of a language, "en" or "es". In
// Spanish spelling tells; in English it is a good guess. A number counts as one.
func Syllables(word, lang string) int {
	word = strings.ToLower(word)
	if r, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(r) {
		return 1
	}
	if lang == "es" {
		return spanishSyllables(word)
	}
	return englishSyllables(Fold(word))
}

// spanishSyllables counts nuclei: each strong vowel is one, and weak vowels join
// it or one another.
func spanishSyllables(word string) int {
	n := 0
	weak := false // weak vowels wait for a strong one
	rs := []rune(word)
	for i, r := range rs {
		next := rune(0)
		if i+1 < len(rs) {
			next = rs[i+1]
		}
		switch {
		case strings.ContainsRune("aeoáéóíú", r):
			n++
			weak = false
			// What follows it belongs to it.
			for j := i + 1; j < len(rs) && isWeak(rs, j); j++ {
				rs[j] = '-'
			}
		case r == 'u' && i > 0 && (rs[i-1] == 'q' || rs[i-1] == 'g') && strings.ContainsRune("eiéí", next) && next != 0:
		case isWeak(rs, i):
			weak = true
		default:
			if weak {
				n++
			}
			weak = false
		}
	}
	if weak {
		n++
	}
	return max(n, 1)
}

// isWeak tells a weak vowel. A y is one at the end of a word alone.
func isWeak(rs []rune, i int) bool {
	switch rs[i] {
	case 'i', 'u', 'ü':
		return true
	case 'y':
		return i == len(rs)-1
	}
	return false
}

// irregular are common English words, of care and of every day, that the rules
// below count wrongly.
var irregular = map[string]int{
	"people": 2, "everyone": 3, "everything": 3, "every": 2, "everyday": 3, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2,
	"one": 1, "are": 1, "were": 1, "there": 1, "area": 3, "areas": 3, "idea": 3, "ideas": 3, "being": 2, "science": 2, "sciences": 3, "client": 2, "clients": 2,
	"element": 3, "elements": 3, "evening": 2, "evenings": 2, "different": 3, "difference": 3, "several": 3, "business": 2, "family": 3, "interest": 3,
	"medicine": 3, "medicines": 3, "wednesday": 2, "create": 2, "creates": 2, "created": 3, "creating": 3, "quiet": 2, "diet": 2, "diets": 2, "fluid": 2, "fluids": 2,
	"anxious": 2, "anxiety": 4, "psychiatry": 4, "naive": 2, "poem": 2, "cafe": 2, "cafes": 2, "recipe": 3, "maybe": 2, "safety": 2, "lifeline": 2, "lifetime": 2,
	"therefore": 2, "whole": 1, "whenever": 3, "wherever": 3, "themselves": 2, "ourselves": 2, "yourselves": 2, "likely": 2, "hour": 1, "hours": 1,
	"sober": 2, "suicide": 3, "suicidal": 4, "methadone": 3, "naloxone": 3, "homework": 2, "household": 2, "homeless": 2,
	"useful": 2, "usual": 3, "behavior": 3, "behavioral": 4, "behaviors": 3, "heroin": 3, "experience": 4, "experiences": 4, "million": 2, "opinion": 3, "union": 2,
	"housework": 2, "hopeful": 2, "lonely": 2, "moment": 2, "moments": 2, "cement": 2, "comment": 2, "vegetable": 4, "vegetables": 4, "real": 1,
}

// silentBefore are endings that leave the e before them silent: safe-ly.
var silentBefore = []string{"ly", "ment", "ments", "ful", "fully", "less", "ness", "some", "where", "thing", "times", "body", "line", "work"}

func englishSyllables(word string) int {
	word = strings.TrimSuffix(word, "'s")
	if n, ok := irregular[word]; ok {
		return n
	}
	n := 0
	vowel := false
	for i := 0; i < len(word); i++ {
		is := isVowel(word, i)
		if is && !vowel {
			n++
		} else if is && hiatus(word, i) {
			n++
		}
		vowel = is
	}
	n -= silent(word)
	switch {
	case strings.HasSuffix(word, "sm"), strings.HasSuffix(word, "thm"), strings.HasSuffix(word, "sms"):
		n++ // alcoholism, rhythm
	case strings.HasSuffix(word, "n't") && len(word) > 4 && strings.IndexByte("dst", word[len(word)-4]) >= 0 && word != "don't":
		n++ // didn't, isn't
	}
	return max(n, 1)
}

func isVowel(word string, i int) bool {
	switch word[i] {
	case 'a', 'e', 'i', 'o':
		return true
	case 'u':
		return i == 0 || word[i-1] != 'q'
	case 'y':
		return i > 0 && (i+1 == len(word) || strings.IndexByte("aeiou", word[i+1]) < 0 || word[i-1] != 'o' && word[i-1] != 'a' && word[i-1] != 'e')
	}
	return false
}

// hiatus tells whether a new syllable begins at a vowel that follows a vowel.
func hiatus(word string, i int) bool {
	rest := word[i:]
	before := byte(0)
	if i > 1 {
		before = word[i-2]
	}
	switch word[i-1 : i+1] {
	case "ia":
		return strings.IndexByte("ctg", before) < 0 && !strings.HasPrefix(rest, "age") || strings.HasPrefix(rest, "at") // social, but appreciate
	case "io":
		return strings.IndexByte("tscgx", before) < 0 || strings.HasPrefix(rest, "olo") // nation, region, but period
	case "iu", "uo":
		return strings.IndexByte("qg", before) < 0 && rest != "oy"
	case "ie":
		return strings.HasPrefix(rest, "et") || strings.HasPrefix(rest, "en") && before != 'r' && before != 't' && before != 'c' || rest == "er" || rest == "est"
	case "ua":
		return before != 'g' && before != 's'
	case "ue":
		return strings.HasPrefix(rest, "en") || strings.HasPrefix(rest, "el") && before != 'f'
	case "eo":
		return strings.IndexByte("gl", before) < 0 || strings.HasPrefix(rest, "og") || strings.HasPrefix(rest, "om")
	case "ea":
		return strings.HasPrefix(rest, "ation") || strings.HasPrefix(rest, "ality") || strings.HasPrefix(rest, "act") || rest == "a" && i > 2
	case "ei", "yi", "oi", "ui", "ai", "ii":
		return rest == "ing" || rest == "ings" || strings.HasPrefix(rest, "ism") || strings.HasPrefix(rest, "uit")
	case "oe":
		return strings.HasPrefix(rest, "ex") || strings.HasPrefix(rest, "em") || strings.HasPrefix(rest, "educ")
	case "oo":
		return strings.HasPrefix(word, "coo") && (strings.HasPrefix(rest, "oper") || strings.HasPrefix(rest, "ordin")) || strings.HasPrefix(rest, "occur")
	case "ya", "yo", "ye":
		return i > 2
	}
	return false
}

// silent counts the vowels that are written and not heard.
func silent(word string) int {
	for _, end := range silentBefore {
		if stem, ok := strings.CutSuffix(word, end); ok && len(stem) > 3 && stem[len(stem)-1] == 'e' && !isVowel(stem, len(stem)-2) && stem[len(stem)-2] != 'l' {
			if end == "some" || end == "where" || end == "times" || end == "line" {
				return 2
			}
			return 1
		}
	}
	n := len(word)
	switch {
	case n > 2 && word[n-1] == 'e' && !isVowel(word, n-2):
		if word[n-2] == 'l' && !isVowel(word, n-3) {
			return 0 // table
		}
		return 1
	case n > 3 && strings.HasSuffix(word, "ed") && !isVowel(word, n-3):
		if strings.IndexByte("td", word[n-3]) >= 0 || strings.IndexByte("lr", word[n-3]) >= 0 && !isVowel(word, n-4) && word[n-4] != word[n-3] {
			return 0 // ended, settled, hundred
		}
		return 1
	case n > 3 && strings.HasSuffix(word, "es") && !isVowel(word, n-3):
		if strings.IndexByte("sxzcg", word[n-3]) >= 0 || word[n-3] == 'h' && strings.IndexByte("cs", word[n-4]) >= 0 || word[n-3] == 'l' && !isVowel(word, n-4) {
			return 0
		}
		return 1
	case n > 5 && strings.HasSuffix(word, "some"):
		return 1
	}
	return 0
}
