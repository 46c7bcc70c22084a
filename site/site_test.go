package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clinicblog/site/diag"
	"clinicblog/site/publish"
)

// With this variable set, the test binary is a child that builds the project in
// its folder over and over, until it is killed.
const childVar = "CLINICBLOG_TEST_BUILDS"

// A page that no translation is made from, and whose every version is another page.
const version = "---\ntitle: A version\ndescription: A page that says which version of the site this is.\n---\nVersion %d.\n"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) == "" {
		os.Exit(m.Run())
	}
	for i := 0; ; i++ {
		if err := os.WriteFile("content/version.md", fmt.Appendf(nil, version, i), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if _, ds, err := Build(context.Background(), Config{Source: "."}); err != nil || len(ds) > 0 {
			fmt.Fprintln(os.Stderr, ds, err)
			os.Exit(1)
		}
	}
}

// project copies this repository's project into an empty folder.
func project(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"layouts", "assets", "i18n", "data", "static", "content"} {
		from := filepath.Join("..", part)
		if _, err := os.Stat(from); os.IsNotExist(err) {
			continue
		}
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile(filepath.Join("..", "hugo.toml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "hugo.toml", string(config))
	return dir
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func built(t testing.TB, cfg Config) Summary {
	t.Helper()
	summary, ds, err := Build(context.Background(), cfg)
	if err != nil || len(ds) > 0 {
		var b strings.Builder
		_ = diag.Text(&b, ds)
		t.Fatalf("build: %v\n%s", err, b.String())
	}
	return summary
}

// graph decodes the structured data of a finished page.
func graph(t *testing.T, dir, page string) []map[string]any {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(dir, "public", page, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(src), `<script type="application/ld+json">`)
	text, _, closed := strings.Cut(rest, "</script>")
	if !found || !closed {
		t.Fatalf("%s has no structured data", page)
	}
	var decoded struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(text), &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded.Graph
}

// questions are the names and answers in the markup of a finished page.
func questions(t *testing.T, dir, page string) (names, answers []string) {
	t.Helper()
	for _, node := range graph(t, dir, page) {
		list, _ := node["mainEntity"].([]any)
		for _, item := range list {
			q := item.(map[string]any)
			names = append(names, q["name"].(string))
			answers = append(answers, q["acceptedAnswer"].(map[string]any)["text"].(string))
		}
	}
	return names, answers
}

// Whatever is in the text, the page is built, verified, and its markup says the
// same.
func TestHardText(t *testing.T) {
	dir := project(t)
	texts := []string{
		"What does </script> do?",
		`Is "this" 'quoted' & safe?`,
		"What of {{ braces }}, 100% and $x$?",
		"😀 Emoji 👩‍⚕️ too?",
		"האם זה עובד?",
		"هل هذا يعمل؟",
		"¿Qué es un programa?",
		"A zero\u200bwidth and a non breaking space?",
		"Back\\slash and `code`?",
		"What is -- a dash... and <!-- no comment?",
	}
	want := []string{
		"What does </script> do?", "Is “this” ‘quoted’ & safe?", "What of {{ braces }}, 100% and $x$?", "😀 Emoji 👩‍⚕️ too?",
		"האם זה עובד?", "هل هذا يعمل؟", "¿Qué es un programa?", "A zero\u200bwidth and a non breaking space?",
		"Back\\slash and code?", "What is – a dash… and <!– no comment?",
	}
	var b strings.Builder
	b.WriteString("---\ntitle: Hard text\ndescription: A page of texts that are hard to mark up.\n---\n## FAQ\n\n")
	for _, text := range texts {
		fmt.Fprintf(&b, "### %s\n\n%s\n\n", strings.ReplaceAll(text, "<", `\<`), strings.ReplaceAll(text, "<", `\<`))
	}
	write(t, dir, "content/hard.md", b.String())
	// The rule on text in another script is right here, and not asked.
	settings, err := os.ReadFile(filepath.Join(dir, "hugo.toml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "hugo.toml", string(settings)+"\n[params.clinicblog.check]\nrules = { foreign-text = \"off\" }\n")
	built(t, Config{Source: dir})
	names, answers := questions(t, dir, "hard")
	if !slices.Equal(names, want) {
		t.Errorf("names\n got %q\nwant %q", names, want)
	}
	if len(answers) != len(texts) {
		t.Errorf("%d answers, want %d", len(answers), len(texts))
	}
}

func TestManyQuestionsAndLongAnswer(t *testing.T) {
	dir := project(t)
	var b strings.Builder
	b.WriteString("---\ntitle: Long\ndescription: A page of 500 questions, one of them with a very long answer.\n---\n## FAQ\n\n")
	for i := range 500 {
		fmt.Fprintf(&b, "**Is this question %d?**\n\nYes, it is number %d.\n\n", i, i)
	}
	b.WriteString(strings.Repeat("And so it goes on, word by word.\n\n", 10_000/7))
	write(t, dir, "content/long.md", b.String())
	built(t, Config{Source: dir})
	names, answers := questions(t, dir, "long")
	if len(names) != 500 || names[499] != "Is this question 499?" {
		t.Fatalf("%d questions, the last is %q", len(names), names[len(names)-1])
	}
	if n := len(strings.Fields(answers[499])); n < 9_900 {
		t.Errorf("the long answer has %d words", n)
	}
}

// kill -9 at any moment leaves one whole site, and the next build cleans up.
func TestKill(t *testing.T) {
	dir := project(t)
	write(t, dir, "content/version.md", fmt.Sprintf(version, -1))
	start := time.Now()
	built(t, Config{Source: dir})
	took := time.Since(start)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	kills := 12
	if testing.Short() {
		kills = 3
	}
	versions := map[string]bool{}
	for range kills {
		cmd := exec.Command(self)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), childVar+"=1")
		var log strings.Builder
		cmd.Stderr = &log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// In the first build or in the second, on a machine of any speed.
		time.Sleep(rand.N(2 * took))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || log.Len() > 0 {
			t.Fatalf("the builds ended by themselves: %v\n%s", err, log.String())
		}
		public := filepath.Join(dir, "public")
		manifest, err := publish.Load(public)
		if err != nil {
			t.Fatal(err)
		}
		changes, err := publish.Compare(public, manifest)
		if err != nil || len(changes) > 0 {
			t.Fatalf("after a kill public/ is not whole: %v, %v", changes, err)
		}
		page, err := os.ReadFile(filepath.Join(public, "version", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		versions[string(page)] = true
	}
	t.Logf("%d versions seen after %d kills", len(versions), kills)
	built(t, Config{Source: dir})
	left, err := filepath.Glob(filepath.Join(dir, ".public.clinicblog", "build-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the next build left %v, %v", left, err)
	}
}

// Every rule explains itself: a title, a reason, a remedy, a name of its own.
func TestRulesAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		title, rest, _ := strings.Cut(r.Doc, "\n")
		switch {
		case r.ID == "" || strings.ToLower(r.ID) != r.ID || strings.ContainsAny(r.ID, " _."):
			t.Errorf("%q is no kebab-case name", r.ID)
		case seen[r.ID]:
			t.Errorf("%s: two rules have this name", r.ID)
		case title == "" || strings.HasSuffix(title, "."):
			t.Errorf("%s: the title %q is empty or a sentence", r.ID, title)
		case !strings.HasPrefix(rest, "\n") || len(strings.Fields(rest)) < 10:
			t.Errorf("%s does not say why it matters", r.ID)
		case r.Fix == "" || strings.HasSuffix(r.Fix, "."):
			t.Errorf("%s: the remedy %q is empty or ends with a full stop", r.ID, r.Fix)
		}
		seen[r.ID] = true
	}
}

// A finding on a finished page leads to the line of the source behind it.
func TestFindingsLeadToSources(t *testing.T) {
	dir := project(t)
	write(t, dir, "content/about.md", "---\ntitle: About\ndescription: Who we are.\n---\nText.\n\nQ: is no FAQ here.\n\n## FAQs\n\nQ1. Where?\nHere, see [there](/gone/).\n\nA [broken](/faq/#gone) anchor.\n")
	write(t, dir, "layouts/_partials/call.html", `<a href="/nowhere/">Nowhere</a>`)
	_, ds, err := Build(context.Background(), Config{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := diag.Text(&b, ds); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"content/about.md:12:", "content/about.md:14:", "public/", "/nowhere/"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); !os.IsNotExist(err) {
		t.Errorf("public/ was made: %v", err)
	}
}

// A build leaves nothing in the project but public/ and its own folder.
func TestBuildLeavesNoTraces(t *testing.T) {
	dir := project(t)
	before := names(t, dir)
	built(t, Config{Source: dir})
	after := slices.DeleteFunc(names(t, dir), func(n string) bool { return n == "public" || n == ".public.clinicblog" })
	if !slices.Equal(before, after) {
		t.Errorf("before %v, after %v", before, after)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	entries, err := fs.ReadDir(os.DirFS(dir), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}
