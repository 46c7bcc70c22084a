package lint

import (
	"fmt"
	"strconv"
	"strings"

	"clinicblog/site/diag"
)

// oldYears is the age in years from which a source is looked at again.
const oldYears = 10

var referenceOld = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-old", Severity: diag.Advice, Standing: true,
		Fix: "look for newer evidence; set seminal: true on a source that still holds",
		Doc: `Cited sources are more than ten years old

What was known then may have been corrected since. seminal: true on a reference
says that somebody looked and that it still holds: a guide that was not replaced,
a study that others build on. This is one finding for the whole list. Source: NHS
standard for creating health content: evidence is current.

Before: year: 2005
After:  year: 2005, and seminal: true`},
	Run: func(s Subject, report diag.Report) {
		cited := s.cited()
		var old []string
		var pos diag.Pos
		for key, r := range s.references() {
			year, err := strconv.Atoi(r.Year)
			if err != nil || r.Seminal || !cited[key] || s.Now.Year()-year <= oldYears {
				continue
			}
			if old = append(old, fmt.Sprintf("%s (%d)", key, year)); len(old) == 1 {
				pos = r.At("year")
			}
		}
		switch n := len(old); {
		case n == 1:
			report(pos, "cited reference %s is more than %d years old", old[0], oldYears)
		case n > 1:
			more := ""
			if n > 3 {
				old, more = old[:3], ", …"
			}
			report(pos, "%d cited references are more than %d years old: %s%s", n, oldYears, strings.Join(old, ", "), more)
		}
	},
}
