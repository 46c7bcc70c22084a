package hugo

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// Logs that Hugo v0.165.0 wrote about broken sites. SRC stands for the
// project's folder and OVER for the overlay.
var logs = []struct{ name, log, want string }{
	{"front matter", `ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: "SRC/content/articles/a/index.md:2:8": [1:8] could not find end character of double-quoted text
>  1 | title: "A
   2 |   date: : 2
              ^
`, `content/articles/a/index.md:2:8: could not find end character of double-quoted text (hugo-error)`},
	{"front matter without end", `ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: "SRC/content/articles/a/index.md:2:1": EOF looking for end YAML front matter delimiter
`, `content/articles/a/index.md:2:1: EOF looking for end YAML front matter delimiter (hugo-error)`},
	{"date", `ERROR the "date" front matter field is not a parsable date: see SRC/content/articles/a/index.md
ERROR error building site: logged 1 error(s)
`, `content/articles/a/index.md: the "date" front matter field is not a parsable date (hugo-error)`},
	{"unclosed shortcode", `ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: "SRC/content/articles/a/index.md:6:1": failed to extract shortcode: shortcode "box" must be closed or self-closed
`, `content/articles/a/index.md:6:1: shortcode "box" must be closed or self-closed (hugo-error)`},
	{"unknown shortcode in the overlay", `ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: "OVER/content/articles/a/index.md:7:1": failed to extract shortcode: template for shortcode "nope" not found
`, `content/articles/a/index.md:7:1: template for shortcode "nope" not found (hugo-error)`},
	{"quoted parameter over two lines", "ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: \"SRC/content/articles/a/index.md:6:15\": unterminated quoted string in shortcode parameter-argument: 'b >}}\n'\n",
		`content/articles/a/index.md:6:15: unterminated quoted string in shortcode parameter-argument: 'b >}} ' (hugo-error)`},
	{"refs", `ERROR [en] REF_NOT_FOUND: Ref "gone2": "SRC/content/articles/a/index.md:7:5": page not found
ERROR [en] REF_NOT_FOUND: Ref "gone": "SRC/content/articles/a/index.md:6:5": page not found
ERROR error building site: logged 2 error(s)
`, `content/articles/a/index.md:7:5: Ref "gone2": page not found (hugo-error)
content/articles/a/index.md:6:5: Ref "gone": page not found (hugo-error)`},
	{"template that does not parse", `ERROR error building site: "SRC/layouts/baseof.html:3:1": apply base template failed: template: page.html:3: function "nofunc" not defined
`, `layouts/page.html:3: function "nofunc" not defined (hugo-error)`},
	{"base template that does not parse", `ERROR error building site: "SRC/layouts/baseof.html:2:1": apply base template failed: template: home.html:2: function "nofunc" not defined
`, `layouts/baseof.html:2: function "nofunc" not defined (hugo-error)`},
	{"partial that does not parse", `ERROR error building site: "SRC/layouts/_partials/p.html:2:1": parse of template failed: template: _partials/p.html:2: missing value for if
`, `layouts/_partials/p.html:2: missing value for if (hugo-error)`},
	{"template that fails", `ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of "SRC/content/articles/a/index.md" failed: "SRC/layouts/page.html:3:6": execute of template failed: template: page.html:3:6: executing "main" at <.Nope>: can't evaluate field Nope in type *hugolib.pageState
`, `layouts/page.html:3:6: executing "main" at <.Nope>: can't evaluate field Nope in type *hugolib.pageState, while rendering content/articles/a/index.md (hugo-error)`},
	{"partial that is missing", `ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of "SRC/content/articles/a/index.md" failed: "SRC/layouts/page.html:3:6": execute of template failed: template: page.html:3:6: executing "main" at <partial "gone.html" .>: error calling partial: partial "gone.html" not found
`, `layouts/page.html:3:6: partial "gone.html" not found, while rendering content/articles/a/index.md (hugo-error)`},
	{"partial that fails", `ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of "SRC/content/articles/a/index.md" failed: "SRC/layouts/page.html:3:6": execute of template failed: template: page.html:3:6: executing "main" at <partial "p.html" .>: error calling partial: "SRC/layouts/_partials/p.html:2:8": execute of template failed: template: _partials/p.html:2:8: executing "_partials/p.html" at <.Nope.Foo>: can't evaluate field Nope in type *hugolib.pageState
`, `layouts/_partials/p.html:2:8: executing "_partials/p.html" at <.Nope.Foo>: can't evaluate field Nope in type *hugolib.pageState, while rendering content/articles/a/index.md (hugo-error)`},
	{"shortcode that fails", `ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of "SRC/content/articles/a/index.md" failed: "SRC/layouts/page.html:1:28": execute of template failed: template: page.html:1:28: executing "main" at <.Content>: error calling Content: "SRC/content/articles/a/index.md:6:4": failed to render shortcode "e": failed to process shortcode: "SRC/layouts/_shortcodes/e.html:2:4": execute of template failed: template: _shortcodes/e.html:2:4: executing "_shortcodes/e.html" at <add "a" 1>: error calling add: can't apply the operator to the values
`, `layouts/_shortcodes/e.html:2:4: can't apply the operator to the values, while rendering content/articles/a/index.md (hugo-error)`},
	{"stylesheet", `ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of "SRC/content/articles/a/index.md" failed: "SRC/layouts/page.html:1:69": execute of template failed: template: page.html:1:69: executing "main" at <.RelPermalink>: error calling RelPermalink: CSSBUILD: failed to transform "/main.css" (text/css): "SRC/assets/main.css:1:8": Could not resolve "./nope.css"
`, `assets/main.css:1:8: Could not resolve "./nope.css", while rendering content/articles/a/index.md (hugo-error)`},
	{"position from a template", `WARN  "SRC/content/articles/a/index.md:6:4": warn thing
ERROR "SRC/content/articles/a/index.md:6:4": bad thing
ERROR error building site: logged 1 error(s)
`, `content/articles/a/index.md:6:4: warn thing (hugo-warning)
content/articles/a/index.md:6:4: bad thing (hugo-error)`},
	{"no position, two lines and hints", `WARN  image x.png of articles/a/index.md not found
WARN  w2 multi
line
You can suppress this warning by adding the following to your project configuration:
ignoreLogs = ['myid']
ERROR e2
You can suppress this error by adding the following to your project configuration:
ignoreLogs = ['eid']
ERROR error building site: logged 1 error(s)
`, `layouts: image x.png of articles/a/index.md not found (hugo-warning)
layouts: w2 multi line (hugo-warning)
layouts: e2 (hugo-error)`},
	{"access denied", `ERROR error building site: assemble: failed to create page from pageMetaSource /x: "SRC/content/x.html:1:1": access denied: "text/html" is not whitelisted in policy "security.allowContent"; the current security configuration is:

[security]
  allowContent = ['! ^text/html$']

  [security.exec]
    allow = ['^go$']
`, `content/x.html:1:1: access denied: "text/html" is not whitelisted in policy "security.allowContent" (hugo-error)`},
	{"translation missing", "WARN  i18n|MISSING_TRANSLATION|en|hello\n", `i18n/en.yaml: there is no translation of "hello" in the language en (hugo-warning)`},
	{"translations broken", `ERROR error building site: "SRC/i18n/en.yaml:1:4": failed to load translations: [1:4] mapping value is not allowed in this context
>  1 | a: b
   2 |  c: d
          ^
`, `i18n/en.yaml:1:4: mapping value is not allowed in this context (hugo-error)`},
	{"data broken", `ERROR error building site: failed to load data: "SRC/data/x.yaml:1:4": [1:4] mapping value is not allowed in this context
`, `data/x.yaml:1:4: mapping value is not allowed in this context (hugo-error)`},
	{"configuration that does not parse", `ERROR failed to load config: "SRC/hugo.toml:2:9": unmarshal failed: toml: unexpected character U+000A at start of value
`, `hugo.toml:2:9: unexpected character U+000A at start of value (hugo-error)`},
	{"configuration that does not fit", "ERROR failed to create config: unknown output format \"foo\" for kind \"home\"\n", `hugo.toml: unknown output format "foo" for kind "home" (hugo-error)`},
	{"theme missing", `ERROR failed to load modules: module "nope" not found in "SRC/themes/nope"; either add it as a Hugo Module or store it in "SRC/themes".: module does not exist
`, `hugo.toml: module "nope" not found in "themes/nope"; either add it as a Hugo Module or store it in "themes".: module does not exist (hugo-error)`},
	{"permalink", `ERROR error building site: failed to create resource spec: error expanding "/:nope/": permalink attribute not recognised
`, `hugo.toml: failed to create resource spec: error expanding "/:nope/": permalink attribute not recognised (hugo-error)`},
	{"deprecated key", "WARN  deprecated: project config key languageCode was deprecated in Hugo v0.158.0 and will be removed in a future release. Use locale instead.\n",
		`hugo.toml:2:1: deprecated: project config key languageCode was deprecated in Hugo v0.158.0 and will be removed in a future release. Use locale instead (hugo-warning)`},
	{"deprecated method", "WARN  deprecated: .Site.LanguageCode was deprecated in Hugo v0.158.0 and will be removed in a future release. Use .Site.Language.Locale instead.\n",
		`layouts: deprecated: .Site.LanguageCode was deprecated in Hugo v0.158.0 and will be removed in a future release. Use .Site.Language.Locale instead (hugo-warning)`},
	{"no layout", "WARN  found no layout file for \"html\" for kind \"page\": You should create a template file which matches Hugo Layouts Lookup Rules for this combination.\n",
		`layouts: found no layout file for "html" for kind "page": You should create a template file which matches Hugo Layouts Lookup Rules for this combination (hugo-warning)`},
	{"unreadable page", `ERROR error building site: assemble: failed to create page from pageMetaSource /articles/a: "SRC/content/articles/a/index.md:1:1": failed to open file "SRC/content/articles/a/index.md": open SRC/content/articles/a/index.md: permission denied
`, `content/articles/a/index.md:1:1: failed to open file "content/articles/a/index.md": open content/articles/a/index.md: permission denied (hugo-error)`},
	{"unreadable layout", "ERROR error building site: open SRC/layouts/page.html: permission denied\n", `layouts/page.html: open layouts/page.html: permission denied (hugo-error)`},
	{"unreadable folder", `ERROR error building site: process: readAndProcessContent: walk: open: path: "articles" filename: "SRC/content/articles": open SRC/content/articles: permission denied
`, `content/articles: readAndProcessContent: walk: open: path: "articles" filename: "content/articles": open content/articles: permission denied (hugo-error)`},
	{"colour", "\x1b[31mERROR\x1b[0m \"SRC/content/a.md:6:4\": bad\n", `content/a.md:6:4: bad (hugo-error)`},
	{"full disk", "ERROR error copying static files: write /out/x.bin: no space left on device\n", "error: error copying static files: write /out/x.bin: no space left on device"},
	{"read-only disk", "ERROR error building site: render: [en v1.0.0 guest] failed to render pages: write /out/tags/index.html: read-only file system\n", "error: write /out/tags/index.html: read-only file system"},
	{"destination not ours", "ERROR error copying static files: open /out/x.bin: permission denied\n", "error: error copying static files: open /out/x.bin: permission denied"},
	{"not a log", "hello\nworld\n", ""},
}

func TestLog(t *testing.T) {
	for _, tt := range logs {
		t.Run(tt.name, func(t *testing.T) {
			source := t.TempDir()
			p := logParser{source: source, overlay: filepath.Join(t.TempDir(), "overlay")}
			for name, text := range map[string]string{
				"layouts/page.html":   "{{ define \"main\" }}\n\n<p>{{ .Foo | nofunc }}</p>{{ end }}",
				"layouts/baseof.html": "<i>\n{{ nofunc }}",
				"layouts/home.html":   "{{ define \"main\" }}\n{{ end }}",
			} {
				if err := writeFile(filepath.Join(source, name), []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			p.settings.document, _ = parseTOML([]byte("title = 'x'\nlanguageCode = 'en'\n"))
			ds, err := p.parse(strings.NewReplacer("SRC", source, "OVER", p.overlay).Replace(tt.log))
			var got []string
			for _, d := range ds {
				got = append(got, d.Pos.String()+": "+d.Message+" ("+d.Rule+")")
			}
			if err != nil {
				got = append(got, "error: "+err.Error())
			}
			want := strings.ReplaceAll(tt.want, "SRC", source)
			if g := strings.Join(got, "\n"); g != want {
				t.Errorf("log:\n%s\ngot:\n%s\nwant:\n%s", tt.log, g, want)
			}
		})
	}
}

func TestLogDuplicatePaths(t *testing.T) {
	p := logParser{source: t.TempDir()}
	ds, err := p.parse("WARN  Duplicate target paths: /articles/a, b/index.html (2), /index.html (3)\n")
	if len(ds) != 0 || err != nil {
		t.Fatalf("got findings %v, error %v", ds, err)
	}
	if want := []string{"articles/a, b/index.html", "index.html"}; !slices.Equal(p.twice, want) {
		t.Errorf("got %q, want %q", p.twice, want)
	}
}

// Whatever Hugo says, there is no panic, and every finding has a file and a
// message on one line.
func FuzzLog(f *testing.F) {
	for _, l := range logs {
		f.Add(strings.NewReplacer("SRC", "/src", "OVER", "/over").Replace(l.log))
	}
	f.Add("WARN \x1b")
	f.Add("ERROR error building site: render: [en v1.0.0 guest] failed to render pages: render of \"/src/content/a\x1d/index.md\" failed: \"/src/layouts/page.html:3:6\":")
	f.Fuzz(func(t *testing.T, log string) {
		p := logParser{source: "/src", overlay: "/over"}
		ds, _ := p.parse(log)
		for _, d := range ds {
			if d.Pos.File == "" || d.Message == "" || strings.ContainsFunc(d.Message, unicode.IsControl) {
				t.Errorf("log %q: finding %+v", log, d)
			}
		}
	})
}
