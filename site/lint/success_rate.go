package lint

import "clinicblog/site/diag"

var successRate = pageRule{
	Info: diag.Info{ID: "success-rate", Severity: diag.Error,
		Fix: "add methodology: {n, period, measure, followUp} to the front matter and say it on the page, or leave the rate out",
		Doc: `The clinic states how many of its patients do well, and not how it knows

A rate of success depends on who was counted, over how long, by what measure,
and who could not be reached any more. A rate without those misleads (FTC Act,
section 5; LegitScript asks certified programs not to guarantee results). The
front matter says it:

    methodology:
      n: 212
      period: admissions in 2025
      measure: no drinking in the last 30 days, self-reported
      followUp: 61% reached after 12 months

    before  Nine out of ten of our alumni stay in recovery.
    after   Of 212 people admitted in 2025, 61% could be reached a year later;
            of those, 70% had not had a drink in the last 30 days.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if m.Methodology != nil && m.Methodology.Complete() {
			return
		}
		seen := -1
		for _, f := range t.found["rate"] {
			if s := t.sentenceOf(f); s.first != seen && t.ratesItself(f) {
				seen = s.first
				reportWords(report, t, f.first, f.last, "%q is a rate of the clinic's own without a methodology", t.text(f))
			}
		}
		for _, f := range t.found["quantity"] {
			if s := t.sentenceOf(f); s.first != seen && t.isQuantity(f) && t.ownFigure(f) {
				seen = s.first
				reportWords(report, t, f.first, f.last, "%q is a rate of the clinic's own without a methodology", t.text(f))
			}
		}
	},
}

// ratesItself tells words about the clinic's own patients. The sentence before may
// name them, or ask for the rate.
func (t *passage) ratesItself(f find) bool {
	s := t.sentenceOf(f)
	if s.question || s.spokenOf || t.negated(f.first) || t.mentioned(f) || !t.words[f.first].number && t.predicateDenies(f) {
		return false // of a number, "do not relapse" denies nothing
	}
	label := s.ofRate && f.first-s.first < 3 && s.last-s.first < shortAnswer // Success rate: 93%
	if t.ownPatients(s) || t.answersRate(s) || label {
		return true
	}
	return s.first > 0 && (t.refersBack(s.first, s.last) || f.last < s.last && t.words[f.last+1].in(goingOn)) && t.ownPatients(t.before(s))
}

// ownFigure tells a number about how the clinic's own patients fare.
func (t *passage) ownFigure(f find) bool {
	s := t.sentenceOf(f)
	return (s.ofRate || t.anyIn(s, fared) || t.anyIn(s, strongOutcome) || t.answersRate(s)) && !t.anyIn(s, business) && t.ratesItself(f)
}

// ownPatients tells a sentence that names the clinic's own patients, and not only
// what the clinic knows: we know that one in four people returns.
func (t *passage) ownPatients(s sentence) bool {
	for i := s.first; i <= s.last; i++ {
		if t.words[i].in(oursAlone) && !(i < s.last && t.words[i+1].in(knowing)) {
			return true
		}
	}
	return false
}

// answersRate tells the answer to a question: What is your success rate?
func (t *passage) answersRate(s sentence) bool {
	if s.first == 0 {
		return false
	}
	asked := t.before(s)
	return asked.question && t.anyIn(asked, yours) && (asked.ofRate || t.anyIn(asked, howMany) && t.anyIn(asked, fared))
}

var (
	howMany = newWordSet("share many percent percentage fraction proportion cuantos cuantas porcentaje")
	yours   = newWordSet("@ours your su sus")
	knowing = newWordSet("know believe think read hear understand learn say ask")
	// goingOn are verbs that follow a share when it need not say of whom.
	goingOn   = newWordSet("@fares are were have had live report siguen estan permanecen viven continuan dejan dejaron")
	oursAlone = newWordSet("our us ours we we've alumni graduates nuestro nuestra nuestros nuestras egresados exalumnos graduados exalumnas egresadas atendemos atendimos tratamos ayudamos logramos conseguimos nosotros")
	fared     = newWordSet("@fared")
)

var rateWords = []phrase{
	{Say: "success|recovery|sobriety|completion|abstinence|retention|cure|remission|relapse ~1 rate|rates", As: "rate"},
	{Say: "rate|rates of ~1 success|recovery|sobriety|completion|abstinence|retention|remission|relapse", As: "rate"},
	{Say: "tasa|tasas|indice|porcentaje ~1 de ~1 exito|recuperacion|sobriedad|abstinencia|retencion|finalizacion|recaida|curacion", As: "rate"},
	{Say: "track record of|with ~2 success*|recover*|sober*|sobriety|healing"},
	{Say: "almost|nearly|virtually|practically all|every|everyone ..2 our|alumni|graduates|patients|clients", With: "sober recover* abstin* clean succeed* complete* free"},
	{Say: "most|majority ..2 our ~1 alumni|graduates|patients|clients ..1 ~1 stay|remain|recover|are|achieve|succeed|never|live ~1 sober|clean|recovery|abstinent|relapse|sobriety|in"},
	{
		Say:  "all|most|majority|every|each|nearly|almost|virtually|few|hardly ..4 patient|patients|client|clients|alumni|graduate|graduates|resident|residents|guest|guests|member|members|people|person|participants|teen|teens|adult|adults|family|families|man|woman|veteran|veterans who? ..4 @fares",
		With: "@fared",
	},
	{Say: "everyone|everybody|those|all who ..5 @fares", With: "sober sobriety recover* abstin* relaps* succeed* success* clean drink drinking using improve* better employed"},
	{Say: "never ..1 had|lost|seen ..3 relapse|fail|drink", With: "patient patients client clients graduate graduates member members"},
	{
		Say:  "patients|clients|alumni|graduates|residents|guests|members ..1 always|rarely|seldom|hardly|consistently ..1 leave|stay|remain|recover|relapse|go|return|succeed|finish|ever",
		With: "@fared",
	},
	{Say: "no one|body who ..5 relapses|drinks|returns|fails|uses", With: "@fared"}, {Say: "nobody|none who ..5 relapses|drinks|returns|fails|uses", With: "@fared"},
	{Say: "hundreds|thousands|dozens|countless ..4 achieved|recovered|found|overcome|beaten|beat|stay|stayed|live|got|become|became", With: "@fared"},
	{Say: "egresados|egresadas|pacientes|exalumnos|graduados ..1 siempre|nunca|jamas|rara ..1 recaen|vuelven|siguen|abandonan", With: "@fared"},
	{Say: "few|handful|none|hardly|scarcely ..6 relapse|relapsed|return|returned|drink|drank|went|gone|go|come|came", With: "relaps* drink drank drinking using treatment rehab detox bottle"},
	{Say: "few|none of ..3 we|who? ..4 relapse|relapsed|return|returned|drink|use again|treatment"}, {Say: "nearly|almost|virtually|practically all|everyone|everybody ..1 stay|stays|remain|remains|recover|recovers", With: "sober clean abstin* sobriety recover* off drug"}, {Say: "all but # of", With: "@fared"},
	{Say: "only|just|solo|solamente # ..3 relapsed|relapse|drank|dropped|recaido|recayeron !into"}, {Say: "not one|a ..5 relapsed|relapse|relapses|drank|returned|used", With: "@fared"}, {Say: "majority|most remain|remains|stay|stayed|are|live ..1 sober|clean|drug|abstinent|free|recovery"},
	{Say: "have|has never|not had? to? return|returned|gone|come back? to ..1 treatment|rehab|detox|using|drinking|drugs|alcohol", As: "rate"},
	{Say: "pocos|pocas|nadie|ninguno|ninguna|apenas ..5 recae|recaen|recaido|recayo|recayeron"},
	{Say: "mayoria ..1 de? ..1 pacientes|egresados|egresadas|exalumnos|clientes|graduados ..2 sigue|siguen|permanece*|mantiene*|logra*|recupera*|sale|salen|termina*", With: "@fared"},
	{Say: "casi|practicamente todos|todas nuestros|nuestras|los|las", With: "sobri* recuper* limpios abstin* egresad* exalumnos pacientes"},
}
