package finish

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"clinicblog/site/diag"
)

// site writes the files of a txtar archive into a new folder.
func site(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		put(t, dir, f.Name, string(f.Data))
	}
	return dir
}

func put(t *testing.T, dir, name, data string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// files returns every file below dir by its path.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	list, _, err := list(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		b, err := os.ReadFile(filepath.Join(dir, f.path))
		if err != nil {
			t.Fatal(err)
		}
		m[f.path] = string(b)
	}
	return m
}

func finished(t *testing.T, dir string, graph string) (Stats, []diag.Diagnostic) {
	t.Helper()
	stats, ds, err := Run(context.Background(), Options{Dir: dir, Graph: func(p string) ([]byte, error) {
		if graph == "" {
			return nil, nil
		}
		return []byte(strings.ReplaceAll(graph, "PATH", p)), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return stats, ds
}

// rendered is a small site as Hugo leaves it. The three digests stand for
// hashes of the rendered files.
var rendered = strings.NewReplacer(
	"CSS", strings.Repeat("c5", 32), "FONT", strings.Repeat("f0", 32), "JS", strings.Repeat("15", 48),
	"SRI", base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\xc5", 32))),
).Replace(`
-- index.html --
<!doctype html>
<html lang="en">
  <head>
    <title> A </title>
    <link rel="stylesheet" href="/css/main.CSS.css" integrity="sha256-SRI">
    <link rel="preload" href="/fonts/a.FONT.woff2" as="font">
    <script src="/js/a.JS.js" defer></script>
    <!-- </body></html> -->
  </head>
  <body> <p> a  b </p> </body>
</html>
-- a/index.html --
<!doctype html><title>B</title><p>no head
-- alias/index.html --
<!DOCTYPE html><html lang="en"><head><title>/a/</title><meta http-equiv="refresh" content="0; url=/a/"></head></html>
-- css/main.CSS.css --
@font-face { font-family: "A"; src: url("../fonts/a.FONT.woff2") format("woff2"); }
a { color : red }
-- js/a.JS.js --
document.title = "x" ;
-- fonts/a.FONT.woff2 --
font bytes
-- site.webmanifest --
{ "icons": [ { "src": "/fonts/a.FONT.woff2" } ] }
-- feed.xml --
<?xml version="1.0" encoding="utf-8"?>
<rss>
  <channel><link>/css/main.CSS.css</link></channel>
</rss>
-- robots.txt --
# main.CSS.css
-- _headers --
/css/main.CSS.css
-- mark.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">
  <path d="M0 0"/>
</svg>
-- photo.raw --
  bytes  
`)

func TestRun(t *testing.T) {
	dir := site(t, rendered)
	stats, ds := finished(t, dir, `{"@id": "PATH", "img": "a.`+strings.Repeat("f0", 32)+`.woff2"}`)
	var msgs []string
	for _, d := range ds {
		msgs = append(msgs, fmt.Sprintf("%s: %s (%s)", d.Pos, d.Message, d.Rule))
	}
	if want := []string{"a/index.html: the page has no </body> at its end and no </head>, so its structured data has no place (html-head)"}; !slices.Equal(msgs, want) {
		t.Errorf("got findings %q, want %q", msgs, want)
	}
	got := files(t, dir)
	names := map[string]string{} // base name without the hash to the whole name
	for name, data := range got {
		sum := sha256.Sum256([]byte(data))
		stamp := hex.EncodeToString(sum[:])[:stampLength]
		if strings.Contains(name, stamp) {
			names[strings.Replace(filepath.Base(name), "."+stamp, "", 1)] = filepath.Base(name)
		}
	}
	if len(names) != 3 || stats.Stamped != 3 {
		t.Fatalf("hashed names are %v of %d, want 3", names, stats.Stamped)
	}
	css, font := names["main.css"], names["a.woff2"]
	sum := sha256.Sum256([]byte(got["css/"+css]))
	want := map[string]string{
		"index.html": `<!doctype html><html lang="en"><head><title>A</title><link rel="stylesheet" href="/css/` + css +
			`" integrity="sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `"><link rel="preload" href="/fonts/` + font +
			`" as="font"><script src="/js/` + names["a.js"] + `" defer></script></head><body><p>a b</p>` +
			`<script type="application/ld+json">{"@id":"index.html","img":"` + font + `"}</script></body></html>`,
		"a/index.html": "<!doctype html><title>B</title><p>no head",
		"alias/index.html": `<!doctype html><html lang="en"><head><title>/a/</title><meta http-equiv="refresh" content="0; url=/a/">` +
			`<script type="application/ld+json">{"@id":"alias/index.html","img":"` + font + `"}</script></head></html>`,
		"css/" + css:          `@font-face{font-family:"A";src:url(../fonts/` + font + `)format("woff2")}a{color:red}`,
		"js/" + names["a.js"]: `document.title="x"`,
		"fonts/" + font:       "font bytes\n",
		"site.webmanifest":    `{"icons":[{"src":"/fonts/` + font + `"}]}`,
		"feed.xml":            `<?xml version="1.0" encoding="utf-8"?><rss><channel><link>/css/` + css + `</link></channel></rss>`,
		"robots.txt":          "# " + css + "\n",
		"_headers":            "/css/" + css + "\n",
		"mark.svg":            `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>`,
		"photo.raw":           "  bytes  \n",
	}
	want["css/"+css] = strings.Replace(want["css/"+css], `"A"`, "a", 1)
	for name, data := range want {
		if got[name] != data {
			t.Errorf("%s is\n%s\nwant\n%s", name, got[name], data)
		}
	}
	if len(got) != len(want) || stats.Files != len(want) || stats.Pages != 3 || stats.Kept != 0 {
		t.Errorf("%d files, stats %+v, want %d files", len(got), stats, len(want))
	}
	if stats.Before <= stats.After || stats.After == 0 {
		t.Errorf("bytes before %d, after %d", stats.Before, stats.After)
	}

	// What is finished stays as it is, and is not written again.
	before, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	finished(t, dir, `{"@id":"PATH","img":"`+font+`"}`)
	for name, data := range files(t, dir) {
		if got[name] != data {
			t.Errorf("the second time, %s is\n%s\nwant\n%s", name, data, got[name])
		}
	}
	if after, err := os.Stat(filepath.Join(dir, "index.html")); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("index.html was written again: %v %v", after.ModTime(), err)
	}
}

func TestFindings(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	for _, c := range []struct {
		name, archive, want string
	}{
		{"empty page", "-- a.html --\n", "a.html: the page is empty (empty-page)"},
		{"broken JSON", "-- a.json --\n{\n  \"a\": 1,\n}\n", "a.json:3:1: "},
		{"broken script in a page", "-- a.html --\n<script>let = {</script>\n", "a.html: in an embedded script: "},
		{"broken data in a page", "-- a.html --\n<script type=\"application/ld+json\">{,}</script>\n", "a.html: in an embedded JSON: "},
		{"encoding", "-- a.css --\na { content: \"\xe9\" }\n", "a.css: the file is not UTF-8 (asset-encoding)"},
		{"UTF-16", "-- a.html --\n\xff\xfe<\x00\n", "a.html: the file is not UTF-8 (asset-encoding)"},
		{"integrity", "-- a.html --\n<link rel=stylesheet href=\"/x/a.css?v=1\" integrity=\"sha256-x\">\n-- a.css --\na { b : c }\n",
			"a.html: the integrity attribute of a.css does not fit the file (asset-integrity)"},
		{"one name for two", "-- a." + digest + ".css --\na{b:c}\n-- b/a." + digest + ".css --\na{b:d}\n",
			"b/a." + digest + ".css: two files of different content carry the hash "},
		{"loss", "-- a.html --\n<p>a <template>b</template> c\n", "a.html: minified, the page would not say the same: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := site(t, c.archive)
			_, ds := finished(t, dir, "")
			if len(ds) != 1 {
				t.Fatalf("got findings %v, want one", ds)
			}
			if got := fmt.Sprintf("%s: %s (%s)", ds[0].Pos, ds[0].Message, ds[0].Rule); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSymlinkIsRefused(t *testing.T) {
	dir := site(t, "-- a.txt --\nx\n")
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "b.html")); err != nil {
		t.Fatal(err)
	}
	stats, ds := finished(t, dir, "")
	if len(ds) != 1 || ds[0].Rule != "file-kind" || ds[0].Pos.File != "b.html" || ds[0].Severity != diag.Error {
		t.Errorf("got %v, want one file-type", ds)
	}
	if stats.Files != 1 {
		t.Errorf("%d files, want 1", stats.Files)
	}
}

func TestNameThatIsTaken(t *testing.T) {
	sum := sha256.Sum256([]byte("a{b:c}"))
	taken := "a." + hex.EncodeToString(sum[:])[:stampLength] + ".css"
	dir := site(t, "-- a."+strings.Repeat("ab", 32)+".css --\na { b: c }\n-- "+taken+" --\nd{e:f}\n")
	_, ds := finished(t, dir, "")
	if len(ds) != 1 || ds[0].Rule != "asset-hash" {
		t.Errorf("got %v, want one asset-hash", ds)
	}
}

// TestCycle holds two files that name each other, which no fingerprint makes.
func TestCycle(t *testing.T) {
	a, b := "a."+strings.Repeat("aa", 32)+".css", "b."+strings.Repeat("bb", 32)+".css"
	dir := site(t, "-- "+a+" --\n@import \""+b+"\";\n-- "+b+" --\n@import \""+a+"\";\n-- x.html --\n<link href=\""+a+"\">\n")
	if _, ds := finished(t, dir, ""); len(ds) > 0 {
		t.Fatal(ds)
	}
	for name, data := range files(t, dir) {
		_, ref, _ := strings.Cut(data, `"`)
		ref, _, _ = strings.Cut(ref, `"`)
		if _, err := os.Stat(filepath.Join(dir, ref)); err != nil {
			t.Errorf("%s names %s: %v", name, ref, err)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	dir := site(t, "-- a.html --\n\ufeff<!doctype html><p>a\n-- b.json --\n\ufeff{}\n")
	if _, ds := finished(t, dir, ""); len(ds) > 0 {
		t.Fatal(ds)
	}
	got := files(t, dir)
	if got["a.html"] != "<!doctype html><p>a" || got["b.json"] != "{}" {
		t.Errorf("got %q", got)
	}
}

func TestGraphThatClosesTheScript(t *testing.T) {
	for _, graph := range []string{`{"a":"</script>"}`, `{"a":"<!--"}`, `{"a":`} {
		dir := site(t, "-- a.html --\n<head></head>\n")
		_, _, err := Run(context.Background(), Options{Dir: dir, Graph: func(string) ([]byte, error) { return []byte(graph), nil }})
		if err == nil || !strings.Contains(err.Error(), "a.html") {
			t.Errorf("graph %s: error %v, want one that names the page", graph, err)
		}
	}
}

func TestGraphThatCannotBeMade(t *testing.T) {
	dir := site(t, "-- a.html --\n<head></head>\n")
	want := errors.New("no graph")
	if _, _, err := Run(context.Background(), Options{Dir: dir, Graph: func(string) ([]byte, error) { return nil, want }}); !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := Run(ctx, Options{Dir: site(t, rendered)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestProgress(t *testing.T) {
	var seen []int
	total := 0
	_, _, err := Run(context.Background(), Options{Dir: site(t, rendered), Progress: func(done, n int) {
		seen, total = append(seen, done), n
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != total || !slices.IsSorted(seen) || total != 12 {
		t.Errorf("progress %v of %d", seen, total)
	}
}

func TestMissingFolder(t *testing.T) {
	if _, _, err := Run(context.Background(), Options{Dir: filepath.Join(t.TempDir(), "x")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want %v", err, os.ErrNotExist)
	}
}

func TestRulesAreDocumented(t *testing.T) {
	for _, r := range Rules {
		title, body, ok := strings.Cut(r.Doc, "\n\n")
		if r.ID == "" || r.Fix == "" || !ok || title == "" || body == "" {
			t.Errorf("rule %q has no full documentation", r.ID)
		}
	}
}
