package lint

import "clinicblog/site/diag"

var unapprovedLink = pageRule{
	Info: diag.Info{ID: "unapproved-link", Severity: diag.Advice,
		Fix: "look at the site; if readers should go there, run `clinicblog links approve HOST`",
		Doc: `A link leads to a site that nobody approved

Links that others put into a clinic's pages sell her good name, and Florida law
forbids a treatment provider links that lead readers elsewhere unseen (Fla.
Stat. 397.55). So each site that pages lead to is approved once, in
data/links.yaml, where a new one is a line that a reviewer sees. Government and
school domains, the references, the crisis lines and the clinic's own profiles
need no approval. Where the text around the link sells something too, that is
injected-spam.

Before: hosts: []
After:  hosts: [aa.org]`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			for _, l := range m.Blocks[i].Links {
				if host := Outbound(l.Destination); host != "" && !m.reader.approved.Allow(host) {
					report(l.Pos, "nobody approved %s as a site that pages lead to", host).
						Fix = "look at the site; if readers should go there, run `clinicblog links approve " + host + "`"
				}
			}
		}
	},
}
