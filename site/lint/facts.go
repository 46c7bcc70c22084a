package lint

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/prose"
)

// A claim is a sentence with a number in it. Own tells that it says so of the
// clinic itself: of "our groups", "we", or the clinic by its name.
type claim struct {
	block *content.Block
	start int // of the sentence in the block's text
	text  string
	own   bool
}

// ownWords are what a clinic calls itself, in the forms in which words are
// compared. A verb in the first person plural counts in Spanish, which leaves the
// pronoun out.
var ownWords = regexp.MustCompile(`\b(?:we|us|our|ours|this clinic|nosotros|nuestr[oa]s?|esta clinica|llamenos|escribanos|visitenos|abrimos|cerramos|atendemos|estamos|ofrecemos|tenemos)\b`)

// claims ranges over the sentences that hold a digit and, like the block that
// they stand in, may be of interest. Quotes and code are somebody else's. What may
// is asked of every block with a digit: it has to be quick.
func (m *manuscript) claims(may func(text string) bool) iter.Seq[claim] {
	return func(yield func(claim) bool) {
		for _, i := range m.numbered {
			b := &m.Blocks[i]
			if !may(b.Text) {
				continue
			}
			for _, span := range prose.Sentences(b.Text) {
				text := span.Of(b.Text)
				if !strings.ContainsAny(text, digitsOnly) || !may(text) {
					continue
				}
				folded := prose.Fold(text)
				name := prose.Fold(m.site.Clinic.Name)
				own := ownWords.MatchString(folded) || name != "" && strings.Contains(folded, name)
				if !yield(claim{b, span.Start, text, own}) {
					return
				}
			}
		}
	}
}

// findNumbers notes the blocks that may state facts.
func (m *manuscript) findNumbers() {
	for i := range m.Blocks {
		if b := &m.Blocks[i]; b.Kind != content.Code && b.Kind != content.HTML && !b.Quoted && strings.ContainsAny(b.Text, digitsOnly) {
			m.numbered = append(m.numbered, i)
		}
	}
}

const digitsOnly = "0123456789"

func sortedNumbers(set map[float64]bool) []float64 { return slices.Sorted(maps.Keys(set)) }

// holds returns a test for texts in which one of some beginnings of words stands,
// in small letters or with a capital.
func holds(stems ...string) func(string) bool {
	return func(text string) bool {
		for _, stem := range stems {
			if strings.Contains(text, stem[1:]) && (strings.Contains(text, stem) || strings.Contains(text, strings.ToUpper(stem[:1])+stem[1:])) {
				return true
			}
		}
		return false
	}
}
