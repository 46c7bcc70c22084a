// Package serve shows a site in the browser while it is written: it builds
// into a folder of its own, serves what was built on this machine alone,
// watches the sources, builds again after a change and lets the browser reload.
// What is wrong appears on the page, over the last site that was good.
//
// What a browser gets are the bytes and headers of a published site, with few
// differences: every response says "Cache-Control: no-store", nothing asks for
// https, and a page of HTML carries one script more, before its </body>, which
// the security policy lets run. None of it is ever on the disk. Links that name the site's own host lead to the preview when followed.
//
// How a site is built is one function, which the caller brings: the package
// knows nothing of Markdown, Hugo or the pipeline.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"clinicblog/site/diag"
	"clinicblog/site/host"

	"golang.org/x/sync/errgroup"
)

// Server is one preview. All fields but Port are needed.
type Server struct {
	// Build makes the site in dest, a folder that does not exist yet. It is
	// called again after every change, never twice at a time. When a finding is
	// an error, or Build returns one, what it made is not served.
	Build  func(ctx context.Context, dest string) (Site, []diag.Diagnostic, error)
	Source string   // the folder that Watch is relative to
	Watch  []string // files and folders whose change is followed by a build, with slashes
	Port   int      // the first to try; 0 for any that is free
	Opened func(url string)
	Notice func(string)
}

// Site is what a build says of the site that it made.
type Site struct {
	BaseURL string // of the home page; its path is where the preview has it too
	// Unpublished are the pages that only a preview shows: the file in the
	// folder, such as "articles/x/index.html", and why: "draft".
	Unpublished map[string]string
	// Headers are those that every host sends with a file of the site; nil for
	// none but its type.
	Headers func(file string) []host.Header
}

func (s Site) headers(file string) []host.Header {
	if s.Headers == nil {
		return nil
	}
	return s.Headers(file)
}

// Run serves until ctx is done, which is no error. It returns an error when
// the first build cannot work, and when nothing can be served or watched.
// When it returns, nothing of it is left: no process, no folder, no connection.
func (s *Server) Run(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "clinicblog-serve-")
	if err != nil {
		return fmt.Errorf("make folder for the preview: %w", err)
	}
	p := newPreview(s.Build, dir)
	defer func() {
		p.close()
		if rerr := os.RemoveAll(dir); rerr != nil {
			err = errors.Join(err, fmt.Errorf("remove folder of the preview: %w", rerr))
		}
	}()
	listeners, port, err := listen(s.Port)
	if err != nil {
		return err
	}
	if s.Port != 0 && port != s.Port {
		s.Notice(fmt.Sprintf("port %d is taken: using port %d", s.Port, port))
	}
	// From before the first build, so that no change falls between the two.
	w, err := newWatcher(s.Source, s.Watch, s.Notice)
	if err != nil {
		for _, l := range listeners {
			l.Close()
		}
		return err
	}

	g, ctx := errgroup.WithContext(ctx)
	server := &http.Server{
		Handler:           p,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	for _, l := range listeners {
		g.Go(func() error {
			if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("serve: %w", err)
			}
			return nil
		})
	}
	g.Go(func() error {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(patience) != nil {
			server.Close() // a browser that does not hang up
		}
		return nil
	})
	changed := make(chan struct{}, 1) // holds what changes while a build runs
	g.Go(func() error { return w.run(ctx, changed) })
	g.Go(func() error {
		if err := p.rebuild(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		if ctx.Err() == nil {
			s.Opened(p.url(port))
		}
		for {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-changed:
				// A running build is left to its end: Hugo throws its cache of
				// images away when it was killed, and the next build would pay.
				// An error is on the page; the next change may mend it.
				_ = p.rebuild(ctx)
			}
		}
	})
	if err := g.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// listen takes a port on both loopback addresses: a browser may try either for
// "localhost". A port that someone else has on one of them is taken.
func listen(first int) ([]net.Listener, int, error) {
	if first < 0 || first > 65535 {
		return nil, 0, fmt.Errorf("listen: there is no port %d", first)
	}
	has6 := false
	if l, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		has6 = true
		l.Close()
	}
	var last error
	for i := range 100 {
		port := first
		if first != 0 {
			port += i
		}
		if port > 65535 {
			break
		}
		four, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			last = err
			continue
		}
		port = four.Addr().(*net.TCPAddr).Port
		if !has6 {
			return []net.Listener{four}, port, nil
		}
		six, err := net.Listen("tcp6", fmt.Sprintf("[::1]:%d", port))
		if err == nil {
			return []net.Listener{four, six}, port, nil
		}
		last = err
		four.Close()
	}
	return nil, 0, fmt.Errorf("find a free port: %w", last)
}

// newRun names this run of the server, so that a page of an earlier run knows
// that it is old.
func newRun() string { return rand.Text()[:8] }
