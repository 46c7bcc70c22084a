package verify

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"clinicblog/site/diag"
)

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

const (
	home = "index.html"
	art  = "articles/process/index.html"
	faqs = "faq/index.html"
)

// Each fault is one change to the good site, and gives exactly one finding.
var faults = []struct {
	rule, file, old, new string
	want                 string // part of the message
}{
	{"file-name", "what?.txt", "", "x", `file "what?.txt" has a name`},
	{"file-empty", "empty.html", "", " \n", "page empty.html is empty"},
	{"html-parse", "deep.html", "", strings.Repeat("<div>", 600), "page deep.html cannot be read"},
	{"xml-syntax", "index.xml", "<title>T", "<title>T & U", "index.xml is not well-formed"},
	{"manifest-syntax", "site.webmanifest", "{", "", "manifest site.webmanifest cannot be read"},
	{"image-metadata", "a.JPG", "", "\xff\xd8\xff\xe1Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00", "image a.JPG holds the place where it was taken (GPS)"},
	{"image-metadata", "a.heic", "", "II*\x00ftypheicMM\x00*\x00\x00\x00\x08\x00\x02\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26", "GPS"},
	{"image-metadata", "a.tiff", "", "MM\x00*\x00\x00\x00\x08\x00\x01\x83\xbb\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26", "holds IPTC data"},
	{"image-metadata", "a.webp", "", "RIFF____WEBPXMP ____<x:xmpmeta>", "holds XMP"},
	{"image-metadata", "a.png", "", "iTXtXML:com.adobe.xmp\x00", "holds XMP"},
	{"image-metadata", "a.jpg", "", "Photoshop 3.0\x008BIM", "holds IPTC data"},

	{"page-lang", home, ` lang="en"`, "", "no language"},
	{"page-lang", home, ` lang="en"`, ` lang="english_us"`, `"english_us" is no language tag`},
	{"page-title", home, "<title>Clinic</title>", "", "has no title"},
	{"page-title", home, "<title>Clinic", "<title> ", "title of the page is empty"},
	{"page-title-unique", home, "<title>Clinic", "<title>FAQ", `title "FAQ" is on this page, and on 1 more page (index.html)`},
	{"page-description", home, `name="description"`, `name="x"`, "no description"},
	{"page-description", home, "About Clinic.", " ", "description of the page is empty"},
	{"page-description-unique", home, "About Clinic.", "About FAQ.", `description "About FAQ." is on this page`},
	{"page-canonical", faqs, `<link rel="canonical" href="https://clinic.example/blog/faq/">`, "", "no canonical"},
	{"page-canonical", faqs, `"canonical" href="https://clinic.example/blog/faq/"`, `"canonical" href="/blog/faq/"`, "is not absolute"},
	{"page-canonical", faqs, `"canonical" href="https://clinic.example/blog/faq/"`, `"canonical" href="https://clinic.example/blog/"`, "the page is at https://clinic.example/blog/faq/"},
	{"page-canonical", faqs, `"canonical" href="https://clinic.example/blog/faq/"`, `"canonical" href="http://clinic.example/blog/faq/"`, "canonical link is http:"},
	{"page-canonical", faqs, `<link rel="canonical"`, `<link rel="canonical" href="https://clinic.example/blog/faq/"><link rel="canonical"`, "2 canonical links"},
	{"refused-value", home, "<footer>", "<footer><citezgotmplz>x</citezgotmplz>", `in the place of a value, after "<cite"`},
	{"refused-value", home, "<footer>", `<footer><q cite=ZgotmplZ>x</q>`, `after "<q cite="`},
	{"page-main", home, `<footer>`, "<main></main><footer>", "2 main elements"},
	{"page-h1", home, "<footer>", "<footer><h1>Again</h1>", "2 h1 headings"},
	{"page-h1", home, "<h1>Clinic</h1>", "", "0 h1 headings"},
	{"heading-order", home, "<footer>", "<footer><h3>Deep</h3>", `heading "Deep" is an h3 below an h1`},
	{"heading-empty", home, "<footer>", `<footer><h2 id="e"> <span aria-hidden="true">x</span></h2>`, "an h2 heading has no words"},
	{"duplicate-id", art, `id="references"`, `id="faq"`, `id "faq" is on the page twice`},
	{"duplicate-id", art, `id="references"`, `id="a b"`, "white space"},
	{"image-alt-missing", home, ` alt=""`, "", "img img.png has no alt text"},
	{"image-size", home, ` width="1"`, "", "image img.png has no width and height"},
	{"share-image", home, `og:image:width" content="2"`, `og:image:width" content="1200"`, `has 2 by 1 pixels, the page says "1200 by 1"`},
	{"share-image", home, `og:image:height" content="1"`, `og:image:height"`, `the page says "2 by "`},
	{"share-image", home, `content="A dot"`, `content=""`, "has no alt text"},
	{"share-image", "img.png", "PNG", "PMG", "cannot be read: image: unknown format"},
	{"redirect-target", "old/index.html", `refresh" content="0; url=https://clinic.example/blog/faq/`, `refresh" content="0; url=/blog/`, "sends readers to /blog/"},

	{"hreflang-code", faqs, `hreflang="es-US"`, `hreflang="es-MX"`, `alternate link https://clinic.example/blog/es/faq/ says es-MX, but es/faq/index.html is in es-US`},
	{"hreflang-code", faqs, `hreflang="x-default"`, `hreflang="x_default"`, `"x_default" is no language`},
	{"hreflang-code", faqs, `hreflang="x-default" href="https://clinic.example/blog/faq/"`, `hreflang="en" href="https://clinic.example/blog/faq/"`, "two alternate links say en"},
	{"hreflang-code", faqs, `<a hreflang="es"`, `<a hreflang="fr"`, "link /blog/es/faq/ says fr, but es/faq/index.html is in es-US"},
	{"hreflang-return", "es/faq/index.html", `hreflang="en"`, `lang="en"`, "alternate link https://clinic.example/blog/es/faq/ does not lead back to faq/index.html"},
	{"hreflang-return", "es/faq/index.html", `<link rel="alternate" hreflang="es-US" href="https://clinic.example/blog/es/faq/">`, "", "page does not name itself"},
	{"link-target", faqs, `hreflang="x-default" href="https://clinic.example/blog/faq/"`, `hreflang="x-default" href="https://clinic.example/blog/es/gone/"`, "alternate link https://clinic.example/blog/es/gone/ leads to no published file"},
	{"sitemap", "sitemap.xml", `href="https://clinic.example/blog/es/faq/"`, `href="https://clinic.example/blog/es/gone/"`, "alternate link https://clinic.example/blog/es/gone/ in the sitemap"},
	{"link-target", home, `href="articles/process/"`, `href="articles/gone/"`, "link articles/gone/ leads to no published file"},
	{"link-target", home, `src="img.png"`, `src="gone.png"`, "image gone.png leads to no published file"},
	{"link-target", home, "/blog/img.png 2x", "/blog/gone.png 2x", "image /blog/gone.png"},
	{"link-target", home, `"/blog/icon.svg"`, `"/blog/gone.svg"`, "link of the page /blog/gone.svg"},
	{"link-target", home, `content="https://clinic.example/blog/img.png"`, `content="https://clinic.example/blog/no.png"`, "og:image https://clinic.example/blog/no.png"},
	{"link-target", "main.css", "more.css", "less.css", "style less.css leads to no published file"},
	{"link-target", "site.webmanifest", "img.png", "gone.png", "icon gone.png"},
	{"link-target", home, `src="img.png"`, `src=""`, "image has an empty address"},
	{"inline-code", home, "<footer>", `<footer style="color:red">`, `element footer carries the style "color:red"`},
	{"inline-code", home, "<footer>", `<footer ONCLICK="x()">`, `element footer runs the script "x()" from an attribute`},
	{"link-fragment", home, `href="#content"`, `href="#contents"`, "link #contents leads to no id on its page"},
	{"link-fragment", home, `href="articles/process/"`, `href="articles/process/#gone"`, `leads to no id "gone" on articles/process/index.html`},
	{"link-fragment", home, "icon.svg#dot", "icon.svg#line", `no id "line" on icon.svg`},
	{"link-base-path", home, `href="articles/process/"`, `href="/articles/process/"`, "link /articles/process/ is not below /blog/"},
	{"link-base-path", home, `href="articles/process/"`, `href="../"`, "link ../ is not below /blog/"},
	{"not-found-links", "404.html", `"/blog/main.css"`, `"main.css"`, "style sheet main.css on the page for unknown"},
	{"sitemap", "sitemap.xml", "blog/faq/", "blog/gone/", "blog/gone/ in the sitemap leads to no published file"},
	{"sitemap", "sitemap.xml", "clinic.example/blog/faq/", "other.example/", "is not on this site"},
	{"sitemap", "robots.txt", "https://clinic.example/blog/sitemap.xml", "/sitemap.xml", "is not absolute"},
	{"sitemap", "sitemap.xml", "</urlset>", strings.Repeat("<url><loc>https://clinic.example/blog/</loc></url>", 50_000) + "</urlset>", "50002 addresses"},
	{"feed", "index.xml", "https://clinic.example/blog/faq/", "/blog/faq/", "is not absolute"},
	{"feed", "index.xml", "blog/index.xml", "blog/gone.xml", "self link https://clinic.example/blog/gone.xml"},
	{"phone-link", home, `href="tel:988"`, `href="tel:911"`, `link tel:911 dials another number than "call 988"`},
	{"phone-link", home, `href="tel:988"`, `href="tel:"`, "has no number"},
	{"phone-link", home, `tel:+18006624357`, `tel:+18006624358`, "dials another number"},

	{"other-origin", home, "</head>", `<script src="//cdn.example/x.js"></script></head>`, "script //cdn.example/x.js makes a request to https://cdn.example"},
	{"other-origin", home, "</head>", `<link rel="preconnect" href="https://fonts.example"></head>`, "connection https://fonts.example"},
	{"other-origin", home, "</head>", `<link rel="dns-prefetch" href="//fonts.example"></head>`, "connection //fonts.example"},
	{"other-origin", home, "</head>", `<link rel="preload" as="font" href="https://fonts.example/a.woff2"></head>`, "link of the page https://fonts.example"},
	{"other-origin", home, "</head>", `<style>@import "https://fonts.example/a.css";</style></head>`, "style https://fonts.example/a.css"},
	{"other-origin", home, "<footer>", `<footer><iframe src="https://video.example/1" title="v"></iframe>`, "iframe https://video.example/1"},
	{"form-target", home, "<footer>", `<footer><form action="https://forms.example/"></form>`, "a form sends what readers write to https://forms.example"},
	{"form-target", home, "<footer>", `<footer><button formaction="https://forms.example/">x</button>`, "to https://forms.example"},
	{"form-target", home, "<footer>", `<footer><form action="mailto:x@clinic.example"></form>`, "to mailto:x@clinic.example"},
	{"form-target", home, "<footer>", `<footer><form method="POST"></form>`, "a form sends with POST"},
	{"tracker", home, "</head>", `<script src="https://www.googletagmanager.com/gtag/js"></script></head>`, "script https://www.googletagmanager.com/gtag/js tells Google who reads this page"},
	{"tracker", home, "<footer>", `<footer><img src="//connect.facebook.net/tr?id=1" alt="" width="1" height="1">`, "tells Meta"},
	{"tracker", home, "</head>", `<link rel="preconnect" href="https://fonts.gstatic.com"></head>`, "tells Google"},
	{"tracking-parameter", home, `href="articles/process/"`, `href="articles/process/?utm_source=home&amp;x=1"`, `link articles/process/?utm_source=home&x=1 carries "utm_source"`},
	{"tracking-parameter", home, "<footer>", `<footer><a href="https://doi.example/?a=1&amp;FBCLID=2">x</a>`, `carries "fbclid"`},

	{"link-name", home, "<footer>", `<footer><a href="/blog/"><img src="/blog/img.png" alt="" width="2" height="1"></a>`, "link /blog/ has no words"},
	{"link-name", home, "<footer>", `<footer><a href="/blog/"><span aria-hidden="true">x</span></a>`, "link /blog/ has no words"},
	{"link-words", home, ">Read</a>", ">Click here.</a>", `link articles/process/ says "Click here." and no more`},
	{"link-words", home, ">Read</a>", ">aquí</a>", `"aquí"`},
	{"button-name", home, "<footer>", `<footer><button type="button"><svg></svg></button>`, "a button has no words"},
	{"form-label", home, "<footer>", `<footer><form><input name="q"></form>`, `field "q" has no label`},
	{"form-label", home, "<footer>", `<footer><form><label for="other">Words</label><select id="one"></select></form>`, `field "one" has no label`},
	{"form-label", home, "<footer>", `<footer><form><label> <textarea id="one"></textarea></label></form>`, `field "one" has no label`},
	{"table-header", home, "<footer>", `<footer><table><tr><td>1</td></tr></table>`, "a table has no header cells"},
	{"frame-title", home, "<footer>", `<footer><iframe src="/blog/faq/"></iframe>`, "frame /blog/faq/ has no title"},
	{"nav-label", home, "<footer>", `<footer><nav><a href="/blog/">Home</a></nav>`, "2 navigations have no name of their own"},
	{"other-origin", home, "<footer>", `<footer><style>p{background:u\72l(https://img.example/1)}</style>`, "style https://img.example/1"},
	{"other-origin", home, "<footer>", `<footer><a href="/blog/" ping="https://count.example/">x</a>`, "ping https://count.example/"},
	{"other-origin", home, "<footer>", `<footer><img src="\\img.example\1.png" alt="" width="1" height="1">`, "makes a request to https://img.example"},
	{"other-origin", home, "<footer>", "<footer><img src='ht\ntps:\t//img.example/1.png' alt='' width=1 height=1>", "makes a request to https://img.example"},
	{"other-origin", home, "<footer>", `<footer><img src="/blog/img.png" srcset="https://img.example/1.png 2x" alt="" width="1" height="1">`, "https://img.example/1.png"},
	{"other-origin", home, "<footer>", `<footer><video poster="https://img.example/1.png"></video>`, "https://img.example/1.png"},
	{"other-origin", home, "<footer>", `<footer><object data="https://img.example/1"></object>`, "object https://img.example/1"},
	{"other-origin", home, "<footer>", `<footer><svg><image xlink:href="https://img.example/1.png"/></svg>`, "https://img.example/1.png"},
	{"other-origin", home, "<footer>", `<footer><img src="http://clinic.example/blog/img.png" alt="" width="1" height="1">`, "makes a request to http://clinic.example"},
	{"other-origin", home, "<footer>", `<footer><noscript><img src="https://count.example/1.gif" alt="" width="1" height="1"></noscript>`, "https://count.example"},
	{"other-origin", home, "</head>", `<meta http-equiv="refresh" content="9;URL='https://other.example/'"></head>`, "redirect https://other.example/"},
	{"other-origin", "main.css", "body{", `@font-face{src:url(https://fonts.example/a)}body{`, "style https://fonts.example/a"},
	{"other-origin", "icon.svg", "<g ", `<image href="https://img.example/1.png"/><g `, "image https://img.example/1.png"},
	{"other-origin", "icon.svg", "fill:red", "fill:url(https://img.example/#a)", "https://img.example"},
	{"unsafe-url", home, `href="articles/process/"`, `href=" java&#10;script:alert(1)"`, "runs a script"},
	{"unsafe-url", home, "<footer>", `<footer><iframe src="data:text/html,x" title="x"></iframe>`, "hides what it loads"},
	{"unsafe-url", home, "<footer>", `<footer><iframe srcdoc="x" title="x"></iframe>`, "carries a page of its own"},

	{"jsonld-missing", home, "application/ld+json", "text/plain", "no structured data"},
	{"jsonld-missing", home, "</head>", `<script type="application/ld+json">{}</script></head>`, "2 blocks"},
	{"jsonld-syntax", home, `"name":"Clinic"}`, `"name":"Clinic",}`, "cannot be read: invalid character '}'"},
	{"jsonld-syntax", home, `"name":"Clinic"}]}`, `"name":"Clinic"}]}{}`, "after top-level value"},
	{"jsonld-syntax", home, `"name":"Clinic"`, `"name":"Clinic","na\u006de":"x"`, `the name "name" stands twice`},
	{"jsonld-graph", home, "https://schema.org", "http://schema.org", "@context is"},
	{"jsonld-graph", home, "@graph", "graph", "no @graph"},
	{"jsonld-id", home, `"@id":"https://clinic.example/blog/#page"`, `"@id":"#page"`, "@id #page is not absolute"},
	{"jsonld-id", home, `"@id":"https://clinic.example/blog/#page"`, `"@id":"https://clinic.example/blog/#site"`, "defined twice"},
	{"jsonld-reference", home, `"isPartOf":{"@id":"https://clinic.example/blog/#site"}`, `"isPartOf":{"@id":"https://clinic.example/blog/#web"}`, "#web, which no node"},
	{"jsonld-type", home, `"@type":"WebSite",`, "", "a node of @graph has no @type"},
	{"jsonld-empty", home, `"name":"Clinic"`, `"name":" "`, "WebSite.name is empty"},
	{"jsonld-empty", home, `"name":"Clinic"`, `"sameAs":[]`, "WebSite.sameAs is empty"},
	{"jsonld-empty", home, `"name":"Clinic"`, `"logo":null`, "WebSite.logo is empty"},
	{"jsonld-empty", home, `"name":"Clinic"`, `"logo":{}`, "WebSite.logo is empty"},
	{"jsonld-url", home, `"url":"https://clinic.example/blog/"`, `"url":"https://clinic.example/blog/gone/"`, "WebPage.url is https://clinic.example/blog/gone/"},
	{"jsonld-url", home, `"name":"Clinic"`, `"image":"/blog/img.png"`, "not absolute"},

	{"faq-page", art, `,"FAQPage"]`, `]`, "2 questions and no node of type FAQPage"},
	{"faq-page", home, `"@type":"WebPage"`, `"@type":["WebPage","FAQPage"]`, "FAQPage without questions"},
	{"faq-page", art, `"mainEntity"`, `"hasPart"`, "FAQPage without questions"},
	{"faq-question-differs", art, "#what\",\"name\"", "#why\",\"name\"", `but the page has no id "why"`},
	{"faq-question-differs", art, "articles/process/#what\",\"name\"", "#what\",\"name\"", "want https://clinic.example/blog/articles/process/ and its anchor"},
	{"faq-question-differs", art, "#what\",\"name\"", "#ref-1\",\"name\"", "which is no heading but a li"},
	{"faq-question-differs", art, `<h3 id="what">What is`, `<h3 id="what">What was`, "question at #what differs: page has"},
	{"faq-question-differs", faqs, `"text":"\u003cp\u003eNo.\u003c/p\u003e"`, `"dateCreated":"2026"`, "no acceptedAnswer with a text"},
	{"faq-hidden", faqs, `<section><h3 id="q1">Do I have to talk?</h3><p>No.</p></section>`, `<details><summary><h3 id="q1">Do I have to talk?</h3></summary><p>No.</p></details>`, "inside a details element"},
	{"faq-hidden", faqs, `<section><h3 id="q1"`, `<section hidden><h3 id="q1"`, "not visible on the page"},
	{"faq-hidden", faqs, `<h3 id="q1">`, `<h3 id="q1" aria-hidden="true">`, "hidden from screen readers"},
	{"faq-answer-differs", art, "talk<sup>", "walk<sup>", `answer to "What is “it”?" differs: page has "Groups help people walk. weekly see home", markup has "Groups help people talk. weekly see home"`},
	{"faq-answer-differs", art, "people\\u003c/em\\u003e talk.", "people\\u003c/em\\u003e talk!", `markup has "Groups help people talk! weekly`},
	{"faq-answer-differs", art, "<p>Less than", "<p>No.</p><p>Less than", `page has "No. Less than`},
	{"faq-answer-differs", art, "Really.</p>", "</p>", `page has "Less than </script> costs. [end]", markup has "Less than </script> costs. Really."`},
	{"faq-answer-differs", art, "<p hidden>Not", "<p>Not", "Not yet."},
	{"faq-answer-html", art, `\u003cp\u003eLess`, `\u003cp\u003e\u003cspan\u003eLess`, "has the element span"},
	{"faq-answer-html", art, `\u003cp\u003eLess`, `\u003cp\u003e\u003cb\u003eLess`, "closes an element that is not open: p"},
	{"faq-answer-html", art, `Really.\u003c/p\u003e`, `Really.`, "not closed: p"},
	{"faq-answer-link", art, `href=\"https://clinic.example/blog/#content\"`, `href=\"https://clinic.example/blog/faq/\"`, "links to https://clinic.example/blog/#content on the page, to https://clinic.example/blog/faq/ in the markup"},
	{"faq-answer-link", art, `\u003ca href=\"https://clinic.example/blog/#content\"\u003ehome\u003c/a\u003e`, "home", "on the page, not in the markup"},
	{"faq-answer-link", art, `<a href="../../#content">home</a>`, "home", "in the markup, not on the page"},
	{"faq-missing", art, `<h2 id="references">`, `<h3>And now?</h3><p>Now.</p><h2 id="references">`, `question "And now?" is on the page, but not in the markup`},
	{"faq-missing", faqs, `<h2>References`, `<h2>And now?</h2><p>Now.</p><h2>References`, `question "And now?"`},
	{"faq-missing", home, `<footer>`, `<section class="my faq"><h2>Things</h2><h3>Why?</h3><p>So.</p></section><footer>`, `question "Why?"`},
	{"faq-missing", home, `<footer>`, `<h2>Preguntas frecuentes:</h2><dl><dt>Precio</dt><dd>Cero</dd></dl><footer>`, `"Precio" looks like a question`},
	{"faq-missing", home, `<footer>`, `<h2>F.A.Q.</h2><p><strong>Why now?</strong></p><p>So.</p><footer>`, `"Why now?" looks like`},
	{"faq-missing", home, `<footer>`, `<h2>FAQs</h2><p>Q1. Why now</p><p>So.</p><footer>`, `"Q1. Why now" looks like`},
}

// Two findings of one cause, where one finding would hide a fact.
func TestFaultsWithCompany(t *testing.T) {
	for _, f := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"order", with(t, faqs, faqMarkup("faq/", questionMarkup("faq/", "q1", "Do I have to talk?", `<p>No.</p>`), questionMarkup("faq/", "q2", "¿Habla español?", `<p>Sí. 😀 שלום</p>`)),
			faqMarkup("faq/", questionMarkup("faq/", "q2", "¿Habla español?", `<p>Sí. 😀 שלום</p>`), questionMarkup("faq/", "q1", "Do I have to talk?", `<p>No.</p>`))),
			[]string{"faq-order"}},
		{"relative link", with(t, art, `href=\"https://clinic.example/blog/#content\"`, `href=\"#gone\"`), []string{"faq-answer-html", "faq-answer-link"}},
		{"lost alias", with(t, "old/index.html", `refresh" content="0; url=https://clinic.example/blog/faq/"`, `refresh" content="0; url=/blog/gone/"`), []string{"link-target", "redirect-target"}},
		{"base elsewhere", with(t, home, "</head>", `<base href="https://other.example/"></head>`), strings.Fields(strings.Repeat("other-origin ", 6))},
		{"hidden by a style", with(t, faqs, `<section><h3 id="q1"`, `<section style="display: none"><h3 id="q1"`), []string{"faq-hidden", "inline-code"}},
		{"data twice", with(t, home, "@graph", "@context"), []string{"jsonld-syntax"}},
	} {
		_, ds := check(t, f.files)
		var got []string
		for _, d := range ds {
			got = append(got, d.Rule)
		}
		if strings.Join(got, " ") != strings.Join(f.want, " ") {
			t.Errorf("%s: got %v, want %v:\n%s", f.name, got, f.want, list(ds))
		}
	}
}

func TestFaults(t *testing.T) {
	for _, f := range faults {
		t.Run(f.rule+"/"+f.want, func(t *testing.T) {
			_, ds := check(t, with(t, f.file, f.old, f.new))
			if len(ds) != 1 || ds[0].Rule != f.rule || !strings.Contains(ds[0].Message, f.want) {
				t.Fatalf("got:\n%swant one finding of %s with %q", list(ds), f.rule, f.want)
			}
			advice := slices.Contains([]string{"image-size", "tracking-parameter", "link-words", "nav-label"}, f.rule)
			if advice != (ds[0].Severity == diag.Advice) {
				t.Errorf("got severity %v", ds[0].Severity)
			}
		})
	}
}

// Every rule fires in some test, is documented, and says what to do.
func TestRules(t *testing.T) {
	fired := map[string]bool{
		"file-type":      true, // TestLinksAndDevices
		"faq-hidden":     true, // TestFaultsWithCompany
		"faq-order":      true, // TestFaultsWithCompany
		"crisis-missing": true, // TestCrisisLines
		"search-index":   true, // TestSearchIndex

		"privacy-notices":    true, // TestNotices
		"language-notices":   true, // TestNotices
		"crisis-order":       true, // TestCrisisLinesFirst
		"review-unstamped":   true, // TestMedical
		"review-hidden":      true, // TestMedical
		"review-unsaid":      true, // TestMedical
		"disclaimer-missing": true, // TestMedical
		"sponsor-hidden":     true, // TestSponsored
		"sponsor-link":       true, // TestSponsored
	}
	for _, f := range faults {
		fired[f.rule] = true
	}
	ids := map[string]bool{}
	for _, r := range Rules {
		if ids[r.ID] || !regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`).MatchString(r.ID) {
			t.Errorf("rule id %q is used twice or not kebab-case", r.ID)
		}
		ids[r.ID] = true
		if !fired[r.ID] {
			t.Errorf("no test sees rule %s fire", r.ID)
		}
		title, why, _ := strings.Cut(r.Doc, "\n\n")
		if r.Fix == "" || title == "" || strings.Contains(title, "\n") || len(why) < 60 {
			t.Errorf("rule %s: fix %q, title %q, reason %q", r.ID, r.Fix, title, why)
		}
	}
	for id := range fired {
		if !ids[id] {
			t.Errorf("rule %s is not in Rules", id)
		}
	}
}

// Each part of an index is read, and each page of the sitemap is in it.
func TestSearchIndex(t *testing.T) {
	const words, pages = "search/en/v1/w0.json", "search/en/v1/p0.json"
	good := goodSite()
	good["find/index.html"] = document("find/", "Find", webPage("find/"), `<div hidden data-index="/blog/search/en/index.json"></div>`)
	good["search/en/index.json"] = `{"version":"v1","pages":2,"perFile":8,"lists":[""],"stop":"the"}`
	good[pages] = `[["/blog/","Clinic","About.","page",[]],["/blog/faq/","FAQ","About.","page",[["q1","Do I have to talk?"]]]]`
	good[words] = `[["talk talks",[20,0,1]],["first",1500,[9,1]]]`
	for _, test := range []struct{ file, old, new, want string }{
		{"sitemap.xml", "", good["sitemap.xml"], ""},
		{"find/index.html", "/blog/search/en", "/blog/search/fr", "index /blog/search/fr/index.json of the search is no published file"},
		{"search/en/index.json", `"v1"`, `v1`, "index search/en/index.json cannot be read"},
		{"search/en/index.json", `8`, `0`, "has no pages"},
		{"search/en/index.json", `[""]`, `["","m"]`, "part search/en/v1/w1.json of the search index cannot be read"},
		{"search/en/index.json", `"pages":2`, `"pages":3`, "describes 2 pages and counts 3"},
		{pages, "/blog/faq/", "/blog/gone/", `a search result leads to "/blog/gone/", which is no page`},
		{pages, `"q1"`, `"q9"`, `a search result leads to no id "q9" on faq/index.html`},
		{pages, `"page",[]`, `[]`, "a result without its five fields"},
		{"sitemap.xml", "</urlset>", "<url><loc>https://clinic.example/blog/articles/process/</loc></url></urlset>", "page articles/process/index.html is in the sitemap, and no search finds it"},
		{words, "20,0,1", "20,0,2", `leads from "talk talks" to a page that there is not`},
		{words, "20,0,1", "20,1,0", `leads from "talk talks" to a page that there is not`},
		{words, "[9,1]", "[9]", `has no pages for "first"`},
		{words, `"first",1500,[9,1]`, `"first"`, "has a word without pages"},
	} {
		files := maps.Clone(good)
		if !strings.Contains(files[test.file], test.old) {
			t.Fatalf("%s has no %q", test.file, test.old)
		}
		if test.old != "" {
			files[test.file] = strings.Replace(files[test.file], test.old, test.new, 1)
		}
		_, ds := check(t, files)
		got := list(ds)
		if test.want == "" && got != "" || !strings.Contains(got, test.want) || test.want != "" && !strings.Contains(got, "(search-index)") {
			t.Errorf("%s with %s: got\n%swant %q", test.file, test.new, got, test.want)
		}
	}
}

// Every page shows the lines, as links that are to be seen.
func TestCrisisLines(t *testing.T) {
	lines := []string{"tel:911", "sms:988"}
	pageWith := func(footer string) map[string]string {
		files := goodSite()
		for name, text := range files {
			if strings.HasSuffix(name, ".html") {
				files[name] = strings.Replace(text, "<footer>", "<footer>"+footer, 1)
			}
		}
		return files
	}
	shown := `<a href="tel:911">Call 911</a> <a href="sms:988">Text 988</a>`
	for _, test := range []struct{ footer, want string }{
		{shown, ""},
		{"", "tel:911"},
		{`<a href="tel:911">Call 911</a>`, "sms:988"},
		{`<div hidden>` + shown + `</div>`, "tel:911"},
		{`<details><summary>Help</summary>` + shown + `</details>`, "tel:911"},
		{`<details open><summary>Help</summary>` + shown + `</details>`, ""},
		{`<div aria-hidden="true">` + shown + `</div>`, "tel:911"},
		{`<template>` + shown + `</template>`, "tel:911"},
	} {
		_, ds, err := Check(t.Context(), Site{FS: fsOf(pageWith(test.footer)), BaseURL: base, Crisis: lines})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range ds {
			if d.Rule == "crisis-missing" {
				got += d.Message + "\n"
			}
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("footer %s: got %q, want %q", test.footer, got, test.want)
		}
	}
}

// An orientation is no secret, and pixels may look like a TIFF header.
func TestImagesWithoutMetadata(t *testing.T) {
	for _, data := range []string{
		"", "II*\x00", "MM\x00*\xff\xff\xff\xff", "MM\x00*\x00\x00\x00\x08\x00",
		"\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00",
		"II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\xff\xff\x01\x00\x00\x00\x26\x00\x00\x00",
	} {
		files := goodSite()
		files["a.jpg"] = data
		if _, ds := check(t, files); len(ds) > 0 {
			t.Errorf("%q: got:\n%s", data, list(ds))
		}
	}
}

func TestLinksAndDevices(t *testing.T) {
	m := fsOf(goodSite())
	m["passwd.txt"] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}
	m["pipe"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	_, ds, err := Check(t.Context(), Site{FS: m, BaseURL: base})
	if err != nil {
		t.Fatal(err)
	}
	if len(ds) != 2 || ds[0].Rule != "file-type" || !strings.Contains(ds[0].Message, "symbolic link") || !strings.Contains(ds[1].Message, "no regular file") {
		t.Errorf("got:\n%s", list(ds))
	}
}
