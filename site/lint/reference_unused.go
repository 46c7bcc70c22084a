package lint

import "clinicblog/site/diag"

var referenceUnused = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-unused", Severity: diag.Advice,
		Fix: "cite it, or remove it from data/references.yaml",
		Doc: `A reference is cited nowhere

Whoever keeps the list up to date checks it for nothing; or a marker was lost, and
a claim stands without its source. Citations in drafts and in the evidence of
group types count. Source: ICMJE Recommendations, "References".

Before: moreno-2020 in data/references.yaml, and no [](ref:moreno-2020)
After:  Groups helped about as much.[](ref:moreno-2020)`},
	Run: func(s Subject, report diag.Report) {
		cited := s.cited()
		for key, r := range s.references() {
			if !cited[key] {
				report(r.Pos, "reference %q is cited nowhere", key)
			}
		}
	},
}
