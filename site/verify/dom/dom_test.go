package dom

import (
	"fmt"
	"strings"
	"testing"
)

// dump writes a tree as indented lines, with all that a rule can ask.
func dump(d *Doc) string {
	var b strings.Builder
	depth := make([]int, len(d.Nodes))
	for i := range int32(len(d.Nodes)) {
		n := d.Nodes[i]
		if n.Parent >= 0 {
			depth[i] = depth[n.Parent] + 1
		}
		fmt.Fprintf(&b, "%s", strings.Repeat("  ", depth[i]))
		if n.Text {
			fmt.Fprintf(&b, "%q\n", d.Text(i))
			continue
		}
		fmt.Fprintf(&b, "%s foreign=%v end=%d", d.Name(i), n.Foreign, n.End)
		for _, a := range d.Attrs(i) {
			fmt.Fprintf(&b, " %d=%q", a.Key, d.Value(a))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func wrap(body string) string {
	return "<!doctype html><html lang=en><head><meta charset=utf-8><title>T &amp; U</title></head><body>" + body + "</body></html>"
}

// plain pages take the short way, odd ones the long way. Both give one tree.
var pages = []struct {
	name, page string
	plain      bool
}{
	{"empty body", wrap(""), true},
	{"text and links", wrap("<main><h1 id=a>A</h1><p>x &lt; <a href=/x/?a=1&amp;b=2>y</a> z<br>w</p></main>\n") + "\n", true},
	{"lists", wrap("<ul><li><p>a</p><ul><li>b</li></ul></li></ul><dl><dt>q</dt><dd>a</dd></dl>"), true},
	{"groups of terms", wrap("<dl><div><dt>q</dt><dd>a</dd></div><div><dt>r</dt></div></dl>"), true},
	{"table", wrap("<table><caption>c</caption><thead> <tr><th>h</th></tr></thead>\n<tbody><tr><td><p>x</p></td></tr></tbody></table>"), true},
	{"icon", wrap(`<a href="/"><svg viewBox="0 0 1 1"><use href="/i.svg#x"/><path d="M0 0"></path></svg></a>`), true},
	{"script", wrap(`<script type=application/ld+json>{"a":"<\/p>"}</script><noscript><p>n</p></noscript>`), true},
	{"comments", wrap("a<!-- c -->b<p>x<!-- d --></p>") + "<!-- end -->\n", true},
	{"nested emphasis", wrap("<p><b><b><b><b>x</b></b></b></b><em>y</em></p><em><p>z</p></em>"), true},
	{"twice the attribute", wrap("<p id=a id=b>x</p>"), true},
	{"form", wrap("<form action=/x><label>a <input name=b></label><button>c</button></form>"), true},
	{"head left out", "<title>x</title><p>y", false},
	{"paragraphs left open", wrap("<p>a<p>b<ul><li>c<li>d</ul>"), false},
	{"block in paragraph", wrap("<p>a<div>b</div></p>"), false},
	{"link in link", wrap("<a href=x>a<a href=y>b</a></a>"), false},
	{"misnested", wrap("<b><i>x</b>y</i>"), false},
	{"rows without body", wrap("<table><tr><td>x</td></tr></table>"), false},
	{"text in table", wrap("<table>x<tbody></tbody></table>"), false},
	{"pre", wrap("<pre>\nx</pre><pre>y</pre>"), false},
	{"select", wrap("<select><option>a<option>b</select>"), false},
	{"html in svg", wrap("<svg><title>x</title><p>out</p></svg>"), false},
	{"cdata", wrap("<svg><text><![CDATA[x<p>]]></text></svg>"), false},
	{"template", wrap("<template><p>x</p></template>"), false},
	{"text behind", wrap("") + "x", false},
	{"twice the body", wrap("<body class=x>"), false},
	{"nothing", "", false},
	{"nul", wrap("a\x00b"), false},
	{"carriage return", wrap("a\r\nb"), false},
	{"lone less-than", wrap("a < b"), false},
	{"entities", wrap("<p title=x id='a&amp;&quot;&#39;b'>&lt;&gt;&#34;&rsquo;&notit;&amp &#x41; &</p>"), true},
	{"entities in values", wrap(`<a href="/?a=1&copy=2&amp;b=3&notit;&lang=&quot;&#39;&"></a><a href='/?x=&copy"'></a>`), true},
	{"capitals", wrap(`<P ID=a Class=b>x</p><A HREF=/x>y</a>`), true},
	{"capitals at the end", wrap(`<p>x</P>`), false},
	{"space in end tag", wrap(`<p>x</p >`), false},
	{"attributes with space", wrap(`<p id = a class>x</p>`), false},
	{"attributes without space", wrap(`<p id="a"class="b">x</p>`), false},
	{"attributes without value", wrap("<p hidden\n class= id>x</p>"), false},
	{"bare attributes", wrap("<p hidden id=a\n><br hidden/><br class=a/></p>"), true},
	{"slash in tag", wrap(`<p/id=a>x</p>`), false},
	{"slash of a value in svg", wrap(`<svg><use href=/a/><path></path></use></svg>`), false},
	{"quote in tag", wrap(`<p "id=a>x</p>`), false},
	{"value not closed", wrap(`<p id="a>x</p>`), false},
	{"odd comments", wrap("<!-->a<!--->b<!----!>c<!-- d --!> e -->"), false},
	{"no comments", wrap("<?x?></>< /p><!x><![CDATA[y]]>"), false},
	{"script with tags", wrap(`<script>"</p>" + "<b>" < 1</script><style>a>b{}</style>`), true},
	{"script in comment", wrap(`<script><!-- <script></script> --></script>`), false},
	{"script of another name", wrap(`<script>x</scripty></script>`), false},
	{"old doctype", strings.Replace(wrap("<p>x</p>"), "html>", `html PUBLIC "-//W3C//DTD HTML 4.01//EN">`, 1), false},
	{"no doctype", strings.TrimPrefix(wrap("<p>x</p>"), "<!doctype html>"), true},
	{"cut off", wrap("")[:60], false},
	{"self-closed div", wrap("<div/>x</div>"), true},
}

func TestBothWaysGiveOneTree(t *testing.T) {
	for _, p := range pages {
		t.Run(p.name, func(t *testing.T) {
			var got, want Doc
			if err := got.Parse([]byte(p.page)); err != nil {
				t.Fatal(err)
			}
			if got.slow == p.plain {
				t.Errorf("full algorithm used: %v, want %v", got.slow, !p.plain)
			}
			if err := want.full([]byte(p.page)); err != nil {
				t.Fatal(err)
			}
			want.str = string(want.arena)
			if g, w := dump(&got), dump(&want); g != w {
				t.Errorf("got:\n%s\nwant:\n%s", g, w)
			}
		})
	}
}

func TestReuse(t *testing.T) {
	var d Doc
	for range 2 {
		for _, p := range pages {
			var fresh Doc
			if err := d.Parse([]byte(p.page)); err != nil {
				t.Fatal(err)
			}
			if err := fresh.Parse([]byte(p.page)); err != nil {
				t.Fatal(err)
			}
			if got, want := dump(&d), dump(&fresh); got != want {
				t.Errorf("%s: reused:\n%s\nfresh:\n%s", p.name, got, want)
			}
		}
	}
}

func TestTooDeep(t *testing.T) {
	var d Doc
	err := d.Parse([]byte(wrap(strings.Repeat("<div>", 600) + strings.Repeat("</div>", 600))))
	if err == nil || len(d.Nodes) != 0 {
		t.Errorf("got %v and %d nodes, want an error and none", err, len(d.Nodes))
	}
	if err := d.Parse([]byte(wrap(strings.Repeat("<div>", 300) + strings.Repeat("</div>", 300)))); err != nil {
		t.Error(err)
	}
}

// FuzzParse holds the short way to the full algorithm, and the tree to its
// own promise about Parent and End.
func FuzzParse(f *testing.F) {
	for _, p := range pages {
		f.Add([]byte(p.page))
		f.Add([]byte(strings.TrimSuffix(strings.TrimPrefix(p.page, wrap("")[:strings.Index(wrap(""), "</body>")]), "</body></html>")))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		for _, page := range [][]byte{page, []byte(wrap(string(page)))} {
			var got, want Doc
			errGot := got.Parse(page)
			errWant := want.full(page)
			if (errGot == nil) != (errWant == nil) {
				t.Fatalf("got error %v, want %v", errGot, errWant)
			}
			if errGot != nil {
				return
			}
			want.str = string(want.arena)
			if g, w := dump(&got), dump(&want); g != w {
				t.Fatalf("got:\n%s\nwant:\n%s", g, w)
			}
			for i := range int32(len(got.Nodes)) {
				n := got.Nodes[i]
				if n.Parent >= i || n.End <= i || int(n.End) > len(got.Nodes) ||
					n.Parent >= 0 && n.End > got.Nodes[n.Parent].End {
					t.Fatalf("node %d: parent %d, end %d of %d", i, n.Parent, n.End, len(got.Nodes))
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var s strings.Builder
	for i := range 8 {
		fmt.Fprintf(&s, "<h2 id=h%d>Heading %d</h2>", i, i)
		for range 4 {
			s.WriteString("<p>" + strings.Repeat("Some words about groups and <em>therapy</em> that go on &amp; on. ", 6) + `<a href=/articles/x/#y>a link</a></p>`)
		}
		s.WriteString("<ul>" + strings.Repeat("<li>An item in a list of some length</li>", 4) + "</ul>")
	}
	page := []byte(wrap(s.String()))
	for _, way := range []struct {
		name  string
		parse func(*Doc) error
	}{
		{"nested", func(d *Doc) error { return d.Parse(page) }},
		{"full", func(d *Doc) error { return d.full(page) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			var d Doc
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				if err := way.parse(&d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
