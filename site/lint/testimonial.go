package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var testimonial = pageRule{
	Info: diag.Info{ID: "testimonial", Severity: diag.Error,
		Fix: "add authorization: {id, date, expires} to the front matter once it is signed, or take the name out",
		Doc: `A patient is named and there is no authorization

That somebody was treated is protected health information, even when the praise
is theirs. Publishing it needs a written authorization that says what is
published, and when it ends (45 CFR 164.508; for substance use treatment also 42
CFR 2.31). HHS fined a provider for success stories with names and photographs
in 2025. The front matter says where the signed paper is:

    authorization: {id: A-117, date: 2026-03-01, expires: 2027-03-01}

    before  "They gave me my life back." - Denise R.
    after   Say what people often tell you, and name nobody.`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if m.Authorization != nil && m.Authorization.Holds(m.now) || t.Kind == content.Field && t.Key != "description" {
			return
		}
		if first, last := t.namedPatient(); first >= 0 {
			reportWords(report, t, first, last, "the patient %q is named without an authorization", t.Text[t.words[first].Start:t.words[last].End])
		}
	},
}

// namedPatient returns the words of a patient's name, or -1: a name with an
// initial or an age beside a story of care told by or about that person, or a
// first name whose story a text tells.
func (t *passage) namedPatient() (first, last int) {
	story, tells, met := t.has(careStory), t.tells(), t.met()
	ofPatients := t.has(patients) || t.Quoted && t.has(ourCare) || t.has(attended) && t.has(oursAlone)
	quote := t.Quoted || t.quotes
	ownWords := t.has(firstPerson)
	if t.has(invented) {
		return -1, -1
	}
	for i := range t.words {
		if !t.words[i].capital || t.words[i].quoted || t.words[i].in(notNames) {
			continue
		}
		end := i
		if i+1 < len(t.words) && t.isInitial(i+1) {
			end = i + 1
		}
		aged := t.aged(end)
		signed := t.signedBy(i)
		if to := t.told(i, tells, met); to >= 0 && !t.staffNear(i, to) {
			return i, to
		}
		presented := quote && ownWords && end+1 < len(t.words) && t.words[end+1].opens && !t.words[end+1].in(whereClause) && t.related(end) // Ann, a former patient: "I was lost"
		if end == i && !aged && !signed && !presented {
			continue
		}
		if t.staffNear(i, end) {
			continue
		}
		switch {
		case end > i && (quote && ownWords || signed || t.introduced(i) && story):
		case presented, aged && (story || quote && ownWords):
		case signed && end == i && quote && (t.related(end) || ownWords && story && ofPatients):
			for end+1 < len(t.words) && t.words[end+1].capital && t.between(end, end+1) == " " {
				end++
			}
		default:
			continue
		}
		return i, end
	}
	return -1, -1
}

// aged tells ", 43," after a name, or ", a 43-year-old", or "de 43 años".
func (t *passage) aged(end int) bool {
	i := end + 1
	if i < len(t.words) && t.words[i].in(beforeAge) {
		i++
	}
	if i >= len(t.words) || !isAge(t.words[i].Fold) {
		return false
	}
	if i+1 < len(t.words) && t.words[i+1].in(years) {
		return true
	}
	return t.between(end, end+1) == ", " && i == end+1 && t.closesAge(i)
}

// told returns the end of a name that a text tells a story of the clinic's own
// patients with, or -1: When Ann came to us, she had lost her job. The passage
// tells somebody's story, and somebody has met us, or not.
func (t *passage) told(i int, tells, met bool) int {
	if !t.mayName(i) || i > 0 && !t.words[i].opens && t.mayName(i-1) && !t.words[i-1].in(meeting) {
		return -1
	}
	end := i
	if i+1 < len(t.words) && t.between(i, i+1) == " " && t.mayName(i+1) {
		end++
	}
	after := end + 1
	if after+1 >= len(t.words) || t.words[after].in(possessive) {
		return -1
	}
	if i > 0 && t.words[i-1].in(treated) && !t.words[i-1].capital && t.words[i-1].sentence == t.words[i].sentence {
		return end
	}
	then := after
	if t.words[after].opens { // Ann, a retired teacher, came to us
		for then++; then < len(t.words)-2 && then < after+8 && !t.words[then].opens; then++ {
		}
	}
	lived := then+1 < len(t.words) && (t.words[then].in(livedThrough) || t.words[then].in(copula) && t.words[then+1].in(complement))
	lived = lived || t.words[after].in(whoClause) && t.words[after+1].in(livedThrough)
	introduced := i > 0 && t.words[i-1].in(meeting) || i > 1 && (t.words[i-1].Fold == "a" && t.words[i-2].in(meeting) || t.words[i-2].in(stories)) ||
		strings.HasSuffix(t.words[end].Fold, "'s") && t.words[after].in(stories)
	if tells && (lived || introduced) && (met || t.anyIn(t.sentences[t.words[i].sentence], ourselves)) {
		return end
	}
	return -1
}

// tells tells a story of what somebody went through, not of somebody's work.
func (t *passage) tells() bool {
	return t.has(history) && (t.quotes || t.has(pronouns) || t.has(whoClause)) && !t.has(working)
}

// met tells whether a sentence joins somebody with the clinic: with our help she
// finished college.
func (t *passage) met() bool {
	return slices.ContainsFunc(t.sentences, func(s sentence) bool { return t.anyIn(s, ourselves) && t.anyIn(s, pronouns) })
}

// mayName tells a word that is written as a first name is.
func (t *passage) mayName(i int) bool {
	w := &t.words[i]
	written := t.Text[w.Start:w.End]
	_, size := utf8.DecodeRuneInString(written)
	return w.capital && !w.in(noPerson) && !w.in(function) && !w.in(notNames) && strings.ToLower(written[size:]) == written[size:]
}

// isInitial tells "R." after a name, or R before a comma and the like.
func (t *passage) isInitial(i int) bool {
	w := t.words[i]
	if !w.capital || utf8.RuneCountInString(t.Text[w.Start:w.End]) != 1 || t.between(i-1, i) != " " {
		return false
	}
	if i+1 < len(t.words) && t.words[i+1].capital && t.between(i, i+1) == ". " && !t.words[i+1].in(notNames) && !t.words[i+1].in(function) && !t.words[i+1].in(careStory) {
		return false // in the middle of a name: Stacy L. Pearsall
	}
	rest := t.Text[w.End:]
	return strings.HasPrefix(rest, ".") || w.Fold != "i" && w.Fold != "a" && (rest == "" || strings.ContainsAny(rest[:1], ",;:)"))
}

// closesAge tells ", 43," and ", 43" at the end: an age, and not a date or a street.
func (t *passage) closesAge(i int) bool {
	rest := t.Text[t.words[i].End:]
	return rest == "" || strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, " años") || strings.HasPrefix(rest, ";")
}

func isAge(fold string) bool { n := number(fold); return n >= 12 && n <= 99 }

// between returns what stands between two words.
func (t *passage) between(i, j int) string { return t.Text[t.words[i].End:t.words[j].Start] }

// signedBy tells a name after a dash at the end of a quote, or after a verb of
// saying.
func (t *passage) signedBy(i int) bool {
	before := ""
	if i > 0 {
		before = strings.TrimSpace(t.between(i-1, i))
	} else {
		before = strings.TrimSpace(t.Text[:t.words[i].Start])
	}
	if (strings.HasSuffix(before, "—") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "―") || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "~")) && before != "-" && i > 0 {
		return len(t.words)-i <= 9
	}
	if before == "-" && i > 0 && strings.Contains(t.between(i-1, i), " -") {
		return len(t.words)-i <= 9
	}
	if i > 0 && t.words[0].quoted && t.words[i-1].quoted && t.namesOnly(i) { // the name alone, behind the quote
		return len(t.words)-i <= 9
	}
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t.words[j].in(saying) && !t.words[j].quoted {
			return true
		}
	}
	return i+2 < len(t.words) && t.words[i+1].in(saying)
}

// namesOnly tells whether a comma, an end or another name follows a name.
func (t *passage) namesOnly(i int) bool {
	rest := strings.TrimLeft(t.Text[t.words[i].End:], " ")
	return rest == "" || strings.ContainsAny(rest[:1], ",.;)") || i+1 < len(t.words) && (t.words[i+1].capital || t.words[i+1].Fold == "and" || t.words[i+1].Fold == "y")
}

// related tells a name that is followed by what ties it to the care: mother of two.
func (t *passage) related(end int) bool {
	for i := end + 1; i < len(t.words) && i <= end+5; i++ {
		if t.words[i].in(patients) {
			return true
		}
	}
	return false
}

// introduced tells a name that the text presents: Meet Tyrone W.
func (t *passage) introduced(i int) bool {
	if i == 0 || t.words[i].opens {
		return true
	}
	return t.words[i-1].in(presenting)
}

// staffNear tells the name of somebody who works there, or who wrote a book.
func (t *passage) staffNear(i, end int) bool {
	for j := max(0, i-4); j < min(len(t.words), end+7); j++ {
		if (t.words[j].in(staff) || j < i && !t.words[i].opens && t.words[j].in(ownVoice) && !t.words[i-1].in(patients)) && !t.words[j].quoted {
			return true
		}
	}
	return false
}

var (
	firstPerson = newWordSet("i i'm i've i'd me my mine myself yo mi mis me conmigo nos nuestra nuestro")
	careStory   = newWordSet(`program treatment rehab detox clinic sober sobriety recovery recovered clean drink drinking drinks drug drugs alcohol addiction heroin fentanyl opioid* pills meth
		cocaine therapy therapist counselor group groups iop hospital relapse* graduated anxiety depression panic staff saved slept sleep cravings kids life methadone suboxone quit using patient
		programa tratamiento clinica sobrio sobria recuper* limpio beber alcohol drogas adiccion heroina terapia consejera grupo recaida ansiedad depresion salvaron vida hijos consumir dejo deje`)
	history = newWordSet(`sober sobriety recovery drink drinking drank dui alcohol addict addicted addiction heroin fentanyl opioid* pills meth crack cocaine relaps* overdos* anxiety depression panic trauma
		ptsd flashbacks cravings using detox rehab treatment therapy ketamine bulimia anorexia suicidal disorder* gambling insomnia ocd bipolar phobia* cocaine addict alcoholic junkie drunk
		sobri* recuper* bebia bebiendo bebida beber alcohol drogas adiccion adicto adicta heroina recaida ansiedad depresion consumir consumia dejo tratamiento terapia metanfetamina cocaina trastorno* insomnio panico adicto alcoholico`)
	beforeAge    = newWordSet("a an age aged de")
	years        = newWordSet("year years años")
	meeting      = newWordSet("meet conozca conoce conozcan")
	stories      = newWordSet("story journey testimony testimonial historia testimonio")
	treated      = newWordSet("patient client graduate alumna alumnus alum resident participant survivor paciente egresado egresada exalumno exalumna")
	pronouns     = newWordSet("he she him ella su sus")
	whereClause  = newWordSet("where donde")
	whoClause    = newWordSet("how who que como asi")
	ourselves    = newWordSet("our us ours we we've nuestro nuestra nuestros nuestras nos vernos")
	livedThrough = newWordSet(`came lost drank grew finished completed graduated told tells talks describes wrote writes found stopped got started quit went arrived left struggled relapsed overdosed fought used tried called
		walked entered began thought spent hit could couldn't hated feared felt credits beat overcame conquered battled battle fought faced defeated survived broke kicked regained rebuilt won turned learned became
		llego vencio supero gano logro aprendio salio rehizo perdio bebio crecio termino completo encontro dejo empezo comenzo entro lucho recayo llamo paso vino`)
	copula     = newWordSet("was is had has era es tenia estaba tiene")
	complement = newWordSet("a an addicted drinking using living homeless sober lost been in un una adicto adicta bebiendo")
	noPerson   = newWordSet("@care @illness @medicine @drugs @research naloxone narcan medicaid medicare")
	invented   = newWordSet("imagine suppose fictional invented composite imaginary pretend scenario hypothetical imagine suponga ficticio")
	working    = newWordSet("joined leads runs teaches founded volunteers trained studied trabaja dirige fundo imparte")
	attended   = newWordSet("completed finished attended graduated came entered completo termino asistio")

	ourCare  = newWordSet("program treatment rehab detox clinic iop here staff you team center programa tratamiento clinica aqui equipo centro")
	patients = newWordSet(`patient patients client clients graduate graduates parents mothers fathers members alumna alumnus alumni alum resident member mother father mom dad parent wife husband son daughter survivor recovery sober former participant
		paciente cliente egresado egresada exalumno exalumna madre padre esposa esposo hijo hija recuperacion participante`)
	saying     = newWordSet("says said writes wrote recalls recalled shares shared told explains adds remembers dice dijo cuenta conto escribe escribio recuerda comparte relata")
	presenting = newWordSet("meet like for of about with conozca conoce conozcan de a historia story")
	staff      = newWordSet(`dr dra doctor doctora nurse counselor therapist director physician psychologist psychiatrist pharmacist receptionist manager coordinator md phd lcsw rn lpc lmft
		psyd np ceo founder professor author poet novelist facilitator chaplain officer sheriff mayor president chef board teacher librarian volunteer governor senator dog cat horse
		enfermera enfermero consejera consejero terapeuta directora psicologo psicologa psiquiatra medico medica trabajadora coordinadora profesor profesora autor autora poeta`)
	notNames = newWordSet(`christmas easter thanksgiving ramadan lent passover hanukkah diwali navidad i i'm i've i'd the a an and but we they he she it you my our in on at to for if when after before what how this that monday tuesday wednesday thursday friday saturday sunday
		january february march april may june july august september october november december room suite section part class group vitamin hepatitis type plan tier phase step level medicare
		yo el la los las un una en de mi nuestro nuestra sala grupo tipo plan fase paso nivel seccion parte hepatitis vitamina`)
)
