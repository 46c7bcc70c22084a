package schema

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clinicblog/site/content"
)

const esBase = "https://clinic.example.org/es/"

// twoLanguages is a site whose overview of groups and one of its two groups are
// in English alone.
func twoLanguages(t *testing.T) Site {
	t.Helper()
	dir := t.TempDir()
	pages := []struct{ file, text, url, parent string }{
		{"content/_index.md", "title: Clinic", "", "-"},
		{"content/_index.es.md", "title: Clínica", "es/", "-"},
		{"content/people/ana.md", "title: Ana\nrole: Writer", "people/ana/", ""},
		{"content/people/ana.es.md", "title: Ana\nrole: Autora", "es/personas/ana/", "es/"},
		{"content/groups/process.md", "title: Process groups", "groups/process/", ""},
		{"content/groups/process.es.md", "title: Grupos de proceso", "es/grupos/proceso/", "es/"},
		{"content/groups/skills.md", "title: Skills groups", "groups/skills/", ""},
		{"content/articles/a.md", "title: A\ndate: 2026-01-02\nauthor: ana\ngroups: true\n---\n## FAQ\n\n### Where?\n\n[Here](/groups/process/) and [there](/groups/skills/#x).", "articles/a/", ""},
		{"content/articles/a.es.md", "title: Á\ndate: 2026-01-02\nauthor: ana\ngroups: true\n---\n## FAQ\n\n### ¿Dónde?\n\n[Aquí](/groups/process/) y [allí](/groups/skills/#x).", "es/articulos/a/", "es/"},
	}
	for _, p := range pages {
		text := "---\n" + p.text
		if !strings.Contains(p.text, "\n---\n") {
			text += "\n---\n"
		}
		writeFile(t, filepath.Join(dir, p.file), text)
	}
	writeFile(t, filepath.Join(dir, "data/clinic.yaml"), "name: Clinic\ndescription: {en: A clinic, es: Una clínica}\n")
	index, ds, err := content.Load(context.Background(), content.Options{Source: dir, Now: now, Languages: []content.Language{{Key: "en", Tag: "en-US"}, {Key: "es", Tag: "es-US"}}})
	if err != nil || len(ds) > 0 {
		t.Fatalf("load: %v, %v", err, ds)
	}
	const base = "https://clinic.example.org/"
	site := Site{URL: base, Homes: map[string]Home{"en": {base, "Clinic"}, "es": {esBase, "Clínica"}}, Now: now, Index: index}
	for _, p := range pages {
		page := Page{Source: p.file, Kind: "page", URL: base + p.url, Parent: base + p.parent, Lang: "en", Language: "en-US", Published: "2026-01-02T00:00:00Z"}
		if strings.Contains(p.file, ".es.") {
			page.Lang, page.Language = "es", "es-US"
		}
		if p.parent == "-" {
			page.Kind, page.Parent = "home", ""
		}
		for _, s := range index.Pages {
			if s.Source == p.file {
				page.Title = s.Title
			}
		}
		site.Pages = append(site.Pages, page)
	}
	return site
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLanguages(t *testing.T) {
	g := New(twoLanguages(t))
	nodes := func(path string) map[string]map[string]any {
		var graph struct {
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal(graphOf(t, g, "https://clinic.example.org/"+path), &graph); err != nil {
			t.Fatal(err)
		}
		byID := map[string]map[string]any{}
		for _, n := range graph.Graph {
			byID[strings.TrimPrefix(n["@id"].(string), "https://clinic.example.org/")] = n
		}
		return byID
	}
	text := func(v any) string {
		b, _ := json.Marshal(v)
		return strings.ReplaceAll(string(b), "https://clinic.example.org/", "")
	}
	es, en := nodes("es/articulos/a/"), nodes("articles/a/")
	for _, tt := range []struct {
		nodes         map[string]map[string]any
		id, key, want string
	}{
		{es, "es/articulos/a/#article", "translationOfWork", `{"@id":"articles/a/#article"}`},
		{es, "es/articulos/a/#article", "workTranslation", `null`},
		{es, "es/articulos/a/#article", "inLanguage", `"es-US"`},
		{es, "articles/a/#article", "inLanguage", `"en-US"`},
		{es, "articles/a/#article", "name", `"A"`},
		{en, "articles/a/#article", "workTranslation", `[{"@id":"es/articulos/a/#article"}]`},
		{en, "articles/a/#article", "translationOfWork", `null`},
		{en, "es/articulos/a/#article", "name", `"Á"`},
		// One clinic, one person and one treatment, in the words of the page.
		{es, "#clinic", "description", `"Una clínica"`},
		{en, "#clinic", "description", `"A clinic"`},
		{es, "people/ana/#person", "jobTitle", `"Autora"`},
		{es, "people/ana/#person", "url", `"es/personas/ana/"`},
		{en, "people/ana/#person", "jobTitle", `"Writer"`},
		{es, "groups/process/#treatment", "name", `"Grupos de proceso"`},
		{es, "groups/process/#treatment", "url", `"es/grupos/proceso/"`},
		{es, "es/articulos/a/#article", "mentions", `[{"@id":"groups/process/#treatment"},{"@id":"groups/skills/#treatment"}]`},
		{en, "groups/process/#treatment", "name", `"Process groups"`},
		{es, "es/#website", "name", `"Clínica"`},
		{es, "es/articulos/a/#webpage", "isPartOf", `{"@id":"es/#website"}`},
		{en, "#website", "inLanguage", `"en-US"`},
		{nodes("es/"), "es/#webpage", "translationOfWork", `{"@id":"#webpage"}`},
		{nodes(""), "#webpage", "workTranslation", `[{"@id":"es/#webpage"}]`},
		{nodes("groups/skills/"), "groups/skills/#webpage", "workTranslation", `null`},
	} {
		if got := text(tt.nodes[tt.id][tt.key]); got != tt.want {
			t.Errorf("%s of %s: got %s, want %s", tt.key, tt.id, got, tt.want)
		}
	}
	if got := text(es["es/articulos/a/#webpage"]["mainEntity"]); !strings.Contains(got, `es/grupos/proceso/\u0022`) && !strings.Contains(got, `es/grupos/proceso/\"`) || !strings.Contains(got, "groups/skills/#x") {
		t.Errorf("links of an answer: %s", got)
	}
}
