package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Each of these is followed by a build, as the site of that build shows.
func TestChangesAreFollowed(t *testing.T) {
	b := &builder{}
	r := start(t, b)
	next := r.listenTo()
	next()
	at := func(name string) string { return filepath.Join(r.source, filepath.FromSlash(name)) }
	rename := func(from, to string) error { return os.Rename(at(from), at(to)) }
	for i, change := range []struct {
		what string
		do   func() error
	}{
		{"a write", func() error { return os.WriteFile(at("content/a.md"), []byte("2"), 0o644) }},
		{"a new file", func() error { return os.WriteFile(at("content/b.md"), []byte("1"), 0o644) }},
		{"an editor's rename", func() error {
			if err := os.WriteFile(at("content/.b.md.swp"), []byte("2"), 0o644); err != nil {
				return err
			}
			return rename("content/.b.md.swp", "content/b.md")
		}},
		{"hugo.toml, replaced", func() error {
			if err := os.WriteFile(at("hugo.toml~"), []byte("2"), 0o644); err != nil {
				return err
			}
			return rename("hugo.toml~", "hugo.toml")
		}},
		{"hugo.toml, once more", func() error { return os.WriteFile(at("hugo.toml"), []byte("3"), 0o644) }},
		{"new folders", func() error { return os.MkdirAll(at("content/articles/x"), 0o755) }},
		{"a file in a new folder", func() error { return os.WriteFile(at("content/articles/x/index.md"), []byte("1"), 0o644) }},
		{"a folder renamed", func() error { return rename("content/articles/x", "content/articles/y") }},
		{"a file in the renamed folder", func() error { return os.WriteFile(at("content/articles/y/index.md"), []byte("2"), 0o644) }},
		{"a folder moved in", func() error {
			if err := os.MkdirAll(at("elsewhere/deep/er"), 0o755); err != nil {
				return err
			}
			return rename("elsewhere", "content/moved")
		}},
		{"a file deep in it", func() error { return os.WriteFile(at("content/moved/deep/er/a.md"), []byte("1"), 0o644) }},
		{"a root that was not there", func() error { return os.Mkdir(at("static"), 0o755) }},
		{"a file in it", func() error { return os.WriteFile(at("static/.well-known"), []byte("1"), 0o644) }},
		{"a file deleted", func() error { return os.Remove(at("content/b.md")) }},
		{"a folder deleted", func() error { return os.RemoveAll(at("content/articles")) }},
		{"a root deleted", func() error { return os.RemoveAll(at("content")) }},
		{"a root put back", func() error { return os.Mkdir(at("content"), 0o755) }},
		{"a file in the root that was put back", func() error { return os.WriteFile(at("content/c.md"), []byte("1"), 0o644) }},
	} {
		// What the build reads is there when the build begins.
		version := fmt.Sprint(i)
		b.set(func(b *builder) { b.files = files{"index.html": page, "v.txt": version} })
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		t.Log(change.what)
		for {
			next()
			if _, body := r.do("GET", "/v.txt"); body == version {
				break
			}
		}
	}
}

// What is no source is followed by none: its events come before that of the
// source which is written last, and one build follows them all.
func TestOtherChangesAreNot(t *testing.T) {
	b := &builder{}
	r := start(t, b)
	w, err := newWatcher(r.source, []string{"content", "hugo.toml"}, func(line string) { t.Error(line) })
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, name := range []string{
		"public/index.html", ".public.clinicblog/build-1/site/index.html", "README.md", ".hugo_build.lock", "hugo.toml.bak", "contents/a.md",
		"content/.a.md.swp", "content/a.md~", "content/4913", "content/.#a.md", "content/#a.md#", "content/.DS_Store",
	} {
		files{name: "x"}.write(t, r.source)
	}
	if err := os.Chmod(filepath.Join(r.source, "content", "a.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	files{"content/last.md": "x"}.write(t, r.source)
	for e := range w.Events {
		if !w.concerns(e) {
			continue
		}
		if filepath.Base(e.Name) != "last.md" {
			t.Errorf("%v starts a build", e)
		}
		break
	}
}

// Changes in a row are one build; those during a build are one more.
func TestBuildsAreFew(t *testing.T) {
	b := &builder{}
	r := start(t, b)
	next := r.listenTo()
	next()
	hold := make(chan struct{})
	b.set(func(b *builder) { b.hold = hold })
	files{"content/a.md": "1"}.write(t, r.source)
	until(t, "the build begins", func() bool { return b.count() == 2 })
	b.set(func(b *builder) { b.hold = nil; b.files = files{"index.html": page, "v.txt": "last"} })
	for i := range 200 {
		files{fmt.Sprintf("content/%d.md", i): "x"}.write(t, r.source)
	}
	close(hold)
	for {
		next()
		if resp, body := r.do("GET", "/v.txt"); resp.StatusCode == 200 && body == "last" {
			break
		}
	}
	// The changes may lie on both sides of the debounce: two builds at most.
	if n := b.count(); n > 4 {
		t.Errorf("%d builds for two bursts of changes", n)
	}
}
