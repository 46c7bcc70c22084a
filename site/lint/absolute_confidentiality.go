package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var absoluteConfidentiality = pageRule{
	Info: diag.Info{ID: "absolute-confidentiality", Severity: diag.Advice,
		Fix: "add the limits: therapists are bound within the law, members are asked, and the clinic cannot guarantee what members do",
		Doc: `A text promises secrecy without limits

A therapist is bound by law, with exceptions such as danger to somebody. In a
group the clinic cannot guarantee that other members keep silent (APA Ethics Code
4.01 and 4.02; AGPA practice guidelines), and a promise that is broken costs more
than one that was honest. In 2024 the United States acted against a treatment
service over the words "100% confidential" (United States v. Monument, Inc.).

    before  Our groups are completely confidential.
    after   Therapists must keep what you say private, within legal limits. Members
            promise to, but no clinic can guarantee that each of them will.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if len(t.found["confidentiality"]) == 0 || m.limited(t) {
			return
		}
		seen := -1
		for _, f := range t.found["confidentiality"] {
			s := t.sentenceOf(f)
			if s.first == seen || t.asks(s) || f.As == "asked" && !t.flatlyDenied(s) {
				continue
			}
			if f.As != "asked" && (s.question || s.spokenOf || t.denied(f) && !t.words[f.first].in(promisedSilence)) {
				continue
			}
			seen = s.first
			reportWords(report, t, f.first, f.last, "%q has limits that the text does not name", t.text(f))
		}
	},
}

// asks tells a sentence that asks members for silence: please keep what you hear
// to yourself, but not please know that all is secret.
func (t *passage) asks(s sentence) bool {
	for i := s.first; i <= s.last; i++ {
		if t.words[i].in(asking) && !(i < s.last && t.words[i+1].in(assure)) {
			return true
		}
	}
	return false
}

// limited tells whether a passage says where silence ends; "no exceptions" does
// not.
func (t *passage) limited() bool {
	for i := range t.words {
		if t.words[i].in(limits) && (i == 0 || !t.words[i-1].in(negators)) || t.words[i].in(cannot) && i+1 < len(t.words) && t.words[i+1].in(vouch) {
			return true
		}
	}
	return false
}

// limited tells whether a passage, or a neighbour under the same heading, says
// where silence ends.
func (m *manuscript) limited(t *passage) bool {
	if t.limited() {
		return true
	}
	for _, i := range []int{m.at - 1, m.at + 1} {
		if i < 0 || i >= len(m.Blocks) || m.Blocks[i].Under != t.Under || m.Blocks[i].Kind == content.Field || m.Blocks[i].Kind == content.Title {
			continue
		}
		confidential, limit := false, false
		for _, w := range prose.Words(m.Blocks[i].Text) {
			confidential = confidential || secrecy.has(w.Fold)
			limit = limit || limits.has(w.Fold) || cannot.has(w.Fold)
		}
		if confidential && limit {
			return true
		}
	}
	return false
}

var (
	promisedSilence = newWordSet("nothing no not nada nadie nobody never nunca jamas ni without")
	limits          = newWordSet(`limit limits limited limitations except exception exceptions unless danger dangerous harm harmed law laws legal legally court mandated mandatory
		required permission consent consents authorize* authorization permiso consentimiento autoriza* exceptuando limite limites excepto excepcion excepciones peligro ley leyes legal tribunal juez obligacion`)
	cannot  = newWordSet("cannot can't not")
	vouch   = newWordSet("promise guarantee control ensure prevent vouch keep always")
	secrecy = newWordSet("confidential* privacy private secret* confidencial* privacidad privad* secreto disclos* share shared")
	assure  = newWordSet("know note be rest understand")
	asking  = newWordSet("ask asks asked agree agrees agreed agreement please expect expects expected rule rules sign signs pedimos pide piden acuerdo acuerdan aceptan comprometen firman regla reglas favor")
)

var confidentialityWords = []phrase{
	{Say: "completely|fully|totally|strictly|absolutely|entirely|perfectly|utterly|guaranteed|always|100|hundred|wholly|truly percent? ~1 confidential|secret|discreet"},
	{Say: "completely|fully|totally|strictly|absolutely|entirely|perfectly|utterly|guaranteed|always|100|hundred|wholly|truly percent? ~1 private|anonymous",
		Unless: "room rooms bathroom practice entrance pay @online", With: "confidential anonymous secret group groups session sessions you your everything share say therapy counseling treatment visit visits care is"},
	{Say: "total|complete|absolute|full|guaranteed|strict|strictest|utter|utmost|perfect|ironclad|100 percent? ~1 confidentiality|confidence|secrecy|anonymity|discretion|privacy", Unless: "self room rooms shower toilet"},
	{Say: "confidentiality|privacy|anonymity|secrecy|discretion is|are ..1 ~2 guaranteed|assured|absolute|total|ensured|complete"},
	{Say: "guarantee|guarantees|guaranteed|ensure|ensures|promise|promises ..2 ~2 confidentiality|privacy|anonymity|secrecy|confidential", Unless: "law practices"},
	{Say: "nothing ..6 leaves|leave|repeated|disclosed|shared|told", With: "group room say said share session wall walls therapist here ever"},
	{Say: "nothing ..1 you ..5 will|can|is|gets|goes|leaves|be", With: "say share tell said"},
	{Say: "stays|stay|remains|remain in|within|inside|between ..1 room|group|us|walls|here|office|session", With: "@told"}, {Say: "stays|stay|remains|queda|quedara ..1 between|entre us|you|nosotros|usted", Unless: "some email data algo"}, {Say: "stays|remains ~1 secret|confidential|private|here", With: "say share tell group room everything whatever always"},
	{Say: "never leave|leaves|leaving ..2 room|group|walls|office|building|session|here", With: "say said share* talk told tell story stories word words secret* record* file* information conversation* name* what whatever everything anything"},
	{Say: "no one|body ..2 will|would ever? ..1 find|know|learn|hear|discover !the|much|how|when|if|whether", Unless: "answer"}, {Say: "nobody ..4 will|would ever? ..1 find|know|hear|learn|discover !the|much", With: "say share shared tell group room treatment therapy you your @told"},
	{Say: "without fear|worrying|worry that ..3 ever|find|know|hear|repeat*"},
	{Say: "whatever|everything|anything|what ..6 stays|remains ..2 secret|here|there|between|in|private|confidential|safe"},
	{Say: "goes|go|travels no|nowhere further|farther|else !back|than", With: "@told"}, {Say: "secreto|secretos|historia esta|estan ..1 a? salvo|seguro|segura|seguros"}, {Say: "no ..1 saldra|sale|salen|saldran de ..1 aqui|grupo|sala|paredes|puerta|consultorio", With: "diga hable cuente cuenta comparta dice palabra historia secreto"},
	{Say: "to the|their grave|graves", With: "take takes carry carries"}, {Say: "is|remains our secret"}, {Say: "lips are sealed"}, {Say: "we ..1 tell nobody|no"},
	{Say: "never|not ..1 be spoken|mentioned|said|heard|repeated|known ..1 outside|beyond|elsewhere"}, {Say: "no one|body ..1 finds|learns out|of"}, {Say: "keeps|stays silent|quiet|mum about|on", With: "@told"}, {Say: "stays|stay with us|me !for|until", With: "@told"}, {Say: "never ..1 breathe|say|utter a word"}, {Say: "nunca|jamas ..1 sera|seran revelad*|divulgad*|conocid*|compartid*"}, {Say: "we|we'll will? keep ..3 a? hidden|secret from"}, {Say: "keep|keeps ..3 hidden|secret|private from everyone|everybody|anyone|all"},
	{Say: "never|not ..1 talked|spoken about|of", With: "what whatever anything"}, {Say: "to no one|body but"}, {Say: "to nobody but"},
	{Say: "not even ..3 will|would|needs? ..2 know|learn|find|hear", Unless: "before until result results"}, {Say: "not|ni a|one|single|una|un|sola ~1 word|syllable|detail|thing|soul|person|palabra|detalle|silaba ..2 you? ..4 will|reach|reaches|leave|leaves|leaks|gets|saldra|sale|salen"},
	{Say: "no|zero way|chance|possibility|risk that|of? ..3 gets|get|getting|leak|leaking|find|finds|finding|learn|learns|come|comes out|known|public", With: "@told anyone anybody nobody employer boss family"},
	{
		Say: "will|can|could|might|would|do|does my? ..1 boss|employer|ex|wife|husband|partner|spouse|family|parents|mother|father|anyone|anybody|people|school|coworkers|neighbors|others|landlord ..2 find|know|learn|hear !us|me|the|new|about|to",
		As:  "asked",
	},
	{Say: "never|not tell|reveal|disclose|mention|repeat|share|breathe ..3 to? ..2 anyone|anybody|soul|outside|else|family|employer|spouse|parents|police !how", Unless: "please you members password data information details email records"},
	{Say: "under|in no circumstances|circumstance|way ..1 will|would we|it|your|anything|they|our"}, {Say: "under|in no circumstances|circumstance|condition|case|way will|would|do|does|is|are|can|may we? ..3 share|shared|tell|told|disclose|disclosed|reveal|revealed|repeat|repeated|discuss|discussed|pass|passed"},
	{Say: "boss|employer|coworkers|colleagues|family|spouse|wife|husband|parents|school|neighbors will|would|can never|not ..1 know|find|learn|hear"},
	{Say: "keep|keeps|hold everything|anything|all|every|whatever ..3 you? ..3 secret|confidential|ourselves"},
	{Say: "never|not goes|go|travels ..2 further|beyond|outside", With: "say tell share hear"}, {Say: "without ..1 fear|worrying|worry of|about being found|recognized|exposed|seen"},
	{Say: "secret|secrets ..1 is|are|stay|stays ..1 safe"},

	{Say: "completamente|totalmente|absolutamente|estrictamente|enteramente|100|siempre|rigurosamente|plenamente confidencial|confidenciales|secreto"},
	{Say: "completamente|totalmente|absolutamente|estrictamente|enteramente|100|siempre|rigurosamente|plenamente privado|privada|anonimo|anonima|anonimos|privados", Unless: "@online"},
	{Say: "completamente|totalmente|absolutamente|100 por? ciento? ~1 discreto|discreta|discretos"}, {Say: "100 por|ciento ..1 confidencial|confidenciales|anonimo|privado"},
	{Say: "confidencialidad|privacidad|discrecion|anonimato|reserva|secreto|silencio ~1 total|absoluta|completa|garantizada|plena|asegurada|absoluto|estricta|maxima|garantizado"},
	{Say: "total|absoluta|completa|plena|estricta|maxima confidencialidad|privacidad|discrecion|reserva"},
	{Say: "garantizamos|garantiza|garantizan|aseguramos|asegura|prometemos ..3 confidencialidad|privacidad|anonimato|discrecion|reserva"},
	{Say: "nada ..6 saldra|sale|salga|repetira|revelara|divulgara|compartira", With: "diga dice aqui grupo sala hable cuente comparta"},
	{Say: "nunca|jamas ..1 saldra|sale|salen|saldran|saldra ..2 aqui|ahi|alli|grupo|sala|puerta|paredes"}, {Say: "se queda|quedara|quedan ..2 aqui|grupo|sala|nosotros", With: "todo lo siempre diga dice habla"},
	{Say: "nadie|ni siquiera? ..3 sabra|sabran|enterara|enteraran|entere|enteran|sepa"}, {Say: "nunca|jamas|no ..1 revelaremos|contaremos|diremos|divulgaremos|revelamos|contamos|divulgamos ..4 nada|nadie|historia|secreto|caso"},
	{Say: "enterara|enteraran|sabra|sabran ..2 jefe|patron|empleador|esposo|esposa|familia|padres|vecinos|alguien", As: "asked"}, {Say: "jefe|patron|empleador|esposo|esposa|familia|padres|vecinos|alguien ..2 enterara|enteraran|sabra|sabran", As: "asked"},
}
