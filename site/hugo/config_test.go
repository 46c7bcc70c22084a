package hugo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

// project makes a project of the files; a value "-> x" is a symbolic link.
func project(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		to, link := strings.CutPrefix(text, "-> ")
		if !link {
			writeTree(t, dir, map[string]string{name: text})
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, path); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func lines(ds []diag.Diagnostic) []string {
	var out []string
	for _, d := range ds {
		out = append(out, d.Pos.String()+": "+d.Message+" ("+d.Rule+")")
	}
	return out
}

func TestLanguages(t *testing.T) {
	for config, want := range map[string][]Language{
		"":                       {{"en", "en"}},
		"locale = 'en-US'":       {{"en", "en-US"}},
		"languageCode = 'en-GB'": {{"en", "en-GB"}},
		"locale = 'es-US'\ndefaultContentLanguage = 'ES'":                                               {{"es", "es-US"}},
		"locale = 'en-US'\n[languages.es]\nlocale = 'es-US'\n[languages.en]\n[languages.ar]":            {{"en", "en-US"}, {"ar", "ar"}, {"es", "es-US"}},
		"[languages.en]\nlocale = 'en-CA'\n[languages.fr]\ndisabled = true":                             {{"en", "en-CA"}},
		"disableLanguages = ['FR']\n[languages.en]\n[languages.fr]\nlocale = 'fr-CA'\n[languages.es]\n": {{"en", "en"}, {"es", "es"}},
	} {
		got, ds, err := ReadConfig(project(t, map[string]string{"hugo.toml": "baseURL = 'https://example.org/'\n" + config}))
		if err != nil || len(ds) > 0 || !slices.Equal(got.Languages, want) {
			t.Errorf("%s:\n got %v, %v, %v\nwant %v", config, got.Languages, ds, err, want)
		}
	}
}

func TestReadConfig(t *testing.T) {
	dir := project(t, map[string]string{
		"hugo.toml": `baseURL = "https://example.org/blog/"
title = "Clinic"
locale = "en-US"
timeZone = "America/Denver"
[params.clinicblog]
allow = ["https://video.example.net"]
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "brand"
target = "static/brand"
`,
		"brand/logo.svg":  "<svg/>",
		"static/robots":   "x",
		"content/a.md":    "x",
		"content/.#a.md":  "-> nobody@nowhere.1",
		"unrelated/.link": "-> /etc/passwd",
	})
	got, ds, err := ReadConfig(dir)
	if err != nil || len(ds) != 0 {
		t.Fatalf("got findings %q, error %v", lines(ds), err)
	}
	if got.BaseURL != "https://example.org/blog/" || got.Title != "Clinic" || !slices.Equal(got.Languages, []Language{{"en", "en-US"}}) || got.TimeZone != "America/Denver" {
		t.Errorf("got %+v", got)
	}
	if want := []string{"https://video.example.net"}; !slices.Equal(got.Allow, want) {
		t.Errorf("got allow %q, want %q", got.Allow, want)
	}
	if want := []Mount{{"content", "content"}, {"brand", "static/brand"}}; !slices.Equal(got.Mounts, want) {
		t.Errorf("got mounts %v, want %v", got.Mounts, want)
	}
	if got.statics["brand/logo.svg"] != "brand/logo.svg" || got.statics["robots"] != "static/robots" || len(got.statics) != 2 {
		t.Errorf("got static files %v", got.statics)
	}
}

func TestReadConfigFindings(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string // beginnings of the findings
	}{
		{"missing", map[string]string{}, []string{"hugo.toml: there is no hugo.toml in"}},
		{"other name", map[string]string{"hugo.yaml": "a: b"}, []string{"hugo.yaml: the configuration is in hugo.yaml"}},
		{"config folder", map[string]string{"hugo.toml": "", "config/_default/hugo.toml": ""}, []string{"config: the folder config is not read"}},
		{"syntax", map[string]string{"hugo.toml": "title = 'x'\nbaseURL =\n"}, []string{"hugo.toml:2:10: "}},
		{"bad UTF-8", map[string]string{"hugo.toml": "title = '\xff'\n"}, []string{"hugo.toml:1:10: "}},
		{"twice", map[string]string{"hugo.toml": "title = 'x'\ntitle = 'y'\n"}, []string{"hugo.toml:2:1: "}},
		{"twice in two cases", map[string]string{"hugo.toml": "title = 'x'\nTitle = 'y'\n"}, []string{"hugo.toml:2:1: title is set twice (hugo-config)"}},
		{"types", map[string]string{"hugo.toml": "title = 3\nbaseURL = ['x']\nlanguages = 1\n[params]\nclinicblog = 'x'\n"}, []string{
			"hugo.toml:1:1: title is not a string", "hugo.toml:2:1: baseurl is not a string",
			"hugo.toml:3:1: languages is not a table", "hugo.toml:5:1: params.clinicblog is not a table"}},
		{"base URL", map[string]string{"hugo.toml": "baseURL = 'nope'\n"}, []string{`hugo.toml:1:1: baseURL "nope" is not an absolute http or https URL`}},
		{"allow", map[string]string{"hugo.toml": "[params.clinicblog]\nallow = ['https://a.example',\n 'https://b.example/x', 3]\n"}, []string{
			"hugo.toml:3:2: https://b.example/x is not an origin", "hugo.toml:3:25: 3 is not an origin"}},
		{"mount of the machine", map[string]string{"hugo.toml": "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n[[module.mounts]]\n  source = '/etc'\ntarget = 'static'\n"},
			[]string{"hugo.toml:5:3: /etc is outside the project (outside-project)"}},
		{"inline mount", map[string]string{"hugo.toml": "module.mounts = [{source = '../x', target = 'content'}]\n"},
			[]string{"hugo.toml:1:19: ../x is outside the project"}},
		{"dotted mount in other case", map[string]string{"hugo.toml": "[Module]\n[[Module.Mounts]]\nSource = 'a/../..'\ntarget = 'content'\n"},
			[]string{"hugo.toml:3:1: a/../.. is outside the project"}},
		{"mount without source", map[string]string{"hugo.toml": "[[module.mounts]]\ntarget = 'content'\n"}, []string{"hugo.toml:1:10: a mount needs source and target"}},
		{"mount of a link", map[string]string{"hugo.toml": "[[module.mounts]]\nsource = 'x'\ntarget = 'static'\n", "x": "-> /etc"},
			[]string{"hugo.toml:2:1: x is a symbolic link that leads to /etc, outside the project"}},
		{"mount below a link", map[string]string{"hugo.toml": "[[module.mounts]]\nsource = 'x/ssl'\ntarget = 'static'\n", "x": "-> /etc"},
			[]string{"hugo.toml:2:1: x/ssl is a symbolic link that leads to /etc/ssl"}},
		{"static is a link", map[string]string{"hugo.toml": "", "static": "-> /etc"}, []string{"static: static is a symbolic link that leads to /etc, outside"}},
		{"static folders", map[string]string{"hugo.toml": "staticDir = ['static', '/etc']\nstaticDir2 = '..'\n"}, []string{"hugo.toml:1:24: /etc is outside", "hugo.toml:2:1: .. is outside"}},
		{"folders", map[string]string{"hugo.toml": "contentDir = '/a'\nlayoutDir = '/b'\ndataDir = '/c'\ni18nDir = '/d'\nassetDir = '/e'\narchetypeDir = '/f'\nthemesDir = '/g'\n"}, []string{
			"hugo.toml:1:1: /a is", "hugo.toml:2:1: /b is", "hugo.toml:3:1: /c is", "hugo.toml:4:1: /d is", "hugo.toml:5:1: /e is", "hugo.toml:6:1: /f is", "hugo.toml:7:1: /g is"}},
		{"folder of a language", map[string]string{"hugo.toml": "[languages.es]\ncontentDir = '../es'\n"}, []string{"hugo.toml:2:1: ../es is outside"}},
		{"language with its own security", map[string]string{"hugo.toml": "[languages.es.security.exec]\nallow = ['.*']\n"}, []string{"hugo.toml:1:15: security cannot be set for the language es alone"}},
		{"theme", map[string]string{"hugo.toml": "theme = ['a', '../../b', '/c']\n"}, []string{"hugo.toml:1:15: ../b is outside", "hugo.toml:1:26: /c is outside"}},
		{"import", map[string]string{"hugo.toml": "[[module.imports]]\npath = '/srv/theme'\n[module]\nreplacements = 'a -> ../../x'\nworkspace = '/hugo.work'\n"}, []string{
			"hugo.toml:2:1: /srv/theme is outside", "hugo.toml:4:1: ../x is outside", "hugo.toml:5:1: /hugo.work is outside"}},
		{"link in content", map[string]string{"hugo.toml": "", "content/a/b.md": "-> /etc/passwd", "content/c.md": "-> a.md", "content/a.md": ""}, []string{
			"content/a/b.md: content/a/b.md is a symbolic link that leads to /etc/passwd, outside the project (outside-project)",
			"content/c.md: content/c.md is a symbolic link to a.md, and Hugo leaves it out (symbolic-link)"}},
		{"link in a theme", map[string]string{"hugo.toml": "theme = 'a'\n", "themes/a/static": "-> /etc"}, []string{"themes/a/static: themes/a/static is a symbolic link that leads to /etc"}},
		{"no home", map[string]string{"hugo.toml": "disableKinds = ['home']\n"}, []string{"hugo.toml:1:17: the home page is disabled"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			settings, ds, err := ReadConfig(project(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			got := lines(ds)
			for _, want := range tt.want {
				if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, want) }) {
					t.Errorf("got %q, want %q among them", got, want)
				}
			}
			if len(got) != len(tt.want) {
				t.Errorf("got %d findings %q, want %d", len(got), got, len(tt.want))
			}
			if _, _, err := Render(t.Context(), Config{Settings: settings, Source: "."}); err == nil {
				t.Error("Render ran Hugo on a project that was refused")
			}
		})
	}
	if _, _, err := ReadConfig(filepath.Join(t.TempDir(), "nowhere")); err == nil {
		t.Error("got no error for a folder that does not exist")
	}
}

// A link that stays in the project is followed as a root, as Hugo does.
func TestReadConfigLinkInside(t *testing.T) {
	_, ds, err := ReadConfig(project(t, map[string]string{"hugo.toml": "", "content": "-> docs", "docs/a.md": "x"}))
	if err != nil || len(ds) != 0 {
		t.Errorf("got findings %q, error %v", lines(ds), err)
	}
}

// Every table that parses gives settings or findings, never a panic, and no
// position outside the file.
func FuzzReadConfig(f *testing.F) {
	for _, seed := range []string{
		"title = 'x'\n[[module.mounts]]\nsource='/etc'\ntarget='static'\n",
		"module.mounts = [{source = '../x', target = 'content'}, 3]\n",
		"[params.clinicblog]\nallow = [['x'], 'https://a']\n", "a.b.c = 1\n[a.b]\nd=2\n",
		"[[a]]\n[[a.b]]\nc = [{x = 1}]\n[[a.b]]\nc=2\n", "languages.es.security = 1\n", "theme = {}\n\"\" = 1\n",
		"[languages]\nen = 3\n[outputs]\nhome = 'html'\n", "\xef\xbb\xbftitle = 'x'\r\n", "x = '''\n", "module = []\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, configFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		settings, ds, err := ReadConfig(dir)
		if err != nil {
			return // a name that the system does not take
		}
		for _, d := range ds {
			if d.Pos.Line > strings.Count(text, "\n")+1 || d.Message == "" {
				t.Errorf("finding %+v", d)
			}
		}
		if !settings.refused {
			override(Config{Settings: settings, Source: dir, Scratch: dir, Overlay: map[string][]byte{"content/a.md": nil}}, "x")
		}
	})
}
