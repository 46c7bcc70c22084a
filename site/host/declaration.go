package host

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// Declaration is what the owner of a site says of its hosting. The zero value
// is right for most.
type Declaration struct {
	Hosts   []string          // of Names
	HSTS    string            // "off", "host", "subdomains" or "preload"; "" is "host"
	Headers map[string]string // more headers, or other values; "" for a header that is not sent
}

// transport is Strict-Transport-Security by what the owner chose: subdomains
// that have no certificate are cut off by the wider two, and preload cannot be
// taken back for months. https://hstspreload.org/
var transport = map[string]string{
	"off":        "",
	"host":       "max-age=31536000",
	"subdomains": "max-age=31536000; includeSubDomains",
	"preload":    "max-age=63072000; includeSubDomains; preload",
}

// computed are headers that follow from the site itself.
var computed = map[string]string{
	"Content-Security-Policy":   "it is made from the pages; params.clinicblog.allow adds origins",
	"Strict-Transport-Security": "hsts sets it",
	"Cache-Control":             "it follows from the kind of a file",
	"Content-Type":              "it follows from the kind of a file",
	"Content-Encoding":          "the host sets it",
	"Content-Length":            "the host sets it",
	"Location":                  "data/urls.yaml sets it",
	"Etag":                      "the host sets it",
}

var token = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// maxValue is the longest header value: hosts take lines of 2,000 characters.
const maxValue = 1500

// Read reads the table params.clinicblog.hosting of hugo.toml, nil when there
// is none. at returns the place of a key in it, such as "hosts[1]".
func Read(table any, at func(key string) diag.Pos) (Declaration, []diag.Diagnostic) {
	var d Declaration
	var ds []diag.Diagnostic
	report := func(key, format string, args ...any) {
		ds = append(ds, declarationRule.At(at(key), format, args...))
	}
	values, ok := table.(map[string]any)
	if table != nil && !ok {
		report("", "params.clinicblog.hosting is not a table")
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch v := values[key]; key {
		case "hosts":
			list, ok := v.([]any)
			if !ok {
				report(key, "hosts is not a list of names")
			}
			for i, e := range list {
				name, _ := e.(string)
				place := fmt.Sprintf("hosts[%d]", i)
				if _, known := find(name); !known {
					report(place, "there is no host %q: hosts are %s", fmt.Sprint(e), strings.Join(Names(), ", "))
				} else if slices.Contains(d.Hosts, name) {
					report(place, "the host %s is named twice", name)
				} else {
					d.Hosts = append(d.Hosts, name)
				}
			}
		case "hsts":
			d.HSTS, _ = v.(string)
			if _, known := transport[d.HSTS]; !known {
				report(key, "hsts is %v: it can be off, host, subdomains or preload", v)
			}
		case "headers":
			headers, ok := v.(map[string]any)
			if !ok {
				report(key, "headers is not a table")
			}
			d.Headers = map[string]string{}
			for _, name := range slices.Sorted(maps.Keys(headers)) {
				value, isText := headers[name].(string)
				proper := http.CanonicalHeaderKey(name)
				place := "headers." + name
				switch why, set := computed[proper]; {
				case set:
					report(place, "the header %s cannot be set: %s", proper, why)
				case !token.MatchString(name):
					report(place, "%q is no name of a header", name)
				case !isText:
					report(place, "the header %s has a value that is no text", proper)
				case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) || value != strings.TrimSpace(value):
					report(place, "the header %s has a value with line breaks, blanks around it, or characters beyond ASCII: %q", proper, clip(value))
				case strings.ContainsAny(value, "`${}\\"):
					report(place, "the header %s has a value with one of `${}\\, which some hosts read as a variable", proper)
				case len(value) > maxValue:
					report(place, "the header %s has a value of %d characters, more than %d", proper, len(value), maxValue)
				default:
					d.Headers[proper] = value
				}
			}
		default:
			report(key, "there is no setting %s: settings are hosts, hsts and headers", key)
		}
	}
	return d, ds
}

// Always returns the headers that go with every response, sorted by name.
// policy is that of Policy.
//
// Referrer-Policy is no-referrer: the address of a page about an illness is
// told to nobody, not even to the site itself.
func (d Declaration) Always(policy string) []Header {
	if d.HSTS == "" {
		d.HSTS = "host"
	}
	headers := map[string]string{
		"Content-Security-Policy":      policy,
		"Strict-Transport-Security":    transport[d.HSTS],
		"Referrer-Policy":              "no-referrer",
		"Permissions-Policy":           "accelerometer=(), autoplay=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
	}
	maps.Copy(headers, d.Headers)
	var all []Header
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		if headers[name] != "" {
			all = append(all, Header{name, headers[name]})
		}
	}
	return all
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
