package lint

// lexicon holds the phrases that rules on wording look for, by the name of the
// list. The lists stand beside their rules.
var lexicon = newDictionary(map[string][]phrase{
	"spoken of":       spokenOf,
	"evidence":        evidenceWords,
	"outcome":         outcomeWords,
	"superlative":     superlativeWords,
	"confidentiality": confidentialityWords,
	"privacy":         privacyWords,
	"rate":            rateWords,
	"quantity":        quantityWords,
	"stop":            stopWords,
	"stop, warned":    stopWarnings,
	"method":          methodWords,
	"names":           properNames,
	"person":          personWords,
	"abuse":           abuseWords,
	"clean":           cleanWords,
	"suicide":         suicideWords,
	"suffering":       sufferingWords,
	"condition":       conditionWords,
	"people":          peopleWords,
	"va":              vaWords,
})

// classes are sets of words that phrases name with an @: word, or beginning of a
// word with a star.
var classes = map[string]string{
	"research": `research studies study evidence data trial trials science scientists scientist researchers researcher experts literature
		findings statistics meta metaanalysis surveys survey`,
	"doctors": "doctors physicians psychologists psychiatrists neuroscientists specialists clinicians professionals addictionologists therapists",
	"shows": `show shows showed shown showing suggest suggests suggested find finds found prove proves proved proven indicate indicates indicated confirm
		confirms confirmed demonstrate* reveal* conclude* establish* linked support supports supported back backs agree agrees
		agreed say says said tell tells told documented reported recommend* know known believe* endorse*`,
	"estudios": `estudio estudios investigacion investigaciones evidencia evidencias ciencia cientificos cientificas investigadores investigadoras expertos expertas
		especialistas ensayo ensayos datos encuestas metaanalisis literatura pruebas estadisticas`,
	"muestra": `muestra muestran mostro mostraron mostrado demuestra demuestran demostro demostraron demostrado sugiere sugieren sugerido indica indican indicado
		prueba prueban probado confirma confirman confirmo confirmaron confirmado revela revelan revelado concluye concluyen encontro encontraron encontrado encuentran
		señala señalan señalado afirma afirman afirmado coinciden coincide dice dicen dicho aseguran asegura recomiendan respalda respaldan respaldado
		comprueba comprueban comprobado avala avalan estiman estima asocian relacionan hallaron hallado saben`,

	"care": `rehab* clinic clinics program programs programme programmes treatment treatments therapy therapies therapist therapists center centers centre centres
		facility facilities provider providers detox hospital hospitals care counseling counselling counselor counselors doctor doctors physicians psychiatrist*
		psychologist* specialist* recovery services service team experts staff iop php clinicians outpatient inpatient`,
	"atencion": `clinica clinicas programa programas tratamiento tratamientos terapia terapias terapeuta terapeutas centro centros hospital hospitales atencion
		equipo especialistas medicos psicologos psiquiatras profesionales rehabilitacion desintoxicacion servicio servicios consejeros expertos recuperacion`,
	"place": `state county area region country nation city town valley world usa nationwide anywhere available statewide coast midwest northwest
		southwest northeast southeast around estado condado zona pais ciudad valle region mundo disponible`,
	"ours": `our we us ours nuestro nuestra nuestros nuestras ofrecemos somos tenemos`,

	"illness": `addiction* alcoholism anxiety anxieties depression dependence dependency disorder disorders insomnia ptsd trauma panic craving* withdrawal* illness illnesses
		habit habits drinking cocaine heroin opioid* opiate* fentanyl meth alcohol substance substances drug drugs smoking nicotine relapse* bipolar schizophrenia pain ocd adhd
		gambling phobia* grief stress bulimia anorexia eating psychosis mental condition conditions disease diseases symptom symptoms problem problems
		adiccion adicciones alcoholismo ansiedad depresion dependencia trastorno trastornos insomnio panico ansias abstinencia enfermedad enfermedades vicio droga drogas
		alcohol heroina cocaina opioides fentanilo recaida recaidas sintomas esquizofrenia drogadiccion estres dolor problema sustancias bebida`,
	"suffering-of": `anxiety depress* addict* alcohol* disorder disorders insomnia ptsd trauma* panic craving* withdrawal* dependence dependency illness* condition conditions
		disease* symptom* diabetes hepatitis schizophren* bipolar psychosis stress grief loneliness hangover* nightmare* phobia* adhd ocd mental substance* drug drugs
		opioid* heroin cocaine meth eating anorexia bulimia burnout migraine* headache* pain disability dementia epilepsy seizure* cirrhosis pancreatitis cancer it
		relapse* habit* autism obesity asthma shame low suicidal abuse postpartum chronic severe flashbacks sleeplessness paranoia mood`,
	"padecer-de": `ansiedad depresion adiccion* alcoholismo trastorno* insomnio estres trauma* panico ansias abstinencia dependencia enfermedad* condicion sintoma* diabetes hepatitis
		esquizofrenia bipolar* psicosis fobia* demencia epilepsia cirrosis cancer dolor* migraña* drogas drogadiccion mental* ataques recaida* bulimia anorexia soledad
		consumo problema* tdah toc culpa verguenza`,

	"drugs": `drug drugs substance substances alcohol opioid opioids opiate opiates prescription prescriptions medication medications pill pills heroin cocaine crack meth methamphetamine
		amphetamine* benzo benzos benzodiazepine benzodiazepines stimulant stimulants cannabis marijuana inhalant* polysubstance chemical fentanyl painkiller painkillers narcotic narcotics steroid* adderall xanax oxycodone ketamine`,
	"drogas": `droga drogas alcohol sustancia sustancias opioide opioides opiaceo* medicamento* medicina medicinas pastillas heroina cocaina crack metanfetamina* anfetamina* benzodiacepina*
		estimulante* marihuana cannabis inhalantes fentanilo analgesico* tranquilizante* narcotico* farmaco* estupefaciente* bebida`,
	"addictions": "addiction alcoholism depression",

	"better": `sober sobriety recover recovers recovered recovery result results outcome outcomes cure cured cures relapse relapses relapsing success successful
		work works working stop stops quit quitting free freedom heal heals healed healing better abstinence abstinent relief sleep change
		transform* end ends clean life lives progress improvement rehabilitation
		sobriedad sobrio sobria sobrios recuperacion recuperarse recuperar recuperara resultado resultados cura curar curacion curado recaida recaer recaera exito exitoso
		funciona funcione dejar dejara deje libre libertad sanar sanara sanacion mejor mejorar mejoria mejorara abstinencia alivio rehabilitacion cambio cambiar`,
}

// spokenOf are ways to speak of a claim, or of a word, without making it.
var spokenOf = []phrase{
	{Say: "beware|wary|cautious|careful|skeptical|suspicious of|about?"},
	{Say: "be|stay wary|skeptical|suspicious"},
	{Say: "have|may|might|has|can|will ..2 read|hear|heard|seen|see !the|our that|a|an|claims|promises|ads|advertisements|about|of|some"},
	{Say: "claim|claims|claimed|claiming|pretend|pretends|boast|boasts|advertise|advertises|advertised|advertising|promise|promises|promising",
		With: "any anyone some others other programs sites websites website clinics who which ads someone companies sellers vendors nobody no does do"},
	{Say: "says|say|saying|tells|telling|offers|offering|promises ..2 it|they can|will", With: "any anyone website site sites someone who others"},
	{Say: "too good to be true"},
	{Say: "myth|myths|misconception|slogan|slogans|buzzword*|advertisement|advertisements"},
	{Say: "word|words|term|terms|phrase|phrases|label|labels|wording|language", With: "avoid avoids use used using say says word* term* phrase* label* call called instead stigma* hurt hurts feel mean means describes not stopped"},
	{Say: "instead of|saying"}, {Say: "rather than"},
	{Say: "don't|never|not|avoid|stop call|calling|say|saying|use|using|write|writing|label|labeling !in|us|before|the|your|our"},
	{Say: "choose|chooses|decide|prefer ..2 call"}, {Say: "call|calls|called|calling yourself|themselves|himself|herself|myself|someone|anyone|people|him|her|them|each a|an|addict*|alcohol*"},
	{Say: "desconfie|desconfia|desconfien|cuidado|ojo de|con"},
	{Say: "quien|quienes|alguien|cualquiera|nadie ..3 prometa|ofrezca|asegure|garantice|diga|prometan|ofrezcan|prometer*"},
	{Say: "mito|mitos|publicidad|anuncios|eslogan"},
	{Say: "palabra|palabras|termino|terminos|expresion|expresiones|etiqueta|etiquetas|lenguaje"},
	{Say: "en lugar|vez de decir"}, {Say: "en vez de"}, {Say: "en lugar de"},
	{Say: "evite|evitar|evitamos|preferimos|prefiera|procure no? decir|usar|llamar|palabras|terminos|la|el", With: "decir decimos usar llamar palabras terminos palabra"},
	{Say: "no ..1 diga|digas|llame|llames|llamar|llamamos|use|decimos|decir|escriba"},
}
