package lint

import (
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// language returns "es" for a page in Spanish, and "en" for every other one.
func language(x *content.Index, p *content.Page) string {
	if strings.HasPrefix(strings.ToLower(tagOf(x, p)), "es") {
		return "es"
	}
	return "en"
}

// tagOf returns the tag of BCP 47 of a page's language.
func tagOf(x *content.Index, p *content.Page) string {
	for _, l := range x.Languages {
		if l.Key == p.Lang {
			return l.Tag
		}
	}
	return p.Lang
}

// reportWords reports words of a passage, first to last.
func reportWords(report diag.Report, t *passage, first, last int, format string, args ...any) *diag.Diagnostic {
	pos, length := t.Span(t.words[first].Start, t.words[last].End)
	d := report(pos, format, args...)
	d.Length = length
	return d
}

// cited tells whether a passage has a source: a citation or a link to one in the
// block, or in the answer that the block is part of. A list may be covered by
// the paragraph that introduces it, and a text of the front matter by the page.
func (m *manuscript) cited(t *passage) bool {
	if sourced(t.Block) {
		return true
	}
	switch t.Kind {
	case content.Field:
		return len(m.Citations) > 0 && !strings.Contains(t.Key, ".")
	case content.Title:
		// A heading cannot carry a marker: what stands below it does.
		next := m.at + 1
		return next < len(m.Blocks) && sourced(&m.Blocks[next])
	case content.Item:
		if m.sourcedLists[t.List] {
			return true
		}
	}
	return t.Question != "" && m.sourcedAnswers[t.Question]
}

// findSources notes the answers of FAQs that have a source, and the lists whose
// introducing paragraph has one.
func (m *manuscript) findSources() {
	m.sourcedAnswers, m.sourcedLists = map[string]bool{}, map[int]bool{}
	for i := range m.Blocks {
		b := &m.Blocks[i]
		if b.Question != "" && sourced(b) {
			m.sourcedAnswers[b.Question] = true
		}
		if i > 0 && b.Kind == content.Item && m.Blocks[i-1].Kind == content.Paragraph && sourced(&m.Blocks[i-1]) {
			m.sourcedLists[b.List] = true
		}
	}
}

// Sourced tells whether a page names a source anywhere.
func Sourced(p *content.Page) bool {
	for i := range p.Blocks {
		if sourced(&p.Blocks[i]) {
			return true
		}
	}
	return false
}

func sourced(b *content.Block) bool {
	if len(b.Citations) > 0 {
		return true
	}
	for _, l := range b.Links {
		if scholarly(l.Destination) {
			return true
		}
	}
	return false
}

// scholarly tells a link to where research, law or official advice is published.
func scholarly(destination string) bool {
	_, rest, ok := strings.Cut(destination, "://")
	if !ok {
		return false
	}
	host, _, _ := strings.Cut(strings.ToLower(rest), "/")
	host, _, _ = strings.Cut(host, ":")
	if strings.HasSuffix(host, ".gov") || strings.HasSuffix(host, ".edu") || strings.HasSuffix(host, ".mil") || strings.Contains(host, ".gov.") || strings.HasSuffix(host, ".gob.mx") || strings.HasSuffix(host, ".gob.es") {
		return true
	}
	for _, s := range scholarlyHosts {
		if host == s || strings.HasSuffix(host, "."+s) {
			return true
		}
	}
	return false
}

var scholarlyHosts = []string{
	"doi.org", "cochranelibrary.com", "cochrane.org", "who.int", "paho.org", "nejm.org", "jamanetwork.com", "thelancet.com", "bmj.com", "nature.com",
	"science.org", "plos.org", "sciencedirect.com", "springer.com", "biomedcentral.com", "wiley.com", "tandfonline.com", "sagepub.com",
	"oup.com", "psychiatryonline.org", "psycnet.apa.org", "frontiersin.org", "mdpi.com", "scielo.org", "europepmc.org", "nice.org.uk", "nhs.uk",
	"asam.org", "rand.org", "annals.org", "aappublications.org", "cambridge.org",
}
