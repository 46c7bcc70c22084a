package site

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint"
	"clinicblog/site/report"
)

// Report writes what was found as a page for editors. Check must have been told
// to gather for it.
func (c Checked) Report(w io.Writer) error {
	s := report.Site{Title: c.title, Now: c.now, Complete: c.Complete, Pages: c.rows.pages}
	at := make(map[string]int, len(s.Pages))
	for i, p := range s.Pages {
		at[p.Source] = i
		s.Pages[i].Findings = nil
	}
	for _, d := range diag.Counting(c.Findings) {
		if i, ok := at[c.trace.source(d.Pos.File)]; ok {
			s.Pages[i].Findings = append(s.Pages[i].Findings, d)
		} else {
			s.Other = append(s.Other, d)
		}
	}
	return report.Write(w, s)
}

// rows are those of a report. A nil one takes nothing.
type rows struct {
	mu    sync.Mutex
	text  map[*content.Page]textCounts
	pages []report.Page
}

// textCounts are what a row tells of the text of a page.
type textCounts struct {
	words   int
	grade   float64
	sourced bool
}

// read counts the words of a page while its blocks are there.
func (r *rows) read(x *content.Index, p *content.Page) {
	if r == nil || !p.Published {
		return
	}
	c := textCounts{sourced: lint.Sourced(p)}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind != content.Code && b.Kind != content.HTML {
			c.words += len(strings.Fields(b.Text))
		}
	}
	if english := p.Lang == "" || strings.HasPrefix(p.Lang, "en"); english {
		if reading := lint.Reading(x, p); reading.Sentences >= 5 {
			c.grade = reading.Grade()
		}
	}
	r.mu.Lock()
	r.text[p] = c
	r.mu.Unlock()
}

// finish makes the rows, as far as the sources tell.
func (r *rows) finish(index *content.Index, now time.Time) {
	if r == nil {
		return
	}
	for _, p := range index.Pages {
		if !p.Published {
			continue
		}
		row := report.Page{Title: p.Title, Source: p.Source, Language: p.Lang, Medical: p.Medical, Citations: len(p.Citations), Links: len(p.Links),
			Words: r.text[p].words, Grade: r.text[p].grade, Missing: missing(index, p, r.text[p].sourced)}
		switch index.ReviewOf(p, now) {
		case content.NotReviewed:
			row.Review = "not reviewed"
			if !p.Medical {
				row.Review = "none needed"
			}
		case content.ReviewChanged:
			row.Review = "changed since its review"
		case content.ReviewLapsed:
			row.Due, row.Review = p.Review.Until, "ran out"
		case content.Reviewed:
			row.Due, row.Review = p.Review.Until, "reviewed"
		}
		for _, section := range p.FAQ {
			row.Questions += len(section.Questions)
		}
		r.pages = append(r.pages, row)
	}
}

// missing names what a medical page lacks of the four benchmarks of JAMA: who
// wrote it, what it rests on, who owns or paid for it, and when it was written.
// Source: Silberg, Lundberg & Musacchio 1997, JAMA 277(15):1244-1245.
func missing(index *content.Index, p *content.Page, sourced bool) []string {
	var lacks []string
	for _, benchmark := range []struct {
		name string
		met  bool
	}{
		{"author", index.People[p.Author] != nil},
		{"sources", sourced},
		{"who paid", index.Clinic.Name != "" && (!p.Sponsored || p.Sponsor != "")},
		{"date", p.Dated},
	} {
		if p.Medical && !benchmark.met {
			lacks = append(lacks, benchmark.name)
		}
	}
	return lacks
}

// weigh adds to the rows where each page is and what it weighs, finished, in a
// folder.
func (r *rows) weigh(t *trace, dir string) error {
	at := make(map[string]int, len(r.pages))
	for i, p := range r.pages {
		at[p.Source] = i
	}
	z := gzip.NewWriter(io.Discard)
	for output, p := range t.byOutput {
		i, ok := at[p.Source]
		if !ok {
			continue
		}
		html, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(output)))
		if err != nil {
			return fmt.Errorf("weigh page: %w", err)
		}
		n := counter(0)
		z.Reset(&n)
		if _, err := z.Write(html); err != nil {
			return fmt.Errorf("weigh page: %w", err)
		}
		if err := z.Close(); err != nil {
			return fmt.Errorf("weigh page: %w", err)
		}
		r.pages[i].URL, r.pages[i].Bytes = p.Permalink, int(n)
	}
	return nil
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
