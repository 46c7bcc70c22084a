package lint

import (
	"fmt"
	"slices"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var faqRepeated = diag.Rule[Subject]{
	Info: diag.Info{ID: "faq-repeated", Severity: diag.Advice,
		Fix: "answer it on one page and link there, or name in the question what sets it apart",
		Doc: `Two pages ask the same question

Two answers drift apart: one is corrected, the other is quoted. Out of its page
"How long is a session?" does not say which group it means; "How long is a
process group?" does. Each question is one finding, and the twenty that are asked
on most pages are named.`},
	Run: func(s Subject, report diag.Report) {
		asked := map[string][]content.Question{}
		var keys []string
		for p := range s.published() {
			for _, section := range p.FAQ {
				for _, q := range section.Questions {
					key := p.Lang + " " + bareQuestion(q.Text)
					all := asked[key]
					if len(all) > 0 && all[len(all)-1].Pos.File == q.Pos.File {
						continue // faq-duplicate
					}
					if len(all) == 1 {
						keys = append(keys, key)
					}
					asked[key] = append(all, q)
				}
			}
		}
		slices.SortStableFunc(keys, func(a, b string) int { return len(asked[b]) - len(asked[a]) })
		for _, key := range keys[:min(mostRepeated, len(keys))] {
			all := asked[key]
			also := ""
			switch more := len(all) - 2; {
			case more == 1:
				also = ", and on 1 more page"
			case more > 1:
				also = fmt.Sprintf(", and on %d more pages", more)
			}
			more := ""
			if len(keys) > mostRepeated {
				more = fmt.Sprintf("; %d questions are asked on several pages", len(keys))
			}
			report(all[1].Pos, "question %q is also asked at %s%s%s", all[1].Text, all[0].Pos, also, more)
		}
	},
}

// mostRepeated is how many questions of a site are named, those on most pages
// first: advice that floods is not read.
const mostRepeated = 20
