package lint

// lexicon holds the phrases that rules on wording look for, by the name of the
// list. The lists stand beside their rules.
var lexicon = newDictionary(map[string][]phrase{
	"spoken of":       spokenOf,
	"taken back":      takenBack,
	"evidence":        evidenceWords,
	"outcome":         outcomeWords,
	"superlative":     superlativeWords,
	"confidentiality": confidentialityWords,
	"privacy":         privacyWords,
	"rate":            rateWords,
	"quantity":        quantityWords,
	"stop":            stopWords,
	"stop, warned":    stopWarnings,
	"haste":           hasteWords,
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
		findings statistics meta metaanalysis surveys survey neuroscience psychology scans`,
	"doctors": "doctors physicians neurologists nutritionists psychologists psychiatrists neuroscientists specialists clinicians professionals addictionologists therapists",
	"shows": `show shows showed shown showing suggest suggests suggested find finds found prove proves proved proven indicate indicates indicated confirm
		confirms confirmed demonstrate* discover* reveal* conclude* establish* linked support supports supported back backs agree agrees
		agreed say says said tell tells told documented reported recommend* know known understand understands rank ranks favor favors link links believe* endorse* teach teaches taught held unanimous* attest*`,
	"estudios": `estudio estudios investigacion investigaciones evidencia evidencias ciencia cientificos cientificas investigadores investigadoras expertos expertas
		especialistas ensayo ensayos datos encuestas metaanalisis literatura pruebas estadisticas`,
	"muestra": `muestra muestran mostro mostraron mostrado demuestra demuestran demostro demostraron demostrado sugiere sugieren sugerido indica indican indicado
		prueba prueban probado confirma confirman confirmo confirmaron confirmado revela revelan revelado concluye concluyen encontro encontraron encontrado encuentran
		señala señalan señalado afirma afirman afirmado coinciden coincide dice dicen dicho aseguran asegura recomiendan respalda respaldan respaldado
		descubr* descubiert* enseña enseñan comprueba comprueban comprobado avala avalan estiman estima asocian relacionan hallaron hallado saben`,

	"care": `rehab* clinic clinics program programs programme programmes treatment treatments therapy therapies therapist therapists center centers centre centres
		facility facilities provider providers detox hospital hospitals care counseling counselling counselor counselors doctor doctors physicians psychiatrist*
		psychologist* specialist* recovery services service team experts staff iop php clinicians outpatient inpatient`,
	"atencion": `clinica clinicas programa programas tratamiento tratamientos terapia terapias terapeuta terapeutas centro centros hospital hospitales atencion
		equipo especialistas medicos psicologos psiquiatras profesionales rehabilitacion desintoxicacion servicio servicios consejeros expertos recuperacion`,
	"place": `state county area region country nation city town valley world usa nationwide anywhere available statewide coast midwest northwest
		southwest northeast southeast around border coast estado condado zona pais ciudad valle region mundo frontera costa norte sur disponible`,
	"ours": `our we us ours nuestro nuestra nuestros nuestras ofrecemos somos tenemos`,

	"illness": `addiction* alcoholism anxiety anxieties depression dependence dependency disorder disorders insomnia ptsd trauma panic craving* withdrawal* illness illnesses
		habit habits drinking cocaine heroin opioid* opiate* fentanyl meth alcohol substance substances drug drugs smoking nicotine relapse* bipolar schizophrenia pain ocd adhd
		fear fears urge urges desire desires compulsion* nightmare* flashback* gambling phobia* grief stress bulimia anorexia eating psychosis mental condition conditions disease diseases symptom symptoms problem problems
		adiccion adicciones alcoholismo ansiedad depresion dependencia trastorno trastornos insomnio panico ansias abstinencia enfermedad enfermedades vicio droga drogas
		alcohol heroina cocaina opioides fentanilo recaida recaidas sintomas esquizofrenia drogadiccion estres dolor problema sustancias bebida
		ganas deseo deseos impulso impulsos fobia* pesadilla* traumas tabaco metanfetamina`,
	"suffering-of": `anxiety depress* addict* alcohol* disorder disorders insomnia ptsd trauma* panic craving* withdrawal* dependence dependency illness* condition conditions
		disease* symptom* diabetes hepatitis schizophren* bipolar psychosis stress grief loneliness hangover* nightmare* phobia* adhd ocd mental substance* drug drugs
		opioid* heroin cocaine meth eating anorexia bulimia burnout migraine* headache* pain disability dementia epilepsy seizure* cirrhosis pancreatitis cancer it
		relapse* habit* autism obesity asthma shame low suicidal abuse postpartum chronic severe flashbacks sleeplessness paranoia mood`,
	"padecer-de": `ansiedad depresion adiccion* alcoholismo trastorno* insomnio estres trauma* panico ansias abstinencia dependencia enfermedad* condicion sintoma* diabetes hepatitis
		esquizofrenia bipolar* psicosis fobia* demencia epilepsia cirrosis cancer dolor* migraña* drogas drogadiccion mental* ataques recaida* bulimia anorexia soledad
		consumo problema* tdah toc culpa verguenza`,

	"drugs": `drug drugs substance substances alcohol opioid opioids opiate opiates prescription prescriptions medication medications pill pills heroin cocaine crack meth methamphetamine
		amphetamine* benzo benzos benzodiazepine benzodiazepines stimulant stimulants cannabis marijuana inhalant* polysubstance chemical fentanyl painkiller painkillers narcotic narcotics steroid* adderall xanax oxycodone ketamine medicine medicines codeine morphine tramadol kratom weed ecstasy mdma syrup syrups`,
	"drogas": `droga drogas alcohol sustancia sustancias opioide opioides opiaceo* medicamento* medicina medicinas pastillas heroina cocaina crack metanfetamina* anfetamina* benzodiacepina*
		estimulante* marihuana cannabis inhalantes fentanilo analgesico* tranquilizante* narcotico* farmaco* estupefaciente* bebida`,
	"online": `website site websites page portal app platform chat form forms online data information records server* database* storage email* messages details software quiz identity
		sitio pagina web portal aplicacion plataforma chat formulario datos informacion mensajes servidor*`,
	"lauded":   `experienced skilled qualified effective caring trusted compassionate successful advanced dedicated innovative`,
	"farewell": `goodbye farewell bye adios`,
	"told":     `say says said share shared hear heard told tell everything whatever anything what story stories secret secrets visit name`,
	"device":   `device browser phone quiz test visit visita navegador telefono dispositivo`,
	"fares": `leave leaves stay stays stayed remain remains recover recovers recovered achieve achieves reach reaches still never relapse relapsed go goes finish finishes
		succeed succeeds return returns`,
	"spans": `day days week weeks month months hour hours minute minutes session sessions visit visits`,
	"ends": `take takes end ends ended ending beat beats beating stop stops quit remove removes cure cures cured gone leave leaves break breaks rid beaten kick kicks disappear*
		overcome overcomes kill kills put puts walk say @erases`,
	"erases": `erase* eliminat* eradicat* wipe* wiping banish* vanish* vanquish* conquer* defeat* crush* destroy* dissolv* silenc* extinguish* uproot* switch* shut* melt*
		borra* elimina* erradica* apaga* apague* arranca* arranque* disuelve* vence* silencia* acaba* destruye*`,
	"never": `never not no cannot can't won't don't doesn't nor nunca jamas`,
	"kin": `husband wife son daughter partner brother sister mother father mom dad parent cousin uncle aunt nephew niece friend boyfriend girlfriend roommate neighbor neighbour
		child spouse grandfather grandmother`,
	"fared": `sober sobriety recover recovers recovered recovery abstin* relaps* succeed* success* clean quit drinking complete completes completed
		improved improve better cured free off stay stayed remain* reunited employed remission symptoms drink using
		sobri* recuper* abstinen* recaen recaid* recaer exito limpios limpio dejan dejaron dejado deje dejen terminan terminaron mejoran mejoraron mejoria curad* rehabilitad* siguen vuelven beber adelante sobria report reported consum* recae recaen`,

	"wording": `avoid avoids use used using uses say says call called instead stigma* hurt hurts mean means describes describe suggests offensive outdated`,

	"people": `people patient patients client clients adult adults teen teens teenagers member members graduates alumni men women veterans families couples residents participants users
		personas pacientes adultos adolescentes jovenes miembros egresados egresadas exalumnos hombres mujeres familias`,

	"addictions": "addiction alcoholism depression",

	"medicine": `medicine medicines medication medications meds pill pills tablet tablets prescription prescriptions dose doses drug drugs antidepressant* antipsychotic* ssri ssris snri snris
		lithium benzo* xanax alprazolam klonopin clonazepam valium diazepam ativan lorazepam zolpidem ambien gabapentin sedative* tranquili* sertraline zoloft prozac fluoxetine lexapro
		celexa wellbutrin trazodone abilify risperdal zyprexa depakote rivotril tafil tramadol subutex
		escitalopram paxil paroxetine effexor venlafaxine quetiapine seroquel olanzapine lamotrigine methadone suboxone buprenorphine naltrexone opioids painkiller* oxycodone
		medicamento* medicina* pastilla* comprimido* tableta* antidepresivo* antipsicotico* ansiolitico* tranquilizante* benzodiacepina* litio metadona buprenorfina opioides sedante* receta farmaco*`,

	"better": `sober sobriety recover recovers recovered recovery result results outcome outcomes cure cured cures relapse relapses relapsing success successful
		work works stop stops quit quitting free freedom heal heals healed healing better abstinence abstinent relief sleep change
		transform* end ends clean life lives progress improvement rehabilitation
		sobriedad sobrio sobria sobrios recuperacion recuperarse recuperar recuperara resultado resultados cura curar curacion curado recaida recaer recaera exito exitoso
		funciona funcione dejar dejara deje libre libertad sanar sanara sanacion mejor mejorar mejoria mejorara abstinencia alivio rehabilitacion cambio cambiar`,
}

// spokenOf are ways to speak of a claim, or of a word, without making it. As is
// "word" for those that let a word off and not a claim.
var spokenOf = []phrase{
	{Say: "beware|wary|cautious|careful|skeptical|suspicious of|about?"},
	{Say: "be|stay wary|skeptical|suspicious"},
	{Say: "have|may|might|has|can|will ..2 read|hear|heard|seen|see !the|our that|a|an|claims|promises|ads|advertisements|about|of|some"},
	{Say: "claim|claims|claimed|claiming|pretend|pretends|boast|boasts|advertise|advertises|advertised|advertising|promise|promises|promising",
		With: "any anyone some others other programs sites websites website clinics who which ads someone companies sellers vendors nobody no does do"},
	{Say: "says|say|saying|tells|telling|offers|offering|promises ..2 it|they can|will", With: "any anyone website site sites someone who others"},
	{Say: "if|when|whenever ..3 tells|says|promises|claims|guarantees|advertises|boasts"},
	{Say: "anyone|anybody|someone|whoever|clinics|programs|those who|that tells|tell|says|say|claims|claim|promises|promise|swears|advertises|advertise"},
	{Say: "if|when|whenever you ..1 read|hear|see|spot ..1 a|an|ads|any|someone|that|about|of|reviews|claims|promises|words"},
	{Say: "friend|friends|relative|relatives|neighbor|neighbour|coworker|someone|somebody|people|some|others|forums|videos|ads|posts|online ..1 may|might|will|could|would|often|sometimes ..1 " +
		"say|tell|claim|advise|suggest|urge|insist|promise|swear"},
	{Say: "would|wish ..1 like|love|could to? ..1 tell|say|promise|claim|guarantee"},
	{Say: "claim|claims|promise|promises|slogans|rankings|badges like this|that|these|those"}, {Say: "lists|rankings|awards|reviews|badges are|is ..2 paid|bought|sold|advertising"},
	{Say: "is|are|so called"}, {Say: "insists|insist|swears|swear|brags|boasts that|her|his|their|it"},
	{Say: "too good to be true"},
	{Say: "myth|myths|misconception|slogan|slogans|buzzword*|advertisement|advertisements"},
	{Say: "word|words !of|you|we|spoken", With: "@wording"}, {Say: "term|terms|phrase|phrases|label|labels|wording|language", With: "@wording"},
	{Say: "word|term|phrase|label|name addict*|alcohol*|junkie|abuse|abuser|clean|dirty|suffer*|crazy|schizophren*|mentally"},
	{Say: "instead of|saying", As: "word"}, {Say: "rather than", As: "word"},
	{Say: "don't|never|not|avoid|stop call|calling|say|saying|use|using|write|writing|label|labeling !in|us|before|the|your|our"},
	{Say: "choose|chooses|decide|prefer ..2 call"}, {Say: "call|calls|called|calling yourself|themselves|himself|herself|myself|someone|anyone|people|him|her|them|each a|an|addict*|alcohol*"},
	{Say: "desconfie|desconfia|desconfien|cuidado|ojo de|con"},
	{Say: "quien|quienes|alguien|cualquiera|nadie ..3 prometa|ofrezca|asegure|garantice|diga|prometan|ofrezcan|prometer*"},
	{Say: "si|cuando ..3 dice|dicen|promete|prometen|asegura|aseguran|garantiza|garantizan"},
	{Say: "algunos|algunas|gente|amigo|amigos|amiga|alguien|otros|vecino|pariente ..2 dice|dicen|dira|diran|diga|digan|aconseja|aconsejan"},
	{Say: "mito|mitos|publicidad|anuncios|eslogan"},
	{Say: "palabra|palabras !de|que|saldra|sale|queda"}, {Say: "termino|terminos|expresion|expresiones|etiqueta|etiquetas|lenguaje"},
	{Say: "en lugar|vez de", As: "word"},
	{Say: "evite|evitar|evitamos|preferimos|prefiera|procure no? decir|usar|llamar|palabras|terminos|la|el", With: "decir decimos usar llamar palabras terminos palabra"},
	{Say: "no ..1 diga|digas|llame|llames|llamar|llamamos|use|decimos|decir|escriba"},
}

// takenBack are beginnings of a sentence that denies the one before it.
var takenBack = []phrase{
	{Say: "that|this|it is|was not true|so|right|correct|safe|wise|accurate|possible|honest"},
	{Say: "that|this|it isn't|wasn't true|so|right|correct|safe|wise|accurate|possible|honest"},
	{Say: "that's|it's not true|so|right|correct|safe|wise|accurate|possible|honest"},
	{Say: "that|this|it is|was ~1 wrong|untrue|false|myth|dangerous|risky|misleading|nonsense|lie"}, {Say: "that's|it's a? ~1 wrong|untrue|false|myth|dangerous|risky|misleading|nonsense|lie"},
	{Say: "please do? not|don't"}, {Say: "do not ..1 do|try|believe|trust|listen"}, {Say: "don't ..1 do|try|believe|trust|listen"}, {Say: "not so|quite|true"}, {Say: "wrong|false|untrue"},
	{Say: "why|how|what|be ..2 such? claims|promises|numbers|figures like|mean|say|hide"}, {Say: "be ..1 wary|careful|skeptical of ..1 claims|promises|such|anyone"},
	{Say: "no one|clinic|program|doctor|honest|body ..2 can|could|should ..1 promise|say|know|guarantee"}, {Say: "nobody|none can|could|should ..1 promise|say|know|guarantee"},
	{Say: "we|i do? not|don't|cannot|can't|never|won't promise|say|claim|make|agree|believe that|this|it|so|such|those|promises|claims"},
	{Say: "eso|esto|no ..2 es cierto|verdad|asi|seguro", With: "no"}, {Say: "eso|esto es falso|mentira|peligroso|riesgoso|mito"}, {Say: "por favor no"}, {Say: "no lo|les|le haga|hagas|crea|creas"},
	{Say: "nadie puede ..1 prometer*|asegurar*|garantizar*"},
}
