package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var keyCollision = diag.Rule[Subject]{
	Info: diag.Info{ID: "key-collision", Severity: diag.Error,
		Fix: "rename one of the files",
		Doc: `Two people, or two group types, have the same key

Others refer to a person or a group by the name of its file, wherever it lies
below its folder. Two files of one name leave open who is meant.`},
	Run: func(s Subject, report diag.Report) {
		type named struct {
			kind      content.Kind
			key, lang string
		}
		seen := map[named]string{}
		for p := range s.published() {
			if p.Group == nil && p.Person == nil {
				continue
			}
			id := named{p.Kind, p.Key, p.Lang}
			if first, twice := seen[id]; twice {
				report(p.At(""), "key %q already belongs to %s", p.Key, first)
				continue
			}
			seen[id] = p.Source
		}
	},
}
