package search

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite testdata/words.json")

// loaded is an index as a browser has it.
type loaded struct {
	head  head
	lists [][]loadedTerm
	pages []string // URLs
	files map[string]string
}

type loadedTerm struct {
	forms []string
	of    int            // pages, when not all are there
	worth map[string]int // by URL
}

func load(t *testing.T, lang string, files []File) loaded {
	t.Helper()
	l := loaded{files: map[string]string{}}
	for _, f := range files {
		l.files[f.Path] = string(f.Data)
	}
	read := func(name string, into any) {
		if err := json.Unmarshal([]byte(l.files[name]), into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	dir := "search/" + lang + "/"
	read(dir+"index.json", &l.head)
	for i := 0; i*l.head.PerFile < l.head.Pages; i++ {
		var pages [][]any
		read(fmt.Sprintf("%s%s/p%d.json", dir, l.head.Version, i), &pages)
		for _, p := range pages {
			l.pages = append(l.pages, p[0].(string))
		}
	}
	for i := range l.head.Lists {
		var raw [][]json.RawMessage
		read(fmt.Sprintf("%s%s/w%d.json", dir, l.head.Version, i), &raw)
		var list []loadedTerm
		for _, r := range raw {
			term := loadedTerm{worth: map[string]int{}}
			var forms string
			json.Unmarshal(r[0], &forms)
			term.forms = strings.Split(forms, " ")
			for _, group := range r[1:] {
				if json.Unmarshal(group, &term.of) == nil {
					continue
				}
				var numbers []int
				if err := json.Unmarshal(group, &numbers); err != nil {
					t.Fatal(err)
				}
				page := 0
				for _, step := range numbers[1:] {
					page += step
					term.worth[l.pages[page]] = numbers[0]
				}
			}
			list = append(list, term)
		}
		l.lists = append(l.lists, list)
	}
	return l
}

// find returns what each page is worth for a word, as the browser looks it up.
func (l loaded) find(word string) map[string]int {
	number := 0
	for i, start := range l.head.Lists {
		if start <= word {
			number = i
		}
	}
	for _, term := range l.lists[number] {
		if slices.Contains(term.forms, word) {
			return term.worth
		}
	}
	return nil
}

func (l loaded) first(word string) string {
	best, most := "", 0
	for url, worth := range l.find(word) {
		if worth > most || worth == most && url < best {
			best, most = url, worth
		}
	}
	return best
}

// site makes a site of pages that are given as URL and body of main.
func site(lang string, pages ...[2]string) Site {
	fsys := fstest.MapFS{}
	s := Site{FS: fsys}
	for i, p := range pages {
		file := fmt.Sprintf("%d.html", i)
		fsys[file] = &fstest.MapFile{Data: []byte("<!doctype html><title>Outside</title><body><p>outside</p><main>" + p[1] + "</main><p>outside</p>")}
		s.Pages = append(s.Pages, Page{Lang: lang, File: file, URL: p[0], Title: strings.Trim(p[0], "/"), Description: "The page " + p[0]})
	}
	return s
}

func build(t *testing.T, s Site) []File {
	t.Helper()
	files, err := Files(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWhatIsFound(t *testing.T) {
	s := site("en",
		[2]string{"/worry/", `<h1>hidden title</h1><p>Anxious people share an<em>xi</em>eties. The clinician’s room. <nav>menu</nav> <div data-nosearch><div>marked</div> marked</div> after</p>`},
		[2]string{"/about/", `<h2 id="who">Who we are<a class="permalink"></a></h2><p>A word<sup>77</sup> &amp; caf&eacute;. Cognitive-behavioral therapy.</p><template>templated</template><div hidden>concealed</div>`},
	)
	s.Synonyms = map[string][][]string{"en": {{"CBT", "cognitive behavioral therapy"}, {"nothing", "nowhere"}}}
	l := load(t, "en", build(t, s))
	for word, want := range map[string]string{
		"anxieties": "/worry/", "people": "/worry/", "clinicians": "/worry/", "after": "", "cafe": "/about/", "are": "",
		"about": "/about/", "the": "", "cbt": "/about/", "behavioral": "/about/", "nothing": "", "worry": "/worry/",
		"outside": "", "menu": "", "marked": "", "77": "", "templated": "", "concealed": "", "hidden": "", "title": "",
	} {
		if got := l.first(word); got != want {
			t.Errorf("%s leads to %q, want %q", word, got, want)
		}
	}
	if !slices.Contains(strings.Fields(l.head.Stop), "the") {
		t.Errorf("stop words: %q", l.head.Stop)
	}
	if want := `["who","Who we are"]`; !strings.Contains(l.files["search/en/"+l.head.Version+"/p0.json"], want) {
		t.Errorf("no heading %s", want)
	}
}

func TestSpanish(t *testing.T) {
	l := load(t, "es", build(t, site("es",
		[2]string{"/es/uno/", "<p>Las relaciones y la terapia de los niños.</p>"},
		[2]string{"/es/dos/", "<p>Una relación. Terapias. El niño.</p>"})))
	for _, word := range []string{"relacion", "relaciones", "terapia", "terapias", "nino", "ninos"} {
		if got := len(l.find(word)); got != 2 {
			t.Errorf("%s is on %d pages, want 2", word, got)
		}
	}
}

// What stands higher on a page, more often, or in a shorter one, is worth more.
func TestWorth(t *testing.T) {
	some := strings.Repeat("other words of a page about gardens. ", 20)
	l := load(t, "en", build(t, site("en",
		[2]string{"/sleep/", "<p>" + some},
		[2]string{"/a/", "<h2>Sleep</h2><p>" + some},
		[2]string{"/b/", "<p>Sleep. " + some},
		[2]string{"/c/", "<p>Sleep. " + strings.Repeat(some, 3)},
		[2]string{"/d/", "<p>Nothing.</p>"})))
	worth := l.find("sleep")
	order := []string{"/sleep/", "/a/", "/b/", "/c/"}
	for i := range order[1:] {
		if worth[order[i]] <= worth[order[i+1]] {
			t.Errorf("%s is worth %d, %s %d", order[i], worth[order[i]], order[i+1], worth[order[i+1]])
		}
	}
	if len(worth) != 4 {
		t.Errorf("found %v", worth)
	}
	s := site("en", [2]string{"/", "<p>Sleep.</p>"}, [2]string{"/x/", "<p>Sleep.</p>"})
	s.Pages[0].List = true
	if got := load(t, "en", build(t, s)).first("sleep"); got != "/x/" {
		t.Errorf("a list comes first: %s", got)
	}
}

// Of many pages, any form of any word is in the list that the head leads to,
// and a common word keeps its best pages.
func TestLargeSite(t *testing.T) {
	var pages [][2]string
	forms := map[string]int{}
	for i := range 1500 {
		body := "<p>therapy"
		for j := range 20 {
			word := fmt.Sprintf("w%cx%d", 'a'+(i*7+j*3)%26, (i*31+j*17)%4000)
			body += " " + word
			forms[word]++
		}
		if i == 1400 {
			body += " therapy therapies therapy"
		}
		pages = append(pages, [2]string{fmt.Sprintf("/%04d/", i), body + "</p>"})
	}
	s := site("en", pages...)
	files := build(t, s)
	l := load(t, "en", files)
	if len(l.head.Lists) < 10 || l.head.Pages != 1500 {
		t.Fatalf("%d lists, %d pages", len(l.head.Lists), l.head.Pages)
	}
	for form := range forms {
		if len(l.find(form)) == 0 {
			t.Fatalf("%s is not found", form)
		}
	}
	worth := l.find("therapies")
	if len(worth) != maxHits || l.first("therapy") != "/1400/" {
		t.Errorf("therapy: %d pages, the first is %s", len(worth), l.first("therapy"))
	}
	for name, data := range l.files {
		if len(data) > 2*listBytes {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
	slices.Reverse(s.Pages)
	again := build(t, s)
	if !slices.EqualFunc(files, again, func(a, b File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) }) {
		t.Error("the order of the pages changes the index")
	}
}

func TestUnreadablePage(t *testing.T) {
	s := site("en", [2]string{"/a/", ""})
	s.Pages[0].File = "gone.html"
	if _, err := Files(t.Context(), s); err == nil || !strings.Contains(err.Error(), "gone.html") {
		t.Errorf("error %v names no file", err)
	}
}

// The words of testdata/words.json are those that this package finds; that
// browsers find the same is checked by .ci/search.mjs.
func TestWords(t *testing.T) {
	const name = "testdata/words.json"
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Language string   `json:"language"`
		Text     string   `json:"text"`
		Words    []string `json:"words"`
	}
	if err := json.Unmarshal(src, &table); err != nil {
		t.Fatal(err)
	}
	for i, row := range table {
		got := forms(row.Text)
		if !*update && !slices.Equal(got, row.Words) {
			t.Errorf("%q has the words %q, want %q", row.Text, got, row.Words)
		}
		table[i].Words = got
	}
	if *update {
		out, err := json.MarshalIndent(table, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(out, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func forms(text string) []string {
	list := []string{}
	segments([]byte(text), func(segment []byte) {
		if form := fold(string(segment)); form != "" && utf8.RuneCountInString(form) <= maxWord {
			list = append(list, form)
		}
	})
	return list
}

// Whatever the bytes, a form can stand in a list of forms with spaces between
// them, and folds to itself.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"It’s 9:00 a.m.", "İSTANBUL ﬃ ﷺ", "e\u0301tat\u202fnarrow", "\xff\xfe", "self-harm 12-step can't", "ñandú Ⅷ ½"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range forms(text) {
			if strings.ContainsFunc(form, unicode.IsSpace) {
				t.Errorf("form %q of %q has a space", form, text)
			}
			if again := fold(form); again != form {
				t.Errorf("%q folds to %q, and that to %q", text, form, again)
			}
		}
		for _, lang := range []string{"en", "es-MX", "xx"} {
			v := newVocabulary(lang)
			segments([]byte(text), func(segment []byte) { v.token(segment) })
		}
	})
}

// Any bytes are a page, and its index can be read.
func FuzzPage(f *testing.F) {
	f.Add("<h2 id=a>Sleep</h2><p>text")
	f.Add("<nav><nav></nav>in</nav>out<h2>a<p>b</h2><main></main>")
	f.Add("<div data-nosearch><div></div>")
	f.Fuzz(func(t *testing.T, body string) {
		load(t, "en", build(t, site("en", [2]string{"/a/", body}, [2]string{"/b/", body})))
	})
}

func BenchmarkFiles(b *testing.B) {
	page := strings.Repeat("<h2 id=a>Sleep and rest</h2><p>Some people find that groups help them to sleep, and others find that they do not.</p>", 60)
	var pages [][2]string
	for i := range 1000 {
		pages = append(pages, [2]string{fmt.Sprintf("/%04d/", i), page})
	}
	s := site("en", pages...)
	b.SetBytes(int64(len(page) * len(pages)))
	for b.Loop() {
		if _, err := Files(b.Context(), s); err != nil {
			b.Fatal(err)
		}
	}
}
