package lint

import "clinicblog/site/diag"

var authorUnknown = diag.Rule[Subject]{
	Info: diag.Info{ID: "author-unknown", Severity: diag.Error,
		Fix: "write the page in content/people/, or correct the key",
		Doc: `A page names an author who has no page

Readers judge health information by who wrote it (JAMA benchmarks: authorship),
so the byline leads to a page that says who that is. The key is the name of a
file in content/people/.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if p.Author != "" && s.People[p.Author] == nil {
				report(p.At("author"), "author %q has no page in content/people", p.Author)
			}
		}
	},
}
