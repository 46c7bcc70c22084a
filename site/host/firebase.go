package host

import (
	"bytes"
	"encoding/json"
	"slices"

	"clinicblog/site/diag"
)

// firebase writes firebase.json, which stands beside the published folder. Of
// several header rules that match, the last one counts.
// https://firebase.google.com/docs/hosting/full-config
func firebase(s Site) ([]Config, []diag.Diagnostic) {
	type headerRule struct {
		Source  string       `json:"source,omitempty"`
		Regex   string       `json:"regex,omitempty"`
		Headers []jsonHeader `json:"headers"`
	}
	type redirect struct {
		Source      string `json:"source"`
		Destination string `json:"destination"`
		Type        int    `json:"type"`
	}
	headers := []headerRule{{Source: "**", Headers: jsonHeaders(append(slices.Clone(s.Always), Header{"Cache-Control", cachePage})...)}}
	for _, r := range s.cascade(pattern.match) {
		headers = append(headers, headerRule{
			Regex:   "^" + s.base() + r.match() + "$",
			Headers: jsonHeaders(Header{"Cache-Control", r.cache}, Header{"Content-Type", r.contentType}),
		})
	}
	redirects := []redirect{}
	for _, m := range s.Moved {
		for _, from := range forms(m.From) {
			redirects = append(redirects, redirect{from, escaped(m.To), 301})
		}
	}
	return []Config{{"firebase.json", encode(map[string]any{"hosting": map[string]any{
		"public": "public",
		// Hosts leave out all names with a full stop by default, /.well-known/ too.
		"ignore":        []string{"firebase.json", ".clinicblog.json"},
		"trailingSlash": true,
		"headers":       headers,
		"redirects":     redirects,
	}}), false}}, nil
}

// encode writes JSON for people to read, with < and & as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // maps, slices and strings: there is nothing that could fail
	}
	return b.Bytes()
}
