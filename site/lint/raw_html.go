package lint

import "clinicblog/site/diag"

var rawHTML = diag.Rule[Subject]{
	Info: diag.Info{ID: "raw-html", Severity: diag.Error,
		Fix: "write it in Markdown; to show the characters, write &lt; for <",
		Doc: `A page holds raw HTML

Hugo drops raw HTML in Markdown and says so only in its log, so the text around
it is published with a hole. Letting it through would let an injected script
or frame through too, which is how spam and trackers get onto clinics' sites.
Comments are allowed; they are not published.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, raw := range p.RawHTML {
				report(raw.Pos, "raw HTML is not published")
			}
		}
	},
}
