package lint

import "clinicblog/site/diag"

var sponsorUnnamed = diag.Rule[Subject]{
	Info: diag.Info{ID: "sponsor-unnamed", Severity: diag.Error,
		Fix: "add sponsor: with the name of who paid",
		Doc: `A page was paid for and does not say by whom

Who paid decides how a reader weighs a page on care. The line that names them is
shown where the page begins, and its links to other sites carry rel=sponsored.
Sources: FTC Endorsement Guides, 16 CFR 255.5; JAMA benchmarks: disclosure; Google
Search Central, "Qualify your outbound links".

Before: sponsored: true
After:  sponsor: Example Foundation`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if p.Sponsored && p.Sponsor == "" {
				report(p.At("sponsored"), "the page is sponsored and names nobody who paid")
			}
		}
	},
}
