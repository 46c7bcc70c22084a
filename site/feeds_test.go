package site

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
)

var (
	address  = regexp.MustCompile(`\s(?:href|src)="([^"]*)"`)
	mdTarget = regexp.MustCompile(`\]\(<?([^)\s>]*)|(?m:^\[[^\]^]+\]: +(\S+))`)
)

// The feeds, the twins and the manifest are read away from the site: a parser
// that we did not write takes them, and every address in them is absolute and
// names something that was published.
func TestMachineFiles(t *testing.T) {
	for _, base := range []string{"https://clinic.example.org/", "https://x.example/a/b/"} {
		t.Run(base, func(t *testing.T) {
			dir := project(t)
			const name = "content/articles/feeds/index.md"
			write(t, dir, name, "---\ntitle: \"Feeds & <twins>\"\ndescription: An article with every kind of link, to see what becomes of them in feeds and twins.\n"+
				"date: 2026-11-20\nlastmod: 2026-11-21\nauthor: editorial-team\n---\n\n"+
				"A [page](/groups/process/), a [file](/articles/feeds/index.md#parts), [its parts](#parts), a [definition][d] and [the guide](ref:tip-41), twice.[](ref:tip-41)[](ref:tip-47)\n\n"+
				"## Parts\n\n![Chairs](chairs.svg)\n\n```text\na < b &&  c\n  indented\n```\n\n[d]: /about/#main\n")
			drawing, err := os.ReadFile("../content/articles/benefits-of-group-therapy-in-an-iop/chairs.svg")
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, "content/articles/feeds/chairs.svg", string(drawing))
			out := filepath.Join(dir, "public")
			built(t, Config{Source: dir, BaseURL: base})
			read := func(name string) string {
				b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
				if err != nil {
					t.Fatal(err)
				}
				return string(b)
			}
			absolute := func(where, to string) {
				t.Helper()
				u, err := url.Parse(to)
				if err != nil || u.Scheme == "" {
					t.Errorf("%s: address %q is not absolute", where, to)
					return
				}
				if u.Scheme != "https" || !strings.HasPrefix(to, base) {
					if root, _ := url.Parse(base); u.Host == root.Host {
						t.Errorf("%s: address %q is outside %s", where, to, base)
					}
					return
				}
				file := strings.TrimPrefix(to, base)
				file, anchor, _ := strings.Cut(file, "#")
				if file == "" || strings.HasSuffix(file, "/") {
					file += "index.html"
				}
				text := read(file)
				if anchor != "" && !regexp.MustCompile(`id="?`+regexp.QuoteMeta(anchor)+`["\s>]`).MatchString(text) {
					t.Errorf("%s: address %q names no place on its page", where, to)
				}
			}

			var texts []string
			for _, name := range []string{"index.xml", "feed.json"} {
				f, err := gofeed.NewParser().ParseString(read(name))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if f.FeedLink != base+name || f.Link != base || len(f.Items) != 2 {
					t.Errorf("%s: self %q, site %q, %d items", name, f.FeedLink, f.Link, len(f.Items))
				}
				item := f.Items[0]
				texts = append(texts, item.Content)
				link := base + "articles/feeds/"
				if item.GUID != link || item.Link != link || item.Title != "Feeds & <twins>" {
					t.Errorf("%s: id %q, link %q, title %q", name, item.GUID, item.Link, item.Title)
				}
				if item.PublishedParsed == nil || item.UpdatedParsed == nil ||
					!item.PublishedParsed.Equal(time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)) ||
					!item.UpdatedParsed.Equal(time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)) {
					t.Errorf("%s: published %v, updated %v", name, item.Published, item.Updated)
				}
				if len(item.Authors) != 1 || item.Authors[0].Name != "Editorial team" {
					t.Errorf("%s: authors %v", name, item.Authors)
				}
				for _, want := range []string{"Not yet medically reviewed.", "a &lt; b &amp;&amp;&#32;&#32;c\n&#32;&#32;indented", `href="` + link + `#parts"`, `<h2>References</h2>`} {
					if !strings.Contains(item.Content, want) {
						t.Errorf("%s: the text lacks %q:\n%s", name, want, item.Content)
					}
				}
				for _, item := range f.Items {
					for _, m := range address.FindAllStringSubmatch(item.Content, -1) {
						absolute(name, m[1])
					}
				}
			}
			if texts[0] != texts[1] {
				t.Errorf("the feeds have different texts:\n%s\n%s", texts[0], texts[1])
			}
			feed, err := (&atom.Parser{}).Parse(strings.NewReader(read("index.xml")))
			if err != nil {
				t.Fatal(err)
			}
			if feed.ID != base || feed.Updated != "2026-11-21T00:00:00-08:00" || feed.Entries[0].Content.Type != "html" {
				t.Errorf("feed has id %q, was updated %q, content is %q", feed.ID, feed.Updated, feed.Entries[0].Content.Type)
			}

			twin := read("articles/feeds/index.md")
			for _, want := range []string{"# Feeds & <twins>\n\nAn article", "- Updated 2026-11-21\n- Not yet medically reviewed.\n\nA [page](" + base + "groups/process/)",
				"[file](" + base + "articles/feeds/#parts), [its parts](" + base + "articles/feeds/#parts)", "and the guide [1], twice. [1] [2]\n",
				"![Chairs](" + base + "articles/feeds/chairs.svg)", "[d]: " + base + "about/#main\n\n## References\n\n1. Center for Substance", "\n2. Center for Substance"} {
				if !strings.Contains(twin, want) {
					t.Errorf("twin lacks %q:\n%s", want, twin)
				}
			}
			for _, name := range []string{"articles/feeds/index.md", "articles/benefits-of-group-therapy-in-an-iop/index.md", "groups/process/index.md"} {
				text := read(name)
				for _, m := range mdTarget.FindAllStringSubmatch(text, -1) {
					absolute(name, m[1]+m[2])
				}
				if strings.Contains(text, "ref:") {
					t.Errorf("%s: has a marker of the source", name)
				}
				page := read(strings.TrimSuffix(name, "md") + "html")
				if want := `type="text/markdown" href="` + base + name; !strings.Contains(page, want) {
					t.Errorf("page of %s does not link it", name)
				}
			}

			var manifest struct {
				Name, Scope, ID string
				ShortName       string `json:"short_name"`
				StartURL        string `json:"start_url"`
				Theme           string `json:"theme_color"`
				Background      string `json:"background_color"`
				Icons           []struct{ Src, Type, Sizes string }
			}
			if err := json.Unmarshal([]byte(read("manifest.webmanifest")), &manifest); err != nil {
				t.Fatal(err)
			}
			root, _ := url.Parse(base)
			if manifest.Name == "" || manifest.ShortName == "" || manifest.Scope != root.Path || manifest.StartURL != root.Path ||
				!strings.HasPrefix(manifest.Theme, "#") || manifest.Background != manifest.Theme ||
				len(manifest.Icons) == 0 || manifest.Icons[0].Src != root.Path+"favicon.svg" {
				t.Errorf("manifest says %+v", manifest)
			}
			sizes := ""
			for _, icon := range manifest.Icons {
				read(strings.TrimPrefix(icon.Src, root.Path))
				sizes += " " + icon.Sizes
			}
			if sizes != " any 192x192 512x512 512x512" {
				t.Errorf("the manifest has icons of the sizes%s", sizes)
			}
			if got, want := read(".well-known/security.txt"), "Contact: mailto:security@clinic.example.org\nExpires: 2027-11-01T00:00:00Z\nPreferred-Languages: en, es\n"; got != want {
				t.Errorf("security.txt:\ngot\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Without a date of its end security.txt would lie some day: there is none.
func TestNoSecurityText(t *testing.T) {
	dir := project(t)
	config, err := os.ReadFile(filepath.Join(dir, "hugo.toml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "hugo.toml", regexp.MustCompile(`(?m)^  expires = .*\n`).ReplaceAllString(string(config), ""))
	built(t, Config{Source: dir})
	if _, err := os.Stat(filepath.Join(dir, "public", ".well-known")); !os.IsNotExist(err) {
		t.Errorf("security.txt without an end: %v", err)
	}
}
