package host

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"clinicblog/site/diag"
)

var update = flag.Bool("update", false, "write what the hosts get into testdata")

// sample has one file of each kind that hosts must be told of.
func sample() Site {
	d := Declaration{Headers: map[string]string{"X-Robots-Tag": `noai "x" 100%`, "X-Frame-Options": ""}}
	s := Site{
		BaseURL: "https://clinic.example/",
		Always:  d.Always(Policy(map[string][]string{"script-src": {"'self'"}, "img-src": {"'self'", "data:"}})),
		Types:   map[string]string{"index.xml": "application/atom+xml; charset=utf-8", "es/feed.json": "application/feed+json; charset=utf-8"},
		Moved:   []Move{{"/old/", "/new/"}, {"/viejo/año/", "https://other.example/"}},
		Gone:    []string{"/gone/"},
		Coded:   []string{"br", "gz", "zst"},
	}
	for _, name := range []string{
		"index.html", "new/index.html", "404.html", "index.xml", "sitemap.xml", "es/feed.json", "robots.txt", ".well-known/security.txt",
		"new/index.md", "schedule/groups.ics", "css/main.0123456789abcdef.css", "js/search.0123456789abcdef.js", "js/a.min.js",
		"search/0123456789abcdef.json", "search/a.json", "photo.jpg", "new/photo_hu_0123456789abcdef.avif", "manifest.webmanifest", "cards/a.png", "data",
	} {
		s.Files = append(s.Files, File{name, 1})
	}
	slices.SortFunc(s.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return s
}

// What each host gets is in testdata, for people to read; -update writes it.
func TestHostFiles(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			configs, ds := Write(name, sample(), diag.Pos{File: "hugo.toml", Line: 3})
			var a txtar.Archive
			for _, c := range configs {
				where := "beside the published folder"
				if c.Published {
					where = "published"
				}
				a.Files = append(a.Files, txtar.File{Name: c.Name + " (" + where + ")", Data: c.Content})
			}
			var b strings.Builder
			if err := diag.Text(&b, ds); err != nil {
				t.Fatal(err)
			}
			a.Files = append(a.Files, txtar.File{Name: "findings", Data: []byte(b.String())})
			got, golden := txtar.Format(&a), filepath.Join("testdata", name+".txtar")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			for _, c := range configs {
				if strings.HasSuffix(c.Name, ".json") && !json.Valid(c.Content) {
					t.Errorf("%s is no JSON", c.Name)
				}
			}
		})
	}
}

// Whatever patterns a host can express, each file gets its own headers by them.
func TestCascade(t *testing.T) {
	s := sample()
	for name, match := range map[string]func(pattern) string{
		"ours":    pattern.match,
		"broad":   func(p pattern) string { return ".*" + regexp.QuoteMeta(p.ext) },
		"nothing": func(pattern) string { return `[^\s\S]` },
	} {
		rules := s.cascade(match)
		for _, f := range s.Files {
			got := kind{cachePage, types[".html"]}
			for _, r := range rules {
				hit := r.path == f.Path
				if r.path == "" {
					hit = regexp.MustCompile("^(?:" + match(r.pattern) + ")$").MatchString(f.Path)
				}
				if hit {
					got = r.kind
				}
			}
			if want := s.kindOf(f.Path); got != want {
				t.Errorf("%s: %s gets %v, want %v", name, f.Path, got, want)
			}
		}
	}
	for _, f := range s.Files {
		n, want := 0, s.kindOf(f.Path)
		for _, r := range s.folders() {
			if r.path == f.Path || strings.HasSuffix(r.path, "/") && strings.HasPrefix(f.Path, r.path) {
				n++
				if r.kind != want {
					t.Errorf("folders: %s gets %v, want %v", f.Path, r.kind, want)
				}
			}
		}
		if page := isPage(f.Path); page && n != 0 || !page && n != 1 {
			t.Errorf("folders: %d rules for %s", n, f.Path)
		}
	}
}

func TestCache(t *testing.T) {
	for name, want := range map[string]string{
		"a/index.html": cachePage, "a/index.md": cachePage, "search/a.json": cachePage, "a.js": cachePage, "manifest.webmanifest": cachePage,
		"css/main.89257225d37e773b.css": cacheStamp, "a/x_hu_89257225d37e773b.webp": cacheStamp,
		"schedule/appointments-e5bd0801.ics": cacheFeed, "robots.txt": cacheFeed, "sitemap.xml": cacheFeed, ".well-known/security.txt": cacheFeed,
		"a/photo.jpg": cacheMedia, "a/leaflet.pdf": cacheMedia, "a/deadbeef.jpg": cacheMedia, "a/89257225d37e773b/index.html": cachePage,
	} {
		if got := cacheOf(name, ContentType(name)); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestPolicy(t *testing.T) {
	if got, want := Policy(nil), "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; media-src 'self'; style-src 'self'; upgrade-insecure-requests"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	got := Policy(map[string][]string{"script-src": {"'self'", "'sha256-x'"}, "form-action": {"'self'"}, "frame-src": {"https://video.example"}, "img-src": {"data:"}})
	for _, part := range []string{"; script-src 'self' 'sha256-x';", "; form-action 'self';", "; frame-src https://video.example;", "; img-src 'self' data:;"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in %s", part, got)
		}
	}
	if strings.Contains(got, "unsafe") {
		t.Error(got)
	}
}

// Each setting that cannot be is a finding at its place.
func TestRead(t *testing.T) {
	for _, test := range []struct {
		table any
		at    string
		want  string
	}{
		{"x", "", "is not a table"},
		{map[string]any{"host": "x"}, "host", "there is no setting host"},
		{map[string]any{"hosts": "nginx"}, "hosts", "not a list"},
		{map[string]any{"hosts": []any{"nginx", "ngnix"}}, "hosts[1]", `there is no host "ngnix"`},
		{map[string]any{"hosts": []any{"nginx", "nginx"}}, "hosts[1]", "named twice"},
		{map[string]any{"hsts": "yes"}, "hsts", "hsts is yes"},
		{map[string]any{"hsts": 3}, "hsts", "hsts is 3"},
		{map[string]any{"headers": []any{}}, "headers", "not a table"},
		{map[string]any{"headers": map[string]any{"x-a": "b\r\nSet-Cookie: c"}}, "headers.x-a", "line breaks"},
		{map[string]any{"headers": map[string]any{"x-a": " b"}}, "headers.x-a", "blanks"},
		{map[string]any{"headers": map[string]any{"x-a": "é"}}, "headers.x-a", "beyond ASCII"},
		{map[string]any{"headers": map[string]any{"x-a": "$host"}}, "headers.x-a", "a variable"},
		{map[string]any{"headers": map[string]any{"x-a": 1}}, "headers.x-a", "no text"},
		{map[string]any{"headers": map[string]any{"x a": "b"}}, "headers.x a", "no name of a header"},
		{map[string]any{"headers": map[string]any{"x-a": strings.Repeat("b", 1501)}}, "headers.x-a", "1501 characters"},
		{map[string]any{"headers": map[string]any{"content-security-policy": "b"}}, "headers.content-security-policy", "cannot be set"},
	} {
		d, ds := Read(test.table, func(key string) diag.Pos { return diag.Pos{File: key} })
		if len(ds) != 1 || ds[0].Pos.File != test.at || !strings.Contains(ds[0].Message, test.want) {
			t.Errorf("%v: got %v, want %q at %s", test.table, ds, test.want, test.at)
		}
		_ = d.Always("")
	}
	for _, table := range []any{nil, map[string]any{}, map[string]any{"hosts": []any{}, "hsts": "preload", "headers": map[string]any{"referrer-policy": "same-origin"}}} {
		d, ds := Read(table, func(string) diag.Pos { return diag.Pos{} })
		if len(ds) > 0 {
			t.Errorf("%v: %v", table, ds)
		}
		if table != nil && d.HSTS == "preload" && !slices.Contains(d.Always("x"), Header{"Referrer-Policy", "same-origin"}) {
			t.Errorf("got %v", d.Always("x"))
		}
	}
}

// Every limit that a vendor documents is seen to fire.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", 1200)
	many := func(n int) Site {
		s := sample()
		for i := range n {
			s.Moved = append(s.Moved, Move{fmt.Sprintf("/m%d/", i), "/"})
		}
		return s
	}
	for _, test := range []struct {
		host, want string
		site       Site
	}{
		{"cloudflare", "2000 redirects", many(1000)},
		{"vercel", "2048 redirects", many(1025)},
		{"cloudfront", "10240 bytes in a function", many(700)},
		{"azure", "20480 bytes", many(300)},
		{"cloudflare", "1000 characters in a redirect", func() Site { s := sample(); s.Moved = []Move{{"/" + long, "/"}}; return s }()},
		{"vercel", "4096 characters", func() Site { s := sample(); s.Moved = []Move{{"/" + strings.Repeat(long, 4), "/"}}; return s }()},
		{"cloudflare", "2000 characters in a line", func() Site { s := sample(); s.Always[0].Value = strings.Repeat("x", 2000); return s }()},
		{"cloudflare", "100 rules", func() Site {
			s := sample()
			for i := range 100 {
				s.Files = append(s.Files, File{fmt.Sprintf("f%d", i), 1})
			}
			return s
		}()},
		{"cloudflare", "26214400 bytes in a file", func() Site { s := sample(); s.Files[0].Size = 26 << 20; return s }()},
		{"cloudfront", "1783 characters in a Content-Security-Policy", func() Site { s := sample(); s.Always[0].Value = strings.Repeat("x", 1800); return s }()},
		{"cloudfront", "10 custom headers", func() Site {
			s := sample()
			for i := range 10 {
				s.Always = append(s.Always, Header{fmt.Sprintf("X-%d", i), "x"})
			}
			return s
		}()},
		{"cloudfront", "10240 characters in all custom headers", func() Site { s := sample(); s.Always[1].Value = strings.Repeat("x", 11000); return s }()},
		{"cloudflare", "100000 files", func() Site { s := sample(); s.Files = slices.Repeat(s.Files, 5001); return s }()},
		{"vercel", "2048 rules for headers", func() Site {
			s := sample()
			for i := range 2048 {
				s.Files = append(s.Files, File{fmt.Sprintf("f%d", i), 1})
			}
			return s
		}()},
		{"azure", "524288000 bytes in all files", func() Site { s := sample(); s.Files[0].Size = 501 << 20; return s }()},
		{"github", "1073741824 bytes in all files", func() Site { s := sample(); s.Files[0].Size = 2 << 30; return s }()},
		{"firebase", "2147483648 bytes in a file", func() Site { s := sample(); s.Files[0].Size = 3 << 30; return s }()},
		{"nginx", "4092 bytes in a header", func() Site { s := sample(); s.Always[0].Value = strings.Repeat("x", 4093); return s }()},
	} {
		_, ds := Write(test.host, test.site, diag.Pos{})
		if !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
			return d.Rule == "host-limit" && d.Severity == diag.Error && strings.Contains(d.Message, "takes "+test.want)
		}) {
			t.Errorf("%s: no finding of %q in %v", test.host, test.want, ds)
		}
	}
}

func TestWrite(t *testing.T) {
	has := func(ds []diag.Diagnostic, rule, part string) bool {
		return slices.ContainsFunc(ds, func(d diag.Diagnostic) bool { return d.Rule == rule && strings.Contains(d.Message, part) })
	}
	if _, ds := Write("geocities", sample(), diag.Pos{}); !has(ds, "hosting", `no host "geocities"`) {
		t.Error(ds)
	}
	s := sample()
	s.Files = slices.Insert(s.Files, slices.IndexFunc(s.Files, func(f File) bool { return f.Path > "_headers" }), File{"_headers", 1})
	if _, ds := Write("netlify", s, diag.Pos{}); !has(ds, "hosting", "the site has a file _headers") {
		t.Error(ds)
	}
	s = sample()
	s.BaseURL = "https://clinic.example/blog/"
	if _, ds := Write("netlify", s, diag.Pos{}); !has(ds, "host-cannot", "the path /blog/") {
		t.Error(ds)
	}
	one, _ := Write("netlify", sample(), diag.Pos{})
	two, _ := Write("cloudflare", sample(), diag.Pos{})
	if _, ds := Merge(append(one, two...), diag.Pos{}); !has(ds, "hosting", "different files named _headers") {
		t.Error(ds)
	}
	if all, ds := Merge(append(one, one...), diag.Pos{}); len(all) != 2 || len(ds) > 0 {
		t.Error(all, ds)
	}
	for hosts, want := range map[string]bool{"": true, "nginx": false, "github": true, "nginx github": true} {
		if got := NeedsPages(strings.Fields(hosts)); got != want {
			t.Errorf("NeedsPages(%s): got %v", hosts, got)
		}
	}
}

// What a free plan does not take is advice: a larger one may be paid for.
func TestFreePlans(t *testing.T) {
	s := sample()
	s.Files[0].Size = 300 << 20
	s.Files = slices.Repeat(s.Files, 1001)
	for host, want := range map[string]string{"cloudflare": "takes 20000 files on its free plan", "azure": "takes 262144000 bytes in all files on its free plan"} {
		if _, ds := Write(host, s, diag.Pos{}); !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Advice && strings.Contains(d.Message, want)
		}) {
			t.Errorf("%s: no advice %q in %v", host, want, ds)
		}
	}
}

// What stands in an address or in the name of a file is not read as a pattern, a
// variable or the end of a value by any host. The servers that run on a machine
// are asked in the tests of site; here stands what the documentation and the code
// of the others want.
func TestEscaping(t *testing.T) {
	s := sample()
	s.Types = map[string]string{}
	for _, name := range []string{"feeds/x'y (1) [2].xml", "feeds/br{a}`$1.xml", "feeds/año.xml"} {
		s.Files = append(s.Files, File{name, 1})
		s.Types[name] = "application/atom+xml; charset=utf-8"
	}
	s.Moved = []Move{{"/viejo/año/", "/nuevo/ñ/#té"}, {"/日本/", "https://other.example/x:y/a%20b*(1)?q=1&r=%25"}}
	s.Gone = []string{"/fué/"}
	for name, want := range map[string][]string{
		"cloudflare": {
			"\n/feeds/x'y%20(1)%20[2].xml\n", "\n/feeds/br%7Ba%7D%60$1.xml\n", "\n/feeds/a%C3%B1o.xml\n",
			"\n/viejo/a%c3%b1o/ /nuevo/%C3%B1/#t%C3%A9 301\n", "\n/viejo/a%C3%B1o /nuevo/%C3%B1/#t%C3%A9 301\n", "\n/%E6%97%A5%E6%9C%AC/ https://other.example/x:y/a%20b*(1)?q=1&r=%25 301\n",
		},
		"netlify":    {"\n/viejo/a%C3%B1o/ /nuevo/%C3%B1/#t%C3%A9 301!\n", "\n/fu%C3%A9/ /404.html 410!\n", "\n/fu%c3%a9/ /404.html 410!\n"},
		"azure":      {`"/feeds/x'y%20(1)%20[2].xml"`, `"/viejo/a%C3%B1o/"`, `"/nuevo/%C3%B1/#t%C3%A9"`},
		"vercel":     {`"/feeds/x'y%20\\(1\\)%20[2]\\.xml"`, `"/feeds/br%7Ba%7D%60$1\\.xml"`, `"/viejo/a%C3%B1o/"`, `"https://other.example/x:y/a%20b*(1)?q=1&r=%25"`},
		"firebase":   {`"/viejo/año/"`, `"/nuevo/ñ/#té"`, `"https://other.example/x:y/a b*(1)?q=1&r=%"`, "/feeds/br(?:\\\\{|%7B)a(?:\\\\}|%7D)(?:`|%60)(?:\\\\$|%24)1\\\\.xml$", `/feeds/a(?:ñ|%C3%B1)o\\.xml$`},
		"cloudfront": {`"/viejo/a\u00f1o": "/nuevo/%C3%B1/#t%C3%A9"`, `"/fu\u00e9": 1`},
	} {
		configs, ds := Write(name, s, diag.Pos{})
		if errs, _ := diag.Count(ds); errs > 0 {
			t.Errorf("%s: %v", name, ds)
		}
		all := ""
		for _, c := range configs {
			all += string(c.Content)
		}
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("%s lacks %s in:\n%s", name, w, all)
			}
		}
	}
	for _, test := range []struct{ host, to, want string }{
		{"vercel", "https://other.example/?t=12:30", "refuses the site"},
		{"vercel", "https://other.example/?t=12%3a30", "refuses the site"},
		{"firebase", "https://other.example/a%2Fb", "would lead elsewhere"},
		{"firebase", "https://other.example/:x", "reads /: as a variable"},
	} {
		s.Moved = []Move{{"/old/", test.to}}
		if _, ds := Write(test.host, s, diag.Pos{}); !slices.ContainsFunc(ds, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && strings.Contains(d.Message, test.want)
		}) {
			t.Errorf("%s, %s: got %v, want %q", test.host, test.to, ds, test.want)
		}
	}
}

// The function for CloudFront, run by Node.
func TestCloudfrontFunction(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s := sample()
	s.Gone = append(s.Gone, "/fué/")
	configs, _ := Write("cloudfront", s, diag.Pos{})
	want := map[string]string{
		"/":                         "/index.html",
		"/new/":                     "/new/index.html",
		"/new":                      "301 /new/",
		"/css/main.css":             "/css/main.css",
		"/a.b/c":                    "301 /a.b/c/",
		"/old/":                     "301 /new/",
		"/old":                      "301 /new/",
		"/Old/":                     "/Old/index.html",
		"/viejo/a%C3%B1o/":          "301 https://other.example/",
		"/viejo/a%c3%b1o":           "301 https://other.example/",
		"/gone/":                    "410 ",
		"/fu%C3%A9":                 "410 ",
		"/%ff/":                     "/%ff/index.html",
		"/toString/":                "/toString/index.html",
		"/.well-known/security.txt": "/.well-known/security.txt",
	}
	script := string(configs[0].Content) + `
const all = {};
for (const uri of ` + literal(slices.Sorted(maps.Keys(want))) + `) {
  const r = handler({ request: { uri } });
  all[uri] = r.statusCode ? r.statusCode + ' ' + (r.headers ? r.headers.location.value : '') : r.uri;
}
console.log(JSON.stringify(all));
`
	out, err := exec.Command(node, "-e", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for uri, w := range want {
		if got[uri] != w {
			t.Errorf("%s: got %q, want %q", uri, got[uri], w)
		}
	}
}
