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

func reviewCommand() *cobra.Command {
	var r site.Review
	var clock string
	cmd := &cobra.Command{
		Use:   "review PAGE...",
		Short: "Stamp pages as reviewed by a person with credentials",
		Long: `review writes into the front matter of each page who reviewed it, when, until
when that holds, and a stamp of the text that was read. Nothing else in the file
changes. Once the text changes the stamp no longer fits: the page then says that
it has changed since its last review, and its markup claims none. Edits of form
alone, such as white space, quotes or emphasis, do not count.

Each language is reviewed by itself: a review is of the words of one file.`,
		Example: "  clinicblog review content/groups/process.md --by ana --until 2027-06-30",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Pages = args
			var err error
			if r.Clock, err = readClock(clock); err != nil {
				return err
			}
			stamped, findings, err := site.Stamp(cmd.Context(), r)
			if err := stopOnFindings(cmd.ErrOrStderr(), findings, err); err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			for _, s := range stamped {
				note := ""
				if !s.Changed {
					note = " (as before)"
				}
				fmt.Fprintf(out, "%s: reviewed by %s on %s, until %s%s\n", s.Page, r.By, s.Date.Format("2006-01-02"), s.Until.Format("2006-01-02"), note)
				if s.ByAuthor {
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s wrote this page too: let somebody else review it\n", s.Page, r.By)
				}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.Source, "source", ".", "the project's `folder`")
	f.StringVar(&r.By, "by", "", "the reviewer: the file name of a `person` in content/people, without .md")
	f.StringVar(&r.Date, "date", "", "the `day` of the review (default: today)")
	f.StringVar(&r.Until, "until", "", "the last `day` on which it holds (default: a year after the review)")
	f.StringVar(&clock, "clock", "", "stamp as if it were this `time`")
	_ = cmd.MarkFlagRequired("by")
	_ = cmd.MarkFlagDirname("source")
	return cmd
}

// stopOnFindings prints what keeps a command from its work.
func stopOnFindings(errs io.Writer, ds []diag.Diagnostic, err error) error {
	if n, _ := diag.Count(ds); n == 0 || err != nil {
		return err
	}
	if err := diag.Text(errs, ds); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	return errContent
}

func readClock(s string) (time.Time, error) {
	if s == "" {
		return time.Now().Truncate(time.Second), nil
	}
	return parseClock(s)
}

func dueCommand() *cobra.Command {
	var source, clock, format string
	var days int
	cmd := &cobra.Command{
		Use:   "due",
		Short: "List the pages whose medical review is due, void or missing",
		Long: `due lists the medical pages whose review has expired, is of another text than
the page has now, runs out within some days, or was never made: in that order,
each language by itself. As ics it is a calendar file with an event of a whole day
for each page, to be imported again later: an event that moved is moved. It names
pages and no person.`,
		Example: "  clinicblog due --days 90\n  clinicblog due --format ics > reviews.ics",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "text" && format != "json" && format != "ics" {
				return fmt.Errorf("read --format: %q is none of text, json, ics", format)
			}
			if cmd.Flags().Changed("days") && days < 0 {
				return fmt.Errorf("read --days: %d is below 0", days)
			}
			now, err := readClock(clock)
			if err != nil {
				return err
			}
			list, findings, err := site.DuePages(cmd.Context(), source, days, now)
			if err := stopOnFindings(cmd.ErrOrStderr(), findings, err); err != nil {
				return err
			}
			if err := printDue(cmd.OutOrStdout(), list, format); err != nil {
				return fmt.Errorf("print list: %w", err)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&source, "source", ".", "the project's `folder`")
	f.IntVar(&days, "days", -1, "how many `days` to look ahead (default: remind in hugo.toml, or 60)")
	f.StringVar(&format, "format", "text", "print `text`, json or ics")
	f.StringVar(&clock, "clock", "", "list as if it were this `time`")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "ics"}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.MarkFlagDirname("source")
	return cmd
}

func printDue(out io.Writer, list site.DueList, format string) error {
	switch format {
	case "json":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	case "ics":
		data, err := list.Calendar()
		if err == nil {
			_, err = out.Write(data)
		}
		return err
	}
	if len(list.Pages) == 0 {
		_, err := fmt.Fprintf(out, "no medical page is due for review within %s\n", plural(list.Days, "day"))
		return err
	}
	for _, d := range list.Pages {
		if _, err := fmt.Fprintf(out, "%-24s %s  %s\n", when(d), d.Page, d.Title); err != nil {
			return err
		}
	}
	return nil
}

// when says why a page is in the list.
func when(d site.Due) string {
	switch d.State {
	case "due":
		return "due " + d.Date
	case "expired":
		return "expired " + d.Date
	case "changed":
		return "changed since its review"
	}
	return "never reviewed"
}
