package lint

import (
	"regexp"
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var phoneContradiction = pageRule{
	Info: diag.Info{ID: "phone-contradiction", Severity: diag.Error,
		Fix: "write the number of data/clinic.yaml, or correct it there",
		Doc: `A page gives another number for the clinic than the clinic's own

One wrong digit sends a reader in need to a stranger. Only 83 of 100 entries in
directories of treatment led to the practice (Riley 2024, PMC11260587). Found are
numbers that a text calls the clinic's ("call us at", "our number"), and those
that miss the clinic's by one digit, or by two that changed places. A digit at the
end may be another line of the house. Fax numbers are left alone, and so are the
crisis lines.

Before: Call us at (555) 555-0124.
After:  Call us at (555) 555-0142.`},
	page: func(m *manuscript, report diag.Report) {
		clinic := strings.TrimPrefix(digits(m.site.Clinic.Telephone), "1")
		if len(clinic) < 7 {
			return
		}
		known := map[string]bool{clinic: true, clinic[max(0, len(clinic)-7):]: true}
		for _, line := range m.site.Crisis {
			for _, n := range []string{line.Call, line.Text, line.TTY} {
				known[strings.TrimPrefix(digits(n), "1")] = true
			}
		}
		for c := range m.claims(mayHoldPhone) {
			folded := prose.Fold(c.text)
			if strings.Contains(folded, "fax") {
				continue
			}
			for _, at := range phoneForm.FindAllStringIndex(c.text, -1) {
				number := c.text[at[0]:at[1]]
				d := strings.TrimPrefix(digits(number), "1")
				if known[d] || !near(d, clinic) && !(ownNumber.MatchString(folded) && len(d) >= 7) {
					continue
				}
				pos, length := c.block.Span(c.start+at[0], c.start+at[1])
				report(pos, "the page gives the number %s, and the clinic has %s", number, m.site.Clinic.Telephone).Length = length
			}
		}
	},
}

var (
	// phoneForm is a number of seven or ten digits as it is written in the United
	// States, with or without the country's code.
	phoneForm = regexp.MustCompile(`(?:\+?1[-. \x{a0}]?)?(?:\(\d{3}\)[ \x{a0}]?|\b\d{3}[-. \x{a0}\x{2010}\x{2011}])?\b\d{3}[-.\x{2010}\x{2011}]\d{4}\b`)
	// ownNumber is how a text says that a number is the clinic's main one.
	ownNumber = regexp.MustCompile(`\b(?:(?:call|phone|ring|reach|text|telephone) us|our (?:main |front desk |office )?(?:phone|telephone|number)|llamenos|nuestro (?:numero|telefono))\b`)
)

// near tells two numbers of one length apart in one digit that is not the last,
// or in two neighbours that changed places.
func near(a, b string) bool {
	if len(a) != len(b) || len(a) != 10 {
		return false
	}
	var at []int
	for i := range len(a) {
		if a[i] != b[i] {
			at = append(at, i)
		}
	}
	switch len(at) {
	case 1:
		return at[0] < len(a)-1
	case 2:
		i, j := at[0], at[1]
		return j == i+1 && a[i] == b[j] && a[j] == b[i]
	}
	return false
}

// mayHoldPhone looks for three digits, something and four digits.
func mayHoldPhone(text string) bool {
	run, before := 0, 0 // digits here, and in the run before
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			if run++; run == 4 && before == 3 {
				return true
			}
		} else if run > 0 {
			run, before = 0, run
		}
	}
	return false
}
