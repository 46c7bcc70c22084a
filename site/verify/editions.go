package verify

import (
	"fmt"
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/verify/dom"
)

// xDefault is the code of the version for readers of any other language.
const xDefault = "x-default"

// edition notes a link that names the language of the page that it leads to.
// Pages are compared when all are read.
func (w *worker) edition(i int32, href string, alternate bool) {
	p := &w.page
	code, ok := p.Attr(i, dom.Hreflang)
	if !ok {
		return
	}
	if !languageTag(code) && !(alternate && strings.EqualFold(code, xDefault)) {
		w.findings.add(p.file, &hreflangCode, href, "hreflang %q is no language", clip(code))
		return
	}
	if d := w.resolve(href); d.kind == local {
		f := &w.facts[p.file]
		f.editions = append(f.editions, edition{strings.Clone(code), strings.Clone(href), d.file, alternate})
	}
}

// checkEditions compares what pages say of each other's language.
func (s *site) checkEditions(all findings) {
	for file := range s.facts {
		s.checkEdition(int32(file), all)
	}
}

func (s *site) checkEdition(file int32, all findings) {
	f := &s.facts[file]
	self, some := false, false
	seen := map[string]bool{}
	report := func(info *diag.Info, e edition, format string, args ...any) {
		all[problem{info.ID, e.href, file}] = &finding{info: info, message: fmt.Sprintf(format, args...), places: places{first: [4]int32{file}, n: 1, last: file}}
	}
	for _, e := range f.editions {
		to, what := &s.facts[e.file], "link"
		if e.alternate {
			what = "alternate link"
			some = true
			if code := strings.ToLower(e.code); seen[code] {
				report(&hreflangCode, e, "two alternate links say %s", e.code)
			} else {
				seen[code] = true
			}
		}
		if strings.EqualFold(e.code, xDefault) || !to.hasIDs || to.lang == "" {
			continue
		}
		if !sameLanguage(e.code, to.lang) {
			report(&hreflangCode, e, "%s %s says %s, but %s is in %s", what, e.href, e.code, s.paths[e.file], to.lang)
		}
		switch {
		case !e.alternate:
		case e.file == file:
			self = true
		case !to.names(file):
			report(&hreflangReturn, e, "alternate link %s does not lead back to %s", e.href, s.paths[file])
		}
	}
	if some && !self {
		report(&hreflangReturn, edition{}, "page does not name itself among its versions in several languages")
	}
}

// names tells whether a page lists another as a version of itself.
func (f *facts) names(file int32) bool {
	for _, e := range f.editions {
		if e.alternate && e.file == file && !strings.EqualFold(e.code, xDefault) {
			return true
		}
	}
	return false
}

// sameLanguage tells whether a code names the language of a page: es names es-US.
func sameLanguage(code, lang string) bool {
	return strings.EqualFold(code, lang) || len(lang) > len(code) && lang[len(code)] == '-' && strings.EqualFold(code, lang[:len(code)])
}
