package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/diag"
)

// useWords is the judgment of a rule whose lexicon is a list of words to write
// in another way. A quote, a proper name, and a sentence about the word itself
// are left alone, and so is what somebody calls themselves.
func useWords(list string) func(*manuscript, *passage, diag.Report) {
	return func(m *manuscript, t *passage, report diag.Report) {
		if t.Quoted {
			return
		}
		after := -1
		for _, f := range t.found[list] {
			if f.first <= after || f.Profile != "" && f.Profile != m.settings.Profile || t.sentenceOf(f).spokenOf || t.sentenceOf(f).wordsOf || m.exempt(t, f) {
				continue
			}
			after = f.last
			d := reportWords(report, t, f.first, f.last, "%q is a term to avoid (%s)", t.text(f), f.Source)
			d.Fix = "write: " + f.Write
			if f.Soft {
				d.Severity = diag.Advice
			}
			if old := t.text(f); f.Swap != "" && d.Length == len(old) {
				d.Edits = []diag.Edit{{Pos: d.Pos, Old: old, New: sameCase(old, f.Swap)}}
			}
		}
	}
}

// exempt tells words within quotation marks, or in a proper name.
func (m *manuscript) exempt(t *passage, f find) bool {
	if t.words[f.first].quoted || t.words[f.first].named {
		return true
	}
	for _, n := range t.found["names"] {
		if n.first <= f.last && f.first <= n.last && t.words[n.first].capital {
			return true
		}
	}
	for _, name := range m.settings.Words["names"] {
		if at := strings.Index(t.Text, name); at >= 0 && at <= t.words[f.first].Start && t.words[f.last].End <= at+len(name) {
			return true
		}
	}
	return false
}

// sameCase gives words the capital that the old ones begin with.
func sameCase(old, words string) string {
	if r, _ := utf8.DecodeRuneInString(old); !unicode.IsUpper(r) {
		return words
	}
	r, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(r)) + words[size:]
}

// Who asks for other words.
const (
	nida  = "NIDA, Words Matter"
	va    = "VA content style guide"
	aap   = "AAP policy statement 2022, doi 10.1542/peds.2022-057529"
	nhs   = "NHS digital service manual"
	media = "reportingonsuicide.org"
)

// properNames are names that keep their words.
var properNames = []phrase{
	{Say: "alcoholics anonymous"},
	{Say: "alcoholicos anonimos"},
	{Say: "children of alcoholics"},
	{Say: "hijos ..2 de alcoholicos"},
	{Say: "substance abuse and mental health services administration"},
	{Say: "administracion de ..3 abuso ..9 mental"},
	{Say: "institute on drug abuse"},
	{Say: "institute on alcohol abuse"},
	{Say: "instituto nacional sobre|de ..3 abuso ..5 drogas|alcohol|alcoholismo"},
	{Say: "journal of ..2 ~2 abuse ..1 treatment?"},
	{Say: "substance abuse treatment|prevention ..3 block|act|policy|division|bureau|grant|facility"},
	{Say: "big book of"},
	{Say: "abuse screening test"},
	{Say: "dot qualified? substance abuse professional|professionals"}, // 49 CFR 40.3
	{Say: "oficina ..4 abuso de ..2 sustancias|drogas|alcohol"},
}

var personLabel = pageRule{
	Info: diag.Info{ID: "person-label", Severity: diag.Error,
		Fix: "write the person first",
		Doc: `A person is named after a condition

People called addicts are blamed more and helped less, by clinicians too (Kelly and
Westerhoff 2010, Int J Drug Policy 21(3):202-207). NIDA's Words Matter, the AAP
and the VA's style guide all ask to write the person first. A quote, the name of
a fellowship, and what somebody calls themselves are left alone.

    before  Addicts often relapse.
    after   People with a substance use disorder often return to use.`},
	judge: useWords("person"),
}

const withSUD, withAUD = "person with a substance use disorder", "person with alcohol use disorder"
const conTCS, conTCA = "persona con un trastorno por consumo de sustancias", "persona con un trastorno por consumo de alcohol"

const drink = `drink* beverage* beer beers wine cider spirits content liver hepatitis cirrhosis ketoacidosis
	neuropathy gel solution products product extract fermentation
	hand based fatty encephalopathy dementia cardiomyopathy pancreatitis mouthwash proof`

var personWords = []phrase{
	{Say: "addict !you|us|them|people|players|children|kids|teens|users|customers|viewers|readers|your", Write: withSUD, Source: nida}, {Say: "addicts|addict's", Write: withSUD, Source: nida},
	{
		Say: "junkie|junkies|junky|druggie|druggies|crackhead|crackheads|pothead|potheads|tweaker|tweakers|stoner|" +
			"stoners|dopehead|smackhead|cokehead|cokeheads|dopers|methhead|methheads",
		Write: withSUD, Source: nida,
	},
	{
		Say:   "meth|crack|pill|coke|pot|speed|smack head|heads|popper|poppers|fiend|fiends|whore|whores|freak|freaks",
		Write: withSUD, Source: va,
	},
	{Say: "dope fiend|fiends|head|heads", Write: withSUD, Source: nida},
	{Say: "@drugs abuser|abusers|misuser|misusers", Write: "person who uses drugs", Source: nida},
	{Say: "iv|intravenous|injection|injecting drug? user|users", Write: "person who injects drugs", Source: nida, Soft: true},
	{Say: "@drugs user|users", Write: "person who uses drugs", Source: nida, Soft: true, Unless: "account password portal"},
	{Say: "abusers of ~2 @drugs", Write: "people who use drugs", Source: nida},
	{Say: "alcoholics|alcoholic's", Write: "people with alcohol use disorder", Source: nida},
	{
		Say: "a|an|the|every|any|each|my|his|her|your|their|our|recovering|recovered|functioning|functional|former|ex|" +
			"fellow|chronic|another|this|that|reformed|practicing|hopeless|lifelong ~2 alcoholic !" + notWords(drink),
		Write: withAUD, Source: nida,
	},
	{
		Say:   "is|was|be|am|are|were|i'm|he's|she's|become|became alcoholic !" + notWords(drink),
		Write: "has alcohol use disorder", Source: nida, Unless: "gel drink drinks beverage* wine beer cider sanitizer mouthwash kombucha",
	},
	{
		Say: "alcoholic parent|parents|father|mother|husband|wife|spouse|partner|son|daughter|patient|patients|client|" +
			"clients|person|people|brother|sister|friend|man|woman|family|home",
		Write: withAUD, Source: nida,
	},
	{Say: "drunks|winos|boozers|boozer|wino|drunkard|drunkards|lush|lushes", Write: withAUD, Source: nida},
	{
		Say: "the|a|town|old|another drunk !driv*|person|text|man|woman|dial|and|call|night|student|teenager|patient|" +
			"history|friend|passenger|people|young|tank|walk",
		Write: withAUD, Source: va,
	},
	{Say: "crack|meth|drug|heroin|opioid addicted? baby|babies", Write: "baby exposed to substances", Source: nida},
	{Say: "addicted baby|babies|newborn|newborns|infant|infants", Write: "baby exposed to substances", Source: nida},

	{Say: "adicto|adictos|adicta|adictas", Write: conTCS, Source: nida},
	{
		Say: "drogadicto|drogadictos|drogadicta|drogadictas|toxicomano|toxicomanos|toxicomana|toxicomanas|" +
			"drogodependiente|drogodependientes|farmacodependientes",
		Write: conTCS, Source: nida,
	},
	{
		Say: "yonqui|yonquis|drogata|drogatas|drogo|drogos|marihuanero|marihuaneros|vicioso|viciosos|pastillero|" +
			"pastilleros|cocainomano|cocainomanos|heroinomano|heroinomanos|crackero|crackeros|tecato|tecatos",
		Write: conTCS, Source: nida,
	},
	{
		Say: "el|la|los|las|un|una|unos|unas|es|son|soy|era|eran|fue|ser|sea|su|sus|mi|algun|muchos|algunos|cada|otro|" +
			"otros|como|siendo|padre|madre|esposo|esposa|marido|hijo|hija|hermano|hermana|pareja|ex|persona|personas|" +
			"paciente|pacientes|hombre|mujer|familiar|de|entre|para ~1 alcoholico|alcoholicos|alcoholica|alcoholicas",
		Write: conTCA, Source: nida, Unless: "bebida bebidas hepatitis cirrosis contenido grado anonimos cerveza",
	},
	{Say: "^ alcoholicos !anonimos", Write: conTCA, Source: nida},
	{Say: "el|los|un|unos borracho|borrachos|borrachin|borrachines", Write: conTCA, Source: nida},
	{Say: "borrachos|borrachera de siempre", Write: conTCA, Source: nida},
}

var abuseTerm = pageRule{
	Info: diag.Info{ID: "abuse-term", Severity: diag.Advice, Fix: "write use, or use disorder",
		Doc: `Use of a substance is called abuse

The word is that for violence against children and partners, and it blames. NIDA
(Words Matter) and the VA ask for use, misuse, or use disorder; the diagnosis
"substance abuse" ended with DSM-5 in 2013. Names of agencies, laws and journals
are left alone, and so is abuse of people.

    before  Drug abuse affects the whole family.
    after   Drug use affects the whole family.`},
	judge: useWords("abuse"),
}

var abuseWords = []phrase{
	{Say: "substance abuse", Write: "substance use", Swap: "substance use", Source: nida},
	{Say: "drug|drugs abuse", Write: "drug use", Swap: "drug use", Source: nida},
	{
		Say: "prescription drug|drugs|medication|opioid? abuse", Write: "non-medical use of prescription medication",
		Source: nida,
	},
	{Say: "@drugs and|or @drugs abuse|abusing", Write: "alcohol and drug use", Source: nida},
	{Say: "@drugs abuse|abusing !potential", Write: "use, or use disorder", Source: nida},
	{Say: "@drugs ..2 is|are|was|were|be|been|being|get|gets ~1 abused", Write: "used", Source: nida, Unless: "sexually"},
	{Say: "abuse of ~2 @drugs", Write: "use of", Source: nida, Unless: "child children elder sexual domestic"},
	{
		Say: "abuse|abuses|abused|abusing ~2 @drugs !and", Write: "use", Source: nida,
		Unless: "child children elder sexual domestic physical emotional",
	},
	{Say: "drugs of abuse", Write: "drugs that can lead to addiction", Source: va},
	{Say: "abuso|abusos de|del ..2 @drogas", Write: "consumo de", Source: nida, Unless: "sexual infantil"},
	{
		Say:   "abusa|abusan|abusar|abusaba|abusaban|abusando|abuso|abuse|abusen|abusaron|abusado de|del ..2 @drogas",
		Write: "consumir", Source: nida, Unless: "sexual infantil",
	},
}

var cleanDirty = pageRule{
	Info: diag.Info{ID: "clean-dirty", Severity: diag.Advice, Fix: "say what the test found, or that the person is in recovery",
		Doc: `A person or a test is called clean or dirty

Who is clean now was dirty before. NIDA (Words Matter) and the VA ask to say what a
test found, and that somebody is in recovery or not using. Clean kitchens and
needles are left alone.

    before  She has been clean for a year. His test was dirty.
    after   She has not used for a year. His test was positive.`},
	judge: useWords("clean"),
}

const things = `clothes clothing towels towel water air sheets sheet linen socks glass glasses up room rooms kitchen
	hands skin bedding house energy record copy slate break cup dry
	dishes windows equipment needle needles syringe syringes works bathroom bathrooms plate plates uniform coat coats surface surfaces`

var cleanWords = []phrase{
	{
		Say: "clean|dirty ~2 test|tests|screen|screens|urine|urines|ua|uas|tox|sample|samples|drop|drops|urinalysis|" +
			"specimen|specimens|results",
		Write: "negative, or positive", Source: nida, Unless: "dust cup hands",
	},
	{
		Say:   "test|tests|tested|testing|screen|screens|urine|sample|samples|results ..3 clean|dirty",
		Write: "negative, or positive", Source: nida, Unless: "cup equipment radon water air lead mold",
	},
	{
		Say: "get|gets|getting|got|stay|stays|stayed|staying|remain|remains|remained|remaining|keep|keeping|live|living " +
			"clean !" + notWords(things),
		Write: "not using, or in recovery", Source: nida,
		Unless: "laundry soap house kitchen dishes wound wounds skin teeth",
	},
	{
		Say: "been|be|becoming|become|became|being|is|are|was|were clean and|for|since|from|off ..2 sober|#|a|drugs|" +
			"alcohol|heroin|over|almost|many|years|months|january|last|using|opioids|meth|nearly|more|less",
		Write: "in recovery", Source: nida,
	},
	{
		Say:   "he|she|they|you|we|i|who|patient|client|@kin|him|her ..1 is|are|am|was|were|been ..1 clean !" + notWords(things),
		Write: "in recovery", Source: nida,
		Unless: "kitchen laundry room rooms hands house floor teeth towels",
	},
	{
		Say:   "he's|she's|i'm|they're|you're|we're|i've|you've ..1 clean !" + notWords(things),
		Write: "in recovery", Source: nida,
		Unless: "kitchen laundry room rooms hands house floor teeth towels",
	},
	{Say: "clean and sober", Write: "in recovery", Source: nida},
	{Say: "clean time|date|days|since|birthday|anniversary|streak", Write: "time in recovery", Source: nida, Unless: "kitchen laundry room"},
	{Say: "# ~1 days|months|years|weeks clean !" + notWords(things), Write: "in recovery", Source: nida},
	{
		Say: "clean of|from|off drugs|alcohol|heroin|opioids|meth|cocaine|pills|substances", Write: "not using",
		Source: nida,
	},
	{Say: "dirty needle|needles|syringe|syringes", Write: "used needles", Source: va},
	{
		Say:   "dropped|drop|gave|give|peed|pee|popped|pissed|drops|gives|hot|had ..1 dirty|clean !" + notWords(things),
		Write: "tested positive, or negative", Source: nida, With: "dirty clean", Unless: "laundry cup towel towels",
	},
	{
		Say:   "fail|fails|failed|failing ~2 ..1 drug|urine|tox|breathalyzer test|tests|screen|screens",
		Write: "tested positive", Source: va,
	},
	{
		Say: "pass|passes|passed|passing ~2 ..1 drug|urine|tox test|tests|screen|screens", Write: "tested negative",
		Source: va,
	},

	{
		Say:   "lleva|llevan|llevo|llevar|llevaba|llevas|cumplio|cumple|tiene|tengo ..5 limpio|limpia|limpios|limpias",
		Write: "sin consumir, en recuperación", Source: nida, With: "años año meses mes dias semanas tiempo",
		Unless: "casa cocina ropa",
	},
	{
		Say: "mantenerse|mantenerme|mantiene|mantienen|seguir|sigue|siguen|quedar|estar|estuvo|permanecer|permanece|" +
			"continuar|volver|mantenerte limpio|limpia|limpios|limpias !el|la|los|las|su",
		Write: "en recuperación", Source: nida, Unless: "casa cocina ropa baño manos herida piel cuarto habitacion",
	},
	{
		Say:   "limpio|limpia|limpios|limpias de|desde|por ..2 drogas|droga|alcohol|sustancias|#|hace|heroina",
		Write: "sin consumir", Source: nida, Unless: "casa cocina ropa",
	},
	{
		Say:   "prueba|pruebas|examen|examenes|test|muestra|muestras|orina|analisis|antidoping ~3 limpi*|suci*|sucia",
		Write: "negativa, o positiva", Source: nida,
	},
	{
		Say: "salio|salieron|dio|salir|sale ..1 limpi*|suci*", Write: "dio negativo, o positivo", Source: nida,
		With: "prueba examen orina test analisis muestra",
	},
	{Say: "# ~1 dias|meses|años|semanas limpio|limpia|limpios", Write: "en recuperación", Source: nida},
	{Say: "limpio y sobrio", Write: "en recuperación", Source: nida},
}

var suicideTerm = pageRule{
	Info: diag.Info{ID: "suicide-term", Severity: diag.Advice, Fix: "write died by suicide, or survived an attempt",
		Doc: `A suicide is said to be committed, or an attempt to have failed

One commits a crime, and an attempt that a person survives is no failure. Guidelines
for the media (reportingonsuicide.org; WHO 2023) and the NHS ask for other words.

    before  He committed suicide after two failed attempts.
    after   He died by suicide. He had survived two attempts.`},
	judge: useWords("suicide"),
}

var suicideWords = []phrase{
	{Say: "committed suicide", Write: "died by suicide", Swap: "died by suicide", Source: media},
	{Say: "commits suicide", Write: "dies by suicide", Swap: "dies by suicide", Source: media},
	{Say: "commit suicide", Write: "die by suicide", Swap: "die by suicide", Source: media},
	{Say: "committing suicide", Write: "dying by suicide", Swap: "dying by suicide", Source: media},
	{
		Say: "commit|commits|committed|committing ~2 suicide", Write: "died by suicide", Source: media,
		Unless: "prevention",
	},
	{Say: "suicide|suicides ..2 committed", Write: "died by suicide", Source: media, Unless: "prevention"},
	{
		Say:   "successful|unsuccessful|failed|completed|botched|incomplete ~1 suicide|suicides ..1 attempt?",
		Write: "suicide, or suicide attempt", Source: media, Unless: "grant",
	},
	{
		Say: "suicide|suicidal|life attempt|attempts ..3 failed|successful|unsuccessful|succeeded|succeeds|fails|fail|" +
			"succeed",
		Write: "survived, or died", Source: media,
	},
	{Say: "failed|unsuccessful|successful ~1 attempt|attempts ..3 suicide|life", Write: "attempt", Source: media},
	{
		Say: "attempt|attempts ..3 was|is|were|are successful|unsuccessful", Write: "survived, or died", Source: media,
		Unless: "quit quitting first login password call",
	},
	{Say: "failed|botched at|in suicide|killing", Write: "survived an attempt", Source: media},
	{
		Say:   "suicide|suicidal gesture|gestures|threat|threats|epidemic",
		Write: "suicide attempt, or thoughts of suicide", Source: media,
	},
	{
		Say:   "comete|cometer|cometio|cometen|cometieron|cometido|cometiera|cometiendo|cometa|cometia ~1 un? suicidio",
		Write: "murió por suicidio", Source: media,
	},
	{
		Say: "intento|intentos ~1 de? suicidio? ~1 fallido|fallidos|fracasado|frustrado|frustrados|exitoso|exitosos|" +
			"logrado|fracasados",
		Write: "intento de suicidio", Source: media, With: "suicid* vida",
	},
	{
		Say: "suicidio|suicidios ~1 consumado|consumados|exitoso|exitosos|logrado|fallido|fallidos|frustrado|completado|" +
			"fracasado",
		Write: "suicidio, o intento de suicidio", Source: media,
	},
	{
		Say: "intento|intentos ..4 fallo|fracaso|exito|fallaron", Write: "sobrevivió, o murió", Source: media,
		With: "suicid*",
	},
}

var suffering = pageRule{
	Info: diag.Info{ID: "suffering", Severity: diag.Advice, Fix: "write has, or lives with",
		Doc: `A person is said to suffer from a condition, or to be its victim

Not everyone with a condition suffers, and nobody wants to be a victim by
profession. The NHS digital service manual (Disabilities and conditions) asks for
having or living with it.

    before  People who suffer from anxiety often sleep badly.
    after   People with anxiety often sleep badly.`},
	judge: useWords("suffering"),
}

var sufferingWords = []phrase{
	{
		Say: "suffer|suffers|suffered|suffering from|with|through ..4 @suffering-of", Write: "has, or lives with",
		Source: nhs,
	},
	{
		Say: "who|people|those|patients|anyone|someone|clients|teens|men|women|adults|veterans|individuals|children|" +
			"friend|relative|parent|they|you|he|she ..2 suffer|suffers|suffering|suffered from",
		Write: "has, or lives with", Source: nhs, Unless: "frost attack cuts",
	},
	{Say: "sufferer|sufferers", Write: "person with", Source: nhs},
	{
		Say:   "afflicted|stricken|plagued|tormented|crippled|cursed|ravaged by|with ..3 @suffering-of",
		Write: "with, or living with", Source: nhs,
	},
	{
		Say: "afflicts|afflict|afflicting|plagues|plague ..3 people|person|adults|americans|families|those|men|women|" +
			"teens|patients",
		Write: "affects", Source: nhs,
	},
	{
		Say: "victim|victims|prey of|to ..3 @suffering-of", Write: "person with", Source: nhs,
		Unless: "crime violence overdose* domestic assault sexual",
	},
	{Say: "@addictions victim|victims", Write: "person with", Source: nhs},
	{
		Say: "sufre|sufren|sufrir|sufria|sufrian|sufrio|sufrieron|sufra|sufran|sufriendo|sufrido|sufro|sufres de|por|una|" +
			"un|la|el ..2 @padecer-de",
		Write: "tiene, o vive con", Source: nhs, Unless: "daño daños accidente",
	},
	{Say: "sufre|sufren|sufrir|sufra|sufran|sufro|sufriendo @padecer-de", Write: "tiene, o vive con", Source: nhs},
	{
		Say: "padece|padecen|padecer|padecia|padecian|padezca|padezcan|padecio|padeciendo|padecido|padezco ..1 de? ..2 " +
			"@padecer-de",
		Write: "tiene, o vive con", Source: nhs,
	},
	{
		Say: "victima|victimas|presa|presas de|del ..2 @padecer-de", Write: "persona con", Source: nhs,
		Unless: "violencia accidente sobredosis",
	},
	{
		Say: "aquejado|aquejada|aquejados|aquejadas|afligido|afligidos|afligida|afligidas|azotado|azotados|atormentado|" +
			"atormentados|atormentada de|por|con ..3 @padecer-de",
		Write: "con", Source: nhs,
	},
}

var conditionLabel = pageRule{
	Info: diag.Info{ID: "condition-label", Severity: diag.Advice, Fix: "name the condition as something that a person has",
		Doc: `Words make a condition a person, or a treatment a vice

The mentally ill, schizophrenics, non-compliant patients who are in denial: each of
these says who is at fault. The NHS asks not to write mentally ill; NIDA (Words
Matter) asks not to write drug habit or substitution therapy, because addiction is
no habit, and a medication no drug in another's place.

    before  The mentally ill are often non-compliant.
    after   People with a mental illness sometimes cannot follow a plan.`},
	judge: useWords("condition"),
}

var conditionWords = []phrase{
	{Say: "the mentally ill", Write: "person with a mental illness", Source: nhs},
	{Say: "mentally|psychiatrically|psychologically|emotionally ill|sick|disturbed|deranged|unstable|defective", Write: "person with a mental illness", Source: nhs},
	{
		Say:   "crazy|insane|deranged|unhinged|psycho|mad person|people|man|woman|patient|patients|ones|folks|ex|husband|wife|mother|father|boyfriend|girlfriend",
		Write: "person with a mental illness", Source: nhs,
	},
	{Say: "a|an|the|some|any|total|complete|your|like psycho|lunatic|madman|madwoman|nutcase|nutjob|maniac|psychopath", Write: "person with a mental illness", Source: nhs},
	{Say: "mental patient|patients|defectives", Write: "person with a mental illness", Source: nhs},
	{
		Say: "schizophrenics|bipolars|borderlines|anorexics|bulimics|psychotics|depressives|manics|hysterics|psychos|" +
			"lunatics|lunatic|schizos|insomniacs|neurotics|sociopaths",
		Write: "people with the condition", Source: nhs,
	},
	{
		Say: "a|an|the|another schizophrenic|bipolar|anorexic|bulimic|psychotic|insomniac|depressive !disorder|episode|" +
			"patient|patients|person|episodes|and|depression|phase|state|illness|symptoms|spectrum|junction|break|mood|reaction|" +
			"medication|i|ii|woman|man|client|symptom|type",
		Write: "person with the condition", Source: nhs,
	},
	{
		Say: "non compliant|compliance|adherent ..2 patient|patients|client|clients|with|person|people|medication|" +
			"treatment|residents|resident|teens|members",
		Write: "did not follow the plan, and why", Source: va, Unless: "door code inspector building hipaa ada wiring",
	},
	{
		Say: "noncompliant|noncompliance|nonadherent ..2 patient|patients|client|clients|with|person|people|medication|" +
			"treatment|residents|resident|teens|members",
		Write: "did not follow the plan, and why", Source: va, Unless: "door code inspector building hipaa ada wiring",
	},
	{
		Say: "patient|patients|client|clients|people|he|she|they|who|members ..2 is|are|was|were|be|being|become ..1 " +
			"noncompliant|non ..1 compliant?",
		Write: "did not follow the plan", Source: va, With: "noncompliant compliant", Unless: "door code building",
	},
	{
		Say: "in denial", Write: "sees it differently, or is not ready to talk about it", Source: va,
		Unless: "claim claims insurer insurance appeal",
	},
	{
		Say: "denial about|of ..3 addiction|drinking|drug|use|problem|illness", Write: "sees it differently", Source: va,
		Unless: "claim claims insurer insurance appeal coverage",
	},
	{Say: "@drugs habit|habits", Write: "substance use disorder", Source: nida},
	{
		Say: "drinking|vaping|pill|using|gambling habit|habits", Write: "use, or use disorder", Source: va,
		Unless: "water healthy",
	},
	{
		Say: "kick|kicked|kicking|break|feed|support ..2 habit", Write: "stop using, or use", Source: nida,
		With: "drug* heroin alcohol opioid* cocaine meth using drinking pills addiction",
	},
	{
		Say:   "substitution|replacement therapy|treatment|treatments|therapies|program|programs|medication",
		Write: "medication for opioid use disorder", Source: nida,
		Unless: "hormone hormonal nicotine estrogen testosterone thyroid kidney renal fluid enzyme generic",
	},
	{
		Say:   "opioid|methadone|opiate|drug|agonist ~1 substitution|replacement|maintenance",
		Write: "medication for opioid use disorder", Source: nida,
	},
	{Say: "substitute|substitution|replacement drug|drugs|opioid|opioids|addiction", Write: "medication", Source: nida},
	{
		Say: "trading|swapping|replacing|exchanging one addiction|drug for another", Write: "taking medication for it",
		Source: nida, Unless: "isn't not myth",
	},
	{Say: "frequent flyer|flyers|fliers", Write: "person who comes often", Source: va},
	{Say: "hardcore|problem user|users|drinker|drinkers", Write: "person with a severe disorder", Source: va},
	{
		Say: "treatment resistant|failure|failures patient|patients|client|clients", Write: "the treatment did not help",
		Source: va,
	},

	{Say: "para|los|las|unos|esos|son locos|locas|dementes", Write: "personas con una enfermedad mental", Source: nhs},
	{Say: "enfermo|enfermos|enferma|enfermas mental|mentales", Write: "persona con una enfermedad mental", Source: nhs},
	{
		Say: "loco|locos|loca|locas|demente|dementes|trastornado|trastornados|perturbado|perturbados|desquiciado|" +
			"desquiciados",
		Write: "persona con una enfermedad mental", Source: nhs,
		With:   "enfermo enfermos mental* paciente pacientes hospital persona personas los las el trata*",
		Unless: "volverse vuelve vuelvo volviendo amor",
	},
	{
		Say: "el|la|los|las|un|una|unos|a ~1 esquizofrenico|esquizofrenicos|esquizofrenica|esquizofrenicas|bipolares|" +
			"anorexicas|anorexicos|bulimicas|psicoticos|psicotico|depresivos|depresivas|maniacos",
		Write: "persona con la condición", Source: nhs, Unless: "trastorno trastornos sintomas episodios",
	},
	{
		Say: "un|una|el|la|es|son bipolar|bipolares !i|ii", Write: "tiene trastorno bipolar", Source: nhs,
		Unless: "trastorno trastornos",
	},
	{Say: "esquizofrenicos|esquizofrenicas y|o|que|no|son|con|a", Write: "persona con esquizofrenia", Source: nhs},
	{Say: "en negacion", Write: "todavía no lo ve así", Source: va},
	{
		Say: "incumplidor|incumplidores|incumplidora|rebelde|rebeldes", Write: "no siguió el plan", Source: va,
		With: "paciente pacientes tratamiento medicamento*",
	},
	{Say: "paciente|pacientes ..3 no cumple|cumplen|cumplidor|cumplidores", Write: "no siguió el plan", Source: va},
	{
		Say:   "terapia|tratamiento|programa ~1 de sustitucion|reemplazo|mantenimiento",
		Write: "medicamentos para el trastorno por consumo de opioides", Source: nida,
		Unless: "hormonal hormonas nicotina estrogenos",
	},
	{
		Say: "terapia|tratamiento sustitutiv*", Write: "medicamentos para el trastorno por consumo de opioides",
		Source: nida, Unless: "hormonal nicotina",
	},
	{Say: "habito|vicio|vicios de|del|por|a ..2 @drogas", Write: "trastorno por consumo", Source: nida},
	{Say: "el vicio", Write: "la adicción", Source: nida, With: "@drogas adiccion dejar recuperacion"},
}

var peopleFirst = pageRule{
	Info: diag.Info{ID: "people-first", Severity: diag.Advice, Fix: "write the person first",
		Doc: `A condition stands before the person

A bipolar patient is a patient who has bipolar disorder, among much else. The AAP
(2022) and the NHS ask for the person first.

    before  Bipolar patients, epileptic children
    after   Patients with bipolar disorder, children with epilepsy`},
	judge: useWords("people"),
}

var peopleWords = []phrase{
	{
		Say: "bipolar|diabetic|schizophrenic|borderline|anorexic|bulimic|psychotic|addicted|epileptic|suicidal|" +
			"demented|depressed|manic patient|patients|person|persons|people|client|clients|individual|individuals|adult|" +
			"adults|teen|teens|teenagers|man|woman|men|women|child|children|member|members|parent|parents|veteran|" +
			"veterans",
		Write: "person with the condition", Source: aap,
	},
	{
		Say: "he|she|who|patient|they|i|@kin is|are|was|am|" +
			"were bipolar|schizophrenic|borderline|anorexic|bulimic",
		Write: "has the condition", Source: aap,
	},
	{
		Say: "paciente|pacientes|persona|personas|mujer|hombre|joven|jovenes|niño|niños|adolescentes bipolar|bipolares|" +
			"esquizofrenico|esquizofrenicos|esquizofrenica|diabetico|diabeticos|diabetica|epileptico|anorexica|" +
			"anorexicas|suicida|suicidas|psicotico|psicoticos|depresivo|depresivos",
		Write: "persona con la condición", Source: aap,
	},
}

var vaTerm = pageRule{
	Info: diag.Info{ID: "va-term", Severity: diag.Advice, Fix: "write as the VA does",
		Doc: `A word that the VA's style guide replaces

The VA's guide on destigmatizing language in substance use goes further than others:
it replaces relapse, alcoholism, denial, medication-assisted treatment and
marijuana. The rule is silent unless hugo.toml sets profile = "va" below
[params.clinicblog.check].

    before  relapse, medication-assisted treatment
    after   return to use, medication for opioid use disorder`},
	judge: useWords("va"),
}

var vaWords = []phrase{
	{Say: "relapse|relapses|relapsed|relapsing !prevention", Write: "return to use", Source: va, Profile: "va"},
	{
		Say: "lapse|lapses|slip|slips", Write: "a recurrence of use", Source: va, Profile: "va",
		With: "recovery use alcohol drug* drinking sober",
	},
	{
		Say: "medication assisted treatment|therapy|recovery", Write: "medication for opioid use disorder", Source: va,
		Profile: "va",
	},
	{
		Say: "methadone|opioid|buprenorphine ~1 maintenance", Write: "medication for opioid use disorder", Source: va,
		Profile: "va",
	},
	{Say: "maintenance treatment|therapy", Write: "medication for opioid use disorder", Source: va, Profile: "va"},
	{Say: "marijuana", Write: "cannabis", Swap: "cannabis", Source: va, Profile: "va"},
	{Say: "alcoholism", Write: "alcohol use disorder", Swap: "alcohol use disorder", Source: va, Profile: "va"},
	{Say: "@drugs dependence|dependency", Write: "use disorder", Source: va, Profile: "va"},
	{
		Say: "denial", Write: "sees it differently", Source: va, Profile: "va",
		With: "addiction drinking drug* alcohol use",
	},
	{Say: "inmate|inmates|prisoner|prisoners", Write: "person who is incarcerated", Source: va, Profile: "va"},
	{
		Say:   "felon|felons|convict|convicts|offender|offenders|criminals",
		Write: "person with justice system involvement", Source: va, Profile: "va",
	},
	{Say: "abuse potential", Write: "potential to lead to addiction", Source: va, Profile: "va"},
	{Say: "potential for abuse", Write: "potential to lead to addiction", Source: va, Profile: "va"},
	{Say: "recaida|recaidas|recaer|recayo|recae|recaen !en", Write: "volver a consumir", Source: va, Profile: "va"},
	{Say: "marihuana", Write: "cannabis", Source: va, Profile: "va"},
	{Say: "alcoholismo", Write: "trastorno por consumo de alcohol", Source: va, Profile: "va"},
}

// notWords makes the words of a list the alternatives of one element.
func notWords(list string) string { return strings.Join(strings.Fields(list), "|") }
