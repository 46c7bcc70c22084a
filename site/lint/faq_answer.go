package lint

import "clinicblog/site/diag"

var faqAnswer = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-answer", Severity: diag.Error,
		Fix: "write the answer below the question, or delete the question",
		Doc: `A question has no answer

A reader who finds the question expects help below it. In structured data a
Question without acceptedAnswer.text is invalid (schema.org Question), and an
image or a comment is no text.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					if q.Answer == "" {
						report(q.Pos, "question %q has no answer", q.Text)
					}
				}
			}
		}
	},
}
