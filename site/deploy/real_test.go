package deploy

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// With this variable set, the test binary is a child that deploys what the
// variable says, and names each file that has arrived, until it is killed.
const childVar = "CLINICBLOG_TEST_DEPLOY"

func TestMain(m *testing.M) {
	text := os.Getenv(childVar)
	if text == "" {
		os.Exit(m.Run())
	}
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		panic(err)
	}
	u, _ := readURL(c.URL)
	_, err := Run(context.Background(), Options{
		Target: Target{Name: "child", URL: u}, Dir: c.Dir, Files: c.Files, Cache: c.Cache, MaxDeletes: -1,
		Uploaded: func(path string) { fmt.Println(path) },
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

type child struct {
	URL, Dir, Cache string
	Files           []File
}

// place is a server that is not ours, behind a front that counts and spoils
// what is asked of it.
type place struct {
	url      string
	requests func() int64              // since the last call; nil where nobody counts
	spoil    func(every int64)         // one request in so many fails; 0 for none
	headers  func(name string) headers // of a file; nil where a place has none
	secret   string                    // no error tells it
	refusals []refusal
}

type headers struct{ kind, cache, coding string }

// refusal is what a place says when something is wrong with who asks.
type refusal struct {
	name    string
	arrange func(t *testing.T, u *string)
	want    string
}

// The same deploys to servers of five kinds: a first one, one with a changed
// page, one that is killed half way and ended by the next, one against a server
// that fails one request in ten, two at a time, and those that are refused.
func TestRealPlaces(t *testing.T) {
	for _, kind := range []struct {
		name  string
		start func(t *testing.T) place
	}{{"s3", startS3}, {"gs", startGoogle}, {"azblob", startAzure}, {"sftp", startSSH}, {"file", startFolder}} {
		t.Run(kind.name, func(t *testing.T) { scenarios(t, kind.start(t)) })
	}
}

func scenarios(t *testing.T, p place) {
	there := opened(t, p.url)
	u, _ := readURL(p.url)
	target := Target{Name: "test", URL: u}
	pages := maps.Clone(first)
	for i := range 60 {
		pages[fmt.Sprintf("p/%02d/index.html", i)] = fmt.Sprint("page ", i)
	}
	cache := t.TempDir()
	options := func(s site) Options {
		o := s.options(t, target)
		o.Cache = cache
		return o
	}
	took := func(want int64) {
		t.Helper()
		if p.requests == nil {
			return
		}
		if got := p.requests(); want > 0 && got != want {
			t.Errorf("the deploy takes %d requests, want %d", got, want)
		}
	}
	dry := options(pages)
	dry.DryRun = true
	if r := deployed(t, dry); len(r.Added) != len(pages) {
		t.Errorf("a dry run says %+v", r)
	}
	p.holds(t, there, Options{})
	o := options(pages)
	deployed(t, o)
	p.holds(t, there, o)

	took(0)
	if r := deployed(t, o); !r.Nothing() {
		t.Errorf("a deploy of nothing says %+v", r)
	}
	took(1)
	pages = pages.with("p/07/index.html", "other").with("index.xml", "other feed")
	o = options(pages)
	if r := deployed(t, o); len(r.Changed) != 2 {
		t.Errorf("a deploy of one page and its feed says %+v", r)
	}
	took(5)
	p.holds(t, there, o)

	t.Run("edited meanwhile", func(t *testing.T) {
		edited := options(pages.with("p/08/index.html", "new"))
		if err := os.WriteFile(filepath.Join(edited.Dir, "p", "08", "index.html"), []byte("edited"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Run(t.Context(), edited); err == nil || !strings.Contains(err.Error(), "p/08/index.html is not as it was built") {
			t.Errorf("a file that was changed gives %v", err)
		}
		p.holdsFiles(t, there, o)
	})
	t.Run("too many deletions", func(t *testing.T) {
		if _, err := Run(t.Context(), options(first)); err == nil || !strings.Contains(err.Error(), "60 of the 66 files there would be deleted, and the limit is 20") {
			t.Errorf("got %v", err)
		}
		p.holdsFiles(t, there, o)
	})
	t.Run("killed", func(t *testing.T) {
		for i := range 60 {
			pages[fmt.Sprintf("p/%02d/index.html", i)] = fmt.Sprint("new page ", i)
		}
		o = options(pages)
		o.About = nil
		killed(t, child{p.url, o.Dir, o.Cache, o.Files}, 20)
		r := deployed(t, o)
		t.Logf("after the kill %d files were there, %d were sent", r.Unchanged, len(r.Changed))
		if r.Unchanged < len(first)+19 {
			t.Errorf("the second deploy says %+v", r)
		}
		p.holds(t, there, o)
	})
	if p.spoil != nil { // else nothing fails for a moment there
		t.Run("flaky", func(t *testing.T) {
			p.spoil(10)
			o = options(first)
			o.MaxDeletes = 100
			deployed(t, o)
			p.spoil(0)
			p.holds(t, there, o)
		})
	}
	t.Run("interrupted", func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		half := options(first.with("a/index.html", "half").with("b/index.html", "half").with("index.xml", "half"))
		half.MaxDeletes = 100
		half.Uploaded = func(string) { stop() }
		if _, err := Run(ctx, half); err == nil {
			t.Error("an interrupt is no error")
		}
		// It has given up its claim, so that nobody has to wait.
		o = options(first)
		o.Cache, o.MaxDeletes = t.TempDir(), 100
		deployed(t, o)
		p.holds(t, there, o)
	})
	t.Run("two at a time", func(t *testing.T) {
		working, finish, ended := make(chan struct{}), make(chan struct{}), make(chan error)
		slow := options(first.with("a/index.html", "slow"))
		slow.MaxDeletes = 100
		var once sync.Once
		slow.Uploaded = func(string) { once.Do(func() { close(working) }); <-finish }
		go func() { _, err := Run(context.Background(), slow); ended <- err }()
		<-working
		other := options(first)
		other.Cache = t.TempDir()
		if _, err := Run(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another deploy is at work there") {
			t.Errorf("a second deploy gives %v", err)
		}
		close(finish)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		o = slow
		p.holds(t, there, o)
	})
	for _, r := range p.refusals {
		t.Run(r.name, func(t *testing.T) {
			address := p.url
			t.Run("", func(t *testing.T) { // what it arranges ends with it
				r.arrange(t, &address)
				refused := options(first.with("b/index.html", "refused"))
				refused.Target.URL, _ = readURL(address)
				_, err := Run(t.Context(), refused)
				if err == nil || !strings.Contains(err.Error(), r.want) {
					t.Errorf("got %v, want %q", err, r.want)
				}
				if err != nil && p.secret != "" && strings.Contains(err.Error(), p.secret) {
					t.Errorf("the error tells the secret: %v", err)
				}
			})
			p.holdsFiles(t, there, o)
		})
	}
	o = options(first)
	deployed(t, o)
	p.holds(t, there, o)
}

func opened(t *testing.T, address string) store {
	t.Helper()
	u, why := readURL(address)
	if why != "" {
		t.Fatal(why)
	}
	s, err := Target{URL: u}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, isFolder := s.(*folder); isFolder { // it holds the lock
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(Target{URL: u}.Folder())
		if err != nil {
			t.Fatal(err)
		}
		s = &folder{root: root}
		t.Cleanup(func() { root.Close() })
		return s
	}
	t.Cleanup(func() { s.close() })
	return s
}

// holds compares a place with a site: names, bytes, headers and the list.
func (p place) holds(t *testing.T, there store, o Options) {
	t.Helper()
	p.holdsFiles(t, there, o)
	body, _, err := there.get(t.Context(), StateName)
	if len(o.Files) == 0 {
		if err == nil {
			t.Errorf("there is a list: %s", body)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if st, err := parseState(body); err != nil || st.Deploying != nil || !slices.Equal(st.Files, o.Files) {
		t.Errorf("the list is %+v, %v", st, err)
	}
}

func (p place) holdsFiles(t *testing.T, there store, o Options) {
	t.Helper()
	listed, err := there.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(o.Files) {
		t.Errorf("there are %d files, want %d", len(listed), len(o.Files))
	}
	for _, f := range o.Files {
		if p.headers != nil {
			if h := p.headers(f.Path); h != (headers{f.ContentType, f.CacheControl, ""}) {
				t.Errorf("%s is served with %+v", f.Path, h)
			}
		}
		body, _, err := there.get(t.Context(), f.Path)
		if want, lerr := (&deployment{Options: o}).load(f); err != nil || lerr != nil || string(body) != string(want) {
			t.Errorf("%s is %q: %v", f.Path, body, err)
		}
	}
}

// killed deploys in another process, which is killed when so many files have
// arrived.
func killed(t *testing.T, c child, after int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childVar+"="+string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range after {
		lines.Scan()
	}
	_ = cmd.Process.Kill()
	for lines.Scan() {
	}
	_ = cmd.Wait()
}
