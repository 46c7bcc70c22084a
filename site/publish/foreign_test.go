package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestForeignFiles(t *testing.T) {
	many := map[string]string{}
	for i := range 12 {
		many[fmt.Sprintf("own/%02d.txt", i)] = "mine"
	}
	tests := map[string]struct {
		files map[string]string // written into a published site, or a new folder
		fresh bool
		says  string
		count int
	}{
		"added":       {files: map[string]string{"a/note.txt": "mine"}, says: "1 file that clinicblog did not write as it is: a/note.txt\n    move or delete it", count: 1},
		"edited":      {files: map[string]string{"index.html": "ONE"}, says: "index.html (edited)", count: 1},
		"longer":      {files: map[string]string{"index.html": "one and more"}, says: "index.html (edited)", count: 1},
		"both":        {files: map[string]string{"index.html": "ONE", ".DS_Store": ""}, says: "2 files that clinicblog did not write as they are: .DS_Store, index.html (edited)\n    move or delete them", count: 2},
		"many":        {files: many, says: "12 files that clinicblog did not write as they are: own/00.txt, own/01.txt, own/02.txt, own/03.txt, own/04.txt and 7 more", count: 12},
		"no manifest": {files: one, fresh: true, says: "was not published by clinicblog", count: 3},
		"bad one":     {files: map[string]string{ManifestName: "{"}, says: "cannot be read", count: 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dest := fresh(t)
			if !test.fresh {
				publish(t, dest, one)
			}
			write(t, dest, test.files)
			before := read(t, dest)
			s, err := Open(t.Context(), Options{Dest: dest})
			if err == nil {
				err = s.CheckDest(t.Context())
				write(t, s.Dir(), two)
				if _, cerr := s.Commit(t.Context()); fmt.Sprint(cerr) != fmt.Sprint(err) {
					t.Errorf("Commit gives %v, CheckDest %v", cerr, err)
				}
				if err := s.Abort(); err != nil {
					t.Error(err)
				}
			}
			var foreign *ForeignError
			if !errors.As(err, &foreign) || foreign.Count != test.count || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q and a count of %d", err, test.says, test.count)
			}
			wantSite(t, dest, before)
			wantNothingElse(t, dest)
		})
	}
}

func TestForeignLink(t *testing.T) {
	dest := fresh(t)
	publish(t, dest, one)
	outside := t.TempDir()
	write(t, outside, map[string]string{"index.html": "one a"})
	if err := errors.Join(os.RemoveAll(filepath.Join(dest, "a")), os.Symlink(outside, filepath.Join(dest, "a"))); err != nil {
		t.Fatal(err)
	}
	s := open(t, dest)
	write(t, s.Dir(), two)
	var foreign *ForeignError
	if _, err := s.Commit(t.Context()); !errors.As(err, &foreign) {
		t.Errorf("a link in place of a folder gives %v", err)
	}
	wantSite(t, outside, map[string]string{"index.html": "one a"})
}

func TestNotForeign(t *testing.T) {
	for name, change := range map[string]func(dest string) error{
		"a file deleted": func(dest string) error { return os.Remove(filepath.Join(dest, "index.html")) },
		"a file touched": func(dest string) error {
			return os.Chtimes(filepath.Join(dest, "index.html"), time.Now(), time.Now().Add(time.Hour))
		},
		"a folder made":       func(dest string) error { return os.MkdirAll(filepath.Join(dest, "x/y"), 0o777) },
		"all files deleted":   func(dest string) error { return errors.Join(os.RemoveAll(dest), os.Mkdir(dest, 0o777)) },
		"the site deleted":    os.RemoveAll,
		"only folders, empty": func(dest string) error { return errors.Join(os.RemoveAll(dest), os.MkdirAll(dest+"/x/y", 0o777)) },
	} {
		for _, when := range []string{"before Open", "before CheckDest", "before Commit"} {
			t.Run(name+" "+when, func(t *testing.T) {
				dest := fresh(t)
				publish(t, dest, one)
				var s *Stage
				for _, step := range []struct {
					name string
					do   func() error
				}{
					{"before Open", func() error { s = open(t, dest); return nil }},
					{"before CheckDest", func() error { return s.CheckDest(t.Context()) }},
					{"before Commit", func() error {
						write(t, s.Dir(), two)
						_, err := s.Commit(t.Context())
						return err
					}},
				} {
					if step.name == when {
						if err := change(dest); err != nil {
							t.Fatal(err)
						}
					}
					if err := step.do(); err != nil {
						t.Fatal(err)
					}
				}
				wantSite(t, dest, two)
				wantNothingElse(t, dest)
			})
		}
	}
}

// A file that comes in while the build runs stops it.
func TestForeignLate(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, dest string){
		"added":  func(t *testing.T, dest string) { write(t, dest, map[string]string{"note.txt": "mine"}) },
		"edited": func(t *testing.T, dest string) { write(t, dest, map[string]string{"index.html": "ONE"}) },
		"edited, the time set back": func(t *testing.T, dest string) {
			if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
				t.Skip("the time of change is not known here")
			}
			index := filepath.Join(dest, "index.html")
			info, err := os.Stat(index)
			if err != nil {
				t.Fatal(err)
			}
			write(t, dest, map[string]string{"index.html": "ONE"})
			if err := os.Chtimes(index, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dest := fresh(t)
			publish(t, dest, one)
			s := open(t, dest)
			if err := s.CheckDest(t.Context()); err != nil {
				t.Fatal(err)
			}
			write(t, s.Dir(), two)
			change(t, dest)
			before := read(t, dest)
			var foreign *ForeignError
			if _, err := s.Commit(t.Context()); !errors.As(err, &foreign) {
				t.Errorf("Commit gives %v, want a ForeignError", err)
			}
			if err := s.Abort(); err != nil {
				t.Error(err)
			}
			wantSite(t, dest, before)
			wantNothingElse(t, dest)
		})
	}
}

// A file that comes in after the last look is kept.
func TestKept(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"added":              {"a/note.txt": "mine"},
		"edited":             {"index.html": "ONE"},
		"added to a new one": nil,
	} {
		t.Run(name, func(t *testing.T) {
			dest := fresh(t)
			publish(t, dest, one)
			s := open(t, dest)
			write(t, s.Dir(), two)
			if _, err := s.seal(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.CheckDest(t.Context()); err != nil {
				t.Fatal(err)
			}
			if files == nil { // nothing of ours is left in the old site
				if err := errors.Join(os.RemoveAll(dest), os.Mkdir(dest, 0o777)); err != nil {
					t.Fatal(err)
				}
				files = map[string]string{"x/note.txt": "mine"}
			}
			write(t, dest, files)
			old, err := s.swap()
			if err != nil {
				t.Fatal(err)
			}
			s.noteKept(s.retire(old, s.seen))
			err = s.Abort()
			var kept *KeptError
			if !errors.As(err, &kept) || kept.Count != 1 || kept.Err != nil {
				t.Fatalf("got %v, want a KeptError of 1 file", err)
			}
			wantSite(t, kept.Folder, files)
			if _, err := Load(kept.Folder); err == nil {
				t.Error("our manifest is kept among the files of others")
			}
			wantSite(t, dest, two)
			publish(t, dest, one)
			wantSite(t, kept.Folder, files)
		})
	}
}

// What a killed build left is cleaned up, and nothing of others with it.
func TestRecover(t *testing.T) {
	site := func(t *testing.T, hidden, name string, files map[string]string) {
		t.Helper()
		made := fresh(t)
		publish(t, made, files)
		if err := os.MkdirAll(hidden, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(made, filepath.Join(hidden, name)); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		missing bool // the destination
		leave   func(t *testing.T, hidden string)
		want    map[string]string
		kept    map[string]string
	}{
		"a stage": {leave: func(t *testing.T, hidden string) {
			write(t, hidden, map[string]string{"build-1/site/index.html": "half", "lock": "1\n"})
		}, want: one},
		"a site to come": {leave: func(t *testing.T, hidden string) { site(t, hidden, "old-1", two) }, want: one},
		"half a site": {leave: func(t *testing.T, hidden string) {
			site(t, hidden, "old-1", two)
			if err := os.RemoveAll(filepath.Join(hidden, "old-1/new")); err != nil {
				t.Fatal(err)
			}
		}, want: one},
		"a site with a file of others": {leave: func(t *testing.T, hidden string) {
			site(t, hidden, "old-1", two)
			write(t, hidden, map[string]string{"old-1/new/note.txt": "mine", "old-1/index.html": "TWO"})
		}, want: one, kept: map[string]string{"new/note.txt": "mine", "index.html": "TWO"}},
		"between two renames": {missing: true, leave: func(t *testing.T, hidden string) {
			site(t, hidden, "moved-1", one)
			site(t, hidden, "old-1", two)
		}, want: one},
		"after two renames": {leave: func(t *testing.T, hidden string) { site(t, hidden, "moved-1", two) }, want: one},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dest := fresh(t)
			hidden := filepath.Join(filepath.Dir(dest), ".public.clinicblog")
			if !test.missing {
				publish(t, dest, one)
			}
			test.leave(t, hidden)
			s, err := Open(t.Context(), Options{Dest: dest})
			if err != nil {
				t.Fatal(err)
			}
			wantSite(t, dest, test.want)
			err = s.Abort()
			if test.kept != nil {
				var kept *KeptError
				if !errors.As(err, &kept) || kept.Count != len(test.kept) {
					t.Fatalf("Abort gives %v, want a KeptError of %d files", err, len(test.kept))
				}
				wantSite(t, kept.Folder, test.kept)
				return
			}
			if err != nil {
				t.Error(err)
			}
			wantNothingElse(t, dest)
			publish(t, dest, two)
			wantSite(t, dest, two)
		})
	}
}

func TestRenameTwice(t *testing.T) {
	dir := t.TempDir()
	staged, dest, aside := filepath.Join(dir, "staged"), filepath.Join(dir, "dest"), filepath.Join(dir, "aside")
	write(t, staged, two)
	write(t, dest, one)
	if err := renameTwice(staged, dest, aside); err != nil {
		t.Fatal(err)
	}
	wantSite(t, dest, two)
	wantSite(t, staged, one)
	if err := renameTwice(filepath.Join(dir, "nothing"), dest, aside); err == nil {
		t.Error("renameTwice with nothing staged gives no error")
	}
	wantSite(t, dest, two)
}
