package lint

import (
	"context"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
				place(t, filepath.Join(dir, filepath.FromSlash(f.Name)), f.Data)
			}
			index, _, err := content.Load(context.Background(), content.Options{Source: dir, Now: now, Languages: languages(dir)})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := diag.Text(&b, diag.Sort(diag.Run([]diag.Rule[Subject]{rule}, Subject{Index: index, Now: now, Settings: settings(t, dir)}))); err != nil {
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

// place writes a file of an archive. What is no text stands in x.base64; x.size
// makes the file x, written before, that many bytes long.
func place(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	file, encoded := strings.CutSuffix(name, ".base64")
	if encoded {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(data)), ""))
		if err != nil {
			t.Fatal(err)
		}
		data = decoded
	}
	if file, sized := strings.CutSuffix(name, ".size"); sized {
		size, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, size); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
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
