package lint

import (
	"regexp"
	"strings"
	"unicode"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var hiddenText = pageRule{
	Info: diag.Info{ID: "hidden-text", Severity: diag.Error,
		Fix: "delete the text; somebody may have had access to your sources: look at who wrote it",
		Doc: `Text is hidden from readers

Styles that put text out of sight, a size of nothing, white on white, or letters
kept apart by signs without a width: only crawlers are meant to see it. That is
how injected links work, and search engines remove sites for it (Google, spam
policies: hidden text and links). Text for screen readers alone has a class, not
a style.

Before: <div style="display:none"><a href="https://pills.example">cheap pills</a></div>
After:  (nothing)`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			b := &m.Blocks[i]
			for _, t := range b.Tags {
				if how := hides(t.Source); how != "" {
					report(t.Pos, "HTML hides text (%s)", how)
				}
			}
			if at, n := split(b); n > 0 {
				pos, _ := b.Span(at, at+1)
				report(pos, "%d signs without a width stand between letters", n)
			}
		}
	},
}

var (
	outOfSight = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0\d*)?\s*(?:[;"'}]|$)|font-size\s*:\s*[01](?:px|pt|em|rem|%)?\s*(?:[;"'}]|$)|(?:text-indent|left|right|top|bottom|margin-left|margin-top)\s*:\s*-\d{3,}|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:[;"'}]|$)|clip\s*:\s*rect\(\s*0|transform\s*:\s*scale\(\s*0|<[^>]*\shidden[\s=>]|<font[^>]*\s(?:size\s*=\s*["']?[01]\b|color\s*=\s*["']?(?:white|#fff))`)
	colour     = regexp.MustCompile(`(?i)(?:^|[;"'\s])color\s*:\s*([^;"'}]+)`)
	background = regexp.MustCompile(`(?i)background(?:-color)?\s*:\s*([^;"'}]+)`)
)

// hides says which style of a tag puts text out of sight, "" for none.
func hides(tag string) string {
	if found := outOfSight.FindString(tag); found != "" {
		return strings.Trim(strings.Join(strings.Fields(found), " "), `"';} `)
	}
	front, back := colour.FindStringSubmatch(tag), background.FindStringSubmatch(tag)
	if front != nil && back != nil && shade(front[1]) == shade(back[1]) {
		return "color and background are both " + strings.TrimSpace(front[1])
	}
	return ""
}

// shade is a colour in one spelling.
func shade(c string) string {
	c = strings.ToLower(strings.TrimSpace(c))
	switch c {
	case "#fff", "#ffffff", "rgb(255,255,255)", "rgb(255, 255, 255)":
		return "white"
	case "#000", "#000000", "rgb(0,0,0)", "rgb(0, 0, 0)":
		return "black"
	}
	return c
}

// split finds signs without a width between two letters: where the first stands,
// and how many. A joiner within an emoji or a script that needs one is none.
func split(b *content.Block) (at, n int) {
	previous := rune(0)
	for i, r := range b.Text {
		switch r {
		case '\u200b', '\u2060', '\ufeff', '\u180e', '\u00ad', '\u200c', '\u200d':
			if unicode.In(previous, unicode.Latin) && followedByLatin(b.Text[i:]) {
				if n == 0 {
					at = i
				}
				n++
			}
			continue
		}
		previous = r
	}
	if n < 3 {
		return 0, 0
	}
	return at, n
}

func followedByLatin(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Cf, r) {
			return unicode.In(r, unicode.Latin)
		}
	}
	return false
}
