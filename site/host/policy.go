package host

import (
	"slices"
	"strings"
)

// Policy returns the content security policy of a site: one for all pages,
// because a union of hashes stays small where a policy a page would pass every
// limit. needs are the sources that the pages load from beyond the site's own
// files, by directive; scripts, frames and forms are allowed only where there
// are some, and nothing is allowed by 'unsafe-inline'.
// https://www.w3.org/TR/CSP3/
func Policy(needs map[string][]string) string {
	const self = "'self'"
	sources := map[string][]string{
		"default-src":     {"'none'"},
		"base-uri":        {"'none'"},
		"connect-src":     {self}, // a page may be read by itself and by tools that look at it from inside
		"font-src":        {self},
		"form-action":     {"'none'"},
		"frame-ancestors": {"'none'"},
		"img-src":         {self},
		"manifest-src":    {self},
		"media-src":       {self},
		"style-src":       {self},
	}
	order := []string{"default-src", "base-uri", "connect-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src", "manifest-src", "media-src", "object-src", "script-src", "style-src"}
	for directive, list := range needs {
		if len(list) > 0 && slices.Contains(sources[directive], "'none'") {
			sources[directive] = nil
		}
		for _, source := range list {
			if !slices.Contains(sources[directive], source) {
				sources[directive] = append(sources[directive], source)
			}
		}
	}
	var parts []string
	for _, directive := range order {
		if len(sources[directive]) > 0 {
			parts = append(parts, directive+" "+strings.Join(sources[directive], " "))
		}
	}
	return strings.Join(append(parts, "upgrade-insecure-requests"), "; ")
}
