package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clinicblog/site/diag"
	"clinicblog/site/host"
)

// limit is how long a test waits for what must happen. Nothing waits that long
// unless it is broken.
const limit = 20 * time.Second

// files are the contents of a folder, by slash-separated path.
type files map[string]string

func (f files) write(t testing.TB, dir string) {
	t.Helper()
	for name, text := range f {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// builder is a Build that needs no Hugo: it publishes what it is told to.
type builder struct {
	t testing.TB

	mu       sync.Mutex
	site     Site
	files    files
	findings []diag.Diagnostic
	err      error
	builds   int
	running  int
	hold     chan struct{} // a build waits for it, when it is not nil
}

func (b *builder) set(change func(*builder)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(b)
}

func (b *builder) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.builds
}

func (b *builder) build(ctx context.Context, dest string) (Site, []diag.Diagnostic, error) {
	b.mu.Lock()
	b.builds++
	b.running++
	if b.running > 1 {
		b.t.Error("two builds run at a time")
	}
	site, out, ds, err, hold := b.site, b.files, b.findings, b.err, b.hold
	b.mu.Unlock()
	defer b.set(func(b *builder) { b.running-- })
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return Site{}, nil, ctx.Err()
		}
	}
	if errs, _ := diag.Count(ds); err != nil || errs > 0 {
		return Site{}, ds, err
	}
	out.write(b.t, dest)
	return site, ds, nil
}

const page = "<!doctype html><html lang=en><head><title>T</title></head><body><p>Hello</body></html>"

// running is a server that a test has started.
type running struct {
	t      *testing.T
	source string
	temp   string
	url    string
	ended  chan error
	cancel func()
	hangUp func() // of listenTo
	*builder
}

// start runs a server on an empty project until the test ends.
func start(t *testing.T, b *builder) *running {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	r := &running{t: t, source: t.TempDir(), temp: temp, ended: make(chan error, 1), builder: b}
	files{"content/a.md": "a", "hugo.toml": "x"}.write(t, r.source)
	b.t = t
	if b.site.BaseURL == "" {
		b.site.BaseURL = "https://clinic.example/"
	}
	if b.files == nil {
		b.files = files{"index.html": page}
	}
	opened := make(chan string, 1)
	s := &Server{
		Build: b.build, Source: r.source, Watch: []string{"content", "static", "hugo.toml"},
		Opened: func(url string) { opened <- url }, Notice: func(line string) { t.Error(line) },
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go func() { r.ended <- s.Run(ctx) }()
	t.Cleanup(func() { r.stop() })
	select {
	case r.url = <-opened:
	case err := <-r.ended:
		t.Fatalf("the server ended: %v", err)
	case <-time.After(limit):
		t.Fatal("the server does not open")
	}
	return r
}

func (r *running) stop() {
	r.cancel()
	select {
	case err := <-r.ended:
		r.ended <- nil
		if err != nil {
			r.t.Errorf("the server ended with %v", err)
		}
	case <-time.After(limit):
		r.t.Fatal("the server does not stop")
	}
}

// do sends a request for a path as it is spelled, and does not follow.
func (r *running) do(method, path string, header ...string) (*http.Response, string) {
	r.t.Helper()
	address := strings.TrimPrefix(strings.TrimSuffix(r.url, "/"), "http://")
	address, _, _ = strings.Cut(address, "/")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		r.t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(limit))
	host := address
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			host = header[i+1]
		}
	}
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", method, path, host)
	for i := 0; i < len(header); i += 2 {
		if header[i] != "Host" {
			fmt.Fprintf(conn, "%s: %s\r\n", header[i], header[i+1])
		}
	}
	fmt.Fprint(conn, "\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp, string(body)
}

// listenTo opens the stream of events. next returns the one that comes next.
func (r *running) listenTo() (next func() outcome) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*limit)
	r.t.Cleanup(cancel)
	r.hangUp = cancel
	root := strings.Join(strings.SplitAfter(r.url, "/")[:3], "")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, root+strings.TrimPrefix(eventsPath, "/"), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { resp.Body.Close() })
	if got := resp.Header.Get("Content-Type"); got != "text/event-stream" {
		r.t.Fatalf("events are %q", got)
	}
	lines := bufio.NewScanner(resp.Body)
	return func() outcome {
		r.t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var o struct {
					outcome
					Findings []struct{ Pos, Severity, Rule, Message, Fix string } `json:"findings"`
				}
				if err := json.Unmarshal([]byte(data), &o); err != nil {
					r.t.Fatal(err)
				}
				for _, f := range o.Findings {
					o.outcome.Findings = append(o.outcome.Findings, finding{Pos: f.Pos, Rule: f.Rule, Message: f.Message, Fix: f.Fix})
				}
				return o.outcome
			}
		}
		r.t.Fatalf("the events ended: %v", lines.Err())
		panic("unreachable")
	}
}

func TestServesTheBytesThatWereBuilt(t *testing.T) {
	style, photo := "p{color:red}", string(bytes.Repeat([]byte{0xff, 0}, 4000))
	r := start(t, &builder{files: files{
		"index.html": page, "css/main.css": style, "photo.jpg": photo, "index.xml": "<rss/>", "week.ics": "BEGIN:VCALENDAR",
		"site.webmanifest": "{}", ".well-known/security.txt": "Contact: x", "a.avif": "x", "logo.svg": "<svg/>", "README": "x", "LOUD.HTML": page,
		"half.html": "<p>no end",
	}})
	for path, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/css/main.css": "text/css; charset=utf-8", "/photo.jpg": "image/jpeg", "/index.xml": "application/xml; charset=utf-8",
		"/week.ics": "text/calendar; charset=utf-8", "/site.webmanifest": "application/manifest+json; charset=utf-8",
		"/.well-known/security.txt": "text/plain; charset=utf-8", "/a.avif": "image/avif", "/logo.svg": "image/svg+xml; charset=utf-8",
		"/README": "application/octet-stream", "/LOUD.HTML": "text/html; charset=utf-8",
	} {
		resp, body := r.do("GET", path)
		if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != want || resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("ETag") == "" {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
		if resp.ContentLength != int64(len(body)) {
			t.Errorf("%s: %d bytes are announced, %d come", path, resp.ContentLength, len(body))
		}
		head, none := r.do("HEAD", path)
		if none != "" || head.Header.Get("Content-Length") != resp.Header.Get("Content-Length") {
			t.Errorf("HEAD %s: %v and a body of %d bytes", path, head.Header, len(none))
		}
		if again, _ := r.do("GET", path, "If-None-Match", resp.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s with its own ETag: %d", path, again.StatusCode)
		}
	}
	for path, want := range map[string]string{"/css/main.css": style, "/photo.jpg": photo} {
		if _, got := r.do("GET", path); got != want {
			t.Errorf("%s is not as it was built", path)
		}
	}
	if resp, got := r.do("GET", "/photo.jpg", "Range", "bytes=2-5"); resp.StatusCode != http.StatusPartialContent || got != photo[2:6] {
		t.Errorf("a range: %d, %q", resp.StatusCode, got)
	}
	for path, want := range map[string]string{"/": page, "/half.html": "<p>no end"} {
		_, got := r.do("GET", path)
		before, rest, found := strings.Cut(got, `<script src="/.clinicblog/preview.js"`)
		_, after, closed := strings.Cut(rest, "</script>")
		if !found || !closed || before+after != want {
			t.Errorf("%s without the script is %q, want %q", path, before+after, want)
		}
	}
	if _, got := r.do("GET", "/"); !strings.Contains(got, "</script></body>") {
		t.Errorf("the script is not the last in the body: %q", got)
	}
	if resp, got := r.do("GET", scriptPath); resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || got != string(script) {
		t.Errorf("the script: %v", resp.Header)
	}
}

func TestPaths(t *testing.T) {
	b := &builder{files: files{
		"index.html": page, "404.html": "<body>lost</body>", "articles/x/index.html": page, "css/main.css": "x", "two words/index.html": page,
		".clinicblog.json": "{}", ".git/config": "secret", "articles/.hidden/index.html": page, "x/.well-known/a.txt": "x",
	}}
	b.files["es/404.html"] = "<body>perdido</body>"
	r := start(t, b)
	files{"secret.txt": "secret"}.write(t, r.temp)
	for path, want := range map[string]string{"/es/nada/": "perdido", "/es/": "perdido", "/es": "lost", "/esta/": "lost", "/nothing/es/": "lost"} {
		if _, body := r.do("GET", path); !strings.Contains(body, want) {
			t.Errorf("%s: no %q in %q", path, want, body)
		}
	}
	for _, test := range []struct {
		path     string
		status   int
		location string
	}{
		{"/", 200, ""},
		{"/index.html", 200, ""},
		{"/articles/x/", 200, ""},
		{"/articles/x", 301, "/articles/x/"},
		{"/articles/x?a=b&c", 301, "/articles/x/?a=b&c"},
		{"/two%20words", 301, "/two%20words/"},
		{"/articles", 404, ""}, // a folder without a page: no list of files
		{"/articles/", 404, ""},
		{"/css/", 404, ""},
		{"/css/main.css/", 404, ""},
		{"/nothing", 404, ""},
		{"/.clinicblog.json", 404, ""},
		{"/.clinicblog/other", 404, ""},
		{"/.git/config", 404, ""},
		{"/articles/.hidden/", 404, ""},
		{"/x/.well-known/a.txt", 404, ""},
		{"/../secret.txt", 404, ""},
		{"/../../secret.txt", 404, ""},
		{"/%2e%2e/%2e%2e/secret.txt", 404, ""},
		{"/articles/..%2f..%2f..%2fsecret.txt", 404, ""},
		{"/..%5c..%5csecret.txt", 404, ""},
		{"//articles/x", 404, ""},
		{"//evil.example/..", 404, ""},
		{"/articles//x", 404, ""},
		{"/%00", 404, ""},
		{"/" + strings.Repeat("a", 4000), 404, ""},
	} {
		resp, body := r.do("GET", test.path)
		if resp.StatusCode != test.status || resp.Header.Get("Location") != test.location {
			t.Errorf("%s: %d to %q, want %d to %q", test.path, resp.StatusCode, resp.Header.Get("Location"), test.status, test.location)
		}
		if strings.Contains(body, "secret") {
			t.Errorf("%s: %q", test.path, body)
		}
		if test.status == 404 && (!strings.Contains(body, "<body>lost<script") || resp.Header.Get("Content-Type") != "text/html; charset=utf-8") {
			t.Errorf("%s: not the site's own page: %q", test.path, body)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		if resp, _ := r.do(method, "/"); resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") == "" {
			t.Errorf("%s: %d", method, resp.StatusCode)
		}
	}
}

// A link that a build would let through leads nowhere here.
func TestSymbolicLinks(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := start(t, &builder{})
	dirs, err := filepath.Glob(filepath.Join(r.temp, "clinicblog-serve-*", "1"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("the folder of the build: %v, %v", dirs, err)
	}
	if err := os.Symlink(secret, filepath.Join(dirs[0], "leak.txt")); err != nil {
		t.Fatal(err)
	}
	if resp, body := r.do("GET", "/leak.txt"); resp.StatusCode != 404 || strings.Contains(body, "secret") {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}

func TestWithout404Page(t *testing.T) {
	r := start(t, &builder{})
	if resp, body := r.do("GET", "/nothing"); resp.StatusCode != 404 || body != "404 page not found\n" {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}

func TestHosts(t *testing.T) {
	r := start(t, &builder{})
	for host, want := range map[string]int{
		"localhost": 200, "localhost:1313": 200, "LOCALHOST:80": 200, "127.0.0.1": 200, "127.0.0.1:9": 200, "[::1]": 200, "[::1]:1313": 200,
		"evil.example": 403, "evil.example:1313": 403, "localhost.evil.example": 403, "127.0.0.1.nip.io:1313": 403, "192.168.0.1": 403, "0.0.0.0:1313": 403, "": 403,
	} {
		for _, path := range []string{"/", eventsPath + "x", scriptPath} {
			want := want
			if path == eventsPath+"x" && want == 200 {
				want = 404
			}
			if resp, _ := r.do("GET", path, "Host", host); resp.StatusCode != want {
				t.Errorf("%s of host %q: %d, want %d", path, host, resp.StatusCode, want)
			}
		}
	}
}

func TestBelowAPath(t *testing.T) {
	r := start(t, &builder{site: Site{BaseURL: "https://host.example/clinic/blog/"}, files: files{
		"index.html": page, "about/index.html": page, "404.html": "lost",
	}})
	if !strings.HasSuffix(r.url, "/clinic/blog/") {
		t.Errorf("the preview is at %s", r.url)
	}
	for path, want := range map[string][2]string{
		"/":                   {"302", "/clinic/blog/"},
		"/clinic/blog":        {"302", "/clinic/blog/"},
		"/clinic/blog/":       {"200", ""},
		"/clinic/blog/about":  {"301", "/clinic/blog/about/"},
		"/clinic/blog/about/": {"200", ""},
		"/about/":             {"404", ""},
		"/clinic/":            {"404", ""},
		scriptPath:            {"200", ""},
	} {
		resp, body := r.do("GET", path)
		if got := [2]string{fmt.Sprint(resp.StatusCode), resp.Header.Get("Location")}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
		if path == "/clinic/blog/" && (!strings.Contains(body, `data-base="/clinic/blog/"`) || !strings.Contains(body, `data-base-url="https://host.example/clinic/blog/"`)) {
			t.Errorf("the page does not know where it is: %q", body)
		}
	}
}

func TestUnpublishedPagesAreMarked(t *testing.T) {
	r := start(t, &builder{
		site:  Site{BaseURL: "https://clinic.example/", Unpublished: map[string]string{"new/index.html": "draft"}},
		files: files{"index.html": page, "new/index.html": page},
	})
	for path, want := range map[string]string{"/": `data-unpublished=""`, "/new/": `data-unpublished="draft"`} {
		if _, body := r.do("GET", path); !strings.Contains(body, want) {
			t.Errorf("%s does not hold %s: %q", path, want, body)
		}
	}
}

var wrong = diag.Diagnostic{
	Pos: diag.Pos{File: "content/<b>.md", Line: 3, Col: 1}, Severity: diag.Error, Rule: "faq-answer", Message: "no answer to <script>", Fix: "write & answer",
}

func TestFindings(t *testing.T) {
	b := &builder{findings: []diag.Diagnostic{wrong}, files: files{"index.html": page, "v.txt": "1"}}
	r := start(t, b)

	// Nothing was good yet: the findings are the page, at any address.
	for _, path := range []string{"/", "/articles/x/"} {
		resp, body := r.do("GET", path)
		if resp.StatusCode != 503 || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %d %v", path, resp.StatusCode, resp.Header)
		}
		for _, want := range []string{"1 error:", "content/&lt;b&gt;.md:3:1", "no answer to &lt;script&gt; (faq-answer)", "write &amp; answer", `data-up="" data-number="1"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not hold %q:\n%s", path, want, body)
			}
		}
	}
	next := r.listenTo()
	if o := next(); o.Number != 1 || o.Up != "" || o.Errors != 1 || len(o.Findings) != 1 || o.Findings[0].Pos != "content/<b>.md:3:1" || o.Findings[0].Fix != "write & answer" {
		t.Errorf("the event of findings is %+v", o)
	}

	// Mended.
	b.set(func(b *builder) { b.findings = nil })
	files{"content/a.md": "b"}.write(t, r.source)
	good := next()
	if good.Up == "" || good.Errors != 0 || len(good.Findings) != 0 {
		t.Errorf("the event of a good build is %+v", good)
	}
	if _, body := r.do("GET", "/v.txt"); body != "1" {
		t.Errorf("the site is not up: %q", body)
	}

	// Wrong again: the last good site stays up, unchanged.
	b.set(func(b *builder) { b.findings, b.files = []diag.Diagnostic{wrong}, files{"v.txt": "2"} })
	files{"content/a.md": "c"}.write(t, r.source)
	if o := next(); o.Up != good.Up || o.Errors != 1 {
		t.Errorf("after findings: %+v", o)
	}
	if _, body := r.do("GET", "/v.txt"); body != "1" {
		t.Errorf("the last good site is gone: %q", body)
	}

	// So it does when the tool cannot work.
	b.set(func(b *builder) { b.findings, b.err = nil, errors.New("the disk is full") })
	files{"content/a.md": "d"}.write(t, r.source)
	if o := next(); o.Up != good.Up || o.Error != "the disk is full" {
		t.Errorf("after an error: %+v", o)
	}

	// Advice does not hold a site up.
	advice := wrong
	advice.Severity = diag.Advice
	b.set(func(b *builder) { b.err, b.findings = nil, []diag.Diagnostic{advice} })
	files{"content/a.md": "e"}.write(t, r.source)
	if o := next(); o.Up == good.Up || o.Errors != 0 || len(o.Findings) != 1 {
		t.Errorf("after advice: %+v", o)
	}
	if _, body := r.do("GET", "/v.txt"); body != "2" {
		t.Errorf("the new site is not up: %q", body)
	}
}

func TestFirstBuildCannotWork(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	b := &builder{t: t, err: errors.New("there is no Hugo")}
	s := &Server{Build: b.build, Source: t.TempDir(), Watch: []string{"content"}, Opened: func(string) { t.Error("it opens") }, Notice: func(string) {}}
	if err := s.Run(t.Context()); !errors.Is(err, b.err) {
		t.Errorf("got %v", err)
	}
	s.Source = filepath.Join(s.Source, "nowhere")
	if err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("without a source: %v", err)
	}
	s.Port = 70000
	if err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "70000") {
		t.Errorf("without such a port: %v", err)
	}
}

func TestPortThatIsTaken(t *testing.T) {
	l, first, err := listen(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range l {
		defer one.Close()
		if ip := one.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("it listens on %v", ip)
		}
	}
	second, port, err := listen(first)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range second {
		one.Close()
	}
	if port <= first {
		t.Errorf("got port %d, and %d is taken", port, first)
	}

	// Someone else's ::1 would answer for localhost.
	if six, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		defer six.Close()
		taken := six.Addr().(*net.TCPAddr).Port
		third, port, err := listen(taken)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range third {
			one.Close()
		}
		if port == taken {
			t.Errorf("port %d is shared with someone else", port)
		}
	}
}

// Nothing is left, whatever the server was doing when it was stopped.
func TestStop(t *testing.T) {
	before := runtime.NumGoroutine()
	b := &builder{}
	r := start(t, b)
	next := r.listenTo()
	next()
	b.set(func(b *builder) { b.hold = make(chan struct{}) })
	files{"content/a.md": "b"}.write(t, r.source)
	until(t, "the second build begins", func() bool { return b.count() == 2 })
	r.stop()
	left, err := os.ReadDir(r.temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := net.DialTimeout("tcp", strings.TrimSuffix(strings.TrimPrefix(r.url, "http://"), "/"), time.Second); err == nil {
		t.Error("it still listens")
	}
	r.hangUp()
	http.DefaultClient.CloseIdleConnections()
	until(t, "all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}

// until waits for what must come true.
func until(t testing.TB, what string, isTrue func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); !isTrue(); {
		if time.Now().After(end) {
			t.Fatalf("in vain: %s", what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// A thousand builds with browsers that listen and read leave as much behind as
// a hundred.
func TestThousandRebuilds(t *testing.T) {
	b := &builder{t: t, site: Site{BaseURL: "https://clinic.example/"}, files: files{"index.html": page, "big.bin": strings.Repeat("x", 1<<16)}}
	dir := t.TempDir()
	p := newPreview(b.build, dir)
	if err := p.rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, _, err := listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	server := &http.Server{Handler: p, BaseContext: func(net.Listener) context.Context { return ctx }}
	go server.Serve(l[0])
	defer server.Close()
	defer cancel()
	r := &running{t: t, url: "http://" + l[0].Addr().String() + "/", builder: b}
	var nexts []func() outcome
	for range 3 {
		nexts = append(nexts, r.listenTo())
	}

	var heap [2]uint64
	var goroutines [2]int
	for i := 2; i <= 1000; i++ {
		ds := []diag.Diagnostic(nil)
		if i%10 == 5 {
			ds = []diag.Diagnostic{wrong}
		}
		b.set(func(b *builder) { b.findings = ds })
		if err := p.rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		for _, next := range nexts {
			for o := next(); o.Number < i; o = next() {
			}
		}
		if resp, body := r.do("GET", "/"); resp.StatusCode != 200 || !strings.Contains(body, "Hello") {
			t.Fatalf("after build %d: %d", i, resp.StatusCode)
		}
		if at := slices.Index([]int{100, 1000}, i); at >= 0 {
			if at == 1 {
				until(t, "goroutines end", func() bool { return runtime.NumGoroutine() <= goroutines[0] })
			}
			runtime.GC()
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap[at], goroutines[at] = m.HeapAlloc, runtime.NumGoroutine()
		}
	}
	if heap[1] > heap[0]+256<<10 {
		t.Errorf("the heap grew from %d to %d bytes in 900 builds", heap[0], heap[1])
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%d sites are on the disk, want 1: %v", len(left), err)
	}
	t.Logf("heap %d then %d bytes, goroutines %v", heap[0], heap[1], goroutines)
}

// A file that is being sent is sent to its end, though its site is replaced.
func TestReadAcrossRebuild(t *testing.T) {
	b := &builder{t: t, site: Site{BaseURL: "https://clinic.example/"}, files: files{"big.bin": strings.Repeat("x", 8<<20), "index.html": page}}
	p := newPreview(b.build, t.TempDir())
	if err := p.rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, err := p.find("/big.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if err := p.rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, a.file); n != 8<<20 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// A preview has the headers of the site, but for what only a host can keep.
func TestHeaders(t *testing.T) {
	b := &builder{t: t, files: files{"index.html": page, "a.css": "a{}"}, site: Site{BaseURL: "https://clinic.example/", Headers: func(file string) []host.Header {
		return []host.Header{
			{Name: "Content-Type", Value: "text/x-" + file}, {Name: "Cache-Control", Value: "public"}, {Name: "Strict-Transport-Security", Value: "max-age=1"},
			{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'self'; upgrade-insecure-requests"}, {Name: "Referrer-Policy", Value: "no-referrer"},
		}
	}}}
	r := start(t, b)
	resp, _ := r.do("GET", "/a.css")
	for name, want := range map[string]string{
		"Content-Type": "text/x-a.css", "Cache-Control": "no-store", "Strict-Transport-Security": "", "Referrer-Policy": "no-referrer",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for policy, want := range map[string]string{
		"script-src 'sha256-x'; img-src 'self'": "img-src 'self'; script-src 'sha256-x' 'self'",
		"script-src 'self' 'sha256-x'":          "script-src 'self' 'sha256-x'",
	} {
		if got := here(host.Header{Name: "Content-Security-Policy", Value: policy}); got != want {
			t.Errorf("%s: got %q, want %q", policy, got, want)
		}
	}
}
