package schema

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"clinicblog/site/content"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted graphs")

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// load reads the archive's project and places its pages below base.
func load(t testing.TB, archive *txtar.Archive, base string) Site {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want/") {
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
	index, ds, err := content.Load(context.Background(), content.Options{Source: dir, Now: now})
	if err != nil || len(ds) > 0 {
		t.Fatalf("load: %v, %v", err, ds)
	}
	site := Site{URL: base, Homes: map[string]Home{"en": {base, index.Clinic.Name}}, Now: now, Index: index}
	for _, p := range index.Pages {
		logical := logicalPath(p.Source)
		page := Page{Source: p.Source, Kind: "page", Title: p.Title, Description: p.Description, Lang: "en", Language: "en-US", URL: base}
		if logical != "" {
			page.URL, page.Parent = base+logical+"/", base
		}
		if section, _, below := strings.Cut(logical, "/"); below {
			page.Parent = base + section + "/"
		}
		if p.Section {
			page.Kind = "section"
		}
		if logical == "" {
			page.Kind = "home"
		}
		if p.Dated {
			page.Published, page.Modified = "2026-01-02T00:00:00-08:00", "2026-01-03T00:00:00-08:00"
		}
		if p.Image != "" {
			page.Image = Image{URL: page.URL + p.Image, Width: 640, Height: 360}
		}
		page.Card = Image{URL: site.URL + "cards/" + p.Key + ".png", Width: 1200, Height: 630}
		site.Pages = append(site.Pages, page)
	}
	return site
}

func archive(t testing.TB) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func graphOf(t testing.TB, g *Graphs, url string) []byte {
	t.Helper()
	out, err := g.Of(url)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGraphs(t *testing.T) {
	a := archive(t)
	site := load(t, a, "https://clinic.example.org/blog/")
	g := New(site)
	got := map[string][]byte{}
	for _, p := range site.Pages {
		var indented bytes.Buffer
		if err := json.Indent(&indented, graphOf(t, g, p.URL), "", "  "); err != nil {
			t.Fatal(err)
		}
		indented.WriteByte('\n')
		got["want/"+strings.TrimSuffix(strings.TrimPrefix(p.URL, site.URL), "/")+".json"] = indented.Bytes()
	}
	if *update {
		a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
		for _, p := range site.Pages {
			name := "want/" + strings.TrimSuffix(strings.TrimPrefix(p.URL, site.URL), "/") + ".json"
			a.Files = append(a.Files, txtar.File{Name: name, Data: got[name]})
		}
		if err := os.WriteFile("testdata/site.txtar", txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wanted := 0
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			continue
		}
		wanted++
		if !bytes.Equal(got[f.Name], f.Data) {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got[f.Name], f.Data)
		}
	}
	if wanted != len(site.Pages) {
		t.Errorf("%d wanted graphs for %d pages", wanted, len(site.Pages))
	}
}

// Every reference resolves within its own graph, every @id is absolute, and
// nothing in the bytes can end a script element.
func TestReferencesResolve(t *testing.T) {
	site := load(t, archive(t), "https://clinic.example.org/")
	g := New(site)
	for _, p := range site.Pages {
		out := graphOf(t, g, p.URL)
		if bytes.ContainsAny(out, "<>&") {
			t.Errorf("%s: markup characters in %s", p.URL, out)
		}
		ids, refs := map[string]bool{}, map[string]bool{}
		var walk func(v any)
		walk = func(v any) {
			switch v := v.(type) {
			case map[string]any:
				if id, ok := v["@id"].(string); ok {
					if len(v) == 1 {
						refs[id] = true
					} else {
						if ids[id] {
							t.Errorf("%s: two nodes %s", p.URL, id)
						}
						ids[id] = true
					}
					if !strings.HasPrefix(id, "https://") {
						t.Errorf("%s: @id %s is not absolute", p.URL, id)
					}
				}
				for _, x := range v {
					walk(x)
				}
			case []any:
				for _, x := range v {
					walk(x)
				}
			}
		}
		var decoded any
		if err := json.Unmarshal(out, &decoded); err != nil {
			t.Fatal(err)
		}
		walk(decoded)
		for id := range refs {
			if !ids[id] {
				t.Errorf("%s: %s dangles", p.URL, id)
			}
		}
	}
}

func TestUnknownURL(t *testing.T) {
	g := New(load(t, archive(t), "https://clinic.example.org/"))
	if out := graphOf(t, g, "https://clinic.example.org/gone/"); out != nil {
		t.Errorf("graph of a page that does not exist: %s", out)
	}
}

// Page 2 of a list is a page of its own, in the same place.
func TestPartOfList(t *testing.T) {
	site := load(t, archive(t), "https://clinic.example.org/")
	out, err := New(site).OfPart("https://clinic.example.org/articles/", "https://clinic.example.org/articles/page/2/")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"@type":"CollectionPage","@id":"https://clinic.example.org/articles/page/2/#webpage","url":"https://clinic.example.org/articles/page/2/"`, `"@type":"BreadcrumbList"`} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if out, err := New(site).OfPart("https://clinic.example.org/gone/", "https://clinic.example.org/gone/page/2/"); out != nil || err != nil {
		t.Errorf("part of a list that does not exist: %s, %v", out, err)
	}
}

// A review counts only with a person, credentials and a date that has not passed.
func TestReviewOnlyWhereOneExists(t *testing.T) {
	site := load(t, archive(t), "https://clinic.example.org/")
	one, two := "https://clinic.example.org/articles/one/", "https://clinic.example.org/articles/two/"
	if out := graphOf(t, New(site), one); !bytes.Contains(out, []byte(`"lastReviewed":"2026-02-01"`)) || !bytes.Contains(out, []byte(`"reviewedBy"`)) {
		t.Errorf("a valid review is missing: %s", out)
	}
	if out := graphOf(t, New(site), two); bytes.Contains(out, []byte("eviewed")) {
		t.Errorf("a team reviewed: %s", out)
	}
	site.Now = time.Date(2027, 2, 2, 0, 0, 1, 0, time.UTC)
	if out := graphOf(t, New(site), one); bytes.Contains(out, []byte("eviewed")) {
		t.Errorf("an expired review counts: %s", out)
	}
}

// Without its address the clinic is no LocalBusiness.
func TestClinicFallsBack(t *testing.T) {
	site := load(t, archive(t), "https://clinic.example.org/")
	site.Index.Clinic.Address = content.Address{}
	out := graphOf(t, New(site), site.URL)
	if bytes.Contains(out, []byte("MedicalClinic")) || bytes.Contains(out, []byte("availableService")) || !bytes.Contains(out, []byte(`"@type":"Organization"`)) {
		t.Errorf("got %s", out)
	}
	site.Index.Clinic.Name = ""
	out = graphOf(t, New(site), site.URL)
	if bytes.Contains(out, []byte("publisher")) || bytes.Contains(out, []byte("#clinic")) {
		t.Errorf("a clinic without a name is still referred to: %s", out)
	}
}

func TestPrune(t *testing.T) {
	page := &WebPage{Type: "WebPage", ID: "https://x/#w", URL: "https://x/", Name: "X", Publisher: &Ref{"https://x/#o"}, Citation: []Ref{{"https://x/#gone"}, {"https://x/#work"}}}
	article := &BlogPosting{ID: "https://x/#a", Headline: "H", DatePublished: "2026", Author: &Ref{"https://x/#o"}}
	incomplete := &Organization{ID: "https://x/#o", Name: "O"} // no URL
	work := &Work{ID: "https://x/#work", Name: "W", URL: "https://x/w"}
	got := prune([]any{page, article, incomplete, work})
	if want := []any{page, work}; !reflect.DeepEqual(got, want) {
		t.Errorf("kept %v, want the page and the work", got)
	}
	if page.Publisher != nil || len(page.Citation) != 1 {
		t.Errorf("references to lost nodes stay: %+v", page)
	}
}

// Questions in number cost in proportion, and keep their order.
func TestManyQuestions(t *testing.T) {
	site := load(t, archive(t), "https://clinic.example.org/")
	for _, p := range site.Index.Pages {
		if p.Key == "one" {
			p.FAQ = nil
			for range 500 {
				p.FAQ = append(p.FAQ, content.Section{Questions: []content.Question{{Text: "Q?", ID: "q", Answer: "<p>" + strings.Repeat("word ", 10_000) + "</p>"}}})
			}
		}
	}
	out := graphOf(t, New(site), "https://clinic.example.org/articles/one/")
	if n := bytes.Count(out, []byte(`"@type":"Question"`)); n != 500 {
		t.Errorf("%d questions, want 500", n)
	}
}

func BenchmarkOf(b *testing.B) {
	site := load(b, archive(b), "https://clinic.example.org/")
	g := New(site)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Of("https://clinic.example.org/articles/one/"); err != nil {
			b.Fatal(err)
		}
	}
}
