package host

import (
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

type jsonHeader struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func jsonHeaders(headers ...Header) []jsonHeader {
	all := make([]jsonHeader, len(headers))
	for i, h := range headers {
		all[i] = jsonHeader{h.Name, h.Value}
	}
	return all
}

// vercel writes vercel.json for a folder that is deployed as it is. Sources are
// patterns of path-to-regexp; of several that match, the last one counts.
// https://vercel.com/docs/project-configuration/vercel-json
func vercel(s Site) ([]Config, []diag.Diagnostic) {
	type headerRule struct {
		Source  string       `json:"source"`
		Headers []jsonHeader `json:"headers"`
	}
	type redirect struct {
		Source      string `json:"source"`
		Destination string `json:"destination"`
		StatusCode  int    `json:"statusCode"`
	}
	const source = "https://vercel.com/docs/routing/redirects/configuration-redirects"
	headers := []headerRule{{"/(.*)", jsonHeaders(append(slices.Clone(s.Always), Header{"Cache-Control", cachePage})...)}}
	for _, r := range s.cascade(pattern.match) {
		from := "(.*)" + regexp.QuoteMeta(r.ext)
		switch {
		case r.path != "":
			from = plain(requested(r.path))
		case r.stamp != "":
			from = "(.*)" + regexp.QuoteMeta(r.stamp) + "(" + stampDigits + ")" + regexp.QuoteMeta(r.ext)
		}
		headers = append(headers, headerRule{s.base() + from, jsonHeaders(Header{"Cache-Control", r.cache}, Header{"Content-Type", r.contentType})})
	}
	redirects := []redirect{}
	most := 0
	var ds []diag.Diagnostic
	for _, m := range s.Moved {
		if _, query, _ := strings.Cut(m.To, "?"); variable.MatchString(query) {
			ds = append(ds, limitRule.At(diag.Pos{}, "Vercel reads a colon in the query of where a redirect leads as a variable, and refuses the site: %s leads to %s", m.From, m.To).
				WithFix("let it lead to another address, or choose another host"))
		}
		for _, from := range forms(m.From) {
			redirects = append(redirects, redirect{plain(escaped(from)), escaped(m.To), 301})
			most = max(most, len(from), len(m.To))
		}
	}
	// "Number of redirects in the array: 2,048", "String length for source and
	// destination: 4,096": source. Headers: 2,048 rules, values of 32,768 characters,
	// in the schema that Vercel checks the file by.
	const schema = "https://openapi.vercel.sh/vercel.json"
	ds = append(ds, limit(len(headers), 2048, "rules for headers", "Vercel", schema)...)
	ds = append(ds, limit(len(redirects), 2048, "redirects", "Vercel", source)...)
	ds = append(ds, limit(most, 4096, "characters in a redirect", "Vercel", source)...)
	return []Config{{"vercel.json", encode(map[string]any{
		"$schema":       schema,
		"trailingSlash": true, // otherwise /about is served too, and relative links on it lead elsewhere
		"headers":       headers,
		"redirects":     redirects,
	}), true}}, ds
}

// variable matches what Vercel takes for one in a query, decoded or not.
var variable = regexp.MustCompile(`(?i)(:|%3a)[0-9A-Za-z_]`)

// plain is a path in which path-to-regexp sees no pattern.
func plain(p string) string {
	return strings.NewReplacer(".", `\.`, "(", `\(`, ")", `\)`, "+", `\+`, "*", `\*`, "?", `\?`, ":", `\:`).Replace(p)
}
