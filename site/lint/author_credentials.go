package lint

import (
	"maps"
	"slices"

	"clinicblog/site/diag"
)

var authorCredentials = diag.Rule[Subject]{
	Info: diag.Info{ID: "author-credentials", Severity: diag.Advice,
		Fix: "list the credentials in the person's front matter, or have somebody with credentials review the pages",
		Doc: `A person without credentials writes on care

Readers judge advice by who gives it, and so do search engines (JAMA benchmarks:
authorship; Google, search quality guidelines: expertise on pages that can harm).
The byline leads to the person's page, which says what they may speak of. A team
is no person, and a page that somebody with credentials reviewed has their word.

Before: title: Ana Example
After:  title: Ana Example, with credentials: [{name: LCSW, by: State board}]`},
	Run: func(s Subject, report diag.Report) {
		wrote := map[string]int{}
		for p := range s.published() {
			who := s.People[p.Author]
			if p.Medical && who != nil && !who.Person.Team && len(who.Person.Credentials) == 0 && (p.Review == nil || !s.CanReview(p.Review.By)) {
				wrote[p.Author]++
			}
		}
		for _, key := range slices.Sorted(maps.Keys(wrote)) {
			who := s.People[key]
			report(who.At("title"), "%s lists no credentials and wrote medical pages that nobody reviewed: %d", who.Title, wrote[key])
		}
	},
}
