package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var faqRepeated = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-repeated", Severity: diag.Advice,
		Fix: "answer it on one page and link there, or name in the question what sets it apart",
		Doc: `Two pages ask the same question

Two answers drift apart: one is corrected, the other is quoted. Out of its page
"How long is a session?" does not say which group it means; "How long is a
process group?" does.`},
	Run: func(s Subject, report diag.Report) {
		seen := map[string]content.Question{}
		for p := range s.published() {
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					key := p.Lang + " " + bareQuestion(q.Text)
					if first, twice := seen[key]; !twice {
						seen[key] = q
					} else if first.Pos.File != q.Pos.File {
						report(q.Pos, "question %q is also asked at %s", q.Text, first.Pos)
					}
				}
			}
		}
	},
}
