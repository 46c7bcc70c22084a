package lint

import (
	"strings"

	"clinicblog/site/diag"
)

var uncitedEvidence = pageRule{
	Info: diag.Info{ID: "uncited-evidence", Severity: diag.Error,
		Fix: "cite the source with [](ref:key), or say it without leaning on research",
		Doc: `A text appeals to research and names no source

"Studies show" tells the reader to trust, not why. Claims about health need
competent and reliable scientific evidence (FTC, Health Products Compliance
Guidance, 2022), and attribution is one of the benchmarks by which readers can
judge a page (Silberg et al. 1997, JAMA 277(15):1244-1245). The source stands
in the same block, in the paragraph that introduces a list, or in the same
answer of a FAQ.

    before  Studies show that group therapy works.
    after   A review of 33 trials found a small benefit.[](ref:lo-coco-2019)

"Evidence-based" alone is advice: name the method, and cite what supports it.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if len(t.found["evidence"]) == 0 || m.cited(t) {
			return
		}
		seen := -1
		for _, f := range t.found["evidence"] {
			s := t.sentenceOf(f)
			if s.question || s.first == seen || t.denied(f) || t.askedFor(f) || t.namesWork(s) {
				continue
			}
			seen = s.first
			d := reportWords(report, t, f.first, f.last, "%q names no source", t.text(f))
			if f.Soft {
				d.Severity = diag.Advice
			}
		}
	},
}

// namesWork tells a sentence that names a work by author and year, as a paper
// does: (Anton et al. 2006). Rules on references ask for the rest.
func (t *passage) namesWork(s sentence) bool {
	for i := s.first + 1; i <= s.last; i++ {
		if y := t.words[i].Fold; len(y) == 4 && y >= "1900" && y <= "2099" && strings.HasPrefix(t.Text[t.words[i].End:], ")") && (t.words[i-1].capital || t.words[i-1].Fold == "al") {
			return true
		}
	}
	return false
}

// askedFor tells evidence that is wanted, or taken part in: what should the
// evidence show, evidence of income must be shown, take part in a study. Nor do the
// doctors of the house make an appeal to doctors.
func (t *passage) askedFor(f find) bool {
	if f.first > 0 && t.words[f.first-1].Fold == "the" && t.words[f.first].in(doctors) {
		return true
	}
	for i := f.first + 1; i < f.last; i++ {
		if t.words[i].in(modal) {
			return true
		}
	}
	for i := f.first - 1; i >= t.sentenceOf(f).first && i >= f.first-4; i-- {
		if t.words[i].in(wanting) {
			return true
		}
	}
	return false
}

var doctors = newWordSet("@doctors")

var modal = newWordSet("must should debe deben")

var wanting = newWordSet(`should must does what whatever which whether part participat* enroll* enrol* join joining joined recruit* volunteer* if ask asks whose
	debe debera deberia participar participe inscribirse cual cuales`)

var evidenceWords = []phrase{
	{Say: "@research !protection|plan|entry|officer|assistant|teacher|class|club|room|desk|museum ..4 @shows", Unless: "court attorney lawyer judge police income insurance billing provide submit claim kickoff"},
	{Say: "studies|trials|researchers|surveys|scientists|experts report|estimate|link|document"}, {Say: "@research ..1 ~1 point|points to|toward"},
	{Say: "@doctors ..1 have? ..1 agree|agrees|agreed|know|known|shown|found|proven|confirm|confirmed|recommend|believe", Unless: "our your"},
	{Say: "according to ..3 @research"}, {Say: "according to ..2 @doctors", Unless: "our your"},
	{Say: "clinically|scientifically|medically|empirically ~1 proven|validated|tested|supported|backed|shown|demonstrated|verified|confirmed|established"},
	{Say: "is|are|were|was ~2 proven|demonstrated to"}, {Say: "been ~2 proven|shown|demonstrated|established to !the|their|your|a|you|them|her|him|our"},
	{Say: "proven to"}, {Say: "been found to ..1 help|reduce|improve|ease|lower|work|prevent|calm|relieve|increase|boost"},
	{Say: "proven ~1 treatment|treatments|method|methods|approach|approaches|therapy|therapies|program|programme|technique|techniques|results|effective|effectiveness|success|benefit|benefits|way|formula|system|strategies !rate|rates"},
	{Say: "@research ..3 made|makes|put|puts|leave|leaves|left ..2 clear|plainly|simply|beyond|question|no|little doubt?"}, {Say: "science|evidence is in|unanimous|unequivocal", Unless: "folder box binder"},
	{Say: "@research point|points ..1 same|one|way|direction"}, {Say: "@research ..3 made|makes ..1 clear"}, {Say: "experts|researchers|scientists|@doctors ..2 regard|consider|view", Unless: "our your we"},
	{Say: "research|science backed", Soft: true},
	{Say: "well documented|established|known !in|around ..3 that"}, {Say: "it is|has ~1 been? ~1 known|documented|established|accepted !in|around ..3 that"}, {Say: "it's ~1 known|documented|established|accepted ..3 that"}, {Say: "it's been ~1 known|documented|established|proven|shown that"},
	{Say: "demonstrated|proven|shown|established|proved scientifically|clinically"}, {Say: "medicos|psicologos|psiquiatras|terapeutas ..1 coinciden|saben|recomiendan|afirman|aseguran", Unless: "nuestros clinica"},
	{Say: "scientific|medical|proven|established fact !about"}, {Say: "@research is|are ~1 clear|unequivocal|unambiguous|conclusive|decisive"}, {Say: "has|have been ~1 shown|proven|demonstrated|established ..3 that"}, {Say: "hecho ~1 cientifico|comprobado|probado"}, {Say: "@research bear|bears ..2 out"}, {Say: "@research ..1 could|can not|hardly be ~1 clearer|stronger|plainer"},
	{Say: "backed|supported|validated|confirmed|grounded|rooted|proven|proved|tested|demonstrated ..1 by|in ~2 science|research|evidence|studies|trials|data|neuroscience"},
	{Say: "science|research backed|based|driven|informed ~2 @care|approach|approaches|method|methods|techniques|strategies", Soft: true},
	{Say: "evidence based", Soft: true, Unless: "ask asks whether what"},
	{Say: "@research ..2 that|of ..4 @better", With: "is are was were has have there growing strong solid ample clear overwhelming proves", Unless: "we our taking part you sign enroll"},
	{Say: "there's|there is|are|was|were? ..4 evidence|research|studies|proof|science that|to|behind|supporting|for"}, {Say: "@research|numbers|results speak|speaks for themselves|itself", Unless: "our"}, {Say: "@research don't|never lie"}, {Say: "@estudios no mienten|miente"}, {Say: "se sabe por ..2 @estudios"}, {Say: "comunidad cientifica|medica"},
	{Say: "growing|strong|solid|ample|overwhelming|compelling|mounting|robust|extensive|considerable|convincing ~1 body ..1 evidence|research"},
	{Say: "growing|strong|solid|ample|overwhelming|compelling|mounting|robust|conclusive|convincing|undeniable ~1 evidence|research|proof"},
	{Say: "decades|years of ~1 research|evidence|studies|science"},
	{Say: "study after study"}, {Say: "the science is clear|settled"}, {Say: "the evidence|research|data ..4 is|are ~1 clear|overwhelming|strong|conclusive|solid|compelling"},
	{Say: "^ in ..2 clinical? study|studies|trial|trials|research|surveys|survey !room|hall|and|group|skills|period", Unless: "you your interested"},
	{Say: "numerous|countless|multiple|many|several|recent|dozens|hundreds|published ..1 ~1 studies|trials|surveys|papers|articles|reviews ..2 describe|@shows"},
	{Say: "latest|newest|recent|cutting ~1 research|science|studies", With: "based show* prove* confirm* use uses using shaped built informed", Unless: "join part ask"},

	{Say: "@estudios ..4 @muestra", Unless: "abogado tribunal policia seguro ingresos"},
	{Say: "segun|conforme ..1 ..2 @estudios"}, {Say: "de acuerdo con|a ..2 @estudios"},
	{Say: "cientificamente|clinicamente|medicamente ~1 comprobad*|probad*|demostrad*|validad*|respaldad*|avalad*"},
	{Say: "ha|han|esta|estan|fue|queda sido? ~1 demostrad*|comprobad*|probad* ..1 que"},
	{Say: "ha|han|esta|estan|quedo ~1 demostrado|comprobado|probado|demostrada|comprobada|comprobados|comprobadas ~1 que|ser|su|cientificamente|eficaz|eficacia"},
	{Say: "se ha|sabe|han demostrado|comprobado|probado|visto|desde que|hace"},
	{Say: "eficacia|eficaz|efectividad|resultados|metodo|metodos|tratamiento|terapia|terapias|tecnicas ~1 comprobad*|demostrad*|probad*"},
	{Say: "basad* ..1 en ..2 evidencia|ciencia|investigacion|estudios", Soft: true},
	{Say: "respaldad*|avalad*|sustentad* por ..2 ciencia|estudios|investigacion|evidencia|investigaciones|expertos"},
	{Say: "hay|existe|existen ..1 ~2 evidencia|pruebas|estudios|investigaciones ..1 ~1 que|de"},
	{Say: "cada vez hay? mas evidencia|estudios|pruebas"},
	{Say: "@estudios es|son ~1 unanime|unanimes|clara|claros|clarisima|contundente|contundentes|concluyente|concluyentes"}, {Say: "@estudios no dejan|deja|dejaron ..1 duda|dudas|lugar"},
	{Say: "numerosos|diversos|muchos|varios|multiples|recientes|innumerables estudios|ensayos|investigaciones ..3 @muestra"},
	{Say: "decadas|años de investigacion|estudios"}, {Say: "la ciencia ..2 clara|dice|respalda"},
	{Say: "^ en ..2 estudio|estudios|ensayo|ensayos clinico?", Unless: "participar usted"},
}
