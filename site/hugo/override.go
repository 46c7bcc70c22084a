package hugo

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"
	"github.com/pelletier/go-toml/v2"
)

// listFormat is the name of the output format of the page list.
const listFormat = "clinicblogpages"

//go:embed pages.tmpl
var listTemplate []byte

func overlayDir(cfg Config) string { return filepath.Join(cfg.Scratch, "overlay") }

// writeScratch writes the overlay, the template of the page list and the
// configuration that is laid over hugo.toml. It returns the value of --config:
// of the files that it names, Hugo lets the last one win, key by key; lists are
// replaced whole.
func writeScratch(cfg Config) (string, error) {
	for _, name := range slices.Sorted(maps.Keys(cfg.Overlay)) {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return "", fmt.Errorf("write overlay: %s is outside the project", name)
		}
		if err := writeFile(filepath.Join(overlayDir(cfg), filepath.FromSlash(name)), cfg.Overlay[name]); err != nil {
			return "", fmt.Errorf("write overlay: %w", err)
		}
	}
	layouts := filepath.Join(cfg.Scratch, "layouts")
	if err := writeFile(filepath.Join(layouts, "home."+listFormat+".txt"), listTemplate); err != nil {
		return "", fmt.Errorf("write page list template: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(cfg.Scratch, "config"), 0o755); err != nil {
		return "", fmt.Errorf("make empty configuration folder: %w", err)
	}
	data, err := toml.Marshal(override(cfg, layouts))
	if err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	name := filepath.Join(cfg.Scratch, "override.toml")
	if err := writeFile(name, data); err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	// --config is a list with commas, and has no way to quote one.
	if rel, err := filepath.Rel(cfg.Source, name); err == nil && strings.Contains(name, ",") {
		name = rel
	}
	if strings.Contains(name, ",") {
		return "", errors.New("write configuration: Hugo takes no comma in the path " + name)
	}
	return configFile + "," + name, nil
}

type table = map[string]any

// override returns the settings that win over hugo.toml. Every key is spelled
// out, even where it is Hugo's default: what is left out here, hugo.toml could
// set.
func override(cfg Config, layouts string) table {
	ignore, _ := cfg.Settings.texts("ignorelogs")
	old, _ := cfg.Settings.texts("ignoreerrors")
	// Raw HTML is reported by the reader of the sources, tag by tag; Hugo only
	// knows the page.
	ignore = append(append(ignore, old...), "warning-goldmark-raw-html")

	caches := table{}
	for _, name := range []string{"assets", "getresource", "images", "misc", "modulegitinfo", "modulequeries", "modules"} {
		caches[name] = table{"dir": ":cacheDir"}
	}
	// A list of its own, not null: what is left out here, hugo.toml could set.
	stale := append([]string{}, cfg.Stale...)
	reviews := table{}
	for file, state := range cfg.Reviews {
		reviews[strings.ToLower(file)] = state
	}
	return table{
		"params":       table{"clinicblog": table{"stale": stale, "reviews": reviews}},
		"ignorelogs":   ignore,
		"ignoreerrors": ignore, // its old name, which Hugo lets win
		"security":     security,
		"markup":       markup,
		"caches":       caches,
		// What finish does once, for everything. The flag would lose to hugo.toml.
		"minify": table{"minifyoutput": false},
		"build":  table{"nojsconfiginassets": true, "buildstats": table{"enable": false}},
		"outputformats": table{listFormat: table{
			"mediatype": "text/plain", "basename": "clinicblog-pages", // plain: nothing minifies it
			"isplaintext": true, "ishtml": false, "notalternative": true,
		}},
		"outputs": table{"home": append(homeOutputs(cfg.Settings), listFormat)},
		"module":  table{"mounts": mounts(cfg, layouts)},
	}
}

func homeOutputs(s Settings) []string {
	if home, _ := s.texts("outputs.home"); len(home) > 0 {
		return home
	}
	return []string{"html", "rss"}
}

// security lets templates run no program, read no variable and fetch nothing:
// a build depends on the project alone. Content is Markdown only; Hugo would
// publish an HTML file as it is.
var security = table{
	"allowcontent":           []string{"^text/markdown$"},
	"enableinlineshortcodes": false,
	"exec":                   table{"allow": []string{"none"}, "osenv": []string{"none"}},
	"funcs":                  table{"getenv": []string{"none"}},
	"http":                   table{"urls": []string{"none"}, "methods": []string{"none"}, "mediatypes": []string{"none"}},
	"node": table{"permissions": table{
		"disable": false, "allowread": []string{}, "allowwrite": []string{},
		"allowaddons": []string{}, "allowworker": []string{}, "allowchildprocess": []string{},
	}},
}

// markup is Hugo's default for everything that decides how Markdown is read.
// The reader of the sources is configured alike: the two must agree.
var markup = table{
	"defaultmarkdownhandler": "goldmark",
	"goldmark": table{
		"duplicateresourcefiles": false,
		"parser": table{
			"autodefinitiontermid": false, "autoheadingid": true,
			"autoidtype": "github", "autoheadingidtype": "github", // the old name wins where it is set
			"wrapstandaloneimagewithinparagraph": true,
			"attribute":                          table{"title": true, "block": false},
		},
		"renderer": table{"hardwraps": false, "unsafe": false, "xhtml": false},
		"extensions": table{
			"definitionlist": true, "table": true, "strikethrough": true, "tasklist": true,
			"linkify": true, "linkifyprotocol": "https",
			"footnote": table{"enable": true, "enableautoidprefix": false, "backlinkhtml": "&#x21a9;&#xfe0e;"},
			"typographer": table{
				"disable":         false,
				"leftsinglequote": "&lsquo;", "rightsinglequote": "&rsquo;",
				"leftdoublequote": "&ldquo;", "rightdoublequote": "&rdquo;",
				"leftanglequote": "&laquo;", "rightanglequote": "&raquo;",
				"endash": "&ndash;", "emdash": "&mdash;", "ellipsis": "&hellip;", "apostrophe": "&rsquo;",
			},
			"passthrough": table{"enable": false},
			"cjk":         table{"enable": false, "eastasianlinebreaks": false, "escapedspace": false},
			"extras": table{
				"delete": table{"enable": false}, "insert": table{"enable": false}, "mark": table{"enable": false},
				"subscript": table{"enable": false}, "superscript": table{"enable": false},
			},
		},
	},
}

// mounts returns the mounts of hugo.toml with the tool's own before them: the
// first mount that has a file wins. A component that has a mount loses Hugo's
// default folder, so that is named again.
func mounts(cfg Config, layouts string) []table {
	all := []table{{"source": layouts, "target": "layouts"}}
	declared := map[string]bool{}
	add := func(m table) {
		src, _ := m["source"].(string)
		if hasBelow(cfg.Overlay, filepath.ToSlash(filepath.Clean(src))) {
			over := maps.Clone(m)
			over["source"] = filepath.Join(overlayDir(cfg), src)
			all = append(all, over)
		}
		all = append(all, m)
	}
	for _, m := range cfg.Settings.tables("module.mounts") {
		target, _ := m["target"].(string)
		component, _, _ := strings.Cut(path.Clean(filepath.ToSlash(target)), "/")
		declared[component] = true
		add(m)
	}
	if !declared["layouts"] {
		add(table{"source": cfg.Settings.dir("layoutdir", "layouts"), "target": "layouts"})
	}
	if data := cfg.Settings.dir("datadir", "data"); !declared["data"] && hasBelow(cfg.Overlay, data) {
		add(table{"source": data, "target": "data"})
	}
	if len(cfg.Overlay) == 0 || declared["content"] {
		return all
	}
	content := cfg.Settings.dir("contentdir", "content")
	languages, _ := cfg.Settings.get("languages").(map[string]any)
	for _, lang := range slices.Sorted(maps.Keys(languages)) {
		if own := cfg.Settings.dir("languages."+lang+".contentdir", content); own != content {
			add(table{"source": own, "target": "content", "sites": table{"matrix": table{"languages": []string{lang}}}})
		}
	}
	add(table{"source": content, "target": "content"})
	return all
}

func (s Settings) dir(key, fallback string) string {
	if dir, ok := s.get(key).(string); ok && dir != "" {
		return dir
	}
	return fallback
}

// hasBelow reports whether a slash-separated path in files is dir or below it.
func hasBelow(files map[string][]byte, dir string) bool {
	for name := range files {
		if name == dir || dir == "." || strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	return false
}

// openCache returns the folder in which Hugo keeps processed images, and what
// to call when Hugo has ended, with whether it ended well. Hugo writes its
// cache in place: after a crash it would publish half an image, so a cache
// whose last run did not end well is emptied. A second build of the project at
// the same time gets a cache of its own.
func openCache(cfg Config) (dir string, done func(ok bool), err error) {
	base := cfg.Cache
	own := filepath.Join(cfg.Scratch, "cache")
	if base == "" {
		user, err := cacheDir()
		if err != nil {
			return own, func(bool) {}, nil
		}
		base = filepath.Join(user, "resources")
	}
	sum := sha256.Sum256([]byte(cfg.Source))
	dir = filepath.Join(base, filepath.Base(cfg.Source)+"-"+hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(base, 0o755); err != nil {
		return own, func(bool) {}, nil // a cache that cannot be written costs time, not the site
	}
	lock := flock.New(dir + ".lock")
	if locked, err := lock.TryLock(); err != nil || !locked {
		return own, func(bool) {}, nil
	}
	running := dir + ".running"
	if _, err := os.Stat(running); err == nil {
		if err := os.RemoveAll(dir); err != nil {
			lock.Close()
			return "", nil, fmt.Errorf("empty cache: %w", err)
		}
	}
	if err := os.WriteFile(running, nil, 0o644); err != nil {
		lock.Close()
		return own, func(bool) {}, nil
	}
	shareCompiled(base, dir)
	return dir, func(ok bool) {
		if ok {
			os.Remove(running)
		}
		lock.Close()
	}, nil
}

// shareCompiled lets all projects of a user share the image codecs that Hugo
// compiles for this machine: 30 MB, and three seconds. They are written under
// another name and moved into place whole. Without a link each project compiles
// its own.
func shareCompiled(base, dir string) {
	compiled := filepath.Join(base, "_warpc")
	if os.MkdirAll(compiled, 0o755) == nil && os.MkdirAll(dir, 0o755) == nil {
		_ = os.Symlink(compiled, filepath.Join(dir, "_warpc"))
	}
}
