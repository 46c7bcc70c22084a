package lint

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"clinicblog/site/content"

	"golang.org/x/net/publicsuffix"
)

// Outbound returns the host of a link to another site, "" for any other link.
func Outbound(destination string) string {
	if strings.HasPrefix(destination, "//") {
		destination = "https:" + destination
	}
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// registrable returns the part of a host that somebody registered: example.co.uk
// of www.example.co.uk.
func registrable(host string) string {
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// Domain returns the registrable domain of a host that somebody typed, with or
// without a protocol and a path.
func Domain(host string) (string, error) {
	host = strings.ToLower(strings.TrimSpace(host))
	if !strings.Contains(host, "//") {
		host = "https://" + host
	}
	name := Outbound(host)
	if why := risk(host); why != "" {
		return "", fmt.Errorf("it %s", why)
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' }) {
		return "", errors.New("it is no host that somebody registered, such as aa.org")
	}
	return domain, nil
}

// Approvals are the registrable domains that pages may lead to.
type Approvals map[string]bool

// NewApprovals returns what the site approved, and with it where the clinic's own
// facts, the crisis lines and the references lead: those are approved where they
// are written.
func NewApprovals(x *content.Index) Approvals {
	a := Approvals{}
	for _, host := range x.Hosts {
		a[registrable(strings.ToLower(host))] = true
	}
	addresses := slices.Clone(x.Clinic.SameAs)
	for _, line := range x.Crisis {
		addresses = append(addresses, line.URL, line.Chat)
	}
	for _, r := range x.References {
		addresses = append(addresses, r.URL)
	}
	for _, address := range append(addresses, "https://doi.org", "https://pubmed.ncbi.nlm.nih.gov") {
		if host := Outbound(address); host != "" {
			a[registrable(host)] = true
		}
	}
	return a
}

// Allow tells whether pages may lead to a host. Names that only governments,
// armies and accredited schools can register need no approval.
// Source: the registries of .gov, .mil and .edu, and of the countries' own.
func (a Approvals) Allow(host string) bool {
	suffix, _ := publicsuffix.PublicSuffix(host)
	first, _, _ := strings.Cut(suffix, ".")
	switch first {
	case "gov", "mil", "edu", "gob", "gouv":
		return true
	}
	return a[registrable(host)]
}

// shorteners hide where a link leads.
var shorteners = []string{
	"adf.ly", "bit.do", "bit.ly", "buff.ly", "cutt.ly", "dub.sh", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "s.id",
	"short.gy", "short.io", "shorturl.at", "t.co", "t.ly", "t2m.io", "tiny.cc", "tinyurl.com", "trib.al", "v.gd", "wp.me",
}

// redirects are names of parameters in which an address is handed on.
var redirects = []string{"url", "u", "to", "goto", "dest", "destination", "redirect", "redirect_uri", "redirect_url", "redir", "next", "out", "target", "link", "continue", "return"}

// affiliates are names of parameters by which a seller pays for a click.
var affiliates = []string{"aff", "aff_id", "affid", "affiliate", "affiliate_id", "afftrack", "clickid", "irclickid", "partner_id", "ref_id", "referrer_id", "subid", "awc", "tag"}

// risk says what is wrong with an address, "" when nothing is.
func risk(destination string) string {
	lower := strings.ToLower(strings.TrimSpace(destination))
	for _, scheme := range []string{"javascript", "data", "vbscript", "file", "blob"} {
		if strings.HasPrefix(lower, scheme+":") {
			return "runs or holds what no reader can see (" + scheme + ":)"
		}
	}
	host := Outbound(destination)
	if host == "" {
		return ""
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil || isNumber(host) {
		return "names a machine by its number"
	}
	for _, label := range strings.Split(host, ".") {
		if strings.HasPrefix(label, "xn--") || !isASCII(label) {
			return "has letters in its name that look like others (punycode)"
		}
	}
	if slices.Contains(shorteners, registrable(host)) {
		return "hides where it leads behind a shortener"
	}
	u, err := url.Parse(destination)
	if err != nil {
		return ""
	}
	if u.User != nil {
		return "has a name before its host, as forged addresses do"
	}
	for key, values := range u.Query() {
		if slices.Contains(redirects, strings.ToLower(key)) && slices.ContainsFunc(values, func(v string) bool {
			to := Outbound(v)
			return to != "" && registrable(to) != registrable(host)
		}) {
			return "hands the reader on to another site"
		}
	}
	return ""
}

// isNumber tells a host that is one number, as browsers read 2130706433.
func isNumber(host string) bool {
	return host != "" && strings.Trim(host, "0123456789xabcdef.") == "" && strings.ContainsAny(host[:1], "0123456789") && !strings.ContainsAny(host, "ghijklmnopqrstuvwyz-")
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7e })
}
