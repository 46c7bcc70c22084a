// Package verify reads a finished site as a browser and a crawler would, and
// reports what is wrong with it: structured data that says something else than
// the page, links and anchors that lead nowhere, requests to other sites,
// pages without a heading, a title or a language.
//
// It sees files and nothing else. It does not know how they were made, from
// which sources, or by which template, so that it cannot repeat the mistakes of
// the code that made them: it must not import that code. What a script does
// when it runs, and what a style sheet hides, it does not see either.
package verify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"clinicblog/site/diag"
	"clinicblog/site/verify/dom"
)

// Site is a finished site.
type Site struct {
	FS      fs.FS    // the folder that is published
	BaseURL string   // where it is published, absolute; it may have a path
	Allow   []string // origins, such as https://video.example, that pages may make requests to
	BAA     []string // origins of known trackers with which there is a business associate agreement
	Forms   []string // origins to which forms may send
	// UnitedStates tells whether the notices that its law asks for are looked for.
	UnitedStates bool
	Crisis       []string // at most 64 links, such as tel:988, that a reader must see on every page
	Medical      Medical
}

// Report counts what was checked.
type Report struct {
	Files     int            // all files of the site
	Pages     int            // HTML pages, without those that only redirect
	Languages map[string]int // the pages, by the language on their html element
	Redirects int            // pages that only send the reader on
	Questions int            // questions in the structured data, each compared with its page
	Links     int            // addresses in pages, style sheets, feeds and sitemaps

	// Needs are the sources that the pages load from, beyond the site's own
	// files, by the directive of a content security policy that allows them.
	Needs map[string][]string
}

// site is what all workers read and none writes, except facts, where each
// page has its own place.
type site struct {
	fs     fs.FS
	base   ref
	allow  map[string]bool
	baa    map[string]bool
	forms  map[string]bool
	us     bool
	crisis []string
	about  Medical
	paths  []string         // every file, in the order of the names
	files  map[string]int32 // index into paths
	odd    map[int32]bool   // no regular files: these are not opened
	facts  []facts
}

// facts are what is kept of a file until all are read.
type facts struct {
	ids         string // every id, each between two NULs
	title       string
	description string
	lang        string
	editions    []edition // the pages that this one says are the same in another language, or in its own
	hasIDs      bool      // the ids are known: it is a page or an SVG image
}

// edition is a link that says in which language the page is that it leads to. An
// alternate is one for crawlers, about the same page.
type edition struct {
	code, href string
	file       int32
	alternate  bool
}

// fragment is a place in another file that some page links to.
type fragment struct {
	file int32
	id   string
}

type fragmentUse struct {
	href string
	places
}

// Check reads every file of a site and returns its findings, sorted. Pos.File
// of a finding is the path in site.FS, "." for the site as a whole; Line is 0,
// for finished bytes have no lines; Target is the address, id or question that
// the finding is about. A problem that many pages share is one finding, at the
// first of them. The error is about reading: a site without findings is good.
func Check(ctx context.Context, in Site) (Report, []diag.Diagnostic, error) {
	s := &site{fs: in.FS, allow: map[string]bool{}, baa: map[string]bool{}, forms: map[string]bool{}, us: in.UnitedStates, crisis: in.Crisis, about: in.Medical}
	if len(s.crisis) > 64 {
		return Report{}, nil, fmt.Errorf("read crisis lines: %d are more than 64", len(s.crisis))
	}
	var err error
	if s.base, err = parseBase(in.BaseURL); err != nil {
		return Report{}, nil, err
	}
	for _, origins := range []struct {
		from []string
		into map[string]bool
	}{{in.Allow, s.allow}, {in.BAA, s.baa}, {in.Forms, s.forms}} {
		if err := readOrigins(origins.from, origins.into); err != nil {
			return Report{}, nil, err
		}
	}
	all := findings{}
	if err := s.list(all); err != nil {
		return Report{}, nil, err
	}
	s.facts = make([]facts, len(s.paths))

	workers := make([]*worker, runtime.GOMAXPROCS(0))
	var next atomic.Int32
	var wg sync.WaitGroup
	for i := range workers {
		w := newWorker(s)
		workers[i] = w
		wg.Go(func() {
			for w.err == nil && ctx.Err() == nil {
				file := next.Add(1) - 1
				if int(file) >= len(s.paths) {
					return
				}
				w.err = w.check(file)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return Report{}, nil, err
	}

	report, needs := Report{Files: len(s.paths), Languages: map[string]int{}}, needs{}
	fragments := map[fragment]*fragmentUse{}
	var searches []searchPage
	listed := map[int32]bool{}
	for _, w := range workers {
		if w.err != nil {
			return Report{}, nil, w.err
		}
		report.Pages += w.report.Pages
		for lang, n := range w.report.Languages {
			report.Languages[lang] += n
		}
		report.Redirects += w.report.Redirects
		report.Questions += w.report.Questions
		report.Links += w.report.Links
		needs.merge(w.needs)
		all.merge(w.findings)
		mergeFragments(fragments, w.fragments)
		searches = append(searches, w.searches...)
		for _, file := range w.listed {
			listed[file] = true
		}
	}
	report.Needs = needs.sorted()
	s.checkFragments(fragments, all)
	s.checkUnique(all)
	s.checkSearch(workers[0], searches, listed, all)
	s.checkEditions(all)
	return report, all.diagnostics(s.paths), nil
}

func readOrigins(from []string, into map[string]bool) error {
	for _, a := range from {
		r := parseRef(a, ref{scheme: "https"})
		if scheme, _ := splitScheme(a); scheme == "" {
			r = parseRef("https://"+strings.TrimLeft(a, "/"), r)
		}
		if !r.web() || r.host == "" {
			return fmt.Errorf("read allowed origin %q: want https:// and a host", a)
		}
		into[r.origin()] = true
	}
	return nil
}

// list finds every file, and what cannot be published at all.
func (s *site) list(all findings) error {
	s.files, s.odd = map[string]int32{}, map[int32]bool{}
	err := fs.WalkDir(s.fs, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return nil
		}
		file := int32(len(s.paths))
		s.files[name] = file
		s.paths = append(s.paths, name)
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			all.addHere(file, &fileType, name, "file %q is a symbolic link", name)
		case !e.Type().IsRegular():
			all.addHere(file, &fileType, name, "file %q is no regular file", name)
		case brokenName(name):
			all.addHere(file, &fileName, name, "file %q has a name that no address can carry safely", name)
		}
		if !e.Type().IsRegular() {
			s.odd[file] = true
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("list site: %w", err)
	}
	return nil
}

// brokenName reports whether a name has a character that means something else
// in an address or in a file name of some system.
func brokenName(name string) bool {
	if !utf8.ValidString(name) || strings.ContainsAny(name, `\?#%:*"<>|`) {
		return true
	}
	for _, part := range strings.Split(name, "/") {
		if strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, " ") {
			return true
		}
	}
	return strings.IndexFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0
}

// worker checks one file after the other and keeps what it found.
type worker struct {
	*site
	findings  findings
	fragments map[fragment]*fragmentUse
	cache     map[string]destination // what an address means that means the same on every page
	report    Report
	needs     needs
	searches  []searchPage
	listed    []int32 // in a sitemap, or in robots.txt
	err       error

	buf   bytes.Buffer
	json  jsonDoc
	page  page
	seen  words    // an answer on the page
	said  words    // the same answer in the markup
	hrefs []string // the links of the latter

	answer []byte // the markup of the latter, while it is read
	scan   dom.Scanner
	open   []atom.Atom // the elements around a place in it
}

func newWorker(s *site) *worker {
	return &worker{site: s, findings: findings{}, fragments: map[fragment]*fragmentUse{}, needs: needs{}, cache: map[string]destination{}, report: Report{Languages: map[string]int{}}}
}

func (w *worker) check(file int32) error {
	name := w.paths[file]
	var run func([]byte)
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		run = w.html
	case ".css":
		run = w.css
	case ".svg":
		run = w.svg
	case ".xml":
		run = w.xml
	case ".webmanifest":
		run = w.manifest
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif":
		run = w.photo
	default:
		if name != "robots.txt" {
			return nil
		}
		run = w.robots
	}
	if w.odd[file] {
		return nil // a pipe would keep the reader waiting
	}
	f, err := w.fs.Open(name)
	if err != nil {
		return fmt.Errorf("open page: %w", err)
	}
	defer f.Close()
	w.buf.Reset()
	if _, err := w.buf.ReadFrom(f); err != nil && err != io.EOF {
		return fmt.Errorf("read %s: %w", name, err)
	}
	w.page.reset(file, w.address(name))
	run(w.buf.Bytes())
	return nil
}

func mergeFragments(into, from map[fragment]*fragmentUse) {
	for key, u := range from {
		if have := into[key]; have != nil {
			if u.first[0] < have.first[0] {
				have.href = u.href
			}
			have.places.merge(u.places)
		} else {
			into[key] = u
		}
	}
}

// checkFragments looks up the anchors that other pages link to.
func (s *site) checkFragments(uses map[fragment]*fragmentUse, all findings) {
	for key, u := range uses {
		f := &s.facts[key.file]
		if !f.hasIDs || strings.Contains(f.ids, "\x00"+key.id+"\x00") {
			continue
		}
		all[problem{linkFragment.ID, u.href, key.file}] = &finding{
			info:    &linkFragment,
			message: fmt.Sprintf("link %s leads to no id %q on %s", u.href, key.id, s.paths[key.file]),
			places:  u.places,
		}
	}
}

// checkUnique compares the titles and descriptions of all pages of a language.
func (s *site) checkUnique(all findings) {
	for _, c := range []struct {
		info *diag.Info
		name string
		of   func(*facts) string
	}{
		{&titleUnique, "title", func(f *facts) string { return f.title }},
		{&descriptionUnique, "description", func(f *facts) string { return f.description }},
	} {
		type said struct{ lang, text string }
		seen := map[said]*places{}
		for i := range s.facts {
			text := said{s.facts[i].lang, c.of(&s.facts[i])}
			if text.text == "" {
				continue
			}
			if seen[text] == nil {
				seen[text] = &places{}
			}
			seen[text].add(int32(i))
		}
		for key, p := range seen {
			if text := key.text; p.n > 1 {
				all[problem{c.info.ID, text, p.first[0]}] = &finding{info: c.info, message: fmt.Sprintf("%s %q is on this page", c.name, text), places: *p}
			}
		}
	}
}
