package hugo

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clinicblog/site/diag"
)

const listFile = "clinicblog-pages.txt"

// listing is what the page lists say.
type listing struct {
	Site
	findings []diag.Diagnostic
}

// readPages reads the page lists that pages.tmpl made, one a language, and
// removes them from the site.
func readPages(cfg Config) (listing, error) {
	// The default language is at the root, or in a folder like the others.
	dirs := []string{""}
	for _, lang := range cfg.Settings.Languages {
		dirs = append(dirs, lang.Key)
	}
	var (
		list  listing
		found bool
	)
	for _, dir := range dirs {
		name := filepath.Join(cfg.Destination, dir, listFile)
		data, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return listing{}, fmt.Errorf("read page list: %w", err)
		}
		found = true
		err = list.read(cfg, data)
		data.Close()
		if err != nil {
			return listing{}, fmt.Errorf("read page list: %w", err)
		}
		if err := os.Remove(name); err != nil {
			return listing{}, fmt.Errorf("remove page list: %w", err)
		}
	}
	if !found {
		// The one setting that hugo.toml does not decide.
		list.findings = append(list.findings, configRule.At(diag.Pos{File: "content/_index.md"},
			"Hugo made no list of pages: the home page sets outputs or build of its own, or is not published"))
	}
	return list, nil
}

// read appends the pages of one list.
func (list *listing) read(cfg Config, f *os.File) error {
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<16), 64<<20)
	first := true
	for lines.Scan() {
		if len(lines.Bytes()) == 0 {
			continue
		}
		if first {
			var e Edition
			if err := json.Unmarshal(lines.Bytes(), &[5]any{&list.BaseURL, &e.Key, &e.Tag, &e.Title, &e.Home}); err != nil {
				return err
			}
			list.Languages = append(list.Languages, e)
			first = false
			continue
		}
		var (
			p                     Page
			date, publish, change time.Time
			image                 []any
			aliases               []string
		)
		if err := json.Unmarshal(lines.Bytes(), &[14]any{
			&p.Source, &p.Permalink, &p.Parent, &p.Kind, &p.Type, &p.Section, &p.Lang,
			&p.Title, &p.Description, &date, &publish, &change, &image, &aliases,
		}); err != nil {
			return err
		}
		p.Source = inProject(cfg.Source, overlayDir(cfg), p.Source)
		p.Date, p.PublishDate, p.Lastmod = stamp(date), stamp(publish), stamp(change)
		if err := p.place(cfg, list.BaseURL); err != nil {
			return err
		}
		if len(image) == 5 {
			list.findings = append(list.findings, p.setImage(cfg, list.BaseURL, image)...)
		}
		for _, name := range aliases {
			list.Aliases = append(list.Aliases, Alias{Output: aliasFile(name), Source: p.Source, To: p.RelPermalink})
		}
		list.Pages = append(list.Pages, p)
	}
	return lines.Err()
}

// aliasFile returns where Hugo writes an alias.
func aliasFile(name string) string {
	out := strings.TrimPrefix(path.Clean("/"+name), "/")
	if ext := path.Ext(out); ext == ".html" || ext == ".htm" {
		return out
	}
	return path.Join(out, "index.html")
}

// stamp formats a time; Hugo's zero time means that there is none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// place sets RelPermalink and Output, both out of Hugo's permalink. A page that
// only has a link (front matter build.render) has no Output.
func (p *Page) place(cfg Config, baseURL string) error {
	if p.Permalink == "" {
		return nil
	}
	u, err := url.Parse(p.Permalink)
	if err != nil {
		return fmt.Errorf("parse permalink of %s: %w", p.Source, err)
	}
	base, err := url.Parse(baseURL)
	if err != nil {
		return fmt.Errorf("parse base URL: %w", err)
	}
	p.RelPermalink = u.EscapedPath()
	out := strings.TrimPrefix(strings.TrimPrefix(u.Path, strings.TrimSuffix(base.Path, "/")), "/")
	if out == "" || strings.HasSuffix(out, "/") {
		out += "index.html"
	}
	if _, err := os.Lstat(filepath.Join(cfg.Destination, filepath.FromSlash(out))); err == nil {
		p.Output = out
	}
	return nil
}

// setImage takes the image column: the name in the front matter, what Hugo
// resolved it to, width, height and what was wrong with it.
func (p *Page) setImage(cfg Config, baseURL string, column []any) []diag.Diagnostic {
	name, _ := column[0].(string)
	link, _ := column[1].(string)
	width, _ := column[2].(float64)
	height, _ := column[3].(float64)
	why, _ := column[4].(string)
	at := diag.Pos{File: p.Source}
	switch {
	case why != "":
		return []diag.Diagnostic{imageRule.At(at, "image %q cannot be used: %s", name, withoutNoise(why))}
	case link != "":
		p.Image = &Image{URL: link, Width: int(width), Height: int(height)}
	case strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://"):
		p.Image = &Image{URL: name}
	default:
		file := strings.TrimPrefix(path.Clean("/"+name), "/")
		if cfg.Settings.statics[file] == "" {
			return []diag.Diagnostic{imageRule.At(at, "image %q is neither beside the page nor below assets/ or static/", name)}
		}
		p.Image = &Image{URL: strings.TrimSuffix(baseURL, "/") + (&url.URL{Path: "/" + file}).EscapedPath()}
	}
	return nil
}

// duplicates reports what shares a URL: pages, aliases and files of static/.
// Hugo says nothing of most of these, and publishes one of the two. twice are
// the paths that Hugo itself saw written more than once.
func (list *listing) duplicates(cfg Config, twice []string) []diag.Diagnostic {
	var ds []diag.Diagnostic
	owner := make(map[string]Page, len(list.Pages))
	told := map[string]bool{}
	clash := func(at, a, b, out string) {
		told[out] = true
		ds = append(ds, duplicateRule.At(diag.Pos{File: at}, "%s and %s are both published as %s", a, b, out))
	}
	for _, p := range list.Pages {
		if p.Output == "" {
			continue
		}
		if first, ok := owner[p.Output]; ok {
			// Hugo's order differs from run to run.
			if describe(first) > describe(p) {
				first, p = p, first
			}
			clash(sourceOf(p, first), describe(first), describe(p), p.Output)
		} else if static := cfg.Settings.statics[p.Output]; static != "" {
			clash(static, static, describe(p), p.Output)
		}
		owner[p.Output] = p
	}
	slices.SortFunc(list.Aliases, func(a, b Alias) int {
		return cmp.Or(cmp.Compare(a.Output, b.Output), cmp.Compare(a.Source, b.Source))
	})
	for i, a := range list.Aliases {
		what := "an alias of " + a.Source
		if p, ok := owner[a.Output]; ok {
			clash(a.Source, what, describe(p), a.Output)
		} else if static := cfg.Settings.statics[a.Output]; static != "" {
			clash(a.Source, what, static, a.Output)
		} else if i > 0 && list.Aliases[i-1].Output == a.Output {
			clash(a.Source, what, "one of "+list.Aliases[i-1].Source, a.Output)
		}
	}
	for _, out := range twice {
		if told[out] {
			continue
		}
		at := configFile
		if p, ok := owner[out]; ok {
			at = sourceOf(p, p)
		}
		ds = append(ds, duplicateRule.At(diag.Pos{File: at}, "%s is written twice", out))
	}
	return ds
}

func describe(p Page) string {
	if p.Source == "" {
		return "the " + p.Kind + " page " + p.Title
	}
	return p.Source
}

// sourceOf returns the first file behind two pages.
func sourceOf(p, other Page) string {
	for _, s := range []string{p.Source, other.Source} {
		if s != "" {
			return s
		}
	}
	return configFile
}

// inProject maps an absolute file name to its path in the project: from the
// overlay, or from the project itself. Other names come back as they are.
func inProject(source, overlay, name string) string {
	for _, dir := range []string{overlay, source} {
		if rel, err := filepath.Rel(dir, name); name != "" && err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return name
}
