package site

import (
	"bytes"
	"context"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var ogImage = regexp.MustCompile(`<meta property="?og:image"? content="?https://clinic\.example\.org/([^" >]+)`)

// Every page names a card that is there, and two pages have two. A card of one's
// own is kept.
func TestCards(t *testing.T) {
	dir := project(t)
	write(t, dir, "content/articles/long.md", "---\ntitle: "+strings.Repeat("Rindfleischetikettierung", 9)+"\ndescription: A title of one long word.\ndate: 2026-01-05\nauthor: editorial-team\nslug: über\n---\nText.\n")
	write(t, dir, "content/ugly.md", "---\ntitle: A page with a file name\ndescription: It has an address of its own.\nurl: /ugly.html\n---\nText.\n")
	own, err := os.ReadFile("../static/favicon.svg")
	if err != nil {
		t.Fatal(err)
	}
	built(t, Config{Source: dir})

	cards := map[string]string{}
	err = filepath.WalkDir(filepath.Join(dir, "public"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" || d.Name() == "404.html" {
			return err
		}
		page, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		m := ogImage.FindSubmatch(page)
		if m == nil {
			t.Errorf("%s names no card", name)
			return nil
		}
		if other := cards[string(m[1])]; other != "" {
			t.Errorf("%s and %s have the card %s", other, name, m[1])
		}
		cards[string(m[1])] = name
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cards/index.png", "cards/ugly.png", "cards/articles/%C3%BCber.png", "cards/articles/benefits-of-group-therapy-in-an-iop.png"} {
		if cards[want] == "" {
			t.Errorf("no page has the card %s", want)
		}
	}
	article := graph(t, dir, "articles/benefits-of-group-therapy-in-an-iop")
	found := false
	for _, node := range article {
		found = found || node["contentUrl"] == "https://clinic.example.org/cards/articles/benefits-of-group-therapy-in-an-iop.png"
	}
	if !found {
		t.Error("the article whose image is a drawing has no card in its structured data")
	}

	// The words of a card are in its bytes, and its address is that of the page.
	read := func(name string) []byte {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, "public", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(data)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return data
	}
	before, icon := read("cards/ugly.png"), read("icon-192.png")
	write(t, dir, "static/cards/index.png", string(before))
	write(t, dir, "static/favicon.svg", strings.ReplaceAll(string(own), "#2a8587", "#800000"))
	write(t, dir, "content/ugly.md", "---\ntitle: The same page, renamed\ndescription: It has an address of its own.\nurl: /ugly.html\n---\nText.\n")
	built(t, Config{Source: dir})
	if bytes.Equal(read("cards/ugly.png"), before) {
		t.Error("a card keeps the title that its page had before")
	}
	if !bytes.Equal(read("cards/index.png"), before) {
		t.Error("a card of one's own is replaced")
	}
	if bytes.Equal(read("icon-192.png"), icon) {
		t.Error("the icon keeps the colours that the sign had before")
	}
}

// A sign that cannot be drawn is said, not left out.
func TestIconThatCannotBeDrawn(t *testing.T) {
	dir := project(t)
	write(t, dir, "static/favicon.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">A</text></svg>`)
	_, ds, err := Build(context.Background(), Config{Source: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(ds) != 1 || ds[0].Rule != "site-icon" || ds[0].Pos.File != "static/favicon.svg" {
		t.Errorf("got %v", ds)
	}
}
