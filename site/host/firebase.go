package host

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"clinicblog/site/diag"
)

// firebase writes firebase.json, which stands beside the published folder. Of
// several header rules that match, the last one counts.
// https://firebase.google.com/docs/hosting/full-config
//
// What the documentation does not say is in the code of its local server:
// sources of redirects are compared with the decoded path, those of headers with
// the path as it was asked for, and destinations are encoded once more.
// https://github.com/firebase/superstatic/blob/main/src/middleware/redirects.js
func firebase(s Site) ([]Config, []diag.Diagnostic) {
	type headerRule struct {
		Regex   string       `json:"regex"`
		Headers []jsonHeader `json:"headers"`
	}
	type redirect struct {
		Source      string `json:"source"`
		Destination string `json:"destination"`
		Type        int    `json:"type"`
	}
	// The pattern ** leaves out names that begin with a full stop.
	headers := []headerRule{{Regex: ".*", Headers: jsonHeaders(append(slices.Clone(s.Always), Header{"Cache-Control", cachePage})...)}}
	for _, r := range s.cascade(pattern.match) {
		match := r.match()
		if r.path != "" {
			match = eitherWay(r.path)
		}
		headers = append(headers, headerRule{
			Regex:   "^" + eitherWay(s.base()) + match + "$",
			Headers: jsonHeaders(Header{"Cache-Control", r.cache}, Header{"Content-Type", r.contentType}),
		})
	}
	redirects := []redirect{}
	var ds []diag.Diagnostic
	for _, m := range s.Moved {
		to, err := url.PathUnescape(escaped(m.To))
		if err != nil || encodedAsURI(to) != escaped(m.To) || strings.Contains(to, "/:") {
			ds = append(ds, limitRule.At(diag.Pos{}, "Firebase Hosting encodes where a redirect leads, and reads /: as a variable: %s would lead elsewhere than to %s", m.From, m.To).
				WithFix("let it lead to another address, or choose another host"))
		}
		for _, from := range forms(m.From) {
			redirects = append(redirects, redirect{from, to, 301})
		}
	}
	// "Hosting has a maximum size limit of 2 GB for individual files"; no number of
	// rules is documented.
	for _, f := range s.Files {
		ds = append(ds, limit(int(f.Size), 2<<30, "bytes in a file, and "+f.Path+" is larger", "Firebase Hosting", "https://firebase.google.com/docs/hosting/usage-quotas-pricing")...)
	}
	return []Config{{"firebase.json", encode(map[string]any{"hosting": map[string]any{
		"public": "public",
		// Hosts leave out all names with a full stop by default, /.well-known/ too.
		"ignore":        []string{"firebase.json", ".clinicblog.json"},
		"trailingSlash": true,
		"headers":       headers,
		"redirects":     redirects,
	}}), false}}, ds
}

// eitherWay is a regular expression for a path, whether it is compared as it
// was asked for or decoded.
func eitherWay(path string) string {
	var b strings.Builder
	for _, r := range path {
		if plain := regexp.QuoteMeta(string(r)); r < utf8.RuneSelf && strings.IndexByte(unreserved+"/", byte(r)) >= 0 {
			b.WriteString(plain)
		} else {
			fmt.Fprintf(&b, "(?:%s|%s)", plain, percent(string(r)))
		}
	}
	return b.String()
}

// encodedAsURI is what encodeURI of JavaScript makes of a text.
// https://tc39.es/ecma262/#sec-encodeuri-uri
func encodedAsURI(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf && strings.IndexByte(unreserved+";/?:@&=+$,#!*'()", byte(r)) >= 0 {
			b.WriteRune(r)
		} else {
			b.WriteString(percent(string(r)))
		}
	}
	return b.String()
}

// unreserved are the characters that no one needs to encode: RFC 3986, 2.3.
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// percent is a text with each of its bytes encoded.
func percent(text string) string {
	var b strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&b, "%%%02X", text[i])
	}
	return b.String()
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
