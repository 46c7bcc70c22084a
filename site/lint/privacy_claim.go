package lint

import (
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var privacyClaim = pageRule{
	Info: diag.Info{ID: "privacy-claim", Severity: diag.Error,
		Fix: "say what is done with information, and link to the notice of privacy practices",
		Doc: `A page claims to be HIPAA compliant or certified

No agency certifies compliance with HIPAA, and HHS endorses no seal. The United
States acted against services that showed one: In re BetterHelp (FTC 2023, a seal
that implied a review), United States v. Monument (2024, "HIPAA compliant").

    before  We use a fully HIPAA-compliant app.
    after   Messages are encrypted. Our notice of privacy practices says who sees them.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		for _, f := range t.found["privacy"] {
			if s := t.sentenceOf(f); s.question || t.denied(f) {
				continue
			}
			reportWords(report, t, f.first, f.last, "%q is a seal that nobody grants", t.text(f))
			return
		}
	},
	page: func(m *manuscript, report diag.Report) {
		for _, i := range m.Images {
			words := map[string]bool{}
			for _, w := range prose.Words(strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(i.Alt + " " + i.Destination)) {
				words[w.Fold] = true
			}
			for _, w := range []string{"compliant", "certified", "verified", "seal", "badge", "approved", "certificado", "sello"} {
				if words["hipaa"] && words[w] {
					report(i.Pos, "image %s shows a seal of HIPAA that nobody grants", i.Destination)
					break
				}
			}
		}
	},
}

var privacyWords = []phrase{
	{Say: "hipaa ~1 compliant|certified|approved|verified|accredited|secure|secured|protected|safe|certification|seal|badge|grade|ready|compliance", Unless: "officer training plan audit health"},
	{Say: "compliant|certified|accredited|approved|verified|endorsed ..2 with|by|under|for|to hipaa"},
	{Say: "certificad*|avalad*|aprobad*|acreditad*|verificad*|conforme|compatible ..2 por|con|de|a|bajo|segun ..2 hipaa"},
	{Say: "certificacion|sello|insignia ..1 hipaa"}, {Say: "cumple|cumplen|cumplimos ..4 hipaa", With: "plataforma video aplicacion app sitio pagina sistema mensajes totalmente completamente 100 software herramienta"},
	{Say: "hipaa certificad*|compliant"},
}
