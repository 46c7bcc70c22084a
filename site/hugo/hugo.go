// Package hugo finds the Hugo program, runs it once on a project, and hands
// back what came of it: the rendered files, the list of pages that Hugo says
// it made, and every line that Hugo complained on as a finding at its place.
//
// Hugo is a child process; no Hugo package is linked in. It runs without the
// user's environment, with a configuration that is laid over hugo.toml, and
// only when every folder that it would read lies inside the project: left to
// itself it publishes /etc/passwd through a mount or a symbolic link and
// exits with 0.
//
// The package knows nothing of front matter, Markdown or schema.org, and
// spells no URL: those come from Hugo's own page list.
package hugo

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"clinicblog/site/diag"
)

// Config is one run of Hugo.
type Config struct {
	Binary      Binary
	Source      string // the project's folder
	Destination string // absolute, an empty folder that receives the site
	Scratch     string // absolute, a temporary folder that the caller removes
	Cache       string // absolute, kept between runs; "" is the user's cache folder

	BaseURL                 string // absolute http or https URL; "" is that of hugo.toml
	Drafts, Future, Expired bool
	Clock                   time.Time // what Hugo takes for now; zero is the real time
	GOGC                    int       // of the Hugo process; 0 is 400
	Memory                  int64     // bytes from which Hugo collects garbage more often; 0 is no limit

	// Overlay holds contents that stand in for files of the project, under
	// their slash-separated paths in it: "content/articles/x.md". Findings in
	// them are reported at the project's own file.
	Overlay map[string][]byte
	Stale   []string // files of translations whose source has changed since: params.clinicblog.stale
	// Reviews says of each file that names a review what its page may say of it:
	// params.clinicblog.reviews, whose keys Hugo puts in lower case.
	Reviews  map[string]string
	Settings Settings // of ReadConfig on Source
}

// Site is what Hugo says it made.
type Site struct {
	BaseURL   string
	Languages []Edition // the default language first
	Pages     []Page
	Aliases   []Alias // sorted by Output
}

// Edition is the site in one language.
type Edition struct {
	Key   string // of the language in hugo.toml
	Tag   string // BCP 47
	Title string
	Home  string // Permalink of the home page
}

// Alias is a file that sends the reader on to a page: what the front matter key
// aliases of the page names.
type Alias struct {
	Output string // "old/index.html" in Destination
	Source string // of the page
	To     string // its RelPermalink
}

// Page is one page of the site, of any kind but the pages of a pager and the
// error page.
type Page struct {
	Source        string // "content/articles/x.md", "" when no file is behind the page
	Output        string // "articles/x/index.html" in Destination, "" when nothing was written
	Permalink     string
	RelPermalink  string
	Kind          string // home, section, page, taxonomy or term
	Type, Section string
	Lang          string // the key of the language in hugo.toml
	Title         string
	Description   string

	Date, PublishDate, Lastmod string // RFC 3339 with a zone, "" when there is none

	Parent string // Permalink of the page above, "" for the home page
	Image  *Image // what the front matter key `image` names
}

// Image is an image that Hugo found and publishes as it is. Width and Height
// are pixels, 0 where Hugo does not know them: SVG, and files in static/.
type Image struct {
	URL           string
	Width, Height int
}

// Render runs Hugo once. Findings mean that the site must not be published;
// Site is empty when Hugo gave up. An error means that Hugo could not work:
// no such program, a full disk, a folder that cannot be written, a cancelled
// ctx (then errors.Is(err, context.Canceled) and no Hugo is left running).
func Render(ctx context.Context, cfg Config) (Site, []diag.Diagnostic, error) {
	source, err := filepath.Abs(cfg.Source)
	if err != nil {
		return Site{}, nil, fmt.Errorf("resolve source folder: %w", err)
	}
	cfg.Source = source
	if cfg.Settings.refused {
		return Site{}, nil, errors.New("run Hugo: hugo.toml or the folders of the project were refused")
	}
	if cfg.BaseURL == "" {
		cfg.BaseURL = cfg.Settings.BaseURL
	}
	if why := wrongBaseURL(cfg.BaseURL); why != "" {
		return Site{}, []diag.Diagnostic{configRule.At(cfg.Settings.pos("baseurl"), "baseURL %s", why)}, nil
	}

	cache, done, err := openCache(cfg)
	if err != nil {
		return Site{}, nil, err
	}
	args, err := prepare(cfg, cache)
	if err != nil {
		done(false)
		return Site{}, nil, err
	}
	log, err := execute(ctx, cfg, args)
	// With logged errors alone Hugo has come to its end, and its cache is whole.
	done(err == nil || strings.Contains(log, "error building site: logged "))
	if ctx.Err() != nil {
		return Site{}, nil, fmt.Errorf("run Hugo: %w", ctx.Err())
	}

	parser := logParser{source: cfg.Source, overlay: overlayDir(cfg), settings: cfg.Settings}
	ds, broken := parser.parse(log)
	if broken != nil {
		return Site{}, nil, fmt.Errorf("run Hugo: %w", broken)
	}
	if err != nil {
		var exit *exec.ExitError
		switch {
		case !errors.As(err, &exit):
			return Site{}, nil, fmt.Errorf("run %s: %w", cfg.Binary.Path, err)
		case len(ds) == 0:
			return Site{}, nil, fmt.Errorf("run Hugo: %w%s", err, lastLines(log, 10))
		}
		return Site{}, diag.Sort(ds), nil
	}

	list, err := readPages(cfg)
	if err != nil {
		return Site{}, nil, err
	}
	ds = append(ds, list.findings...)
	ds = append(ds, list.duplicates(cfg, parser.twice)...)
	return list.Site, diag.Sort(ds), nil
}

// execute runs Hugo and returns what it wrote to its standard error.
func execute(ctx context.Context, cfg Config, args []string) (string, error) {
	gogc := cfg.GOGC
	if gogc == 0 {
		gogc = 400 // saves a sixth of the time of a large build, for memory
	}
	cmd := exec.CommandContext(ctx, cfg.Binary.Path, args...)
	cmd.Dir = cfg.Source
	// Nothing of the caller's environment: every HUGO_ variable changes the
	// configuration, and templates can print those that they may read.
	cmd.Env = []string{"TZ=UTC", "GOGC=" + strconv.Itoa(gogc)}
	if cfg.Memory > 0 {
		cmd.Env = append(cmd.Env, "GOMEMLIMIT="+strconv.FormatInt(cfg.Memory, 10))
	}
	log := &limited{max: 8 << 20}
	cmd.Stderr = log
	err := runGroup(cmd)
	return log.String(), err
}

// prepare writes what Hugo reads from Scratch and returns its arguments.
func prepare(cfg Config, cache string) ([]string, error) {
	config, err := writeScratch(cfg)
	if err != nil {
		return nil, err
	}
	args := []string{
		"build",
		"--source", cfg.Source,
		"--destination", cfg.Destination,
		"--config", config,
		"--configDir", filepath.Join(cfg.Scratch, "config"),
		"--cacheDir", cache,
		"--baseURL", cfg.BaseURL,
		"--environment", "production",
		"--logLevel", "warn",
		"--noBuildLock",
		"--printPathWarnings",
		"--printI18nWarnings",
		fmt.Sprintf("--buildDrafts=%t", cfg.Drafts),
		fmt.Sprintf("--buildFuture=%t", cfg.Future),
		fmt.Sprintf("--buildExpired=%t", cfg.Expired),
	}
	if !cfg.Clock.IsZero() {
		args = append(args, "--clock", cfg.Clock.Format(time.RFC3339))
	}
	return args, nil
}

// wrongBaseURL says what is wrong with a base URL, "" when nothing is. Hugo
// itself takes "nope" without a word.
func wrongBaseURL(s string) string {
	if s == "" {
		return "is not set"
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return fmt.Sprintf("%q is not an absolute http or https URL", s)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return fmt.Sprintf("%q has more than a scheme, a host and a path", s)
	}
	return ""
}

// limited keeps the first max bytes of what is written to it.
type limited struct {
	buf []byte
	max int
}

func (l *limited) Write(p []byte) (int, error) {
	if room := l.max - len(l.buf); room > 0 {
		l.buf = append(l.buf, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

func (l *limited) String() string { return string(l.buf) }

// writeFile writes a file and the folders above it.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
