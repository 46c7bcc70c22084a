package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// fresh is a destination that does not exist yet, in a folder of its own.
func fresh(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "public")
}

func open(t testing.TB, dest string) *Stage {
	t.Helper()
	s, err := Open(t.Context(), Options{Dest: dest})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Abort() })
	return s
}

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t testing.TB, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ManifestName {
			return err
		}
		b, err := os.ReadFile(path)
		got[filepath.ToSlash(path[len(dir)+1:])] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func publish(t testing.TB, dest string, files map[string]string) Manifest {
	t.Helper()
	s := open(t, dest)
	write(t, s.Dir(), files)
	m, err := s.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func wantSite(t testing.TB, dest string, want map[string]string) {
	t.Helper()
	if got := read(t, dest); !maps.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", dest, got, want)
	}
}

// wantNothingElse fails if anything but the destination is left beside it.
func wantNothingElse(t testing.TB, dest string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dest))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(dest) {
			t.Errorf("%s is left beside %s: %v", e.Name(), dest, slices.Collect(maps.Keys(read(t, filepath.Join(filepath.Dir(dest), e.Name())))))
		}
	}
}

var (
	one = map[string]string{"index.html": "one", "a/index.html": "one a", "gone/index.html": "gone"}
	two = map[string]string{"index.html": "two", "a/index.html": "two a", "new/deep/x.css": "new"}
)

func TestCommit(t *testing.T) {
	dest := fresh(t)
	first := publish(t, dest, one)
	wantSite(t, dest, one)
	wantNothingElse(t, dest)

	s := open(t, dest)
	write(t, s.Dir(), two)
	write(t, s.Scratch(), map[string]string{"hugo.toml": "x"})
	if err := os.MkdirAll(filepath.Join(s.Dir(), "empty/deep"), 0o777); err != nil {
		t.Fatal(err)
	}
	wantSite(t, dest, one)
	second, err := s.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	wantSite(t, dest, two)
	wantNothingElse(t, dest)
	if _, err := os.Stat(filepath.Join(dest, "empty")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the empty folder is published: %v", err)
	}

	loaded, err := Load(dest)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(loaded) != fmt.Sprint(second) || len(second.Files) != 3 || second.Files[0].Path != "a/index.html" || second.Files[0].Size != 5 {
		t.Errorf("Load gives %v, Commit %v", loaded, second)
	}
	changes, err := Compare(dest, first)
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{{"a/index.html", Edited}, {"gone/index.html", Missing}, {"index.html", Edited}, {"new/deep/x.css", Added}}
	if !slices.Equal(changes, want) {
		t.Errorf("Compare gives %v, want %v", changes, want)
	}
	if changes, err := Compare(dest, second); err != nil || len(changes) != 0 {
		t.Errorf("Compare with its own manifest gives %v, %v", changes, err)
	}
}

func TestEmptyDestination(t *testing.T) {
	dest := fresh(t)
	if err := os.Mkdir(dest, 0o777); err != nil {
		t.Fatal(err)
	}
	publish(t, dest, one)
	wantSite(t, dest, one)
	wantNothingElse(t, dest)
}

func TestManifestIsDeterministic(t *testing.T) {
	a, b := fresh(t), fresh(t)
	publish(t, a, two)
	publish(t, a, one)
	publish(t, b, one)
	got, err := os.ReadFile(filepath.Join(a, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(b, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("two builds of one site list\n%s and\n%s", got, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	sum := strings.Repeat("0", 64)
	for _, text := range []string{
		``, `{`, `[]`,
		`{"files":[{"path":"../a","sha256":"` + sum + `"}]}`,
		`{"files":[{"path":"/a","sha256":"` + sum + `"}]}`,
		`{"files":[{"path":"a//b","sha256":"` + sum + `"}]}`,
		`{"files":[{"path":"b","sha256":"` + sum + `"},{"path":"a","sha256":"` + sum + `"}]}`,
		`{"files":[{"path":"a","sha256":"0"}]}`,
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{ManifestName: text})
		if m, err := Load(dir); err == nil {
			t.Errorf("Load takes %s as %v", text, m)
		}
	}
	if _, err := Load(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Load of an empty folder gives %v, want fs.ErrNotExist", err)
	}
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dest := fresh(t)
	publish(t, dest, one)
	if err := os.Chmod(dest, 0o751); err != nil {
		t.Fatal(err)
	}
	s := open(t, dest)
	write(t, s.Dir(), one)
	if err := errors.Join(os.Chmod(filepath.Join(s.Dir(), "index.html"), 0o700), os.Chmod(filepath.Join(s.Dir(), "a"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The umask is what it is here: a file made in the plain way shows it.
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.Mkdir(plain, 0o777); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(plain)
	if err != nil {
		t.Fatal(err)
	}
	dir := info.Mode().Perm()
	for path, want := range map[string]fs.FileMode{".": 0o751, "a": dir, "index.html": dir &^ 0o111, "a/index.html": dir &^ 0o111, ManifestName: dir &^ 0o111} {
		info, err := os.Stat(filepath.Join(dest, path))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("mode of %s is %o, want %o", path, got, want)
		}
	}
}

func TestCommitRefuses(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"is a symbolic link":   func(dir string) error { return os.Symlink("/etc/passwd", filepath.Join(dir, "a", "link")) },
		"that name is taken":   func(dir string) error { return os.WriteFile(filepath.Join(dir, ManifestName), nil, 0o666) },
		"is not UTF-8":         func(dir string) error { return os.WriteFile(filepath.Join(dir, "a\xff"), nil, 0o666) },
		"is not a folder any ": nil,
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS != "linux" && strings.Contains(name, "UTF-8") {
				t.Skip("this system takes no such name")
			}
			dest := fresh(t)
			if spoil != nil {
				publish(t, dest, one)
			}
			s := open(t, dest)
			write(t, s.Dir(), two)
			if spoil == nil {
				write(t, filepath.Dir(dest), map[string]string{"public": "a file"})
			} else if err := spoil(s.Dir()); err != nil {
				t.Fatal(err)
			}
			_, err := s.Commit(t.Context())
			if err == nil || !strings.Contains(err.Error(), name) && spoil != nil {
				t.Errorf("Commit gives %v, want one that says %q", err, name)
			}
			if err := s.Abort(); err != nil {
				t.Error(err)
			}
			if spoil != nil {
				wantSite(t, dest, one)
			}
			wantNothingElse(t, dest)
		})
	}
}

func TestAbort(t *testing.T) {
	dest := fresh(t)
	publish(t, dest, one)

	s := open(t, dest)
	write(t, s.Dir(), two)
	if err := errors.Join(s.Abort(), s.Abort()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context()); err == nil {
		t.Error("Commit after Abort gives no error")
	}
	wantSite(t, dest, one)
	wantNothingElse(t, dest)

	s = open(t, dest)
	write(t, s.Dir(), two)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit with a dead context gives %v", err)
	}
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	wantSite(t, dest, one)
	wantNothingElse(t, dest)
	if _, err := Open(ctx, Options{Dest: dest}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open with a dead context gives %v", err)
	}
}

func TestDestinations(t *testing.T) {
	project, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, project, map[string]string{"content/x.md": "", "file": "", "elsewhere/x": ""})
	links := map[string]string{"link": "elsewhere", "in": "content", "again": "."}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(project, name)); err != nil {
			t.Fatal(err)
		}
	}
	root := filepath.VolumeName(project) + string(filepath.Separator)
	for dest, want := range map[string]string{
		root:                                     "is the root of the file system",
		project:                                  "is the project itself",
		filepath.Dir(project):                    "holds the project",
		filepath.Join(project, "again/."):        "is a symbolic link",
		filepath.Join(project, "content"):        "is where the sources are",
		filepath.Join(project, "content/deep"):   "is where the sources are",
		filepath.Join(project, "in/deep"):        "is where the sources are",
		filepath.Join(project, "again/static"):   "is where the sources are",
		filepath.Join(project, "link"):           "is a symbolic link to elsewhere",
		filepath.Join(project, "file"):           "is not a folder",
		filepath.Join(project, "file/public"):    "is not a folder",
		filepath.Join(project, "missing/public"): "missing does not exist",
		filepath.Join(project, "elsewhere"):      "was not published by clinicblog",
	} {
		_, err := Open(t.Context(), Options{Dest: dest, Source: project})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "\n    ") {
			t.Errorf("Open(%s) gives %v, want one that says %q and what to do", dest, err, want)
		}
	}
	if _, err := Open(t.Context(), Options{}); err == nil {
		t.Error("Open without a destination gives no error")
	}
	for _, dest := range []string{"public", "again/public", "elsewhere/public"} {
		s, err := Open(t.Context(), Options{Dest: filepath.Join(project, dest), Source: project})
		if err != nil {
			t.Errorf("Open(%s) gives %v", dest, err)
			continue
		}
		if err := s.Abort(); err != nil {
			t.Error(err)
		}
	}
	if got, want := len(read(t, filepath.Join(project, "content"))), 1; got != want {
		t.Errorf("content holds %d files, want %d", got, want)
	}
}
