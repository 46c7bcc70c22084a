package main

import (
	"path/filepath"
	"strings"

	"clinicblog/site"

	"github.com/spf13/cobra"
)

func verifyCommand() *cobra.Command {
	var o sourceOptions
	cmd := &cobra.Command{
		Use:   "verify [PATH|URL]",
		Short: "Prove that a folder, or a live site, is what the sources build",
		Long: `verify builds the sources into a folder of its own and compares every file with
PATH, which is public/ unless it is given, or with the live site at URL. It
changes neither.

Exit status: 0 it is what the sources build, 1 it differs, or the sources do not
build, 2 the tool could not work.`,
		Example: "  clinicblog verify\n  clinicblog verify https://clinic.example.org/",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := o.config()
			if err != nil {
				return err
			}
			show := newProgress(cmd.ErrOrStderr())
			cfg.Notice, cfg.Step = show.notice, show.step
			published, what := filepath.Join(cfg.Source, "public"), "files are"
			if len(args) == 1 {
				published = args[0]
			}
			if strings.Contains(published, "://") {
				what = "addresses of the live site are"
			}
			n, findings, err := site.Verify(cmd.Context(), cfg, published)
			show.clear()
			return printCompared(cmd.OutOrStdout(), cmd.ErrOrStderr(), n, what, findings, err)
		},
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&o.cfg.BaseURL, "base-url", "", "the `URL` of the home page, instead of baseURL in hugo.toml")
	cmd.Flags().StringSliceVar(&o.cfg.Hosts, "host", nil, "the `host` that it was built for, instead of those in hugo.toml; may be repeated")
	_ = cmd.MarkFlagDirname("source")
	return cmd
}
