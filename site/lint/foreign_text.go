package lint

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/diag"
)

var foreignText = pageRule{
	Info: diag.Info{ID: "foreign-text", Severity: diag.Advice,
		Fix: "look at who wrote it; if it belongs here, keep it with a lint:allow comment and a reason",
		Doc: `A block is written in another script or language than its page

More than three letters in ten are of another script than Latin, in a page in
English or Spanish, or the small words are those of another language. Some attacks
fill a site's pages with Japanese or Indonesian text for search engines (Google,
"Fix the Japanese keyword hack"). A screen reader reads such text as if it were
English, for it is not marked as another language (WCAG 2.2, 3.1.2). A line that
offers help in a language names it, and is left alone.

Before: 安い時計 通販 ブランド コピー
After:  (nothing)`},
	judge: func(m *manuscript, t *passage, report diag.Report) {
		if tag := strings.ToLower(tagOf(m.site, m.Page)); !strings.HasPrefix(tag, "en") && !strings.HasPrefix(tag, "es") && tag != "" {
			return
		}
		what := ""
		if letters, others := scripts(t.Text); letters >= 8 && others*10 > letters*3 {
			what = fmt.Sprintf("%d of %d letters are of another script than the page's", others, letters)
		} else if said := t.foreign(); said != nil {
			what = fmt.Sprintf("by its small words (%s) the block is in another language than the page", strings.Join(said, ", "))
		}
		if what != "" {
			pos, length := t.Span(0, len(t.Text))
			report(pos, "%s", what).Length = length
		}
	},
}

// scripts counts the letters of a text, and those that are not Latin.
func scripts(text string) (letters, others int) {
	for _, r := range text {
		if r < utf8.RuneSelf {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				letters++
			}
		} else if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Common, r) {
				others++
			}
		}
	}
	return letters, others
}

// A tongue is a language that pages are not written in: small words that neither
// English nor Spanish has, and how the language calls itself.
type tongue struct{ words, name *wordSet }

var tongues = []tongue{
	{newWordSet("yang dan dengan untuk adalah dari dalam tidak anda kami itu akan dapat bisa juga kepada situs terpercaya gacor terbaru resmi daftar"), newWordSet("indonesia melayu")},
	{newWordSet("nao voce voces sao tambem pelo pela pelos pelas ao isso melhor melhores seu muito apostas"), newWordSet("portugues")},
	{newWordSet("les des est une avec pour dans vous nous sur votre vos aux cette sont pas"), newWordSet("francais")},
	{newWordSet("der das und mit nicht ist wir auf eine von zu auch ihre fur bei oder"), newWordSet("deutsch")},
	{newWordSet("ve bir icin ile cok olarak daha bahis sitesi giris guncel"), newWordSet("turkce")},
	{newWordSet("della delle degli che sono anche nel nella alla gli piu questo"), newWordSet("italiano")},
}

// small are the words of all tongues.
var small = func() *wordSet {
	all := newWordSet("")
	for _, l := range tongues {
		maps.Copy(all.exact, l.words.exact)
	}
	return all
}()

// foreign returns words of the language that a block is in, nil when that is the
// page's or cannot be told: three different ones at least, and twice as many as
// there are of English and Spanish.
func (t *passage) foreign() []string {
	count, ours := 0, 0
	for i := range t.words {
		switch w := &t.words[i]; {
		case w.in(small):
			count++
		case w.in(englishMarks) || w.in(spanishMarks):
			ours++
		}
	}
	if count < 3 || count <= 2*ours {
		return nil
	}
	for _, l := range tongues {
		var said []string
		for i := range t.words {
			if w := &t.words[i]; w.in(l.words) && !slices.Contains(said, w.Fold) && len(said) < 4 {
				said = append(said, w.Fold)
			}
		}
		if len(said) >= 3 && !t.has(l.name) {
			return said
		}
	}
	return nil
}
