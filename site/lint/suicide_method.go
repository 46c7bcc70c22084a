package lint

import "clinicblog/site/diag"

var suicideMethod = pageRule{
	Info: diag.Info{ID: "suicide-method", Severity: diag.Advice,
		Fix: "leave out how and where, and name 988",
		Doc: `A text about suicide describes a method

Reports of a method or a place are followed by more deaths of that kind (Niederkrotenthaler
et al. 2020, BMJ 368:m575), so guidelines for the media ask to leave them out
(reportingonsuicide.org; WHO, Preventing suicide: a resource for media
professionals, 2023).

    before  He died by suicide after taking forty tablets in the garage.
    after   He died by suicide.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		if !t.has(suicidal) || t.has(prevention) {
			return
		}
		for _, f := range t.found["method"] {
			if !t.sentenceOf(f).question {
				reportWords(report, t, f.first, f.last, "%q tells a method of suicide", t.text(f))
				return
			}
		}
	},
}

var (
	suicidal   = newWordSet("suicide suicides suicidal kill killed herself himself themselves suicidio suicido suicidarse suicidaron vida")
	prevention = newWordSet("lock locked safe storage prevent prevention away remove secure secured safety warning guardar guarde llave prevencion prevenir retire candado")
)

var methodWords = []phrase{
	{Say: "hanged|hung|hanging himself|herself|themselves|from|in|by|with|was", With: "suicide suicid* himself herself themselves death died found life"},
	{Say: "by|through|of hanging|jumping|overdosing|gunshot|strangulation|poisoning|suffocation|cutting|drowning|asphyxiation", With: "suicid* died death killed life himself herself"},
	{Say: "shot himself|herself|themselves"}, {Say: "slit|cut|slashed his|her|their wrists|wrist|throat"},
	{Say: "jumped|jumping|leapt|threw ..2 off|from|under|in|of ..3 bridge|building|roof|window|train|tower|cliff|balcony"},
	{Say: "overdosed|overdosing|overdose ..2 on|with|of ~3 pills|tablets|tylenol|acetaminophen|medication|paracetamol|sleeping|insulin|antidepressants", With: "suicid* himself herself life kill killed attempt* death"},
	{Say: "took|taking|swallowed|swallowing ..3 # ..1 ~2 pills|tablets|capsules", With: "suicid* life kill killed attempt* death died himself herself"},
	{Say: "carbon monoxide|helium", With: "suicid* life death died himself herself"}, {Say: "lethal|fatal dose|amount|quantity of", With: "suicid* himself herself life kill"},
	{Say: "noose|ligature"}, {Say: "note ..2 left|found", With: "suicide"},
	{Say: "se ahorco|colgo|disparo"}, {Say: "se corto las venas"}, {Say: "salto|arrojo|tiro|lanzo ..2 de|desde|al|a ..2 puente|edificio|azotea|ventana|tren|balcon"},
	{Say: "tomo|ingirio|trago|tomando ..3 # ..1 pastillas|tabletas|comprimidos", With: "suicid* vida murio intento"}, {Say: "por ahorcamiento|asfixia|disparo|envenenamiento", With: "suicid* vida murio"},
}
