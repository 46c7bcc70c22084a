package lint

import "clinicblog/site/diag"

var faqEmpty = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-empty", Severity: diag.Error,
		Fix: "write each question as a heading one level below the section's, ending with a question mark",
		Doc: `A FAQ section holds no question

The heading promises questions. Either there are none yet, or they are written
in a way that nothing recognises: headings, lines in bold that end with a
question mark, "Q1." lines and definition lists are read.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, section := range p.FAQ {
				if len(section.Questions) == 0 {
					report(section.Pos, "FAQ section %q holds no question", section.Title)
				}
			}
		}
	},
}
