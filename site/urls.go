package site

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/hugo"
	"clinicblog/site/urls"
)

// readURLs reads the project's list of addresses; there is none before
// `clinicblog urls` has run for the first time.
func readURLs(source string) (list urls.List, kept bool, ds []diag.Diagnostic, err error) {
	data, err := os.ReadFile(filepath.Join(source, urls.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return urls.List{}, false, nil, nil
	}
	if err != nil {
		return urls.List{}, false, nil, fmt.Errorf("read list of addresses: %w", err)
	}
	list, ds = urls.Parse(data)
	return list, true, ds, nil
}

// writeURLs puts the list in the place of the one before, whole.
func writeURLs(source string, list urls.List) error {
	if err := writeSource(filepath.Join(source, urls.Name), list.Format()); err != nil {
		return fmt.Errorf("write list of addresses: %w", err)
	}
	return nil
}

// builtURLs says what is published, in the words of the list: pages, and the
// feeds, calendars and documents that people subscribe to or keep.
func builtURLs(source, dir string, rendered hugo.Site, withheld map[string]string) (urls.Built, error) {
	b := urls.Built{
		Pages: map[string]string{}, Withheld: map[string]bool{}, Aliases: map[string]string{},
		Exists: func(address string) bool {
			info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(outputOf(address))))
			return err == nil && info.Mode().IsRegular()
		},
		Present: func(name string) bool {
			_, err := os.Stat(filepath.Join(source, filepath.FromSlash(name)))
			return err == nil
		},
	}
	for _, p := range rendered.Pages {
		if p.Output == "" {
			continue
		}
		b.Pages[addressOf(p.Output)] = p.Source
		if withheld[p.Output] != "" {
			b.Withheld[addressOf(p.Output)] = true
		}
	}
	for _, a := range rendered.Aliases {
		b.Aliases[addressOf(a.Output)] = a.Source
	}
	files, types, err := publishedFiles(dir)
	if err != nil {
		return b, err
	}
	for _, f := range files {
		ext := strings.ToLower(path.Ext(f.Path))
		if (ext == ".ics" || ext == ".pdf" || types[f.Path] != "") && urls.Wrong("/"+f.Path) == "" {
			b.Pages["/"+f.Path] = ""
		}
	}
	return b, nil
}

// wrongAliases reports aliases that Hugo would write elsewhere than they say, or
// not at all.
func wrongAliases(source string, static []hugo.Mount, index *content.Index) []diag.Diagnostic {
	fileAt := func(address string) string {
		for _, m := range static {
			rest, ok := strings.CutPrefix(address, path.Join("/", m.Target))
			if !ok {
				continue
			}
			name := path.Join(m.Source, rest)
			if info, err := os.Stat(filepath.Join(source, filepath.FromSlash(name))); err == nil && info.Mode().IsRegular() {
				return name
			}
		}
		return ""
	}
	var ds []diag.Diagnostic
	for _, p := range index.Pages {
		for _, alias := range p.Aliases {
			ds = append(ds, urls.WrongAlias(alias, fileAt(path.Clean(alias)), p.At("aliases"))...)
		}
	}
	return ds
}

// addressOf is where a file is found, below the home page.
func addressOf(output string) string {
	if dir, ok := strings.CutSuffix(output, "index.html"); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		return "/" + dir
	}
	return "/" + output
}

// outputOf is the file at an address; one without an extension of HTML is that
// of a folder.
func outputOf(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		return name + "index.html"
	}
	return name
}

// redirectsOf returns the list's redirects and retracted addresses as paths
// from the root of the host, beside those that are known already.
func redirectsOf(list urls.List, baseURL string, moved []host.Move) ([]host.Move, []string, error) {
	base, err := basePath(baseURL)
	if err != nil {
		return nil, nil, err
	}
	full := func(address string) string {
		if rest, ok := strings.CutPrefix(address, "/"); ok {
			return base + rest
		}
		return address
	}
	moves, gone := list.Moves()
	for _, m := range moves {
		moved = append(moved, host.Move{From: full(m[0]), To: full(m[1])})
	}
	for i := range gone {
		gone[i] = full(gone[i])
	}
	slices.SortFunc(moved, func(a, b host.Move) int { return strings.Compare(a.From, b.From) })
	return moved, gone, nil
}

// writeRedirectPages puts a page at each address of the list that has moved,
// as Hugo does for aliases.
func writeRedirectPages(dir string, list urls.List, baseURL, language string) error {
	moves, _ := list.Moves()
	for _, m := range moves {
		to := m[1]
		if rest, ok := strings.CutPrefix(to, "/"); ok {
			u, err := url.Parse(rest)
			if err != nil {
				return fmt.Errorf("read address: %w", err)
			}
			to = strings.TrimSuffix(baseURL, "/") + "/" + u.String()
		}
		name := outputOf(m[0])
		if ext := path.Ext(name); ext != ".html" && ext != ".htm" {
			name += "/index.html"
		}
		to = html.EscapeString(to)
		page := fmt.Sprintf(`<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title><link rel="canonical" href="%[2]s"><meta http-equiv="refresh" content="0; url=%[2]s"></head><body></body></html>`, language, to)
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(name)), []byte(page)); err != nil {
			return fmt.Errorf("write redirect page: %w", err)
		}
	}
	return nil
}

// RecordURLs builds the site aside and adds what is new to the list of
// addresses. Findings that are errors leave the list as it was.
func RecordURLs(ctx context.Context, cfg Config) (added int, ds []diag.Diagnostic, err error) {
	scratch, err := os.MkdirTemp("", "clinicblog-urls-")
	if err != nil {
		return 0, nil, fmt.Errorf("make folder for the build: %w", err)
	}
	defer os.RemoveAll(scratch)
	cfg.Destination, cfg.BaseURL = filepath.Join(scratch, "site"), ""
	b, err := newBuild(cfg)
	if err != nil {
		return 0, nil, err
	}
	b.recording = true
	if err := b.run(ctx); err != nil {
		return 0, nil, err
	}
	ds = slices.DeleteFunc(diag.Sort(b.findings), func(d diag.Diagnostic) bool { return d.Rule == urls.Unlisted })
	if errs, _ := diag.Count(ds); errs > 0 {
		return 0, ds, nil
	}
	list, _, _, err := readURLs(b.cfg.Source)
	if err != nil {
		return 0, ds, err
	}
	before := len(list.Entries)
	list.Home = b.home
	list.Add(b.published)
	return len(list.Entries) - before, ds, writeURLs(b.cfg.Source, list)
}

// editURLs changes the list of addresses. Addresses may be given as they stand
// in a browser; they are handed to change as paths below the home page.
func editURLs(source string, addresses []string, change func(list *urls.List, paths []string) error) error {
	settings, _, err := hugo.ReadConfig(source)
	if err != nil {
		return err
	}
	base, err := url.Parse(settings.BaseURL)
	if err != nil {
		return fmt.Errorf("parse base URL: %w", err)
	}
	list, _, ds, err := readURLs(source)
	if err != nil {
		return err
	}
	if len(ds) > 0 {
		return fmt.Errorf("read list of addresses: %s: %s", ds[0].Pos, ds[0].Message)
	}
	paths := make([]string, len(addresses))
	for i, a := range addresses {
		u, err := url.Parse(a)
		if err != nil {
			return fmt.Errorf("read address: %w", err)
		}
		paths[i] = a
		if u.Host != "" && !strings.EqualFold(u.Host, base.Host) {
			continue // another site: a target only, and change says so
		}
		// Whoever copies the path of an address copies that of the site too.
		if whole, ok := strings.CutPrefix(u.Path, strings.TrimSuffix(base.Path, "/")); ok && u.Host == "" && len(whole) < len(u.Path) && strings.HasPrefix(whole, "/") && !list.Has(u.Path) {
			u.Path = whole
		}
		rest, below := strings.CutPrefix(u.Path, strings.TrimSuffix(base.Path, "/")+"/")
		switch {
		case u.Host != "" && !below:
			return fmt.Errorf("read address: %s is not below %s", a, settings.BaseURL)
		case u.Host != "":
			paths[i] = "/" + rest
		default:
			paths[i] = u.Path
		}
		if u.RawQuery != "" {
			return fmt.Errorf("read address: %s has a query, which no static host can tell apart", a)
		}
		if u.Fragment != "" {
			paths[i] += "#" + u.Fragment
		}
	}
	if err := change(&list, paths); err != nil {
		return err
	}
	return writeURLs(source, list)
}

// homeOf is the address of the home page by baseURL, "" when that names no host.
func homeOf(baseURL string) string {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/") + "/"}).String()
}

// Moved notes that an address leads to another from now on.
func Moved(source, from, to string) error {
	return editURLs(source, []string{from, to}, func(l *urls.List, p []string) error { return l.Move(p[0], p[1]) })
}

// Retract notes that an address is gone for good.
func Retract(source, address string) error {
	return editURLs(source, []string{address}, func(l *urls.List, p []string) error { return l.Retract(p[0]) })
}
