package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a script waits for what must happen.
const patience = 60 * time.Second

// serveCommands are what the scripts of serve ask a running preview with.
var serveCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"opened": opened, "fetch": fetch, "asbuilt": asBuilt, "event": event, "eventually": eventually,
}

func arguments(ts *testscript.TestScript, neg bool, args []string, usage string) {
	if want := len(strings.Fields(usage)) - 1; neg || len(args) != want {
		ts.Fatalf("usage: %s", usage)
	}
}

// opened FILE: waits until serve, whose output is FILE, says its URL, and sets
// URL and PORT.
func opened(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, "opened FILE")
	re := regexp.MustCompile(`(?m)^(http://localhost:(\d+)/\S*) shows`)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		out, err := os.ReadFile(ts.MkAbs(args[0]))
		if m := re.FindSubmatch(out); err == nil && m != nil {
			ts.Setenv("URL", string(m[1]))
			ts.Setenv("PORT", string(m[2]))
			return
		}
	}
	ts.Fatalf("serve does not open: %s%s", ts.ReadFile(args[0]), ts.ReadFile("err"))
}

// ask requests a path of the preview and does not follow.
func ask(ts *testscript.TestScript, path string) *http.Response {
	base, err := url.Parse(ts.Getenv("URL"))
	ts.Check(err)
	u, err := base.Parse(path)
	ts.Check(err)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	ts.Defer(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	ts.Check(err)
	resp, err := http.DefaultTransport.RoundTrip(req)
	ts.Check(err)
	return resp
}

// fetch PATH STATUS FILE: keeps the body, or the headers of a redirect.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, "fetch PATH STATUS FILE")
	resp := ask(ts, args[0])
	defer resp.Body.Close()
	if got := strconv.Itoa(resp.StatusCode); got != args[1] {
		ts.Fatalf("%s: status %s, want %s", args[0], got, args[1])
	}
	body, err := io.ReadAll(resp.Body)
	ts.Check(err)
	if location := resp.Header.Get("Location"); location != "" {
		body = []byte("Location: " + location + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), body, 0o644))
}

var previewScript = regexp.MustCompile(`<script src="/\.clinicblog/preview\.js"[^>]*></script>`)

// asbuilt FILE BUILT: what was served differs by the script of the preview alone.
func asBuilt(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, "asbuilt FILE BUILT")
	served, built := ts.ReadFile(args[0]), ts.ReadFile(args[1])
	if n := len(previewScript.FindAllString(served, -1)); n != 1 {
		ts.Fatalf("%s holds the script %d times", args[0], n)
	}
	if previewScript.ReplaceAllString(served, "") != built {
		ts.Fatalf("%s and %s differ", args[0], args[1])
	}
}

// event REGEXP: waits until the preview tells an outcome like this.
func event(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, "event REGEXP")
	re := regexp.MustCompile(args[0])
	resp := ask(ts, "/.clinicblog/events")
	defer resp.Body.Close()
	var seen []string
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if re.MatchString(lines.Text()) {
			return
		}
		seen = append(seen, lines.Text())
	}
	ts.Fatalf("no event is like %s:\n%s", args[0], strings.Join(seen, "\n"))
}

// eventually PATH TEXT: waits until the page holds a text.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, "eventually PATH TEXT")
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		resp := ask(ts, args[0])
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		ts.Check(err)
		if strings.Contains(string(body), args[1]) {
			return
		}
	}
	ts.Fatalf("%s never holds %q", args[0], args[1])
}

// BenchmarkServe measures, on this repository's own project, from a change to
// an article until the browser is told that the new site is up.
//
//	go test -run '^$' -bench Serve -benchtime 10x ./cmd/clinicblog
func BenchmarkServe(b *testing.B) {
	dir := b.TempDir()
	for _, part := range []string{"layouts", "assets", "i18n", "data", "static", "content"} {
		if err := os.CopyFS(dir+"/"+part, os.DirFS("../../"+part)); err != nil {
			b.Fatal(err)
		}
	}
	config, err := os.ReadFile("../../hugo.toml")
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(dir+"/hugo.toml", config, 0o644); err != nil {
		b.Fatal(err)
	}
	article := firstArticle(b, dir+"/content/articles")
	text, err := os.ReadFile(article)
	if err != nil {
		b.Fatal(err)
	}

	r, w := io.Pipe()
	status := make(chan int, 1)
	go func() { status <- run([]string{"serve", "--port", "0", "--source", dir}, w, os.Stderr) }()
	out := bufio.NewReader(r)
	var address string
	for address == "" {
		line, err := out.ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		if strings.HasPrefix(line, "http://") {
			address, _, _ = strings.Cut(line, " ")
		}
	}
	go io.Copy(io.Discard, out)
	resp, err := http.Get(address + ".clinicblog/events")
	if err != nil {
		b.Fatal(err)
	}
	events := bufio.NewReader(resp.Body)
	next := func(number int) {
		for {
			line, err := events.ReadString('\n')
			if err != nil {
				b.Fatal(err)
			}
			if strings.HasPrefix(line, "data: ") && strings.Contains(line, fmt.Sprintf(`"number":%d,`, number)) {
				if !strings.Contains(line, `"errors":0`) {
					b.Fatal(line)
				}
				return
			}
		}
	}
	next(1)
	var times []time.Duration
	for i := 2; b.Loop(); i++ {
		start := time.Now()
		if err := os.WriteFile(article, fmt.Appendf(text, "\nEdit %d.\n", i), 0o644); err != nil {
			b.Fatal(err)
		}
		next(i)
		times = append(times, time.Since(start))
	}
	b.StopTimer()
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Milliseconds()), "ms-median")
	b.ReportMetric(float64(times[len(times)-1].Milliseconds()), "ms-worst")
	resp.Body.Close()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		b.Fatal(err)
	}
	if err := self.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if got := <-status; got != 0 {
		b.Errorf("exit status %d", got)
	}
}

func firstArticle(b *testing.B, dir string) string {
	b.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		name := dir + "/" + e.Name()
		if e.IsDir() {
			name += "/index.md"
		}
		if _, err := os.Stat(name); err == nil && e.Name() != "_index.md" {
			return name
		}
	}
	b.Fatal("there is no article")
	return ""
}
