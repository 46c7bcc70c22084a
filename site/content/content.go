// Package content reads what people write: pages of Markdown with YAML front
// matter, and the data files that own the clinic's facts. It returns an Index
// in which every key, link, citation and question knows its line.
//
// It knows nothing of HTML pages, Hugo's rendering or schema.org, and judges
// only whether a source can be read; rules on what it says are in site/lint.
package content

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"clinicblog/site/diag"

	"golang.org/x/sync/errgroup"
)

// Options say where the sources are and which pages count as published.
type Options struct {
	Source                  string // the project's folder
	Now                     time.Time
	Location                *time.Location // of dates without a zone
	Languages               []Language     // the default first; none is English alone
	Mounts                  []Mount        // of images; nil for assets and static
	Drafts, Future, Expired bool
	// Each, if set, is given every page as soon as it is read, by several
	// goroutines at once, with an index that holds the data and no pages yet. Then
	// the page's Blocks go: together they are larger than the sources.
	Each func(*Index, *Page)
}

// Kind is what a page is about, told by its folder below content/.
type Kind int

const (
	Plain   Kind = iota // content/*.md and everything else
	Article             // content/articles/
	Group               // content/groups/: a type of therapy group
	Person              // content/people/
)

// Index is everything the sources say.
type Index struct {
	Languages  []Language       // the default first
	Pages      []*Page          // by Source
	People     map[string]*Page // those published, by Key, in the default language where they are
	Clinic     Clinic
	Crisis     []CrisisLine
	References map[string]Reference  // by key
	Hosts      []string              // that somebody approved as destinations of links
	Schedule   *Schedule             // nil without data/schedule.yaml
	Words      []*Words              // of the interface, by language
	Synonyms   map[string][][]string // by language, groups of phrases that mean the same
	Allows     []Allow               // in pages and data files
	Bytes      int64                 // of all pages' sources

	editions map[edition]*Page
}

// Page is one Markdown file.
type Page struct {
	Source  string // "content/groups/process.es.md"
	Name    string // Source without the language: "content/groups/process.md"
	Lang    string // key of the language in hugo.toml
	Key     string // "process": the file's or bundle's name, by which others refer to it
	Kind    Kind
	Section bool // _index.md
	// Published tells whether the page is part of this build: no draft, not
	// expired, not of the future, unless the options ask for those.
	Published bool
	// Withheld tells why a build without options leaves the page out: "draft",
	// "future" or "expired"; "" when it does not.
	Withheld string
	Dated    bool // has a date

	Title, Description string
	Layout             string // of Hugo, by which the page of the schedule is known
	Author             string // Key of a page of Kind Person
	Image, ImageAlt    string
	ImageFile          *ImageFile // of Image; nil when it is on another site
	Keywords           []string
	Aliases            []string // former addresses, as they are written
	Medical            bool     // the page speaks of care: articles and groups always do
	AboutGroups        bool     // an article about the clinic's group types
	Sponsored          bool     // somebody paid for the page: Sponsor, who the page names
	Sponsor            string
	Review             *Review
	Methodology        *Methodology   // behind a success rate that the page states
	Authorization      *Authorization // of a patient whom the page names
	Translation        *Translation
	Group              *GroupFacts  // Kind Group, not the overview
	Person             *PersonFacts // Kind Person

	Headings  []Heading
	Links     []Link
	Images    []Image
	Citations []Citation
	RawHTML   []RawHTML
	Blocks    []Block // every unit of text in reading order, those of the front matter first
	Comments  []Comment
	Allows    []Allow
	FAQ       []Section
	// Bullets are lines of a paragraph that start with a bullet character.
	Bullets []diag.Pos
	// Strays are questions in the "Q1." notation outside any FAQ section.
	Strays []Stray

	// Rewritten is the whole file with every question as a heading, when the
	// source marks questions in another way; nil otherwise. Hugo renders it in
	// place of the file.
	Rewritten []byte

	keys   map[string]diag.Pos
	start  diag.Pos
	lines  []origin // behind each line of Rewritten
	digest string
}

// Methodology says how the clinic knows a rate of success: of how many people,
// over which time, by what measure, and how many were reached again.
type Methodology struct {
	N                         int
	Period, Measure, FollowUp string
}

// Complete tells whether nothing of it is missing.
func (m *Methodology) Complete() bool {
	return m.N > 0 && m.Period != "" && m.Measure != "" && m.FollowUp != ""
}

// Authorization is a patient's written leave to be named: where the paper is
// filed, when it was signed and when it ends.
type Authorization struct {
	ID            string
	Date, Expires time.Time
}

// Holds tells whether nothing of it is missing and it has not ended.
func (a *Authorization) Holds(now time.Time) bool {
	return a.ID != "" && !a.Date.IsZero() && a.Expires.After(now)
}

// Range is a number or two, such as 6 to 12 people.
type Range struct{ Min, Max int }

// GroupFacts are the fields of a type of therapy group.
type GroupFacts struct {
	Goal, Format, Leader, Stage string
	Size                        Range // people
	Session                     Range // minutes
	Suits, NotFor, AlsoCalled   []string
	Evidence                    []Evidence
}

// Evidence is one finding of research and the reference it stands on.
type Evidence struct {
	Says, Ref string
	Pos       diag.Pos
}

// PersonFacts are the fields of a person or a team.
type PersonFacts struct {
	Role        string
	Credentials []Credential
	Team        bool
}

// Credential is a licence or degree and who granted it.
type Credential struct{ Name, By string }

// Heading is a heading of the body as it is rendered.
type Heading struct {
	Level    int
	Text, ID string
	Pos      diag.Pos
}

// Link is a link of the body, without citations.
type Link struct {
	Destination, Text string
	Pos               diag.Pos
}

// Image is an image of the body.
type Image struct {
	Destination, Alt string
	File             *ImageFile // nil when it is on another site
	Pos              diag.Pos
}

// RawHTML is a tag, or a block of HTML, in the Markdown. It is not published.
type RawHTML struct {
	Source string
	Pos    diag.Pos
}

// Comment is an HTML comment in the Markdown: Text without its delimiters, Line
// the last line of the source that it stands on.
type Comment struct {
	Text string
	Pos  diag.Pos
	Line int
}

// Citation is a marker such as [](ref:mccarty-2014).
type Citation struct {
	Key string
	Pos diag.Pos
}

// Section is a part of the page that holds frequently asked questions.
type Section struct {
	Title     string
	Pos       diag.Pos
	Questions []Question
}

// Question is one question and its answer. Text is what the reader sees, ID
// the anchor of its heading, Answer HTML in the subset that consumers of
// schema.org accept, with the destinations of links as they were written.
type Question struct {
	Text, ID, Answer string
	Pos              diag.Pos
	Shortcodes       []diag.Pos
}

// Stray is a question in a notation that only a FAQ section gives a meaning.
type Stray struct {
	Text string
	Pos  diag.Pos
}

// At returns where the front matter sets key, or the start of the page.
func (p *Page) At(key string) diag.Pos {
	if pos, ok := p.keys[strings.ToLower(key)]; ok {
		return pos
	}
	return p.start
}

// SourcePos moves a position in Rewritten to the line of the source that it
// came from. The column is kept only where that line was not rewritten.
func (p *Page) SourcePos(pos diag.Pos) diag.Pos {
	pos, _ = p.sourcePos(pos)
	return pos
}

// sourcePos also tells whether the column was kept.
func (p *Page) sourcePos(pos diag.Pos) (diag.Pos, bool) {
	if p.lines == nil || pos.Line < 1 {
		return pos, true
	}
	from := p.lines[min(pos.Line, len(p.lines))-1]
	if !from.kept {
		pos.Col = 1
	}
	return diag.Pos{File: pos.File, Line: from.line, Col: pos.Col}, from.kept
}

// complete sets what the options leave open.
func (o Options) complete() Options {
	if o.Location == nil {
		o.Location = time.UTC
	}
	if len(o.Languages) == 0 {
		o.Languages = []Language{{"en", "en"}}
	}
	return o
}

// Load reads content/ and data/ below the project's folder. Findings are what
// cannot be read; an error means that the folder itself cannot be.
func Load(ctx context.Context, opts Options) (*Index, []diag.Diagnostic, error) {
	opts = opts.complete()
	var mu sync.Mutex
	var ds []diag.Diagnostic
	report := func(d diag.Diagnostic) {
		mu.Lock()
		ds = append(ds, d)
		mu.Unlock()
	}

	data := &Index{Languages: opts.Languages}
	if err := data.loadData(opts, report); err != nil {
		return nil, nil, err
	}
	files, err := markdownFiles(opts)
	if err != nil {
		return nil, nil, err
	}
	pages := make([]*Page, len(files))
	var size atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			src, err := os.ReadFile(filepath.Join(opts.Source, filepath.FromSlash(file)))
			if err != nil {
				return fmt.Errorf("read source: %w", err)
			}
			p := Parse(file, src, opts, report)
			if p != nil && opts.Each != nil {
				opts.Each(data, p)
				p.Blocks = nil
			}
			pages[i] = p
			size.Add(int64(len(src)))
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	index := data
	index.Pages = slices.DeleteFunc(pages, func(p *Page) bool { return p == nil })
	index.Bytes = size.Load()
	if err := index.images(opts); err != nil {
		return nil, nil, err
	}
	index.connect()
	if index.Allows, err = dataAllows(opts.Source); err != nil {
		return nil, nil, err
	}
	for _, p := range index.Pages {
		if p.Published {
			index.Allows = append(index.Allows, p.Allows...)
		}
	}
	return index, diag.Sort(ds), nil
}

// markdownFiles lists the pages below content/, sorted.
func markdownFiles(opts Options) ([]string, error) {
	var files []string
	source := opts.Source
	root := filepath.Join(source, "content")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(source, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		// A symbolic link is no regular file: what it leads to is not read here,
		// and site/hugo reports the link.
		if d.Type().IsRegular() && strings.EqualFold(path.Ext(rel), ".md") {
			files = append(files, rel)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read content: %s has no content folder: give the project's folder with --source", source)
	}
	if err != nil {
		return nil, fmt.Errorf("read content: %w", err)
	}
	slices.Sort(files)
	return slices.DeleteFunc(files, opts.inBundleOf(files)), nil
}

// inBundleOf tells the Markdown files that are resources of another page, as
// Hugo does: whatever lies beside or below an index.md, in any language.
func (o Options) inBundleOf(files []string) func(string) bool {
	isBundle := func(f string) bool {
		name, _ := o.splitLanguage(f)
		return path.Base(name) == "index.md"
	}
	bundles := map[string]bool{}
	for _, f := range files {
		if isBundle(f) {
			bundles[path.Dir(f)] = true
		}
	}
	return func(f string) bool {
		dir := path.Dir(f)
		if isBundle(f) {
			dir = path.Dir(dir)
		}
		for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
			if bundles[dir] {
				return true
			}
		}
		return false
	}
}

// Parse reads one page. It returns nil, after a finding, when the file has no
// front matter and body that could be read.
func Parse(file string, src []byte, opts Options, report func(diag.Diagnostic)) *Page {
	opts = opts.complete()
	t := newText(file, src)
	if !t.check(report) {
		return nil
	}
	m, ok := t.split(report)
	if !ok {
		return nil
	}
	p := newPage(file, opts)
	p.readMatter(t, m, opts, report)
	p.readBody(t, m.body)
	p.digest = p.digestOf()
	if p.Review != nil {
		p.Review.Void = p.Review.Of != p.digest
	}
	p.Allows = slices.Concat(t.yamlAllows(m.yaml, m.yamlLine), t.markdownAllows(p.Comments))
	return p
}

func newPage(file string, opts Options) *Page {
	p := &Page{Source: file, start: diag.Pos{File: file, Line: 1, Col: 1}}
	p.Name, p.Lang = opts.splitLanguage(file)
	dir, base := path.Split(p.Name)
	dir = strings.TrimSuffix(dir, "/")
	p.Key = strings.TrimSuffix(base, path.Ext(base))
	p.Section = p.Key == "_index"
	if p.Section || p.Key == "index" {
		p.Key = path.Base(dir)
	}
	switch top, _, _ := strings.Cut(strings.TrimPrefix(file, "content/"), "/"); top {
	case "articles":
		p.Kind = Article
	case "groups":
		p.Kind = Group
	case "people":
		p.Kind = Person
	}
	return p
}

// Keys that Hugo reads and this tool does not.
// Source: Hugo's documentation of front matter, v0.165.
var hugoKeys = []string{
	"build", "cascade", "categories", "headless", "isCJKLanguage", "linkTitle", "markup",
	"menu", "menus", "modified", "outputs", "params", "resources", "sitemap", "sites", "slug", "summary", "tags",
	"translationKey", "type", "unpublishdate", "url", "weight",
}

func (p *Page) readMatter(t *text, m matter, opts Options, report func(diag.Diagnostic)) {
	doc := &document{text: t, line: m.yamlLine, report: report, loc: opts.Location}
	front := doc.parse(m.yaml)
	p.keys = make(map[string]diag.Pos, len(front.items))
	for key, it := range front.items {
		p.keys[key] = it.pos
	}
	p.Title = front.text("title")
	p.Description = front.text("description")
	p.fields(front, "", "title", "description")
	p.Author, p.Layout = front.text("author"), front.text("layout")
	p.Image, p.ImageAlt = front.text("image"), front.text("imageAlt")
	p.fields(front, "", "imageAlt")
	p.Keywords = front.texts("keywords")
	p.Aliases = front.texts("aliases")
	p.Medical = front.bool("medical") || p.Kind == Article && !p.Section || p.Kind == Group
	p.Sponsor = front.text("sponsor")
	p.Sponsored = front.bool("sponsored") || p.Sponsor != ""
	front.date("lastmod")
	date := front.date("date")
	p.Dated = !date.IsZero()
	publish := cmp.Or(front.date("publishDate"), date)
	expiry, draft := front.date("expiryDate"), front.bool("draft")
	future := publish.After(opts.Now)
	expired := !expiry.IsZero() && !expiry.After(opts.Now)
	p.Published = (opts.Drafts || !draft) && (opts.Future || !future) && (opts.Expired || !expired)
	switch {
	case draft:
		p.Withheld = "draft"
	case future:
		p.Withheld = "future"
	case expired:
		p.Withheld = "expired"
	}

	if r := front.child("review"); len(r.items) > 0 {
		p.Review = &Review{By: r.text("by"), Date: r.date("date"), Until: r.date("until"), Of: r.text("of")}
		for _, key := range []string{"by", "date", "until", "of"} {
			p.keys["review."+key] = r.posOf(key)
		}
		r.unknown()
	}
	if t := front.child("translation"); len(t.items) > 0 {
		p.Translation = &Translation{Of: t.text("of"), By: t.text("by"), ReviewedBy: t.text("reviewedBy")}
		for _, key := range []string{"of", "by", "reviewedBy"} {
			p.keys[strings.ToLower("translation."+key)] = t.posOf(key)
		}
		t.unknown()
	}
	if m := front.child("methodology"); len(m.items) > 0 {
		p.Methodology = &Methodology{N: m.int("n"), Period: m.text("period"), Measure: m.text("measure"), FollowUp: m.text("followUp")}
		m.unknown()
	}
	if a := front.child("authorization"); len(a.items) > 0 {
		p.Authorization = &Authorization{ID: a.text("id"), Date: a.date("date"), Expires: a.date("expires")}
		a.unknown()
	}
	switch {
	case p.Kind == Article && !p.Section:
		p.AboutGroups = front.bool("groups")
	case p.Kind == Group && !p.Section:
		p.readGroup(front)
	case p.Kind == Person && !p.Section:
		p.Person = &PersonFacts{Role: front.text("role"), Team: front.bool("team")}
		for _, c := range front.children("credentials") {
			p.Person.Credentials = append(p.Person.Credentials, Credential{Name: c.text("name"), By: c.text("by")})
			c.unknown()
		}
	}
	front.unknown(hugoKeys...)
}

func (p *Page) readGroup(front *mapping) {
	p.fields(front, "", "goal", "format", "leader", "stage", "suits", "notFor", "alsoCalled")
	g := &GroupFacts{
		Goal: front.text("goal"), Format: front.text("format"), Leader: front.text("leader"), Stage: front.text("stage"),
		Size: readRange(front, "size"), Session: readRange(front, "session"),
		Suits: front.texts("suits"), NotFor: front.texts("notFor"), AlsoCalled: front.texts("alsoCalled"),
	}
	for _, e := range front.children("evidence") {
		ref, pos := e.text("ref"), e.posOf("ref")
		g.Evidence = append(g.Evidence, Evidence{Says: e.text("says"), Ref: ref, Pos: pos})
		for i := p.fields(e, "evidence.", "says"); i < len(p.Blocks) && ref != ""; i++ {
			p.Blocks[i].Citations = []Citation{{Key: ref, Pos: pos}}
		}
		e.unknown()
	}
	p.Group = g
}

func readRange(front *mapping, key string) Range {
	m := front.child(key)
	r := Range{Min: m.int("min"), Max: m.int("max")}
	m.unknown()
	return r
}
