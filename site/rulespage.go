package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// rulesLayout is the layout of the page that lists the rules.
const rulesLayout = "rules"

// addRules gives the page that lists the rules its data, when there is such a
// page: what a site says of its checks is what they are.
func addRules(files map[string][]byte, index *content.Index) error {
	if !slices.ContainsFunc(index.Pages, func(p *content.Page) bool { return p.Published && p.Layout == rulesLayout }) {
		return nil
	}
	data, err := json.Marshal(ruleTexts(Rules()))
	if err != nil {
		return fmt.Errorf("list rules: %w", err)
	}
	files["data/clinicblog/rules.json"] = data
	return nil
}

// A ruleText is a rule as its page prints it.
type ruleText struct {
	ID       string   `json:"id"`
	Severity string   `json:"severity"`
	Title    string   `json:"title"`
	Why      []string `json:"why"` // paragraphs
}

// ruleTexts are the rules by their title. Remedies, and what is shown of sources,
// are for authors, and left out.
func ruleTexts(rules []diag.Info) []ruleText {
	texts := make([]ruleText, 0, len(rules))
	for _, r := range rules {
		title, why, _ := strings.Cut(r.Doc, "\n\n")
		t := ruleText{ID: r.ID, Severity: r.Severity.String(), Title: title}
		for paragraph := range strings.SplitSeq(why, "\n\n") {
			if lower := strings.ToLower(paragraph); !strings.HasPrefix(lower, "before") || !strings.Contains(lower, "\nafter") {
				t.Why = append(t.Why, strings.Join(strings.Fields(paragraph), " "))
			}
		}
		texts = append(texts, t)
	}
	slices.SortFunc(texts, func(a, b ruleText) int { return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.ID, b.ID)) })
	return texts
}
