package lint

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var doseContradiction = pageRule{
	Info: diag.Info{ID: "dose-contradiction", Severity: diag.Error,
		Fix: "write the number of data/clinic.yaml or of the group's front matter, or correct it there",
		Doc: `A page gives other hours, minutes or group sizes than the data

Hours a week decide which level of care a program is, and what Medicare pays for;
size and length are what a reader compares. Compared are sentences about the clinic
itself ("our program", "we") with levelsOfCare in data/clinic.yaml, and sentences
of a group type's page that name a size, and cite nobody for it, with its front
matter. Source: 42 CFR 410.44 (at least 9 hours a week of intensive outpatient
services); TIP 41.

Before: size: {min: 6, max: 12}, and: This group has 5 to 8 people.
After:  size: {min: 6, max: 12}, and: This group has 6 to 12 people.`},
	page: func(m *manuscript, report diag.Report) {
		hours, minutes := map[float64]bool{}, map[float64]bool{}
		for _, l := range m.site.Clinic.Levels {
			for _, h := range []float64{l.Hours, l.GroupHours, l.OwnHours} {
				if h > 0 {
					hours[h] = true
				}
			}
			if l.Minutes > 0 {
				minutes[float64(l.Minutes)] = true
			}
		}
		for c := range m.claims(mayHoldDose) {
			folded := prose.Fold(c.text)
			say := func(format string, args ...any) {
				pos, length := c.block.Span(c.start, c.start+len(c.text))
				report(pos, format, args...).Length = length
			}
			if c.own && len(hours) > 0 && ofCare.MatchString(folded) && !ofWork.MatchString(folded) {
				for _, m := range hoursAWeek.FindAllStringSubmatch(folded, -1) {
					if n, err := strconv.ParseFloat(m[1], 64); err == nil && !hours[n] {
						say("the page speaks of %s hours a week, and data/clinic.yaml of %s", m[1], numbersOf(hours))
					}
				}
			}
			if c.own && len(minutes) > 0 && !strings.Contains(folded, "individual") {
				for _, m := range groupMinutes.FindAllStringSubmatch(folded, -1) {
					if n, err := strconv.ParseFloat(m[1]+m[2], 64); err == nil && !minutes[n] {
						say("the page speaks of groups of %s minutes, and data/clinic.yaml of %s", m[1]+m[2], numbersOf(minutes))
					}
				}
			}
			if g := m.Group; g != nil && g.Size != (content.Range{}) && (c.own || len(c.block.Citations) == 0) && c.block.Kind != content.Field {
				for _, m := range groupSize.FindAllStringSubmatch(folded, -1) {
					low, _ := strconv.Atoi(m[1])
					high, _ := strconv.Atoi(m[2])
					if (content.Range{Min: low, Max: high}) != g.Size {
						say("the page speaks of %d to %d people, and its front matter of %d to %d", low, high, g.Size.Min, g.Size.Max)
					}
				}
			}
		}
	},
}

var (
	mayHoldDose = holds("hours", "horas", "minut", "people", "members", "participa", "clients", "personas", "miembros")
	// ofCare tells hours of care from those of a job.
	ofCare = regexp.MustCompile(`\b(?:program|programs|programa|iop|php|treatment|tratamiento|services|servicios|groups?|grupos?|care|atencion|track|turno|therapy|terapia)\b`)
	ofWork = regexp.MustCompile(`\b(?:hiring|job|post|position|shift|work|works|volunteers?|empleo|trabaj\pL*|puesto)\b`)
	// hoursAWeek is a number of hours a week that is the program's: "10 hours of
	// care a week", "10 horas a la semana". A least or most number is a rule.
	hoursAWeek = regexp.MustCompile(`(?:^|[^\d.,:–-])(\d+(?:\.\d+)?) (?:hours|horas)(?: \pL+){0,4}?,? (?:a week|per week|each week|every week|weekly|a la semana|por semana|cada semana|semanales)\b`)
	// groupMinutes is the length of a group or of its sessions.
	groupMinutes = regexp.MustCompile(`\b(?:groups?|sessions?|grupos?|sesiones|sesion)(?: of| lasts?| last| runs?| run| de| dura| duran| que duran)?(?: about| for| unos)? (\d+) (?:minutes|minutos)\b|\b(\d+)-minute (?:groups?|sessions?)\b`)
	// groupSize is a range of people.
	groupSize = regexp.MustCompile(`\b(\d+) ?(?:to|-|–|a|y|and|o|or) ?(\d+) (?:people|members|participants|clients|personas|participantes|miembros)\b`)
)

// numbersOf lists numbers for a message, the smallest first.
func numbersOf(set map[float64]bool) string {
	text := ""
	for i, n := range sortedNumbers(set) {
		if i > 0 {
			text += " or "
		}
		text += fmt.Sprint(n)
	}
	return text
}
