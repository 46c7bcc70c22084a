package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clinicblog/site/diag"

	"golang.org/x/oauth2"
)

// site is a folder with files, and their list.
type site map[string]string

func (s site) options(t *testing.T, target Target) Options {
	t.Helper()
	o := Options{Target: target, Dir: t.TempDir(), Cache: t.TempDir(), MaxDeletes: -1, About: json.RawMessage(`{"clinicblog":"test"}`)}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		file := filepath.Join(o.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(s[name]), 0o644); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(s[name]))
		f := File{Path: name, Size: int64(len(s[name])), SHA256: hex.EncodeToString(sum[:]), ContentType: "text/html; charset=utf-8", CacheControl: "public, max-age=0, must-revalidate"}
		switch filepath.Ext(name) {
		case ".css":
			f.ContentType, f.CacheControl = "text/css; charset=utf-8", "public, max-age=31536000, immutable"
		case ".xml":
			f.ContentType, f.CacheControl = "application/atom+xml; charset=utf-8", "public, max-age=3600"
		}
		o.Files = append(o.Files, f)
	}
	return o
}

func deployed(t *testing.T, o Options) Result {
	t.Helper()
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var first = site{"index.html": "home", "a/index.html": "a", "b/index.html": "b", "css/main.0123456789abcdef.css": "css", "index.xml": "feed", "ü ñ/index.html": "odd"}

func (s site) with(name, text string) site {
	c := maps.Clone(s)
	if text == "" {
		delete(c, name)
	} else {
		c[name] = text
	}
	return c
}

// holds compares what a store has with a site, byte for byte and header for
// header.
func holds(t *testing.T, s *shelf, o Options) {
	t.Helper()
	var want []string
	for _, f := range o.Files {
		want = append(want, f.Path)
		got := s.objects["blog/"+f.Path]
		sum := sha256.Sum256(got.body)
		if hex.EncodeToString(sum[:]) != f.SHA256 || got.contentType != f.ContentType || got.cached != f.CacheControl {
			t.Errorf("%s is %q as %q, kept %q; want %v", f.Path, got.body, got.contentType, got.cached, f)
		}
	}
	if got := s.names(); !slices.Equal(got, want) {
		t.Errorf("the store has %v, want %v", got, want)
	}
	st, err := parseState(s.objects["blog/"+StateName].body)
	if err != nil || st.Deploying != nil || !slices.Equal(st.Files, o.Files) {
		t.Errorf("the list is %+v, %v", st, err)
	}
}

func TestDeploy(t *testing.T) {
	s, target := newShelf(t)
	o := first.options(t, target)
	dry := o
	dry.DryRun = true
	if r := deployed(t, dry); len(r.Added) != len(first) || len(s.objects) != 0 {
		t.Errorf("a dry run says %+v and leaves %d objects", r, len(s.objects))
	}
	s.took()
	if r := deployed(t, o); len(r.Added) != len(first) || len(r.Changed)+len(r.Deleted) != 0 {
		t.Errorf("the first deploy says %+v", r)
	}
	holds(t, s, o)
	// What pages need, then pages, then feeds, then the list.
	order := s.took()
	at := func(what string) int { return slices.Index(order, what) }
	for _, pair := range [][2]string{{"PUT " + StateName, "PUT css/main.0123456789abcdef.css"}, {"PUT css/main.0123456789abcdef.css", "PUT index.html"}, {"PUT index.html", "PUT index.xml"}} {
		if at(pair[0]) < 0 || at(pair[0]) > at(pair[1]) {
			t.Errorf("%s does not come before %s in %v", pair[0], pair[1], order)
		}
	}
	if order[len(order)-1] != "PUT "+StateName {
		t.Errorf("the last request is %s", order[len(order)-1])
	}

	// The same again: one request, and it only reads.
	if r := deployed(t, o); !r.Nothing() {
		t.Errorf("the second deploy says %+v", r)
	}
	if got := s.took(); !slices.Equal(got, []string{"GET " + StateName}) {
		t.Errorf("a deploy of nothing asks for %v", got)
	}

	// One page changed, one new, one gone: new pages come before changed ones,
	// and deletions after both.
	o = first.with("a/index.html", "new a").with("c/index.html", "c").with("b/index.html", "").options(t, target)
	if r := deployed(t, o); fmt.Sprint(r.Added, r.Changed, r.Deleted) != "[c/index.html] [a/index.html] [b/index.html]" {
		t.Errorf("the third deploy says %+v", r)
	}
	want := []string{"GET " + StateName, "PUT " + StateName, "PUT c/index.html", "PUT a/index.html", "DELETE b/index.html", "PUT " + StateName}
	if got := s.took(); !slices.Equal(got, want) {
		t.Errorf("the third deploy asks for %v, want %v", got, want)
	}
	holds(t, s, o)

	// New headers alone are a change.
	o.Files[0].CacheControl = "public, max-age=60"
	if r := deployed(t, o); len(r.Changed) != 1 {
		t.Errorf("a deploy of one new header says %+v", r)
	}
	holds(t, s, o)
}

// One changed article of a thousand costs no listing.
func TestRequestsOfOneChange(t *testing.T) {
	s, target := newShelf(t)
	big := site{}
	for i := range 1000 {
		big[fmt.Sprintf("articles/%04d/index.html", i)] = fmt.Sprint("page ", i)
	}
	for _, list := range []string{"index.html", "articles/index.html", "index.xml", "sitemap.xml"} {
		big[list] = "before"
	}
	deployed(t, big.options(t, target))
	s.took()
	changed := big.with("articles/0500/index.html", "other")
	for _, list := range []string{"index.html", "articles/index.html", "index.xml", "sitemap.xml"} {
		changed[list] = "after"
	}
	o := changed.options(t, target)
	deployed(t, o)
	got := s.took()
	t.Logf("1,000 pages, one article changed and 4 lists with it: %d requests", len(got))
	if len(got) != 1+5+2 { // the list is read, claimed and written
		t.Errorf("the deploy takes %d requests: %v", len(got), got)
	}
	holds(t, s, o)
}

// However a deploy ends, the next one makes the target right, also when it
// brings the site of before.
func TestResume(t *testing.T) {
	second := first.with("a/index.html", "new a").with("c/index.html", "c").with("b/index.html", "").with("css/main.fedcba9876543210.css", "new").with("css/main.0123456789abcdef.css", "")
	for _, next := range []struct {
		name string
		site site
	}{{"the same", second}, {"the one before", first}, {"a third", second.with("a/index.html", "third")}} {
		for stop := 1; ; stop++ {
			s, target := newShelf(t)
			cache := t.TempDir()
			o := first.options(t, target)
			o.Cache = cache
			deployed(t, o)
			s.took()
			// Killed: from one request on, nothing reaches the store any more, not
			// even that the deploy has failed.
			o = second.options(t, target)
			o.Cache = cache
			s.n = 0
			s.fail = func(n int, _ *http.Request) (int, string) {
				if n > stop {
					return http.StatusForbidden, "AccessDenied"
				}
				return 0, ""
			}
			_, err := Run(t.Context(), o)
			s.fail = nil
			s.took()
			o = next.site.options(t, target)
			o.Cache = cache
			deployed(t, o)
			holds(t, s, o)
			if t.Failed() {
				t.Fatalf("after a kill at request %d, then %s", stop, next.name)
			}
			if err == nil {
				break
			}
		}
	}
}

// What arrived before a kill is not sent again.
func TestResumeSendsTheRest(t *testing.T) {
	s, target := newShelf(t)
	o := first.options(t, target)
	s.fail = func(_ int, r *http.Request) (int, string) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/index.xml") {
			return http.StatusForbidden, "AccessDenied"
		}
		return 0, ""
	}
	if _, err := Run(t.Context(), o); err == nil {
		t.Fatal("a refused file is no error")
	}
	s.fail = nil
	s.took()
	if r := deployed(t, o); r.Unchanged != len(first)-1 {
		t.Errorf("the second deploy says %+v", r)
	}
	if puts := slices.DeleteFunc(s.took(), func(r string) bool { return !strings.HasPrefix(r, "PUT") }); len(puts) != 3 {
		t.Errorf("the second deploy writes %v, want one file and the list twice", puts)
	}
	holds(t, s, o)
}

// One request in ten fails, before or after the store did what it was asked.
func TestFlakyStore(t *testing.T) {
	for name, spoil := range map[string]func(*shelf){
		"before": func(s *shelf) {
			s.fail = func(n int, _ *http.Request) (int, string) {
				if n%10 == 0 {
					return http.StatusInternalServerError, "InternalError"
				}
				return 0, ""
			}
		},
		"after": func(s *shelf) {
			s.late = func(n int, r *http.Request) bool {
				return n%10 == 0 || strings.HasSuffix(r.URL.Path, StateName) && n%2 == 0
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, target := newShelf(t)
			spoil(s)
			pages := maps.Clone(first)
			for i := range 100 {
				pages[fmt.Sprintf("p/%d/index.html", i)] = fmt.Sprint(i)
			}
			o := pages.options(t, target)
			deployed(t, o)
			o = first.options(t, target)
			o.MaxDeletes = 100
			deployed(t, o)
			s.fail, s.late = nil, nil
			holds(t, s, o)
		})
	}
}

// A store that refuses says why in a sentence, and nothing is live in part.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		status     int
		code, want string
	}{
		{http.StatusForbidden, "AccessDenied", "the bucket refuses (AccessDenied for PutObject)\n    allow these credentials s3:ListBucket"},
		{http.StatusBadRequest, "ExpiredToken", "the credentials have expired (ExpiredToken"},
		{http.StatusForbidden, "RequestTimeTooSkewed", "the clock of this machine differs too much"},
		{http.StatusForbidden, "InvalidAccessKeyId", "the store does not know the access key"},
		{http.StatusNotFound, "NoSuchBucket", "there is no such bucket"},
		{http.StatusNotImplemented, "NotImplemented", "the store does not know conditional writes"},
		{http.StatusServiceUnavailable, "SlowDown", "SlowDown"},
	} {
		t.Run(c.code, func(t *testing.T) {
			s, target := newShelf(t)
			o := first.options(t, target)
			deployed(t, o)
			s.fail = func(_ int, r *http.Request) (int, string) {
				if r.Method == http.MethodPut {
					return c.status, c.code
				}
				return 0, ""
			}
			_, err := Run(t.Context(), first.with("a/index.html", "new").options(t, target))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			for _, secret := range []string{"a-secret", "a-key"} {
				if err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %s: %v", secret, err)
				}
			}
			s.fail = nil
			holds(t, s, o)
		})
	}
	t.Run("no credentials", func(t *testing.T) {
		_, target := newShelf(t)
		t.Setenv("AWS_ACCESS_KEY_ID", "")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "")
		_, err := Run(t.Context(), first.options(t, target))
		if err == nil || !strings.Contains(err.Error(), "there are no credentials (NoCredentials") {
			t.Error(err)
		}
	})
}

// Of two deploys at a time, one is refused; a dead one does not block for ever.
func TestTwoDeploys(t *testing.T) {
	s, target := newShelf(t)
	o := first.options(t, target)
	deployed(t, o)
	working, finish := make(chan struct{}), make(chan struct{})
	var once sync.Once
	slow := first.with("a/index.html", "slow").options(t, target)
	slow.Uploaded = func(string) {
		once.Do(func() { close(working) })
		<-finish
	}
	ended := make(chan error)
	go func() { _, err := Run(context.Background(), slow); ended <- err }()
	<-working
	other := first.with("a/index.html", "other").options(t, target) // from another machine
	_, err := Run(t.Context(), other)
	if err == nil || !strings.Contains(err.Error(), "another deploy is at work there") {
		t.Errorf("a second deploy gives %v", err)
	}
	other.Cache = slow.Cache
	if _, err := Run(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another deploy from this machine") {
		t.Errorf("a second deploy from the same machine gives %v", err)
	}
	// Without a sign of life the claim is void, and its owner finds out.
	s.mu.Lock()
	s.now = s.now.Add(lease)
	s.mu.Unlock()
	other.Cache = t.TempDir()
	deployed(t, other)
	holds(t, s, other)
	close(finish)
	if err := <-ended; !errors.Is(err, errConflict) {
		t.Errorf("the deploy that was overtaken ends with %v", err)
	}
	holds(t, s, other)
}

// A deploy that failed and could say so makes nobody wait.
func TestFailedDeployLetsGo(t *testing.T) {
	s, target := newShelf(t)
	o := first.options(t, target)
	if err := os.WriteFile(filepath.Join(o.Dir, "index.html"), []byte("edited"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Run(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "index.html is not as it was built") {
		t.Errorf("a file that was changed gives %v", err)
	}
	o = first.options(t, target)
	deployed(t, o)
	holds(t, s, o)
}

func TestForeignFiles(t *testing.T) {
	s, target := newShelf(t)
	s.objects["blog/index.html"] = stored{body: []byte("of others"), tag: `"x"`}
	s.objects["blog/logs/1"] = stored{body: []byte("log"), tag: `"y"`}
	s.objects["elsewhere"] = stored{body: []byte("beside"), tag: `"z"`}
	o := first.options(t, target)
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "index.html is there already") {
		t.Errorf("a bucket of others gives %v", err)
	}
	o.Adopt = true
	if r := deployed(t, o); r.Foreign != 1 {
		t.Errorf("the deploy says %+v", r)
	}
	if string(s.objects["blog/logs/1"].body) != "log" || string(s.objects["elsewhere"].body) != "beside" {
		t.Error("files of others were touched")
	}
	deployed(t, first.with("a/index.html", "").options(t, target))
	if _, there := s.objects["blog/logs/1"]; !there {
		t.Error("a file of others was deleted")
	}
}

func TestDeletionLimit(t *testing.T) {
	s, target := newShelf(t)
	pages := maps.Clone(first)
	for i := range 100 {
		pages[fmt.Sprintf("p/%d/index.html", i)] = fmt.Sprint(i)
	}
	before := pages.options(t, target)
	deployed(t, before)
	o := first.options(t, target)
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "100 of the 106 files there would be deleted, and the limit is 20") {
		t.Errorf("got %v", err)
	}
	holds(t, s, before)
	o.MaxDeletes = 100
	deployed(t, o)
	holds(t, s, o)
}

func TestBadList(t *testing.T) {
	for _, text := range []string{"{", `{"files":[{"path":"../x"}]}`, `{"files":[],"deploying":{"id":"","deletes":["/etc/passwd"]}}`, `{"files":[{"path":".clinicblog.deployed.json"}]}`} {
		s, target := newShelf(t)
		s.objects["blog/"+StateName] = stored{body: []byte(text), tag: `"x"`, at: s.now}
		if _, err := Run(t.Context(), first.options(t, target)); err == nil || !strings.Contains(err.Error(), "delete that file") {
			t.Errorf("%s gives %v", text, err)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "served")
	target := Target{Name: "folder", URL: &url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}}
	outside := filepath.Join(t.TempDir(), "outside")
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(outside, []byte("mine"), 0o644), os.Symlink(filepath.Dir(outside), filepath.Join(dir, "a"))); err != nil {
		t.Fatal(err)
	}
	o := first.with("a/outside", "theirs").options(t, target)
	if _, err := Run(t.Context(), o); err == nil {
		t.Error("a symbolic link leads out of the folder")
	}
	if text, _ := os.ReadFile(outside); string(text) != "mine" {
		t.Errorf("outside the folder stands %q", text)
	}
	if err := os.Remove(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	for _, s := range []site{first, first.with("b/index.html", "").with("a/index.html", "new")} {
		deployed(t, s.options(t, target))
		for name, text := range s {
			if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); string(got) != text {
				t.Errorf("%s is %q, %v", name, got, err)
			}
		}
		if r := deployed(t, s.options(t, target)); !r.Nothing() {
			t.Errorf("the same again says %+v", r)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an empty folder stays: %v", err)
	}
}

func TestInvalidate(t *testing.T) {
	s, target := newShelf(t)
	t.Setenv("AWS_ENDPOINT_URL_CLOUDFRONT", target.URL.Query().Get("endpoint"))
	target.CloudFront = "E2QWRUHAPOMQZL"
	deployed(t, first.options(t, target))
	deployed(t, first.with("a/index.html", "new").with("css/main.fedcba9876543210.css", "new").options(t, target))
	deployed(t, first.with("a/index.html", "new").with("css/main.fedcba9876543210.css", "new").options(t, target))
	if len(s.invalidated) != 2 || !strings.Contains(s.invalidated[1], "<Items><Path>/a/index.html</Path><Path>/a/</Path></Items>") {
		t.Errorf("invalidated %q", s.invalidated)
	}
	s.fail = func(_ int, r *http.Request) (int, string) {
		if strings.Contains(r.URL.Path, "/distribution/") {
			return http.StatusForbidden, "AccessDenied"
		}
		return 0, ""
	}
	o := first.options(t, target)
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "invalidate cache of E2QWRUHAPOMQZL") {
		t.Errorf("a refusal gives %v", err)
	}
	s.fail = nil
	deployed(t, o) // what arrived before is still to be told
	if !strings.Contains(s.invalidated[2], "<Path>/a/</Path>") {
		t.Errorf("invalidated %q", s.invalidated[2])
	}
	target.Base = "/blog/"
	if got := target.addresses([]string{"a b/index.html", "index.html", "x.css"}); !slices.Equal(got, []string{"/blog/a%20b/index.html", "/blog/a%20b/", "/blog/index.html", "/blog/", "/blog/x.css"}) {
		t.Errorf("paths are %v", got)
	}
}

func TestReadTargets(t *testing.T) {
	at := func(key string) diag.Pos { return diag.Pos{File: key} }
	one := func(u string) []any { return []any{map[string]any{"name": "x", "url": u}} }
	for u, want := range map[string]string{
		"s3://bucket": "", "s3://bucket/a/b?region=eu-west-1&endpoint=https://r2.example.org": "", "file:///srv/www/site": "",
		"s3://key:secret@bucket": "holds a user or password", "s3://bucket?secret=hunter2": "has something else",
		"s3://bucket?endpoint=http://r2.example.org": "has an endpoint", "s3://bucket?endpoint=https://a:hunter2@r2.example.org": "has an endpoint",
		"s3://Bucket_": "does not name a bucket", "s3://bucket/../x": "has a folder", "file:///": "is not file:///",
		"gs://bucket/a": "", "gs://bucket?region=x": "can have endpoint in its query", "azblob://$web?account=clinic": "", "azblob://site/a?endpoint=https://clinic.blob.core.chinacloudapi.cn": "",
		"azblob://site": "needs account", "azblob://site?account=Hunter2!": "has an account", "azblob://a--b?account=clinic": "does not name a container", "azblob://site?account=clinic&key=hunter2": "has something else",
		"sftp://ana@host.example:2222/srv/www": "", "sftp://host/www": "", "sftp://[::1]/www": "", "sftp://ana:hunter2@host/www": "holds a user or password", "sftp://ana@host/": "does not name a folder",
		"sftp://ana@host/a/../b": "has a folder", "sftp://host/www?key=hunter2": "can have no query", "sftp:///www": "does not name a server", "sftp://a%20b@host/www": "does not name a server", "gs://key:hunter2@bucket": "holds a user or password", "file://host/x": "is not file:///",
		"file:x": "is not file:///", "ftp://hunter2": "begins with ftp:", "": "cannot be read", "s3://bucket#hunter2": "has a part behind #",
		"s3://bu\ncket": "cannot be read", "s3://bucket?region=a\nb": "cannot be read", "s3://bucket?region=a&region=b": "says something twice",
	} {
		targets, ds := ReadTargets(one(u), at)
		if want == "" && (len(ds) > 0 || len(targets) != 1) {
			t.Errorf("%q: %v", u, ds)
		}
		if want != "" && (len(ds) != 1 || len(targets) != 0 || !strings.Contains(ds[0].Message, want) || ds[0].Pos.File != "[0].url") {
			t.Errorf("%q: %v, want %q", u, ds, want)
		}
		for _, d := range ds {
			if strings.Contains(d.Message, "hunter2") {
				t.Errorf("the finding tells the secret: %s", d.Message)
			}
		}
	}
	for _, bad := range []any{"x", map[string]any{}, []any{"x"}, []any{map[string]any{"name": "x"}}, []any{map[string]any{"name": "a b", "url": "s3://bucket"}},
		[]any{map[string]any{"name": "x", "url": "s3://bucket", "password": "x"}}, []any{map[string]any{"name": "x", "url": "s3://bucket", "cloudfront": "../x"}},
		[]any{map[string]any{"name": "x", "url": "s3://bucket", "announce": "yes"}}, []any{map[string]any{"name": "x", "url": "s3://bucket", "stripped": "yes"}}, append(one("s3://bucket"), one("s3://bucket")...)} {
		if _, ds := ReadTargets(bad, at); len(ds) != 1 {
			t.Errorf("%v gives %v", bad, ds)
		}
	}
}

// A folder whose path is not that of the home page would hold files that nobody
// asks for.
func TestCheckPlace(t *testing.T) {
	for _, c := range []struct {
		url, base string
		stripped  bool
		want      string
	}{
		{"s3://bucket", "/", false, ""},
		{"s3://bucket/origin", "/", false, ""},
		{"s3://bucket", "/blog/", false, "add /blog to its folder"},
		{"s3://bucket/blog", "/blog/", false, ""},
		{"s3://bucket/blog/", "/blog/", false, ""},
		{"s3://bucket/myblog", "/blog/", false, "add /blog to its folder"},
		{"gs://bucket/origin/blog", "/blog/", false, ""},
		{"azblob://$web?account=clinic", "/a/b/", false, "add /a/b to its folder"},
		{"azblob://$web?account=clinic", "/a/b/", true, ""},
		{"sftp://host/srv/www/blog", "/blog/", false, ""},
		{"file:///srv/www", "/blog/", false, "add /blog to its folder"},
	} {
		u, why := readURL(c.url)
		if why != "" {
			t.Fatal(c.url, why)
		}
		ds := Target{Name: "x", URL: u, Base: c.base, Stripped: c.stripped}.CheckPlace(diag.Pos{})
		if c.want == "" && len(ds) > 0 || c.want != "" && (len(ds) != 1 || !strings.Contains(ds[0].Fix, c.want)) {
			t.Errorf("%s for %s gives %v, want %q", c.url, c.base, ds, c.want)
		}
	}
}

// A store that ignores conditions is found before anything of the site is
// there, and leaves no claim.
func TestUnconditionalStore(t *testing.T) {
	for _, ignored := range []string{"If-Match", "If-None-Match"} {
		s, target := newShelf(t)
		s.ignored = ignored
		o := first.options(t, target)
		if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "the store does not know conditional writes: it ignored a condition") {
			t.Errorf("a store that ignores %s gives %v", ignored, err)
		}
		if names := s.names(); len(names) > 0 {
			t.Errorf("the store has %v", names)
		}
		if st, err := parseState(s.objects["blog/"+StateName].body); err != nil || st.Deploying == nil || st.Deploying.ID != "" || st.Proven != "" {
			t.Errorf("the list is %+v, %v", st, err)
		}
		s.ignored = ""
		deployed(t, o)
		holds(t, s, o)
		s.took()
		deployed(t, first.with("a/index.html", "new").options(t, target))
		if got := s.took(); len(got) != 4 {
			t.Errorf("a store that is known is tried again: %v", got)
		}
	}
}

func TestIndexNow(t *testing.T) {
	var posts []map[string]any
	status := http.StatusAccepted
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var m map[string]any
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			t.Error(err)
		}
		posts = append(posts, m)
		w.WriteHeader(status)
	})
	at := func(key string) diag.Pos { return diag.Pos{} }
	n, ds := ReadIndexNow(map[string]any{"key": "0123456789abcdef", "endpoint": u}, at)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	dir := t.TempDir()
	if err := n.WriteKey(dir); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "0123456789abcdef.txt")); string(text) != n.Key {
		t.Errorf("the key file holds %q, %v", text, err)
	}
	home, _ := url.Parse("https://clinic.example.org/blog/")
	if err := n.Announce(t.Context(), home, []string{Address(home, "a/index.html")}); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"host": "clinic.example.org", "key": n.Key, "keyLocation": "https://clinic.example.org/blog/0123456789abcdef.txt", "urlList": []any{"https://clinic.example.org/blog/a/"}}
	if len(posts) != 1 || fmt.Sprint(posts[0]) != fmt.Sprint(want) {
		t.Errorf("posted %v, want %v", posts, want)
	}
	status = http.StatusForbidden
	if err := n.Announce(t.Context(), home, []string{"x"}); err == nil {
		t.Error("a refusal is no error")
	}
	for _, bad := range []any{"x", map[string]any{}, map[string]any{"key": "../../x"}, map[string]any{"key": "12345678", "endpoint": "http://example.org"}, map[string]any{"key": "12345678", "x": 1}} {
		if _, ds := ReadIndexNow(bad, at); len(ds) != 1 {
			t.Errorf("%v gives %v", bad, ds)
		}
	}
	if n, ds := ReadIndexNow(nil, at); n != (IndexNow{}) || len(ds) > 0 {
		t.Error("without a table there is something")
	}
}

func FuzzParseState(f *testing.F) {
	f.Add([]byte(`{"files":[{"path":"a"}],"deploying":{"id":"x","deletes":["b/c"]}}`))
	f.Add([]byte(`{"files":[{"path":"../a"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := parseState(body)
		if err != nil {
			return
		}
		for _, file := range s.Files {
			if !filepath.IsLocal(file.Path) {
				t.Errorf("the path %q leads out", file.Path)
			}
		}
	})
}

func FuzzReadURL(f *testing.F) {
	f.Add("s3://bucket/a?region=x")
	f.Add("file:///srv")
	f.Add("azblob://$web?account=clinic")
	f.Add("sftp://ana@host.example:22/srv")
	f.Fuzz(func(t *testing.T, text string) {
		u, why := readURL(text)
		if why != "" {
			return
		}
		if _, secret := u.User.Password(); secret || u.User != nil && u.Scheme != "sftp" {
			t.Errorf("%q holds a secret", text)
		}
	})
}

// A listing of Google's store comes in pages, and an object that was composed of
// others tells no MD5.
func TestGooglePages(t *testing.T) {
	asked := 0
	b := googleBucket{client: http.DefaultClient, name: "clinic-site", prefix: "blog/"}
	b.endpoint = serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch q := r.URL.Query(); {
		case r.URL.Path != "/storage/v1/b/clinic-site/o" || q.Get("prefix") != "blog/":
			w.WriteHeader(http.StatusBadRequest)
		case q.Get("pageToken") == "":
			fmt.Fprint(w, `{"nextPageToken":"two","items":[{"name":"blog/index.html","size":"4","md5Hash":"ENgHV5Tdb+SkxqAKSyVbtg=="},{"name":"blog/.clinicblog.deployed.json","size":"9"}]}`)
		case q.Get("pageToken") == "two":
			fmt.Fprint(w, `{"items":[{"name":"blog/a b/x","size":"12"},{"name":"blog/","size":"0"}]}`)
		}
	})
	got, err := b.list(t.Context())
	want := map[string]object{"index.html": {4, "10d8075794dd6fe4a4c6a00a4b255bb6"}, "a b/x": {12, ""}}
	if err != nil || !maps.Equal(got, want) || asked != 2 {
		t.Errorf("the bucket has %v in %d pages, want %v: %v", got, asked, want, err)
	}
}

// What no repetition ends is not repeated.
func TestAgain(t *testing.T) {
	was := backoff
	backoff = time.Millisecond
	t.Cleanup(func() { backoff = was })
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 1}, {&googleError{Status: http.StatusServiceUnavailable}, attempts}, {&googleError{Status: http.StatusTooManyRequests}, attempts},
		{&googleError{Status: http.StatusForbidden, Reason: "forbidden"}, 1}, {&oauth2.RetrieveError{}, 1}, {errors.New("connection reset"), attempts},
		{&net.DNSError{IsNotFound: true}, 1},
	} {
		tries := 0
		err := again(t.Context(), googleTransient, func(context.Context) error { tries++; return c.err })
		if tries != c.want || !errors.Is(err, c.err) {
			t.Errorf("%v is tried %d times, want %d, and gives %v", c.err, tries, c.want, err)
		}
	}
}
