// Package prose cuts text into words and sentences, for the rules that judge
// wording. Boundaries are those of Unicode (UAX 29); what English and Spanish
// abbreviations add to that is here.
//
// It knows letters only: no Markdown, no HTML, no rule, no files.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
)

// Word is a word or a number of a text. Fold is how it is compared: see Fold.
type Word struct {
	Fold       string
	Start, End int // bytes of the text
}

// Words returns the words and numbers of a text, in order. "evidence-based" is
// two words, "don't" and "9.5" are one each.
func Words(text string) []Word { return AppendWords(make([]Word, 0, len(text)/5), text) }

// AppendWords appends the words of a text to others.
func AppendWords(ws []Word, text string) []Word {
	// A space always ends a word, and most of what stands between two spaces is
	// letters, with at most a sign behind them: no table is needed for that.
	for at := 0; at < len(text); {
		end := at + letters(text[at:])
		rest := end
		if rest < len(text) && strings.IndexByte(".,;:?!)", text[rest]) >= 0 {
			rest++
		}
		if rest == len(text) || text[rest] == ' ' {
			if end > at {
				ws = append(ws, Word{Fold: Fold(text[at:end]), Start: at, End: end})
			}
			at = rest + 1
			continue
		}
		end = len(text)
		if space := strings.IndexByte(text[at:], ' '); space >= 0 {
			end = at + space
		}
		ws = appendWords(ws, text[at:end], at)
		at = end + 1
	}
	return ws
}

// letters counts the ASCII letters that a text begins with.
func letters(text string) int {
	n := 0
	for n < len(text) && 'a' <= text[n]|0x20 && text[n]|0x20 <= 'z' {
		n++
	}
	return n
}

// appendWords appends the words of a text that stands at an offset.
func appendWords(ws []Word, text string, offset int) []Word {
	for it := words.FromString(text); it.Next(); {
		r, _ := utf8.DecodeRuneInString(it.Value())
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			ws = append(ws, Word{Fold: Fold(it.Value()), Start: offset + it.Start(), End: offset + it.End()})
		}
	}
	return ws
}

// accents are the letters that a hurried writer leaves without their accent. ñ
// is not one of them: "años" and "anos" are different words.
var accents = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ç", "c", "’", "'", "\u00ad", "",
)

// Fold returns the form of a text by which words are compared: lower case,
// without accents, with straight apostrophes. A decomposed letter (n and U+0303)
// counts as the letter that it shows.
func Fold(text string) string {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			lower := strings.ToLower(text)
			if c < utf8.RuneSelf && isASCII(lower) {
				return lower
			}
			return accents.Replace(compose(lower))
		}
	}
	return text
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// compose puts the tilde of a decomposed ñ back and drops other combining marks.
func compose(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "n\u0303", "ñ"))
}

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Of returns the part of text that the span names.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// abbreviations end with a full stop and not with it a sentence, whatever
// follows; those that may end one (a.m., etc.) are left to Unicode's rules.
var abbreviations = map[string]bool{
	"dr.": true, "drs.": true, "mr.": true, "mrs.": true, "ms.": true, "prof.": true, "st.": true, "no.": true, "vs.": true, "e.g.": true,
	"i.e.": true, "cf.": true, "fig.": true, "approx.": true, "dept.": true, "ext.": true, "al.": true, "vol.": true,
	"dra.": true, "sr.": true, "sra.": true, "srta.": true, "ud.": true, "uds.": true, "núm.": true, "ej.": true, "p.": true, "pág.": true,
	"tel.": true, "av.": true,
}

// Sentences returns the sentences of a text, without the white space around
// them. A text without any end of a sentence is one.
func Sentences(text string) []Span {
	var all []Span
	joined := false
	for it := sentences.FromString(text); it.Next(); {
		value := it.Value()
		trimmed := strings.TrimSpace(value)
		if trimmed == "" {
			continue
		}
		start := it.Start() + strings.Index(value, trimmed)
		s := Span{start, start + len(trimmed)}
		if n := len(all); joined && n > 0 {
			all[n-1].End = s.End
		} else {
			all = append(all, s)
		}
		last := trimmed[strings.LastIndexAny(trimmed, " \u00a0(")+1:]
		joined = abbreviations[strings.ToLower(last)]
	}
	return all
}
