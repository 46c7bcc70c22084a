package site

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint"
	"clinicblog/site/report"
)

// Report writes what was found as a page for editors.
func (c Checked) Report(w io.Writer) error {
	s := report.Site{Title: c.title, Now: c.now, Complete: c.Complete, Pages: c.pages}
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

// reportPages are the rows of a report, as far as the sources tell. It reads the
// blocks of the pages.
func reportPages(s lint.Subject) []report.Page {
	var pages []report.Page
	for _, p := range s.Pages {
		if !p.Published {
			continue
		}
		r := report.Page{Title: p.Title, Source: p.Source, Language: p.Lang, Medical: p.Medical, Citations: len(p.Citations), Links: len(p.Links)}
		switch s.ReviewOf(p, s.Now) {
		case content.NotReviewed:
			r.Review = "not reviewed"
			if !p.Medical {
				r.Review = "none needed"
			}
		case content.ReviewChanged:
			r.Review = "changed since its review"
		case content.ReviewLapsed:
			r.Due, r.Review = p.Review.Until, "ran out"
		case content.Reviewed:
			r.Due, r.Review = p.Review.Until, "reviewed"
		}
		for _, section := range p.FAQ {
			r.Questions += len(section.Questions)
		}
		for i := range p.Blocks {
			if b := &p.Blocks[i]; b.Kind != content.Code && b.Kind != content.HTML {
				r.Words += len(strings.Fields(b.Text))
			}
		}
		reading := s.Reading(p)
		if english := p.Lang == "" || strings.HasPrefix(p.Lang, "en"); english && reading.Sentences >= 5 {
			r.Grade = reading.Grade()
		}
		pages = append(pages, r)
	}
	return pages
}

// weigh adds to the rows where each page is and what it weighs, finished, in a
// folder.
func weigh(pages []report.Page, t *trace, dir string) error {
	at := make(map[string]int, len(pages))
	for i, p := range pages {
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
		pages[i].URL, pages[i].Bytes = p.Permalink, int(n)
	}
	return nil
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
