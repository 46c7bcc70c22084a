package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"clinicblog/site/diag"
)

// preview is the site that is up and the outcome of the last build.
type preview struct {
	build func(ctx context.Context, dest string) (Site, []diag.Diagnostic, error)
	dir   string // holds one folder a build
	run   string
	ready chan struct{} // closed when the first build has ended

	mu      sync.RWMutex // held for reading while a file is looked up and opened
	up      *generation  // nil until a build was good
	last    outcome
	changed chan struct{} // closed when last is replaced
}

// generation is one site that was built well. Its files never change.
type generation struct {
	Site
	name string // of the build that made it
	base string // path of the home page, "/" or "/blog/"
	dir  string
	root *os.Root
}

// outcome is how the last build ended, as the browser is told.
type outcome struct {
	Number   int       `json:"number"`          // of the build, from 1
	Up       string    `json:"up"`              // the generation that is served, "" when there is none
	Error    string    `json:"error,omitempty"` // why the tool could not work
	Errors   int       `json:"errors"`
	Findings []finding `json:"findings"`
}

type finding struct {
	Pos      string        `json:"pos"`
	Severity diag.Severity `json:"severity"`
	Rule     string        `json:"rule"`
	Message  string        `json:"message"`
	Fix      string        `json:"fix"`
}

func newPreview(build func(ctx context.Context, dest string) (Site, []diag.Diagnostic, error), dir string) *preview {
	return &preview{build: build, dir: dir, run: newRun(), ready: make(chan struct{}), changed: make(chan struct{})}
}

// rebuild builds once and tells every browser. A site that is good takes the
// place of the one that is up.
func (p *preview) rebuild(ctx context.Context) error {
	number := p.last.Number + 1 // only rebuild writes it, and never twice at a time
	dir := filepath.Join(p.dir, strconv.Itoa(number))
	site, ds, err := p.build(ctx, dir)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	out := outcome{Number: number, Findings: []finding{}}
	out.Errors, _ = diag.Count(ds)
	for _, d := range ds {
		out.Findings = append(out.Findings, finding{d.Pos.String(), d.Severity, d.Rule, d.Message, d.Fix})
	}
	var next *generation
	if err == nil && out.Errors == 0 {
		next, err = p.open(site, dir, number)
	}
	if err != nil {
		out.Error = err.Error()
	}

	p.mu.Lock()
	old := p.up
	if next != nil {
		p.up = next
	}
	if p.up != nil {
		out.Up = p.up.name
	}
	p.last = out
	close(p.changed)
	p.changed = make(chan struct{})
	p.mu.Unlock()

	if number == 1 {
		close(p.ready)
	}
	if next != nil && old != nil {
		old.remove()
	}
	return err
}

func (p *preview) open(site Site, dir string, number int) (*generation, error) {
	base, err := url.Parse(site.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("parse base URL: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the site that was built: %w", err)
	}
	return &generation{
		Site: site, name: p.run + "-" + strconv.Itoa(number), base: strings.TrimSuffix(base.Path, "/") + "/", dir: dir, root: root,
	}, nil
}

// remove deletes a site that is not up any more. Windows keeps a file that is
// being sent; it goes with the folder of the preview.
func (g *generation) remove() {
	g.root.Close()
	_ = os.RemoveAll(g.dir)
}

func (p *preview) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.up != nil {
		p.up.remove()
		p.up = nil
	}
}

// url is where the home page is.
func (p *preview) url(port int) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	base := "/"
	if p.up != nil {
		base = p.up.base
	}
	return (&url.URL{Scheme: "http", Host: fmt.Sprintf("localhost:%d", port), Path: base}).String()
}

// outcome returns how the last build ended, as JSON, and a channel that is
// closed when there is a newer one.
func (p *preview) outcome() ([]byte, <-chan struct{}, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	b, err := json.Marshal(p.last)
	return b, p.changed, err
}
