package main

import (
	"bytes"
	"fmt"
	"os"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func reportCommand() *cobra.Command {
	var o sourceOptions
	var out string
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write one HTML file that shows editors the state of every page",
		Long: `report judges the project as check does and writes one file that holds all that
it shows: a row per page with its review, reading grade, citations, links,
questions, weight and findings, most urgent first, and plots of what a picture
tells faster. It loads nothing, runs no script, and can be printed.

Exit status: 0 written, whatever was found; 2 the tool could not work.`,
		Example: "  clinicblog report --out state.html",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := o.config()
			if err != nil {
				return err
			}
			show := newProgress(cmd.ErrOrStderr())
			cfg.Notice, cfg.Step = show.notice, show.step
			c, err := site.Check(cmd.Context(), cfg, site.CheckOptions{Scope: site.Built, Report: true})
			show.clear()
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := c.Report(&b); err != nil {
				return err
			}
			if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
				return fmt.Errorf("write report: %w", err)
			}
			errors, advice := diag.Count(c.Findings)
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %d advice\n", out, plural(errors, "error"), advice)
			return nil
		},
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&out, "out", "report.html", "the `file` to write")
	_ = cmd.MarkFlagDirname("source")
	return cmd
}
