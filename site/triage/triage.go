// Package triage decides what becomes of a finding: the level that the site
// gives its rule, the comment in a source that lets it stand, the baseline that
// knows it already.
//
// It knows findings and comments. It does not know who found what, or how.
package triage

import (
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// Rules are those on comments that allow something, and on baselines.
var Rules = []diag.Info{allowForm, allowExpired, allowDead, baselineGone}

var (
	allowForm = diag.Info{ID: "allow-form", Severity: diag.Error, Fixed: true,
		Fix: `write <!-- lint:allow RULE reason="…" until="2027-01-31" -->, in YAML # lint:allow …`,
		Doc: `A comment that allows a finding is not complete

A finding may stand when somebody says which rule it is of, why it may stand and
until when, at most a year ahead. The comment covers the block that follows it,
or the block it stands in; in YAML, the key that follows. Who reads the source
later can then judge the reason. Rules that keep a reader safe, or without which
a site would be wrong, cannot be allowed; explain says which.

before: <!-- lint:allow image-alt -->
after:  <!-- lint:allow image-alt reason="the figure is explained in the text" until="2027-01-31" -->`}

	allowExpired = diag.Info{ID: "allow-expired", Severity: diag.Advice,
		Fix: "mend what the comment was about, or give it a new date",
		Doc: `A comment that allowed a finding has run out

It covers nothing any more, and what it covered is reported again. A date is
there so that an exception is looked at again by somebody.`}

	allowDead = diag.Info{ID: "allow-dead", Severity: diag.Advice,
		Fix: "remove the comment",
		Doc: `A comment allows a finding that is not there

The text was mended or moved, or the rule changed. Left in place, the comment
would hide the next finding, which nobody has judged. The same holds for ignores
in programs: staticcheck reports them too.`}
)

// Desk is where findings are judged, in one build.
type Desk struct {
	rules  map[string]diag.Info
	levels map[string]string
	today  time.Time
	allows map[string][]*allow // by file
}

// allow is a comment that was understood.
type allow struct {
	content.Allow
	rule, reason string
	used         bool
}

// New opens a desk. levels are "error", "advice" or "off", by rule; now is in
// the time zone of the site.
func New(rules []diag.Info, levels map[string]string, now time.Time) *Desk {
	d := &Desk{rules: make(map[string]diag.Info, len(rules)), levels: levels, today: now, allows: map[string][]*allow{}}
	for _, r := range rules {
		d.rules[r.ID] = r
	}
	return d
}

// Allow takes the comments of the sources, and returns what is wrong with them.
func (d *Desk) Allow(comments []content.Allow) []diag.Diagnostic {
	var ds []diag.Diagnostic
	for _, c := range comments {
		a, wrong := d.read(c)
		if wrong != nil {
			ds = append(ds, *wrong)
			continue
		}
		d.allows[c.Pos.File] = append(d.allows[c.Pos.File], a)
	}
	return ds
}

// Judge gives findings their level and marks those that may stand. Findings of
// rules that are off are left out.
func (d *Desk) Judge(ds []diag.Diagnostic) []diag.Diagnostic {
	var kept []diag.Diagnostic
	for _, f := range ds {
		switch d.levels[f.Rule] {
		case "off":
			continue
		case "error":
			f.Severity = diag.Error
		case "advice":
			f.Severity = diag.Advice
		}
		for _, a := range d.allows[f.Pos.File] {
			if a.rule == f.Rule && a.covers(f.Pos) {
				a.used = true
				f.Allowed = a.reason
			}
		}
		kept = append(kept, f)
	}
	return kept
}

func (a *allow) covers(pos diag.Pos) bool {
	return a.First <= pos.Line && pos.Line <= a.Last || a.Whole && pos.Line <= 1
}

// Dead returns a finding for each comment that let nothing stand. It is to be
// asked once all rules have run.
func (d *Desk) Dead() []diag.Diagnostic {
	var ds []diag.Diagnostic
	for _, allows := range d.allows {
		for _, a := range allows {
			if !a.used {
				ds = append(ds, allowDead.At(a.Pos, "there is no finding of %s to allow", a.rule))
			}
		}
	}
	return diag.Sort(ds)
}
