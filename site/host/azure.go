package host

import (
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// azure writes staticwebapp.config.json. Of several routes that match, the
// first one counts. A wildcard stands at the end of a path, and may name the
// extension behind it; a hash in a name cannot be told from another word.
// https://learn.microsoft.com/azure/static-web-apps/configuration
func azure(s Site) ([]Config, []diag.Diagnostic) {
	type route struct {
		Route      string            `json:"route"`
		Redirect   string            `json:"redirect,omitempty"`
		StatusCode int               `json:"statusCode,omitempty"`
		Headers    map[string]string `json:"headers,omitempty"`
	}
	routes := []route{}
	for _, m := range s.Moved {
		for _, from := range forms(m.From) {
			routes = append(routes, route{Route: escaped(from), Redirect: escaped(m.To), StatusCode: 301})
		}
	}
	rules := s.cascade(func(p pattern) string {
		if p.stamp != "" {
			return `[^\s\S]` // matches nothing
		}
		return `.*` + regexp.QuoteMeta(p.ext)
	})
	types := map[string]string{}
	for _, r := range slices.Backward(rules) {
		name := "*" + r.ext
		switch {
		case r.stamp != "":
			continue
		case r.path != "":
			name = requested(r.path)
		default:
			t, _, _ := strings.Cut(r.contentType, ";")
			types[r.ext] = t
		}
		routes = append(routes, route{Route: s.base() + name, Headers: map[string]string{"Cache-Control": r.cache, "Content-Type": r.contentType}})
	}
	always := map[string]string{"Cache-Control": cachePage}
	for _, h := range s.Always {
		always[h.Name] = h.Value
	}
	content := encode(map[string]any{
		"trailingSlash":     "always",
		"routes":            routes,
		"globalHeaders":     always,
		"mimeTypes":         types,
		"responseOverrides": map[string]any{"404": map[string]any{"rewrite": "/404.html", "statusCode": 404}},
	})
	const title, quotas = "Azure Static Web Apps", "https://learn.microsoft.com/azure/static-web-apps/quotas"
	// "Max file size is 20 KB": restrictions of the configuration. "App size: 250 MB"
	// free, "500 MB" standard: quotas; the host counts in units of 1,048,576 bytes.
	ds := limit(len(content), 20<<10, "bytes in staticwebapp.config.json", title, "https://learn.microsoft.com/azure/static-web-apps/configuration#restrictions")
	ds = append(ds, limit(s.size(), 500<<20, "bytes in all files", title, quotas)...)
	ds = append(ds, freely(s.size(), 250<<20, "bytes in all files", title, quotas)...)
	return []Config{{"staticwebapp.config.json", content, true}}, ds
}
