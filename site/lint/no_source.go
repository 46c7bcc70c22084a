package lint

import (
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var noSource = pageRule{
	Info: diag.Info{ID: "no-source", Severity: diag.Advice,
		Fix: "cite what the page rests on, or link to it",
		Doc: `A page about care names no source

An article or a group type's page of 300 words or more says where its facts are
from, or nobody can check them. Attribution is one of the four benchmarks of JAMA,
which hardly a page on health meets: of 2,590 materials of medical associations
none met all four (doi 10.3390/healthcare10020234). Counted are citations, and
links to where research, law or official advice is published.

Before: Groups help people who live with depression.
After:  Groups help people who live with depression.[](ref:rosendahl-2021)`},
	page: func(m *manuscript, report diag.Report) {
		if m.Section || m.Kind != content.Article && m.Kind != content.Group || Sourced(m.Page) {
			return
		}
		words := 0
		for _, s := range m.sentences {
			words += s.Words
		}
		if words >= 300 {
			report(m.At("title"), "the page has %d words and names no source", words)
		}
	},
}
