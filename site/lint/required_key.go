package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var requiredKey = diag.Rule[Subject]{
	Info: diag.Info{ID: "required-key", Severity: diag.Error,
		Fix: "add the key to the front matter",
		Doc: `A page lacks a key that its kind needs

Every page needs a title and a description: they are what a search result and
a shared link show. An article needs its author and its date. A group type
needs all that its page and the comparison of groups show, so that no reader
meets an empty cell.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			need := func(key string, present bool) {
				if !present {
					report(p.At(key), "%s has no %s", p.Source, key)
				}
			}
			need("title", p.Title != "")
			need("description", p.Description != "")
			if p.Kind == content.Article && !p.Section {
				need("author", p.Author != "")
				need("date", p.Dated)
			}
			if g := p.Group; g != nil {
				need("goal", g.Goal != "")
				need("format", g.Format != "")
				need("size", g.Size != content.Range{})
				need("session", g.Session != content.Range{})
				need("leader", g.Leader != "")
				need("suits", len(g.Suits) > 0)
				need("stage", g.Stage != "")
				need("evidence", len(g.Evidence) > 0)
			}
		}
	},
}
