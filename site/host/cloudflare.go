package host

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// cloudflare writes _headers and _redirects for Cloudflare Pages.
//
// All rules that match an address apply, and a header that two of them set gets
// both values: a rule takes off what an earlier one may have set, with "!". Its
// wildcard is any text, and may stand once in a rule; a placeholder is a part
// of a path. https://developers.cloudflare.com/pages/configuration/headers/
func cloudflare(s Site) ([]Config, []diag.Diagnostic) {
	const title = "Cloudflare Pages"
	const headersSource, redirectsSource = "https://developers.cloudflare.com/pages/configuration/headers/", "https://developers.cloudflare.com/pages/configuration/redirects/"
	const limitsSource = "https://developers.cloudflare.com/pages/platform/limits/"
	var b strings.Builder
	fmt.Fprintf(&b, "/*\n")
	for _, h := range append(slices.Clone(s.Always), Header{"Cache-Control", cachePage}) {
		fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
	}
	rules := s.cascade(func(p pattern) string {
		if p.stamp != "" {
			return `.*` + regexp.QuoteMeta(p.stamp) + `[^/]+` + regexp.QuoteMeta(p.ext)
		}
		return p.match()
	})
	for _, r := range rules {
		name := "*" + r.ext
		switch {
		case r.path != "":
			name = requested(r.path)
		case r.stamp != "":
			name = "*" + r.stamp + ":hash" + r.ext
		}
		fmt.Fprintf(&b, "%s%s\n  ! Cache-Control\n  Cache-Control: %s\n  ! Content-Type\n  Content-Type: %s\n", s.base(), name, r.cache, r.contentType)
	}
	headers := b.String()
	// "A project is limited to 100 header rules. Each line in the _headers file has a
	// 2,000 character limit": headersSource.
	ds := limit(1+len(rules), 100, "rules in _headers", title, headersSource)
	ds = append(ds, limit(longest(headers), 2000, "characters in a line of _headers", title, headersSource)...)

	redirects, n := redirectLines(s, "301")
	// 2,000 static redirects, each of 1,000 characters: redirectsSource.
	ds = append(ds, limit(n, 2000, "redirects", title, redirectsSource)...)
	ds = append(ds, limit(longest(redirects), 1000, "characters in a redirect", title, redirectsSource)...)
	// 25 MiB a file, 20,000 files on the free plan and 100,000 on others: limitsSource.
	for _, f := range s.Files {
		ds = append(ds, limit(int(f.Size), 25<<20, "bytes in a file, and "+f.Path+" is larger", title, limitsSource)...)
	}
	ds = append(ds, limit(len(s.Files), 100_000, "files", title, limitsSource)...)
	ds = append(ds, freely(len(s.Files), 20_000, "files", title, limitsSource)...)
	return []Config{{"_headers", []byte(headers), true}, {"_redirects", []byte(redirects), true}}, ds
}

// redirectLines writes the lines of a _redirects file for all addresses that
// have moved, and counts them. Addresses are compared byte by byte, and some
// systems write what they encode in small letters.
func redirectLines(s Site, status string) (lines string, n int) {
	var b strings.Builder
	for _, m := range s.Moved {
		for _, from := range forms(m.From) {
			for _, from := range spellings(from) {
				fmt.Fprintf(&b, "%s %s %s\n", from, escaped(m.To), status)
				n++
			}
		}
	}
	return b.String(), n
}

// spellings are the forms in which an address is asked for: encoded in capitals
// and in small letters, where there is a difference.
func spellings(path string) []string {
	upper := escaped(path)
	lower := encodedByte.ReplaceAllStringFunc(upper, strings.ToLower)
	return slices.Compact([]string{upper, lower})
}

var encodedByte = regexp.MustCompile(`%[0-9A-F]{2}`)

func longest(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n = max(n, len(line)-1)
	}
	return n
}
