package verify

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"clinicblog/site/diag"
	"clinicblog/site/verify/dom"
)

// Medical is what pages may say of their medical review, and must say of what
// they are not. Texts are those that a reader sees, in every language of the site.
type Medical struct {
	Reviewed    map[string]bool // files of the pages whose text was reviewed
	Claims      []string        // how a line begins that says who reviewed
	Denials     []string        // how a line begins that says that nobody did
	Disclaimers []string        // what a page says of not being advice

	Sponsors map[string]string // who paid, by the files of the pages that they paid for
	PaidBy   []string          // how a line begins that says who paid
}

// Rules on medical pages.
var (
	reviewUnstamped = diag.Info{ID: "review-unstamped", Severity: diag.Error, Fixed: true,
		Fix: "remove the claim; `clinicblog review` stamps a review that was made, and the layout shows it",
		Doc: `No page claims a medical review that its text did not have

A line such as "Medically reviewed by", or lastReviewed and reviewedBy in the
structured data, is a promise about the words on the page. It may stand only
where a person with credentials reviewed these words and no others, and the
review has not run out. Source: FTC Act, section 5 (deceptive practices); NHS
standard for creating health content.`}

	reviewHidden = diag.Info{ID: "review-hidden", Severity: diag.Error,
		Fix: "show the reviewer and the date on the page",
		Doc: `A review in the structured data is to be seen on the page

Crawlers must not be told what readers are not. Source: Google Search Central,
"General structured data guidelines": do not mark up content that is not visible.`}

	reviewUnsaid = diag.Info{ID: "review-unsaid", Severity: diag.Error,
		Fix: "let the layout print byline.html, which says it",
		Doc: `A medical page says whether it was medically reviewed

A page whose structured data calls it a MedicalWebPage shows its review, or says
in words that it has none. A reader cannot tell silence from a review. Source:
NHS digital service manual, "Know that a page is up to date".`}

	disclaimerMissing = diag.Info{ID: "disclaimer-missing", Severity: diag.Error,
		Fix: "print the words of disclaimer in i18n on the page",
		Doc: `A medical page says that it is no advice for one person

General information is not a diagnosis, and a reader may not know the difference.
Source: HONcode, principle 2 (complementarity); American Medical Association,
guidelines for medical and health information on the internet.`}

	sponsorHidden = diag.Info{ID: "sponsor-hidden", Severity: diag.Error, Fixed: true,
		Fix: "let the layout print byline.html, which says it",
		Doc: `A page that somebody paid for says so where readers see it

The line names who paid, as the front matter does. Advertising that looks like
advice deceives those who need advice. Source: FTC Endorsement Guides, 16 CFR 255.5.`}

	sponsorLink = diag.Info{ID: "sponsor-link", Severity: diag.Error,
		Fix: "let the layout's render-link.html write it",
		Doc: `Links to other sites on a page that somebody paid for say that they are paid

Their rel has the word sponsored, or search engines take them for a bought
recommendation, and the site for one that sells them. References are left alone.
Source: Google Search Central, "Qualify your outbound links".`}

	crisisOrder = diag.Info{ID: "crisis-order", Severity: diag.Error, Fixed: true,
		Fix: "print crisis-first.html before the text and the call to the clinic",
		Doc: `A page about danger shows the crisis lines before it asks for a call

On a page that speaks of suicide, self-harm, overdose or withdrawal somebody may
need help now. The lines stand in the main part of the page before the first
link that calls anyone else; the footer is too late. Source:
reportingonsuicide.org, "Best practices and recommendations".`}
)

// dangers are beginnings of words, in lower case, that speak of danger.
var dangers = []string{
	"suicid", "self-harm", "self harm", "overdos", "withdrawal",
	"autolesi", "sobredosis", "síndrome de abstinencia", "síntomas de abstinencia",
}

// medical compares what the page says of its review with what is true.
func (w *worker) medical() {
	p := &w.page
	isMedical, marked := w.reviewMarkup()
	claim := int32(-1) // the text that claims a review
	denied, disclaimed := false, false
	begins := func(text string, with []string) bool {
		for _, s := range with {
			if len(text) >= len(s) && strings.EqualFold(text[:len(s)], s) {
				return true
			}
		}
		return false
	}
	for i := range int32(len(p.Nodes)) {
		if !p.Nodes[i].Text || p.flags[i]&(unseen|decor|closed) != 0 {
			continue
		}
		text := strings.TrimLeft(p.Text(i), " \n\t")
		if claim < 0 && begins(text, w.about.Claims) {
			claim = i
		}
		denied = denied || begins(text, w.about.Denials)
		disclaimed = disclaimed || begins(text, w.about.Disclaimers)
	}
	reviewed := w.about.Reviewed[w.paths[p.file]]
	switch {
	case claim >= 0 && !reviewed:
		said := p.plain(p.Nodes[claim].Parent)
		w.findings.addHere(p.file, &reviewUnstamped, said, "page says %q, and its text was not reviewed", clip(said))
	case marked && !reviewed:
		w.findings.addHere(p.file, &reviewUnstamped, "", "structured data claims a review that the page's text did not have")
	case marked && claim < 0:
		w.findings.addHere(p.file, &reviewHidden, "", "structured data claims a review that the page does not show")
	case isMedical && !reviewed && !denied && len(w.about.Denials) > 0:
		w.findings.addHere(p.file, &reviewUnsaid, "", "page is medical, was not reviewed, and does not say so")
	}
	if isMedical && !disclaimed && len(w.about.Disclaimers) > 0 {
		w.findings.add(p.file, &disclaimerMissing, "", "page is medical and has no disclaimer")
	}
}

// sponsored looks for the line that says who paid, and for links that do not say
// that they are paid, in the main part of the page without what stands beside it.
func (w *worker) sponsored() {
	p := &w.page
	sponsor, paid := w.about.Sponsors[w.paths[p.file]]
	if !paid {
		return
	}
	said := false
	own := int32(0) // where the part ends that is not the page's own text
	for i := range int32(len(p.Nodes)) {
		if p.flags[i]&(unseen|decor|closed) != 0 {
			continue
		}
		n := &p.Nodes[i]
		if n.Text {
			text := strings.TrimSpace(p.Text(i))
			said = said || strings.Contains(text, sponsor) && slices.ContainsFunc(w.about.PaidBy, func(s string) bool { return strings.HasPrefix(text, s) })
			continue
		}
		if _, aside := p.Attr(i, dom.NoSearch); aside {
			own = max(own, n.End)
		}
		if n.Tag != atom.A || p.main < 0 || i < p.main || i >= p.Nodes[p.main].End || i < own {
			continue
		}
		href, _ := p.Attr(i, dom.Href)
		rel, _ := p.Attr(i, dom.Rel)
		if w.resolve(href).kind == other && !slices.Contains(strings.Fields(strings.ToLower(rel)), "sponsored") {
			w.findings.addHere(p.file, &sponsorLink, href, "link %s does not say that it is paid", clip(href))
		}
	}
	if !said {
		w.findings.addHere(p.file, &sponsorHidden, "", "page was paid for by %q and does not say so", sponsor)
	}
}

// reviewMarkup tells whether the structured data makes the page a medical one,
// and whether it claims a review.
func (w *worker) reviewMarkup() (medical, marked bool) {
	if !w.page.hasGraph {
		return false, false
	}
	d := &w.json
	for i := range d.nodes {
		switch n := &d.nodes[i]; {
		case n.key == "lastReviewed" || n.key == "reviewedBy":
			marked = true
		case n.kind == '"' && n.str == "MedicalWebPage":
			medical = true
		}
	}
	return medical, marked
}

// crisisFirst looks for a call to somebody else before the crisis lines, in the
// main part of a page that speaks of danger.
func (w *worker) crisisFirst() {
	p := &w.page
	if len(w.site.crisis) == 0 || p.main < 0 {
		return
	}
	danger := ""
	other, last := int32(-1), int32(-1) // the first call to somebody else, the last line to come first
	seen := uint64(0)
	end := p.Nodes[p.main].End
	own := int32(0) // where the part ends that is not the page's own text
	for i := p.main; i < end; i++ {
		if p.flags[i]&(unseen|decor|closed) != 0 {
			continue
		}
		n := &p.Nodes[i]
		if n.Text {
			if danger == "" && i >= own {
				danger = firstDanger(p.Text(i))
			}
			continue
		}
		if _, aside := p.Attr(i, dom.NoSearch); aside {
			own = max(own, n.End)
		}
		if n.Tag != atom.A {
			continue
		}
		href, _ := p.Attr(i, dom.Href)
		isLine := false
		for bit, line := range w.site.crisis {
			if href == line {
				isLine = true
				if seen&(1<<bit) == 0 {
					seen |= 1 << bit
					last = i
				}
			}
		}
		if !isLine && other < 0 && strings.HasPrefix(href, "tel:") && seen != 1<<len(w.site.crisis)-1 {
			other = i
		}
	}
	if danger == "" {
		return
	}
	switch {
	case seen != 1<<len(w.site.crisis)-1:
		w.findings.addHere(p.file, &crisisOrder, danger, "page speaks of danger (%q) and does not show the crisis lines in its main part", danger)
	case other >= 0 && other < last:
		w.findings.addHere(p.file, &crisisOrder, danger, "page speaks of danger (%q) and asks for a call before it shows the crisis lines", danger)
	}
}

// firstDanger returns the word of a text that speaks of danger, "" for none.
func firstDanger(text string) string {
	lower := strings.ToLower(text)
	for _, word := range dangers {
		if i := strings.Index(lower, word); i >= 0 {
			end := i + len(word)
			for end < len(lower) && lower[end] != ' ' && strings.IndexByte(".,;:!?)\"", lower[end]) < 0 {
				end++
			}
			return lower[i:end]
		}
	}
	return ""
}
