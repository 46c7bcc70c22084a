package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/triage"
)

// Checked is what a project is found to be.
type Checked struct {
	// Findings are all, sorted, with those that are allowed or known.
	Findings []diag.Diagnostic
	// Gone are entries of the baseline that are not found any more; nil unless
	// every rule has run.
	Gone []diag.Diagnostic
	// Hosts are the origins from which pages load something, sorted.
	Hosts []string
	// Complete tells that every rule has run, SourcesOnly that the finished site was
	// not looked at because nobody asked for it.
	Complete, SourcesOnly bool
	Files                 *diag.Files // the sources, for printers

	desk   *triage.Desk
	source string
	title  string
	now    time.Time
	rows   *rows
	trace  *trace // nil when nothing was rendered
}

// Scope is how far a check goes.
type Scope int

const (
	BuiltIfSmall Scope = iota // to the finished site, when it is soon rendered
	Built                     // to the finished site
	Sources                   // the sources alone
)

// Small is how many pages a site may have to be soon rendered: for more, Hugo
// takes longer, and more memory, than all else that a check does.
const Small = 1000

func (s Scope) renders(index *content.Index) bool {
	return s == Built || s == BuiltIfSmall && len(index.Pages) <= Small
}

// CheckOptions say what is checked, and what for.
type CheckOptions struct {
	Scope    Scope
	Baseline string // the file of findings that are known, "" for none
	Report   bool   // gather what Report shows
}

// Check judges a project by the rules that Build applies, and publishes nothing.
// It goes on past errors as far as it can: to the finished site, if Hugo can
// render one.
func Check(ctx context.Context, cfg Config, o CheckOptions) (_ Checked, err error) {
	work, err := os.MkdirTemp("", "clinicblog-check-")
	if err != nil {
		return Checked{}, fmt.Errorf("make a folder to check in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	cfg.Destination = filepath.Join(work, "public")
	b, err := newBuild(cfg)
	if err != nil {
		return Checked{}, err
	}
	b.check, b.scope = true, o.Scope
	if o.Report {
		b.rows = &rows{text: map[*content.Page]textCounts{}}
	}
	if err := b.run(ctx); err != nil {
		return Checked{}, err
	}
	c := Checked{Findings: diag.Sort(b.findings), Hosts: origins(b.needs), Complete: b.complete, SourcesOnly: b.sources, Files: diag.NewFiles(b.cfg.Source),
		desk: b.desk, source: b.cfg.Source, title: b.title, now: b.cfg.Clock, rows: b.rows, trace: b.trace}
	if o.Baseline == "" {
		return c, nil
	}
	return c.Compare(o.Baseline)
}

// origins are the places outside the site in a table of what pages load.
func origins(needs map[string][]string) []string {
	var found []string
	for _, sources := range needs {
		for _, s := range sources {
			if strings.Contains(s, "://") {
				found = append(found, s)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Compare marks the findings that the file of a baseline lists.
func (c Checked) Compare(baseline string) (Checked, error) {
	data, err := os.ReadFile(baseline)
	if err != nil {
		return Checked{}, fmt.Errorf("read baseline: %w", err)
	}
	known, err := triage.ReadBaseline(filepath.ToSlash(baseline), data)
	if err != nil {
		return Checked{}, err
	}
	if gone := c.desk.Known(known, c.Findings, c.Files); c.Complete {
		c.Gone = c.desk.Judge(gone)
	}
	return c, nil
}

// Baseline lists the findings as the file of a baseline.
func (c Checked) Baseline() []byte { return c.desk.WriteBaseline(c.Findings, c.Files) }

// Mend works out what the edits of findings make of the sources.
func (c Checked) Mend(ds []diag.Diagnostic) (triage.Mending, error) {
	return triage.Mend(c.source, ds)
}
