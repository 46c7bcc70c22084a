package lint

import (
	"regexp"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var staleCrisisNumber = pageRule{
	Info: diag.Info{ID: "stale-crisis-number", Severity: diag.Error,
		Fix: "write 988",
		Doc: `A page gives a number of the old suicide lifeline

Since 16 July 2022 the number in the United States is 988 (National Suicide Hotline
Designation Act of 2020; 988lifeline.org). The ten digits and the letters TALK
still lead there, but nobody remembers them in a crisis, they cannot be texted, and
they say that a page has not been looked at for years. The line in Spanish is 988
as well: press 2.

    before  Call 1-800-273-TALK (8255).
    after   Call or text 988.`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			staleNumbers(&m.Blocks[i], report)
		}
	},
}

// oldLifeline is 1-800-273-8255 in any formatting, in letters too, and the line
// in Spanish, 1-888-628-9454.
var oldLifeline = regexp.MustCompile(`(?i)(?:\+?1[-.\s\x{2010}-\x{2014}\x{a0}]*)?\(?8(?:00\)?[-.\s\x{2010}-\x{2014}\x{a0}/]*273[-.\s\x{2010}-\x{2014}\x{a0}]*(?:talk\b(?:\s*\(?-?8255\)?)?|8255\b(?:\s*\(talk\))?)|88\)?[-.\s\x{2010}-\x{2014}\x{a0}/]*628[-.\s\x{2010}-\x{2014}\x{a0}]*9454\b)`)

func staleNumbers(b *content.Block, report diag.Report) {
	if mayBeOld(b.Text) && !(strings.Contains(b.Text, "988") && replaced.MatchString(b.Text)) {
		for _, at := range oldLifeline.FindAllStringIndex(b.Text, -1) {
			pos, length := b.Span(at[0], at[1])
			old := b.Text[at[0]:at[1]]
			d := report(pos, "%s is the old number of the 988 lifeline", old)
			d.Length = length
			if length == len(old) {
				d.Edits = []diag.Edit{{Pos: pos, Old: old, New: "988"}}
			}
		}
	}
	for _, l := range b.Links {
		if mayBeOld(l.Destination) && oldLifeline.MatchString(l.Destination) && !oldLifeline.MatchString(l.Text) {
			report(l.Pos, "the link dials %s, the old number of the 988 lifeline", strings.TrimPrefix(l.Destination, "tel:"))
		}
	}
}

// replaced tells a text that says what became of the old number.
var replaced = regexp.MustCompile(`(?i)\b(old|former|formerly|previous|replaced?|used to|was|still|antiguo|anterior|reemplaz\w+|sustituy\w+)\b`)

func mayBeOld(s string) bool { return strings.Contains(s, "273") || strings.Contains(s, "628") }
