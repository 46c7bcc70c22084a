package main

import (
	"fmt"
	"io"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func serveCommand() *cobra.Command {
	var p site.Preview
	var clock string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in the browser while it is written",
		Long: `serve builds as build does, into a folder of its own, and shows the result to
this machine alone. When a source changes it builds again and the browser
reloads. Findings appear here and on the page, over the last site that was good.

What is shown are the bytes that build publishes. The preview adds two things
that are never on the disk: "Cache-Control: no-store" to every response, and a
script to every page that reloads it, shows findings and marks what is not
published. Canonical links and feeds name the published site, as they will.

Ctrl-C stops; public/ is never touched. Exit status: 0 stopped, 2 the tool
could not work.`,
		Example: "  clinicblog serve\n  clinicblog serve --drafts --future --port 8080",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if clock != "" {
				t, err := parseClock(clock)
				if err != nil {
					return err
				}
				p.Clock = t
			}
			out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
			show := preview{out: out, errs: errs}
			p.Notice = func(line string) { fmt.Fprintln(errs, line) }
			p.Opened, p.Built = show.opened, show.built
			return site.Serve(cmd.Context(), p)
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.Source, "source", ".", "the project's `folder`")
	f.IntVar(&p.Port, "port", 1313, "the `port` to listen on, or the next that is free; 0 for any")
	f.BoolVar(&p.Drafts, "drafts", false, "show pages marked as drafts too")
	f.BoolVar(&p.Future, "future", false, "show pages of a future date too")
	f.BoolVar(&p.Expired, "expired", false, "show pages that have expired too")
	f.StringVar(&clock, "clock", "", "build as if it were this `time`, such as 2026-01-31 or 2026-01-31T09:00:00-08:00")
	f.StringVar(&p.Hugo, "hugo", "", "the Hugo `program` to run")
	_ = cmd.MarkFlagDirname("source")
	return cmd
}

// preview tells at the terminal what serve does.
type preview struct {
	out, errs io.Writer
	open      bool
	good      bool // a site is up
}

func (p *preview) opened(url string) {
	p.open = true
	fmt.Fprintf(p.out, "%s shows the site and follows every change; Ctrl-C stops\n", url)
}

func (p *preview) built(s site.Summary, findings []diag.Diagnostic, err error) {
	_ = diag.Text(p.errs, findings) // a terminal that is gone ends nothing
	errors, advice := diag.Count(findings)
	switch {
	case err != nil:
		if p.open { // else it ends the command, which prints it
			fmt.Fprintf(p.errs, "clinicblog: %v\n", err)
		}
	case errors == 0:
		p.good = true
		fmt.Fprintf(p.out, "built in %s: %s\n", seconds(s.Time), plural(s.Pages, "page"))
	case p.good:
		fmt.Fprintf(p.errs, "\n%s, %d advice: the last good site stays up\n", plural(errors, "error"), advice)
	default:
		fmt.Fprintf(p.errs, "\n%s, %d advice: there is no site to show yet\n", plural(errors, "error"), advice)
	}
}
