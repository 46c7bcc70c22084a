package hugo

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// root is a file or folder that Hugo reads.
type root struct {
	dir    string // as written
	key    string // where in hugo.toml; "" when it is Hugo's default
	static string // what it publishes lands here: "/" or "/img"; "" when it is not static
}

// contained reports every root, and every symbolic link below one, that leads
// out of the project, and gathers the files that are published as they are.
func (r *reader) contained() error {
	var err error
	if r.real, err = filepath.EvalSymlinks(r.source); err != nil {
		return fmt.Errorf("open project: %w", err)
	}
	if r.real, err = filepath.Abs(r.real); err != nil {
		return fmt.Errorf("open project: %w", err)
	}
	seen := map[string]bool{}
	for _, root := range r.roots() {
		if err := r.check(root, seen); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) roots() []root {
	var roots []root
	add := func(key, fallback, static string) {
		dirs, keys := r.texts(key)
		for i, dir := range dirs {
			roots = append(roots, root{dir, keys[i], static})
		}
		if fallback != "" && len(dirs) == 0 {
			roots = append(roots, root{fallback, "", static})
		}
	}
	prefixes := []string{""}
	languages, _ := r.get("languages").(map[string]any)
	for _, lang := range slices.Sorted(maps.Keys(languages)) {
		prefixes = append(prefixes, "languages."+lang+".")
	}
	for _, prefix := range prefixes {
		own := func(dir string) string { // only the project as a whole has default folders
			if prefix != "" {
				return ""
			}
			return dir
		}
		add(prefix+"contentdir", own("content"), "")
		add(prefix+"layoutdir", own("layouts"), "")
		add(prefix+"datadir", own("data"), "")
		add(prefix+"i18ndir", own("i18n"), "")
		add(prefix+"archetypedir", own("archetypes"), "")
		add(prefix+"assetdir", own("assets"), "")
		add(prefix+"staticdir", own("static"), "/")
		for i := range 11 {
			add(fmt.Sprintf("%sstaticdir%d", prefix, i), "", "/")
		}
	}
	add("themesdir", "themes", "")
	roots = append(roots, root{dir: "_vendor"})

	themes := "themes"
	if s, ok := r.get("themesdir").(string); ok {
		themes = s
	}
	names, keys := r.texts("theme")
	for i, name := range names {
		roots = append(roots, root{inThemes(themes, name), keys[i], ""})
	}
	for i, imp := range r.tables("module.imports") {
		if name, ok := imp["path"].(string); ok {
			roots = append(roots, root{inThemes(themes, name), fmt.Sprintf("module.imports[%d].path", i), ""})
		}
	}
	replacements, keys := r.texts("module.replacements")
	for i, list := range replacements {
		for pair := range strings.SplitSeq(list, ",") {
			_, to, _ := strings.Cut(pair, "->")
			roots = append(roots, root{inThemes(themes, strings.TrimSpace(to)), keys[i], ""})
		}
	}
	if s, ok := r.get("module.workspace").(string); ok && s != "off" {
		roots = append(roots, root{s, "module.workspace", ""})
	}
	for i, m := range r.tables("module.mounts") {
		src, _ := m["source"].(string)
		target, _ := m["target"].(string)
		static := ""
		if t := path.Clean(filepath.ToSlash(target)); t == "static" || strings.HasPrefix(t, "static/") {
			static = "/" + strings.TrimPrefix(t[len("static"):], "/")
		}
		if src != "" {
			roots = append(roots, root{src, fmt.Sprintf("module.mounts[%d].source", i), static})
		}
	}
	return roots
}

// inThemes joins a theme's name to the folder of themes; an absolute name
// stays what it is.
func inThemes(themes, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(themes, name)
}

// check walks one root. The findings of a root are at its key in hugo.toml;
// those below it are at the file.
func (r *reader) check(root root, seen map[string]bool) error {
	rel := filepath.ToSlash(filepath.Clean(root.dir))
	at := diag.Pos{File: rel}
	if root.key != "" {
		at = r.pos(root.key)
	}
	if !filepath.IsLocal(root.dir) {
		r.ds = append(r.ds, outsideRule.At(at, "%s is outside the project", root.dir))
		return nil
	}
	if seen[rel+"\x00"+root.static] {
		return nil
	}
	seen[rel+"\x00"+root.static] = true

	abs := filepath.Join(r.source, root.dir)
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // Hugo passes over a folder that is not there
	}
	if err != nil {
		return fmt.Errorf("resolve %s: %w", rel, err)
	}
	if !r.inside(real) {
		r.ds = append(r.ds, outsideRule.At(at, "%s is a symbolic link that leads to %s, outside the project", rel, real))
		return nil
	}
	return filepath.WalkDir(real, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read %s: %w", rel, err)
		}
		below, err := filepath.Rel(real, name)
		if err != nil {
			return err
		}
		file := path.Join(rel, filepath.ToSlash(below))
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			r.link(name, file)
		case d.IsDir():
		case !d.Type().IsRegular():
			r.ds = append(r.ds, linkRule.At(diag.Pos{File: file}, "%s is neither a file nor a folder", file))
		case root.static != "":
			r.statics[strings.TrimPrefix(path.Join(root.static, filepath.ToSlash(below)), "/")] = file
		}
		return nil
	})
}

// link reports a symbolic link below a root.
func (r *reader) link(name, file string) {
	if strings.HasPrefix(path.Base(file), ".#") {
		return // the lock of an editor, a link to nowhere
	}
	to, err := os.Readlink(name)
	if err != nil {
		to = "?"
	}
	if real, err := filepath.EvalSymlinks(name); err == nil && !r.inside(real) {
		r.ds = append(r.ds, outsideRule.At(diag.Pos{File: file}, "%s is a symbolic link that leads to %s, outside the project", file, to))
		return
	}
	r.ds = append(r.ds, linkRule.At(diag.Pos{File: file}, "%s is a symbolic link to %s, and Hugo leaves it out", file, to))
}

func (r *reader) inside(real string) bool {
	real, err := filepath.Abs(real)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(r.real, real)
	return err == nil && filepath.IsLocal(rel)
}
