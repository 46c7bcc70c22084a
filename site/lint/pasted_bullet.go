package lint

import "clinicblog/site/diag"

var pastedBullet = diag.Rule[Subject]{
	Info: diag.Info{ID: "pasted-bullet", Severity: diag.Advice,
		Fix: "start the line with a hyphen and a space",
		Doc: `A line starts with a bullet character

Text pasted from a word processor has "•" where Markdown has a hyphen. The page
then shows one long paragraph, and a screen reader announces no list (WCAG 2.2,
1.3.1).`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			for _, pos := range p.Bullets {
				report(pos, "line starts with a bullet character instead of a list").
					Edits = []diag.Edit{{Pos: pos, Old: "• ", New: "- "}}
			}
		}
	},
}
