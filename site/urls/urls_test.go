package urls

import (
	"slices"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

const sample = `# The list.

https://clinic.example/blog/ home
/ content/_index.md
# asked for by the director
/a/ content/my page.md
/b.pdf
/old/ -> /a/#part
/other/ -> https://other.example/x
/gone/ gone
# the end
`

func parse(t *testing.T, text string) List {
	t.Helper()
	l, ds := Parse([]byte(text))
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return l
}

func TestFormat(t *testing.T) {
	l := parse(t, sample)
	want := strings.Replace(sample, "/old/ -> /a/#part\n/other/ -> https://other.example/x\n/gone/ gone\n", "/gone/ gone\n/old/ -> /a/#part\n/other/ -> https://other.example/x\n", 1)
	if got := string(l.Format()); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if e := l.find("/a/"); e.Source != "content/my page.md" || e.Pos != (diag.Pos{File: Name, Line: 6, Col: 1}) || l.Home != "https://clinic.example/blog/" {
		t.Errorf("got %+v", e)
	}
	l.Add(map[string]string{"/a/": "content/a.md", "/new/": "content/new.md", "/gone/": "content/x.md", "/old/": ""})
	got := string(l.Format())
	for _, line := range []string{"/a/ content/a.md\n", "/new/ content/new.md\n", "/gone/ gone\n", "/old/ -> /a/#part\n"} {
		if strings.Count(got, line) != 1 {
			t.Errorf("%q is not in the list once:\n%s", line, got)
		}
	}
	if !strings.HasPrefix(string(List{}.Format()), "# Every address") {
		t.Error("an empty list does not say what it is")
	}
}

func TestMove(t *testing.T) {
	for _, test := range []struct {
		edits [][2]string // a retraction has no target
		want  string      // of the entries, or of the error
	}{
		{[][2]string{{"/a/", "/b/"}}, "/a/ -> /b/"},
		{[][2]string{{"/a/", "/b/"}, {"/a/", "/b/"}}, "/a/ -> /b/"},
		{[][2]string{{"/a/", "/b/"}, {"/b/", "/c/"}}, "/a/ -> /c/;/b/ -> /c/"},
		{[][2]string{{"/b/", "/c/"}, {"/a/", "/b/"}}, "/a/ -> /c/;/b/ -> /c/"},
		{[][2]string{{"/a/", "/b/"}, {"/b/", "/a/"}}, "/a/;/b/ -> /a/"},
		{[][2]string{{"/a/", "/b/"}, {"/b/", ""}}, "/a/ gone;/b/ gone"},
		{[][2]string{{"/a/", ""}, {"/a/", ""}}, "/a/ gone"},
		{[][2]string{{"/a/", ""}, {"/a/", "/b/"}}, "/a/ -> /b/"},
		{[][2]string{{"/b/", ""}, {"/a/", "/b/"}}, "/b/ was retracted"},
		{[][2]string{{"/a/", "/a/"}}, "/a/ cannot move to itself"},
		{[][2]string{{"/a b/", "/a/"}}, "character ' '"},
		{[][2]string{{"/a/../b/", "/a/"}}, `a part ".."`},
		{[][2]string{{"/a/", "//evil.example/"}}, "one slash"},
		{[][2]string{{"/a/", "javascript:x"}}, "one slash"},
		{[][2]string{{"/a/", "https://other.example/\nx"}}, "no URL"},
		{[][2]string{{"/a//b/", "/a/"}}, "two slashes"},
		{[][2]string{{"/" + strings.Repeat("x", 300), "/a/"}}, "300 bytes"},
		{[][2]string{{"/" + strings.Repeat("x/", 500), "/a/"}}, "1001 bytes"},
		{[][2]string{{"/\xff/", "/a/"}}, "not UTF-8"},
		{[][2]string{{"/über/", "/a/#teil"}}, "/über/ -> /a/#teil"},
	} {
		var l List
		var err error
		for _, e := range test.edits {
			if e[1] == "" {
				err = l.Retract(e[0])
			} else {
				err = l.Move(e[0], e[1])
			}
		}
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			_, text, _ := strings.Cut(string(l.Format()), "\n\n")
			got = strings.ReplaceAll(strings.TrimSpace(text), "\n", ";")
		}
		if err == nil && got != test.want || !strings.Contains(got, test.want) {
			t.Errorf("%v: got %q, want %q", test.edits, got, test.want)
		}
	}
}

func TestCheck(t *testing.T) {
	built := Built{
		Pages:    map[string]string{"/": "content/_index.md", "/a/": "content/a.md", "/draft/": "content/draft.md"},
		Withheld: map[string]bool{"/draft/": true},
		Home:     "https://clinic.example/",
		Aliases:  map[string]string{"/alias/": "content/a.md"},
		Exists:   func(path string) bool { return path == "/file.txt" },
		Present:  func(source string) bool { return source == "content/here.md" },
	}
	const all = "/ content/_index.md\n/a/ content/a.md\n"
	for _, test := range []struct{ lines, rule, want string }{
		{"", "", ""},
		{"/old/ -> /a/#x\n/out/ -> https://other.example/\n/gone/ gone\n/file.txt\n/alias/ content/b.md\n", "", ""},
		{"/x/ content/x.md\n", "url-vanished", "/x/ is not published any more: content/x.md had it, and is not in the project"},
		{"/x/ content/here.md\n", "url-vanished", "content/here.md had it, and is a draft, has expired"},
		{"/x.ics\n", "url-vanished", "/x.ics is not published any more"},
		{"/x/ -> /x/\n", "url-moved", "moves to itself"},
		{"/x/ -> /y/\n/y/ -> /a/\n", "url-moved", "/x/ moves to /y/, which moves on to /a/"},
		{"/x/ -> /none/\n", "url-moved", "/x/ moves to /none/, which is not published"},
		{"/x/ -> /alias/\n", "url-moved", "which is an alias of content/a.md"},
		{"/file.txt -> /a/\n", "url-moved", "and is a published file"},
		{"/alias/ -> /a/\n", "url-moved", "and is an alias of content/a.md"},
		{"/A/ -> /a/\n", "url-moved", "/A/ differs from the page /a/ only in capitals"},
		{"/a -> /a/\n", "url-moved", "or its last slash"},
		{"/groups/a/ content/a.md\n", "url-vanished", "content/a.md had it, and is at /a/ now"},
		{"http://x/y home\n", "url-list", "does not begin with one slash"},
		{"https://x/ home\nhttps://y/ home\n", "url-list", "does not begin with one slash"},
		{"/alias/ gone\n", "url-retracted", "is an alias of content/a.md"},
		{"/x y/\n/x/ -> b\n", "url-list", `the address "b" does not begin with one slash`},
		{"/gone/ gone\n/gone/ content/gone.md\n", "url-list", "/gone/ stands in line 3 already"},
	} {
		l, ds := Parse([]byte(all + test.lines))
		if len(ds) == 0 {
			ds = l.Check(built)
		}
		ok := len(ds) == 0
		if test.want != "" {
			ok = len(ds) > 0 && ds[0].Rule == test.rule && ds[0].Pos.Line >= 3 && ds[0].Severity == diag.Error && strings.Contains(ds[0].Message, test.want)
		}
		if !ok {
			t.Errorf("%q: got %v, want %q", test.lines, ds, test.want)
		}
	}
	for _, test := range []struct{ list, rule, want string }{
		{"/ content/_index.md\n/a/ gone\n", "url-retracted", "/a/ was retracted, and is published from content/a.md"},
		{"/ content/_index.md\n/a/ -> /\n", "url-moved", "and is published from content/a.md"},
		{"/a/ content/a.md\n", "url-unlisted", "/ is not in the list yet"},
		{"https://clinic.example/ home\n" + all, "", ""},
		{"https://clinic.example/blog/ home\n" + all, "url-home", "was published at https://clinic.example/blog/, and baseURL is https://clinic.example/"},
		{"/b/ gone\n", "url-unlisted", "2 addresses, / first, are not in the list yet"},
		{all + "/x/ -> /y/\n/y/ -> /z/\n/z/ -> /x/\n", "url-moved", "/x/ moves in a circle"},
	} {
		l := parse(t, test.list)
		if ds := l.Check(built); test.rule == "" && len(ds) > 0 || test.rule != "" && (len(ds) == 0 || ds[0].Rule != test.rule || !strings.Contains(ds[0].Message, test.want)) {
			t.Errorf("%q: got %v, want %q", test.list, ds, test.want)
		}
	}
	at := diag.Pos{File: "content/a.md", Line: 3}
	if ds := WrongAlias("/logo.svg", "static/logo.svg", at); len(ds) != 1 || !strings.Contains(ds[0].Message, "is the address of static/logo.svg") {
		t.Error(ds)
	}
	for alias, wrong := range map[string]bool{
		"/a/": false, "/a.php": false, "old-name": false, "../old/": false, "/años/": false,
		"/a b/": true, "/a/../b/": true, "//evil.example/": true, "/a\nb/": true, "/a?b=c": true, "a#b": true, "/" + strings.Repeat("x", 300): true,
	} {
		if ds := WrongAlias(alias, "", at); len(ds) > 0 != wrong || wrong && ds[0].Pos != at {
			t.Errorf("%q: got %v", alias, ds)
		}
	}
}

// A star moves or retracts what the list has below a folder, and nothing else.
func TestFolders(t *testing.T) {
	const list = "/a/ content/a.md\n/es/ content/_index.es.md\n/es/a/ content/a.es.md\n/es/b.ics\n/es/gone/ gone\n/es/old/ -> /es/a/\n/essay/ content/essay.md\n"
	for _, test := range []struct{ from, to, want string }{
		{"/es/*", "/*", "/a/ content/a.md;/es/ content/_index.es.md;/es/a/ -> /a/;/es/b.ics -> /b.ics;/es/gone/ gone;/es/old/ -> /a/;/essay/ content/essay.md"},
		{"/es/*", "/a/", "/a/ content/a.md;/es/ content/_index.es.md;/es/a/ -> /a/;/es/b.ics -> /a/;/es/gone/ gone;/es/old/ -> /a/;/essay/ content/essay.md"},
		{"/es/*", "", "/a/ content/a.md;/es/ content/_index.es.md;/es/a/ gone;/es/b.ics gone;/es/gone/ gone;/es/old/ gone;/essay/ content/essay.md"},
		{"/fr/*", "/a/", "no published address /fr/*"},
		{"/es*", "", "no published address /es*"},
		{"/es/*", "/es/*", "cannot move to itself"},
		{"/a/", "/*", "character '*'"},
	} {
		l := parse(t, list)
		err := l.Retract(test.from)
		if test.to != "" {
			l = parse(t, list)
			err = l.Move(test.from, test.to)
		}
		got := strings.ReplaceAll(strings.TrimSpace(strings.TrimPrefix(string(l.Format()), header)), "\n", ";")
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != test.want || !strings.Contains(got, test.want) {
			t.Errorf("%s %s: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

// The finding of a page that has vanished says where it may be.
func TestSuccessors(t *testing.T) {
	built := Built{
		Pages:   map[string]string{"/": "content/_index.md", "/therapy/a/": "content/groups/a.md", "/topics/coping/": "", "/new/": "content/new.md"},
		Exists:  func(string) bool { return false },
		Present: func(source string) bool { return source != "content/old.md" },
	}
	l := parse(t, "/ content/_index.md\n/groups/a/ content/groups/a.md\n/old/ content/old.md\n/topics/skills/\n/x/y/ content/y.md\n")
	want := map[string]string{
		"/groups/a/":      "run clinicblog moved /groups/a/ /therapy/a/, or moved '/groups/*' '/therapy/*' for all",
		"/old/":           "run clinicblog moved /old/ /new/, if",
		"/topics/skills/": "run clinicblog moved /topics/skills/ /topics/coping/, if",
		"/x/y/":           "say where it went",
	}
	for _, d := range l.Check(built) {
		path, _, _ := strings.Cut(d.Message, " ")
		if d.Rule == "url-vanished" && !strings.HasPrefix(d.Fix, want[path]) {
			t.Errorf("%s: the remedy is %q, want %q", path, d.Fix, want[path])
		}
		delete(want, path)
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
}

// Whatever stands in the file, what is written back is read as the same.
func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("/a -> \n#\n\n/b gone\r\n")
	f.Add("# a\nhttps://a/ home\n\n# b\nhttps://b/ home\n/ x\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, _ := Parse([]byte(text))
		once := l.Format()
		again, ds := Parse(once)
		if len(ds) > 0 || string(again.Format()) != string(once) || len(again.Entries) != len(l.Entries) {
			t.Errorf("%q becomes %q, then %q: %v", text, once, again.Format(), ds)
		}
		if !slices.IsSortedFunc(l.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) }) {
			t.Errorf("not sorted: %q", once)
		}
	})
}
