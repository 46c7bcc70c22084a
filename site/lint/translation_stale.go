package lint

import (
	"fmt"

	"clinicblog/site/diag"
)

var translationStale = diag.Rule[Subject]{
	Info: diag.Info{ID: "translation-stale", Severity: diag.Advice,
		Fix: "bring the translation up to date, then set translation.of to the stamp of the source",
		Doc: `A translation has fallen behind its source

The words of the source changed after the translation was made, so readers of
two languages are told two things. Until translation.of names the new text, the
page says so and leads to its source.`},
	Run: func(s Subject, report diag.Report) {
		for _, p := range s.Stale() {
			from := s.Original(p)
			report(p.At("translation.of"), "%s has changed since it was translated", from.Source).Fix =
				fmt.Sprintf("bring the translation up to date, then set translation.of to %q", from.Digest())
		}
	},
}
