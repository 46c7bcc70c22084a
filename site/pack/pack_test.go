package pack

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clinicblog/site/cache"
)

func packed(t *testing.T, kept cache.Folder) (Stats, map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"a/index.html": strings.Repeat("<p>Some words about groups.</p>\n", 100),
		"a.css":        strings.Repeat("a{color:red}", 100),
		"tiny.txt":     "x",
		"noise.json":   noise(),
	}
	opts := Options{Dir: dir, Codings: []string{"br", "gz", "zst"}, Cache: kept}
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		opts.Files = append(opts.Files, name)
	}
	stats, err := Run(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	twins := map[string][]byte{}
	for name, text := range files {
		for _, coding := range opts.Codings {
			b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)+"."+coding))
			if err != nil {
				continue
			}
			twins[name+"."+coding] = b
			if !same(b, []byte(text), coding) || len(b) >= len(text) {
				t.Errorf("%s.%s: %d bytes of %d, or not the same", name, coding, len(b), len(text))
			}
		}
	}
	return stats, twins
}

// noise cannot be made smaller.
func noise() string {
	var b strings.Builder
	for i, x := 0, uint32(1); i < 600; i++ {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b.WriteByte(byte(x))
	}
	return b.String()
}

func TestRun(t *testing.T) {
	kept := cache.Folder(t.TempDir())
	stats, first := packed(t, kept)
	if stats != (Stats{Twins: 6}) || len(first) != 6 {
		t.Fatalf("got %+v and %d twins, want 6 made", stats, len(first))
	}
	stats, second := packed(t, kept)
	if stats != (Stats{Twins: 6, Hits: 6}) {
		t.Errorf("got %+v, want all 6 from the cache", stats)
	}
	_, without := packed(t, "")
	for name := range first {
		if !bytes.Equal(first[name], second[name]) || !bytes.Equal(first[name], without[name]) {
			t.Errorf("%s differs between builds", name)
		}
	}

	// A damaged entry is made anew: cut short, emptied, of other content, or with more behind it.
	entries, err := filepath.Glob(filepath.Join(string(kept), "*"))
	if err != nil {
		t.Fatal(err)
	}
	damage := []func([]byte) []byte{
		func(b []byte) []byte { return b[:len(b)/2] },
		func([]byte) []byte { return nil },
		func(b []byte) []byte { b[len(b)/2] ^= 0x55; return b },
	}
	for i, name := range entries {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, damage[i%len(damage)](b), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stats, third := packed(t, kept)
	if stats.Hits != 0 {
		t.Errorf("%d damaged twins were used", stats.Hits)
	}
	for name := range first {
		if !bytes.Equal(first[name], third[name]) {
			t.Errorf("%s is damaged", name)
		}
	}
	if stats, _ := packed(t, kept); stats.Hits != 6 {
		t.Errorf("got %+v: the cache was not mended", stats)
	}
}
