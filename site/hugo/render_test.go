package hugo

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const emptyList = `["https://example.org/","T","en"]` + "\n"

// fakeConfig is a run of a fake Hugo on a small project.
func fakeConfig(t *testing.T, files map[string]string) (Config, string) {
	t.Helper()
	dir := program(t, "hugo", files)
	return Config{
		Binary:      Binary{Path: filepath.Join(dir, "hugo"+exe), Version: Pin},
		Source:      project(t, map[string]string{"hugo.toml": ""}),
		Destination: t.TempDir(), Scratch: t.TempDir(), Cache: t.TempDir(),
		BaseURL: "https://example.org/",
	}, dir
}

// Hugo gets the whole command line, and nothing of our environment.
func TestRenderArguments(t *testing.T) {
	t.Setenv("HUGO_PARAMS_SECRET", "leak")
	t.Setenv("HUGO_BASEURL", "https://evil.example/")
	cfg, dir := fakeConfig(t, map[string]string{"pages": emptyList})
	cfg.Clock = time.Date(2024, 5, 6, 7, 8, 9, 0, time.FixedZone("", -6*3600))
	cfg.Future = true
	cfg.Memory = 1_000_000
	if _, ds, err := Render(t.Context(), cfg); err != nil || len(ds) > 0 {
		t.Fatalf("got findings %q, error %v", lines(ds), err)
	}
	args := strings.Split(readFile(t, filepath.Join(dir, "args")), "\n")
	cache := args[slices.Index(args, "--cacheDir")+1]
	want := []string{
		"build", "--source", cfg.Source, "--destination", cfg.Destination,
		"--config", "hugo.toml," + filepath.Join(cfg.Scratch, "override.toml"),
		"--configDir", filepath.Join(cfg.Scratch, "config"), "--cacheDir", cache,
		"--baseURL", "https://example.org/", "--environment", "production", "--logLevel", "warn",
		"--noBuildLock", "--printPathWarnings", "--printI18nWarnings",
		"--buildDrafts=false", "--buildFuture=true", "--buildExpired=false",
		"--clock", "2024-05-06T07:08:09-06:00",
	}
	if !slices.Equal(args, want) {
		t.Errorf("got arguments\n%q\nwant\n%q", args, want)
	}
	if !strings.HasPrefix(cache, cfg.Cache) {
		t.Errorf("got cache %s outside %s", cache, cfg.Cache)
	}
	if got := readFile(t, filepath.Join(dir, "env")); got != "TZ=UTC\nGOGC=400\nGOMEMLIMIT=1000000" {
		t.Errorf("got environment %q", got)
	}
}

func TestRenderOutcome(t *testing.T) {
	tests := []struct {
		name      string
		files     map[string]string
		want, err string
	}{
		{"warning", map[string]string{"pages": emptyList, "log": "WARN  something\n"}, "layouts: something (hugo-warning)", ""},
		{"failure with a reason", map[string]string{"log": "ERROR something\n", "exit": "1"}, "layouts: something (hugo-error)", ""},
		{"failure without one", map[string]string{"log": "panic: oh\ngoroutine 1\n", "exit": "2"}, "", "run Hugo: exit status 2\n    panic: oh\n    goroutine 1"},
		{"full disk", map[string]string{"log": "ERROR write /x: no space left on device\n", "exit": "1"}, "", "no space left on device"},
		{"no list", map[string]string{}, "content/_index.md: Hugo made no list of pages: the home page sets outputs or build of its own, or is not published (hugo-config)", ""},
		{"list cut short", map[string]string{"pages": emptyList + `["content/a.md","https`}, "", "read page list"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg, _ := fakeConfig(t, tt.files)
			_, ds, err := Render(t.Context(), cfg)
			if got := strings.Join(lines(ds), "\n"); got != tt.want {
				t.Errorf("got findings %q, want %q", got, tt.want)
			}
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("got error %v, want %q", err, tt.err)
			}
		})
	}
	cfg, _ := fakeConfig(t, nil)
	cfg.Binary.Path += "gone"
	if _, _, err := Render(t.Context(), cfg); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got error %v for a Hugo that is gone", err)
	}
	cfg.BaseURL = "nope"
	if _, ds, err := Render(t.Context(), cfg); err != nil || len(ds) != 1 || ds[0].Rule != "hugo-config" {
		t.Errorf("got findings %q, error %v for a bad base URL", lines(ds), err)
	}
}

// A cache whose last run did not end well may hold half an image.
func TestRenderEmptiesCacheAfterFailure(t *testing.T) {
	cfg, dir := fakeConfig(t, map[string]string{"pages": emptyList})
	image := func() string {
		args := strings.Split(readFile(t, filepath.Join(dir, "args")), "\n")
		return filepath.Join(args[slices.Index(args, "--cacheDir")+1], "image.webp")
	}
	run := func() {
		t.Helper()
		if _, _, err := Render(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
	}
	run()
	writeTree(t, filepath.Dir(image()), map[string]string{"image.webp": "x"})
	run()
	readFile(t, image())
	// Errors that Hugo logs do not end it before its time.
	writeTree(t, dir, map[string]string{"exit": "1", "log": "ERROR x\nError: error building site: logged 1 error(s)\n"})
	run()
	writeTree(t, dir, map[string]string{"exit": "0", "log": ""})
	run()
	readFile(t, image())
	writeTree(t, dir, map[string]string{"exit": "1", "log": "ERROR x\n"})
	run()
	writeTree(t, dir, map[string]string{"exit": "0", "log": ""})
	run()
	if _, err := os.Stat(image()); err == nil {
		t.Error("the cache of a failed run was kept")
	}
	// Two builds of one project at the same time do not share it.
	shared, done, err := openCache(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer done(true)
	other, done2, err := openCache(cfg)
	if err != nil || other == shared {
		t.Errorf("got the cache %s twice, error %v", other, err)
	}
	done2(true)
}
