package verify

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"clinicblog/site/diag"
)

const base = "https://clinic.example/blog/"

// document makes a page with everything that a page must have.
func document(path, title, graph, main string) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%[2]s</title>
<meta name="description" content="About %[2]s."><link rel="canonical" href="%[1]s"><link rel="stylesheet" href="/blog/main.css">
<link rel="icon" href="/blog/icon.svg"><link rel="alternate" type="application/rss+xml" href="/blog/index.xml">
<meta property="og:image" content="https://clinic.example/blog/img.png">
<meta property="og:image:width" content="2"><meta property="og:image:height" content="1"><meta property="og:image:alt" content="A dot">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[%[3]s]}</script></head>
<body><header><a href="#content">Skip</a><nav><a href="/blog/">Home</a> <a href="/blog/articles/process/#faq">Article</a></nav></header>
<main id="content"><h1>%[2]s</h1>%[4]s</main>
<footer><p>In a crisis <a href="tel:988">call 988</a>, or <a href="tel:+18006624357">1-800-662-HELP (4357)</a>.</p></footer></body></html>
`, base+path, title, graph, main)
}

func webPage(path string) string {
	return fmt.Sprintf(`{"@type":"WebPage","@id":"%[1]s%[2]s#page","url":"%[1]s%[2]s","isPartOf":{"@id":"%[1]s#site"}},{"@type":"WebSite","@id":"%[1]s#site","name":"Clinic"}`, base, path)
}

func faqMarkup(path string, questions ...string) string {
	return fmt.Sprintf(`{"@type":["MedicalWebPage","FAQPage"],"@id":"%[1]s%[2]s#page","url":"%[1]s%[2]s","mainEntity":[%[3]s]}`, base, path, strings.Join(questions, ","))
}

func questionMarkup(path, id, name, text string) string {
	return fmt.Sprintf(`{"@type":"Question","@id":"%[1]s%[2]s#%[3]s","url":"%[1]s%[2]s#%[3]s","name":%[4]s,"acceptedAnswer":{"@type":"Answer","text":%[5]s}}`,
		base, path, id, quote(name), quote(text))
}

const article = "articles/process/"

// versions are the two languages of one page.
const versions = `<link rel="alternate" hreflang="en" href="https://clinic.example/blog/faq/">` +
	`<link rel="alternate" hreflang="es-US" href="https://clinic.example/blog/es/faq/">` +
	`<link rel="alternate" hreflang="x-default" href="https://clinic.example/blog/faq/">`

// goodSite has one of everything and no fault.
func goodSite() map[string]string {
	return map[string]string{
		"index.html": document("", "Clinic", webPage(""), `<p><img src="img.png" srcset="img.png 1x, /blog/img.png 2x" alt="" width="1" height="1"> <a href="articles/process/">Read</a>.</p><svg><use href="icon.svg#dot"></use></svg>`),
		"articles/process/index.html": document(article, "Process groups", faqMarkup(article,
			questionMarkup(article, "what", "What is “it”?", `<p>Groups help <em>people</em> talk.</p><ul><li>weekly</li><li>see <a href="https://clinic.example/blog/#content">home</a></li></ul>`),
			questionMarkup(article, "cost", "Cost & insurance", `<p>Less than &lt;/script&gt; costs. Really.</p>`)),
			`<h2 id="faq">Frequently asked questions</h2><h3 id="what">What is “it”? <a href="#what" class="anchor">#</a></h3>
<p>Groups help <em>people</em> talk<sup><a id="cite-1" href="#ref-1" role="doc-noteref">1</a></sup>.</p>
<ul><li>weekly</li><li>see <a href="../../#content">home</a></li></ul>
<h3 id="cost">Cost &amp; insurance</h3><p>Less than &lt;/script&gt; costs.&nbsp;Really.</p><p hidden>Not yet.</p>
<h2 id="references">References</h2><ol><li id="ref-1"><a href="https://doi.example/1">Yalom</a> <a href="#cite-1">back</a></li></ol>`),
		"faq/index.html": strings.Replace(document("faq/", "FAQ", faqMarkup("faq/",
			questionMarkup("faq/", "q1", "Do I have to talk?", `<p>No.</p>`),
			questionMarkup("faq/", "q2", "¿Habla español?", `<p>Sí. 😀 שלום</p>`)),
			`<h2 id="first">The first session</h2><section><h3 id="q1">Do I have to talk?</h3><p>No.</p></section><section><h3 id="q2">¿Habla español?</h3><div><p>Sí. 😀 שלום</p></div></section><h2>References</h2><p>None. <a hreflang="es" href="/blog/es/faq/">Español</a></p>`), "<meta charset", versions+"<meta charset", 1),
		// The same title as the English page: pages of two languages do not compete.
		"es/faq/index.html": strings.NewReplacer(`<html lang="en"`, `<html lang="es-US"`, "<meta charset", versions+"<meta charset").
			Replace(document("es/faq/", "FAQ", webPage("es/faq/"), `<p><a hreflang="en" href="/blog/faq/">English</a></p>`)),
		"404.html": strings.NewReplacer(`<link rel="canonical" href="https://clinic.example/blog/x">`, "", `href="#content"`, `href="#content"`).
			Replace(document("x", "Nothing here", webPage(""), "<p>Go <a href=/blog/>home</a>.</p>")),
		"old/index.html":        `<!doctype html><html lang="en"><head><title>x</title><link rel="canonical" href="https://clinic.example/blog/faq/"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://clinic.example/blog/faq/"></head></html>`,
		"google1234567890.html": "google-site-verification: google1234567890.html",
		"main.css":              `@charset "utf-8";@import "more.css" layer(base);body{background:url( "img.png" )}/* url(https://evil.example/) */`,
		"more.css":              `@namespace svg url(http://www.w3.org/2000/svg);b{content:"url(https://evil.example/)";mask:url(#m);background:image-set("img.png" type("image/png") 1x,url(data:image/png;base64,AA) 2x)}`,
		"icon.svg":              `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="dot"/><use xlink:href="#dot"/><style>g{fill:red}</style></svg>`,
		"img.png":               dot,
		"sitemap.xml":           `<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>https://clinic.example/blog/</loc></url><url><loc>https://clinic.example/blog/faq/</loc><xhtml:link rel="alternate" hreflang="es-US" href="https://clinic.example/blog/es/faq/"/></url></urlset>`,
		"index.xml":             `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://clinic.example/blog/</link><atom:link href="https://clinic.example/blog/index.xml" rel="self"/><item><link>https://clinic.example/blog/faq/</link><description>&lt;p&gt;</description></item></channel></rss>`,
		"robots.txt":            "User-agent: *\nSitemap: https://clinic.example/blog/sitemap.xml\n",
		"site.webmanifest":      `{"start_url":"/blog/","icons":[{"src":"img.png"}]}`,
	}
}

// dot begins a PNG of 2 by 1 pixels; more of it nobody reads.
const dot = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x00\x00\x00\x00\xd1\x49\x20\x56"

func fsOf(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func check(t testing.TB, files map[string]string, allow ...string) (Report, []diag.Diagnostic) {
	t.Helper()
	r, ds, err := Check(context.Background(), Site{FS: fsOf(files), BaseURL: base, Allow: allow})
	if err != nil {
		t.Fatal(err)
	}
	return r, ds
}

func list(ds []diag.Diagnostic) string {
	var b strings.Builder
	if err := diag.Text(&b, ds); err != nil {
		return err.Error()
	}
	return b.String()
}

func TestGoodSite(t *testing.T) {
	r, ds := check(t, goodSite())
	if len(ds) > 0 {
		t.Errorf("got findings:\n%s", list(ds))
	}
	want := Report{Files: len(goodSite()), Pages: 5, Languages: map[string]int{"en": 4, "es-US": 1}, Redirects: 1, Questions: 4, Links: r.Links,
		Needs: map[string][]string{"font-src": {"data:"}, "img-src": {"data:"}}}
	if !reflect.DeepEqual(r, want) || r.Links < 40 {
		t.Errorf("got %+v, want %+v", r, want)
	}
}

// What a policy must allow beyond the site's own files is read off the pages.
func TestNeeds(t *testing.T) {
	files := with(t, home, "</head>", `<script src="/blog/a.js"></script><script type="module">x()</script><script type="text/x-data">no()</script>`+
		`<style>p{background:url(data:image/gif;base64,R0lGODdhAQABAIABAP///wAAACwAAAAAAQABAAACAkQBADs=)}</style><script src="https://video.example/x.js"></script></head>`)
	files["a.js"] = "a()"
	files[home] = strings.Replace(files[home], "<footer>", `<footer><form method="get"><input type="image" alt="x" src="https://video.example/i.png"></form><iframe src="https://video.example/" title="v"></iframe>`, 1)
	r, ds := check(t, files, "https://video.example")
	if len(ds) > 0 {
		t.Errorf("got findings:\n%s", list(ds))
	}
	want := map[string][]string{
		"script-src":  {"'self'", "'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI='", "https://video.example"},
		"style-src":   {"'sha256-HrfUaFhmtz6Th3duJbN7Mbckj8X4witFy4gs1OOBHds='"},
		"font-src":    {"data:"},
		"img-src":     {"data:", "https://video.example"},
		"form-action": {"'self'"},
		"frame-src":   {"https://video.example"},
	}
	if !reflect.DeepEqual(r.Needs, want) {
		t.Errorf("got  %v\nwant %v", r.Needs, want)
	}
}

// with returns the good site with one change: old is replaced by new in file,
// or the file gets new as its content if old is "".
func with(t testing.TB, file, old, new string) map[string]string {
	t.Helper()
	files := maps.Clone(goodSite())
	if old == "" {
		files[file] = new
		return files
	}
	if !strings.Contains(files[file], old) {
		t.Fatalf("%s has no %q:\n%s", file, old, files[file])
	}
	files[file] = strings.Replace(files[file], old, new, 1)
	return files
}
