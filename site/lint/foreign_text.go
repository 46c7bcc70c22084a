package lint

import (
	"unicode"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var foreignText = pageRule{
	Info: diag.Info{ID: "foreign-text", Severity: diag.Advice,
		Fix: "look at who wrote it; if it belongs here, keep it with a lint:allow comment and a reason",
		Doc: `A block is written in another script than its page

More than three letters in ten are of another script than Latin, in a page in
English or Spanish. Some attacks fill a site's pages with Japanese or Cyrillic
text for search engines (Google, "Fix the Japanese keyword hack"). A screen
reader spells such text out, for it is not marked as another language (WCAG
2.2, 3.1.2).

Before: 安い時計 通販 ブランド コピー
After:  (nothing)`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			b := &m.Blocks[i]
			letters, others := 0, 0
			for _, r := range b.Text {
				if unicode.IsLetter(r) {
					letters++
					if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Common, r) {
						others++
					}
				}
			}
			if b.Kind != content.Code && letters >= 8 && others*10 > letters*3 {
				pos, length := b.Span(0, len(b.Text))
				report(pos, "%d of %d letters are of another script than the page's", others, letters).Length = length
			}
		}
	},
}
