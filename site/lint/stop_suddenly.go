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
		hasty := len(t.found["haste"]) > 0
		if !t.has(dangerous) && !slices.ContainsFunc(prose.Words(m.Title), func(w prose.Word) bool { return dangerous.has(w.Fold) }) || !dismissed && t.warns() {
			return
		}
		for _, f := range t.found["stop"] {
			if s := t.sentenceOf(f); s.question || (t.denied(f) || t.supposed(f)) && !t.waves(f) || f.As == "needs haste" && !dismissed && !hasty {
				continue
			}
			reportWords(report, t, f.first, f.last, "%q may be followed by somebody for whom it is dangerous", t.text(f))
			return
		}
	},
}

// waves tells words that are denied only by what waves the doctor away: no need to
// ask before you stop.
func (t *passage) waves(f find) bool {
	for _, w := range t.found["stop, warned"] {
		if w.last < f.first && t.words[w.first].in(negators) && t.words[w.first].sentence == t.words[f.first].sentence && !t.negated(w.first) && !t.sentenceOf(f).spokenOf {
			return true
		}
	}
	return false
}

// warns tells a passage with a word of danger or of help; "no danger" is none.
func (t *passage) warns() bool {
	for i := range t.words {
		if t.words[i].in(warning) && (i == 0 || !t.words[i-1].in(negators)) {
			return true
		}
	}
	return false
}

var (
	dangerous = newWordSet(`@medicine drink drinking drinks alcohol bottle bottles booze beer wine vodka whiskey whisky rum tequila spirits liquor opioid opiate* heroin fentanyl barbiturate*
		beber bebida alcohol botella botellas trago tragos cerveza vino licor opioide heroina fentanilo droga drogas dosis consumir`)
	warning = newWordSet(`dangerous danger emergency seizure* seizures risky unsafe fatal medically supervis* prescriber physician doctor doctors nurse pharmacist clinician counselor
		nicotine vape vaping cigarette* smoking tobacco gradually taper* slowly safely talk ask speak 911 988
		peligroso peligrosa peligro emergencia convulsion* riesgo medico medica doctor doctora enfermera supervis* gradual* lentamente nicotina cigarro* vapeo tabaco hable consulte llamenos pregunte`)
)

// hasteWords say that it is to be now, or alone.
var hasteWords = []phrase{
	{Say: "today|tonight|now|once|immediately|cold|overnight|abruptly|suddenly|weekend|yourself|alone|tomorrow|instantly|straightaway|straight|friday|monday|saturday|sunday"},
	{Say: "right away"}, {Say: "one day to the next"}, {Say: "de un dia para|al otro"}, {Say: "on|by your own"}, {Say: "this|that|very|the minute|moment|second|instant|hour"},
	{Say: "hoy|ahora|mismo|golpe|inmediato|inmediatamente|solo|sola|mañana|noche"}, {Say: "por su|tu cuenta"}, {Say: "ya mismo"},
}

// disposal is of what is left over, and not of what somebody takes.
const disposal = "recycling recycle label wrapper blister box pharmacy expired unused leftover old"

var stopWords = []phrase{
	{Say: "stop|quit|quitting|stopping|discontinue|cease ..2 drinking|drink|alcohol|taking|using|it|them|booze|heroin|everything|smoking|@medicine", As: "needs haste"},
	{Say: "just|simply stop|quit|discontinue|cease|leave|drop|skip|ditch ..1 taking|it|them|@medicine"}, {Say: "quit|stop tonight|today|immediately", With: "alone home yourself sweat"}, {Say: "stop|quit|discontinue|skip|drop ..2 @medicine the|that day|moment|minute|morning|night|week"},
	{Say: "leave|leaving|come|coming|get|getting|go|going|lay ..1 off ..2 it|them|@medicine", As: "needs haste"},
	{Say: "replace|swap|trade|exchange ..1 your|the ~1 @medicine with|for !another|a|generic|lower"},
	{Say: "drop your|the|all|every|those|these ..2 @medicine !list|card|plan|box|review", Unless: disposal}, {Say: "stop|quit all at once !when"},
	{Say: "skip|ditch|discontinue|throw|pour|flush|toss|dump|empty|bin ~1 away|out|down? ~1 your|the|all|every|any|what|those|these ..3 bottle|bottles|left|rest|@medicine !list|card|plan|box", Unless: disposal},
	{Say: "put|leave|bury|send|eche|echa|tire|tira|ponga ..3 @medicine in|into|to|down|a|en|por the|your|la|el? trash|bin|garbage|toilet|sink|drain|basura|inodoro|retrete|caño"},
	{Say: "get|be rid of ..2 @medicine", Unless: disposal}, {Say: "leave|put ..2 @medicine behind !the|a"}, {Say: "cut out your|the|all|any? ..1 @medicine|alcohol|drinking", As: "needs haste"}, {Say: "no more|longer|another? @medicine|drink|drinks|sip|sips|drop", As: "needs haste"},
	{Say: "@never ..1 have|need to? ..1 taper|tapering|wean", Unless: "baby breast milk"},
	{Say: "flush|throw|toss|dump it|them away|out|down", With: "@medicine"}, {Say: "tirelo|tirela|tirelos|tirelas|botelos|botelas hoy|ya|ahora|a"}, {Say: "@never ..1 have|need to? ..1 step|come|cut|go down|slow|slowly|gradually ..2 @medicine"},
	{Say: "@farewell to|a your|the|those|sus|tus|las ..2 @medicine", As: "needs haste"},
	{Say: "no ..1 need|reason|point|necesario|falta|razon to|in|for|para? ~1 taper|tapering|wean|weaning|come|go|cut|reduce|step|reducir|bajar|disminuir ..5 @medicine|slowly|gradually|poco|dosis"},
	{Say: "you|to can|may|could|stop|quit|drop|ditch|skip stop|quit|drop|ditch|skip|your|taking? ~1 @medicine|taking|it|them !list|review", As: "needs haste"},
	{Say: "throw|pour|flush|toss|dump|empty ~1 away|out|down|off? ~1 your|the|all|every|any|what ..3 alcohol|booze|drink|wine|beer|liquor|whiskey|whisky|vodka|rum"},
	{Say: "go|going|went|quit|stop|quitting|do|try|did cold turkey"}, {Say: "cold turkey ..1 is|works|brings|gets"}, {Say: "way ..5 cold turkey", Unless: "worst riskiest"},
	{Say: "detox|detoxing|withdraw|taper ..2 at|from home", As: "needs haste"}, {Say: "detox|quit|stop ..2 on your own|by|yourself|alone"},
	{Say: "stop on|by your|yourself"}, {Say: "stop|quit|drop ..2 @medicine on|by your|yourself"}, {Say: "flush|throw|toss it|them away|out|down|all", As: "needs haste"},
	{Say: "rip|tear|pull ..2 bandage|bandaid|plaster"}, {Say: "do|don't ..1 touch|take another drop|pill|drink|dose"}, {Say: "just|simply walk|turn away from ..1 it|them|@medicine"}, {Say: "say|saying no to your? ~1 @medicine", As: "needs haste"}, {Say: "@never touch|take|drink|have another|one more? ~1 drop|pill|drink|dose|sip"}, {Say: "come off|get off ..4 overnight|today|tonight|once|weekend|yourself"},
	{Say: "deje|deja|dejar|dejen|abandone|abandonar|suspenda|suspende|suspender|interrumpa|interrumpir|corte|cortar ..2 de? ..1 beber|tomar|alcohol|tomarlo|tomarla|tomarlos|tomarlas|consumir|drogas|droga|bebida|@medicine", As: "needs haste"},
	{Say: "dejelo|dejela|dejelos|dejelas|dejalo|dejala|dejalos|dejalas|suspendalo|suspendala|suspendalos|suspendalas", As: "needs haste"}, {Say: "deje|deja|dejar|suspender|suspenda ..2 @medicine por su|tu", As: "needs haste"},
	{Say: "tire|tira|bote|bota|vacie|deshagase|tirelo|tirela|tirelos|tirelas ..3 botella|botellas|alcohol|licor|basura|@medicine"},
	{Say: "de golpe|tajo", With: "deje* deja* dejar* suspend* corte* cortar"},
}

// stopWarnings wave the doctor away.
var stopWarnings = []phrase{
	{Say: "no|not|don't|without|never|needn't ..2 need|have|reason|point ..2 to? ..3 doctor|psychiatrist|taper|tapering|wean|gradually|slowly|cut|step|detox|medical|prescriber|physician|hospital|supervision|rehab"},
	{Say: "don't|without|not|never|no ..1 bother|bothering ..2 doctor|psychiatrist|pharmacist|taper|tapering|prescriber|with"},
	{Say: "without ..3 doctor|doctors|psychiatrist|pharmacist|taper|tapering|medical|supervision|prescriber|physician|hospital"},
	{Say: "not|longer|never|don't|won't ..1 need ..2 @medicine"}, {Say: "no longer need ..2 it|them|@medicine"},
	{Say: "rip|tear|pull ..2 bandage|bandaid|plaster"}, {Say: "skip|forget|ignore ..1 taper|tapering|doctor|doctors|prescriber"}, {Say: "need no doctor|taper|detox|medical"}, {Say: "doctors|doctor don't|won't|doesn't|will want|tell|know"},
	{Say: "no ..1 falta|necesita|necesitas|hace|requiere ..3 medico|medica|psiquiatra|doctor|supervision|hospital|gradual|gradualmente|receta"}, {Say: "sin ..3 medico|doctor|supervision|ayuda|hospital"}, {Say: "olvidese|olvide|olvidate|ignore del|de|al|a medico|doctor|medicos"}, {Say: "sin consultar|consultarlo|preguntar|avisar"},
}
