package main

import (
	"fmt"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func urlsCommand() *cobra.Command {
	var cfg site.Config
	cmd := &cobra.Command{
		Use:   "urls",
		Short: "Add new pages to urls.txt, the list of all addresses that were ever published",
		Long: `urls builds the site aside and adds the addresses of new pages, feeds, calendars
and documents to urls.txt. From then on a build fails when one of them
disappears without a word about where it went.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			show := newProgress(cmd.ErrOrStderr())
			cfg.Notice, cfg.Step = show.notice, show.step
			added, findings, err := site.RecordURLs(cmd.Context(), cfg)
			show.clear()
			if werr := diag.Text(cmd.ErrOrStderr(), findings); werr != nil {
				return fmt.Errorf("print findings: %w", werr)
			}
			if err != nil {
				return err
			}
			if errs, _ := diag.Count(findings); errs > 0 {
				return errContent
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d new in urls.txt\n", added)
			return nil
		},
	}
	cmd.Flags().StringVar(&cfg.Source, "source", ".", "the project's `folder`")
	cmd.Flags().StringVar(&cfg.Hugo, "hugo", "", "the Hugo `program` to run")
	return cmd
}

func movedCommand() *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "moved OLD NEW",
		Short: "Let the address OLD lead to NEW for good",
		Long: `moved writes to urls.txt that the address OLD leads to NEW. What led to OLD leads
to NEW from then on; a page that moves back takes its address back. OLD with a
star at its end is every address below a folder, and a star at the end of NEW
stands for what followed the folder.`,
		Example: "  clinicblog moved /articles/anxiety/ /articles/anxiety-in-groups/\n  clinicblog moved '/therapy/*' '/groups/*'",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := site.Moved(source, args[0], args[1]); err != nil {
				return fmt.Errorf("move address: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&source, "source", ".", "the project's `folder`")
	return cmd
}

func retractCommand() *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:     "retract URL",
		Short:   "Withdraw an address: it is gone for good, and hosts say so",
		Long:    "retract writes to urls.txt that the address URL is gone. URL with a star at its end\nis every address below a folder, such as that of a language.",
		Example: "  clinicblog retract /articles/withdrawn/\n  clinicblog retract '/es/*'",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := site.Retract(source, args[0]); err != nil {
				return fmt.Errorf("retract address: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&source, "source", ".", "the project's `folder`")
	return cmd
}
