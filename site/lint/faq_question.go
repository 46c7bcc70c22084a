package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var faqQuestion = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-question", Severity: diag.Error,
		Fix: "rephrase it as a question that ends with a question mark, or move it out of the section",
		Doc: `A heading in a FAQ section is no question

Crawlers and assistants quote the heading as the question that the text below
answers. "Cost" answers nothing; "How much does it cost?" does. A heading that
only groups questions is allowed: it stands directly above a deeper heading.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					if !content.IsQuestion(q.Text) {
						report(q.Pos, "heading %q in a FAQ section is no question", q.Text)
					}
				}
			}
		}
	},
}
