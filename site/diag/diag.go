// Package diag is the leaf that every other package stands on: a position in
// a file, a finding at that position, the rule that was broken, and printers
// for all three. It imports nothing of ours.
//
// A Diagnostic says that the content is wrong. It is not an error: an error
// says that the tool could not do its work. The two never mix.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Pos is a place in a file. File is a slash-separated path relative to the
// project (or to the published folder, for findings that have no source).
// Line and Col are 1-based; Col counts bytes. Line 0 means the whole file,
// Col 0 the whole line.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// String returns file:line:col, without the parts that are zero.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// Severity says whether a finding stops publishing.
type Severity int

const (
	Advice Severity = iota // worth mending; the site is still published
	Error                  // the site is not published
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "advice"
}

// MarshalText makes a Severity "error" or "advice" in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Diagnostic is one finding. Message states the fact and names the thing; Fix
// is the remedy, an imperative. Length counts the bytes after Pos, on its line,
// that the finding is about; 0 when it is about no particular words. Edits are
// changes that mend the finding, if a machine may make them. Target is the link,
// id or question that the finding is about, when a finding on a finished page is
// to be traced to the line of the source that made it. Allowed is the reason for
// which a comment in the source lets the finding stand, and Known tells that the
// baseline lists it; such findings count for nothing.
type Diagnostic struct {
	Pos      Pos      `json:"pos"`
	Length   int      `json:"length,omitempty"`
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`
	Message  string   `json:"message"`
	Fix      string   `json:"fix,omitempty"`
	Edits    []Edit   `json:"-"`
	Target   string   `json:"-"`
	Allowed  string   `json:"allowed,omitempty"`
	Known    bool     `json:"known,omitempty"`
}

// Edit is a change of a source: Old, which stands exactly at Pos, becomes New.
// Where Old stands there no more, the edit is not to be made.
type Edit struct {
	Pos      Pos
	Old, New string
}

// WithFix returns the finding with a remedy of its own.
func (d Diagnostic) WithFix(fix string) Diagnostic {
	d.Fix = fix
	return d
}

// Info is what every finding of one rule has in common, and what
// `clinicblog explain` prints.
type Info struct {
	ID       string // kebab-case, printed with every finding, never renamed
	Severity Severity
	Fix      string // the remedy that holds for every finding of the rule
	Doc      string // title line, blank line, why it matters and who says so
	// Fixed tells that no setting and no comment can soften the rule: without it
	// the site could be wrong where a reader relies on it, or not be built at all.
	Fixed bool
	// Standing tells that advice of the rule is about a state of the whole site
	// that no single edit ends: check says it, and a build, which is run after
	// every edit, does not.
	Standing bool
}

// At returns a finding of the rule.
func (i Info) At(pos Pos, format string, args ...any) Diagnostic {
	return Diagnostic{Pos: pos, Severity: i.Severity, Rule: i.ID, Message: fmt.Sprintf(format, args...), Fix: i.Fix}
}

// Report records a finding of the rule that is running. What it returns is good
// until the next call: a rule may add the remedy, the length or the edits that
// this finding alone has.
type Report func(pos Pos, format string, args ...any) *Diagnostic

// Rule is a check on a subject of type T: an index of sources, a finished page.
type Rule[T any] struct {
	Info
	Run func(subject T, report Report)
}

// Run applies every rule to subject and returns the findings, rule by rule.
func Run[T any](rules []Rule[T], subject T) []Diagnostic {
	var ds []Diagnostic
	for _, r := range rules {
		r.Run(subject, func(pos Pos, format string, args ...any) *Diagnostic {
			ds = append(ds, r.At(pos, format, args...))
			return &ds[len(ds)-1]
		})
	}
	return ds
}

// Infos returns what rules have in common, for a table of all rules.
func Infos[T any](rules []Rule[T]) []Info {
	infos := make([]Info, len(rules))
	for i, r := range rules {
		infos[i] = r.Info
	}
	return infos
}

// Sort orders findings by file, line, column and rule, and drops exact
// repetitions. It returns the shortened slice.
func Sort(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(ds, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.Message == b.Message
	})
}

// Counts tells whether the finding is neither allowed nor known.
func (d Diagnostic) Counts() bool { return d.Allowed == "" && !d.Known }

// Counting returns the findings that count.
func Counting(ds []Diagnostic) []Diagnostic {
	return slices.DeleteFunc(slices.Clone(ds), func(d Diagnostic) bool { return !d.Counts() })
}

// Count returns how many findings stop publishing, and how many are advice.
func Count(ds []Diagnostic) (errors, advice int) {
	for _, d := range ds {
		switch {
		case !d.Counts():
		case d.Severity == Error:
			errors++
		default:
			advice++
		}
	}
	return errors, advice
}
