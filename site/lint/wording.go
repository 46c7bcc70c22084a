package lint

import (
	"runtime"
	"strings"
	"sync"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// A wording is a rule on how something is said. Such rules judge one page at a
// time, and share the pass over its words.
type wording struct {
	diag.Info
	// judge looks at one passage, page at what only shows on the page as a whole.
	judge func(*manuscript, *passage, diag.Report)
	page  func(*manuscript, diag.Report)
}

// wordings are the rules on how something is said.
var wordings = []wording{
	uncitedEvidence, uncitedNumber, absoluteOutcome, superlative, successRate, lowDose, absoluteConfidentiality, privacyClaim,
	testimonial, stopSuddenly, suicideMethod,
	personLabel, abuseTerm, cleanDirty, suicideTerm, suffering, conditionLabel, peopleFirst, vaTerm,
	readingGrade, longSentence, longParagraph, undefinedAcronym,
}

// A manuscript is a page as the rules on wording see it.
type manuscript struct {
	*content.Page
	settings Settings
	now      time.Time
	lang     string // "en" or "es"
	at       int    // index of the block that is being judged
	// Answers and lists that a source covers as a whole.
	sourcedAnswers map[string]bool
	sourcedLists   map[int]bool
	// sentences are those of paragraphs and lists, fragments left out.
	sentences []readSentence
}

// verdicts are the findings of all rules on wording, by rule.
type verdicts struct {
	once sync.Once
	ds   map[string][]diag.Diagnostic
}

// rule makes a wording a rule on all sources. The first that runs judges for all.
func (w wording) rule() diag.Rule[Subject] {
	return diag.Rule[Subject]{Info: w.Info, Run: func(s Subject, report diag.Report) {
		var ds []diag.Diagnostic
		if s.verdicts != nil {
			s.verdicts.once.Do(func() { s.verdicts.ds = judge(s, wordings) })
			ds = s.verdicts.ds[w.ID]
		} else {
			ds = judge(s, []wording{w})[w.ID]
		}
		for _, d := range ds {
			*report(d.Pos, "%s", d.Message) = d
		}
	}}
}

func rulesOf(ws []wording) []diag.Rule[Subject] {
	rules := make([]diag.Rule[Subject], len(ws))
	for i, w := range ws {
		rules[i] = w.rule()
	}
	return rules
}

// judge applies rules to every page, on all cores.
func judge(s Subject, rules []wording) map[string][]diag.Diagnostic {
	var pages []*content.Page
	for p := range s.published() {
		pages = append(pages, p)
	}
	const batch = 16
	found := make([]map[string][]diag.Diagnostic, (len(pages)+batch-1)/batch)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(found)) {
		workers.Go(func() {
			c := newCutter()
			for i := range next {
				found[i] = map[string][]diag.Diagnostic{}
				for _, p := range pages[i*batch : min(len(pages), (i+1)*batch)] {
					c.judge(s, p, rules, found[i])
				}
			}
		})
	}
	for i := range found {
		next <- i
	}
	close(next)
	workers.Wait()
	all := map[string][]diag.Diagnostic{}
	for _, f := range found {
		for id, ds := range f {
			all[id] = append(all[id], ds...)
		}
	}
	return all
}

func (c *cutter) judge(s Subject, p *content.Page, rules []wording, found map[string][]diag.Diagnostic) {
	m := &manuscript{Page: p, lang: s.language(p), settings: s.Settings, now: s.Now}
	m.findSources()
	report := func(w wording) diag.Report {
		return func(pos diag.Pos, format string, args ...any) *diag.Diagnostic {
			found[w.ID] = append(found[w.ID], w.At(pos, format, args...))
			return &found[w.ID][len(found[w.ID])-1]
		}
	}
	for i := range p.Blocks {
		if p.Blocks[i].Kind == content.Code || p.Blocks[i].Text == "" {
			continue
		}
		m.at = i
		t := c.cut(&p.Blocks[i], m.lang)
		if isProse(&p.Blocks[i]) {
			m.sentences = c.read(t, m.sentences)
		}
		for _, w := range rules {
			if w.judge != nil {
				w.judge(m, t, report(w))
			}
		}
	}
	for _, w := range rules {
		if w.page != nil {
			w.page(m, report(w))
		}
	}
}

// language returns "es" for a page in Spanish, and "en" for every other one.
func (s Subject) language(p *content.Page) string {
	tag := p.Lang
	for _, l := range s.Languages {
		if l.Key == p.Lang {
			tag = l.Tag
		}
	}
	if strings.HasPrefix(strings.ToLower(tag), "es") {
		return "es"
	}
	return "en"
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
