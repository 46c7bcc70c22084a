package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

// Reading counts the sentences of a page that a reader reads as text: not the
// front matter, headings, tables, notes or code.
func Reading(x *content.Index, p *content.Page) prose.Reading {
	var r prose.Reading
	for i := range p.Blocks {
		if isProse(&p.Blocks[i]) {
			r.Add(p.Blocks[i].Text, language(x, p))
		}
	}
	return r
}

func isProse(b *content.Block) bool { return b.Kind == content.Paragraph || b.Kind == content.Item }

// A readSentence is a sentence of a page, with its own counts.
type readSentence struct {
	*content.Block
	span prose.Span
	prose.Reading
}

// read appends the sentences of a passage.
func (c *cutter) read(t *passage, all []readSentence) []readSentence {
	for _, s := range t.sentences {
		if s.last < s.first || prose.Fragment(s.last-s.first+1, t.Text[t.words[s.last].End:s.End]) {
			continue
		}
		one := readSentence{Block: t.Block, span: s.Span, Reading: prose.Reading{Sentences: 1}}
		for _, w := range t.words[s.first : s.last+1] {
			written := t.Text[w.Start:w.End]
			if t.lang == "es" {
				written = "\x00" + written
			}
			n, ok := c.syllables[written]
			if !ok {
				n = prose.Syllables(t.Text[w.Start:w.End], t.lang)
				c.syllables[strings.Clone(written)] = n
			}
			one.AddWord(n)
		}
		all = append(all, one)
	}
	return all
}

// hardest returns the sentences that are hard by a measure, the hardest first.
func (m *manuscript) hardest(hardness func(readSentence) float64) []readSentence {
	var all []readSentence
	for _, s := range m.sentences {
		if hardness(s) > 0 {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b readSentence) int { return cmp.Compare(hardness(b), hardness(a)) })
	return all
}

// breath counts the words of the longest part between colons and semicolons.
func (s readSentence) breath() int {
	if s.Words <= longest {
		return s.Words
	}
	most := 0
	for _, part := range strings.FieldsFunc(s.span.Of(s.Text), func(r rune) bool { return r == ':' || r == ';' }) {
		most = max(most, len(prose.Words(part)))
	}
	return most
}

// worst is how many places of a page a rule on reading names: advice that floods
// is not read.
const worst = 5

// Where a page becomes hard: above a grade of Flesch-Kincaid, below an ease of
// Szigriszt-Pazos.
const textGrade, easyEnough = 8, 55

var readingGrade = pageRule{
	Info: diag.Info{ID: "reading-grade", Severity: diag.Advice,
		Fix: "split the hardest sentences, and choose shorter words",
		Doc: `A page is hard to read

Half of the adults in the United States read below the level of grade 8 (PIAAC).
The AMA and NIH ask for grade 6 to 8, and the VA audits at 8. In English it is the
Flesch-Kincaid grade, in Spanish Szigriszt-Pazos's perspicuity, of which the INFLESZ
scale calls 55 and more easy enough for patients (Barrio-Cantalejo et al. 2008). A
formula counts letters and understands nothing: it is a hint, never an error.
Headings, tables, quotes of sources and code do not count.

    before  Participants subsequently demonstrate improved interpersonal functioning.
    after   Over time, people get on better with others.`},
	page: func(m *manuscript, report diag.Report) {
		var r prose.Reading
		for _, s := range m.sentences {
			r = r.Plus(s.Reading)
		}
		if r.Sentences < 5 {
			return
		}
		level, hardness := fmt.Sprintf("grade %.1f (SMOG %.1f), above %d", r.Grade(), r.SMOG(), textGrade), func(s readSentence) float64 { return s.Grade() }
		switch {
		case m.lang == "es":
			if r.Perspicuity() >= easyEnough {
				return
			}
			level = fmt.Sprintf("a perspicuity of %.0f, below %d", r.Perspicuity(), easyEnough)
			hardness = func(s readSentence) float64 { return 207 - s.Perspicuity() }
		case r.Grade() <= textGrade:
			return
		}
		var lines []string
		for _, s := range m.hardest(hardness) {
			if len(lines) == 3 {
				break
			}
			lines = append(lines, fmt.Sprintf("%d (%q)", s.At(s.span.Start).Line, opening(s.span.Of(s.Text))))
		}
		report(m.At("title"), "the page reads at %s; its hardest sentences are on the lines %s", level, strings.Join(lines, ", "))
	},
}

// opening is the first words of a sentence.
func opening(s string) string {
	ws := strings.Fields(s)
	if len(ws) <= 6 {
		return s
	}
	return strings.Join(ws[:6], " ") + " ..."
}

const longest, mostSentences = 25, 5

var longSentence = pageRule{
	Info: diag.Info{ID: "long-sentence", Severity: diag.Advice, Fix: "make two of it",
		Doc: `A sentence has more than 25 words

A colon or a semicolon is a stop too. A reader in distress loses the beginning of a long sentence before its end. The NHS
asks for 20 words or fewer; plainlanguage.gov for one idea in each sentence. The
five longest of a page are named.

    before  You can, when the leader agrees, which they mostly do, listen at first and speak when you feel ready.
    after   You can listen at first. Speak when you feel ready.`},
	page: func(m *manuscript, report diag.Report) {
		all := m.hardest(func(s readSentence) float64 { return float64(s.breath() - longest) })
		for _, s := range all[:min(worst, len(all))] {
			pos, length := s.Span(s.span.Start, s.span.End)
			d := report(pos, "the sentence has %d words without a stop, more than %d%s", s.breath(), longest, moreOf(len(all)))
			d.Length = length
		}
	},
}

// moreOf says that a page has more such places than are named.
func moreOf(count int) string {
	if count <= worst {
		return ""
	}
	return fmt.Sprintf("; the page has %d such sentences", count)
}

var longParagraph = pageRule{
	Info: diag.Info{ID: "long-paragraph", Severity: diag.Advice, Fix: "begin a new paragraph, or make a list",
		Doc: `A paragraph has more than five sentences

On a telephone it fills the screen, and the eye finds no place to rest. The NHS asks
for three sentences or fewer. The five longest of a page are named.

    before  One paragraph that says what a group is, who comes, how it begins, what
            it costs, where it meets and whom to call.
    after   Two paragraphs, and a list of what to bring.`},
	page: func(m *manuscript, report diag.Report) {
		type long struct {
			*content.Block
			sentences int
		}
		var all []long
		for _, i := range m.long {
			b := &m.Blocks[i]
			if n := len(prose.Sentences(b.Text)); n > mostSentences { // one without an end was cut
				all = append(all, long{b, n})
			}
		}
		slices.SortStableFunc(all, func(a, b long) int { return cmp.Compare(b.sentences, a.sentences) })
		for _, b := range all[:min(worst, len(all))] {
			report(b.At(0), "the paragraph has %d sentences, more than %d", b.sentences, mostSentences)
		}
	},
}
