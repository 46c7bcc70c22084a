package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func linksCommand() *cobra.Command {
	var source, format string
	cmd := &cobra.Command{
		Use:   "links",
		Short: "List the sites that pages lead to, and approve new ones",
		Long: `links lists the hosts that links in the sources lead to: how many links, whether
the host is approved, and where the first link stands.

Government and school domains, the references, the crisis lines and the clinic's
own profiles need no approval; every other domain stands in data/links.yaml.`,
		Example: "  clinicblog links\n  clinicblog links approve aa.org smartrecovery.org",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("read --format: %q is neither text nor json", format)
			}
			hosts, findings, err := site.LinkHosts(cmd.Context(), source)
			if werr := diag.Text(cmd.ErrOrStderr(), findings); err == nil {
				err = werr
			}
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			if format == "json" {
				if hosts == nil {
					hosts = []site.LinkHost{}
				}
				enc := json.NewEncoder(out)
				enc.SetIndent("", "  ")
				err = enc.Encode(hosts)
			} else {
				w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
				for _, h := range hosts {
					state := "approved"
					if !h.Approved {
						state = "not approved"
					}
					fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", h.Name, h.Links, state, h.First)
				}
				err = w.Flush()
			}
			if err != nil {
				return fmt.Errorf("print hosts: %w", err)
			}
			if errors, _ := diag.Count(findings); errors > 0 {
				return errContent
			}
			return nil
		},
	}
	cmd.PersistentFlags().StringVar(&source, "source", ".", "the project's `folder`")
	_ = cmd.MarkPersistentFlagDirname("source")
	cmd.Flags().StringVar(&format, "format", "text", "print `text` or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	cmd.AddCommand(&cobra.Command{
		Use:     "approve HOST...",
		Short:   "Let pages lead to a host: adds its domain to data/links.yaml",
		Example: "  clinicblog links approve aa.org",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			added, err := site.ApproveHosts(source, args)
			if err != nil {
				return err
			}
			for _, host := range added {
				fmt.Fprintf(cmd.OutOrStdout(), "%s is approved\n", host)
			}
			if len(added) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "nothing to add: each of them is approved already")
			}
			return nil
		},
	})
	return cmd
}
