package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func buildCommand() *cobra.Command {
	var o sourceOptions
	var format string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site, verify it and swap it into public/",
		Long: `build reads the sources, renders them with Hugo, adds the structured data,
minifies every file, proves that nothing was lost, verifies the final bytes and
swaps the result into the destination in one step. When anything is wrong the
destination stays as it was.

A suitable Hugo is looked for in --hugo, in CLINICBLOG_HUGO, on PATH and in the
user's cache; if there is none, it is installed into the cache, once.`,
		Example: "  clinicblog build\n  clinicblog build --base-url https://clinic.example.org/blog/ --drafts",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				format = "json"
			}
			if err := knownFormat(format); err != nil {
				return err
			}
			cfg, err := o.config()
			if err != nil {
				return err
			}
			out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
			show := newProgress(errs)
			cfg.Notice, cfg.Step = show.notice, show.step
			summary, findings, err := site.Build(cmd.Context(), cfg)
			show.clear()
			switch format {
			case "json":
				return printJSON(out, summary, findings, err)
			case "text":
				return printText(out, errs, summary, findings, err)
			}
			if werr := printFindings(out, errs, format, cfg.Source, findings, nil, false, diag.NewFiles(cfg.Source)); werr != nil {
				return fmt.Errorf("print findings: %w", werr)
			}
			if failed, _ := diag.Count(findings); err == nil && failed > 0 {
				return errContent
			}
			return err
		},
	}
	f := cmd.Flags()
	o.flags(cmd)
	f.StringVar(&o.cfg.Destination, "destination", "", "the `folder` to publish into (default: public in the source)")
	f.StringVar(&o.cfg.BaseURL, "base-url", "", "the `URL` of the home page, instead of baseURL in hugo.toml")
	f.StringSliceVar(&o.cfg.Hosts, "host", nil, "the `host` to write headers and redirects for, instead of those in hugo.toml; may be repeated")
	f.BoolVar(&asJSON, "json", false, "short for --format json")
	formatFlag(cmd, &format)
	_ = cmd.RegisterFlagCompletionFunc("host", cobra.FixedCompletions(site.Hosts(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.MarkFlagDirname("source")
	_ = cmd.MarkFlagDirname("destination")
	return cmd
}

// sourceOptions say what is read, and as of when.
type sourceOptions struct {
	cfg   site.Config
	clock string
}

func (o *sourceOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.cfg.Source, "source", ".", "the project's `folder`")
	f.BoolVar(&o.cfg.Drafts, "drafts", false, "include pages marked as drafts")
	f.BoolVar(&o.cfg.Future, "future", false, "include pages of a future date")
	f.BoolVar(&o.cfg.Expired, "expired", false, "include pages that have expired")
	f.StringVar(&o.clock, "clock", "", "take this `time` for now, such as 2026-01-31 or 2026-01-31T09:00:00-08:00")
	f.StringVar(&o.cfg.Hugo, "hugo", "", "the Hugo `program` to run")
}

func (o *sourceOptions) config() (site.Config, error) {
	cfg := o.cfg
	if o.clock != "" {
		t, err := parseClock(o.clock)
		if err != nil {
			return site.Config{}, err
		}
		cfg.Clock = t
	}
	return cfg, nil
}

func parseClock(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("read --clock: %q is no time: write 2026-01-31 or 2026-01-31T09:00:00-08:00", s)
}

// printText prints findings on the error stream and the summary of a site that
// was published on the other.
func printText(out, errs io.Writer, s site.Summary, findings []diag.Diagnostic, err error) error {
	if werr := diag.Text(errs, findings); werr != nil {
		return fmt.Errorf("print findings: %w", werr)
	}
	if err != nil {
		return err
	}
	errors, advice := diag.Count(findings)
	if errors > 0 {
		fmt.Fprintf(errs, "\n%s, %d advice: %s is unchanged\n", plural(errors, "error"), advice, relative(s.Destination))
		return errContent
	}
	if len(findings) > 0 {
		fmt.Fprintln(errs)
	}
	if _, err := io.WriteString(out, summaryText(s)); err != nil {
		return fmt.Errorf("print summary: %w", err)
	}
	return nil
}

// printJSON prints one object, whatever happened.
func printJSON(out io.Writer, s site.Summary, findings []diag.Diagnostic, err error) error {
	errors, advice := diag.Count(findings)
	result := struct {
		Built    bool              `json:"built"`
		Error    string            `json:"error,omitempty"`
		Errors   int               `json:"errors"`
		Advice   int               `json:"advice"`
		Findings []diag.Diagnostic `json:"findings"`
		Summary  site.Summary      `json:"summary"`
	}{Built: err == nil && errors == 0, Errors: errors, Advice: advice, Findings: nonNil(findings), Summary: s}
	if err != nil {
		result.Error = err.Error()
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	if werr := enc.Encode(result); werr != nil {
		return fmt.Errorf("print result: %w", werr)
	}
	if err == nil && errors > 0 {
		return errContent
	}
	return err
}

// progress tells what the build is doing: one line that changes on a terminal,
// plain lines elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	shown    bool
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, terminal: isTerminal(w)}
}

func (p *progress) notice(line string) {
	p.clear()
	fmt.Fprintln(p.w, line)
}

func (p *progress) step(name string) {
	if !p.terminal {
		fmt.Fprintln(p.w, doing[name])
		return
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", doing[name])
	p.shown = true
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
