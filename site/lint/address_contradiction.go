package lint

import (
	"regexp"
	"strings"
	"sync"

	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var addressContradiction = pageRule{
	Info: diag.Info{ID: "address-contradiction", Severity: diag.Error,
		Fix: "write the address of data/clinic.yaml, or correct it there",
		Doc: `A page gives another house number than the clinic's own

The street is the clinic's and the number is not: somebody who comes for the first
time stands before the wrong door. Only 56 of 100 entries in directories of
treatment were exactly right (Riley 2024, PMC11260587), because facts lived in
many places.

Before: Come to 110 Sample Street.
After:  Come to 100 Sample Street.`},
	page: func(m *manuscript, report diag.Report) {
		parts := streetForm.FindStringSubmatch(prose.Fold(m.site.Clinic.Address.Street))
		if parts == nil {
			return
		}
		same := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(\d+)\s+` + regexp.QuoteMeta(parts[2]) + `\b`) })
		_, street, _ := strings.Cut(m.site.Clinic.Address.Street, " ")
		word, _, _ := strings.Cut(strings.TrimSpace(street), " ")
		for c := range m.claims(func(text string) bool { return strings.Contains(text, word) }) {
			folded := prose.Fold(c.text)
			for _, at := range same().FindAllStringSubmatchIndex(folded, -1) {
				if number := folded[at[2]:at[3]]; number != parts[1] {
					pos := c.block.At(c.start)
					length := 0
					if len(folded) == len(c.text) { // no accent was taken away: offsets are the same
						pos, length = c.block.Span(c.start+at[0], c.start+at[1])
					}
					report(pos, "the page gives house number %s, and the clinic's address is %s", number, m.site.Clinic.Address.Street).Length = length
				}
			}
		}
	},
}

// streetForm is a house number and the name of a street.
var streetForm = regexp.MustCompile(`^(\d+)\s+(\pL[\pL\d .'-]*\pL)`)
