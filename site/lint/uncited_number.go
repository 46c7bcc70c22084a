package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var uncitedNumber = pageRule{
	Info: diag.Info{ID: "uncited-number", Severity: diag.Error,
		Fix: "cite the source of the number with [](ref:key), or leave it out",
		Doc: `A number about how people fare has no source

A figure is read as a finding. Without its source nobody can tell whom it is
about, how it was measured, or whether somebody made it up; for treatment it is
a claim that needs competent and reliable scientific evidence (FTC, Health
Products Compliance Guidance, 2022). Fees, hours and numbers of visits are left
alone, and how the clinic's own patients fare is the matter of success-rate.

    before  Seven in ten people stay sober.
    after   In a trial of 286 adults, 31% returned to heavy drinking.[](ref:naltrexone-2006)`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if m.cited(t) {
			return
		}
		seen := -1
		for _, f := range t.found["quantity"] {
			s := t.sentenceOf(f)
			if s.first == seen || !t.isQuantity(f) || s.question && t.Kind != content.Title || s.spokenOf || t.mentioned(f) || !t.aboutOutcome(f, s) || t.ownFigure(f) {
				continue
			}
			seen = s.first
			reportWords(report, t, f.first, f.last, "%q is a number about outcomes without a source", t.text(f))
		}
	},
}

// isQuantity tells a share from another use of its words: "five in 2024" and
// "two in one" are none.
func (t *passage) isQuantity(f find) bool {
	if f.As == "percent" {
		for i := f.first; i <= f.last; i++ {
			if t.words[i].percent {
				return true
			}
		}
		return false
	}
	if f.As == "" || f.As == "odds" {
		return true
	}
	if f.first > 0 && t.words[f.first-1].in(scored) && !t.sentenceOf(f).ofRate {
		return false // a craving of 8 out of 10
	}
	var part, whole float64
	for i := f.first; i <= f.last; i++ {
		if f.As == "share" && i > f.first && t.words[i].opens {
			return false // step 4 of 12: people who drink
		}
		if n := number(t.words[i].Fold); n > 0 && part == 0 {
			part = n
		} else if n > 0 {
			whole = n
		}
	}
	if f.As == "whole first" {
		part, whole = whole, part
	}
	if f.As == "whole first" && whole > 20 {
		return part > 0 && part < whole // out of 140 people, 131
	}
	switch whole {
	case 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000:
		return part > 0 && part < whole || part == whole && part >= 9
	}
	return false
}

var scored = newWordSet("of a")

// aboutOutcome tells a sentence about how people fare: a rate, a word that says nothing
// else, or a weaker one beside a word for people or care, and no word of money
// or of running a clinic.
func (t *passage) aboutOutcome(f find, s sentence) bool {
	if t.anyIn(s, business) {
		return false
	}
	return s.ofRate || t.anyIn(s, strongOutcome) || t.anyIn(s, weakOutcome) && (f.As == "odds" || t.anyIn(s, peopleAndCare))
}

var (
	strongOutcome = newWordSet(`recover recovers recovered recovering recovery relaps* abstin* abstain* sober sobriety remission craving* overdos* sobriet*
		withdrawal* mortality suicide* clean unemployment
		recuper* recaen recae recaida* recaer sobri* abstinenc* abstien* remision ansias sobredosis`)
	weakOutcome = newWordSet(`drink drinking beber success* effective effectiveness surviv* reduc* improv* complet* retention retain* likely likelier respond* responded risk risks fewer
		less better worse heal* nicotine cured free symptom* benefit* stay stayed remain* quit stop stopped stopping return* disorder disorders addiction* addicted
		anxiety depression dependence insomnia panic sleep sleep* cut cuts lower* higher prevent* achieve* finish* graduat* dropout* rate rates die dies died deaths death
		fell drop dropped rose report reported experience* struggle* satisf* feel happier healthier fatal works
		exit* efic* efectiv* reduc* mejor* complet* termin* logra* logran riesgo menos sintomas dejan dejar dejaron dej* trastorno* adiccion* ansiedad depresion
		probab* responde* abus* tept ptsd bipolar siguen sigue mantien* permanec* curan curar muer* libre* satisf* vuelv* consumo`)
	peopleAndCare = newWordSet(`people person patient patients client clients participant* adult adults teen teens teenager* adolescent* member members graduate* alumni
		men women veteran* everyone who them those families couple* american* individuals users drinkers smokers students youth children kids girls boys seniors babies mothers fathers parents workers
		program* treatment* therap* counseling detox rehab* medication* group groups method approach clinic* care drinking use using overdose* symptoms craving* relapse*
		buprenorphine methadone naltrexone naloxone approach meditation exercise sessions cbt dbt emdr attacks flashbacks us
		personas persona paciente* adulto* adolescente* jovenes niños mayores fumador* bebedor* familia* miembro* egresad* exalumn* quienes hombres mujeres veteranos participante* usuarios
		tratamiento* terapia* programa* metodo clinica grupo* medicament* metadona buprenorfina naltrexona naloxona consumo quien alumnos nuestros`)
	business = newWordSet(`rating ratings rated disabled disabling disability loan loans lender* debt debts annual apr credit copay* copayment* coinsurance fee fees cost costs price prices discount* tax taxes taxable income deductible deductibles payment payments pay pays refund*
		dollar dollars budget rent tip interest donat* ticket tickets raffle proceeds poverty insurer insurers plan's reimburs* electricity energy battery humidity
		solar water paper printing attendance parking space spaces staff salaries wage wages mileage calls emails form forms diary website bill bills claims
		visits bus buses volume abv proof concentration solution bleach score ballot votes seats tuition scholarship match
		copago* cuota* precio* descuento* impuesto* ingreso* deducible pago pagos reembols* dolar dolares presupuesto renta alquiler interes donat* boleto* rifa
		electricidad llamadas factura* citas visitas`)
)

// quantityWords are shares and multiples. As says how the number is checked.
var quantityWords = []phrase{
	{Say: "#", As: "percent"},
	{Say: "# in #", As: "share"}, {Say: "# out of ..1 #", As: "share"}, {Say: "# ~2 in every? #", As: "share"},
	{Say: "# in|of every #", As: "share"}, {Say: "# de cada #", As: "share"}, {Say: "# ~2 de cada #", As: "share"}, {Say: "# of|de # ..2 @people", As: "share"},
	{Say: "# ~2 out of #", As: "share"}, {Say: "# of # ..1 sober|clean|abstinent|recovered|free", As: "share"}, {Say: "of|de every? # ..1 @people who|que|we? ..7 #", As: "whole first"}, {Say: "# of|de our|nuestros last|ultimos #", As: "share"}, {Say: "of|de every|each|cada # ..2 who|we|que? ..3 #", As: "whole first"}, {Say: "out of every? # ..2 who|we? ..3 #", As: "whole first"},
	{Say: "# times ~1 more|less|as|greater|higher|lower|likelier|better|faster"}, {Say: "# veces mas|menos|mayor|mejor"},
	{Say: "by # points"}, {Say: "by a|one third|quarter|fifth !to|past|of|after"}, {Say: "by half !past|of|an|a"}, {Say: "# percentage points"}, {Say: "# fold"}, {Say: "twice|thrice as|more"}, {Say: "el doble|triple de"}, {Say: "la mitad de"},
	{Say: "double|doubles|doubled|doubling|triple|triples|tripled|halve|halves|halved|quadruple* ..4 risk|chance|chances|odds|likelihood|rate|rates|symptoms|cravings", As: "odds"},
	{Say: "duplica|duplican|triplica|triplican ..4 probabilidad|probabilidades|posibilidades|riesgo", As: "odds"},
	{Say: "in|by|than|about|over|nearly|almost|roughly half !way|an|a|hour|past|day|board"}, {Say: "^ half of !what"}, {Say: "half the @people"}, {Say: "a|la mitad", Unless: "mes camino"},
	{Say: "#|two|three thirds|quarters|fifths"}, {Say: "a|one third|quarter|fifth of", Unless: "hour"}, {Say: "un tercio|cuarto de", Unless: "hora"}, {Say: "dos tercios|terceras"},
}
