package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// Settings is what the rest of the program needs of hugo.toml.
type Settings struct {
	BaseURL  string // "" when hugo.toml has none
	Title    string
	TimeZone string   // IANA name, "" is UTC
	Allow    []string // origins that pages may load from: params.clinicblog.allow
	Mounts   []Mount  // module.mounts; empty when Hugo's own folders hold

	Languages []Language // the default first, the others by key; never empty

	document
	statics map[string]string // file published as it is -> its path in the project
	refused bool
}

// Language is a language of the site: its key in hugo.toml, which is also the
// suffix of its files, and its tag of BCP 47, which pages carry.
type Language struct{ Key, Tag string }

// Mount is a folder or file of the project and where Hugo sees it.
type Mount struct{ Source, Target string }

// Folders are those that a component, "assets" or "static", is made of. Target
// is the place of their files in it: "", or "img" for a mount at static/img.
func (s Settings) Folders(component string) []Mount {
	var found []Mount
	for _, m := range s.Mounts {
		if at, ok := strings.CutPrefix(path.Clean(filepath.ToSlash(m.Target))+"/", component+"/"); ok {
			found = append(found, Mount{path.Clean(filepath.ToSlash(m.Source)), strings.TrimSuffix(at, "/")})
		}
	}
	if len(found) > 0 {
		return found
	}
	dirs, _ := s.texts(strings.TrimSuffix(component, "s") + "dir")
	if len(dirs) == 0 {
		dirs = []string{component}
	}
	for _, dir := range dirs {
		found = append(found, Mount{Source: path.Clean(filepath.ToSlash(dir))})
	}
	return found
}

// Value returns what hugo.toml has at a dotted path of tables, all in lower case,
// nil when there is nothing. Keys of tables in it are in lower case too.
func (s Settings) Value(path string) any { return s.get(path) }

// At returns the place of such a path in hugo.toml, or of the nearest table
// around it.
func (s Settings) At(path string) diag.Pos { return s.pos(path) }

// ReadConfig reads hugo.toml in a folder and checks that every folder which
// Hugo would read lies in the project. Findings are at their place in
// hugo.toml, or at the symbolic link itself. An error means that the folder
// cannot be read.
func ReadConfig(source string) (Settings, []diag.Diagnostic, error) {
	data, err := os.ReadFile(filepath.Join(source, configFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(source); err != nil {
			return Settings{}, nil, fmt.Errorf("open project: %w", err)
		}
		return Settings{refused: true}, []diag.Diagnostic{missingConfig(source)}, nil
	}
	if err != nil {
		return Settings{}, nil, fmt.Errorf("read configuration: %w", err)
	}
	doc, ds := parseTOML(data)
	if doc.values == nil {
		return Settings{refused: true}, ds, nil
	}
	r := reader{Settings: Settings{document: doc, statics: map[string]string{}}, source: source, ds: ds}
	r.settings()
	r.owned()
	if err := r.contained(); err != nil {
		return Settings{}, nil, err
	}
	errs, _ := diag.Count(r.ds)
	r.refused = errs > 0
	return r.Settings, diag.Sort(r.ds), nil
}

// missingConfig tells a folder without configuration from one whose
// configuration has another name.
func missingConfig(source string) diag.Diagnostic {
	for _, base := range []string{"hugo", "config"} {
		for _, ext := range []string{".yaml", ".yml", ".json", ".toml"} {
			name := base + ext
			if _, err := os.Stat(filepath.Join(source, name)); err == nil {
				return configRule.At(diag.Pos{File: name}, "the configuration is in %s; only %s is read", name, configFile)
			}
		}
	}
	return configRule.At(diag.Pos{File: configFile}, "there is no %s in %s", configFile, source)
}

// reader collects settings and findings.
type reader struct {
	Settings
	source string // folder of the project
	real   string // the same without symbolic links
	ds     []diag.Diagnostic
}

func (r *reader) report(rule diag.Info, path, format string, args ...any) {
	r.ds = append(r.ds, rule.At(r.pos(path), format, args...))
}

// text returns the string at path, "" when it is absent or of another type.
func (r *reader) text(path string) string {
	v := r.get(path)
	s, ok := v.(string)
	if v != nil && !ok {
		r.report(configRule, path, "%s is not a string", path)
	}
	return s
}

func (r *reader) settings() {
	r.BaseURL = r.text("baseurl")
	if r.BaseURL != "" {
		if why := wrongBaseURL(r.BaseURL); why != "" {
			r.report(configRule, "baseurl", "baseURL %s", why)
		}
	}
	r.Title = r.text("title")
	r.TimeZone = r.text("timezone")

	for _, table := range []string{"params", "params.clinicblog", "params.clinicblog.check", "outputs", "module", "languages"} {
		if v := r.get(table); v != nil {
			if _, ok := v.(map[string]any); !ok {
				r.report(configRule, table, "%s is not a table", table)
			}
		}
	}
	r.languages()
	const allow = "params.clinicblog.allow"
	if v := r.get(allow); v != nil {
		list, ok := v.([]any)
		if !ok {
			r.report(configRule, allow, "%s is not a list of origins", allow)
		}
		for i, e := range list {
			origin, _ := e.(string)
			u, err := url.Parse(origin)
			if err != nil || u.Host == "" || origin != u.Scheme+"://"+u.Host {
				r.report(configRule, fmt.Sprintf("%s[%d]", allow, i), "%v is not an origin such as https://example.org", e)
				continue
			}
			r.Allow = append(r.Allow, origin)
		}
	}

	if v := r.get("module.mounts"); v != nil {
		mounts := r.tables("module.mounts")
		if list, ok := v.([]any); !ok || len(mounts) != len(list) {
			r.report(configRule, "module.mounts", "module.mounts is not a list of tables")
		}
		for i, m := range mounts {
			src, _ := m["source"].(string)
			target, _ := m["target"].(string)
			if src == "" || target == "" {
				r.report(configRule, fmt.Sprintf("module.mounts[%d]", i), "a mount needs source and target, both strings")
				continue
			}
			r.Mounts = append(r.Mounts, Mount{Source: src, Target: target})
		}
	}
}

// languages reads which languages the site has, and how each is tagged.
func (r *reader) languages() {
	first := cmp.Or(strings.ToLower(r.text("defaultcontentlanguage")), "en")
	off, _ := r.texts("disablelanguages")
	tables, _ := r.get("languages").(map[string]any)
	keys := []string{first}
	for _, key := range slices.Sorted(maps.Keys(tables)) {
		table, _ := tables[key].(map[string]any)
		if key != first && table["disabled"] != true && !slices.ContainsFunc(off, func(o string) bool { return strings.EqualFold(o, key) }) {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		l := Language{Key: key, Tag: key}
		paths := []string{"languages." + key + ".languagecode", "languages." + key + ".locale"}
		if key == first {
			paths = append([]string{"languagecode", "locale"}, paths...)
		}
		for _, path := range paths {
			l.Tag = cmp.Or(r.text(path), l.Tag)
		}
		r.Languages = append(r.Languages, l)
	}
}

// owned reports settings that would silently lose to, or undo, what the tool
// sets itself.
func (r *reader) owned() {
	if info, err := os.Stat(filepath.Join(r.source, "config")); err == nil && info.IsDir() {
		r.ds = append(r.ds, configRule.At(diag.Pos{File: "config"}, "the folder config is not read, only %s", configFile))
	}
	// A language has its own copy of every setting, and it wins.
	owned := []string{
		"baseurl", "security", "markup", "module", "caches", "outputs", "outputformats", "mediatypes",
		"contenttypes", "theme", "themesdir", "publishdir", "disablekinds", "ignorelogs",
	}
	languages, _ := r.get("languages").(map[string]any)
	for lang, v := range languages {
		table, _ := v.(map[string]any)
		for key := range table {
			if slices.Contains(owned, key) {
				r.report(configRule, "languages."+lang+"."+key, "%s cannot be set for the language %s alone", key, lang)
			}
		}
	}
	kinds, paths := r.texts("disablekinds")
	for i, kind := range kinds {
		if strings.EqualFold(kind, "home") {
			r.report(configRule, paths[i], "the home page is disabled, and the list of pages with it")
		}
	}
}
