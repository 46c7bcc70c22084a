package lint

import "clinicblog/site/diag"

var faqOutside = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-outside", Severity: diag.Error,
		Fix: "put a heading such as \"## Frequently asked questions\" above the first question",
		Doc: `A line starts like a question of a FAQ, outside any FAQ section

Text pasted from a word processor marks questions as "Q1." without a heading.
Without one the questions have no anchors, no place in the outline of the page
and no markup, though a reader sees a FAQ.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, stray := range p.Strays {
				report(stray.Pos, "question %q stands outside a FAQ section", stray.Text)
			}
		}
	},
}
