// Package clinicblog holds the tests that are about the whole project: who may
// import whom, and that the README and the layouts keep their promises.
package clinicblog

import (
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "clinicblog"

// bans says what a package must not reach, itself or through packages of ours,
// and why. A name that ends with a slash bans all below it.
var bans = []struct {
	pkg, banned, why string
}{
	{"site/diag", module + "/", "it is the leaf that everything stands on"},
	{"site/prose", module + "/", "it knows letters and nothing of what they are in"},
	{"site/lint/spam", module + "/site/content", "it judges text, wherever that stands"},
	{"site/content", module + "/site/hugo", "sources are read without rendering them"},
	{"site/content", module + "/site/schema", "sources are read without knowing what becomes of them"},
	{"site/lint", module + "/site/hugo", "sources are judged before anything is rendered"},
	{"site/lint", module + "/site/schema", "sources are judged before anything is rendered"},
	{"site/lint", module + "/site/verify", "sources are judged before anything is rendered"},
	{"site/triage", module + "/site/hugo", "it judges findings, whoever found them"},
	{"site/triage", module + "/site/lint", "it judges findings, whoever found them"},
	{"site/triage", module + "/site/verify", "it judges findings, whoever found them"},
	{"site/report", module + "/site/content", "it shows what it is given"},
	{"site/schema", module + "/site/hugo", "the graph is a pure function of its inputs"},
	{"site/calendar", module + "/site/hugo", "a feed is a pure function of its inputs"},
	{"site/calendar", module + "/site/lint", "it trusts the schedule, and shares no code with what judges it"},
	{"site/search", module + "/", "an index is a function of finished text, whoever wrote it"},
	{"site/card", module + "/site/content", "it draws words, and knows nothing of where they are from"},
	{"site/card", module + "/site/hugo", "it draws words, and knows nothing of where they are from"},
	{"site/verify", module + "/site/card", "it must not trust the code it checks"},
	{"site/verify", module + "/site/calendar", "it must not trust the code it checks"},
	{"site/verify", module + "/site/search", "it must not trust the code it checks"},
	{"site/verify", module + "/site/content", "it must not trust the code it checks"},
	{"site/verify", module + "/site/lint", "it must not trust the code it checks"},
	{"site/verify", module + "/site/schema", "it must not trust the code it checks"},
	{"site/verify", module + "/site/finish", "it must not trust the code it checks"},
	{"site/verify", module + "/site/hugo", "it sees files, as a browser does"},
	{"site/finish", module + "/site/verify", "the check must not share code with what it checks"},
	{"site/urls", module + "/site/hugo", "what is published it is told"},
	{"site/cache", module + "/", "it keeps files and knows nothing of what they hold"},
	{"site/pack", module + "/site/content", "it compresses files and knows nothing of what they hold"},
	{"site/pack", module + "/site/hugo", "it compresses files and knows nothing of what they hold"},
	{"site/pack", module + "/site/host", "it is told which files to compress"},
	{"site/host", module + "/site/hugo", "what is served does not depend on what rendered it"},
	{"site/host", module + "/site/content", "what is served does not depend on what it says"},
	{"site/host", module + "/site/verify", "it is told what pages need, and looks at none"},
	{"site/host", module + "/site/publish", "a configuration is a pure function of its inputs"},
	{"site/serve", module + "/site", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/content", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/lint", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/hugo", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/calendar", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/search", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/schema", "it shows what a function builds, and knows nothing of how"},
	{"site/serve", module + "/site/finish", "a page that is shown must not be changed by what made it"},
	{"site/serve", module + "/site/verify", "what is shown was verified before"},
	{"site/serve", module + "/site/publish", "it never writes to what is published"},
	{"site/deploy", module + "/site/hugo", "it is told which files there are, whoever made them"},
	{"site/deploy", module + "/site/content", "it is told which files there are, whoever made them"},
	{"site/deploy", module + "/site/host", "it is told how files are served"},
	{"site/deploy", module + "/site/publish", "it is told which files there are, whoever made them"},
	{"site/publish", module + "/", "it moves files and knows nothing of what they hold"},
}

// direct says what a package's own files must not import or call.
var direct = []struct {
	pkg, banned, why string
}{
	{"site/schema", "os", "the graph is a pure function of its inputs: no files"},
	{"site/schema", "net", "the graph is a pure function of its inputs: no network"},
	{"site/schema", "net/http", "the graph is a pure function of its inputs: no network"},
	{"site/schema", "time.Now", "the graph is a pure function of its inputs: no clock"},
	{"site/calendar", "os", "a feed is a pure function of its inputs: no files"},
	{"site/calendar", "time.Now", "a feed is a pure function of its inputs: no clock"},
	{"site/search", "os", "an index is a pure function of its inputs: it reads what it is given to read"},
	{"site/search", "time.Now", "an index is a pure function of its inputs: no clock"},
	{"site/card", "os", "a card is a pure function of its inputs: no files"},
	{"site/card", "time.Now", "a card is a pure function of its inputs: no clock"},
	{"site/urls", "os", "the list is text, and who asks reads and writes it"},
	{"site/host", "os", "a configuration is a pure function of its inputs: no files"},
	{"site/host", "time.Now", "a configuration is a pure function of its inputs: no clock"},
	{"site/lint", "time.Now", "a build at --clock must judge by that time"},
	{"site/report", "os", "it makes HTML of what it is given: no files"},
	{"site/report", "time.Now", "a report at --clock must judge by that time"},
	{"site/triage", "time.Now", "a build at --clock must judge by that time"},
	{"site/content", "time.Now", "a build at --clock must judge by that time"},
}

// The command has no opinions: of ours it imports these alone.
var commandMayImport = []string{module + "/site", module + "/site/diag"}

func imports(t *testing.T, dir string) []string {
	t.Helper()
	pkg, err := build.Default.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pkg.Imports
}

// reach returns every import of a package and of the packages of ours below it.
func reach(t *testing.T, dir string) []string {
	t.Helper()
	seen := map[string]bool{}
	var walk func(dir string)
	walk = func(dir string) {
		for _, i := range imports(t, dir) {
			if seen[i] {
				continue
			}
			seen[i] = true
			if sub, ours := strings.CutPrefix(i, module+"/"); ours {
				walk(filepath.FromSlash(sub))
			}
		}
	}
	walk(dir)
	var all []string
	for i := range seen {
		all = append(all, i)
	}
	slices.Sort(all)
	return all
}

func violations(imports []string, banned string) []string {
	var found []string
	for _, i := range imports {
		if i == banned || strings.HasSuffix(banned, "/") && strings.HasPrefix(i, banned) {
			found = append(found, i)
		}
	}
	return found
}

func TestWhoMayImportWhom(t *testing.T) {
	for _, b := range bans {
		for _, i := range violations(reach(t, filepath.FromSlash(b.pkg)), b.banned) {
			t.Errorf("%s reaches %s: %s", b.pkg, i, b.why)
		}
	}
	for _, b := range direct {
		dir := filepath.FromSlash(b.pkg)
		if pkg, fn, isFunc := strings.Cut(b.banned, "."); isFunc {
			for _, file := range goFiles(t, dir) {
				src, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(src), pkg+"."+fn+"(") {
					t.Errorf("%s calls %s: %s", file, b.banned, b.why)
				}
			}
			continue
		}
		for _, i := range violations(imports(t, dir), b.banned) {
			t.Errorf("%s imports %s: %s", b.pkg, i, b.why)
		}
	}
	for _, i := range imports(t, filepath.FromSlash("cmd/clinicblog")) {
		if strings.HasPrefix(i, module+"/") && !slices.Contains(commandMayImport, i) {
			t.Errorf("cmd/clinicblog imports %s: main has no opinions", i)
		}
	}
	for _, dir := range []string{"cmd/clinicblog", "site"} {
		for _, i := range reach(t, filepath.FromSlash(dir)) {
			if strings.HasPrefix(i, "github.com/gohugoio/") {
				t.Errorf("%s reaches %s: Hugo is a child process", dir, i)
			}
		}
	}
}

// The gate itself is seen to fire.
func TestBansFire(t *testing.T) {
	if got := violations(reach(t, "site"), module+"/site/hugo"); len(got) != 1 {
		t.Errorf("site reaches site/hugo, the ban finds %v", got)
	}
	if got := violations(reach(t, "site"), module+"/"); len(got) < 5 {
		t.Errorf("site reaches all rooms, the ban finds %v", got)
	}
}

func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

// scriptLayout alone brings a script: a search on the reader's device needs
// one. It is a file of the site, so that no policy has to allow text in a page.
const scriptLayout, theScript = "layouts/search.html", `<script type="module" src=`

// Go owns the graph: no layout spells JSON-LD, and none but one brings a script.
func TestLayoutsHoldNoJSONLD(t *testing.T) {
	err := filepath.WalkDir("layouts", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.ToLower(string(src))
		if filepath.ToSlash(path) == scriptLayout {
			text = strings.Replace(text, theScript, "", 1)
		}
		for _, banned := range []string{"ld+json", "schema.org", "<script", "itemscope", " style="} {
			if strings.Contains(text, banned) {
				t.Errorf("%s holds %q", path, banned)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Nothing that is built is ever committed, and no package has a name that says
// nothing.
func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "site", "layouts", "content", "public", "assets", "data", "i18n", "static", "go.mod", "go.sum", "hugo.toml", "urls.txt", "README.md", "LICENSE", "arch_test.go", "bench_test.go"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && e.Name() != "node_modules" && e.Name() != "resources" && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s at the top level: which room does it belong in?", e.Name())
		}
	}
	for _, root := range []string{"cmd", "site"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && slices.Contains([]string{"internal", "util", "helper", "manager", "common", "types", "core"}, d.Name()) {
				t.Errorf("%s: a name that says nothing", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Each library that we chose has a sentence that says what it is for.
func TestLibrariesHaveReasons(t *testing.T) {
	src, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSpace(line)
		name, version, found := strings.Cut(line, " v")
		if !found || !strings.Contains(name, "/") || strings.HasSuffix(line, "// indirect") {
			continue
		}
		if _, why, _ := strings.Cut(version, "// "); len(strings.Fields(why)) < 3 {
			t.Errorf("go.mod does not say what %s is for", name)
		}
	}
}

// The README stays short, and the commands that it shows exist.
func TestREADME(t *testing.T) {
	src, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(src)
	if n := strings.Count(readme, "\n"); n >= 100 {
		t.Errorf("the README has %d lines, want fewer than 100", n)
	}
	for _, command := range []string{"go run ./cmd/clinicblog build", "go test ./..."} {
		if !strings.Contains(readme, "\n    "+command) {
			t.Errorf("the README does not show %q", command)
		}
	}
	commands, err := filepath.Glob("cmd/clinicblog/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, file := range commands {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	for line := range strings.Lines(readme) {
		fields := strings.Fields(line)
		if len(fields) > 1 && fields[0] == "clinicblog" && strings.HasPrefix(line, "    ") && fields[1] != "completion" &&
			!strings.Contains(code.String(), `"`+fields[1]+" ") && !strings.Contains(code.String(), `"`+fields[1]+`"`) {
			t.Errorf("the README shows clinicblog %s, which does not exist", fields[1])
		}
		if len(fields) > 0 && strings.HasSuffix(fields[0], "/") && strings.HasPrefix(line, "    ") {
			for _, dir := range strings.Split(fields[0], " ") {
				if _, err := os.Stat(dir); err != nil && dir != "public/" {
					if _, err := os.Stat(filepath.Join("site", dir)); err != nil {
						t.Errorf("the README names %s, which does not exist", dir)
					}
				}
			}
		}
	}
	// Every flag of build that the README names is one that build has.
	for _, word := range strings.FieldsFunc(readme, func(r rune) bool { return strings.ContainsRune(" `,.\n|", r) }) {
		flag, isFlag := strings.CutPrefix(word, "--")
		if isFlag && flag != "" && !strings.Contains(code.String(), `"`+flag+`"`) && !strings.Contains(code.String(), "--"+flag) {
			t.Errorf("the README names --%s, which does not exist", flag)
		}
	}
}
