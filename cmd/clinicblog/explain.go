package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

// explainFormats are the forms in which rules are printed.
var explainFormats = []string{"text", "json", "markdown"}

func explainCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Say what a rule finds and why it matters; without RULE, list all rules",
		Long: `explain says what a rule finds, why it matters, who says so, and what to do. Without
RULE it lists all rules: as text by their titles, as JSON and Markdown in full, for
an editor or a house's own guide.`,
		Example:           "  clinicblog explain faq-answer\n  clinicblog explain --format json",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeRule,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(explainFormats, format) {
				return fmt.Errorf("read --format: %q is none of %s", format, strings.Join(explainFormats, ", "))
			}
			rules := site.Rules()
			slices.SortFunc(rules, func(a, b diag.Info) int { return strings.Compare(a.ID, b.ID) })
			if len(args) > 0 {
				i := slices.IndexFunc(rules, func(r diag.Info) bool { return r.ID == args[0] })
				if i < 0 {
					return fmt.Errorf("explain %s: there is no such rule: run `clinicblog explain` for the list", args[0])
				}
				rules = rules[i : i+1]
			}
			out := cmd.OutOrStdout()
			switch {
			case format == "json":
				return explainJSON(out, rules)
			case format == "markdown":
				for _, r := range rules {
					title, why, _ := strings.Cut(r.Doc, "\n\n")
					fmt.Fprintf(out, "## %s\n\n`%s`, %s\n\n%s\n\nRemedy: %s.\n\n", title, r.ID, r.Severity, markdownOf(why), r.Fix)
				}
			case len(args) > 0:
				r := rules[0]
				fmt.Fprintf(out, "%s (%s)\n%s\n\nRemedy: %s.\n%s.\n", r.ID, r.Severity, r.Doc, r.Fix, softened(r))
			default:
				for _, r := range rules {
					title, _, _ := strings.Cut(r.Doc, "\n")
					fmt.Fprintf(out, "%-22s %-7s %s\n", r.ID, r.Severity, title)
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "print `text`, json or markdown")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(explainFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// explainJSON prints a list of rules.
func explainJSON(out io.Writer, rules []diag.Info) error {
	type rule struct {
		ID       string        `json:"id"`
		Severity diag.Severity `json:"severity"`
		Title    string        `json:"title"`
		Why      string        `json:"why"`
		Fix      string        `json:"fix"`
		Fixed    bool          `json:"fixed"` // no setting changes it
	}
	list := make([]rule, len(rules))
	for i, r := range rules {
		title, why, _ := strings.Cut(r.Doc, "\n\n")
		list[i] = rule{r.ID, r.Severity, title, why, r.Fix, r.Fixed}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(list)
}

// markdownOf keeps the lines of what is shown of sources, as a block of code.
func markdownOf(why string) string {
	paragraphs := strings.Split(why, "\n\n")
	for i, p := range paragraphs {
		first := strings.ToLower(strings.TrimSpace(p))
		if strings.HasPrefix(first, "before") && strings.Contains(first, "\n") || strings.HasPrefix(p, "    ") {
			paragraphs[i] = "```text\n" + p + "\n```"
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// softened says how a site can change what becomes of a rule's findings.
func softened(r diag.Info) string {
	if r.Fixed {
		return "No setting, comment or baseline changes this rule"
	}
	return fmt.Sprintf("hugo.toml can make it error, advice or off: [params.clinicblog.check.rules] %s = %q", r.ID, "off")
}

func completeRule(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, r := range site.Rules() {
		if len(args) == 0 && strings.HasPrefix(r.ID, prefix) {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return ids, cobra.ShellCompDirectiveNoFileComp
}
