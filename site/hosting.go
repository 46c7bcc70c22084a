package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/cache"
	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/hugo"
	"clinicblog/site/pack"
	"clinicblog/site/publish"
)

const hostingTable = "params.clinicblog.hosting"

// declaration reads what hugo.toml says of hosting. Hosts that the command
// names take the place of those in hugo.toml.
func declaration(settings hugo.Settings, hosts []string) (host.Declaration, []diag.Diagnostic, error) {
	for _, name := range hosts {
		if !slices.Contains(host.Names(), name) {
			return host.Declaration{}, nil, fmt.Errorf("read --host: there is no host %q: hosts are %s", name, strings.Join(host.Names(), ", "))
		}
	}
	d, ds := host.Read(settings.Value(hostingTable), func(key string) diag.Pos {
		if key == "" {
			return settings.At(hostingTable)
		}
		return settings.At(hostingTable + "." + key)
	})
	if len(hosts) > 0 {
		d.Hosts = slices.Compact(slices.Sorted(slices.Values(hosts)))
	}
	return d, ds, nil
}

// moves are the addresses that lead to another: Hugo's aliases, as paths from
// the root of the host, where dir has a page for them.
func moves(dir string, rendered hugo.Site) ([]host.Move, error) {
	base, err := basePath(rendered.BaseURL)
	if err != nil {
		return nil, err
	}
	var all []host.Move
	for _, a := range rendered.Aliases {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(a.Output))); err != nil {
			continue // the alias is relative, and Hugo's own place for it is another
		}
		to, err := url.PathUnescape(a.To)
		if err != nil {
			return nil, fmt.Errorf("read address of %s: %w", a.Source, err)
		}
		all = append(all, host.Move{From: base + strings.TrimSuffix(a.Output, "index.html"), To: to})
	}
	return all, nil
}

// basePath is the path of a base URL, with a slash at its end.
func basePath(baseURL string) (string, error) {
	u, err := url.Parse(baseURL)
	if err != nil {
		return "", fmt.Errorf("parse base URL: %w", err)
	}
	return strings.TrimSuffix(u.Path, "/") + "/", nil
}

// removeRedirectPages deletes the pages that stand at addresses that have
// moved, when every host redirects by itself.
func removeRedirectPages(dir string, rendered hugo.Site) error {
	for _, a := range rendered.Aliases {
		err := os.Remove(filepath.Join(dir, filepath.FromSlash(a.Output)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove redirect page: %w", err)
		}
	}
	return nil
}

// writeHosting adds what the hosts read from the published folder, compressed
// twins for those that send them among it unless nobody is to see the site, and
// returns how it is to be served, for the manifest.
func writeHosting(ctx context.Context, dir string, hosts []string, served host.Site, at diag.Pos, unseen bool) (json.RawMessage, []diag.Diagnostic, error) {
	var err error
	if served.Files, served.Types, err = publishedFiles(dir); err != nil {
		return nil, nil, err
	}
	if served.Coded = host.Codings(hosts); len(served.Coded) > 0 && !unseen {
		opts := pack.Options{Dir: dir, Codings: served.Coded, Cache: cache.Open("packed")}
		for _, f := range served.Files {
			if host.Compresses(f.Path) {
				opts.Files = append(opts.Files, f.Path)
			}
		}
		if _, err := pack.Run(ctx, opts); err != nil {
			return nil, nil, err
		}
	}
	var configs []host.Config
	var found []diag.Diagnostic
	for _, name := range hosts {
		cs, ds := host.Write(name, served, at)
		configs = append(configs, cs...)
		found = append(found, ds...)
	}
	configs, ds := host.Merge(configs, at)
	found = append(found, ds...)
	if errs, _ := diag.Count(found); errs == 0 {
		for _, c := range configs {
			if err := os.WriteFile(filepath.Join(dir, c.Name), c.Content, 0o644); err != nil {
				return nil, nil, fmt.Errorf("write configuration of the host: %w", err)
			}
		}
	}
	raw, err := json.Marshal(served)
	if err != nil {
		return nil, nil, fmt.Errorf("encode hosting: %w", err)
	}
	return raw, found, nil
}

// publishedFiles lists the files of a finished site, and the types of those
// whose name does not tell.
func publishedFiles(dir string) ([]host.File, map[string]string, error) {
	var files []host.File
	types := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		files = append(files, host.File{Path: rel, Size: info.Size()})
		if !host.Sniffs(rel) {
			return nil
		}
		head, err := readHead(name)
		if err != nil {
			return err
		}
		if t := host.Sniffed(rel, head); t != "" {
			types[rel] = t
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list published files: %w", err)
	}
	slices.SortFunc(files, func(a, b host.File) int { return strings.Compare(a.Path, b.Path) })
	return files, types, nil
}

func readHead(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 4096))
}

// HostConfigs returns the configuration of a host for the site that was built
// into dir. It is made from the manifest, after every file was found to be the
// one that was verified. Findings are what the host cannot do.
func HostConfigs(name, dir string) ([]host.Config, []diag.Diagnostic, error) {
	if !slices.Contains(host.Names(), name) {
		return nil, nil, fmt.Errorf("there is no host %q: hosts are %s", name, strings.Join(host.Names(), ", "))
	}
	served, manifest, err := verified(dir)
	if err != nil {
		return nil, nil, err
	}
	own := ownedByHosts(served)
	for _, f := range manifest.Files {
		if !own[f.Path] && !isTwin(served, manifest, f.Path) {
			served.Files = append(served.Files, host.File{Path: f.Path, Size: f.Size})
		}
	}
	configs, ds := host.Write(name, served, diag.Pos{File: "hugo.toml"})
	return configs, ds, nil
}

// ownedByHosts are the files that a build for some host adds, and that are not
// of the site.
func ownedByHosts(served host.Site) map[string]bool {
	own := map[string]bool{}
	for _, name := range host.Names() {
		cs, _ := host.Write(name, served, diag.Pos{})
		for _, c := range cs {
			own[c.Name] = c.Published || own[c.Name]
		}
	}
	return own
}

// publishedAs returns how a published site is to be served, without its files,
// and the list of those.
func publishedAs(dir string) (host.Site, publish.Manifest, error) {
	manifest, err := publish.Load(dir)
	if err != nil {
		return host.Site{}, manifest, err
	}
	var served host.Site
	if err := json.Unmarshal(manifest.Hosting, &served); err != nil {
		return host.Site{}, manifest, fmt.Errorf("read manifest of %s: it does not say how the site is served: %w", dir, err)
	}
	return served, manifest, nil
}

// Hosts lists the hosts that a site can be built for.
func Hosts() []string { return host.Names() }
