package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func hostCommand() *cobra.Command {
	var from, output string
	cmd := &cobra.Command{
		Use:   "host NAME",
		Short: "Print how a host must serve the site that was built: its headers and redirects",
		Long: `host writes the configuration of a host for the site in public/, which build
made: headers, cache times, content types, redirects, and what is gone. It is
read from the list of what was published, and every file is compared with that
list first.

Hosts are ` + strings.Join(site.Hosts(), ", ") + `.

Some read their configuration from the published folder; build puts it there
for the hosts that --host or hugo.toml names. nginx, Caddy, Firebase and
CloudFront do not: theirs comes from this command alone.`,
		Example:   "  clinicblog host nginx >/etc/nginx/snippets/clinic.conf\n  clinicblog host cloudfront --output hosting",
		Args:      cobra.ExactArgs(1),
		ValidArgs: site.Hosts(),
		RunE: func(cmd *cobra.Command, args []string) error {
			configs, findings, err := site.HostConfigs(args[0], from)
			if err != nil {
				return fmt.Errorf("configure host: %w", err)
			}
			if err := diag.Text(cmd.ErrOrStderr(), findings); err != nil {
				return fmt.Errorf("print findings: %w", err)
			}
			if errs, _ := diag.Count(findings); errs > 0 {
				return errContent
			}
			if output == "" && len(configs) == 1 {
				_, err := cmd.OutOrStdout().Write(configs[0].Content)
				return err
			}
			if output == "" {
				return fmt.Errorf("configure host: %s takes %d files: name a folder for them with --output", args[0], len(configs))
			}
			if err := os.MkdirAll(output, 0o755); err != nil {
				return fmt.Errorf("configure host: %w", err)
			}
			for _, c := range configs {
				name := filepath.Join(output, c.Name)
				if err := os.WriteFile(name, c.Content, 0o644); err != nil {
					return fmt.Errorf("configure host: %w", err)
				}
				fmt.Fprintln(cmd.OutOrStdout(), name)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "public", "the `folder` that was built")
	cmd.Flags().StringVar(&output, "output", "", "the `folder` to write the files into; the only file of a host is printed otherwise")
	_ = cmd.MarkFlagDirname("from")
	_ = cmd.MarkFlagDirname("output")
	return cmd
}
