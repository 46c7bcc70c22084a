package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint/spam"
	"clinicblog/site/prose"
)

var injectedSpam = pageRule{
	Info: diag.Info{ID: "injected-spam", Severity: diag.Error,
		Fix: "delete the block, and look at who wrote it; if it belongs here, keep it with a lint:allow comment and a reason",
		Doc: `A block sells something that the page is not about

Whoever gets access to a clinic's pages, or pays for a place on them, puts in
paragraphs that sell travel, loans, pills or games of chance, with a link or with
its words alone. Readers in need follow them, search engines remove sites for
them (Google, spam policies: hacked content, link spam, site reputation abuse),
and Florida law forbids a treatment provider links that lead readers elsewhere
unseen (Fla. Stat. 397.55). The finding names the words that decided, and its
score: how likely it is, out of 100, by a model fitted on a labelled corpus.

Before: Looking for cheap tours? Book with our travel agents today.
After:  (nothing)`},
	page: func(m *manuscript, report diag.Report) {
		for _, a := range m.adverts() {
			b := a.block
			pos, length := b.At(0), 0
			if !strings.ContainsFunc(b.Text, invisible) {
				pos, length = b.Span(a.Start, a.End)
			}
			d := report(pos, "%s", a.sells())
			d.Length = length
			d.Edits = quarantine(m.Page, b)
		}
	},
}

// An advert is a block that sells something, and why.
type advert struct {
	block *content.Block
	spam.Verdict
	twin bool // another block of the page is built like it
}

// adverts returns the blocks of the page that sell something.
func (m *manuscript) adverts() []advert {
	texts := make([]spam.Text, len(m.Blocks))
	for i := range m.Blocks {
		b, t := &m.Blocks[i], &texts[i]
		t.Words, t.Lang = visible(b.Text), m.langs[i]
		for _, l := range b.Links {
			if host := Outbound(l.Destination); host != "" && !m.reader.approved.Allow(host) {
				t.Linked = true
			}
		}
		for _, tag := range b.Tags {
			t.Hidden = t.Hidden || hides(tag.Source) != ""
		}
	}
	verdicts := m.reader.spam.Page(texts)
	twins := m.twins(texts, verdicts)
	var found []advert
	for i, v := range verdicts {
		if (v.Sells() || twins[i]) && !isLorem(m.reader.cut(&m.Blocks[i], m.lang)) {
			found = append(found, advert{&m.Blocks[i], v, twins[i]})
		}
	}
	return found
}

// What a form letter is told by: a score that does not decide by itself, from
// suspect on, does when a block that sells is built of the same pieces, and from
// likely on when another such block is.
const (
	suspect = 0.05
	likely  = 0.3
	alike   = 0.5 // of the pieces that two blocks have together
	pieces  = 10  // of a text at least: headings and short lines are alike on honest pages
	most    = 32  // blocks that are compared with one another
)

// twins returns the texts that may sell something and have the build of another
// that may: who injects several paragraphs changes the wares and keeps the form.
func (m *manuscript) twins(texts []spam.Text, verdicts []spam.Verdict) map[int]bool {
	found := map[int]bool{}
	var suspects []int
	var builds []map[string]bool
	for i, v := range verdicts {
		if v.Score < suspect || m.Blocks[i].Kind == content.Title {
			continue
		}
		if b := build(texts[i].Words); len(b) >= pieces && len(suspects) < most {
			suspects, builds = append(suspects, i), append(builds, b)
		}
	}
	for i := range suspects {
		for j := range i {
			both := 0
			for piece := range builds[i] {
				if builds[j][piece] {
					both++
				}
			}
			a, b := verdicts[suspects[i]], verdicts[suspects[j]]
			tells := a.Sells() || b.Sells() || min(a.Score, b.Score) >= likely
			if tells && float64(both) >= alike*float64(len(builds[i])+len(builds[j])-both) {
				found[suspects[i]], found[suspects[j]] = true, true
			}
		}
	}
	return found
}

// build returns the pieces of which a text is built: each three words in a row,
// with a star in place of those that carry what it speaks of.
func build(text string) map[string]bool {
	ws := prose.Words(text)
	build := map[string]bool{}
	for i := range ws {
		if len(ws[i].Fold) > 4 || !function.has(ws[i].Fold) {
			ws[i].Fold = "*"
		}
	}
	for i := 0; i+2 < len(ws); i++ {
		build[ws[i].Fold+" "+ws[i+1].Fold+" "+ws[i+2].Fold] = true
	}
	delete(build, "* * *")
	return build
}

func (a advert) sells() string {
	why := fmt.Sprintf("block sells something that the page is not about (%.0f of 100", 100*a.Score)
	if len(a.Drove) > 0 {
		why += "; by " + strings.Join(a.Drove, ", ")
	}
	if a.twin {
		why += "; another block of the page has the same build"
	}
	return fmt.Sprintf("%s; %.0f%% of its words are used nowhere else on the page)", why, 100*a.Novel)
}

func invisible(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r) }

// visible drops the signs without a width by which words are hidden.
func visible(text string) string {
	if !strings.ContainsFunc(text, invisible) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, text)
}

// quarantine puts a block into a comment, where nothing is lost and nothing is
// published. A block that is not made of whole lines stays.
func quarantine(p *content.Page, b *content.Block) []diag.Edit {
	if b.Kind != content.Paragraph && b.Kind != content.Item && b.Kind != content.HTML || b.Quoted || b.Question != "" || strings.Contains(b.Text, "--") {
		return nil
	}
	return []diag.Edit{
		{Pos: diag.Pos{File: p.Source, Line: b.First, Col: 1}, New: "<!-- quarantined (injected-spam)\n"},
		{Pos: diag.Pos{File: p.Source, Line: b.Last + 1, Col: 1}, New: "-->\n"},
	}
}
