package triage

import (
	"regexp"
	"strings"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var attribute = regexp.MustCompile(`^\s*([a-z]+)=(?:"([^"]*)"|“([^”]*)”|(\S+))`)

// read takes a comment apart. It returns a finding in place of a comment that
// allows nothing.
func (d *Desk) read(c content.Allow) (*allow, *diag.Diagnostic) {
	rule, rest, _ := strings.Cut(c.Text, " ")
	wrong := func(info diag.Info, format string, args ...any) (*allow, *diag.Diagnostic) {
		f := info.At(c.Pos, format, args...)
		return nil, &f
	}
	info, known := d.rules[rule]
	switch {
	case rule == "" || strings.Contains(rule, "="):
		return wrong(allowForm, "the comment names no rule")
	case !known:
		return wrong(allowForm, "the comment allows %q, which is no rule", rule)
	case info.Fixed:
		return wrong(allowForm, "the comment allows %s, which cannot be allowed", rule)
	}
	values := map[string]string{}
	for strings.TrimSpace(rest) != "" {
		m := attribute.FindStringSubmatch(rest)
		if m == nil || m[1] != "reason" && m[1] != "until" {
			return wrong(allowForm, "the comment goes on with %q", strings.TrimSpace(rest))
		}
		values[m[1]] = strings.TrimSpace(m[2] + m[3] + m[4])
		rest = rest[len(m[0]):]
	}
	if values["reason"] == "" {
		return wrong(allowForm, "the comment gives no reason")
	}
	until := values["until"]
	if until == "" {
		return wrong(allowForm, "the comment has no date until which it holds")
	}
	if _, err := time.Parse(time.DateOnly, until); err != nil {
		return wrong(allowForm, "the comment holds until %q, which is no date", until)
	}
	switch {
	case until < d.today.Format(time.DateOnly):
		return wrong(allowExpired, "the comment allowed %s until %s", rule, until)
	case until > d.today.AddDate(1, 0, 0).Format(time.DateOnly):
		return wrong(allowForm, "the comment holds until %s, more than a year ahead", until)
	}
	return &allow{Allow: c, rule: rule, reason: values["reason"]}, nil
}
