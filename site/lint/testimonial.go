package lint

import (
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
// initial or an age beside a story of care told by or about that person.
func (t *passage) namedPatient() (first, last int) {
	story := t.has(careStory)
	quote := t.Quoted || t.quotes
	ownWords := t.has(firstPerson)
	for i := range t.words {
		if !t.words[i].capital || t.words[i].quoted || t.words[i].in(notNames) {
			continue
		}
		end := i
		if i+1 < len(t.words) && t.isInitial(i+1) {
			end = i + 1
		}
		aged := end+1 < len(t.words) && isAge(t.words[end+1].Fold) && t.between(end, end+1) == ", " && t.closesAge(end+1) ||
			end+3 < len(t.words) && t.words[end+1].Fold == "de" && isAge(t.words[end+2].Fold) && t.words[end+3].Fold == "años"
		signed := t.signedBy(i)
		if end == i && !aged && !signed {
			continue
		}
		if t.staffNear(i, end) {
			continue
		}
		switch {
		case end > i && (quote && ownWords || signed || t.introduced(i) && story):
		case aged && (story || quote && ownWords):
		case signed && end == i && quote && ownWords && story && (t.has(patients) || t.Quoted && t.has(ourCare)):
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
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t.words[j].in(saying) && !t.words[j].quoted {
			return true
		}
	}
	return i+2 < len(t.words) && t.words[i+1].in(saying)
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
		if (t.words[j].in(staff) || j < i && t.words[j].in(ownVoice)) && !t.words[j].quoted {
			return true
		}
	}
	return false
}

var (
	firstPerson = newWordSet("i i'm i've i'd me my mine myself yo mi mis me conmigo nos nuestra nuestro")
	careStory   = newWordSet(`program treatment rehab detox clinic sober sobriety recovery recovered clean drink drinking drinks drug drugs alcohol addiction heroin fentanyl opioid* pills meth
		cocaine therapy therapist counselor group groups hospital relapse* graduated anxiety depression panic staff saved slept sleep cravings kids life methadone suboxone quit using patient
		programa tratamiento clinica sobrio sobria recuper* limpio beber alcohol drogas adiccion heroina terapia consejera grupo recaida ansiedad depresion salvaron vida hijos consumir dejo deje`)
	ourCare  = newWordSet("program treatment rehab detox clinic here staff you team center programa tratamiento clinica aqui equipo centro")
	patients = newWordSet(`patient client graduate alumna alumnus alumni alum resident member mother father mom dad parent wife husband son daughter survivor recovery sober former participant
		paciente cliente egresado egresada exalumno exalumna madre padre esposa esposo hijo hija recuperacion participante`)
	saying     = newWordSet("says said writes wrote recalls recalled shares shared told explains adds remembers dice dijo cuenta conto escribe escribio recuerda comparte relata")
	presenting = newWordSet("meet like for of about with conozca conoce conozcan de a historia story")
	staff      = newWordSet(`dr dra doctor doctora nurse counselor therapist director physician psychologist psychiatrist pharmacist receptionist manager coordinator md phd lcsw rn lpc lmft
		psyd np ceo founder professor author poet novelist facilitator chaplain officer sheriff mayor president chef board teacher librarian volunteer
		enfermera enfermero consejera consejero terapeuta directora psicologo psicologa psiquiatra medico medica trabajadora coordinadora profesor profesora autor autora poeta`)
	notNames = newWordSet(`i i'm i've i'd the a an and but we they he she it you my our in on at to for if when after before what how this that monday tuesday wednesday thursday friday saturday sunday
		january february march april may june july august september october november december room suite section part class group vitamin hepatitis type plan tier phase step level medicare
		yo el la los las un una en de mi nuestro nuestra sala grupo tipo plan fase paso nivel seccion parte hepatitis vitamina`)
)
