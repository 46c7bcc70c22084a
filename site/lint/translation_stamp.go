package lint

import (
	"fmt"

	"clinicblog/site/diag"
)

var translationStamp = diag.Rule[Subject]{
	Info: diag.Info{ID: "translation-stamp", Severity: diag.Advice,
		Fix: "set translation.of in the front matter to the stamp of the source",
		Doc: `A translation does not say which text it was made from

translation.of holds a stamp of the source's words. With it a change of the
source is noticed, and the translation is known to have fallen behind. The stamp
does not change when only white space, quotes, emphasis or dates are edited.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			from := s.Original(p)
			switch {
			case from != nil && (p.Translation == nil || p.Translation.Of == ""):
				report(p.At("translation"), "%s does not say which text of %s it was made from", p.Source, from.Source).Fix =
					fmt.Sprintf("add translation: {of: %q} to the front matter, if the translation says what the source says now", from.Digest())
			case p.Translation != nil && p.Lang == s.DefaultLanguage():
				report(p.At("translation"), "%s is in the default language and translates nothing", p.Source).Fix = "remove the key translation"
			}
		}
	},
}
