package lint

import (
	"net/url"
	"strings"

	"clinicblog/site/diag"
)

var referenceDuplicate = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-duplicate", Severity: diag.Error,
		Fix: "keep one entry, and cite its key everywhere",
		Doc: `Two references are the same source

A page that cites both lists one study twice, as if two had found the same. Two
entries are one source when they share a DOI, PMID, PMCID, NBK or ISBN, or an
address that is more than a home page. Source: ICMJE Recommendations,
"References"; Cochrane Handbook, 4.6.2: one study, one count.

Before: lee-2020: {doi: 10.1000/1}, and lee-et-al: {doi: 10.1000/1}
After:  lee-2020: {doi: 10.1000/1}`},
	Run: func(s Subject, report diag.Report) {
		first := map[string]string{}
		for key, r := range s.references() {
			for _, id := range []struct{ name, value string }{
				{"doi", strings.ToLower(r.DOI)}, {"pmid", r.PMID}, {"pmcid", strings.ToUpper(r.PMCID)}, {"nbk", strings.ToUpper(r.NBK)},
				{"isbn", isbnDigits(r.ISBN)}, {"url", deepAddress(r.URL)},
			} {
				if id.value == "" {
					continue
				}
				if other := first[id.name+id.value]; other != "" {
					report(r.At(id.name), "references %q and %q have the same %s", other, key, id.name)
					break
				}
				first[id.name+id.value] = key
			}
		}
	},
}

// deepAddress returns an address in the form in which it is compared, "" for that
// of a home page, which several sources may have.
func deepAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.Path, "/") + "?" + u.RawQuery
}
