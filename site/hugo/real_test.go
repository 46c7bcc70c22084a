package hugo

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A test never installs.
var realHugo = sync.OnceValues(func() (Binary, error) {
	return Find(context.Background(), FindOptions{LookOnly: true})
})

// withHugo returns a run of real Hugo on a project of the files, which are
// laid over a small one.
func withHugo(t *testing.T, files map[string]string) Config {
	t.Helper()
	binary, err := realHugo()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skipf("needs Hugo: %v", err)
	}
	all := map[string]string{
		"hugo.toml":           "baseURL = 'https://example.org/'\nlocale = 'en-US'\ntitle = 'Clinic'\ndisableKinds = ['taxonomy', 'term']\n",
		"layouts/baseof.html": "<!doctype html><html><head><title>{{ .Title }}</title></head><body>{{ block \"main\" . }}{{ end }}</body></html>\n",
		"layouts/home.html":   "{{ define \"main\" }}{{ .Content }}{{ end }}\n", "layouts/section.html": "{{ define \"main\" }}{{ .Content }}{{ end }}\n",
		"layouts/page.html":           "{{ define \"main\" }}\n{{ .Content }}{{ end }}\n",
		"content/_index.md":           "---\ntitle: Home\n---\nhi\n",
		"content/articles/_index.md":  "---\ntitle: Articles\n---\nhi\n",
		"content/articles/a/index.md": "---\ntitle: A \"b\" <c>\ndescription: About a\ndate: 2024-01-02\n---\nSays **who**?\n",
	}
	for name, text := range files {
		all[name] = text
	}
	cfg := Config{
		Binary: binary, Source: project(t, all),
		Destination: t.TempDir(), Scratch: t.TempDir(), Cache: t.TempDir(),
	}
	var ds any
	cfg.Settings, ds, err = ReadConfig(cfg.Source)
	if err != nil || cfg.Settings.refused {
		t.Fatalf("read configuration: %v, %v", ds, err)
	}
	return cfg
}

// findings runs Hugo and compares the findings.
func findings(t *testing.T, cfg Config, want ...string) Site {
	t.Helper()
	site, ds, err := Render(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(ds); !slices.Equal(got, want) {
		t.Errorf("got findings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return site
}

// 2 by 1 pixels.
const gif = "GIF89a\x02\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02D\n\x00;"

func TestPages(t *testing.T) {
	for _, base := range []string{"https://example.org", "https://example.org/clinic/blog"} {
		t.Run(base, func(t *testing.T) {
			cfg := withHugo(t, map[string]string{
				"content/articles/a/photo.gif": gif,
				"content/articles/a/index.md":  "---\ntitle: A \"b\" <c>\ndescription: About a\ndate: 2024-01-02\nlastmod: 2024-03-04T05:06:07-07:00\nimage: photo.gif\n---\nx\n",
				"content/Über uns.md":          "---\ntitle: Ü\nslug: über\ntype: plain\nimage: /brand/logo.svg\n---\nx\n",
				"content/linked.md":            "---\ntitle: L\nbuild: {render: link}\nimage: shared.svg\n---\nx\n",
				"content/ugly.md":              "---\ntitle: U\nurl: /ugly.html\n---\nx\n",
				"static/brand/logo.svg":        "<svg/>",
				"assets/shared.svg":            "<svg/>",
			})
			cfg.BaseURL = base + "/"
			got := findings(t, cfg)
			prefix := strings.TrimPrefix(base, "https://example.org")
			want := []Page{
				{"content/_index.md", "index.html", base + "/", prefix + "/", "home", "page", "", "en", "Home", "", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07-07:00", "", nil},
				{"content/articles/_index.md", "articles/index.html", base + "/articles/", prefix + "/articles/", "section", "articles", "articles", "en", "Articles", "", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07-07:00", base + "/", nil},
				{"content/articles/a/index.md", "articles/a/index.html", base + "/articles/a/", prefix + "/articles/a/", "page", "articles", "articles", "en", `A "b" <c>`, "About a", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07-07:00", base + "/articles/", &Image{base + "/articles/a/photo.gif", 2, 1}},
				{"content/linked.md", "", base + "/linked/", prefix + "/linked/", "page", "page", "", "en", "L", "", "", "", "", base + "/", &Image{URL: base + "/shared.svg"}},
				{"content/ugly.md", "ugly.html", base + "/ugly.html", prefix + "/ugly.html", "page", "page", "", "en", "U", "", "", "", "", base + "/", nil},
				{"content/Über uns.md", "über/index.html", base + "/%C3%BCber/", prefix + "/%C3%BCber/", "page", "plain", "", "en", "Ü", "", "", "", "", base + "/", &Image{URL: base + "/brand/logo.svg"}},
			}
			if got.BaseURL != base+"/" || !slices.Equal(got.Languages, []Edition{{"en", "en-US", "Clinic", base + "/"}}) || len(got.Pages) != len(want) {
				t.Errorf("got site %q %q with %d pages", got.BaseURL, got.Languages, len(got.Pages))
			}
			for _, w := range want {
				i := slices.IndexFunc(got.Pages, func(p Page) bool { return p.Source == w.Source })
				if i < 0 {
					t.Errorf("got no page of %s", w.Source)
					continue
				}
				g := got.Pages[i]
				if g.Image != nil && w.Image != nil && *g.Image == *w.Image {
					g.Image = w.Image
				}
				if g != w {
					t.Errorf("got  %+v %+v\nwant %+v %+v", g, g.Image, w, w.Image)
				}
			}
			if _, err := os.Stat(filepath.Join(cfg.Destination, listFile)); err == nil {
				t.Error("the page list is published")
			}
		})
	}
}

// The user's own outputs stay, and each language has its pages.
func TestPagesOutputsAndLanguages(t *testing.T) {
	cfg := withHugo(t, map[string]string{
		"hugo.toml":              "baseURL = 'https://example.org/'\n[outputs]\nhome = ['html', 'json']\n[languages.en]\n[languages.es]\ncontentDir = 'inhalt'\n",
		"layouts/home.json":      "{}",
		"layouts/term.html":      "x",
		"layouts/taxonomy.html":  "x",
		"inhalt/_index.md":       "---\ntitle: Casa\n---\n",
		"inhalt/articles/uno.md": "---\ntitle: Uno\n---\n",
	})
	cfg.Overlay = map[string][]byte{"inhalt/articles/uno.md": []byte("---\ntitle: Dos\n---\n")}
	site := findings(t, cfg)
	i := slices.IndexFunc(site.Pages, func(p Page) bool { return p.Source == "inhalt/articles/uno.md" })
	if i < 0 {
		t.Fatalf("the Spanish page is missing: %+v", site.Pages)
	}
	if p := site.Pages[i]; p.Lang != "es" || p.Title != "Dos" || p.Output != "es/articles/uno/index.html" {
		t.Errorf("got %+v", p)
	}
	for name, want := range map[string]bool{"index.json": true, "es/index.json": true, listFile: false, "es/" + listFile: false} {
		if _, err := os.Stat(filepath.Join(cfg.Destination, name)); (err == nil) != want {
			t.Errorf("%s: got %v, want it there: %t", name, err, want)
		}
	}
}

// The overlay stands in for the page; what lies beside the page stays, and a
// finding in the overlay is at the page.
func TestOverlay(t *testing.T) {
	cfg := withHugo(t, map[string]string{"content/articles/a/notes.txt": "x"})
	cfg.Overlay = map[string][]byte{"content/articles/a/index.md": []byte("---\ntitle: Over\n---\nOverlaid\n")}
	site := findings(t, cfg)
	if !slices.ContainsFunc(site.Pages, func(p Page) bool { return p.Source == "content/articles/a/index.md" && p.Title == "Over" }) {
		t.Errorf("got pages %+v", site.Pages)
	}
	if html := readFile(t, filepath.Join(cfg.Destination, "articles/a/index.html")); !strings.Contains(html, "Overlaid") {
		t.Errorf("got %s", html)
	}
	readFile(t, filepath.Join(cfg.Destination, "articles/a/notes.txt"))

	cfg.Destination = t.TempDir()
	cfg.Overlay["content/articles/a/index.md"] = []byte("---\ntitle: Over\n---\n\n  {{< nope >}}\n")
	findings(t, cfg, `content/articles/a/index.md:5:3: template for shortcode "nope" not found (hugo-error)`)
}

func TestOverlayThroughMounts(t *testing.T) {
	cfg := withHugo(t, map[string]string{
		"hugo.toml": "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy', 'term']\n" +
			"[[module.mounts]]\nsource = 'docs'\ntarget = 'content/articles'\n[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n",
		"docs/d.md": "---\ntitle: D\n---\n",
	})
	cfg.Overlay = map[string][]byte{"docs/d.md": []byte("---\ntitle: Over\n---\n")}
	site := findings(t, cfg)
	if !slices.ContainsFunc(site.Pages, func(p Page) bool {
		return p.Source == "docs/d.md" && p.Title == "Over" && p.Output == "articles/d/index.html"
	}) {
		t.Errorf("got pages %+v", site.Pages)
	}
}

func TestClock(t *testing.T) {
	cfg := withHugo(t, map[string]string{"content/late.md": "---\ntitle: L\ndate: 2024-06-01\nexpiryDate: 2024-07-01\n---\n"})
	for _, tt := range []struct {
		clock string
		want  bool
	}{{"2024-05-31T00:00:00Z", false}, {"2024-06-02T00:00:00Z", true}, {"2024-07-02T00:00:00Z", false}} {
		cfg.Destination = t.TempDir()
		var err error
		if cfg.Clock, err = time.Parse(time.RFC3339, tt.clock); err != nil {
			t.Fatal(err)
		}
		site := findings(t, cfg)
		if got := slices.ContainsFunc(site.Pages, func(p Page) bool { return p.Title == "L" }); got != tt.want {
			t.Errorf("at %s: got the page %t, want %t", tt.clock, got, tt.want)
		}
	}
}

// What hugo.toml and the environment say does not get past the tool.
func TestNothingLeaks(t *testing.T) {
	t.Setenv("HUGO_PARAMS_SECRET", "leak-1")
	t.Setenv("SECRET", "leak-2")
	secret := filepath.Join(t.TempDir(), "secret")
	writeTree(t, filepath.Dir(secret), map[string]string{"secret": "leak-3"})
	cfg := withHugo(t, map[string]string{
		"hugo.toml": `baseURL = 'https://example.org/'
buildDrafts = true
publishDir = '/nowhere'
cacheDir = '/nowhere'
resourceDir = '/nowhere'
disableKinds = ['taxonomy', 'term']
[minify]
minifyOutput = true
[security]
enableInlineShortcodes = true
allowContent = ['.*']
[security.funcs]
getenv = ['.*']
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser]
autoHeadingIDType = 'blackfriday'
[markup.goldmark.extensions]
typographer = false
`,
		"layouts/page.html":           `{{ define "main" }}{{ .Content }}[{{ with try (getenv "SECRET") }}{{ .Value }}{{ end }}][{{ site.Params.secret }}][{{ with try (getenv "HUGO_PARAMS_SECRET") }}{{ .Value }}{{ end }}]{{ end }}`,
		"content/articles/a/index.md": "---\ntitle: A\n---\n## ¿Qué es?\n\n\"curly\" <script>alert(1)</script>\n",
		"content/draft.md":            "---\ntitle: D\ndraft: true\n---\n",
	})
	if site := findings(t, cfg); len(site.Pages) != 3 {
		t.Errorf("got pages %+v, want no draft", site.Pages)
	}
	html := readFile(t, filepath.Join(cfg.Destination, "articles/a/index.html"))
	if want := `<!doctype html><html><head><title>A</title></head><body><h2 id="qué-es">¿Qué es?</h2>
<p>&ldquo;curly&rdquo; <!-- raw HTML omitted -->alert(1)<!-- raw HTML omitted --></p>
[][][]</body></html>
`; html != want {
		t.Errorf("got  %s\nwant %s", html, want)
	}

	// Past ReadConfig: what Hugo itself does with a link is known, so the
	// check must be what stops it.
	linked := filepath.Join(cfg.Source, "static")
	if err := os.Symlink(filepath.Dir(secret), linked); err != nil {
		t.Fatal(err)
	}
	settings := cfg.Settings
	cfg.Destination = t.TempDir()
	findings(t, cfg)
	if _, err := os.Stat(filepath.Join(cfg.Destination, "secret")); err != nil {
		t.Logf("this Hugo holds a linked static folder by itself: %v", err)
	}
	var err error
	if cfg.Settings, _, err = ReadConfig(cfg.Source); err != nil {
		t.Fatal(err)
	}
	cfg.Destination = t.TempDir()
	if _, _, err := Render(t.Context(), cfg); err == nil {
		t.Error("a linked static folder was rendered")
	}
	if err := os.Remove(linked); err != nil {
		t.Fatal(err)
	}
	cfg.Settings = settings
	writeTree(t, cfg.Source, map[string]string{"content/raw.html": "<script>alert(1)</script>"})
	_, ds, err := Render(t.Context(), cfg)
	if err != nil || len(ds) != 1 || !strings.HasPrefix(lines(ds)[0], `content/raw.html:1:1: access denied: "text/html"`) {
		t.Errorf("got findings %q, error %v for an HTML page", lines(ds), err)
	}
}

func TestRealFindings(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"two pages, one URL", map[string]string{"content/b.md": "---\ntitle: B\nurl: /articles/a/\n---\n"},
			[]string{"content/b.md: content/articles/a/index.md and content/b.md are both published as articles/a/index.html (duplicate-url)"}},
		{"page and file", map[string]string{"static/articles/a/index.html": "x"},
			[]string{"static/articles/a/index.html: static/articles/a/index.html and content/articles/a/index.md are both published as articles/a/index.html (duplicate-url)"}},
		{"page and alias", map[string]string{"content/b.md": "---\ntitle: B\naliases: [/articles/a/]\n---\n"},
			[]string{"content/b.md: an alias of content/b.md and content/articles/a/index.md are both published as articles/a/index.html (duplicate-url)"}},
		{"two aliases", map[string]string{"content/b.md": "---\ntitle: B\naliases: [/old]\n---\n", "content/c.md": "---\ntitle: C\naliases: [/old/, old.html]\n---\n"},
			[]string{"content/c.md: an alias of content/c.md and one of content/b.md are both published as old/index.html (duplicate-url)"}},
		{"other output twice", map[string]string{"layouts/page.html": `{{ define "main" }}{{ end }}`, "layouts/home.html": `{{ define "main" }}{{ (resources.FromString "articles/a/index.html" "x").Publish }}{{ end }}`},
			[]string{"content/articles/a/index.md: articles/a/index.html is written twice (duplicate-url)"}},
		{"missing image", map[string]string{"content/b.md": "---\ntitle: B\nimage: gone.png\n---\n"},
			[]string{`content/b.md: image "gone.png" is neither beside the page nor below assets/ or static/ (page-image)`}},
		{"broken image", map[string]string{"content/b/index.md": "---\ntitle: B\nimage: x.png\n---\n", "content/b/x.png": "nope"},
			[]string{`content/b/index.md: image "x.png" cannot be used: failed to load image config: image: unknown format (page-image)`}},
		{"image of another type", map[string]string{"content/b.md": "---\ntitle: B\nimage: [a]\n---\n"},
			[]string{`content/b.md: image "" cannot be used: is not the name of a file (page-image)`}},
		{"translation", map[string]string{"layouts/page.html": `{{ define "main" }}{{ i18n "hello" }}{{ end }}`, "i18n/en.yaml": "x: y\n"},
			[]string{`i18n/en.yaml: there is no translation of "hello" in the language en (hugo-warning)`}},
		{"template", map[string]string{"layouts/page.html": "{{ define \"main\" }}\n\n{{ if }}{{ end }}"},
			[]string{"layouts/page.html:3: missing value for if (hugo-error)"}},
		{"ref and position", map[string]string{"content/b.md": "---\ntitle: B\n---\n\nab {{< ref \"gone\" >}}\n"},
			[]string{`content/b.md:5:4: Ref "gone": page not found (hugo-error)`}},
		{"setting", map[string]string{"hugo.toml": "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy', 'term']\n  languageCode = 'en'\n"},
			[]string{"hugo.toml:3:3: deprecated: project config key languageCode was deprecated in Hugo v0.158.0 and will be removed in a future release. Use locale instead (hugo-warning)"}},
		{"fetch", map[string]string{"layouts/page.html": `{{ define "main" }}{{ with try (resources.GetRemote "https://example.org/x") }}{{ with .Err }}{{ errorf "%s" . }}{{ end }}{{ end }}{{ end }}`},
			[]string{`layouts: access denied: "https://example.org/x" is not whitelisted in policy "security.http.urls" (hugo-error)`}},
		{"home with its own outputs", map[string]string{"content/_index.md": "---\ntitle: H\noutputs: [html]\n---\n"},
			[]string{"content/_index.md: Hugo made no list of pages: the home page sets outputs or build of its own, or is not published (hugo-config)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { findings(t, withHugo(t, tt.files), tt.want...) })
	}
}
