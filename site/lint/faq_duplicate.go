package lint

import (
	"strings"
	"unicode"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var faqDuplicate = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-duplicate", Severity: diag.Error,
		Fix: "keep one of the two, with one answer",
		Doc: `A page asks the same question twice

Whoever quotes the page takes one of the two answers, and nobody knows which.
Questions are compared without regard to case and punctuation.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			seen := map[string]content.Question{}
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					if first, twice := seen[bareQuestion(q.Text)]; twice {
						report(q.Pos, "question %q is already asked on line %d", q.Text, first.Pos.Line)
						continue
					}
					seen[bareQuestion(q.Text)] = q
				}
			}
		}
	},
}

// bareQuestion is a question's letters and digits, in lower case.
func bareQuestion(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
