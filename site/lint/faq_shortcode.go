package lint

import "clinicblog/site/diag"

var faqShortcode = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-shortcode", Severity: diag.Error,
		Fix: "write the answer in plain Markdown, or move the shortcode out of the section",
		Doc: `A question or its answer uses a shortcode

What a shortcode prints is known to Hugo alone, so the markup could not repeat
the words that the reader sees. Markdown covers paragraphs, lists, links,
emphasis and citations.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					for _, pos := range q.Shortcodes {
						report(pos, "question %q uses a shortcode", q.Text)
					}
				}
			}
		}
	},
}
