package verify

import (
	"fmt"
	"path"
	"strings"
)

// ref is a URL as a browser resolves it. Path and fragment are decoded.
type ref struct {
	scheme string // lower case
	host   string // with port, unless the port is the scheme's own
	path   string // for http and https; for other schemes all that follows
	query  string // with its "?"
	frag   string // without its "#"
}

// String returns the URL in one spelling, so that two spellings of a URL
// compare equal. It is no URL to print in a page: nothing is encoded.
func (r ref) String() string {
	s := r.scheme + ":"
	if r.web() {
		s += "//" + r.host
	}
	s += r.path + r.query
	if r.frag != "" {
		s += "#" + r.frag
	}
	return s
}

func (r ref) origin() string { return r.scheme + "://" + r.host }

func (r ref) web() bool { return r.scheme == "http" || r.scheme == "https" }

// parseRef resolves href against base, an http or https URL, as the URL
// standard does where that matters for where a request goes: white space and
// line breaks inside are dropped, a backslash is a slash, and any number of
// slashes may precede the host. https://url.spec.whatwg.org/#url-parsing
func parseRef(href string, base ref) ref {
	href = cleanHref(href)
	scheme, rest := splitScheme(href)
	if scheme != "" && scheme != "http" && scheme != "https" {
		return ref{scheme: scheme, path: rest}
	}
	r := ref{scheme: base.scheme, host: base.host}
	rest, r.frag, _ = strings.Cut(rest, "#")
	r.frag = decode(r.frag)
	if i := strings.IndexByte(rest, '?'); i >= 0 {
		rest, r.query = rest[:i], rest[i:]
	}
	if strings.IndexByte(rest, '\\') >= 0 {
		rest = strings.ReplaceAll(rest, `\`, "/")
	}
	switch {
	case scheme != "" && scheme != base.scheme, strings.HasPrefix(rest, "//"):
		if scheme != "" {
			r.scheme = scheme
		}
		var authority string
		authority, rest = cutAt(strings.TrimLeft(rest, "/"), '/')
		r.host = hostOf(r.scheme, authority)
		r.path = cleanPath(rest)
	case rest == "":
		r.path = base.path
		if r.query == "" {
			r.query = base.query
		}
	case rest[0] == '/':
		r.path = cleanPath(rest)
	default:
		r.path = cleanPath(base.path[:strings.LastIndexByte(base.path, '/')+1] + rest)
	}
	return r
}

// relative reports whether what href means depends on the page it is on.
func relative(href string) bool {
	scheme, rest := splitScheme(cleanHref(href))
	return (scheme == "" || scheme == "http" || scheme == "https") && !strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, `\`)
}

func cleanHref(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(s)
	}
	return s
}

func splitScheme(s string) (scheme, rest string) {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return strings.ToLower(s[:i]), s[i+1:]
		default:
			return "", s
		}
	}
	return "", s
}

func cutAt(s string, sep byte) (before, from string) {
	if i := strings.IndexByte(s, sep); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

func hostOf(scheme, authority string) string {
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	host := strings.ToLower(authority)
	if scheme == "https" {
		return strings.TrimSuffix(host, ":443")
	}
	return strings.TrimSuffix(host, ":80")
}

// cleanPath decodes a path and takes out its dot segments.
func cleanPath(p string) string {
	p = decode(p)
	if p == "" {
		return "/"
	}
	if !strings.Contains(p, "/.") {
		return p
	}
	slash := strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")
	p = path.Clean("/" + p)
	if slash && p != "/" {
		p += "/"
	}
	return p
}

// decode replaces %XX; what is no such pair stays.
func decode(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := unhex(s[i+1]), unhex(s[i+2])
			if hi >= 0 && lo >= 0 {
				b = append(b, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// parseBase reads the address at which the site is published.
func parseBase(s string) (ref, error) {
	scheme, _ := splitScheme(cleanHref(s))
	base := parseRef(s, ref{scheme: "https", path: "/"})
	if scheme != "http" && scheme != "https" || base.host == "" {
		return ref{}, fmt.Errorf("read base URL %q: want http:// or https:// and a host", s)
	}
	base.query, base.frag = "", ""
	if !strings.HasSuffix(base.path, "/") {
		base.path += "/"
	}
	return base, nil
}

// kind says what a URL leads to.
type kind uint8

const (
	local   kind = iota // a published file
	missing             // no published file, though it is below the base URL
	outside             // the site's own host, but not below the base URL
	other               // another origin
	special             // mailto:, tel:, data: and the like
)

// destination is a resolved URL, and the file it leads to.
type destination struct {
	ref
	kind kind
	file int32 // index into site.paths, for local
}

// locate finds the file that a host serves for r.
func (s *site) locate(r ref) destination {
	d := destination{ref: r, file: -1}
	switch {
	case !r.web():
		d.kind = special
	case r.host != s.base.host:
		d.kind = other
	default:
		rel, below := strings.CutPrefix(r.path, s.base.path)
		if !below && r.path+"/" == s.base.path {
			rel, below = "", true
		}
		if !below {
			d.kind = outside
			return d
		}
		var ok bool
		if rel != "" && !strings.HasSuffix(rel, "/") {
			if d.file, ok = s.files[rel]; ok {
				return d
			}
			rel += "/"
		}
		if d.file, ok = s.files[rel+"index.html"]; !ok {
			d.kind, d.file = missing, -1
		}
	}
	return d
}

// address returns the URL under which a file of the site is served.
func (s *site) address(file string) ref {
	if p, ok := strings.CutSuffix(file, "index.html"); ok && (p == "" || strings.HasSuffix(p, "/")) {
		file = p
	}
	return ref{scheme: s.base.scheme, host: s.base.host, path: s.base.path + file}
}
