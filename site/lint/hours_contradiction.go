package lint

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var hoursContradiction = pageRule{
	Info: diag.Info{ID: "hours-contradiction", Severity: diag.Error,
		Fix: "write the hours of data/clinic.yaml, or correct them there",
		Doc: `A page gives other opening hours than the clinic's own

Somebody who has made up their mind to call does not call twice. Compared are
sentences that say when the clinic, its office, its desk or its phone is open, with
a time from and a time to, on days that they name or on all. Holidays, events, and
other doors of the house, such as a pharmacy, are left alone. Source: Riley 2024,
PMC11260587: facts that live in many places go wrong in most.

Before: We are open Monday to Friday, 9 a.m. to 5 p.m.
After:  We are open Wednesday and Friday, 8:30 a.m. to 5 p.m.`},
	page: func(m *manuscript, report diag.Report) {
		ours := map[string]string{} // by day, "08:30 to 21:00"
		for _, h := range m.site.Clinic.Hours {
			for _, d := range h.Days {
				ours[strings.ToLower(d)] = h.Opens + " to " + h.Closes
			}
		}
		if len(ours) == 0 {
			return
		}
		for c := range m.claims(holdsHalf) {
			folded := prose.Fold(c.text)
			times := timeRange.FindAllStringSubmatch(folded, -1)
			if len(times) != 1 || !openWords.MatchString(folded) || notTheOffice.MatchString(folded) || !c.own && !theOffice.MatchString(folded) {
				continue // of several ranges it cannot be told which days are whose
			}
			said := clockOf(times[0][1], times[0][2], times[0][3], times[0][6]) + " to " + clockOf(times[0][4], times[0][5], times[0][6], times[0][6])
			days := daysOf(folded)
			if len(days) == 0 && slices.Contains(slices.Collect(maps.Values(ours)), said) {
				continue
			}
			wrong := ""
			for _, d := range days {
				if ours[d] != said {
					wrong = d
					break
				}
			}
			switch {
			case wrong != "" && ours[wrong] == "":
				wrong = fmt.Sprintf("the clinic is closed on %s", title(wrong))
			case wrong != "":
				wrong = fmt.Sprintf("the clinic is open from %s on %s", ours[wrong], title(wrong))
			case len(days) == 0:
				wrong = "the clinic has these hours on no day"
			default:
				continue
			}
			pos, length := c.block.Span(c.start, c.start+len(c.text))
			report(pos, "the page says %s, and by data/clinic.yaml %s", said, wrong).Length = length
		}
	},
}

var (
	openWords    = regexp.MustCompile(`\b(?:open|opens|hours|answer|answers|abr\pL+|abiert\pL+|horario|atend\pL+|atienden)\b`)
	theOffice    = regexp.MustCompile(`\b(?:the (?:clinic|office|front desk|reception|phone|phone line)|reception|la (?:clinica|oficina|recepcion)|el telefono)(?: is| are)? (?:open|opens|answered|abre|atiende|esta abiert[ao])\b`)
	notTheOffice = regexp.MustCompile(`\b(?:holiday|holidays|christmas|thanksgiving|eve|open house|except|pharmacy|window|pantry|lobby|library|shop|cafe|lab|group|groups|track|class|meeting|line 988|crisis|feriados?|festivos?|navidad|farmacia|grupos?|turno|salvo|excepto)\b`)
	timeRange    = regexp.MustCompile(`\b(\d{1,2})(?::(\d{2}))? ?(a\.? ?m\.?|p\.? ?m\.?)? ?(?:to|until|till|and|-|–|a|hasta|y)(?: las?)? ?(\d{1,2})(?::(\d{2}))? ?(a\.? ?m\.?|p\.? ?m\.?)`)
)

// weekDays are the days in both languages, as words are compared; those of one
// place are one day.
var weekDays = [][]string{
	{"monday", "mon", "mondays", "lunes"}, {"tuesday", "tue", "tuesdays", "martes"}, {"wednesday", "wed", "wednesdays", "miercoles"},
	{"thursday", "thu", "thursdays", "jueves"}, {"friday", "fri", "fridays", "viernes"}, {"saturday", "sat", "saturdays", "sabado", "sabados"},
	{"sunday", "sun", "sundays", "domingo", "domingos"},
}

// daysOf returns the days that a sentence names, in English: those between two
// with "to" between them, too.
func daysOf(folded string) []string {
	set := map[int]bool{}
	last, through := -1, false
	for _, w := range prose.Words(strings.NewReplacer("–", " to ", "-", " to ").Replace(folded)) {
		day := slices.IndexFunc(weekDays, func(names []string) bool { return slices.Contains(names, w.Fold) })
		switch {
		case day >= 0:
			if through && last >= 0 {
				for d := last; d != day; d = (d + 1) % 7 {
					set[d] = true
				}
			}
			set[day] = true
			last, through = day, false
		case w.Fold == "weekdays":
			for d := range 5 {
				set[d] = true
			}
		case w.Fold == "to" || w.Fold == "through" || w.Fold == "a":
			through = true
		case w.Fold == "daily" || w.Fold == "diario":
			for d := range 7 {
				set[d] = true
			}
		default:
			through = false
		}
	}
	var days []string
	for d := range 7 {
		if set[d] {
			days = append(days, weekDays[d][0])
		}
	}
	return days
}

// clockOf writes an hour of a 12-hour clock as 15:04. Without a half of the day of
// its own, it has that of the end: "9 to 11 a.m."; "8 to 5 p.m." begins in the
// morning.
func clockOf(hour, minute, half, end string) string {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	pm := strings.HasPrefix(half, "p")
	if half == "" {
		pm = strings.HasPrefix(end, "p") && h < 7
	}
	switch {
	case pm && h < 12:
		h += 12
	case !pm && h == 12:
		h = 0
	}
	return fmt.Sprintf("%02d:%02d", h, m)
}

// holdsHalf looks for a.m. or p.m. behind a digit.
func holdsHalf(text string) bool {
	for i := 2; i < len(text); i++ {
		if c := text[i] | 0x20; c == 'm' {
			j := i - 1
			for j > 0 && (text[j] == ' ' || text[j] == '.') {
				j--
			}
			if c := text[j] | 0x20; c != 'a' && c != 'p' {
				continue
			}
			for j--; j > 0 && text[j] == ' '; j-- {
			}
			if j >= 0 && '0' <= text[j] && text[j] <= '9' {
				return true
			}
		}
	}
	return false
}

func title(day string) string { return strings.ToUpper(day[:1]) + day[1:] }
