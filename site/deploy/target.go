package deploy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"

	"github.com/aws/smithy-go"
)

// Target is a place that hugo.toml names.
type Target struct {
	Name       string
	URL        *url.URL // s3://bucket/folder?region=…&endpoint=…, or file:///folder
	CloudFront string   // the distribution in front of it, "" for none
	Announce   bool     // changed addresses are told to IndexNow

	// Base is the path of the home page, with a slash at its end; it is not set
	// by ReadTargets.
	Base string
}

var settingRule = diag.Info{
	ID: "deploy-setting", Severity: diag.Error,
	Fix: "correct the setting",
	Doc: `A place to deploy to is named without a secret

Each [[params.clinicblog.deploy]] has a name and a url: s3://BUCKET/FOLDER with
region and endpoint as its query, or file:///FOLDER. Google Cloud Storage,
Cloudflare R2 and others that speak S3 are reached by their endpoint, if they
know conditional writes, which keep two deploys apart.

hugo.toml is read by everyone who sees the sources: no key or password stands in
it. Credentials come from the environment, the AWS configuration of the user or
the machine that runs the deploy, as for every tool of AWS.

announce = true tells IndexNow which pages changed, with the key of
[params.clinicblog.indexnow]. Bing, Yandex, Naver, Seznam and Yep take part;
Google does not, and reads lastmod in the site map instead. Being told promises
no visit. Source: https://www.indexnow.org/documentation`,
}

// Rules lists what the findings of this package are about.
var Rules = []diag.Info{settingRule, liveRule}

var (
	targetName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	regionName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)
	cdnName    = regexp.MustCompile(`^[A-Z0-9]{8,32}$`)
)

// ReadTargets reads the list params.clinicblog.deploy of hugo.toml, nil when
// there is none. at returns the place of a key in it, such as "[1].url".
// Findings never repeat a URL, which may hold what should not be in it.
func ReadTargets(list any, at func(key string) diag.Pos) ([]Target, []diag.Diagnostic) {
	var ds []diag.Diagnostic
	report := func(key, format string, args ...any) {
		ds = append(ds, settingRule.At(at(key), format, args...))
	}
	tables, ok := list.([]any)
	if list != nil && !ok {
		report("", "params.clinicblog.deploy is not a list of tables: write [[params.clinicblog.deploy]]")
	}
	var targets []Target
	for i, e := range tables {
		here := fmt.Sprintf("[%d]", i)
		table, ok := e.(map[string]any)
		if !ok {
			report(here, "the place %d to deploy to is not a table", i+1)
			continue
		}
		var t Target
		before := len(ds)
		for _, key := range slices.Sorted(maps.Keys(table)) {
			text, _ := table[key].(string)
			place := here + "." + key
			switch key {
			case "name":
				t.Name = text
				if !targetName.MatchString(text) {
					report(place, "the name of a place to deploy to is not made of letters, digits and hyphens")
				} else if slices.ContainsFunc(targets, func(o Target) bool { return o.Name == text }) {
					report(place, "two places to deploy to have the name %s", text)
				}
			case "url":
				u, why := readURL(text)
				if why != "" {
					report(place, "the url of a place to deploy to %s", why)
				}
				t.URL = u
			case "cloudfront":
				t.CloudFront = text
				if !cdnName.MatchString(text) {
					report(place, "cloudfront is not the ID of a distribution, such as E2QWRUHAPOMQZL")
				}
			case "announce":
				announce, isBool := table[key].(bool)
				t.Announce = announce
				if !isBool {
					report(place, "announce is neither true nor false")
				}
			default:
				report(place, "there is no setting %s: settings are name, url, cloudfront and announce", key)
			}
		}
		if len(ds) == before && (t.Name == "" || t.URL == nil) {
			report(here, "a place to deploy to needs name and url")
		}
		if len(ds) == before {
			targets = append(targets, t)
		}
	}
	return targets, ds
}

// readURL says in why what is wrong, as the end of a sentence.
func readURL(text string) (u *url.URL, why string) {
	u, err := url.Parse(text)
	switch {
	case err != nil || text == "":
		return nil, "cannot be read"
	case u.User != nil:
		return nil, "holds a user or password: credentials are never read from hugo.toml"
	case u.Fragment != "":
		return nil, "has a part behind #"
	case u.Scheme == "file":
		if u.Host != "" || u.RawQuery != "" || !filepath.IsAbs(folderOf(u)) || filepath.Clean(folderOf(u)) == filepath.Dir(folderOf(u)) {
			return nil, "is not file:/// and a folder below the root"
		}
		return u, ""
	case u.Scheme != "s3":
		return nil, "begins with " + clip(u.Scheme) + ":, and can begin with s3: or file:"
	case !bucketName.MatchString(u.Host):
		return nil, "does not name a bucket"
	case strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/.") || strings.ContainsAny(u.Path, "\\\x00"):
		return nil, "has a folder that is not a plain path"
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, "has a query that cannot be read"
	}
	for key, values := range query {
		if len(values) != 1 {
			return nil, "says something twice in its query"
		}
		switch key {
		case "region":
			if !regionName.MatchString(values[0]) {
				return nil, "has a region that is none"
			}
		case "endpoint":
			e, err := url.Parse(values[0])
			if err != nil || e.Host == "" || e.User != nil || e.RawQuery != "" || e.Scheme != "https" && !(e.Scheme == "http" && loopback(e.Hostname())) {
				return nil, "has an endpoint that is not https:// and a host"
			}
		default:
			return nil, "can have region and endpoint in its query, and has something else"
		}
	}
	return u, ""
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

func clip(s string) string { return s[:min(len(s), 20)] }

func folderOf(u *url.URL) string {
	name := u.Path
	if filepath.VolumeName(strings.TrimPrefix(name, "/")) != "" { // file:///C:/site
		name = strings.TrimPrefix(name, "/")
	}
	return filepath.FromSlash(name)
}

// Folder is the folder of a file: target, "" for all others.
func (t Target) Folder() string {
	if t.URL.Scheme != "file" {
		return ""
	}
	return folderOf(t.URL)
}

func (t Target) open(ctx context.Context) (store, error) {
	if dir := t.Folder(); dir != "" {
		return openFolder(dir)
	}
	return openBucket(ctx, t.URL)
}

// addresses are the paths by which a cache knows a file: as visitors ask for
// it, and as a function in front of the cache rewrites that.
func (t Target) addresses(names []string) []string {
	var all []string
	for _, name := range names {
		path := (&url.URL{Path: t.Base + name}).EscapedPath()
		all = append(all, path)
		if dir, ok := strings.CutSuffix(path, "/index.html"); ok {
			all = append(all, dir+"/")
		}
	}
	return all
}

// explain puts what a user can do beside what a store says.
func explain(err error) error {
	name := code(err)
	for _, known := range remedies {
		if name == known.code {
			var op *smithy.OperationError
			if errors.As(err, &op) {
				name += " for " + op.OperationName
			}
			return fmt.Errorf("%s (%s)\n    %s", known.says, name, known.remedy)
		}
	}
	return err
}
