// Package host says how a site is to be served: which headers every file is
// sent with, which addresses have moved or are gone. It says so once, as a
// Site, and then in the words of each host: _headers, vercel.json, a piece of
// nginx configuration.
//
// It is pure: out of names, types and hashes it makes text. It knows no Hugo,
// no content and no file system, and what a page needs of a security policy it
// is told.
//
// All hosts send the same headers. What one cannot do is a finding, and so is
// a limit that its vendor documents and the site would pass.
package host

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// Header is one header of a response.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Move is an address that leads to another for good. Both are paths from the
// root of the host, decoded: "/blog/old/". To may be a whole URL instead.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// File is one published file.
type File struct {
	Path string // below the home page, with slashes: "css/main.0123456789abcdef.css"
	Size int64  // bytes
}

// Site is how a site is to be served. As JSON it stands in the manifest of a
// build, without the files, which are listed there anyway.
type Site struct {
	BaseURL string            `json:"baseURL"`
	Always  []Header          `json:"always"`          // sent with every response
	Types   map[string]string `json:"types,omitempty"` // of files whose name does not tell, by path
	Moved   []Move            `json:"moved,omitempty"` // sorted by From
	Gone    []string          `json:"gone,omitempty"`  // like Move.From, sorted
	Coded   []string          `json:"coded,omitempty"` // what files have compressed twins: "br", "gz", "zst"
	Files   []File            `json:"-"`               // sorted by Path
}

// Config is one file of a host's configuration.
type Config struct {
	Name    string
	Content []byte
	// Published files belong into the published folder. All others configure
	// the server, and must not be where visitors can read them.
	Published bool
}

// vendor is one kind of host.
type vendor struct {
	name   string
	title  string
	write  func(Site) ([]Config, []diag.Diagnostic)
	folder bool     // serves the published folder at the root of a host, and nothing else
	moves  bool     // can answer 301; where it cannot, a page sends the reader on
	gone   bool     // can answer 410
	coded  []string // compressed twins that it serves
}

// vendors are sorted by name.
var vendors = []vendor{
	{name: "apache", title: "Apache", write: apache, moves: true, gone: true, coded: []string{"br", "gz", "zst"}},
	{name: "azure", title: "Azure Static Web Apps", write: azure, folder: true, moves: true},
	{name: "caddy", title: "Caddy", write: caddy, moves: true, gone: true, coded: []string{"br", "gz", "zst"}},
	{name: "cloudflare", title: "Cloudflare Pages", write: cloudflare, folder: true, moves: true},
	{name: "cloudfront", title: "S3 with CloudFront", write: cloudfront, moves: true, gone: true},
	{name: "firebase", title: "Firebase Hosting", write: firebase, folder: true, moves: true},
	{name: "github", title: "GitHub Pages", write: github},
	{name: "netlify", title: "Netlify", write: netlify, folder: true, moves: true, gone: true},
	{name: "nginx", title: "nginx", write: nginx, moves: true, gone: true, coded: []string{"br", "gz"}},
	{name: "vercel", title: "Vercel", write: vercel, folder: true, moves: true},
}

// Names lists every host there is, sorted.
func Names() []string {
	names := make([]string, len(vendors))
	for i, v := range vendors {
		names[i] = v.name
	}
	return names
}

func find(name string) (vendor, bool) {
	i := slices.IndexFunc(vendors, func(v vendor) bool { return v.name == name })
	if i < 0 {
		return vendor{}, false
	}
	return vendors[i], true
}

// NeedsPages reports whether an address that has moved needs a page there that
// sends the reader on: with no host named, or one that cannot redirect.
func NeedsPages(hosts []string) bool {
	return len(hosts) == 0 || slices.ContainsFunc(hosts, func(name string) bool {
		v, _ := find(name)
		return !v.moves
	})
}

// Codings lists the compressed twins that some of the hosts serve, sorted.
func Codings(hosts []string) []string {
	set := map[string]bool{}
	for _, name := range hosts {
		v, _ := find(name)
		for _, c := range v.coded {
			set[c] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// Write returns the configuration of one of Names for a site. Findings are at
// Pos at: what the host cannot do, and which of its limits would be passed. A
// file of the host whose name the site has taken is a finding too.
func Write(name string, s Site, at diag.Pos) ([]Config, []diag.Diagnostic) {
	v, ok := find(name)
	if !ok {
		return nil, []diag.Diagnostic{declarationRule.At(at, "there is no host %q", name).WithFix("name one of " + strings.Join(Names(), ", "))}
	}
	s.Coded = slices.DeleteFunc(slices.Clone(s.Coded), func(c string) bool { return !slices.Contains(v.coded, c) })
	configs, ds := v.write(s)
	if v.folder && s.base() != "/" {
		ds = append(ds, cannotRule.At(diag.Pos{}, "%s serves the published folder at the root of its address, and baseURL has the path %s", v.title, s.base()).
			WithFix("publish at the root, or let a proxy in front of the host add the path"))
	}
	if len(s.Gone) > 0 && v.moves && !v.gone {
		ds = append(ds, cannotRule.At(diag.Pos{}, "%s answers 404, not 410, for %s", v.title, count(len(s.Gone), "retracted address", "retracted addresses")).
			WithFix("nothing: crawlers drop a page after a 404 too, only later"))
	}
	for _, c := range configs {
		if c.Published && s.has(c.Name) {
			ds = append(ds, declarationRule.At(diag.Pos{}, "the site has a file %s, which is made for %s", c.Name, v.title).
				WithFix("remove it from static/, and say what it says under params.clinicblog.hosting"))
		}
	}
	for i := range ds {
		ds[i].Pos = at
	}
	return configs, ds
}

// Merge puts the published files of several hosts together. Two hosts may ask
// for the same file only if they agree on its content.
func Merge(configs []Config, at diag.Pos) ([]Config, []diag.Diagnostic) {
	var all []Config
	var ds []diag.Diagnostic
	byName := map[string]int{}
	for _, c := range configs {
		if !c.Published {
			continue
		}
		i, taken := byName[c.Name]
		if !taken {
			byName[c.Name] = len(all)
			all = append(all, c)
		} else if string(all[i].Content) != string(c.Content) {
			ds = append(ds, declarationRule.At(at, "two of the hosts need different files named %s", c.Name).WithFix("build for one of them at a time, with --host"))
		}
	}
	return all, ds
}

func (s Site) has(path string) bool {
	_, ok := slices.BinarySearchFunc(s.Files, path, func(f File, path string) int { return cmp.Compare(f.Path, path) })
	return ok
}

// base is the path of the home page: "/" or "/blog/".
func (s Site) base() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil {
		return "/"
	}
	return strings.TrimSuffix(u.Path, "/") + "/"
}

// forms are the addresses by which readers ask for one that has moved or is
// gone: with the slash at its end and without.
func forms(from string) []string {
	if bare := strings.TrimSuffix(from, "/"); bare != "" && bare != from {
		return []string{from, bare}
	}
	return []string{from}
}

// escaped is a path or URL as it stands in a request: in ASCII.
func escaped(to string) string {
	u, err := url.Parse(to)
	if err != nil {
		return to
	}
	return u.String()
}

// requested is the path of a file as browsers ask for it: they encode less than
// they may, and some hosts compare what was asked for, byte by byte.
// https://url.spec.whatwg.org/#path-percent-encode-set
func requested(path string) string {
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c > '~' || strings.IndexByte("\"#%<>?^`{}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
