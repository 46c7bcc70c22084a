package finish

import (
	"bytes"
	"strings"
	"testing"

	"clinicblog/site/diag"
)

func TestAssets(t *testing.T) {
	css, js, json, xml := asset.css, asset.js, asset.json, asset.xml
	for _, c := range []struct {
		name     string
		minify   func(asset, []byte) ([]byte, diag.Diagnostic, bool)
		src, min string // min "" where the file keeps its bytes
		rule     string
		line     int
	}{
		{"layers", css, "@layer reset, base;\n@layer base { a { color : red } }", "@layer reset,base;@layer base{a{color:red}}", "", 0},
		{"empty layer", css, "@layer a {}\n@layer b { c { d: e } }", "", "minify-proof", 0},
		{"empty rules", css, "a { } @media print { } b { c: d }", "b{c:d}", "", 0},
		{"tokens", css, ":root { --c: light-dark( #FFF , oklch(0.7 0.1 200) ); --e: ; }", ":root{--c:light-dark( #FFF , oklch(0.7 0.1 200) );--e: }", "", 0},
		{"new colours", css, "a { color: light-dark(#fff, black); background: color-mix(in oklab, red 50%, var(--x)) }", "a{color:light-dark(#fff,black);background:color-mix(in oklab,red 50%,var(--x))}", "", 0},
		{"nesting", css, ".a { &:hover { color: red } & > b { margin: 0px auto 0px auto } .x & { padding: calc(1rem + 2px) } }", ".a{&:hover{color:red}& > b{margin:0 auto}.x &{padding:calc(1rem + 2px)}}", "", 0},
		{"container", css, "@container card (inline-size > 30rem) { p { font-size: clamp(1rem, 2vw + 1rem, 3rem) } }", "@container card (inline-size > 30rem){p { font-size: clamp(1rem, 2vw + 1rem, 3rem) } }", "", 0},
		{"media", css, "@media (width >= 40rem) and (not (hover)) { a { inset: 0.50px } }", "@media(width >= 40rem) and (not (hover)){a{inset:.5px}}", "", 0},
		{"address", css, "a { background: url( \"a.woff2\" ) }", "a{background:url(a.woff2)}", "", 0},
		{"selectors", css, "a[type=\"text\"] , a > b ~ c + d { order: 1 }", "a[type=text],a>b~c+d{order:1}", "", 0},
		{"comment", css, "/* x */ a { b: c } /* y */", "a{b:c}", "", 0},
		{"times", css, "a { transition: opacity 0s, color 1000ms }", "a{transition:opacity 0s,color 1e3ms}", "", 0},
		{"case of a part", css, "x::part(Foo) { color: red }", "", "minify-proof", 0},
		{"open brace", css, "a { b: c }\nd {", "", "asset-syntax", 2},
		{"brace too many", css, "a { b: c } }", "", "asset-syntax", 1},

		{"script", js, "const x = 1 ;\nfunction f ( long ) { return long + x } f( 2 )", "const x=1;function f(e){return e+x}f(2)", "", 0},
		{"module", js, "import a from './a.js'\nexport const b = a ?? 1", "import a from\"./a.js\";export const b=a??1", "", 0},
		{"script error", js, "let a =\n  {b:", "", "asset-syntax", 2},
		{"script end", js, "let a = '</scr' + 'ipt>'", "", "minify-proof", 0},

		{"JSON", json, "{ \"a\" : [ 100000, 1.0, 1E5, \"\\u00e9\\/ \" ] }", `{"a":[100000,1.0,1E5,"\u00e9\/ "]}`, "", 0},
		{"trailing comma", json, "{\n\"a\": 1,\n}", "", "asset-syntax", 3},
		{"raw newline", json, "[\"a\nb\"]", "", "asset-syntax", 1},
		{"no JSON", json, "", "", "asset-syntax", 1},

		{"feed", xml, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\">\n  <channel>\n    <title>A &amp; B</title>\n    <description> a\n b <![CDATA[<p>c</p>]]></description>\n    <x></x>\n  </channel>\n</rss>\n",
			"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>A &amp; B</title><description> a\nb &lt;p>c&lt;/p></description><x/></channel></rss>", "", 0},
		{"mixed content", xml, "<p>a <b>c</b> d</p>", "", "minify-proof", 0},
		{"code in a feed", xml, "<d>&lt;pre>a\n   b&lt;/pre></d>", "", "minify-proof", 0},
		{"drawing", xml, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n  <!-- x -->\n  <title id=\"t\">A</title>\n  <path d=\"M 10.0 10\"></path>\n</svg>",
			"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><title id=\"t\">A</title><path d=\"M 10.0 10\"/></svg>", "", 0},
		{"words in a drawing", xml, "<svg><text>a <tspan>b</tspan></text></svg>", "", "minify-proof", 0},
		{"own entities", xml, "<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg> &a; </svg>", "<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg> &a; </svg>", "", 0},
		{"open element", xml, "<a>\n<b>\n</a>", "", "asset-syntax", 3},
		{"bare ampersand", xml, "<a>\nb & c</a>", "", "asset-syntax", 2},
		{"no XML", xml, " ", "", "asset-syntax", 1},
		{"Latin-1", xml, "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a/>", "", "asset-syntax", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := []byte(c.src)
			got, d, ok := c.minify(asset{}, src)
			if string(src) != c.src {
				t.Errorf("the source became %q", src)
			}
			if d.Rule != c.rule || ok != (c.rule == "") || d.Pos.Line != c.line {
				t.Errorf("got %v: %s (%s), want line %d (%s)", d.Pos, d.Message, d.Rule, c.line, c.rule)
			}
			want := c.min
			if c.rule != "" {
				want = c.src
			}
			if string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if again, d, ok := c.minify(asset{}, bytes.Clone(got)); c.rule == "" && (!ok || !bytes.Equal(again, got)) {
				t.Errorf("the second time: %s %v", again, d)
			}
		})
	}
}

// TestFormsSeeLosses changes a style sheet and a feed as a faulty minifier would.
func TestFormsSeeLosses(t *testing.T) {
	sheet := `@layer a,b;@import "x.css" layer(a);:root{--c:light-dark(#fff,#000)}.a>b{inset:1px 2px;color:var(--c)!important;background:url(a.png)}@media(width>=40rem){a b{gap:.5rem;content:"A  b"}}`
	want, _ := cssForm([]byte(sheet))
	for _, l := range [][2]string{
		{"a,b;", "b,a;"}, {"x.css", "y.css"}, {"#000)}", "#001)}"}, {"1px 2px", "1px"}, {"1px", "1em"}, {"--c)!", "--d)!"},
		{"!important", ""}, {"a.png", "b.png"}, {"40rem", "30rem"}, {"a b{", "ab{"}, {"a b{", "a>b{"}, {".5rem", "5rem"},
		{"A  b", "A b"}, {"inset", "top"}, {".a>b{", ".A>b{"}, {"@media(", "@supports("}, {";color:", ";--color:"},
		{"gap:.5rem;", ""},
	} {
		worse := strings.Replace(sheet, l[0], l[1], 1)
		if got, _ := cssForm([]byte(worse)); worse == sheet || bytes.Equal(want, got) {
			t.Errorf("%q for %q is not seen", l[1], l[0])
		}
	}
	feed := `<?xml version="1.0"?><rss version="2.0" a="b"><t>A b</t><l>x</l><p>a <b>c</b> d</p></rss>`
	want, err := xmlForm([]byte(feed))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range [][2]string{
		{"2.0", "2"}, {` a="b"`, ""}, {"A b", "Ab"}, {"<l>x</l>", "<m>x</m>"}, {"<l>x</l>", ""}, {"a <b>", "a<b>"}, {"</b> d", "</b>d"},
		{`<?xml version="1.0"?>`, ""}, {"<rss", "<!DOCTYPE a><rss"},
	} {
		worse := strings.Replace(feed, l[0], l[1], 1)
		got, err := xmlForm([]byte(worse))
		if err == nil && (worse == feed || bytes.Equal(want, got)) {
			t.Errorf("%q for %q is not seen", l[1], l[0])
		}
	}
}

func FuzzAssets(f *testing.F) {
	f.Add([]byte("@media (a:b) { c > d { e: url('f') 0.50px } }"))
	f.Add([]byte("<a b='c'>d &lt; <e/> f<!-- g --></a>"))
	f.Add([]byte("let a = 1; f(a)"))
	f.Add([]byte(`{"a": [1, "b"]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		var a asset
		a.json(src)
		a.js(src)
		a.xml(src)
		if min, _, ok := a.css(src); ok {
			want, _ := cssForm(src)
			if got, _ := cssForm(min); !bytes.Equal(want, got) {
				t.Errorf("%q became %q", src, min)
			}
		}
	})
}
