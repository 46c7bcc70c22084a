package lint

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint/spam"
)

// A pageRule judges one page at a time, and by its text. Such rules share the
// pass over its words, and run while pages are read: no other page may be there.
type pageRule struct {
	diag.Info
	// judge looks at one passage, page at what only shows on the page as a whole.
	judge func(*manuscript, *passage, diag.Report)
	page  func(*manuscript, diag.Report)
}

// pageRules are the rules on the text of a page.
var pageRules = []pageRule{
	phoneContradiction, hoursContradiction, addressContradiction, doseContradiction,
	injectedSpam, placeholderText, hiddenText, foreignText, riskyLink, unapprovedLink, affiliateLink,
	staleCrisisNumber, medicationForOpioids, noSource,
	uncitedEvidence, uncitedNumber, absoluteOutcome, superlative, successRate, lowDose, absoluteConfidentiality, privacyClaim,
	testimonial, stopSuddenly, suicideMethod,
	personLabel, abuseTerm, cleanDirty, suicideTerm, suffering, conditionLabel, peopleFirst, vaTerm,
	readingGrade, longSentence, longParagraph, undefinedAcronym,
}

// rule makes a rule on pages one on all sources.
func (r pageRule) rule() diag.Rule[Subject] {
	return diag.Rule[Subject]{Info: r.Info, Run: func(s Subject, report diag.Report) {
		for _, d := range judge(s, []pageRule{r}) {
			*report(d.Pos, "%s", d.Message) = d
		}
	}}
}

func rulesOf(rules []pageRule) []diag.Rule[Subject] {
	all := make([]diag.Rule[Subject], len(rules))
	for i, r := range rules {
		all[i] = r.rule()
	}
	return all
}

// A manuscript is a page as the rules on its text see it.
type manuscript struct {
	*content.Page
	site     *content.Index // its pages may not be there yet
	reader   *reader
	settings Settings
	now      time.Time
	lang     string   // "en" or "es"
	langs    []string // the same, of each block
	at       int      // index of the block that is being judged
	// Answers and lists that a source covers as a whole.
	sourcedAnswers map[string]bool
	sourcedLists   map[int]bool
	// sentences are those of paragraphs and lists, fragments left out.
	sentences []readSentence
	// long are the indexes of paragraphs of many sentences.
	long []int
	// numbered are the indexes of blocks that may state facts: see claims.
	numbered []int
}

// A reader judges pages, one after the other, and keeps what it learned of words
// on the way.
type reader struct {
	cutter
	approved Approvals
	spam     *spam.Judge
}

func newReader(s Subject) *reader {
	judge := spam.NewJudge(s.Settings.Words["care"]...)
	clinic := s.Clinic
	judge.Knows(clinic.Name, clinic.LegalName, clinic.Address.Street, clinic.Address.Locality, clinic.Address.Region)
	return &reader{cutter: newCutter(), approved: NewApprovals(s.Index), spam: judge}
}

// judge applies rules to a page.
func (r *reader) judge(s Subject, p *content.Page, rules []pageRule) []diag.Diagnostic {
	var found []diag.Diagnostic
	reports := make([]diag.Report, len(rules))
	for k := range rules {
		reports[k] = func(pos diag.Pos, format string, args ...any) *diag.Diagnostic {
			found = append(found, rules[k].At(pos, format, args...))
			return &found[len(found)-1]
		}
	}
	m := &manuscript{Page: p, site: s.Index, reader: r, settings: s.Settings, now: s.Now, lang: language(s.Index, p)}
	m.findSources()
	m.findNumbers()
	m.langs = slices.Repeat([]string{m.lang}, len(p.Blocks))
	for i := range p.Blocks {
		if p.Blocks[i].Kind == content.Code || p.Blocks[i].Text == "" {
			continue
		}
		m.at = i
		t := r.cut(&p.Blocks[i], m.lang)
		m.langs[i] = t.lang
		if len(t.sentences) > mostSentences && t.Kind == content.Paragraph {
			m.long = append(m.long, i)
		}
		if isProse(&p.Blocks[i]) {
			m.sentences = r.read(t, m.sentences)
		}
		for k := range rules {
			if rules[k].judge != nil {
				rules[k].judge(m, t, reports[k])
			}
		}
	}
	for k := range rules {
		if rules[k].page != nil {
			rules[k].page(m, reports[k])
		}
	}
	return found
}

// judge applies rules to every page, on all cores.
func judge(s Subject, rules []pageRule) []diag.Diagnostic {
	c := NewChecker(s.Now, s.Settings)
	next := make(chan *content.Page)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for p := range next {
				c.judge(s.Index, p, rules)
			}
		})
	}
	for p := range s.published() {
		next <- p
	}
	close(next)
	workers.Wait()
	return c.found
}

// A Checker applies every rule. Page may be called while the sources are still
// being read, by several goroutines at once; Site when they all are.
type Checker struct {
	now      time.Time
	settings Settings

	mu    sync.Mutex
	idle  []*reader
	found []diag.Diagnostic
}

// NewChecker returns a Checker that judges as of a time, by what a site sets.
func NewChecker(now time.Time, settings Settings) *Checker {
	return &Checker{now: now, settings: settings}
}

// Page judges the text of a page. Of the index it looks at the data alone, which
// must be that of every other call.
func (c *Checker) Page(x *content.Index, p *content.Page) {
	if p.Published {
		c.judge(x, p, pageRules)
	}
}

func (c *Checker) judge(x *content.Index, p *content.Page, rules []pageRule) {
	s := Subject{Index: x, Now: c.now, Settings: c.settings}
	c.mu.Lock()
	var r *reader
	if n := len(c.idle); n > 0 {
		r, c.idle = c.idle[n-1], c.idle[:n-1]
	}
	c.mu.Unlock()
	if r == nil {
		r = newReader(s)
	}
	found := r.judge(s, p, rules)
	c.mu.Lock()
	c.found, c.idle = append(c.found, found...), append(c.idle, r)
	c.mu.Unlock()
}

// Site returns what was found in the pages and in the sources as a whole.
func (c *Checker) Site(x *content.Index) []diag.Diagnostic {
	return append(diag.Run(siteRules, Subject{Index: x, Now: c.now, Settings: c.settings}), c.found...)
}
