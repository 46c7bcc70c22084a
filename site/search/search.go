// Package search makes the index that a browser searches without a server: a
// small head, lists of words, and descriptions of pages, all static files of
// JSON, of which a query loads the few that it needs.
//
//	search/LANG/index.json       the head: where the lists of words begin and end
//	search/LANG/VERSION/wN.json  words, and the pages that each is on
//	search/LANG/VERSION/pN.json  address, title, description and headings of pages
//
// It takes the words of a page from its HTML, so that what is found is what is
// read: FAQ, facts and tables as they are shown, without menus, crisis lines
// and lists of other pages. It knows no Hugo, no sources and no browser.
//
// The browser does not stem. A word stands in the index in every form that
// some page has, beside the pages of its stem, and the browser looks up the
// form that was typed. So there is one stemmer, and no two to keep alike.
//
// What a page is worth for a word is BM25F (Robertson, Zaragoza and Taylor,
// 2004): how often and how prominently the page has the word is computed here
// and rounded to a small number, and the browser multiplies it with how rare the
// word is, which it sees by the number of pages.
//
// The files are JSON because every host compresses that, and hosts that see
// application/octet-stream do not.
package search

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Page is a page that can be found.
type Page struct {
	Lang               string // the key of its language: "en"
	File               string // "faq/index.html" in Site.FS
	URL                string // where a result leads: "/faq/"
	Title, Description string
	Kind               string // a word that the results are marked with: "articles"
	List               bool   // it counts less: it leads to pages that say more
}

// Site is what an index is made of.
type Site struct {
	FS    fs.FS // the rendered pages
	Pages []Page
	// Synonyms are, by language, groups of phrases that mean the same.
	Synonyms map[string][][]string
}

// File is one file of the index, with a slash-separated path.
type File struct {
	Path string
	Data []byte
}

// Files returns the index of each language that has a page. Equal sites have
// equal indexes, whatever the order of the pages. An error says which page
// could not be read.
func Files(ctx context.Context, s Site) ([]File, error) {
	byLang := map[string][]Page{}
	for _, p := range s.Pages {
		byLang[p.Lang] = append(byLang[p.Lang], p)
	}
	var files []File
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		pages := byLang[lang]
		slices.SortFunc(pages, func(a, b Page) int { return cmp.Compare(a.URL, b.URL) })
		x := &index{fs: s.FS, lang: lang, pages: pages, docs: make([]doc, len(pages))}
		if err := x.read(ctx, s.Synonyms[lang]); err != nil {
			return nil, err
		}
		files = append(files, x.files()...)
	}
	return files, nil
}

// field is a part of a page. What a word in it is worth, and how much less in a
// long one, was set by the table of queries in .ci/search.mjs.
type field int

const (
	inTitle field = iota
	inDescription
	inHeading
	inBody
	fields
)

var (
	weight = [fields]float64{6, 2, 2, 1}
	byLen  = [fields]float64{0.4, 0.3, 0.3, 0.5}
)

const saturation = 1.2 // k1 of BM25

// index is what is known of the pages of one language.
type index struct {
	fs      fs.FS
	lang    string
	pages   []Page
	docs    []doc
	terms   []term
	stop    []string // the stop words that some page has, folded and sorted
	average [fields]float64
}

// doc is what was counted on one page.
type doc struct {
	headings []heading
	length   [fields]int // words
	counts   []count
	worker   int // whose numbers the terms of counts have, until they are merged
}

type heading struct{ id, text string }

// count is how often a term is in the fields of a page, in halves: a synonym
// counts half. More than 127 times is 127 times.
type count struct {
	term int32
	in   [fields]uint8
}

// term is a stem, in the forms that pages have it in.
type term struct {
	stem  string
	forms []string // folded, sorted
	pages int      // how many pages have it
	hits  []hit    // by page
}

// hit is a page and what it is worth for a term: 1 to best.
type hit struct {
	page  int32
	worth int32
}

// best is what no page reaches, however often and prominently it has a term.
const best = 60

// read counts the words of all pages, on all cores.
func (x *index) read(ctx context.Context, synonyms [][]string) error {
	g, ctx := errgroup.WithContext(ctx)
	workers := make([]*counter, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	for worker := range workers {
		w := newCounter(x.lang, synonyms)
		workers[worker] = w
		g.Go(func() error {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(x.pages) {
					return nil
				}
				if err := w.page(x.fs, &x.pages[i], &x.docs[i]); err != nil {
					return fmt.Errorf("index page: %w", err)
				}
				x.docs[i].worker = worker
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	x.merge(workers)
	x.value()
	return nil
}

// merge gives the terms of all workers one numbering, that of their order.
func (x *index) merge(workers []*counter) {
	number := map[string]int32{}
	stop := map[string]bool{}
	for _, w := range workers {
		for _, stem := range w.stems {
			number[stem] = 0
		}
		maps.Copy(stop, w.stop)
	}
	x.stop = slices.Sorted(maps.Keys(stop))
	x.terms = make([]term, 0, len(number))
	for _, stem := range slices.Sorted(maps.Keys(number)) {
		number[stem] = int32(len(x.terms))
		x.terms = append(x.terms, term{stem: stem})
	}
	global := make([][]int32, len(workers))
	for i, w := range workers {
		global[i] = make([]int32, len(w.stems))
		for local, stem := range w.stems {
			n := number[stem]
			global[i][local] = n
			x.terms[n].forms = append(x.terms[n].forms, w.forms[local]...)
		}
	}
	for i := range x.terms {
		t := &x.terms[i]
		slices.Sort(t.forms)
		t.forms = slices.Compact(t.forms)
	}
	for i := range x.docs {
		d := &x.docs[i]
		for j := range d.counts {
			c := &d.counts[j]
			c.term = global[d.worker][c.term]
			x.terms[c.term].pages++
		}
	}
	for f := range fields { // of the pages that have the field
		total, n := 0, 0
		for i := range x.docs {
			if length := x.docs[i].length[f]; length > 0 {
				total += length
				n++
			}
		}
		x.average[f] = float64(total) / float64(max(1, n))
	}
}

// value says what each page is worth for each of its terms.
func (x *index) value() {
	for i := range x.terms {
		x.terms[i].hits = make([]hit, 0, x.terms[i].pages)
	}
	for i := range x.docs {
		d := &x.docs[i]
		most := float64(best)
		if x.pages[i].List {
			most *= 0.7
		}
		var scale [fields]float64
		for f := range fields {
			scale[f] = weight[f] / 2
			if x.average[f] > 0 {
				scale[f] /= 1 - byLen[f] + byLen[f]*float64(d.length[f])/x.average[f]
			}
		}
		for _, c := range d.counts {
			often := 0.0
			for f := range fields {
				often += scale[f] * float64(c.in[f])
			}
			t := &x.terms[c.term]
			worth := math.Round(most * often / (saturation + often))
			t.hits = append(t.hits, hit{int32(i), max(1, int32(worth))})
		}
		d.counts = nil
	}
}
