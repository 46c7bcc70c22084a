package lint

import (
	"fmt"
	"strings"
	"unicode"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint/spam"
)

var injectedSpam = diag.Rule[Subject]{
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
	Run: func(s Subject, report diag.Report) {
		approved := NewApprovals(s.Index)
		judge := spam.NewJudge(s.Settings.Words["care"]...)
		for p := range s.published() {
			for i, v := range judgePage(judge, p, approved) {
				if !v.Sells() {
					continue
				}
				b := &p.Blocks[i]
				pos, length := b.At(0), 0
				if !strings.ContainsFunc(b.Text, invisible) {
					pos, length = b.Span(v.Start, v.End)
				}
				d := report(pos, "%s", sells(v))
				d.Length = length
				d.Edits = quarantine(p, b)
			}
		}
	},
}

// judgePage returns a verdict for each block of a page.
func judgePage(judge *spam.Judge, p *content.Page, approved Approvals) []spam.Verdict {
	texts := make([]spam.Text, len(p.Blocks))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		texts[i] = spam.Text{Words: visible(b.Text), Lang: spam.Language(b.Text, p.Lang)}
		for _, l := range b.Links {
			if host := Outbound(l.Destination); host != "" && !approved.Allow(host) {
				texts[i].Linked = true
			}
		}
		for _, t := range b.Tags {
			texts[i].Hidden = texts[i].Hidden || hides(t.Source) != ""
		}
	}
	return judge.Page(texts)
}

func sells(v spam.Verdict) string {
	why := fmt.Sprintf("block sells something that the page is not about (%.0f of 100", 100*v.Score)
	if len(v.Drove) > 0 {
		why += "; by " + strings.Join(v.Drove, ", ")
	}
	return fmt.Sprintf("%s; %.0f%% of its words are used nowhere else on the page)", why, 100*v.Novel)
}

func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// visible drops the signs without a width by which words are hidden.
func visible(text string) string {
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
