package host

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// netlify writes _headers and _redirects for Netlify.
//
// Its wildcard stands only at the end of a path, so that files are named one by
// one, or by a folder in which all are alike. No two rules set one header for
// one file; pages get the host's own Cache-Control, which is ours.
// https://docs.netlify.com/manage/routing/headers/
//
// No limit is documented in numbers: "If the size of this output is too large, the
// deploy might fail", and patterns are recommended from 10,000 redirects on.
// https://docs.netlify.com/manage/routing/redirects/overview/
func netlify(s Site) ([]Config, []diag.Diagnostic) {
	var b strings.Builder
	fmt.Fprintf(&b, "/*\n")
	for _, h := range s.Always {
		fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
	}
	for _, r := range s.folders() {
		name := requested(r.path)
		if r.path != "" && strings.HasSuffix(r.path, "/") {
			name += "*"
		}
		fmt.Fprintf(&b, "%s%s\n  Cache-Control: %s\n  Content-Type: %s\n", s.base(), name, r.cache, r.contentType)
	}
	redirects, _ := redirectLines(s, "301!")
	var gone strings.Builder
	for _, g := range s.Gone {
		for _, from := range forms(g) {
			for _, from := range spellings(from) {
				fmt.Fprintf(&gone, "%s %s404.html 410!\n", from, s.base())
			}
		}
	}
	return []Config{{"_headers", []byte(b.String()), true}, {"_redirects", []byte(redirects + gone.String()), true}}, nil
}

// folders lists all files but pages, one rule a file, and one rule a folder
// where all that lies in it and below is of one kind. The path of a folder ends
// with a slash.
func (s Site) folders() []rule {
	mixed := map[string]bool{"": true}
	kinds := map[string]kind{}
	for _, f := range s.Files {
		k := s.kindOf(f.Path)
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			if had, ok := kinds[dir]; ok && had != k || isPage(f.Path) {
				mixed[dir] = true
			}
			kinds[dir] = k
		}
	}
	var rules []rule
	for _, f := range s.Files {
		if isPage(f.Path) {
			continue
		}
		name := f.Path
		for dir := path.Dir(f.Path); dir != "." && !mixed[dir]; dir = path.Dir(dir) {
			name = dir + "/"
		}
		if len(rules) == 0 || rules[len(rules)-1].path != name {
			rules = append(rules, rule{pattern{path: name}, s.kindOf(f.Path)})
		}
	}
	slices.SortFunc(rules, func(a, b rule) int { return strings.Compare(a.path, b.path) })
	return rules
}
