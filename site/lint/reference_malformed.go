package lint

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"clinicblog/site/diag"

	bcp47 "golang.org/x/text/language"
)

var referenceMalformed = diag.Rule[Subject]{
	Info: diag.Info{ID: "reference-malformed", Severity: diag.Error,
		Fix: "copy it from the source itself",
		Doc: `A reference has an identifier, year, language or address that cannot be right

Readers follow it to check the claim, and it leads nowhere. A doi is 10., four to
nine digits, a slash and a suffix, without https://doi.org/ before it; a pmid is
digits; a pmcid is PMC and digits, an nbk NBK and digits; the check digit of an
isbn fits; the year is not in the future; an address begins with https://. The lang
of a title that is not in the site's first language is a code such as es, by which
it is read aloud. Source: DOI Handbook, 2.2; NLM, "PMID and PMCID"; ISBN Users'
Manual, check digits; BCP 47.

Before: doi: https://doi.org/10.1176/appi.ps.201300249
After:  doi: 10.1176/appi.ps.201300249`},
	Run: func(s Subject, report diag.Report) {
		for key, r := range s.references() {
			for _, id := range []struct {
				name, value string
				form        *regexp.Regexp
			}{{"doi", r.DOI, doiForm}, {"pmid", r.PMID, pmidForm}, {"pmcid", r.PMCID, pmcidForm}, {"nbk", r.NBK, nbkForm}} {
				if id.value != "" && !id.form.MatchString(id.value) {
					report(r.At(id.name), "reference %q has a %s that is none: %q", key, id.name, id.value)
				}
			}
			if r.ISBN != "" && !validISBN(isbnDigits(r.ISBN)) {
				report(r.At("isbn"), "reference %q has an isbn whose check digit does not fit: %q", key, r.ISBN)
			}
			if r.Year != "" {
				if year, err := strconv.Atoi(r.Year); err != nil || year < 1500 || year > s.Now.Year() {
					report(r.At("year"), "reference %q has the year %q", key, r.Year)
				}
			}
			if r.Lang != "" {
				if _, err := bcp47.Parse(r.Lang); err != nil {
					report(r.At("lang"), "reference %q has a lang that is no language: %q", key, r.Lang)
				}
			}
			if r.URL != "" {
				if u, err := url.Parse(r.URL); err != nil || u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") {
					report(r.At("url"), "reference %q has an address that is not https: %q", key, r.URL)
				}
			}
		}
	},
}

var (
	doiForm   = regexp.MustCompile(`^10\.\d{4,9}(\.\d+)*/\S+$`)
	pmidForm  = regexp.MustCompile(`^[1-9]\d{0,7}$`)
	pmcidForm = regexp.MustCompile(`^PMC[1-9]\d{0,8}$`)
	nbkForm   = regexp.MustCompile(`^NBK[1-9]\d{0,8}$`)
)

// isbnDigits returns an ISBN without hyphens and spaces, its X in upper case.
func isbnDigits(s string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "", "–", "").Replace(s))
}

// validISBN checks the last of 10 or 13 digits. Source: ISBN Users' Manual.
func validISBN(s string) bool {
	sum := 0
	for i, r := range s {
		d := int(r - '0')
		if r == 'X' && i == 9 && len(s) == 10 {
			d = 10
		}
		if d < 0 || d > 10 || d == 10 && r != 'X' {
			return false
		}
		if len(s) == 13 {
			sum += d * (1 + i%2*2)
		} else {
			sum += d * (10 - i)
		}
	}
	return len(s) == 10 && sum%11 == 0 || len(s) == 13 && sum%10 == 0
}
