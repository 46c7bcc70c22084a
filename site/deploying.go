package site

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/deploy"
	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/hugo"
	"clinicblog/site/publish"
)

const (
	deployTable   = "params.clinicblog.deploy"
	indexNowTable = "params.clinicblog.indexnow"
)

func deployTargets(settings hugo.Settings) ([]deploy.Target, []diag.Diagnostic) {
	return deploy.ReadTargets(settings.Value(deployTable), func(key string) diag.Pos { return settings.At(deployTable + key) })
}

func announcement(settings hugo.Settings) (deploy.IndexNow, []diag.Diagnostic) {
	return deploy.ReadIndexNow(settings.Value(indexNowTable), func(key string) diag.Pos { return settings.At(strings.TrimSuffix(indexNowTable+"."+key, ".")) })
}

// DeployConfig is one deploy.
type DeployConfig struct {
	Source     string // the project's folder
	From       string // the folder that was built, "" for public/ in Source
	Target     string // a name of hugo.toml
	DryRun     bool
	Adopt      bool
	MaxDeletes int // below 0 for the default
	Notice     func(string)
}

// Deployed is what a deploy did, or would do.
type Deployed struct {
	deploy.Result
	Announced int // addresses told to IndexNow
}

// Deploy puts the site that was built at a target, after every file was found
// to be the one that was verified. Findings are about hugo.toml.
func Deploy(ctx context.Context, cfg DeployConfig) (Deployed, []diag.Diagnostic, error) {
	settings, ds, err := hugo.ReadConfig(cfg.Source)
	if err != nil {
		return Deployed{}, nil, err
	}
	targets, more := deployTargets(settings)
	announced, also := announcement(settings)
	ds = slices.Concat(ds, more, also)
	if errs, _ := diag.Count(ds); errs > 0 {
		return Deployed{}, diag.Sort(ds), nil
	}
	i := slices.IndexFunc(targets, func(t deploy.Target) bool { return t.Name == cfg.Target })
	if i < 0 {
		names := make([]string, len(targets))
		for i, t := range targets {
			names[i] = t.Name
		}
		if len(names) == 0 {
			return Deployed{}, nil, errors.New("deploy: hugo.toml names no place to deploy to\n    add [[params.clinicblog.deploy]] with name and url")
		}
		return Deployed{}, nil, fmt.Errorf("deploy: hugo.toml names no place %q: there are %s", cfg.Target, strings.Join(names, ", "))
	}
	target := targets[i]
	dir := cfg.From
	if dir == "" {
		dir = filepath.Join(cfg.Source, "public")
	}
	if folder := target.Folder(); folder != "" {
		if err := apart(folder, dir, cfg.Source); err != nil {
			return Deployed{}, nil, err
		}
	}
	served, manifest, err := verified(dir)
	if err != nil {
		return Deployed{}, nil, err
	}
	home, err := url.Parse(served.BaseURL)
	if err != nil {
		return Deployed{}, nil, fmt.Errorf("read manifest of %s: %w", dir, err)
	}
	if target.Base, err = basePath(served.BaseURL); err != nil {
		return Deployed{}, nil, err
	}
	if ds := target.CheckPlace(settings.At(fmt.Sprintf("%s[%d].url", deployTable, i))); len(ds) > 0 {
		return Deployed{}, ds, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return Deployed{}, nil, fmt.Errorf("find cache: %w", err)
	}
	result, err := deploy.Run(ctx, deploy.Options{
		Target: target, Dir: dir, Files: deployFiles(served, manifest, target), About: manifest.Made, Cache: filepath.Join(cache, "clinicblog", "deploy"),
		DryRun: cfg.DryRun, Adopt: cfg.Adopt, MaxDeletes: cfg.MaxDeletes, Notice: cfg.Notice,
	})
	done := Deployed{Result: result}
	if err != nil || cfg.DryRun || !target.Announce || announced.Key == "" {
		return done, nil, err
	}
	if addresses := changedPages(home, served, result); len(addresses) > 0 {
		if err := announced.Announce(ctx, home, addresses); err != nil {
			cfg.Notice(err.Error() + "\n    the site is live all the same; the site map tells of the changes too")
			return done, nil, nil
		}
		done.Announced = len(addresses)
	}
	return done, nil, nil
}

// apart refuses a folder to deploy to that is the project, in it, or around it.
func apart(folder, dir, source string) error {
	for _, other := range []string{dir, source} {
		abs, err := filepath.Abs(other)
		if err != nil {
			return fmt.Errorf("deploy: %w", err)
		}
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			abs = real
		}
		if real, err := filepath.EvalSymlinks(folder); err == nil {
			folder = real
		}
		for _, pair := range [][2]string{{abs, folder}, {folder, abs}} {
			if rel, err := filepath.Rel(pair[0], pair[1]); err == nil && filepath.IsLocal(rel) {
				return fmt.Errorf("deploy to %s: that folder and %s lie in one another\n    choose a folder beside the project", folder, abs)
			}
		}
	}
	return nil
}

// verified reads the manifest of a site that was built, and holds every file to
// it.
func verified(dir string) (host.Site, publish.Manifest, error) {
	served, manifest, err := publishedAs(dir)
	if err != nil {
		return served, manifest, err
	}
	changes, err := publish.Compare(dir, manifest)
	if err != nil {
		return served, manifest, err
	}
	if len(changes) > 0 {
		return served, manifest, fmt.Errorf("%s is not as it was built: %s: build it again", dir, changes[0])
	}
	return served, manifest, nil
}

// deployFiles are the files that go to a target, with how they are served.
// Nothing in front of a bucket sends compressed twins.
func deployFiles(served host.Site, manifest publish.Manifest, target deploy.Target) []deploy.File {
	var files []deploy.File
	for _, f := range manifest.Files {
		if !target.Serves() && isTwin(served, manifest, f.Path) {
			continue
		}
		file := deploy.File{Path: f.Path, Size: f.Size, SHA256: f.SHA256}
		for _, h := range served.Headers(f.Path) {
			switch h.Name {
			case "Content-Type":
				file.ContentType = h.Value
			case "Cache-Control":
				file.CacheControl = h.Value
			}
		}
		files = append(files, file)
	}
	return files
}

// isTwin tells compressed twins from files that were compressed before the build.
func isTwin(served host.Site, manifest publish.Manifest, name string) bool {
	ext := path.Ext(name)
	of := strings.TrimSuffix(name, ext)
	if !slices.Contains(served.Coded, strings.TrimPrefix(ext, ".")) || !host.Compresses(of) {
		return false
	}
	_, found := slices.BinarySearchFunc(manifest.Files, of, func(f publish.File, name string) int { return strings.Compare(f.Path, name) })
	return found
}

// changedPages are the addresses of pages that a deploy has added, changed or
// deleted. A page that only leads to another is none.
func changedPages(home *url.URL, served host.Site, r deploy.Result) []string {
	var addresses []string
	for _, name := range slices.Concat(r.Added, r.Changed, r.Deleted) {
		if filepath.Ext(name) != ".html" || path.Base(name) == "404.html" || leadsOn(served, name) {
			continue
		}
		addresses = append(addresses, deploy.Address(home, name))
	}
	slices.Sort(addresses)
	return addresses
}

// isInnerMissing reports whether a file says in another language that there is no
// page. Hosts differ in where they show it, and Cloudflare Pages redirects from
// its own address.
func isInnerMissing(name string) bool {
	return name != "404.html" && path.Base(name) == "404.html"
}

func leadsOn(served host.Site, name string) bool {
	base, err := basePath(served.BaseURL)
	return err == nil && slices.ContainsFunc(served.Moved, func(m host.Move) bool {
		return strings.TrimSuffix(m.From, "/")+"/index.html" == base+name || m.From == base+name
	})
}

// CheckLive compares a live site with the site in dir, which was built for it:
// every file, header and redirect. address is where its home page is now; "" is
// where the build says. Findings are at the URL.
func CheckLive(ctx context.Context, dir, address string) (int, []diag.Diagnostic, error) {
	served, manifest, err := verified(dir)
	if err != nil {
		return 0, nil, err
	}
	home, err := url.Parse(address)
	if address == "" {
		home, err = url.Parse(served.BaseURL)
	}
	if err != nil || home.Host == "" || home.Scheme != "https" && home.Scheme != "http" || home.User != nil {
		return 0, nil, fmt.Errorf("check live site: %q is not the address of a home page, such as https://clinic.example.org/", address)
	}
	answers, err := liveAnswers(served, manifest, home)
	if err != nil {
		return 0, nil, err
	}
	ds, err := deploy.Check(ctx, answers)
	return len(answers), ds, err
}

// liveAnswers is what a live site has to say, if it is what was built.
func liveAnswers(served host.Site, manifest publish.Manifest, home *url.URL) ([]deploy.Answer, error) {
	own := ownedByHosts(served)
	pairs := func(headers []host.Header) [][2]string {
		all := make([][2]string, len(headers))
		for i, h := range headers {
			all[i] = [2]string{h.Name, h.Value}
		}
		return all
	}
	var answers []deploy.Answer
	for _, f := range manifest.Files {
		if own[f.Path] || isTwin(served, manifest, f.Path) || leadsOn(served, f.Path) || isInnerMissing(f.Path) {
			continue
		}
		a := deploy.Answer{URL: deploy.Address(home, f.Path), Status: []int{http.StatusOK}, SHA256: f.SHA256, Size: f.Size, Headers: pairs(served.Headers(f.Path))}
		if f.Path == "404.html" {
			a.URL, a.Status, a.Headers = deploy.Address(home, "no-page-has-this-address/"), []int{http.StatusNotFound}, pairs(served.Always)
		}
		answers = append(answers, a)
	}
	root := *home
	for _, m := range served.Moved {
		base, err := basePath(served.BaseURL)
		if err != nil {
			return nil, err
		}
		name := strings.TrimPrefix(m.From, base)
		if slices.ContainsFunc(manifest.Files, func(f publish.File) bool {
			return leadsOn(served, f.Path) && strings.TrimSuffix(f.Path, "index.html") == name
		}) {
			continue // a page leads on, with status 200
		}
		root.Path = m.From
		to := (&url.URL{Path: m.To}).String()
		if strings.Contains(m.To, "://") || strings.ContainsAny(m.To, "#?") {
			to = m.To
		}
		answers = append(answers, deploy.Answer{URL: root.String(), Status: []int{http.StatusMovedPermanently, http.StatusPermanentRedirect}, Location: to})
	}
	for _, g := range served.Gone {
		root.Path = g
		answers = append(answers, deploy.Answer{URL: root.String(), Status: []int{http.StatusGone, http.StatusNotFound}})
	}
	return answers, nil
}
