package lint

import "clinicblog/site/diag"

var riskyLink = pageRule{
	Info: diag.Info{ID: "risky-link", Severity: diag.Error,
		Fix: "link to the page itself, by its own address",
		Doc: `A link does not say where it leads

A shortener, a machine's number, letters that look like others, a name before
the host, or an address handed on in a parameter: the reader cannot see where
such a link leads, and whoever owns it can change that later. Injected links
use all of these (Google, spam policies: hacked content, sneaky redirects).

Before: [a helpful page](https://bit.ly/3abc)
After:  [a helpful page](https://www.samhsa.gov/find-help)`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			for _, l := range m.Blocks[i].Links {
				if why := risk(l.Destination); why != "" {
					report(l.Pos, "link %q %s", l.Destination, why)
				}
			}
		}
	},
}
