package main

import (
	"errors"
	"fmt"
	"io"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

// errStopped says what an interrupt has left, where something may have changed.
var errStopped = errors.New("deploy stopped; every page there has what it needs, and the next deploy ends what this one began")

func deployCommand() *cobra.Command {
	cfg := site.DeployConfig{}
	var check string
	cmd := &cobra.Command{
		Use:   "deploy [TARGET]",
		Short: "Put the site that was built where visitors get it from: a bucket, a server or a folder",
		Long: `deploy compares public/ with what it put at the target before, and changes what
differs: first what pages need, then pages, then feeds, then it deletes what is
gone. Nothing is sent that is not as build verified it. A deploy that failed, or
was killed, is ended by the next one.

TARGET is a name from hugo.toml:

  [[params.clinicblog.deploy]]
    name = "production"
    url = "s3://clinic-site?region=us-west-2"
    cloudfront = "E2QWRUHAPOMQZL"               # its cache is told what changed

or of these kinds, each with the folder for the home page behind it:

  gs://BUCKET                       Google Cloud Storage
  azblob://CONTAINER?account=NAME   Azure Blob Storage, such as $web
  sftp://USER@HOST/FOLDER           a server that ssh reaches
  file:///FOLDER                    a folder of this machine

Credentials are those that the tools of AWS, Google and Azure find: in the
environment, in the user's configuration, or from the machine itself. For sftp
they are the keys of the agent and of ~/.ssh, and known_hosts must list the
server. They never stand in hugo.toml.

With --check, deploy changes nothing: it fetches every file of public/ from the
live site, and compares bytes, headers, redirects and the page for unknown
addresses with what build made.

Exit status: 0 done, 1 the live site or hugo.toml is wrong, 2 the tool could not
work.`,
		Example: "  clinicblog deploy production --dry-run\n  clinicblog deploy production\n  clinicblog deploy --check https://clinic.example.org/",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
			if check != "" {
				if len(args) > 0 {
					return errors.New("deploy: --check takes no target: it asks the live site")
				}
				from := cfg.From
				if from == "" {
					from = "public"
				}
				n, findings, err := site.CheckLive(cmd.Context(), from, check)
				return printCompared(out, errs, n, "addresses of the live site are", findings, err)
			}
			if len(args) == 1 {
				cfg.Target = args[0]
			}
			cfg.Notice = func(line string) { fmt.Fprintln(errs, line) }
			done, findings, err := site.Deploy(cmd.Context(), cfg)
			if werr := diag.Text(errs, findings); werr != nil {
				return fmt.Errorf("print findings: %w", werr)
			}
			if cmd.Context().Err() != nil && !cfg.DryRun {
				return errStopped
			}
			if err != nil {
				return err
			}
			if failed, _ := diag.Count(findings); failed > 0 {
				return errContent
			}
			return printDeployed(out, cfg, done)
		},
	}
	f := cmd.Flags()
	f.StringVar(&cfg.Source, "source", ".", "the project's `folder`")
	f.StringVar(&cfg.From, "from", "", "the `folder` that was built (default: public in the source)")
	f.BoolVar(&cfg.DryRun, "dry-run", false, "say what would change, and change nothing")
	f.BoolVar(&cfg.Adopt, "adopt", false, "overwrite files that are there and that no deploy put there")
	f.IntVar(&cfg.MaxDeletes, "max-deletes", -1, "the most files that may be deleted (default: a tenth of those there, and at least 20)")
	f.StringVar(&check, "check", "", "compare the live site at this `URL` with what was built")
	_ = cmd.MarkFlagDirname("source")
	_ = cmd.MarkFlagDirname("from")
	return cmd
}

func printDeployed(out io.Writer, cfg site.DeployConfig, done site.Deployed) error {
	if cfg.DryRun {
		for _, part := range []struct {
			what  string
			names []string
		}{{"add", done.Added}, {"change", done.Changed}, {"delete", done.Deleted}} {
			for _, name := range part.names {
				if _, err := fmt.Fprintf(out, "%-7s %s\n", part.what, name); err != nil {
					return fmt.Errorf("print plan: %w", err)
				}
			}
		}
	}
	would := ""
	if cfg.DryRun {
		would = "nothing was changed; a deploy would have: "
	}
	fmt.Fprintf(out, "%s%d added, %d changed, %d deleted, %d as they were at %s (%s sent)\n",
		would, len(done.Added), len(done.Changed), len(done.Deleted), done.Unchanged, cfg.Target, size(done.Bytes))
	if done.Foreign > 0 {
		fmt.Fprintf(out, "%s there that no deploy put there: left alone\n", plural(done.Foreign, "file"))
	}
	if done.Announced > 0 {
		fmt.Fprintf(out, "%s told to IndexNow\n", plural(done.Announced, "page"))
	}
	return nil
}

// printCompared says what differs, or that nothing does.
func printCompared(out, errs io.Writer, n int, what string, findings []diag.Diagnostic, err error) error {
	if werr := diag.Text(errs, findings); werr != nil {
		return fmt.Errorf("print findings: %w", werr)
	}
	if err != nil {
		return err
	}
	if failed, _ := diag.Count(findings); failed > 0 {
		fmt.Fprintf(errs, "\n%s\n", plural(failed, "difference"))
		return errContent
	}
	fmt.Fprintf(out, "%d %s as they were built\n", n, what)
	return nil
}
