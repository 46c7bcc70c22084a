package main

import (
	"fmt"
	"slices"
	"strings"

	"clinicblog/site"
	"clinicblog/site/diag"

	"github.com/spf13/cobra"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "explain [RULE]",
		Short:             "Say what a rule finds and why it matters; without RULE, list all rules",
		Example:           "  clinicblog explain faq-answer",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeRule,
		RunE: func(cmd *cobra.Command, args []string) error {
			rules := site.Rules()
			out := cmd.OutOrStdout()
			if len(args) == 0 {
				slices.SortFunc(rules, func(a, b diag.Info) int { return strings.Compare(a.ID, b.ID) })
				for _, r := range rules {
					title, _, _ := strings.Cut(r.Doc, "\n")
					fmt.Fprintf(out, "%-22s %-7s %s\n", r.ID, r.Severity, title)
				}
				return nil
			}
			for _, r := range rules {
				if r.ID == args[0] {
					fmt.Fprintf(out, "%s (%s)\n%s\n\nRemedy: %s.\n%s.\n", r.ID, r.Severity, r.Doc, r.Fix, softened(r))
					return nil
				}
			}
			return fmt.Errorf("explain %s: there is no such rule: run `clinicblog explain` for the list", args[0])
		},
	}
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
