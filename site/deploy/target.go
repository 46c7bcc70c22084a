package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	URL        *url.URL // as readURL reads it
	CloudFront string   // the distribution in front of it, "" for none
	Announce   bool     // changed addresses are told to IndexNow
	Stripped   bool     // what stands in front of it takes the path of baseURL off

	// Base is the path of the home page, with a slash at its end; it is not set
	// by ReadTargets.
	Base string
}

var settingRule = diag.Info{
	ID: "deploy-setting", Severity: diag.Error,
	Fix: "correct the setting",
	Doc: `A place to deploy to is named without a secret

Each [[params.clinicblog.deploy]] has a name and a url:

  s3://BUCKET/FOLDER            with region=… and endpoint=… as its query
  gs://BUCKET/FOLDER            Google Cloud Storage, with endpoint=…
  azblob://CONTAINER/FOLDER     Azure, with account=… or endpoint=…
  sftp://USER@HOST:PORT/FOLDER  a server that ssh reaches
  file:///FOLDER                a folder of this machine

FOLDER is where the home page goes. Stores answer an address with the file of
that name: for a site at https://example.org/blog/ it ends with /blog, unless
what stands in front takes that off, which stripped = true says. Cloudflare R2
and others that speak S3 are reached by their endpoint, if they know conditional
writes, which keep two deploys apart: the first deploy tries whether they do.

hugo.toml is read by everyone who sees the sources: no key or password stands in
it. Credentials come from the environment, the configuration of the user or the
machine that runs the deploy, as for every tool of AWS, Google and Azure. SFTP
takes keys, from the agent or ~/.ssh, and servers that known_hosts lists.

announce = true tells IndexNow which pages changed, with the key of
[params.clinicblog.indexnow]. Bing, Naver, Seznam, Yandex and Yep have endpoints,
and pass on what one of them is told. It promises no visit, and no entry in an
index. Google has none, and says that it reads lastmod in the site map, if that
has proven right; Bing reads that too. What the others read besides, and what
assistants read, they do not document. Source: https://www.indexnow.org/faq,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap`,
}

// Rules lists what the findings of this package are about.
var Rules = []diag.Info{settingRule, liveRule}

var (
	targetName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	boxName    = regexp.MustCompile(`^(\$web|[a-z0-9](-?[a-z0-9]){2,62})$`)
	azureName  = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
	userName   = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)
	serverName = regexp.MustCompile(`^[A-Za-z0-9.:-]{1,253}$`)
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
			case "stripped":
				stripped, isBool := table[key].(bool)
				t.Stripped = stripped
				if !isBool {
					report(place, "stripped is neither true nor false")
				}
			default:
				report(place, "there is no setting %s: settings are name, url, cloudfront, announce and stripped", key)
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

// queries are what the url of each kind of place may say in its query.
var queries = map[string][]string{
	"s3": {"region", "endpoint"}, "gs": {"endpoint"}, "azblob": {"account", "endpoint"}, "sftp": nil, "file": nil,
}

// readURL says in why what is wrong, as the end of a sentence.
func readURL(text string) (u *url.URL, why string) {
	u, err := url.Parse(text)
	if err != nil || text == "" {
		return nil, "cannot be read"
	}
	allowed, known := queries[u.Scheme]
	_, secret := u.User.Password()
	switch {
	case u.User != nil && (secret || u.Scheme != "sftp"):
		return nil, "holds a user or password: credentials are never read from hugo.toml"
	case u.Fragment != "":
		return nil, "has a part behind #"
	case !known:
		return nil, "begins with " + clip(u.Scheme) + ":, and can begin with s3:, gs:, azblob:, sftp: or file:"
	case u.Scheme == "file":
		if u.Host != "" || u.RawQuery != "" || !filepath.IsAbs(folderOf(u)) || filepath.Clean(folderOf(u)) == filepath.Dir(folderOf(u)) {
			return nil, "is not file:/// and a folder below the root"
		}
		return u, ""
	case (u.Scheme == "s3" || u.Scheme == "gs") && !bucketName.MatchString(u.Host):
		return nil, "does not name a bucket"
	case u.Scheme == "azblob" && !boxName.MatchString(u.Host):
		return nil, "does not name a container"
	case u.Scheme == "sftp" && (!serverName.MatchString(u.Hostname()) || u.User != nil && !userName.MatchString(u.User.Username())):
		return nil, "does not name a server, and a user where that is needed"
	case u.Scheme == "sftp" && strings.Trim(u.Path, "/") == "":
		return nil, "does not name a folder below the root"
	case strings.Contains(u.Path, "//") || strings.Contains(u.Path, "/.") || strings.ContainsAny(u.Path, "\\\x00"):
		return nil, "has a folder that is not a plain path"
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, "has a query that cannot be read"
	}
	for key, values := range query {
		switch {
		case len(values) != 1:
			return nil, "says something twice in its query"
		case !slices.Contains(allowed, key) && len(allowed) == 0:
			return nil, "can have no query"
		case !slices.Contains(allowed, key):
			return nil, "can have " + strings.Join(allowed, " and ") + " in its query, and has something else"
		case key == "region" && !regionName.MatchString(values[0]):
			return nil, "has a region that is none"
		case key == "account" && !azureName.MatchString(values[0]):
			return nil, "has an account that is none"
		case key == "endpoint":
			e, err := url.Parse(values[0])
			if err != nil || e.Host == "" || e.User != nil || e.RawQuery != "" || e.Scheme != "https" && !(e.Scheme == "http" && loopback(e.Hostname())) {
				return nil, "has an endpoint that is not https:// and a host"
			}
		}
	}
	if u.Scheme == "azblob" && !query.Has("account") && !query.Has("endpoint") {
		return nil, "needs account=… in its query"
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

// id names the place, and tells nothing of it to who reads the list there.
func (t Target) id() string {
	sum := sha256.Sum256([]byte(t.URL.String()))
	return hex.EncodeToString(sum[:16])
}

// Serves reports whether a server that is set up with the site's own
// configuration stands on the target, and not a bucket: it can send compressed
// twins.
func (t Target) Serves() bool { return t.URL.Scheme == "file" || t.URL.Scheme == "sftp" }

// CheckPlace finds a folder in which the addresses of the site, whose home page
// has the path Base, would be answered with other files, or none. at is where
// url stands.
func (t Target) CheckPlace(at diag.Pos) []diag.Diagnostic {
	if t.Stripped || strings.HasSuffix(strings.TrimSuffix(t.URL.Path, "/")+"/", t.Base) {
		return nil
	}
	return []diag.Diagnostic{settingRule.At(at, "baseURL has the path %s, and the url of %s does not end with it: nothing would be found there", t.Base, t.Name).
		WithFix("add " + strings.TrimSuffix(t.Base, "/") + " to its folder, or set stripped = true if what stands in front takes that off")}
}

func (t Target) open(ctx context.Context) (store, error) {
	switch t.URL.Scheme {
	case "s3":
		return openBucket(ctx, t.URL)
	case "gs":
		return openGoogle(ctx, t.URL)
	case "azblob":
		return openAzure(t.URL)
	case "sftp":
		return openRemote(ctx, t.URL)
	}
	return openFolder(t.Folder())
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

// remedy is what a user can do about an error, by what the store calls it.
type remedy struct{ code, says, remedy string }

const (
	unconditional = "the store does not know conditional writes"
	useAnother    = "deploy to one that does: without them two deploys at a time would mix"
)

// explain puts what a user can do beside what a store says.
func (t Target) explain(err error) error {
	var name string
	var known []remedy
	switch t.URL.Scheme {
	case "s3":
		name, known = code(err), remedies
	case "gs":
		name, known = googleCode(err), googleRemedies
	case "azblob":
		name, known = azureCode(err), azureRemedies
	case "sftp":
		name, known = remoteCode(err), remoteRemedies
	}
	for _, k := range known {
		if k.code == name {
			var op *smithy.OperationError
			if errors.As(err, &op) {
				name += " for " + op.OperationName
			}
			return fmt.Errorf("%s (%s)\n    %s", k.says, name, k.remedy)
		}
	}
	if t.URL.Scheme == "azblob" && name != "" {
		return fmt.Errorf("the store says %s", name) // its library prints whole answers
	}
	return err
}
