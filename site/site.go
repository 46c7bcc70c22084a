// Package site builds the clinic's site: it is the pipeline, as one straight
// line, and the manual of the house.
//
//	content/*.md -> content.Load -> Index -> lint ------------------------------> diagnostics
//	                                  |                                               |
//	layouts assets hugo.toml -> hugo.Render (one run, fresh folder) -> page list      | any error:
//	                                  |                                               | print, exit 1,
//	                     schema.New(Index, pages) -> graph per page                   | public/ untouched
//	                                  |                                               |
//	                     calendar.Feeds(schedule, pages) -> .ics files                |
//	                                  |                                               |
//	                     search.Files(pages) -> index for the search page             |
//	                     drawCards: a picture of each page for shared links, icons     |
//	                                  |                                               |
//	                     urls: no address vanishes, redirects lead to pages ----------+
//	                                  |                                               |
//	                     finish.Run: inject -> minify, clean -> prove -> hash         |
//	                                  |                                               |
//	                     verify.Check on the final bytes -----------------------------+
//	                                  |                                               |
//	                     host.Write: headers and redirects, for each host ------------+
//	                                  |
//	                     publish: manifest, lock, swap -> public/
//
// deploy puts what is in public/ where visitors get it from, and asks there
// whether it has arrived.
//
// lint judges the text of a page as soon as content has read it, and content lets
// it go then; what shows in all pages together is judged when all are there.
//
// triage decides on the way what becomes of each finding: the level that hugo.toml
// gives its rule, and the comments in sources that let one stand.
//
// serve runs the same line again after every change, into a folder of its own.
//
// The rooms mirror the folders they work on: content reads content/, hugo
// renders layouts/, publish writes public/. diag is the leaf that all stand on.
// Who may import whom, and why, is in arch_test.go.
//
// An error means that the tool could not work. A diagnostic means that the
// content is wrong. The two never mix.
package site

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
	_ "time/tzdata" // the zone of hugo.toml, on machines without zone files

	"clinicblog/site/card"
	"clinicblog/site/content"
	"clinicblog/site/deploy"
	"clinicblog/site/diag"
	"clinicblog/site/finish"
	"clinicblog/site/host"
	"clinicblog/site/hugo"
	"clinicblog/site/lint"
	"clinicblog/site/publish"
	"clinicblog/site/schema"
	"clinicblog/site/triage"
	"clinicblog/site/urls"
	"clinicblog/site/verify"
)

// Version is the version of the tool.
const Version = "v0.1.0"

// Config is one build.
type Config struct {
	Source      string // the project's folder
	Destination string // the folder to publish, "" for public/ in Source
	BaseURL     string // "" for that of hugo.toml
	Drafts      bool
	Future      bool
	Expired     bool
	Clock       time.Time         // what counts as now; zero for the real time
	Hosts       []string          // in place of those in hugo.toml
	Hugo        string            // the Hugo to run; "" to find or install one
	Notice      func(string)      // told before something takes long
	Step        func(name string) // told when a step starts
}

// Summary is what a build made. Sizes are bytes.
type Summary struct {
	Destination string `json:"destination"`
	BaseURL     string `json:"baseURL"`
	Hugo        string `json:"hugo"`
	Pages       int    `json:"pages"`
	// Languages are the pages by the language that they name.
	Languages  map[string]int `json:"languages"`
	Questions  int            `json:"questions"`
	GroupTypes int            `json:"groupTypes"`
	Files      int            `json:"files"`
	Before     int64          `json:"bytesBefore"`
	After      int64          `json:"bytesAfter"`
	Steps      []Step         `json:"steps"`
	Time       time.Duration  `json:"nanoseconds"`
	// Unpublished are the pages that are there for Drafts, Future or Expired
	// alone: the file in the destination, and "draft", "future" or "expired".
	Unpublished map[string]string `json:"unpublished,omitempty"`
}

// Step is a part of a build and the time that it took.
type Step struct {
	Name string        `json:"name"`
	Time time.Duration `json:"nanoseconds"`
}

// Build makes the site and swaps it into the destination. When a finding is an
// error, or the tool cannot work, the destination stays as it was. The summary
// is that of a published site only when no finding is an error.
func Build(ctx context.Context, cfg Config) (Summary, []diag.Diagnostic, error) {
	b, err := newBuild(cfg)
	if err != nil {
		return Summary{}, nil, err
	}
	err = b.run(ctx)
	b.endStep()
	b.summary.Time = time.Since(b.start)
	return b.summary, diag.Sort(diag.Counting(b.findings)), err
}

// errFindings ends a build whose content is wrong; it never leaves the package.
var errFindings = errors.New("the content has errors")

type build struct {
	cfg      Config
	check    bool  // judge to the end and publish nothing
	scope    Scope // of a check
	sources  bool  // a check that ended there
	complete bool  // every rule has run
	desk     *triage.Desk
	findings []diag.Diagnostic
	needs    map[string][]string // origins from which pages load something, by directive
	trace    *trace              // once pages are rendered
	title    string              // of the site
	rows     *rows               // of a report, when there is to be one
	summary  Summary
	// home is where the site is published, and published are the addresses that the public gets, each with its source.
	published map[string]string
	home      string
	recording bool // for the list of addresses, whatever it says of home
	start     time.Time
	step      time.Time
}

func newBuild(cfg Config) (*build, error) {
	source, err := filepath.Abs(cfg.Source)
	if err != nil {
		return nil, fmt.Errorf("find source: %w", err)
	}
	cfg.Source = source
	if cfg.Destination == "" {
		cfg.Destination = filepath.Join(source, "public")
	}
	if cfg.Clock.IsZero() {
		cfg.Clock = time.Now().Truncate(time.Second)
	}
	if cfg.Notice == nil {
		cfg.Notice = func(string) {}
	}
	if cfg.Step == nil {
		cfg.Step = func(string) {}
	}
	return &build{cfg: cfg, start: time.Now(), summary: Summary{Destination: cfg.Destination}}, nil
}

func (b *build) run(ctx context.Context) error {
	err := b.pipeline(ctx)
	if errors.Is(err, errFindings) {
		return nil
	}
	return err
}

func (b *build) pipeline(ctx context.Context) error {
	settings, ds, err := hugo.ReadConfig(b.cfg.Source)
	if err != nil {
		return err
	}
	const table = "params.clinicblog.check"
	rules, more := lint.ReadSettings(settings.Table(table), settings.Below(table), Rules())
	b.desk = triage.New(Rules(), rules.Rules, b.cfg.Clock.In(location(settings.TimeZone)))
	if err := b.found(append(ds, more...), nil); err != nil {
		return err
	}
	if err := b.found(settings.Expiry(b.cfg.Clock), nil); err != nil {
		return err
	}
	declared, ds, err := declaration(settings, b.cfg.Hosts)
	if err := b.found(ds, err); err != nil {
		return err
	}
	_, ds = deployTargets(settings)
	announced, more := announcement(settings)
	if err := b.found(append(ds, more...), nil); err != nil {
		return err
	}
	addresses, listed, ds, err := readURLs(b.cfg.Source)
	if err := b.found(ds, err); err != nil {
		return err
	}
	var stage *publish.Stage
	var binary hugo.Binary
	open := func() error {
		if binary, err = hugo.Find(ctx, hugo.FindOptions{Flag: b.cfg.Hugo, Notice: b.cfg.Notice}); err != nil {
			return err
		}
		b.summary.Hugo = binary.Version
		stage, err = publish.Open(ctx, publish.Options{Dest: b.cfg.Destination, Source: b.cfg.Source, Tool: "clinicblog " + Version})
		return err
	}
	defer func() {
		if stage == nil {
			return
		}
		if err := stage.Abort(); err != nil {
			b.cfg.Notice(err.Error())
		}
	}()
	if !b.check { // nobody else may publish from here on
		if err := open(); err != nil {
			return err
		}
	}

	b.beginStep("read")
	index, err := b.read(ctx, settings, rules)
	if err != nil {
		return err
	}
	if b.check {
		if b.sources = !b.scope.renders(index); b.sources {
			return nil
		}
		if err := open(); err != nil {
			return err
		}
	}
	reviews := reviewStates(index, b.cfg.Clock)

	b.beginStep("hugo")
	debug.FreeOSMemory() // Hugo needs it now
	// What is published now is read while Hugo works: a file there that is not
	// ours ends the build before it is made for nothing.
	working, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	checked := make(chan struct{})
	go func() {
		defer close(checked)
		if err := stage.CheckDest(working); err != nil {
			stop(err)
		}
	}()
	over := overlay(index)
	if err := addRules(over, index); err != nil {
		return err
	}
	rendered, ds, err := hugo.Render(working, hugo.Config{
		Binary: binary, Source: b.cfg.Source, Destination: stage.Dir(), Scratch: stage.Scratch(),
		BaseURL: b.cfg.BaseURL, Drafts: b.cfg.Drafts, Future: b.cfg.Future, Expired: b.cfg.Expired, Clock: b.cfg.Clock,
		Overlay: over, Stale: staleFiles(index), Reviews: reviews, Settings: settings, Memory: hugoMemory(index.Bytes),
	})
	<-checked
	if cause := context.Cause(working); cause != nil && ctx.Err() == nil {
		return cause
	}
	trace := newTrace(index, rendered)
	b.trace = trace
	if err := b.found(trace.unrewrite(ds), err); err != nil {
		return err
	}
	if len(rendered.Pages) == 0 {
		return errFindings // Hugo gave up: there is no site to look at
	}

	if err := writeCalendars(stage.Dir(), index, rendered); err != nil {
		return err
	}
	current, err := builtURLs(b.cfg.Source, stage.Dir(), rendered, trace.withheld())
	if err != nil {
		return err
	}
	b.published, b.home = current.Public(), homeOf(settings.BaseURL)
	if !b.recording {
		current.Home = b.home
	}
	if listed {
		if err := b.found(addresses.Check(current), nil); err != nil {
			return err
		}
	}
	moved, err := moves(stage.Dir(), rendered)
	if err != nil {
		return err
	}
	moved, gone, err := redirectsOf(addresses, rendered.BaseURL, moved)
	if err != nil {
		return err
	}
	if host.NeedsPages(declared.Hosts) {
		err = writeRedirectPages(stage.Dir(), addresses, rendered.BaseURL, rendered.Languages[0].Tag)
	} else {
		err = removeRedirectPages(stage.Dir(), rendered)
	}
	if err != nil {
		return err
	}
	b.beginStep("search")
	if err := writeSearch(ctx, stage.Dir(), index, rendered); err != nil {
		return err
	}

	b.beginStep("cards")
	ds, err = drawCards(ctx, b.cfg.Source, stage.Dir(), rendered, b.check)
	if err := b.found(ds, err); err != nil {
		return err
	}

	b.beginStep("finish")
	graphs := schema.New(graphSite(index, rendered, b.cfg.Clock))
	stats, ds, err := finish.Run(ctx, finish.Options{Dir: stage.Dir(), Graph: func(output string) ([]byte, error) { return trace.graph(graphs, output) }})
	if err := b.found(trace.toSource(ds), err); err != nil {
		return err
	}

	b.beginStep("verify")
	verified, ds, err := verify.Check(ctx, verify.Site{FS: os.DirFS(stage.Dir()), BaseURL: rendered.BaseURL, Allow: settings.Allow, Crisis: crisisLinks(index),
		BAA: rules.BAA, Forms: rules.Forms, UnitedStates: index.Clinic.Address.Country == "US",
		Medical: medicalWords(index, rendered, reviews)})
	if err := b.found(trace.toSource(ds), err); err != nil {
		return err
	}

	b.beginStep("hosting")
	if err := announced.WriteKey(stage.Dir()); err != nil {
		return err
	}
	served := host.Site{BaseURL: rendered.BaseURL, Always: declared.Always(host.Policy(verified.Needs)), Moved: moved, Gone: gone}
	if stage.Hosting, ds, err = writeHosting(ctx, stage.Dir(), declared.Hosts, served, settings.At(hostingTable), b.check); err != nil {
		return err
	}
	if err := b.found(ds, nil); err != nil {
		return err
	}

	b.complete, b.needs = true, verified.Needs
	if b.rows != nil {
		if err := b.rows.weigh(trace, stage.Dir()); err != nil {
			return err
		}
	}
	if err := b.found(b.desk.Dead(), nil); err != nil || b.check {
		return err
	}

	b.beginStep("publish")
	if stage.Made, err = madeFrom(ctx, b.cfg, binary.Version); err != nil {
		return err
	}
	manifest, err := stage.Commit(ctx)
	var kept *publish.KeptError
	switch {
	case errors.As(err, &kept): // published, and a file that came in meanwhile was put aside
		b.cfg.Notice(kept.Error())
	case err != nil:
		return err
	}
	b.summary.Pages, b.summary.Questions, b.summary.GroupTypes = verified.Pages, verified.Questions, trace.groupTypes(index)
	b.summary.Languages = verified.Languages
	b.summary.BaseURL, b.summary.Unpublished = rendered.BaseURL, trace.withheld()
	b.summary.Files, b.summary.Before, b.summary.After = len(manifest.Files), stats.Before, stats.After
	return nil
}

// readMemory is the memory from which on garbage is collected more often while
// the sources are read. The live data of ten thousand articles is a third of it.
const readMemory = 320 << 20

// read reads the sources and judges them. The text of a page is judged as soon as
// it is read, and then let go: a site of ten thousand pages takes no more memory
// than they leave behind.
func (b *build) read(ctx context.Context, settings hugo.Settings, rules lint.Settings) (*content.Index, error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(readMemory))
	checker := lint.NewChecker(b.cfg.Clock, rules)
	index, ds, err := content.Load(ctx, content.Options{
		Source: b.cfg.Source, Now: b.cfg.Clock, Location: location(settings.TimeZone), Languages: languages(settings), Mounts: imageMounts(settings),
		Drafts: b.cfg.Drafts, Future: b.cfg.Future, Expired: b.cfg.Expired,
		Each: func(x *content.Index, p *content.Page) {
			checker.Page(x, p)
			b.rows.read(x, p)
		},
	})
	if err != nil {
		return nil, err
	}
	b.title = settings.Title
	b.rows.finish(index, b.cfg.Clock)
	if err := b.found(append(ds, b.desk.Allow(index.Allows)...), nil); err != nil {
		return nil, err
	}
	return index, b.found(append(checker.Site(index), wrongAliases(b.cfg.Source, settings.Folders("static"), index)...), nil)
}

// found judges findings, keeps them, and stops a build that is to be published
// when one of them is an error.
func (b *build) found(ds []diag.Diagnostic, err error) error {
	if b.check {
		ds = b.unblamed(ds)
	}
	judged := b.desk.Judge(ds)
	if !b.check {
		judged = slices.DeleteFunc(judged, func(d diag.Diagnostic) bool { return d.Severity == diag.Advice && standing[d.Rule] })
	}
	b.findings = append(b.findings, judged...)
	if err != nil {
		return err
	}
	if errs, _ := diag.Count(b.findings); errs > 0 && !b.check {
		return errFindings
	}
	return nil
}

// standing are the rules whose advice is for check alone.
var standing = func() map[string]bool {
	ids := map[string]bool{}
	for _, r := range Rules() {
		if r.Standing {
			ids[r.ID] = true
		}
	}
	return ids
}()

// unblamed leaves out what a later step finds on a line that already has an
// error, or somewhere on a page whose source has one: the page is wrong there
// because its source is.
func (b *build) unblamed(ds []diag.Diagnostic) []diag.Diagnostic {
	type line struct {
		file string
		n    int // 0 for the file as a whole
	}
	wrong := map[line]bool{}
	for _, d := range b.findings {
		if d.Severity == diag.Error && d.Counts() && d.Pos.Line > 0 {
			wrong[line{d.Pos.File, d.Pos.Line}] = true
			wrong[line{d.Pos.File, 0}] = true
		}
	}
	return slices.DeleteFunc(ds, func(d diag.Diagnostic) bool {
		return wrong[line{b.trace.source(d.Pos.File), d.Pos.Line}]
	})
}

func (b *build) beginStep(name string) {
	b.endStep()
	b.cfg.Step(name)
	b.summary.Steps = append(b.summary.Steps, Step{Name: name})
	b.step = time.Now()
}

func (b *build) endStep() {
	if n := len(b.summary.Steps); n > 0 && b.summary.Steps[n-1].Time == 0 {
		b.summary.Steps[n-1].Time = time.Since(b.step)
	}
}

// hugoMemory is the memory that Hugo may use before it collects garbage as often
// as it would by itself. Bare Hugo peaks at about 30 bytes for each byte of
// source; collecting less often below that peak saves a sixth of its time, and
// above it buys little more.
func hugoMemory(sources int64) int64 { return 256<<20 + 30*sources }

// location is the time zone of dates without one. Hugo reports a zone that it
// does not know; until then it is UTC here.
func location(zone string) *time.Location {
	if loc, err := time.LoadLocation(zone); err == nil {
		return loc
	}
	return time.UTC
}

// imageMounts are the folders in which the images of pages are looked for.
func imageMounts(settings hugo.Settings) []content.Mount {
	var found []content.Mount
	for _, m := range slices.Concat(settings.Folders("assets"), settings.Folders("static")) {
		found = append(found, content.Mount{Dir: m.Source, At: m.Target})
	}
	return found
}

// languages are those of the settings, for the reader of the sources.
func languages(s hugo.Settings) []content.Language {
	var list []content.Language
	for _, l := range s.Languages {
		list = append(list, content.Language(l))
	}
	return list
}

// staleFiles are the translations that have fallen behind.
func staleFiles(index *content.Index) []string {
	var files []string
	for _, p := range index.Stale() {
		files = append(files, p.Source)
	}
	return files
}

// reviewStates are what the pages that name a review may say of it, by file.
func reviewStates(index *content.Index, now time.Time) map[string]string {
	states := map[string]string{}
	for _, p := range index.Pages {
		if p.Published && p.Review != nil {
			states[p.Source] = index.ReviewOf(p, now).String()
		}
	}
	return states
}

// medicalWords are what the finished pages may say of their review, and must say
// of what they are not and of who paid for them.
func medicalWords(index *content.Index, rendered hugo.Site, reviews map[string]string) verify.Medical {
	m := verify.Medical{Reviewed: map[string]bool{}, Sponsors: map[string]string{}}
	sponsors := map[string]string{}
	for _, p := range index.Pages {
		if p.Sponsor != "" {
			sponsors[p.Source] = p.Sponsor
		}
	}
	for _, p := range rendered.Pages {
		if who := sponsors[p.Source]; who != "" && p.Output != "" {
			m.Sponsors[p.Output] = who
		}
		if reviews[p.Source] == content.Reviewed.String() && p.Output != "" {
			m.Reviewed[p.Output] = true
		}
	}
	for _, w := range index.Words {
		for _, list := range []struct {
			into *[]string
			keys []string
		}{
			{&m.Claims, []string{"reviewed-by"}},
			{&m.PaidBy, []string{"sponsored-by"}},
			{&m.Denials, []string{content.NotReviewed.String(), content.ReviewChanged.String(), content.ReviewLapsed.String()}},
			{&m.Disclaimers, []string{"disclaimer"}},
		} {
			for _, key := range list.keys {
				if text := w.Text(key); text != "" {
					*list.into = append(*list.into, text)
				}
			}
		}
	}
	return m
}

// crisisLinks are the links to the crisis lines that every page must show.
func crisisLinks(index *content.Index) []string {
	var links []string
	for _, line := range index.Crisis {
		for _, l := range []struct{ scheme, number string }{{"tel:", line.Call}, {"sms:", line.Text}} {
			if l.number != "" {
				links = append(links, l.scheme+l.number)
			}
		}
	}
	return links
}

// overlay is what Hugo renders in place of sources that were rewritten.
func overlay(index *content.Index) map[string][]byte {
	files := map[string][]byte{}
	for _, p := range index.Pages {
		if p.Rewritten != nil {
			files[p.Source] = p.Rewritten
		}
	}
	return files
}

// graphSite puts what the sources say beside the URLs that Hugo gave them.
func graphSite(index *content.Index, rendered hugo.Site, now time.Time) schema.Site {
	s := schema.Site{URL: rendered.BaseURL, Homes: map[string]schema.Home{}, Now: now, Index: index, Pages: make([]schema.Page, len(rendered.Pages))}
	tags := map[string]string{}
	for _, e := range rendered.Languages {
		s.Homes[e.Key], tags[e.Key] = schema.Home{URL: e.Home, Name: e.Title}, e.Tag
	}
	for i, p := range rendered.Pages {
		s.Pages[i] = schema.Page{
			Source: p.Source, URL: p.Permalink, Kind: p.Kind, Title: p.Title, Description: p.Description, Lang: p.Lang, Language: tags[p.Lang],
			Published: p.Date, Modified: p.Lastmod, Parent: p.Parent,
		}
		if p.Image != nil {
			s.Pages[i].Image = schema.Image{URL: p.Image.URL, Width: p.Image.Width, Height: p.Image.Height}
		}
		if p.Output != "" {
			s.Pages[i].Card = schema.Image{URL: cardURL(rendered.BaseURL, p.Output), Width: card.Width, Height: card.Height}
		}
	}
	return s
}

// Rules lists every rule of every room, for explain.
func Rules() []diag.Info {
	return slices.Concat(content.Rules(), diag.Infos(lint.Rules), hugo.Rules, card.Rules, finish.Rules, verify.Rules, host.Rules, deploy.Rules, urls.Rules,
		triage.Rules, []diag.Info{lint.SettingsRule, verifyRule})
}

// SupportedHugo is the range of versions that may render the site.
func SupportedHugo() string { return hugo.SupportedRange() }

// HugoPath returns the program that Build would run, and installs one if there
// is none.
func HugoPath(ctx context.Context) (string, error) {
	b, err := hugo.Find(ctx, hugo.FindOptions{})
	return b.Path, err
}

// HugoVersion says which Hugo a build would run, and where it was found. When
// there is none, the error says how to get one; nothing is installed.
func HugoVersion(ctx context.Context, flag string) (string, error) {
	b, err := hugo.Find(ctx, hugo.FindOptions{Flag: flag, LookOnly: true})
	if err != nil {
		return "", err
	}
	return b.Version + " from " + b.Origin, nil
}
