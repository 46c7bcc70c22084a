package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAllow(t *testing.T) {
	files := with(t, home, "</head>", `<script src="https://video.example/x.js"></script></head>`)
	for _, allow := range []string{"https://video.example", "https://Video.example:443/", "video.example", "//video.example"} {
		if _, ds := check(t, files, allow); len(ds) > 0 {
			t.Errorf("allow %s: got:\n%s", allow, list(ds))
		}
	}
	if _, ds := check(t, files, "http://video.example", "https://x.video.example"); len(ds) != 1 {
		t.Errorf("got %d findings, want 1", len(ds))
	}
}

// A fault in a layout is one finding, not one a page.
func TestOnManyPages(t *testing.T) {
	m := generated(200)
	for name, f := range m {
		if strings.HasPrefix(name, "articles/a") {
			f.Data = bytes.Replace(f.Data, []byte("<footer>"), []byte(`<footer><a href="/blog/gone/">x</a><a href="/blog/gone/">y</a>`), 1)
		}
	}
	_, ds, err := Check(t.Context(), Site{FS: m, BaseURL: base})
	if err != nil {
		t.Fatal(err)
	}
	want := "link /blog/gone/ leads to no published file, and on 199 more pages (articles/a1/index.html, articles/a10/index.html, articles/a100/index.html, …)"
	if len(ds) != 1 || ds[0].Message != want || ds[0].Pos.File != "articles/a0/index.html" || ds[0].Target != "/blog/gone/" {
		t.Errorf("got:\n%swant:\n%s", list(ds), want)
	}
}

func TestListsAreBounded(t *testing.T) {
	m := generated(100)
	for name, f := range m {
		if strings.HasPrefix(name, "articles/a") {
			f.Data = bytes.ReplaceAll(f.Data, []byte("<h3 id=\"q"), []byte("<h3 id=\"x"))
		}
	}
	var first string
	for range 5 {
		_, ds, err := Check(t.Context(), Site{FS: m, BaseURL: base})
		if err != nil {
			t.Fatal(err)
		}
		got := list(ds)
		if len(ds) != maxPerRule+1 || !strings.Contains(got, ".: 450 more findings of this rule are not listed (faq-question-differs)") {
			t.Fatalf("got %d findings:\n%s", len(ds), got)
		}
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, got)
		}
	}
}

func TestAtTheRoot(t *testing.T) {
	files := map[string]string{}
	for name, text := range goodSite() {
		files[name] = strings.ReplaceAll(strings.ReplaceAll(text, base, "https://clinic.example/"), "/blog/", "/")
	}
	_, ds, err := Check(t.Context(), Site{FS: fsOf(files), BaseURL: "https://clinic.example"})
	if err != nil || len(ds) > 0 {
		t.Errorf("got %v:\n%s", err, list(ds))
	}
}

func TestErrors(t *testing.T) {
	for _, in := range []Site{
		{FS: fsOf(goodSite()), BaseURL: ""},
		{FS: fsOf(goodSite()), BaseURL: "/blog/"},
		{FS: fsOf(goodSite()), BaseURL: "mailto:x"},
		{FS: fsOf(goodSite()), BaseURL: base, Allow: []string{""}},
		{FS: fsOf(goodSite()), BaseURL: base, Allow: []string{"data:x"}},
		{FS: os.DirFS(filepath.Join(t.TempDir(), "none")), BaseURL: base},
	} {
		if _, ds, err := Check(t.Context(), in); err == nil || ds != nil {
			t.Errorf("%q %q: got %v, %v, want an error alone", in.BaseURL, in.Allow, ds, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Check(ctx, Site{FS: fsOf(goodSite()), BaseURL: base}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestOnDisk(t *testing.T) {
	dir := t.TempDir()
	for name, text := range goodSite() {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc", filepath.Join(dir, "etc.html")); err != nil {
		t.Fatal(err)
	}
	_, ds, err := Check(t.Context(), Site{FS: os.DirFS(dir), BaseURL: base})
	if err != nil || len(ds) != 1 || ds[0].Rule != "file-type" {
		t.Errorf("got %v:\n%s", err, list(ds))
	}
}

func TestParseRef(t *testing.T) {
	from := ref{scheme: "https", host: "h.example", path: "/a/b/"}
	for _, c := range [][2]string{
		{"", "https://h.example/a/b/"}, {"#x%20y", "https://h.example/a/b/#x y"}, {"?q", "https://h.example/a/b/?q"},
		{"c", "https://h.example/a/b/c"}, {"../c/", "https://h.example/a/c/"}, {"../../../c", "https://h.example/c"}, {"./", "https://h.example/a/b/"},
		{"..", "https://h.example/a/"}, {"/c%C3%A9?q#f", "https://h.example/cé?q#f"}, {"/a/%2e%2e/c", "https://h.example/c"},
		{"//X.example:443", "https://x.example/"}, {`\\x.example\y`, "https://x.example/y"}, {"///x.example/y", "https://x.example/y"},
		{" https://user:pw@X.example:8080/y ", "https://x.example:8080/y"}, {"http:/x.example", "http://x.example/"}, {"https:c", "https://h.example/a/b/c"},
		{"https:/c", "https://h.example/c"}, {"HTTPS://x.example", "https://x.example/"}, {"tel:+1-2", "tel:+1-2"}, {"java\nscript:x", "javascript:x"},
		{"a:b/c", "a:b/c"}, {"1:2", "https://h.example/a/b/1:2"}, {"/%zz", "https://h.example/%zz"},
	} {
		if got := parseRef(c[0], from).String(); got != c[1] {
			t.Errorf("%q: got %s, want %s", c[0], got, c[1])
		}
	}
}

func TestCSSURLs(t *testing.T) {
	for _, c := range []struct {
		css  string
		want []string
	}{
		{`a{b:url(x)}`, []string{"x"}},
		{`a{b:URL( "x y" );c:url('z')}`, []string{"x y", "z"}},
		{`@import "a.css" layer(x) supports(display:grid);@import url(b.css);`, []string{"a.css", "b.css"}},
		{`@\69mport "a.css";b{c:u\52 L(x)}`, []string{"a.css", "x"}},
		{`/*url(x)*/a{b:"url(y)"/**/}`, nil},
		{`a{b:image-set("x" 1x, url(y) 2x, "z" type("image/avif") 3x);content:"w"}`, []string{"x", "y", "z"}},
		{`@namespace a url(x);@font-face{src:local("y"),url(z) format("woff2")}`, []string{"z"}},
		{`a{b:url(x\)y)}`, []string{"x)y"}},
		{`a{b:url(`, []string{""}},
		{`@import '`, []string{""}},
		{`a{b:"\`, nil},
	} {
		var got []string
		cssURLs(c.css, func(u string) { got = append(got, u) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.css, got, c.want)
		}
	}
}

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		href, text string
		ok         bool
	}{
		{"tel:+15555550142", "(555) 555-0142", true}, {"tel:+15555550142", "555.555.0142", true}, {"tel:+15555550142", "555-555-0143", false},
		{"tel:+493012345678", "030 12345678", true}, {"sms:988", "text 988", true}, {"sms:988?body=911", "988", true}, {"sms:741741", "HOME to 741741", true},
		{"tel:911", "24/7: 988", false}, {"tel:+18006624357", "24/7 at 1-800-662-4357", true}, {"tel:+18006624357", "1-800-662-HELP", true},
		{"tel:+15555550142", "Call us", true}, {"tel:988", "988 or 911", true}, {"tel:x", "y", false}, {"tel:%2B1%20555%20555%200142", "+1 555 555 0142", true},
		{"tel:988", "988-1234", false},
	} {
		files := with(t, home, "<footer>", fmt.Sprintf(`<footer><a href="%s">%s</a>`, c.href, c.text))
		if _, ds := check(t, files); (len(ds) == 0) != c.ok {
			t.Errorf("%s shown as %s: got:\n%s", c.href, c.text, list(ds))
		}
	}
}

func TestLanguageTag(t *testing.T) {
	for tag, want := range map[string]bool{"en": true, "en-US": true, "es-419": true, "zh-Hant-TW": true, "": false, "e": false, "en_US": false, "english": false, "en-": false, "en-abcdefghi": false} {
		if got := languageTag(tag); got != want {
			t.Errorf("%q: got %v, want %v", tag, got, want)
		}
	}
}

// FuzzJSON holds the reader of structured data to encoding/json.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,"\u00e9\ud83d\ude00\ud800x\n",{},[],null,true,-1.5e3],"b":{"c":"</p>"}}`, ` [ ] `, `"\/\"\\"`, `{"a":1,"a":2}`, `{"a":1`, ``,
		`-0`, `01`, `1.`, `.5`, `1e+05`, `1e`, `-`, `[1,]`, `{"a":1,}`, `{,}`, `[1 2]`, `{"a" 1}`, `{1:2}`, "\"\n\"", "[\f]", "\ufeff1", `"\u12"`, `"\x"`, `"\ud800\u12x4"`, `nul`, `truefalse`, `[]]`, "\x00",
		`{"a":1,"a":2`, strings.Repeat("[", 10001) + strings.Repeat("]", 10001), strings.Repeat("[", 10000) + strings.Repeat("]", 10000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d jsonDoc
		err := d.parse(s)
		if !json.Valid([]byte(s)) {
			if err == nil {
				t.Fatalf("got no error for %q", s)
			}
			return
		}
		if err != nil {
			if !strings.Contains(err.Error(), "twice") {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		var got, want any
		z := json.NewDecoder(strings.NewReader(s))
		z.UseNumber()
		if err := z.Decode(&want); err != nil {
			t.Fatal(err)
		}
		got = d.any(0)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %#v, want %#v", got, want)
		}
	})
}

func (d *jsonDoc) any(i int32) any {
	n := d.nodes[i]
	switch n.kind {
	case '{':
		m := map[string]any{}
		for c := i + 1; c < n.end; c = d.nodes[c].end {
			m[string([]rune(d.nodes[c].key))] = d.any(c)
		}
		return m
	case '[':
		a := []any{}
		for c := i + 1; c < n.end; c = d.nodes[c].end {
			a = append(a, d.any(c))
		}
		return a
	case '"':
		return string([]rune(n.str)) // one replacement for each wrong byte
	case 't', 'f':
		return n.str == "true"
	case 'n':
		return nil
	}
	return json.Number(n.str)
}

// FuzzPage gives any bytes as a page, a style sheet, an image, a sitemap and
// structured data: nothing panics, and two runs agree.
func FuzzPage(f *testing.F) {
	for _, text := range goodSite() {
		f.Add([]byte(text))
	}
	for _, c := range faults {
		f.Add([]byte(c.new[:min(len(c.new), 1000)]))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m := fstest.MapFS{}
		for _, name := range []string{"index.html", "404.html", "a.css", "a.svg", "a.xml", "robots.txt", "a.webmanifest"} {
			m[name] = &fstest.MapFile{Data: b}
		}
		text := string(b)
		m["x/index.html"] = &fstest.MapFile{Data: []byte(document("x/", "FAQ", faqMarkup("x/", questionMarkup("x/", "a", text, text)), `<h2 id="a">`+text+"</h2>"+text))}
		m["y/index.html"] = &fstest.MapFile{Data: []byte(document("y/", "FAQ", text, `<h2 class="faq">`+text+"</h2>"+text))}
		m["z/index.html"] = &fstest.MapFile{Data: []byte(document("z/", "z", "", `<a href="`+text+`" style="`+text+`" srcset="`+text+`">`))}
		var first string
		for range 2 {
			_, ds, err := Check(t.Context(), Site{FS: m, BaseURL: base})
			if err != nil {
				t.Fatal(err)
			}
			if got := list(ds); first == "" {
				first = got
			} else if got != first {
				t.Fatalf("two runs differ:\n%s\n%s", first, got)
			}
		}
	})
}
