package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// formats are the forms in which findings are printed.
var formats = []string{"text", "json", "sarif", "github"}

func checkCommand() *cobra.Command {
	var o checkOptions
	var built bool
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Say all that is wrong, in the sources and in the finished site, and publish nothing",
		Long: `check judges the project as build does and goes on past errors: first the
sources, and then the finished site, if Hugo can render one. A site of more than
1,000 pages takes long to render: there check ends with the sources, unless
--built asks for the pages. --built=false ends with the sources of any site. With
PATHs, files or folders of the project, only what is found there is printed.

A finding may stand for a time when its source says so:

  <!-- lint:allow RULE reason="…" until="2027-01-31" -->

covers the block that follows, or the one it stands in. In front matter and data
files, # lint:allow … covers the key that follows. hugo.toml sets the level of a
rule for the whole site.

--write-baseline lists what is found today, and check --baseline fails only for
what is new. --fix makes the edits that are safe, after it has shown them.

Exit status: 0 no errors, 1 the content is wrong, 2 the tool could not work.`,
		Example: "  clinicblog check\n  clinicblog check content/articles --format github\n  clinicblog check --baseline known.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("built") {
				o.scope = site.Sources
				if built {
					o.scope = site.Built
				}
			}
			o.in, o.out, o.errs, o.paths = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args
			return o.run(cmd)
		},
	}
	f := cmd.Flags()
	o.flags(cmd)
	f.StringVar(&o.baseline, "baseline", "", "the `file` of findings that are known")
	f.BoolVar(&o.writeBaseline, "write-baseline", false, "write the file of --baseline anew, with what is found now")
	f.BoolVar(&o.fix, "fix", false, "make the edits that are safe")
	f.BoolVar(&o.yes, "yes", false, "do not ask before --fix writes")
	f.BoolVar(&built, "built", false, fmt.Sprintf("render the site and check its pages, too (default: up to %d pages)", site.Small))
	formatFlag(cmd, &o.format)
	_ = cmd.MarkFlagDirname("source")
	return cmd
}

type checkOptions struct {
	sourceOptions
	scope         site.Scope
	format        string
	baseline      string
	writeBaseline bool
	fix, yes      bool

	in        io.Reader
	out, errs io.Writer
	paths     []string
}

func (o *checkOptions) run(cmd *cobra.Command) error {
	if err := knownFormat(o.format); err != nil {
		return err
	}
	if o.writeBaseline && (o.baseline == "" || len(o.paths) > 0) {
		return fmt.Errorf("read --write-baseline: it needs --baseline FILE, and no PATH")
	}
	within, err := o.within()
	if err != nil {
		return err
	}
	known := o.baseline
	if o.writeBaseline {
		known = ""
	}
	c, err := o.check(cmd, known)
	if err != nil {
		return err
	}
	if o.fix {
		changed, err := o.mend(c, within(c.Findings))
		if err != nil {
			return err
		}
		if changed {
			if c, err = o.check(cmd, known); err != nil {
				return err
			}
		}
	}
	if o.writeBaseline {
		if err := os.WriteFile(o.baseline, c.Baseline(), 0o644); err != nil {
			return fmt.Errorf("write baseline: %w", err)
		}
		if c, err = c.Compare(o.baseline); err != nil {
			return err
		}
	}
	c.Findings = within(c.Findings)
	if len(o.paths) > 0 {
		c.Gone = nil
	}
	return o.print(c)
}

func (o *checkOptions) check(cmd *cobra.Command, baseline string) (site.Checked, error) {
	cfg, err := o.config()
	if err != nil {
		return site.Checked{}, err
	}
	show := newProgress(o.errs)
	cfg.Notice, cfg.Step = show.notice, show.step
	defer show.clear()
	return site.Check(cmd.Context(), cfg, site.CheckOptions{Scope: o.scope, Baseline: baseline})
}

// within returns a filter to the findings in the paths of the arguments.
func (o *checkOptions) within() (func([]diag.Diagnostic) []diag.Diagnostic, error) {
	root, err := filepath.Abs(o.cfg.Source)
	if err != nil {
		return nil, fmt.Errorf("find source: %w", err)
	}
	var below []string
	for _, p := range o.paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", p, err)
		}
		rel, err := filepath.Rel(root, abs)
		if err != nil || !filepath.IsLocal(rel) {
			return nil, fmt.Errorf("find %s: it is not in the project %s", p, root)
		}
		if _, err := os.Stat(abs); err != nil && !strings.HasPrefix(filepath.ToSlash(rel), "public/") {
			return nil, fmt.Errorf("find %s: %w", p, err)
		}
		below = append(below, filepath.ToSlash(rel))
	}
	return func(ds []diag.Diagnostic) []diag.Diagnostic {
		return slices.DeleteFunc(slices.Clone(ds), func(d diag.Diagnostic) bool {
			return len(below) > 0 && !slices.ContainsFunc(below, func(p string) bool {
				return p == "." || d.Pos.File == p || strings.HasPrefix(d.Pos.File, p+"/")
			})
		})
	}, nil
}

// mend shows what the edits of findings would change, and makes them if that is
// wanted.
func (o *checkOptions) mend(c site.Checked, ds []diag.Diagnostic) (changed bool, err error) {
	m, err := c.Mend(ds)
	if err != nil {
		return false, err
	}
	for _, line := range m.Skipped {
		fmt.Fprintf(o.errs, "not edited: %s\n", diag.Printable(line))
	}
	if len(m.Files()) == 0 {
		fmt.Fprintln(o.errs, "there is nothing to fix")
		return false, nil
	}
	for line := range bytes.Lines(m.Diff()) {
		fmt.Fprintln(o.errs, diag.Printable(strings.TrimSuffix(string(line), "\n")))
	}
	if !o.yes {
		if !isTerminal(o.in) || !isTerminal(o.errs) {
			fmt.Fprintln(o.errs, "nothing is changed: add --yes to make these edits")
			return false, nil
		}
		fmt.Fprintf(o.errs, "Change %s? [y/N] ", plural(len(m.Files()), "file"))
		answer, err := bufio.NewReader(o.in).ReadString('\n')
		if err != nil && err != io.EOF {
			return false, fmt.Errorf("read answer: %w", err)
		}
		if a := strings.ToLower(strings.TrimSpace(answer)); a != "y" && a != "yes" {
			fmt.Fprintln(o.errs, "nothing is changed")
			return false, nil
		}
	}
	if err := m.Write(); err != nil {
		return false, err
	}
	for _, file := range m.Files() {
		fmt.Fprintf(o.errs, "fixed %s\n", file)
	}
	return true, nil
}

func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// print prints what was found: findings for people on the error stream, as build
// does, and formats for programs on the other.
func (o *checkOptions) print(c site.Checked) error {
	errors, advice := diag.Count(slices.Concat(c.Findings, c.Gone))
	var err error
	switch o.format {
	case "json":
		err = printChecked(o.out, c)
	default:
		err = printFindings(o.out, o.errs, o.format, o.cfg.Source, c.Findings, c.Gone, o.baseline != "", c.Files)
	}
	if err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	if o.format == "text" {
		if errors+advice > 0 {
			fmt.Fprintln(o.errs)
		}
		fmt.Fprintf(o.errs, "%s, %d advice%s\n", plural(errors, "error"), advice, uncounted(c))
	}
	if errors > 0 {
		return errContent
	}
	return nil
}

// uncounted tells of findings that do not count, and of a check that ended early.
func uncounted(c site.Checked) string {
	allowed, known := 0, 0
	for _, d := range c.Findings {
		switch {
		case d.Allowed != "":
			allowed++
		case d.Known:
			known++
		}
	}
	var b strings.Builder
	if allowed > 0 {
		fmt.Fprintf(&b, "; %d allowed in the sources", allowed)
	}
	if known > 0 {
		fmt.Fprintf(&b, "; %d known to the baseline", known)
	}
	switch {
	case c.SourcesOnly:
		b.WriteString("; in the sources alone: --built looks at the finished site, too")
	case !c.Complete:
		b.WriteString("; there was no finished site to check")
	}
	return b.String()
}

// printFindings prints for people on the error stream, and for programs on the
// other.
func printFindings(out, errs io.Writer, format, source string, ds, gone []diag.Diagnostic, baseline bool, files *diag.Files) error {
	prefix := filepath.ToSlash(filepath.Clean(source))
	if filepath.IsAbs(source) {
		prefix = ""
	}
	switch format {
	case "sarif":
		log := diag.SARIF{Version: site.Version, Rules: site.Rules(), Files: files, Prefix: prefix, Baseline: baseline, Gone: gone}
		return log.Write(out, ds)
	case "github":
		return diag.GitHub(out, slices.Concat(ds, gone), files, prefix)
	}
	t := diag.Terminal{Files: files}
	if isTerminal(errs) {
		t.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		if w, _, err := term.GetSize(int(errs.(*os.File).Fd())); err == nil && w > 40 {
			t.Width = w - 12
		}
	}
	return t.Text(errs, slices.Concat(ds, gone))
}

func knownFormat(format string) error {
	if !slices.Contains(formats, format) {
		return fmt.Errorf("read --format: %q is none of %s", format, strings.Join(formats, ", "))
	}
	return nil
}

func formatFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", "text", "print `text`, json, sarif or github")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

// printChecked prints one object.
func printChecked(out io.Writer, c site.Checked) error {
	counted := diag.Counting(slices.Concat(c.Findings, c.Gone))
	errors, advice := diag.Count(counted)
	var others []diag.Diagnostic
	for _, d := range c.Findings {
		if !d.Counts() {
			others = append(others, d)
		}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		Errors    int               `json:"errors"`
		Advice    int               `json:"advice"`
		Complete  bool              `json:"complete"`
		Findings  []diag.Diagnostic `json:"findings"`
		Uncounted []diag.Diagnostic `json:"uncounted"`
		Hosts     []string          `json:"hosts"`
	}{errors, advice, c.Complete, nonNil(counted), nonNil(others), nonNil(c.Hosts)})
}

// nonNil makes [] of a list that JSON would call null.
func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
