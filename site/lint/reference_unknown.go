package lint

import "clinicblog/site/diag"

var referenceUnknown = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-unknown", Severity: diag.Error,
		Fix: "add the reference to data/references.yaml, or correct the key",
		Doc: `A citation names no reference

A marker such as [](ref:mccarty-2014) points at an entry of data/references.yaml,
where the source's title, year and DOI are kept once for all pages. Without the
entry the claim stands without its source.`},
	Run: func(s Subject, report diag.Report) {
		known := func(key string, pos diag.Pos) {
			if _, ok := s.References[key]; !ok {
				report(pos, "citation names the unknown reference %q", key)
			}
		}
		for p := range s.published() {
			for _, c := range p.Citations {
				known(c.Key, c.Pos)
			}
			if p.Group != nil {
				for _, e := range p.Group.Evidence {
					known(e.Ref, e.Pos)
				}
			}
		}
	},
}
