package hugo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// env returns a Getenv over pairs, and gives the test a cache of its own.
func env(t *testing.T, pairs ...string) (getenv func(string) string, cache string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Setenv("LocalAppData", filepath.Join(home, "cache"))
	cache, err := cacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return func(key string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == key {
				return pairs[i+1]
			}
		}
		return ""
	}, cache
}

func TestFindOrder(t *testing.T) {
	flagged := filepath.Join(program(t, "hugo", nil), "hugo"+exe)
	named := filepath.Join(program(t, "hugo", nil), "hugo"+exe)
	onPath := program(t, "hugo", map[string]string{"version": "hugo v0.165.3-abc+extended+withdeploy linux/amd64 BuildDate=2026\n"})
	old := program(t, "hugo", map[string]string{"version": "hugo v0.92.2+extended linux/amd64 BuildDate=2022\n"})
	list := func(dirs ...string) string { return strings.Join(dirs, string(filepath.ListSeparator)) }

	tests := []struct {
		name, flag, variable, path string
		want                       Binary
	}{
		{"flag", flagged, named, onPath, Binary{flagged, Pin, "--hugo"}},
		{"variable", "", named, onPath, Binary{named, Pin, EnvVar}},
		{"path", "", "", list("relative", t.TempDir(), onPath), Binary{filepath.Join(onPath, "hugo"+exe), "v0.165.3", "PATH"}},
		{"name on path", "hugo", "", onPath, Binary{filepath.Join(onPath, "hugo"+exe), "v0.165.3", "--hugo"}},
		{"cache", "", "", old, Binary{"", Pin, "cache"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			getenv, cache := env(t, EnvVar, tt.variable, "PATH", tt.path)
			pinned := filepath.Join(cache, "hugo-"+Pin, "hugo"+exe)
			if tt.want.Path == "" {
				tt.want.Path = pinned
				writeTree(t, cache, map[string]string{"hugo-" + Pin + "/hugo" + exe: "never started"})
				if err := os.Chmod(pinned, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			got, err := Find(t.Context(), FindOptions{Flag: tt.flag, Getenv: getenv})
			if err != nil || got != tt.want {
				t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

// A Hugo that was asked for by name and does not fit is an error that names
// what was found, what is supported and what to do.
func TestFindRefusesNamed(t *testing.T) {
	tests := []struct {
		name, version, want string
	}{
		{"old", "hugo v0.92.2+extended linux/amd64 BuildDate=2022\n", "v0.92.2"},
		{"new", "hugo v0.166.0 linux/amd64 BuildDate=2026\n", "v0.166.0"},
		{"pre-release", "hugo v0.165.0-DEV linux/amd64 BuildDate=2026\n", "v0.165.0-DEV"},
		{"other program", "Hugo the giraffe 1.0\n", "not Hugo"},
	}
	for _, tt := range tests {
		for _, origin := range []string{"--hugo", EnvVar} {
			t.Run(tt.name+" "+origin, func(t *testing.T) {
				path := filepath.Join(program(t, "hugo", map[string]string{"version": tt.version}), "hugo"+exe)
				opt := FindOptions{Flag: path}
				if opt.Getenv, _ = env(t); origin == EnvVar {
					opt.Flag = ""
					opt.Getenv, _ = env(t, EnvVar, path)
				}
				_, err := Find(t.Context(), opt)
				if err == nil {
					t.Fatal("got no error")
				}
				for _, want := range []string{origin, path, tt.want, SupportedRange(), "leave " + origin + " out"} {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("error %q does not have %q", err, want)
					}
				}
			})
		}
	}
	getenv, _ := env(t)
	if _, err := Find(t.Context(), FindOptions{Flag: filepath.Join(t.TempDir(), "hugo"), Getenv: getenv}); err == nil {
		t.Error("got no error for a Hugo that does not exist")
	}
}

// Builds that start together install once; the rest wait and use it.
func TestFindInstallsOnce(t *testing.T) {
	tool := program(t, "go", nil)
	getenv, cache := env(t, "PATH", tool)
	t.Setenv("GOFLAGS", "-mod=vendor")
	writeTree(t, cache, map[string]string{".install-1/left": "by a build that was killed"})
	var (
		mu      sync.Mutex
		notices []string
		wg      sync.WaitGroup
	)
	for range 4 {
		wg.Go(func() {
			got, err := Find(t.Context(), FindOptions{Getenv: getenv, Notice: func(s string) {
				mu.Lock()
				defer mu.Unlock()
				notices = append(notices, s)
			}})
			if want := filepath.Join(cache, "hugo-"+Pin, "hugo"+exe); err != nil || got.Path != want || got.Version != Pin {
				t.Errorf("got %+v, %v; want %s", got, err, want)
			}
		})
	}
	wg.Wait()
	want := "install -tags withdeploy github.com/gohugoio/hugo@" + Pin + " CGO_ENABLED=0 GOFLAGS=\n"
	if got := readFile(t, filepath.Join(tool, "installs")); got != want {
		t.Errorf("got go commands %q, want %q", got, want)
	}
	if got := strings.Count(strings.Join(notices, "\n"), "installing Hugo "+Pin); got != 1 {
		t.Errorf("got notices %q, want one of the installation", notices)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, ".install-*")); len(left) != 0 {
		t.Errorf("left behind %q", left)
	}
	got, err := Find(t.Context(), FindOptions{Getenv: getenv})
	if err != nil || got.Origin != "cache" {
		t.Errorf("the next build got %+v, %v; want the cache", got, err)
	}
}

func TestFindCannotInstall(t *testing.T) {
	offline := program(t, "go", map[string]string{"offline": "dial tcp: lookup modules.example: no such host"})
	wrong := program(t, "go", map[string]string{"builds": "hugo v0.1.0 linux/amd64 BuildDate=unknown\n"})
	old := program(t, "hugo", map[string]string{"version": "hugo v0.92.2 linux/amd64 BuildDate=2022\n"})
	tests := []struct {
		name, path string
		want       []string
	}{
		{"no go", t.TempDir(), []string{"there is no go on PATH", "there is no hugo on PATH"}},
		{"no network", offline, []string{"no such host", "there is no hugo on PATH"}},
		{"old hugo", old, []string{"there is no go on PATH", "v0.92.2", SupportedRange()}},
		{"another version", wrong, []string{"v0.1.0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			getenv, cache := env(t, "PATH", tt.path)
			_, err := Find(t.Context(), FindOptions{Getenv: getenv})
			if err == nil {
				t.Fatal("got no error")
			}
			for _, want := range append(tt.want, "CGO_ENABLED=0 go install -tags withdeploy github.com/gohugoio/hugo@"+Pin, "put Hugo "+Pin+" on PATH") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not have %q", err, want)
				}
			}
			if isProgram(filepath.Join(cache, "hugo-"+Pin, "hugo"+exe)) {
				t.Error("a Hugo that must not be used is in the cache")
			}
		})
	}
}

func TestFindLookOnly(t *testing.T) {
	tool := program(t, "go", nil)
	getenv, _ := env(t, "PATH", tool)
	_, err := Find(t.Context(), FindOptions{Getenv: getenv, LookOnly: true})
	if err == nil || !strings.Contains(err.Error(), "a build installs Hugo "+Pin) {
		t.Errorf("got error %v", err)
	}
	if _, err := os.Stat(filepath.Join(tool, "installs")); err == nil {
		t.Error("it installed all the same")
	}
}

func TestFindCancelled(t *testing.T) {
	getenv, _ := env(t, "PATH", program(t, "go", nil))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := Find(ctx, FindOptions{Getenv: getenv})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v, want the context's", err)
	}
}
