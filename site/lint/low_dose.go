package lint

import (
	"strconv"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var lowDose = pageRule{
	Info: diag.Info{ID: "low-dose", Severity: diag.Error,
		Fix: "give the hours of the whole week, at least 9 for adults and 6 for adolescents, or call it outpatient care",
		Doc: `An intensive outpatient program has too few hours to be one

Hours are what makes it intensive: at least 9 a week for adults and 6 for
adolescents (ASAM Level 2.1; SAMHSA Advisory on intensive outpatient treatment,
2021; Medicare pays for IOP from 9 hours a week). Sessions and their length, in
digits or words, are multiplied; of a range the upper end counts.

    before  Our IOP meets on Tuesdays and Thursdays from 6 to 8 p.m.
    after   Our IOP meets on three evenings a week from 5:30 to 8:45 p.m.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		at := t.intensive()
		if at < 0 {
			return
		}
		floor := 9.0
		if t.has(adolescent) {
			floor = 6
		}
		hours, first, last := t.weeklyHours(at)
		if hours > 0 && hours < floor {
			reportWords(report, t, first, last, "an intensive outpatient program of %s hours a week is below the floor of %s",
				strconv.FormatFloat(hours, 'f', -1, 64), strconv.FormatFloat(floor, 'f', -1, 64))
		}
	},
}

// intensive returns the first word after the name of the level of care; 0 when
// the question or the heading names it, -1 when nothing does.
func (t *passage) intensive() int {
	if t.Kind == content.Title || t.Kind == content.Field && t.Key != "description" {
		return -1
	}
	if i := namesIOP(t.words); i >= 0 {
		for j := max(0, i-6); j < i; j++ {
			if t.words[j].sentence == t.words[i].sentence && (t.words[j].in(otherLevel) && j >= i-3 || t.words[j].in(negators) || t.words[j].Fold == "less" || t.words[j].Fold == "menos") {
				return -1
			}
		}
		for j := i + 1; j < len(t.words) && j <= i+3 && !t.words[j].opens; j++ {
			if t.words[j].in(otherMatter) {
				return -1
			}
		}
		return t.sentences[t.words[i].sentence].first
	}
	for _, text := range []string{t.Question, t.Under} {
		if strings.Contains(text, "IOP") {
			return 0
		}
		if !strings.Contains(text, "ntensiv") && !strings.Contains(text, "NTENSIV") {
			continue // every block is asked
		}
		if s := strings.ToLower(text); strings.Contains(s, "intensive outpatient") || strings.Contains(s, "ambulatorio intensivo") {
			return 0
		}
	}
	return -1
}

var (
	// otherLevel are words before a program that lead to another one.
	otherLevel = newWordSet("after before until wait waiting awaiting following unlike than beyond completing complete completed finish finished finishing leaving left homework team staff equipo tarea despues tras terminar termine termina completar")
	// otherMatter are words after its name that lead to something else: IOP orientation.
	otherMatter = newWordSet("orientation intake team staff counselor counselors van room alumni graduates graduate aftercare assessment tour application admission orientacion admision")
)

func namesIOP(ws []word) int {
	for i := range ws {
		switch fold := ws[i].Fold; {
		case fold == "iop" || fold == "iops":
			return i
		case fold == "intensive" && i+1 < len(ws) && ws[i+1].Fold == "outpatient", fold == "ambulatorio" && i+1 < len(ws) && strings.HasPrefix(ws[i+1].Fold, "intensiv"):
			return i
		}
	}
	return -1
}

var (
	adolescent = newWordSet("adolescent* teen teens teenager* youth minors adolescente* jovenes menores juvenil")
	week       = newWordSet("week weekly semana semanal semanales semanalmente wk")
	hourWords  = newWordSet("hour hours hr hrs hora horas")
	minutes    = newWordSet("minute minutes min mins minuto minutos")
	sessions   = newWordSet(`session sessions group groups meeting meetings time times day days evening evenings morning mornings night nights afternoon afternoons visit visits class classes
		sesion sesiones grupo grupos reunion reuniones vez veces dia dias noche noches tarde tardes mañanas mañana encuentros`)
	weekdays = map[string]int{}
)

func init() {
	for i, names := range []string{"monday mondays mon lunes", "tuesday tuesdays tue tues martes", "wednesday wednesdays wed miercoles", "thursday thursdays thu thurs jueves",
		"friday fridays fri viernes", "saturday saturdays sat sabado sabados", "sunday sundays sun domingo domingos"} {
		for _, name := range strings.Fields(names) {
			weekdays[name] = i + 1
		}
	}
}

// number returns the value of a number in digits or words, 0 for none.
func number(fold string) float64 {
	if n, ok := numberWords[fold]; ok {
		return n
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(fold, ",", ""), 64)
	if err != nil || n < 0 || n > 1e9 {
		return 0
	}
	return n
}

// weeklyHours reads the hours of a week from a word on: as they are stated, or
// times in a week multiplied by their length. 0 when that cannot be told.
func (t *passage) weeklyHours(from int) (hours float64, first, last int) {
	ws := t.words
	var stated, times, length float64
	first = -1
	note := func(i, j int) {
		if first < 0 || i < first {
			first = i
		}
		last = max(last, j)
	}
	days := map[int]bool{}
	var turns []float64 // hours in the order of the text, 0 for a day
	for i := from; i < len(ws); i++ {
		if t.sentences[ws[i].sentence].question {
			continue // is two hours a week intensive?
		}
		n := t.numberAt(i)
		fold := ws[i].Fold
		switch {
		case n > 0 && n <= 100 && i+1 < len(ws) && t.unit(i+1, hourWords):
			unit := t.unitAt(i + 1)
			if t.perWeek(unit) || t.ofWeek(i) {
				stated = max(stated, n)
			} else if n <= 8 {
				length = max(length, n)
				turns = append(turns, n)
			}
			note(i, unit)
		case n >= 10 && n <= 240 && i+1 < len(ws) && t.unit(i+1, minutes):
			length = max(length, n/60)
			note(i, t.unitAt(i+1))
		case n > 0 && n <= 7 && t.timesAt(i) >= 0:
			times = max(times, n)
			note(i, t.timesAt(i))
		case fold == "once" && t.perWeek(i) && t.lang == "en":
			times = max(times, 1)
			note(i, i)
		case fold == "twice":
			times = max(times, 2)
			note(i, i)
		case weekdays[fold] > 0 && !t.monthly(i):
			days[weekdays[fold]] = true
			turns = append(turns, 0)
			if (i+2 < len(ws)) && rangeTo(ws[i+1].Fold) && weekdays[ws[i+2].Fold] > 0 || i+1 < len(ws) && weekdays[ws[i+1].Fold] > 0 && strings.ContainsAny(t.between(i, i+1), "–-—") {
				end := weekdays[ws[i+1].Fold]
				if end == 0 {
					end = weekdays[ws[i+2].Fold]
				}
				for d := weekdays[fold]; d <= end; d++ {
					days[d] = true
				}
			}
			note(i, i)
		case n > 0 && n <= 8 && length > 0 && t.ofDay(i):
			turns = append(turns, n)
			note(i, i)
		}
		if span, end := t.clockSpan(i); span > 0 {
			length = max(length, span)
			note(i, end)
		}
	}
	if stated > 0 {
		return stated, first, last
	}
	if sum := byTurns(turns); sum > 0 && times == 0 {
		return sum, first, last
	}
	times = max(times, float64(len(days)))
	return times * length, first, last
}

// byTurns adds the hours of days that each have their own: three hours on Saturday
// and one on Wednesday. 0 when days and hours do not take turns.
func byTurns(turns []float64) (sum float64) {
	for i, n := range turns {
		if i > 0 && (n == 0) == (turns[i-1] == 0) {
			return 0
		}
		sum += n
	}
	if len(turns) < 4 || len(turns)%2 != 0 {
		return 0
	}
	return sum
}

// ofDay tells a number that leaves out its hours because those of another day were
// said: and on Wednesdays for one.
func (t *passage) ofDay(i int) bool {
	ws := t.words
	if before := ws[i-1].Fold; before == "for" || weekdays[before] > 0 {
		return i+1 == len(ws) || ws[i+1].opens || ws[i+1].Fold == "and" || ws[i+1].Fold == "y"
	}
	return i+2 < len(ws) && (weekdays[ws[i+1].Fold] > 0 || weekdays[ws[i+2].Fold] > 0) && !ws[i+1].opens
}

// monthly tells the first Monday of the month.
func (t *passage) monthly(i int) bool {
	for j := i + 1; j < len(t.words) && j <= i+4 && t.words[j].sentence == t.words[i].sentence; j++ {
		switch t.words[j].Fold {
		case "month", "mes":
			return true
		}
	}
	return false
}

func rangeTo(fold string) bool {
	switch fold {
	case "to", "through", "thru", "a", "hasta", "until", "till":
		return true
	}
	return false
}

// numberAt is the number at a word; of "nine and a half" it is nine and a half.
func (t *passage) numberAt(i int) float64 {
	ws := t.words
	n := number(ws[i].Fold)
	if ws[i].Fold == "an" && i+2 < len(ws) && ws[i+1].Fold == "hour" && ws[i+2].in(each) {
		n = 1 // an hour a day
	}
	if n == 0 {
		return 0
	}
	if i+3 < len(ws) && ws[i+1].Fold == "and" && (ws[i+3].Fold == "half" || ws[i+3].Fold == "quarters") {
		n += 0.5
	}
	return n
}

var each = newWordSet("a each per every daily weekly")

// unit tells whether words of a set follow at a word, behind an adjective or two:
// two-hour, two full hours, 1.5 clinical hours.
func (t *passage) unit(i int, set *wordSet) bool {
	for j := i; j < len(t.words) && j <= i+3; j++ {
		if t.words[j].in(set) {
			return true
		}
		if t.words[j].number || !t.words[j].in(fillers) {
			return false
		}
	}
	return false
}

var fillers = newWordSet("full clinical treatment structured planned scheduled and a half three quarters whole long completas medias media y clinicas")

func (t *passage) unitAt(i int) int {
	for j := i; j < len(t.words); j++ {
		if t.words[j].in(hourWords) || t.words[j].in(minutes) {
			return j
		}
	}
	return i
}

// perWeek tells whether a count of hours is of a week: "hours of group a week",
// "hours weekly". "Two hours, three times a week" is not.
func (t *passage) perWeek(unit int) bool {
	for j := unit + 1; j < len(t.words) && j <= unit+7 && t.words[j].sentence == t.words[unit].sentence; j++ {
		if t.words[j].in(week) {
			return true
		}
		if t.words[j].number && t.words[j].Fold != "una" || t.words[j].in(sessions) && t.words[j].Fold != "group" && t.words[j].Fold != "groups" && t.words[j].Fold != "grupo" || t.words[j].Fold == "each" && !(j+1 < len(t.words) && t.words[j+1].in(week)) {
			return false
		}
	}
	return false
}

// ofWeek tells whether what is before a count of hours says that it is of the
// whole week: "weekly commitment: 8 hours", "hours per week: 8".
func (t *passage) ofWeek(i int) bool {
	of, total := false, false
	for j := i - 1; j >= 0 && j >= i-5 && t.words[j].sentence == t.words[i].sentence && !t.words[j].in(sessions) && !t.words[j].number; j-- {
		of = of || t.words[j].in(week)
		total = total || t.words[j].in(wholes)
	}
	return of && total
}

var wholes = newWordSet("commitment total totals load minimum hours schedule attendance altogether compromiso horas horario")

// timesAt returns the word that says what a number counts when it counts how
// often in a week something is: "three evenings a week", "two 2-hour sessions
// weekly", "2 veces por semana"; else -1.
func (t *passage) timesAt(i int) int {
	ws := t.words
	for j := i + 1; j < len(ws) && j <= i+5 && ws[j].sentence == ws[i].sentence; j++ {
		if ws[j].in(sessions) {
			if t.anyIn(t.sentences[ws[i].sentence], week) {
				return j
			}
			return -1
		}
		if ws[j].Fold == "a" || ws[j].Fold == "per" || ws[j].Fold == "por" || ws[j].in(week) || ws[j].in(hourWords) && j == i+1 {
			return -1
		}
	}
	return -1
}

// clockSpan returns the hours between two times of day: "from 6 to 8 p.m.",
// "9:00–11:30", "from nine until one", "de seis a ocho".
func (t *passage) clockSpan(i int) (hours float64, end int) {
	ws := t.words
	start, next := t.clock(i)
	if start < 0 {
		return 0, 0
	}
	switch {
	case next < len(ws) && rangeTo(ws[next].Fold):
		next++
		if next < len(ws) && (ws[next].Fold == "las" || ws[next].Fold == "la") {
			next++
		}
	case next < len(ws) && strings.ContainsAny(t.between(next-1, next), "–-—"):
	default:
		return 0, 0
	}
	if next >= len(ws) {
		return 0, 0
	}
	// Both ends of a range of times: one of them has minutes, or a word for the time of
	// day stands near; "6 to 12 people" has neither.
	stop, after := t.clock(next)
	if stop < 0 || !t.timeOfDay(i, after) {
		return 0, 0
	}
	for stop <= start {
		stop += 12
	}
	if stop-start > 12 {
		return 0, 0
	}
	return stop - start, after - 1
}

// clock reads a time of day at a word: 6, 6:30, six, half past five, noon,
// cinco y media. It returns the word after it, or -1.
func (t *passage) clock(i int) (hour float64, next int) {
	ws := t.words
	fold := ws[i].Fold
	half := 0.0
	if fold == "half" && i+2 < len(ws) && ws[i+1].Fold == "past" {
		i, half = i+2, 0.5
		fold = ws[i].Fold
	}
	switch fold {
	case "noon", "mediodia":
		return 12, i + 1
	}
	h, m, colon := strings.Cut(fold, ":")
	hour = number(h)
	if hour < 1 || hour > 23 || hour != float64(int(hour)) {
		return -1, 0
	}
	next = i + 1
	if colon {
		hour += number(m) / 60
	} else if next < len(ws) && len(ws[next].Fold) == 2 && ws[next].Start == ws[i].End+1 && t.Text[ws[i].End] == ':' && ws[next].number {
		hour += number(ws[next].Fold) / 60
		next++
	} else if next+1 < len(ws) && ws[next].Fold == "y" && (ws[next+1].Fold == "media" || ws[next+1].Fold == "treinta") {
		hour += 0.5
		next += 2
	}
	hour += half
	for next < len(ws) && (ws[next].in(dayHalf) || (ws[next].Fold == "a" || ws[next].Fold == "p") && next+1 < len(ws) && ws[next+1].Fold == "m") {
		next++
	}
	return hour, next
}

var (
	partsOfDay = newWordSet("noon mediodia tarde tardes noche noches mañana mañanas morning mornings afternoon afternoons evening evenings night nights")
	counted    = newWordSet("@people person weeks months days sessions clients personas semanas meses dias sesiones")
)

var dayHalf = newWordSet("am pm a.m p.m m o'clock")

// timeOfDay tells whether words about a range of numbers say that it is of the
// clock.
func (t *passage) timeOfDay(i, after int) bool {
	if i > 0 && (t.words[i-1].Fold == "from" || t.words[i-1].Fold == "las" || t.words[i-1].Fold == "la") {
		return true
	}
	if after < len(t.words) && t.words[after].in(counted) && !t.words[after].opens {
		return false
	}
	for j := max(0, i-6); j < min(len(t.words), after+4); j++ {
		if w := t.words[j].Fold; dayHalf.has(w) && w != "m" || strings.Contains(w, ":") || t.words[j].in(partsOfDay) || weekdays[w] > 0 {
			return true
		}
	}
	return false
}
