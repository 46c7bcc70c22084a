package lint

import "clinicblog/site/diag"

var absoluteOutcome = pageRule{
	Info: diag.Info{ID: "absolute-outcome", Severity: diag.Error,
		Fix: "say what the treatment can do, for whom, and what it cannot",
		Doc: `A text promises an outcome that nobody can promise

Treatment helps many people and no one can say in advance whom. A guarantee, a
cure for good or a treatment without risk is deceptive, and for services that
treat substance use it carries civil penalties (Opioid Addiction Recovery Fraud
Prevention Act of 2018, 15 U.S.C. 45d; Florida Statutes 397.55). A sentence
that denies the promise is left alone.

    before  Our program is guaranteed to end your addiction.
    after   Many people drink less in this program. It does not work for everyone.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		seen := -1
		for _, f := range t.found["outcome"] {
			s := t.sentenceOf(f)
			if s.first == seen || f.As == "asked" && !t.flatlyDenied(s) || f.As != "asked" && (s.question || t.denied(f) || t.supposed(f)) || f.As == "for good" && !t.overcome(s) {
				continue
			}
			seen = s.first
			for i := f.first; f.As == "for good" && i >= s.first; i-- {
				if t.words[i].in(ending) {
					f.first = i // ends your cravings for good
					break
				}
			}
			reportWords(report, t, f.first, f.last, "%q promises an outcome", t.text(f))
		}
	},
}

// overcome tells a sentence in which something ends that the reader has, as its own
// words or those before it say.
func (t *passage) overcome(s sentence) bool {
	return t.anyIn(s, ending) && !t.anyIn(s, mayBe) && (t.anyIn(s, had) || t.refersBack(s.first, s.last) && t.anyIn(t.before(s), had))
}

var (
	ending = newWordSet("@ends @farewell free through heal heals healed sober recover recovers recovered lose loses lost lift* out behind past work works")
	had    = newWordSet("@illness sober sobriety cured recovered recover")
	mayBe  = newWordSet("may might some many often usually sometimes most if room rooms building bench sign machine closed")
)

// supposed tells what stands under a condition or a wish: if you have no side
// effects, we hope to cure.
func (t *passage) supposed(f find) bool {
	for i := f.first - 1; i >= t.sentenceOf(f).first && i >= f.first-4; i-- {
		if t.words[i].in(conditional) {
			return true
		}
		if t.words[i+1].opens && i+1 != f.first {
			return false
		}
	}
	return false
}

var conditional = newWordSet(`if whether unless hope hopes hoping hoped wished wanted asked wish wishes want wants wanted looking search seeking ask asks
	dream si espera esperan quiere quieren busca buscan ojala`)

const finance = `loan loans lender lenders mortgage mortgages warranty bank credit deposit county roof appointment
	appointments bed beds spot slot place
	confidential* confidencial* privacy privacidad anonym* anonim* refund price prices rate delivery job jobs acceptance
	coverage insurance law laws act rights unpaid interpreter* interprete* entrance
	prestamo prestamos hipoteca banco credito cita citas cama lugar precio reembolso empleo trabajo ley leyes derecho derechos`

var outcomeWords = []phrase{
	{Say: "guarantee|guarantees|guaranteed|guaranteeing", With: "@better @illness forever", Unless: finance},
	{
		Say: "garantiza|garantizan|garantizamos|garantizo|garantizado|garantizada|garantizados|garantizadas|garantizar|" +
			"garantia",
		With: "@better @illness siempre", Unless: finance,
	},
	{
		Say:    "we|our|program|programs|method|treatment|therapy|clinic|detox|team ..3 promise|promises|promised",
		With:   "recover* sober sobriety relapse cure* heal* result results restored free free*",
		Unless: "job nurse make ourselves myself yourself",
	},
	{
		Say:  "prometemos|promete|prometen|prometido|aseguramos|asegura|aseguran",
		With: "recuper* sobri* cura* recaer recaida* resultado* sanar* libre* dejar* drogas", Unless: "empleo enfermera",
	},
	{Say: "^ we promise !to|that|a|not|you", With: "@better @illness"},
	{
		Say: "cure|cures|curing|cured", With: "@illness forever permanently permanent",
		Unless: "hepatitis infection antibiotic syphilis strep smokehouse ham meat paint",
	},
	{
		Say:    "leave|leaves|walk|go|come|goes|be|are|get|gets|is|were|been ~2 cured",
		Unless: "hepatitis infection paint cement",
	},
	{Say: "permanent|lasting|complete|total|miracle|instant|guaranteed|real ~1 cure"},
	{
		Say: "100|completely|totally|fully|entirely|absolutely|perfectly ~1 effective|safe|successful|painless|recovered|" +
			"cured|healed|harmless|riskless",
		Unless: "vaccine building parking payment checkout car @online",
	},
	{Say: "100 percent? success|successful|effective|safe|recovery|results|sobriety|cure|guaranteed", Unless: "@online"},
	{Say: "program|treatment|therapy|method|approach|plan|course|retreat|implant|clinic|we ends|end|heals|heal|eliminates|eliminate|erases|erase|reverses|reverse|defeats ..2 @illness", With: "our this we"},
	{Say: "relapse|relapsing|failure|failing is ~1 impossible|unthinkable"}, {Say: "relapse|failure is out of"},
	{Say: "you will be|stay|remain|get|become ~1 sober|cured|abstinent"}, {Say: "you'll be|stay|remain|get|become ~1 sober|cured|abstinent"}, {Say: "you|you'll will? get well", Unless: "hope hopes until"},

	// What ends for good, by whatever verb.
	{Say: "forever|permanently", As: "for good"}, {Say: "for good|ever|life|always", As: "for good"}, {Say: "for all time", As: "for good"}, {Say: "once and for all", As: "for good"}, {Say: "rest of your life|days", As: "for good"},
	{Say: "@erases ..4 to? ..2 completely|entirely|totally|fully|away", With: "@illness"}, {Say: "@illness|it ..3 thing of the past"}, {Say: "@illness|it ..3 part|chapter of your past"}, {Say: "@illness will|is ..1 history"},
	{Say: "@illness ..3 nothing|distant|bad but? ..2 memory"}, {Say: "@illness gone|over|finished in|within|by|after a|one|# ..1 @spans", Unless: "if when usually often may might can withdrawal"},
	{Say: "we|we'll will? fix|cure|end|heal|erase|beat ..2 @illness", Unless: "if help try"}, {Say: "sure|certain|foolproof|infallible|guaranteed ~1 way|path|road|route|answer out|to|from|of", With: "@illness @better"},
	{Say: "all|everything you|it need|needs|takes ..1 to? ..1 @ends|heal|recover", With: "@illness"}, {Say: "freedom|sobriety|recovery|peace ..5 is yours", With: "@illness"},
	// What is promised, and to everybody.
	{Say: "it|this|treatment|program|method|time|that will work", With: "@illness @care this", Unless: "if whether nobody hope unless when well"}, {Say: "you have our word|promise", With: "@better @illness"}, {Say: "that|that's is? a|our promise $", With: "@better @illness"},
	{Say: "every|each|any @people|person|patient|client|member|family who? ..5 recovers|succeeds|heals|improves !their|the|his|her|in", Unless: "own differently different pace way if help"}, {Say: "every|each|any @people|person|patient|client|member who? ..5 gets better|sober|well"},
	// What cannot come back.
	{Say: "@illness ..1 never|not ..2 you again"}, {Say: "never|not be|worry|fear afraid|about|scared? of? ..2 relapse|relapsing|craving|cravings|withdrawal", Unless: "ashamed to because"}, {Say: "never need|have|fear ..2 be|fear ..1 afraid|worried? of|about ..2 relapse"},
	{Say: "can|could|will ..3 fail", As: "asked", With: "@care @medicine method it", Unless: "always test i you"}, {Say: "no ..1 recaer|recaiga|recaera|recaeras ..1 jamas|nunca|mas"},
	{
		Say: "@never ..1 relapse|relapses|crave|craves|backslide|recur|recurs", With: "our we after once here graduate* program method treatment clinic you'll implant",
		Unless: "some many several most often usually always almost if unless because ice floor please",
	},
	{
		Say: "@illness|it ..1 @never ..1 be? come|comes|return|returns|recur|recurs|reappear|back", With: "@care our we us treat* method root cause works once after here",
		Unless: "if unless some many most often usually always alone",
	},
	{Say: "@never ..1 slip|slips $", With: "our we after once"}, {Say: "@never longer|have|has|hold|holds ..3 hold|power|grip|control over|on ..1 you|him|her"}, {Say: "@illness|it ..3 have|has|had|hold|holds no hold|power|grip|control|place|part over|on|in"},
	{Say: "@never|none|nobody ..5 ever ..1 relapse|drink|use|crave", With: "our we program"}, {Say: "@never|none|nobody ..5 ever ..1 go|return back? to ..1 drinking|using|drugs|alcohol", With: "our we program"},
	{Say: "no|zero|without ..1 chance|risk|danger|possibility of ..1 setback|setbacks|slip|relapse", Unless: "there's"}, {Say: "no ~1 relapse|relapses|setback|setbacks|craving|cravings after|with|at|here"},
	{Say: "^ relapse|relapses|craving|cravings|withdrawal|recaer|recaida|recaidas|ansias|abstinencia $", As: "asked"}, {Say: "^ side effects $", As: "asked"}, {Say: "^ efectos secundarios $", As: "asked"},
	{Say: "will|could|can|might ..1 i|we|he|she|they ..1 relapse|slip|crave", As: "asked"}, {Say: "will|could|can|might ..2 @illness|it|they ..1 come|return|recur", As: "asked"},
	{Say: "what|and if ..3 relapse|relapses|slip|slips|recurs", As: "asked"}, {Say: "what|and if ..3 start|starts|go|goes|return|returns ..1 to? drinking|using|smoking|vaping", As: "asked"},
	{Say: "y si ..2 recaigo|recae|recaemos", As: "asked"}, {Say: "vuelvo|vuelve|volvere|volvera|puedo ..1 a? beber|consumir|recaer|fumar", As: "asked"},
	{Say: "@illness ..1 @never ..1 vuelve|vuelven|volvera|volveran|regresa|regresan|regresara|reaparece", With: "nuestro nuestra nosotros metodo programa tratamiento terapia aqui", Unless: "si algunos muchos siempre sola"},
	{Say: "@never ..1 recae|recaen|recaera|recaeran|recaiga", With: "nuestro nuestra nuestros nuestras nosotros programa metodo tratamiento", Unless: "si algunos muchos mayoria casi siempre porque"},
	{Say: "no ..1 ningun? poder|control|dominio sobre usted|ti|el|ella"},
	{Say: "nosotros|programa|metodo|tratamiento|clinica ..2 dejara|superara|vencera|olvidara|sanara", With: "@illness", Unless: "si puede cuando"}, {Say: "succeed|succeeds|work|works|recover|recovers ..2 each|every|without ~1 time|exception|fail"},
	{Say: "and never return|returns|come|comes", With: "@illness"}, {Say: "stay|stays gone", With: "@illness"}, {Say: "withdrawal|detox without ..1 pain|discomfort|suffering|symptoms"},
	{Say: "ends|end|cures|erases|eliminates|defeats|banishes ..2 @illness", With: "dose session injection implant single shot", Unless: "may can help helps if when"}, {Say: "do|does ..1 people|patients|clients|graduates|members|anyone ..1 relapse", As: "asked"},
	{Say: "forma|manera permanente|definitiva", With: "@illness"}, {Say: "recuperacion|curacion|sanacion ~1 total|completa|plena|definitiva", With: "dias semanas nosotros garantiz* nuestro nuestra"},
	{Say: "@never vuelve|vuelven|vuelva|volvera|volveran a beber|consumir|recaer|fumar", With: "nuestro nuestra centro programa clinica nosotros usted", Unless: "si algunos muchos casi"},
	{Say: "turn|turns ..2 @illness off"}, {Say: "@illness is|are ..1 over|gone|finished", With: "@spans our us", Unless: "if when until once usually often withdrawal most some first worst"}, {Say: "without a single craving|relapse|slip|symptom"}, {Say: "we|treatment|program|therapy|implant remove|removes ..1 ~1 disease|addiction|dependence|anxiety|depression|craving|cravings|trauma"},
	{Say: "beat|cure|conquer|overcome|defeat|heal|end ..2 @illness in|within ..1 # ~1 @spans", Unless: "may can some many most"}, {Say: "se acaba|acabo|termina|termino|acabara ..2 @illness", Unless: "cuando si hasta"},
	{Say: "never touch|want|crave ..1 @drugs", With: "our program after course treatment clinic you'll"}, {Say: "will|could|can|might i|we|he|she|they ..2 start|return|want ..1 to? drinking|using|drink|use !coffee|tea|water|milk|juice", As: "asked"},
	{Say: "no failures|dropouts in|here|among", With: "our us we"}, {Say: "cannot|can't help but recover|heal|get"}, {Say: "takes ..1 # ~1 @spans to be? rid|beat|cure|overcome", With: "@illness"}, {Say: "never to return|come", With: "@illness"},
	{Say: "@never tendra|tendras|tendran|habra ..1 recaida|recaidas|ansias", Unless: "si"},
	// What is certain.
	{Say: "for certain|sure", With: "sober sobriety recovery cured", Unless: "know say tell"}, {Say: "vencer|superar|dejar ..3 es ..1 seguro|garantizado|cosa"},
	{Say: "recovery|sobriety|success|healing|relief|it is|are|becomes ..1 given|certain|certainty|inevitable|assured", With: "@better", Unless: "nothing whether"},
	{Say: "sure|certain|assured|confident that|of you|we|it? ..5 recover|heal|sober|sobriety|cured|free|relapse|end|hold", With: "our us we here you program", Unless: "make making nobody"},
	{Say: "no doubt|question|way that|about you|we|it? ..5 recover|heal|sober|cured|free|relapse|better"}, {Say: "every single one|person", With: "@better"}, {Say: "every single time", With: "@illness"},
	{Say: "certeza|seguro|segura|confianza|garantia de que ..4 recuper*|cura*|dejar*|sobri*|libre|sanar*|funciona*"}, {Say: "no hay|cabe|quepa duda|dudas de que ..4 recuper*|cura*|dejar*|sobri*|libre|sanar*|funciona*"},
	{Say: "recuperacion|sobriedad|curacion es|esta ..1 segura|cierta|asegurada|inevitable|hecho"}, {Say: "se|te|lo|le|la curara|curaran|recuperara|recuperaran|sanara|rehabilitara", Unless: "si sabe saber quizas quiza tal puede cuando", With: "usted nosotros nuestro nuestra programa @illness"},
	// What is without danger.
	{Say: "no|zero|without|any ~1 danger|risk|harm at|whatsoever|for all|you|everyone|anyone?", With: "@care @medicine @illness implant method safe free them"}, {Say: "without risk|risks|danger", With: "detox implant treatment therapy method program procedure withdrawal"},
	{Say: "no|sin ~1 ningun riesgo|riesgos|peligro"}, {Say: "sin riesgo|riesgos|peligro alguno"},
	{
		Say: "permanent|permanently|lifelong|lasting|everlasting ~1 sobriety|sober|recovery|recover|recovers|recovered|" +
			"cured|heal|healed|free|freedom|relief|solution|results|abstinence",
		With: "guarantee* promise* will ensure* deliver* permanent permanently forever",
	},
	{Say: "never ..1 want|need|feel|have to drink|use|smoke|vape|gamble|worry", With: "again"},
	{Say: "heal|heals|cure|cures|erase|erases|eliminate|eliminates|conquer|defeat|overcome|banish ..4 completely|totally|entirely|fully", With: "@illness"},
	{
		Say: "you'll|patients|clients|graduates|they|and|you ..2 never ..1 relapse|relapses|crave|craves|drink|use|want|" +
			"need|smoke|vape|touch|struggle|suffer|feel|think|look ..6 again",
		Unless: "yourself myself themselves think thought swear",
	},
	{Say: "never ..1 relapse|relapses|crave|craves", Unless: "people most many some few"},
	{Say: "never ..1 fails|fail", With: "treatment program method therapy approach detox system plan it this our"},
	{Say: "always works", With: "treatment program method therapy approach detox system plan it this our"},
	{
		Say:  "cannot|can't|impossible ..1 to? fail|relapse",
		With: "treatment program method therapy approach detox system plan you it",
	},
	{Say: "fail|fool proof"},
	{Say: "foolproof|failproof|surefire"},
	{Say: "sure fire"},
	{
		Say: "risk free", With: "@care @illness detox withdrawal medication method procedure implant medicine",
		Unless: "parking bays trial guarantee",
	},
	{Say: "no|zero|without ~1 side effects", Unless: "if report tell call"},
	{Say: "free of|from ..2 side effects"},
	{Say: "side effect free"},
	{
		Say: "no|zero|without|eliminates|eliminate ~1 risk|chance|danger ..1 of|to relapse|relapsing|you|withdrawal|" +
			"overdose|addiction",
	},
	{Say: "relapse risk|rate of|is zero"},
	{Say: "work|works|working|worked|effective for|on everyone|everybody|anyone|anybody|all", With: "@care @medicine method approach technique plan model it this that"},
	{Say: "work|works|worked ..1 every|each time|patient|person|client|single"},
	{
		Say:  "everyone|everybody|anyone|anybody ..4 recovers|succeeds|heals|cured|sober",
		With: "who our program treatment method guarantee* will",
	},
	{
		Say: "you|your|they|patients|clients|anxiety|trust|marriage|family|addiction|cravings will|is|are ..1 fully|" +
			"completely|totally|permanently restored|recover|recovered|healed|cured|free|gone|sober|heal|disappear",
	},
	{Say: "you'll ..1 recover|heal|be fully|completely|totally|permanently|cured|sober|healed", Unless: "asked able"},
	{
		Say: "gone|disappear|disappears|vanish|vanishes|ends|stops|removed|removes|cured|erased ..4 overnight|instantly|" +
			"in|after|within ..1 one|single|first|#|days|minutes|hours session|visit|treatment|days|weeks|hours|minutes|" +
			"appointment",
		With: "@illness", Unless: "if when call usually often may might can",
	},
	{
		Say: "cravings|addiction|anxiety|panic|withdrawal|urges ..3 gone|disappear|vanish ..3 forever|good|overnight|" +
			"instantly|completely|days|week|hours|minutes",
	},
	{Say: "proven to cure|stop|end|eliminate|fix"},
	{Say: "guaranteed results|recovery|sobriety|success|outcome|cure|relief"},
	{Say: "results|success|recovery|sobriety|satisfaction is|are? ..1 guaranteed|assured|certain|inevitable"},
	{
		Say:  "never ..1 go|goes|going|return|returns back? to drinking|using|drugs|alcohol|heroin|it",
		With: "our you'll you we",
	},
	{Say: "miracle|magic|magical ..1 treatment|therapy|method|pill|drug|medicine|bullet|detox|cure|solution|implant"},
	{Say: "only|last|final treatment|cure|therapy|method|program you|you'll ..3 need"},
	{Say: "without exception", With: "recover* sober effective cure* heal*"},
	{Say: "works|work|worked ..4 without exception"},
	{Say: "pain|craving|worry|stress free detox|withdrawal|recovery"},
	{Say: "makes|make|making withdrawal|detox|recovery|quitting ..1 painless|effortless|easy"},
	{Say: "painless|effortless|instant detox|withdrawal|recovery|cure|relief|sobriety"},
	{
		Say:  "completely|totally|forever|permanently|fully|100 ~1 free of|from ..3 @illness",
		With: "will you'll leave become guarantee* our makes make be",
	},
	{Say: "addiction|drinking|anxiety|alcoholism ends|stops here|today|now"},

	{
		Say:  "cura|curan|curamos|curara|curo|curarse|curar|curado|curada|curados",
		With: "@illness siempre definitiva* permanente*", Unless: "hepatitis infeccion",
	},
	{Say: "cura ~1 definitiva|permanente|segura|garantizada|milagrosa|total|rapida|completa"},
	{Say: "100|cien ..2 efectiv*|eficaz|seguro|segura|eficaces|garantizad*", Unless: "@online"},
	{Say: "completamente|totalmente|absolutamente segur*|eficaz|efectiv*|curad*|recuperad*|indolor|libre", Unless: "@online"},
	{
		Say:    "para siempre",
		With:   "@illness dejar* deja dejo libre libres curad* recuper* sobri* adios elimina* olvid* acaba* termin*",
		Unless: "no",
	},
	{Say: "@erases ..4 por|para completo|siempre", With: "@illness"}, {Say: "@illness ..2 por|para completo|siempre", With: "@erases"}, {Say: "@illness ..3 en|es|sera ..1 pasado|historia"}, {Say: "atras ..4 por|para completo|siempre", With: "@illness"},
	{
		Say:    "definitivamente|permanentemente|definitiva|permanente",
		With:   "adiccion alcohol drogas droga alcoholismo ansiedad cura* recuper* sobri* elimin* dejar* libre",
		Unless: "direccion domicilio residencia",
	},
	{
		Say: "nunca|jamas mas? ..2 recaer*|recaiga*|volver*|vuelva*|beber*|consum*|necesit*|sentir*|tendr* ..4 a|recaer|" +
			"beber|consumir|recaida|ansiedad|alcohol|drogas|ganas|tentacion",
	},
	{Say: "no volvera|volveran|recaera|recaeran ..1 a? recaer|consumir|beber|jamas|nunca|sentir"},
	{Say: "sin|cero|ningun|ninguno ~1 efectos secundarios|adversos", Unless: "si"},
	{
		Say: "sin riesgo|riesgos", With: "tratamiento desintoxicacion terapia metodo medicamento programa",
		Unless: "hay existe",
	},
	{Say: "sin|cero|ni riesgo|posibilidad|peligro de recaida|recaer"},
	{Say: "funciona|funcionan|sirve|eficaz|efectivo ..1 para|con|en|a todos|todas|todo|cualquiera|cualquier|cada"},
	{Say: "siempre funciona"},
	{Say: "nunca|jamas falla|fallan"}, {Say: "tratamiento|metodo|programa|terapia no falla"},
	{Say: "infalible|infalibles"},
	{Say: "milagros*|magic* ..1 tratamiento|cura|metodo|terapia|remedio"},
	{Say: "tratamiento|cura|metodo|terapia|remedio ~1 milagros*|magic*|infalible|garantizad*"},
	{Say: "resultados|exito|recuperacion|sobriedad es|esta|estan? ~1 garantizad*|asegurad*"},
	{Say: "todos ..5 se recuperan|curan|rehabilitan"},
	{Say: "en # dias|semanas|horas|sesiones|sesion ..3 acaba|desaparece|vence|supera|dejara|curad*|libre|sobri*|olvidara"},
	{
		Say: "elimina|eliminamos|eliminan|acaba|borra|quita ..3 ansias|adiccion|ansiedad|dependencia|deseo ..3 siempre|" +
			"completo|raiz|totalmente|definitivamente|completamente",
	},
	{Say: "de raiz", With: "adiccion alcoholismo ansiedad dependencia problema cura elimina"},
}
