package serve

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"clinicblog/site/host"
)

// What is the preview's own lies at the root of the host, where no site has a
// file: names that begin with a full stop are not served.
const (
	eventsPath = "/.clinicblog/events"
	scriptPath = "/.clinicblog/preview.js"
)

func isHTML(name string) bool { return strings.HasPrefix(host.ContentType(name), "text/html") }

func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// A page elsewhere can point a name of its own at this machine and read
	// what answers; a browser then sends that name.
	if !isLoopback(r.Host) {
		http.Error(w, "this preview answers to localhost alone", http.StatusForbidden)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	switch r.URL.Path {
	case eventsPath:
		p.events(w, r)
		return
	case scriptPath:
		w.Header().Set("Content-Type", host.ContentType(scriptPath))
		w.Write(script)
		return
	}
	select {
	case <-p.ready:
	case <-r.Context().Done():
		return
	}
	a, err := p.find(r.URL.Path)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer a.close()
	a.write(w, r)
}

func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.EqualFold(host, "localhost") || host == "127.0.0.1" || host == "::1" || host == "[::1]"
}

// answer is what a request gets: a redirect, a file, or a few bytes.
type answer struct {
	status   int
	redirect string
	name     string // of the file in the site, for its type
	tag      string // ETag without quotes
	info     fs.FileInfo
	file     *os.File
	body     []byte // in place of file
	headers  []host.Header
}

func (a *answer) close() {
	if a.file != nil {
		a.file.Close()
	}
}

// find looks a path up in the site that is up. A file stays open when the
// site is replaced meanwhile.
func (p *preview) find(urlPath string) (*answer, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	g := p.up
	if g == nil {
		body, err := findingsPage(p.last)
		return &answer{status: http.StatusServiceUnavailable, name: "findings.html", body: body}, err
	}
	if urlPath == "/" && g.base != "/" || urlPath+"/" == g.base {
		return &answer{status: http.StatusFound, redirect: escaped(g.base)}, nil
	}
	if rel, ok := strings.CutPrefix(urlPath, g.base); ok {
		a, err := g.find(rel)
		if a != nil || err != nil {
			return a, err
		}
	}
	return g.notFound(strings.TrimPrefix(urlPath, g.base))
}

// notFound returns the page for unknown addresses that is nearest above a path:
// below /es/ it speaks Spanish.
func (g *generation) notFound(rel string) (*answer, error) {
	for dir := path.Dir(strings.TrimLeft(rel, "/")); ; dir = path.Dir(dir) {
		if name := path.Join(dir, "404.html"); public(name) {
			if a, err := g.open(name, http.StatusNotFound); a != nil || err != nil {
				return a, err
			}
		}
		if dir == "." {
			return &answer{status: http.StatusNotFound, name: "404.txt", body: []byte("404 page not found\n")}, nil
		}
	}
}

// find returns the file at a path below the home page, nil when there is none.
func (g *generation) find(rel string) (*answer, error) {
	name := rel
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !public(name) {
		return nil, nil
	}
	if a, err := g.open(name, http.StatusOK); a != nil || err != nil {
		return a, err
	}
	// A folder is shown by its page, at the address with a slash.
	a, err := g.open(path.Join(name, "index.html"), http.StatusMovedPermanently)
	if a == nil || err != nil {
		return nil, err
	}
	a.close()
	return &answer{status: http.StatusMovedPermanently, redirect: escaped(g.base + rel + "/")}, nil
}

// public reports whether a host serves a name: none with a part that begins
// with a full stop, save /.well-known/.
// https://www.rfc-editor.org/rfc/rfc8615
func public(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	for i, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") && !(i == 0 && part == ".well-known") {
			return false
		}
	}
	return true
}

// open returns a file of the site, nil when there is none of that name. The
// root lets no name and no symbolic link lead out of it.
func (g *generation) open(name string, status int) (*answer, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return nil, nil
	}
	f, err := g.root.Open(local)
	if err != nil {
		return nil, nil
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, err
	}
	a := &answer{status: status, name: name, headers: g.headers(name), tag: fmt.Sprintf("%x-%x", info.ModTime().UnixNano(), info.Size()), info: info, file: f}
	if !isHTML(name) {
		return a, nil
	}
	defer f.Close()
	page, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	a.file, a.tag = nil, a.tag+"-"+g.name
	a.body, err = inject(page, mark{Up: g.name, BaseURL: g.BaseURL, Base: g.base, Unpublished: g.Unpublished[name]})
	return a, err
}

func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	if a.redirect != "" {
		to := a.redirect
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", to)
		w.WriteHeader(a.status)
		return
	}
	w.Header().Set("Content-Type", host.ContentType(a.name))
	for _, h := range a.headers {
		if value := here(h); value != "" {
			w.Header().Set(h.Name, value)
		}
	}
	if a.status != http.StatusOK { // no conditions and no ranges
		body := a.body
		if a.file != nil {
			var err error
			if body, err = io.ReadAll(a.file); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.WriteHeader(a.status)
		if r.Method != http.MethodHead {
			w.Write(body)
		}
		return
	}
	w.Header().Set("ETag", `"`+a.tag+`"`)
	var content io.ReadSeeker = a.file
	if a.file == nil {
		content = bytes.NewReader(a.body)
	}
	http.ServeContent(w, r, a.name, a.info.ModTime(), content)
}

// here is the value that a header of the site has in a preview, "" for one that
// it does not have: nothing is kept, there is no https, and the preview's own
// script may run.
func here(h host.Header) string {
	switch h.Name {
	case "Cache-Control", "Strict-Transport-Security":
		return ""
	case "Content-Security-Policy":
		var directives []string
		scripts := "script-src"
		for directive := range strings.SplitSeq(h.Value, "; ") {
			switch name, _, _ := strings.Cut(directive, " "); name {
			case "upgrade-insecure-requests":
			case "script-src":
				scripts = directive
			default:
				directives = append(directives, directive)
			}
		}
		if !strings.Contains(scripts, " 'self'") {
			scripts += " 'self'"
		}
		return strings.Join(append(directives, scripts), "; ")
	}
	return h.Value
}

// escaped is a path for a Location header. It begins with one slash.
func escaped(p string) string { return (&url.URL{Path: p}).EscapedPath() }
