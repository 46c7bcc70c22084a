package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/deploy"
	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/publish"
)

// The manifest names the commit, and whether the sources differ from it; what
// is published is no difference.
func TestCommit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	ask := func() (string, bool) { return commit(t.Context(), dir, filepath.Join(dir, "public")) }
	if hash, dirty := ask(); hash != "" || dirty {
		t.Errorf("a folder without git has commit %q, %v", hash, dirty)
	}
	git := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=x", "-c", "user.email=x@example.org"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	write(t, dir, "content/a.md", "a")
	git("init", "--quiet")
	git("add", ".")
	git("commit", "--quiet", "-m", "first")
	write(t, dir, "public/index.html", "built")
	write(t, dir, ".public.clinicblog/lock", "")
	if hash, dirty := ask(); hash != git("rev-parse", "HEAD") || dirty {
		t.Errorf("commit %q, dirty %v", hash, dirty)
	}
	for _, name := range []string{"content/b.md", "content/a.md"} {
		write(t, dir, name, "other")
		if _, dirty := ask(); !dirty {
			t.Errorf("%s is no difference", name)
		}
		git("add", ".")
		git("commit", "--quiet", "-m", "next")
	}
}

// publishes builds a site, and minds no advice.
func publishes(t *testing.T, cfg Config) {
	t.Helper()
	_, ds, err := Build(t.Context(), cfg)
	if errs, _ := diag.Count(ds); err != nil || errs > 0 {
		t.Fatal(ds, err)
	}
}

func TestMadeFrom(t *testing.T) {
	dir := project(t)
	publishes(t, Config{Source: dir})
	m, err := publish.Load(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	var made Made
	if err := json.Unmarshal(m.Made, &made); err != nil || made.Clinicblog != Version || !strings.HasPrefix(made.Hugo, "v0.") || !strings.HasPrefix(made.Go, "go1.") {
		t.Errorf("the manifest says %s: %v", m.Made, err)
	}
}

// A site that is served as it was declared has no finding; one with an edited
// page and without a header has, at the URL.
func TestCheckLive(t *testing.T) {
	dir := project(t)
	if err := Retract(dir, "/withdrawn/"); err != nil {
		t.Fatal(err)
	}
	if err := Moved(dir, "/before/", "/about/"); err != nil {
		t.Fatal(err)
	}
	publishes(t, Config{Source: dir, Hosts: []string{"nginx"}})
	public := filepath.Join(dir, "public")
	served, _, err := verified(public)
	if err != nil {
		t.Fatal(err)
	}
	spoiled := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		headers := served.Headers(name)
		body, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
		switch {
		case path.Base(name) == "404.html": // as on Cloudflare Pages
			w.Header().Set("Location", strings.TrimSuffix(r.URL.Path, ".html"))
			w.WriteHeader(http.StatusPermanentRedirect)
			return
		case name == "before/index.html":
			w.Header().Set("Location", "/about/")
			w.WriteHeader(http.StatusMovedPermanently)
			return
		case err != nil:
			body, _ = os.ReadFile(filepath.Join(public, "404.html"))
			headers = served.Always
		}
		if name == spoiled {
			headers, body = headers[:len(headers)-1], append(body, 'x')
		}
		for _, h := range headers {
			w.Header().Set(h.Name, h.Value)
		}
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write(body)
	}))
	defer server.Close()
	if n, ds, err := Verify(t.Context(), Config{Source: dir, Hosts: []string{"nginx"}}, server.URL); err != nil || len(ds) > 0 || n < 40 {
		t.Fatalf("%d addresses, %v, %v", n, ds, err)
	}
	spoiled = "faq/index.html"
	_, ds, err := CheckLive(t.Context(), public, server.URL)
	if err != nil || len(ds) != 2 || ds[0].Pos.File != server.URL+"/faq/" || !strings.Contains(ds[0].Message+ds[1].Message, "X-Frame-Options is missing") {
		t.Errorf("an edited page gives %v, %v", ds, err)
	}
}

func TestChangedPages(t *testing.T) {
	home := &url.URL{Scheme: "https", Host: "example.org", Path: "/"}
	r := deploy.Result{Added: []string{"404.html", "es/404.html", "faq/index.html", "css/main.css"}, Deleted: []string{"about/index.html"}}
	got, want := changedPages(home, host.Site{BaseURL: home.String()}, r), []string{"https://example.org/about/", "https://example.org/faq/"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLeadsOn(t *testing.T) {
	s := host.Site{BaseURL: "https://example.org/blog/", Moved: []host.Move{{From: "/blog/old/", To: "/blog/new/"}}}
	if !leadsOn(s, "old/index.html") || leadsOn(s, "new/index.html") {
		t.Error("a page that leads on is not told from others")
	}
}
