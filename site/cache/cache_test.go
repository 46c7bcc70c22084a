package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

func names(t *testing.T, f Folder) []string {
	t.Helper()
	entries, err := os.ReadDir(string(f))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func age(t *testing.T, f Folder, name string, d time.Duration) {
	t.Helper()
	if err := os.Chtimes(filepath.Join(string(f), name), time.Time{}, time.Now().Add(-d)); err != nil {
		t.Fatal(err)
	}
}

func TestFolder(t *testing.T) {
	f := Folder(t.TempDir())
	if _, ok := f.Get("a"); ok {
		t.Error("an empty folder has an entry")
	}
	f.Put("a", []byte("1"))
	f.Put("a", []byte("2"))
	if data, ok := f.Get("a"); !ok || string(data) != "2" {
		t.Errorf("got %q", data)
	}
	if got := names(t, f); !slices.Equal(got, []string{"a"}) {
		t.Errorf("the folder holds %q", got)
	}
	for _, none := range []Folder{"", Folder(filepath.Join(string(f), "a"))} {
		none.Put("b", nil)
		if _, ok := none.Get("b"); ok {
			t.Errorf("%q keeps something", none)
		}
	}
}

// What no build has used for 30 days goes, and nothing else.
func TestPrune(t *testing.T) {
	const day = 24 * time.Hour
	f := Folder(t.TempDir())
	for name, old := range map[string]time.Duration{"new": 0, "used": 40 * day, "month": 29 * day, "unused": 31 * day, ".new-1": 31 * day, "later": -400 * day} {
		f.Put(name, []byte(name))
		age(t, f, name, old)
	}
	if err := os.Mkdir(filepath.Join(string(f), "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	age(t, f, "folder", 40*day)
	f.Get("used")
	f.prune(time.Now())
	want := []string{looked, "folder", "later", "month", "new", "used"}
	if got := names(t, f); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}

	// A second build on the same day does not look.
	age(t, f, "month", 31*day)
	f.prune(time.Now().Add(day / 2))
	if got := names(t, f); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	f.prune(time.Now().Add(2 * day))
	if _, ok := f.Get("month"); ok {
		t.Error("nobody looked two days later")
	}
}

// Builds side by side find what they ask for whole, or not at all, while others
// delete it.
func TestTogether(t *testing.T) {
	f := Folder(t.TempDir())
	var builds sync.WaitGroup
	for range 4 {
		builds.Go(func() {
			for i := range 200 {
				key := fmt.Sprint(i % 10)
				if data, ok := f.Get(key); ok && string(data) != key {
					t.Errorf("got %q for %s", data, key)
				}
				f.Put(key, []byte(key))
				f.prune(time.Now().Add(time.Duration(i) * 40 * 24 * time.Hour))
			}
		})
	}
	builds.Wait()
	for _, name := range names(t, f) {
		if len(name) != 1 && name != looked {
			t.Errorf("%s is left", name)
		}
	}
}
