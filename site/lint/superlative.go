package lint

import "clinicblog/site/diag"

var superlative = pageRule{
	Info: diag.Info{ID: "superlative", Severity: diag.Advice,
		Fix: "say what the clinic does, or cite who ranked it and when",
		Doc: `Care is called the best, leading or second to none

Nobody can compare, so the reader can only believe it or not. Advertising of
health care is to hold statements that can be proved (FTC Act, section 5; many
state licensing boards forbid claims of superiority outright). A citation lifts
the finding.

    before  The leading rehab in the county.
    after   A licensed program with 24 places, open since 2009.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if sourced(t.Block) {
			return
		}
		seen := -1
		for _, f := range t.found["superlative"] {
			s := t.sentenceOf(f)
			if s.first == seen || s.question && t.words[s.first].in(opensQuestion) || t.denied(f) {
				continue
			}
			if f.As == "hash" && (t.words[f.first].Start == 0 || t.Text[t.words[f.first].Start-1] != '#') {
				continue
			}
			if f.As == "ours" && !t.anyIn(s, ownVoice) && !t.placed(f) {
				continue
			}
			seen = s.first
			reportWords(report, t, f.first, f.last, "%q claims a rank that nobody can check", t.text(f))
		}
	},
}

var (
	ownVoice      = newWordSet("our we us ours we're we've ever we'll nuestro nuestra nuestros nuestras somos ofrecemos contamos tenemos")
	opensQuestion = newWordSet("what what's which who who's how is are does do when where why can should cual cuales que quien como es son hay puede debo")
)

// placed tells a rank among those of a place: the best clinic in the county, in
// Ohio.
func (t *passage) placed(f find) bool {
	for i := f.last + 1; i < len(t.words) && i <= f.last+6 && t.words[i].sentence == t.words[f.first].sentence; i++ {
		if t.words[i].in(placeWords) || t.words[i].capital && (t.words[i-1].Fold == "in" || t.words[i-1].Fold == "en" || t.words[i-1].Fold == "de") {
			return true
		}
	}
	for i := f.first - 1; i >= f.first-3 && i >= 0 && t.words[i].sentence == t.words[f.first].sentence; i-- {
		if t.words[i].in(possessivePlace) {
			return true
		}
	}
	return false
}

var (
	placeWords      = newWordSet("@place")
	possessivePlace = newWordSet("state's county's area's region's country's nation's city's town's valley's world's america's")
)

var superlativeWords = []phrase{
	{Say: "leading|top|premier|foremost|finest|preeminent|elite ~3 @care", Unless: "cause causes tip discussion session walk up"},
	{Say: "best|greatest|safest|fastest|highest|kindest|quickest|strongest ~3 @care|outcomes|results|rate|rates", As: "ours", Unless: "practice practices"},
	{Say: "most ~1 effective|advanced|successful|trusted|experienced|qualified|respected|comprehensive|innovative|caring|luxurious|modern|compassionate|renowned|recommended|dedicated|skilled and? most? ~3 @care", As: "ours"},
	{Say: "most ~1 effective|advanced|successful|trusted|experienced|qualified|respected|caring|compassionate|renowned|skilled in|of|around ..2 @place", With: "@care"},
	{Say: "best ~1 @care ever|around|anywhere|available"}, {Say: "most ~1 trusted|respected|recognized|experienced|renowned name|choice|provider in|for ~2 @care"},
	{Say: "best|safest|strongest|fastest|effective ~1 treatment|treatments|therapy|therapies|medication|medications|medicine|cure|help|program|care ..1 there|that is|exists|exist|ever|around"},
	{
		Say: "is|are|remains|remain the most? ~1 best|safest|strongest|fastest|surest|effective|powerful|advanced|modern|proven and|or? most? effective|safest|best|natural? ~2 " +
			"treatment|treatments|therapy|therapies|medication|medications|medicine|cure|method|approach|program for|against|to",
		With: "@illness", Unless: "whether if your you ask decide depends",
	},
	{
		Say:  "we|we're|clinic|center|centre|program|rehab|hospital|facility|team|iop is|are? the best|finest|greatest|safest !way|time|judge|days",
		With: "@care", Unless: "if whether",
	},
	{Say: "leading|top|premier|foremost|biggest name|choice|authority|destination|provider in|for ..5 @care|addiction|families|patients|@place"}, {Say: "hold|holds a candle"}, {Say: "nowhere ..1 you? ..4 better|finer|safer|like", With: "@care @ours team"}, {Say: "rated|voted|ranked number|best|top|1 one?", With: "@care patients families"},
	{Say: "best|greatest|safest|finest|kindest|fastest|strongest in|of|around ..2 @place", With: "@care"}, {Say: "trust|trusts|recommend|choose most", With: "@care"}, {Say: "best hands"}, {Say: "isn't|not a|any better|finer|safer ~2 @care"}, {Say: "you will|could|can ever meet|find|know", With: "most best finest kindest"}, {Say: "you'll ever meet|find"}, {Say: "class of our|its|their own"}, {Say: "rank|ranks|rate|rates us ..1 first|top|best|number|highest"}, {Say: "ningun|ninguna ..4 ofrece|brinda|da ..2 mejor"}, {Say: "few|no ~1 @care ..4 rival|match|equal|compare", With: "our us ours", Unless: "rate rates"}, {Say: "not|never be in better hands"}, {Say: "we|we're are? simply better"}, {Say: "no equal|rival|peer", With: "@care @ours"}, {Say: "^ leader|leaders in ~2 @care|recovery"},
	{Say: "better|safer|higher|stronger than ..3 any|every|all other? @care"}, {Say: "no other @care|place like"}, {Say: "no hay otro|otra ~1 @atencion como|igual"}, {Say: "@atencion ..1 mas ..1 y? mas? ..1 de|del|en la|el|los? ..1 @place"},
	{Say: "simply the best"}, {Say: "best of the best"}, {Say: "best in class|town|state|the", With: "@care @ours"},
	{Say: "the best ..3 ever|around", Unless: "to nobody"},
	{Say: "number|no one|1 ~2 @care|choice|rated|in|for", With: "@care", Unless: "press priority step list rule goal question"},
	{Say: "number one|1 ~3 @care|choice"},
	{Say: "1 rated|ranked|choice|rehab|clinic|program|treatment|detox|provider|in", As: "hash", With: "@care"},
	{Say: "top|highest|best rated|ranked|reviewed ~3 @care", Unless: "by"}, {Say: "top|highest|best rated|ranked|reviewed", With: "@care", Unless: "by scored"},
	{Say: "five|5 star|stars", With: "@care review* rehab us"}, {Say: "world class|renowned|famous|leading|beating", With: "@care @ours"},
	{Say: "unrivalled|unrivaled|unmatched|unparalleled|unsurpassed|unbeatable|peerless|incomparable|unequalled|unequaled"},
	{Say: "no better|finer|safer ~3 place|@care"}, {Say: "no more @lauded ~3 place|@care"}, {Say: "very best|finest", With: "@care", Unless: "do try tried"}, {Say: "only the best", With: "@care"}, {Say: "deserve|deserves|merece|merecen ..1 best|finest|mejor", With: "@care @atencion @ours"}, {Say: "won't|not|never|can't|cannot find|get|receive ..1 better|finer|safer ~1 @care"}, {Say: "won't|not|never|can't|cannot find|get|receive more @lauded ~2 @care"}, {Say: "second to none"}, {Say: "like no other", With: "@care @ours"}, {Say: "without equal|peer|rival"}, {Say: "bar none"}, {Say: "head and shoulders above"},
	{Say: "no|other|nobody|ningun|ninguna|nadie ..1 other|otro|otra|else|@care|@atencion ..4 match|matches|equals|rivals|beats|compare|compares|close|hold|rival|touch|iguala|igualan|supera|compara|comparan", With: "@care @ours @atencion"},
	{Say: "other ~1 @care @never ..1 match|equal|compare|come|rival", With: "@ours"}, {Say: "ningun|ninguna otro|otra @atencion ..3 ofrece|tiene|logra|cuenta"}, {Say: "no hay mejor|mejores ~2 @atencion"}, {Say: "knows ..3 better than us|we|our"},
	{Say: "nobody|no ..2 offers|delivers|provides|does|treats|gives|matches|cares ..3 better|safer|more|finer|faster|us|like"},
	{Say: "better|safer|faster than|then ..1 any|every|all|most|anyone|anywhere|other ..2 @care|else|other|competitors|clinics"},
	{Say: "better|safer|higher than any|anyone|anywhere"}, {Say: "outperform*|outshine*|surpass* ..3 @care|others|everyone|competitors", With: "our we"},
	{Say: "leader|leaders ..1 in ~2 @care|addiction|mental|behavioral|recovery", With: "we our the is are", Unless: "group session"},
	{Say: "gold standard", With: "@care @illness"}, {Say: "cream of the crop"}, {Say: "cut above", With: "@care @ours"},

	{Say: "mejor|mejores ~3 @atencion", As: "ours"}, {Say: "mejor|mejores ..2 @atencion de|del|en la|el|los ..2 @place"},
	{Say: "@atencion|equipo|opcion ~1 mas ~1 eficaz|efectivo|efectiva|avanzad*|exitos*|segur*|prestigios*|reconocid*|completo|completa|confiable|moderno|moderna|calificad*|experimentad*|profesional|rapid*", As: "ours"},
	{Say: "somos|es ..2 mejor|mejores|lider|lideres|unicos|numero", With: "@atencion", Unless: "para usted que si"},
	{Say: "lider|lideres ..1 en ~3 @atencion|adicciones|salud|region|estado|pais"}, {Say: "@atencion lider|lideres"}, {Say: "numero|# uno|1 en|de|del", With: "@atencion"},
	{Say: "sin igual|rival|comparacion|par", With: "@atencion nuestro nuestra nuestros ofrecemos"}, {Say: "incomparable|inigualable|insuperable|inmejorable|incomparables|inigualables"},
	{Say: "de primer nivel|clase|categoria", With: "@atencion"}, {Say: "clase|nivel mundial", With: "@atencion"}, {Say: "cinco estrellas", With: "@atencion"},
	{Say: "nadie ..2 ofrece|trata|cuida|atiende ..3 mejor|mas|como"}, {Say: "mejor que cualquier|nadie|ningun|ninguna|otros|otras|en", With: "@atencion @ours atendemos tratamos cuidamos"},
}
