package lint

import (
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var privacyClaim = pageRule{
	Info: diag.Info{ID: "privacy-claim", Severity: diag.Error,
		Fix: "say what is done with information, and link to the notice of privacy practices",
		Doc: `A page claims a seal of HIPAA, or that data can never get out

No agency certifies compliance with HIPAA, and HHS endorses no seal. No system is
safe from every breach, and a website sees who visits it. The United States acted
against services that said otherwise: In re BetterHelp (FTC 2023, a seal that
implied a review, and data that were shared all the same), United States v. Monument
(2024, "HIPAA compliant").

    before  We use a fully HIPAA-compliant app.
    after   Messages are encrypted. Our notice of privacy practices says who sees them.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		if len(t.found["privacy"]) == 0 {
			return
		}
		limited := t.limited()
		for _, f := range t.found["privacy"] {
			if s := t.sentenceOf(f); s.question || t.denied(f) || f.As == "absolute" && limited {
				continue
			}
			if f.As == "absolute" {
				reportWords(report, t, f.first, f.last, "%q is more than anybody can promise of data", t.text(f)).Severity = diag.Advice
			} else {
				reportWords(report, t, f.first, f.last, "%q is a seal that nobody grants", t.text(f))
			}
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
	{Say: "compliant|certified|accredited|approved|verified|endorsed ..2 as hipaa"},
	{Say: "compliant|certified|accredited|approved|verified|endorsed ..2 with|by|under|for|to hipaa"},
	{Say: "certificad*|avalad*|aprobad*|acreditad*|verificad*|conforme|compatible ..2 por|con|de|a|bajo|segun ..2 hipaa"},
	{Say: "certificacion|certificado|sello|insignia|aval ..3 hipaa"}, {Say: "cumple|cumplen|cumplimos ..4 hipaa", With: "plataforma video aplicacion app sitio pagina sistema mensajes totalmente completamente 100 software herramienta"},
	{Say: "hipaa certificad*|compliant"},
	{Say: "exceeds|exceed|surpass|surpasses|supera|superan ..4 hipaa"}, {Say: "meets|meet|satisfies|satisfy ..1 all|every ..1 hipaa"},

	{Say: "completely|fully|totally|100|entirely|absolutely|perfectly percent? ~1 anonymous|secure|safe|private|protected|untraceable", With: "@online", As: "absolute"},
	{Say: "breach|hack|hacker|leak|spy|snoop|tamper proof", As: "absolute"}, {Say: "a prueba de ~1 hackers|filtraciones|intrusos|espias|robos|fugas", As: "absolute"},
	{Say: "unhackable|unbreachable|untraceable|hackproof|leakproof", As: "absolute"}, {Say: "unbreakable|impenetrable|bulletproof|impossible", With: "encrypt* server* breach* hack* firewall trace", As: "absolute"},
	{Say: "breach|breaches|leak|leaks|hack ..4 impossible", As: "absolute"}, {Say: "breach|leak|hack ..2 not ..1 possible", As: "absolute"},
	{Say: "cannot|can't|never ..1 be ..1 seen|read|accessed|viewed|hacked|breached|leaked|stolen|traced|intercepted|tracked", With: "@online system file files record records", As: "absolute"},
	{Say: "never|not ..1 share|disclose|reveal|give|pass|hand ..2 data|information|details|records|email|name ..3 with|to anyone|anybody|others|outsiders|third", As: "absolute"},
	{Say: "nobody|no ..4 can|will|could ..1 ever? trace|track|see|tell|read|access|reach|obtain|have|get|gain|lay !an|a|in|help", With: "data information details record records messages identity visit answers name email portal server* file files", As: "absolute"},
	{Say: "nadie|ningun ..2 tendra|tiene|tenga acceso", With: "datos informacion mensajes visita respuestas", As: "absolute"}, {Say: "nadie|ningun ..2 podra|puede|pueda|podria ..1 acceder|ver|leer|obtener|robar|interceptar|rastrear", With: "datos informacion mensajes visita respuestas", As: "absolute"},
	{Say: "no|zero way|chance|possibility|risk ..3 to|that|of ..2 reach|get|getting|access|see|steal|stealing|leak|leaking|breach", With: "@online", As: "absolute"}, {Say: "imposible|imposibles de|que? ..4 filtrar|hackear|rastrear|robar|interceptar|leer|acceder|filtren|acceda|accedan|roben|rastree|vea", With: "@online", As: "absolute"},
	{Say: "never|nothing been|you|will|can? ..3 be? leak|leaks|leaked|hacked|breached|stolen|traced|intercepted", With: "@online record records file files type enter", As: "absolute"},
	{Say: "impossible to? break|hack|crack|breach|trace|intercept|steal", With: "@online", As: "absolute"}, {Say: "nothing you? ..5 can|will|could ever? be ..1 seen|read|traced|leaked|stolen|accessed", With: "@online type enter", As: "absolute"},
	{Say: "without a? trace", With: "@online", As: "absolute"}, {Say: "safe from ..2 eyes|hackers|breaches|leaks", With: "@online", As: "absolute"}, {Say: "nunca|jamas ..2 ser? vist*|leid*|interceptad*|robad*|rastread*", With: "@online respuestas", As: "absolute"},
	{Say: "not even ..3 can|could read|see|access|open", With: "@online type", As: "absolute"},
	{Say: "@never ..3 wrong hands", As: "absolute"}, {Say: "protegid*|segur* ..1 al? 100|cien por? cien|ciento", With: "@online", As: "absolute"},
	{Say: "leave|leaves|leaving no ~1 trace|traces|record|footprint", With: "@online @device", As: "absolute"}, {Say: "@never|sin ..1 leave|leaving|deja|dejan|dejara|dejar any|a|ningun|ni|un? ~1 trace|traces|record|footprint|rastro|huella", With: "@online @device", As: "absolute"}, {Say: "no data|information|trace about? you? ..2 whatsoever", As: "absolute"},
	{Say: "no one|body but|except you", With: "@online result results quiz test answers", As: "absolute"}, {Say: "nobody but|except you", With: "@online result results quiz test answers", As: "absolute"},
	{Say: "no way ..4 traced|tracked|identified|linked", As: "absolute"},
	{Say: "completamente|totalmente|absolutamente|100|cien por? ciento? ~1 anonim*|segur*|privad*|protegid*|blindad*", With: "@online", As: "absolute"},
	{Say: "nunca|jamas|no compartimos|compartiremos|revelamos|damos|divulgamos ..1 datos|informacion ..2 con|a nadie|terceros", As: "absolute"},
}
