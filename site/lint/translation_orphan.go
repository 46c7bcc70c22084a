package lint

import "clinicblog/site/diag"

var translationOrphan = diag.Rule[Subject]{
	Info: diag.Info{ID: "translation-orphan", Severity: diag.Error,
		Fix: "delete the translation, or rename it with the page that it translates",
		Doc: `A translation's source is gone

content/a.es.md is the Spanish page of content/a.md. Without that page, or while
it is a draft or has expired, nobody keeps the translation true: it stays online
and says what the clinic no longer says.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if p.Lang == s.DefaultLanguage() {
				continue
			}
			switch from := s.Original(p); {
			case from == nil:
				report(p.At(""), "%s translates %s, which does not exist", p.Source, p.Name)
			case !from.Published:
				report(p.At(""), "%s translates %s, which is not published", p.Source, from.Source)
			}
		}
	},
}
