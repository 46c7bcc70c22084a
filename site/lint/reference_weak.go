package lint

import (
	"net/url"
	"strings"

	"clinicblog/site/diag"
)

var referenceWeak = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-weak", Severity: diag.Advice, Standing: true,
		Fix: "add its DOI, PMID, PMCID, NBK or ISBN, or cite a stronger source",
		Doc: `A reference cannot be looked up in any register

Without a DOI, PMID, PMCID, NBK or ISBN, and at no government's address, nobody
says that the source will stay, or that anyone judged it before. Laws, and the
crisis lines' own sites, need none. Source: JAMA benchmarks: attribution;
MedlinePlus, "Evaluating health information".

Before: url: https://blog.example.com/why-groups-work
After:  doi: 10.1037/pst0000090`},
	Run: func(s Subject, report diag.Report) {
		lines := map[string]bool{}
		for _, l := range s.Crisis {
			if u, err := url.Parse(l.URL); err == nil && u.Host != "" {
				lines[strings.ToLower(u.Host)] = true
			}
		}
		cited := s.cited()
		for key, r := range s.references() {
			if !cited[key] || r.Type == "law" || r.DOI+r.PMID+r.PMCID+r.NBK+r.ISBN != "" || official(r.URL) {
				continue
			}
			if u, err := url.Parse(r.URL); err == nil && lines[strings.ToLower(u.Host)] {
				continue
			}
			report(r.Pos, "reference %q has no identifier and no government's address", key)
		}
	},
}
