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
	page  *content.Page
	block *content.Block
	start int // of the sentence in the block's text
	text  string
	own   bool
}

// ownWords are what a clinic calls itself, in the forms in which words are
// compared. A verb in the first person plural counts in Spanish, which leaves the
// pronoun out.
var ownWords = regexp.MustCompile(`\b(?:we|us|our|ours|this clinic|nosotros|nuestr[oa]s?|esta clinica|llamenos|escribanos|visitenos|abrimos|cerramos|atendemos|estamos|ofrecemos|tenemos)\b`)

// claims ranges over the sentences of published pages that hold a digit and, like
// the block that they stand in, may be of interest. Quotes and code are somebody
// else's. What may is asked of every block: it has to be quick.
func (s Subject) claims(may func(text string) bool) iter.Seq[claim] {
	name := prose.Fold(s.Clinic.Name)
	return func(yield func(claim) bool) {
		for p := range s.published() {
			for i := range p.Blocks {
				b := &p.Blocks[i]
				if b.Kind == content.Code || b.Kind == content.HTML || b.Quoted || !strings.ContainsAny(b.Text, "0123456789") || !may(b.Text) {
					continue
				}
				for _, span := range prose.Sentences(b.Text) {
					text := span.Of(b.Text)
					if !strings.ContainsAny(text, "0123456789") || !may(text) {
						continue
					}
					folded := prose.Fold(text)
					own := ownWords.MatchString(folded) || name != "" && strings.Contains(folded, name)
					if !yield(claim{p, b, span.Start, text, own}) {
						return
					}
				}
			}
		}
	}
}

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
