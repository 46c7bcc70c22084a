// Package finish makes the final bytes of a rendered site, in place: the
// structured data goes into every page, files with a content hash in their
// name get the hash of what is published, images lose their metadata, and HTML,
// CSS, JavaScript, JSON, XML and SVG are minified. Then it is proved that a minified file says what the
// file said before; where it does not, the file keeps its bytes and is
// reported.
//
// It knows files and their formats. It does not know what a page is about,
// which links resolve or what the structured data says: verify looks at that,
// and shares no code with this package.
//
// What a proof compares is written at canon (HTML), cssForm, xmlForm and the
// methods of asset. Spaces that only a style sheet makes visible
// (white-space: pre-wrap on a <div>) are outside every proof.
package finish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"clinicblog/site/diag"
)

// Options say what Run works on.
type Options struct {
	Dir string // the rendered folder; its files are changed in place

	// Graph returns the JSON-LD of the HTML page at a slash-separated path
	// below Dir, or nil for none. It is called from several goroutines.
	Graph func(outputPath string) ([]byte, error)

	// Progress, if set, is told how many of all files are done. Calls do not
	// overlap, and done grows.
	Progress func(done, total int)
}

// Stats count what was done.
type Stats struct {
	Files   int // all regular files of the folder
	Pages   int // of them HTML
	Stamped int // renamed after the hash of their final bytes
	Kept    int // not minified, because the proof said no or they do not parse

	// Bytes of the files that can be minified, with the structured data in its
	// place: before minifying and after.
	Before, After int64
}

func (s *Stats) add(t Stats) {
	s.Files += t.Files
	s.Pages += t.Pages
	s.Stamped += t.Stamped
	s.Kept += t.Kept
	s.Before += t.Before
	s.After += t.After
}

// Run finishes every file of opts.Dir. Positions of findings are paths in that
// folder. An error says which file could not be read or written, or that a
// graph is not JSON that may stand in a page; the folder is then half done and
// of no use.
func Run(ctx context.Context, opts Options) (Stats, []diag.Diagnostic, error) {
	files, found, err := list(opts.Dir)
	if err != nil {
		return Stats{}, nil, err
	}
	r := &run{opts: opts, total: len(files), stamps: newStamps()}
	for range runtime.GOMAXPROCS(0) {
		r.workers = append(r.workers, newWorker(r.stamps))
	}
	var pages, assets, stamped []file
	for _, f := range files {
		switch {
		case f.kind == kindHTML:
			pages = append(pages, f)
		case f.digest != "":
			stamped = append(stamped, f)
		default:
			assets = append(assets, f)
		}
	}
	// Pages name assets, so the names of assets are settled first.
	if err := r.stamp(ctx, stamped); err != nil {
		return Stats{}, nil, err
	}
	for _, group := range [][]file{assets, pages} {
		if err := r.each(ctx, group, r.finish); err != nil {
			return Stats{}, nil, err
		}
	}
	stats := Stats{Files: len(files), Pages: len(pages)}
	for _, w := range r.workers {
		stats.add(w.stats)
		found = append(found, w.found...)
	}
	return stats, diag.Sort(found), nil
}

type run struct {
	opts    Options
	workers []*worker
	stamps  *stamps

	mu          sync.Mutex
	done, total int
}

// each calls do for every file, on all workers.
func (r *run) each(ctx context.Context, files []file, do func(*worker, file) error) error {
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for _, w := range r.workers {
		g.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := do(w, files[i]); err != nil {
					return err
				}
				r.progress()
			}
		})
	}
	return g.Wait()
}

func (r *run) progress() {
	if r.opts.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	r.opts.Progress(r.done, r.total)
}

// finish is what happens to one file whose name stays.
func (r *run) finish(w *worker, f file) error {
	if f.kind == kindOther {
		return nil
	}
	changed, err := w.edit(filepath.Join(r.opts.Dir, filepath.FromSlash(f.path)), func(src []byte) ([]byte, error) {
		var graph []byte
		if f.kind == kindHTML && r.opts.Graph != nil {
			var err error
			if graph, err = r.opts.Graph(f.path); err != nil {
				return nil, err
			}
		}
		return w.content(f, src, graph)
	})
	if changed && f.kind != kindHTML {
		r.stamps.change(path.Base(f.path))
	}
	return err
}

// content returns the final bytes of a file. They are valid until the next call.
func (w *worker) content(f file, src, graph []byte) ([]byte, error) {
	w.file = f.path
	switch f.kind {
	case kindOther:
		return src, nil
	case kindImage:
		return w.image(f.path, src), nil
	}
	if f.kind == kindHTML && len(src) == 0 {
		w.report(emptyPage, "the page is empty")
		return src, nil
	}
	if !utf8.Valid(src) {
		w.report(assetEncoding, "the file is not UTF-8")
		return src, nil
	}
	if f.kind == kindText {
		return w.restamp(src), nil
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // no JSON parser takes it, and charset says it already
	if f.kind == kindHTML {
		return w.page(f.path, src, graph)
	}
	src = w.restamp(src)
	var min []byte
	var d diag.Diagnostic
	ok := true
	switch f.kind {
	case kindCSS:
		if len(src) > 0 {
			min, d, ok = w.assets.css(src)
		}
	case kindJS:
		min, d, ok = w.assets.js(src)
	case kindJSON:
		min, d, ok = w.assets.json(src)
	case kindXML:
		min, d, ok = w.assets.xml(src)
	}
	if !ok {
		d.Pos.File = f.path
		w.found = append(w.found, d)
		w.stats.Kept++
	}
	w.stats.Before += int64(len(src))
	w.stats.After += int64(len(min))
	return min, nil
}

// edit replaces the content of a file by what change returns for it, and says
// whether that was anything new. The file is opened, read and written once.
func (w *worker) edit(name string, change func([]byte) ([]byte, error)) (changed bool, err error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrPermission) {
		// A read-only file of static/ keeps its mode when Hugo copies it.
		if err = os.Chmod(name, 0o644); err == nil {
			f, err = os.OpenFile(name, os.O_RDWR, 0)
		}
	}
	if err != nil {
		return false, fmt.Errorf("open file to finish: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("write finished file: %w", cerr)
		}
	}()
	w.src = w.src[:0]
	for {
		if len(w.src) == cap(w.src) {
			w.src = slices.Grow(w.src, 1+len(w.src))
		}
		n, err := f.Read(w.src[len(w.src):cap(w.src)])
		w.src = w.src[:len(w.src)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return false, fmt.Errorf("read file to finish: %w", err)
		}
	}
	out, err := change(w.src)
	if err != nil || bytes.Equal(out, w.src) {
		return false, err
	}
	if _, err := f.WriteAt(out, 0); err != nil {
		return false, fmt.Errorf("write finished file: %w", err)
	}
	if len(out) < len(w.src) {
		if err := f.Truncate(int64(len(out))); err != nil {
			return false, fmt.Errorf("write finished file: %w", err)
		}
	}
	return true, nil
}

// formatKind is the format of a file, told by its extension as hosts do.
type formatKind uint8

const (
	kindOther formatKind = iota // not touched
	kindImage                   // not minified, but it may carry metadata
	kindText                    // not minified, but it may name hashed files
	kindHTML
	kindCSS
	kindJS
	kindJSON
	kindXML
)

func formatOf(name string) formatKind {
	switch path.Ext(name) {
	case ".html", ".htm":
		return kindHTML
	case ".css":
		return kindCSS
	case ".js", ".mjs":
		return kindJS
	case ".json", ".jsonld", ".geojson", ".webmanifest", ".map":
		return kindJSON
	case ".xml", ".rss", ".atom", ".svg", ".xsl":
		return kindXML
	case ".txt":
		return kindText
	}
	switch path.Base(name) {
	case "_headers", "_redirects":
		return kindText
	}
	if imageFormatOf(name) != "" {
		return kindImage
	}
	return kindOther
}

// file is a regular file of the rendered folder.
type file struct {
	path   string // with slashes, below the folder
	kind   formatKind
	digest string // hexadecimal, of the content hash that Hugo put in the name
}

// list returns the regular files below dir, and a finding for all else that is
// no folder.
func list(dir string) (files []file, found []diag.Diagnostic, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			found = append(found, fileType.At(diag.Pos{File: rel}, "%s is a symbolic link", rel))
		case !d.Type().IsRegular():
			found = append(found, fileType.At(diag.Pos{File: rel}, "%s is no regular file", rel))
		default:
			files = append(files, file{path: rel, kind: formatOf(rel), digest: digestOf(rel)})
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list rendered files: %w", err)
	}
	return files, found, nil
}
