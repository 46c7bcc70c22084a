package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var groupNumbers = diag.Rule[Subject]{
	Info: diag.Info{ID: "group-numbers", Severity: diag.Error,
		Fix: "write min and max as whole numbers, the smaller first",
		Doc: `A group's size or session length makes no sense

Size counts people, session counts minutes. A group has at least two people
and a session ends on the day it started; a range runs from the smaller number
to the larger.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if p.Group == nil {
				continue
			}
			check := func(key, unit string, r content.Range, least, most int) {
				if r != (content.Range{}) && (r.Min < least || r.Max > most || r.Min > r.Max) {
					report(p.At(key), "%s of %d to %d %s makes no sense", key, r.Min, r.Max, unit)
				}
			}
			check("size", "people", p.Group.Size, 2, 100)
			check("session", "minutes", p.Group.Session, 5, 600)
		}
	},
}
