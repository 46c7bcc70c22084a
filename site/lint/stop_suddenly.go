package lint

import (
	"slices"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var stopSuddenly = pageRule{
	Info: diag.Info{ID: "stop-suddenly", Severity: diag.Advice,
		Fix: "say first that stopping suddenly can be dangerous, and whom to ask",
		Doc: `A text tells readers to stop at once, and not to ask a doctor first

Stopping alcohol or benzodiazepines suddenly after daily use can bring on seizures
and delirium, which can be fatal (ASAM guideline on alcohol withdrawal, 2020; FDA
boxed warning on benzodiazepines, 2020). After stopping opioids tolerance is lost
and an overdose is more likely.

    before  Pour the bottle away tonight and do not touch another drop.
    after   Before you stop, talk to a doctor. Alcohol withdrawal can be an emergency.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if t.Kind == content.Field || len(t.found["stop"]) == 0 {
			return
		}
		dismissed := len(t.found["stop, warned"]) > 0
		if !t.has(dangerous) && !slices.ContainsFunc(prose.Words(m.Title), func(w prose.Word) bool { return dangerous.has(w.Fold) }) || !dismissed && t.has(warning) {
			return
		}
		for _, f := range t.found["stop"] {
			if s := t.sentenceOf(f); s.question || t.denied(f) || f.As == "needs haste" && !t.has(haste) {
				continue
			}
			reportWords(report, t, f.first, f.last, "%q may be followed by somebody for whom it is dangerous", t.text(f))
			return
		}
	},
}

var (
	dangerous = newWordSet(`drink drinking drinks alcohol bottle bottles booze beer wine vodka spirits liquor benzo* xanax alprazolam klonopin clonazepam valium diazepam ativan lorazepam
		tranquili* sedative* opioid* opiate* heroin fentanyl methadone buprenorphine suboxone oxycodone painkiller* pill pills medication medications meds medicine medicines antidepressant*
		drug drugs dose doses prescription lithium gabapentin zolpidem ambien barbiturate*
		beber bebida alcohol botella botellas trago tragos cerveza vino licor benzodiacepina* tranquilizante* pastilla* medicamento* medicina* metadona buprenorfina opioide* heroina
		fentanilo antidepresivo* droga drogas dosis consumir`)
	warning = newWordSet(`dangerous danger emergency seizure* seizures risky unsafe fatal medically supervis* prescriber physician doctor doctors nurse pharmacist clinician counselor
		nicotine vape vaping cigarette* smoking tobacco gradually taper* slowly safely talk ask speak 911 988
		peligroso peligrosa peligro emergencia convulsion* riesgo medico medica doctor doctora enfermera supervis* gradual* lentamente nicotina cigarro* vapeo tabaco hable consulte llamenos pregunte`)
	haste = newWordSet(`today tonight now once immediately cold overnight abruptly suddenly weekend yourself alone tomorrow instantly straightaway straight friday monday saturday sunday
		hoy ahora mismo golpe inmediato inmediatamente solo sola mañana noche`)
)

var stopWords = []phrase{
	{Say: "stop|quit|quitting|stopping ..2 drinking|drink|alcohol|taking|using|it|booze|benzo*|xanax|klonopin|valium|ativan|methadone|suboxone|buprenorphine|opioids|heroin|medication*|meds|pills|antidepressant*|everything|smoking", As: "needs haste"},
	{Say: "skip|drop|ditch|discontinue|throw|pour|flush|toss|dump|empty|bin ~1 away|out|down|off? ~1 your|the|all|every|any|what ..3 methadone|suboxone|buprenorphine|benzo*|xanax|klonopin|clonazepam|valium|ativan|pills|meds|medication*|bottle|bottles|alcohol|booze|drink|wine|beer|liquor|left|antidepressant*|prescription|dose|doses|lorazepam|alprazolam|diazepam|lithium"},
	{Say: "go|going|went|quit|stop|quitting|do|try|did cold turkey"}, {Say: "cold turkey ..1 is|works|brings|gets"},
	{Say: "detox|detoxing|withdraw|taper ..2 at|from home", As: "needs haste"}, {Say: "detox|quit|stop ..2 on your own|by|yourself|alone"},
	{Say: "stop on|by your|yourself"}, {Say: "flush|throw|toss it|them away|out|down|all", As: "needs haste"},
	{Say: "do|don't ..1 touch|take another drop|pill|drink|dose"}, {Say: "come off|get off ..4 overnight|today|tonight|once|weekend|yourself"},
	{Say: "deje|deja|dejar|dejen|abandone|suspenda|suspende|interrumpa ..2 de? ..1 beber|tomar|alcohol|tomarlo|tomarlas|pastillas|medicamento|medicamentos|metadona|tranquilizantes|consumir|medicina|benzodiacepinas|antidepresivos|drogas|droga|bebida", As: "needs haste"},
	{Say: "tire|tira|bote|bota|vacie|deshagase ..3 pastillas|botella|botellas|alcohol|medicamento|medicamentos|medicinas|metadona|licor"},
	{Say: "de golpe|tajo", With: "deje deja dejar dejarlo suspenda corte cortar"},
}

// stopWarnings wave the doctor away.
var stopWarnings = []phrase{
	{Say: "no|not|don't|without ..2 need ..3 doctor|taper|detox|medical|prescriber|physician|hospital|supervision|rehab"},
	{Say: "without ..3 doctor|doctors|taper|tapering|medical|supervision|prescriber|physician|hospital"},
	{Say: "need no doctor|taper|detox|medical"}, {Say: "doctors|doctor don't|won't|doesn't|will want|tell|know"},
	{Say: "no ..1 falta|necesita|necesitas|hace|requiere ..3 medico|doctor|supervision|hospital|gradual|gradualmente|receta"}, {Say: "sin ..3 medico|doctor|supervision|ayuda|hospital"},
}
