package lint

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the want sections")

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Every rule has an archive of its own name: a project in which the rule finds
// something, and in want its findings. A rule that finds nothing there is a
// rule that was never seen to work.
func TestRules(t *testing.T) {
	for _, rule := range Rules {
		t.Run(rule.ID, func(t *testing.T) {
			file := filepath.Join("testdata", rule.ID+".txtar")
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			var want string
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				p := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(p, f.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			index, _, err := content.Load(context.Background(), content.Options{Source: dir, Now: now, Languages: languages(dir)})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := diag.Text(&b, diag.Sort(diag.Run([]diag.Rule[Subject]{rule}, Subject{index, now}))); err != nil {
				t.Fatal(err)
			}
			got := b.String()
			if *update {
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				want = got
			}
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if got == "" {
				t.Error("the rule found nothing in its own archive")
			}
		})
	}
}

// languages are English, and every other one for which there are words.
func languages(dir string) []content.Language {
	list := []content.Language{{Key: "en", Tag: "en-US"}}
	files, _ := filepath.Glob(filepath.Join(dir, "i18n", "*.yaml"))
	for _, f := range files {
		if key := strings.TrimSuffix(filepath.Base(f), ".yaml"); key != "en" {
			list = append(list, content.Language{Key: key, Tag: key})
		}
	}
	return list
}

func TestEveryArchiveHasARule(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if !slices.ContainsFunc(Rules, func(r diag.Rule[Subject]) bool { return r.ID == id }) {
			t.Errorf("%s belongs to no rule", file)
		}
	}
}
