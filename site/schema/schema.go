// Package schema makes the JSON-LD of a page: one linked graph of schema.org
// nodes (release 30.0) with stable absolute @ids, from the index of sources
// and the URLs that Hugo gave the pages. It is a pure function of its inputs:
// no files, no network, no clock.
//
// Google stopped showing FAQ results on 2026-05-07. FAQPage remains valid
// vocabulary that other crawlers and assistants read, so it is written, and
// nothing is promised of it.
package schema

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"clinicblog/site/content"
)

// Page is a rendered page, as Hugo lists it.
type Page struct {
	Source      string // "content/faq.md", "" without a file
	URL         string // absolute
	Kind        string // home, section, page, taxonomy, term
	Title       string
	Description string
	Lang        string // key of the language in hugo.toml
	Language    string // BCP 47
	Published   string // RFC 3339 with a zone, or ""
	Modified    string
	Parent      string // URL of the page above, "" at the top
	Image       Image  // the lead image
	Card        Image  // stands for the page where it is shared
}

// Image is an image of a page, in pixels; zero where unknown.
type Image struct {
	URL           string
	Width, Height int
}

// Home is the home page of a language, and what the site is called there.
type Home struct{ URL, Name string }

// Site is everything that the graphs are made of.
type Site struct {
	URL   string          // absolute: where the site is published
	Homes map[string]Home // by key of the language
	Now   time.Time       // decides whether a review still holds
	Index *content.Index
	Pages []Page
}

// Graphs makes the graph of each page. It is safe for concurrent use.
type Graphs struct {
	site     Site
	byURL    map[string]*Page
	bySource map[string]*content.Page
	byPath   map[place]string           // to a page's URL
	groups   map[string][]*content.Page // by language: those that its pages name
	urls     map[string]string          // of sources
}

// place is a page's path or source, without slashes at the ends, as links in a
// language name it.
type place struct{ lang, path string }

// New prepares the graphs of a site.
func New(site Site) *Graphs {
	g := &Graphs{
		site: site, byURL: make(map[string]*Page, len(site.Pages)), bySource: make(map[string]*content.Page, len(site.Index.Pages)),
		byPath: make(map[place]string, 2*len(site.Pages)), urls: make(map[string]string, len(site.Pages)), groups: map[string][]*content.Page{},
	}
	for _, p := range site.Index.Pages {
		g.bySource[p.Source] = p
	}
	for i := range site.Pages {
		p := &site.Pages[i]
		g.byURL[p.URL] = p
		if p.Source != "" {
			g.urls[p.Source] = p.URL
			if s := g.bySource[p.Source]; s != nil {
				g.byPath[place{s.Lang, logicalPath(s.Name)}] = p.URL
			}
		}
	}
	// A page's own path wins over the path of another's source.
	for i := range site.Pages {
		p := &site.Pages[i]
		g.byPath[place{"", strings.Trim(strings.TrimPrefix(p.URL, strings.TrimSuffix(site.URL, "/")), "/")}] = p.URL
	}
	for _, l := range site.Index.Languages {
		for _, p := range site.Index.Pages {
			if p.Group != nil && g.urls[p.Source] != "" && (p.Lang == l.Key || p.Lang == site.Index.DefaultLanguage() && g.edition(p, l.Key) == "") {
				g.groups[l.Key] = append(g.groups[l.Key], p)
			}
		}
	}
	return g
}

// edition returns the URL of the same page in a language, or "".
func (g *Graphs) edition(p *content.Page, lang string) string {
	if t := g.site.Index.In(p, lang); t != nil {
		return g.urls[t.Source]
	}
	return ""
}

// thing returns the URL that names what a page is about, in whatever language
// the page is: a person and a treatment are one, however many pages they have.
func (g *Graphs) thing(p *content.Page) string {
	return cmp.Or(g.edition(p, g.site.Index.DefaultLanguage()), g.urls[p.Source])
}

// logicalPath is the path by which Hugo knows a source: content/a/index.md is a.
// The name of the source is the one without a language.
func logicalPath(name string) string {
	p := strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md")
	if base := path.Base(p); base == "index" || base == "_index" {
		p = strings.TrimSuffix(strings.TrimSuffix(p, base), "/")
	}
	return strings.ToLower(p)
}

func (g *Graphs) id(fragment string) string { return g.site.URL + "#" + fragment }

// Of returns the JSON-LD of the page at the URL, or nil for a URL that is none
// of the site's pages. Characters that could end a script element are escaped.
func (g *Graphs) Of(pageURL string) ([]byte, error) { return g.graph(pageURL, g.byURL[pageURL]) }

// OfPart returns the JSON-LD of a further page of a list, such as page 2 of the
// articles, which has a URL of its own.
func (g *Graphs) OfPart(listURL, partURL string) ([]byte, error) {
	list := g.byURL[listURL]
	if list == nil {
		return nil, nil
	}
	part := *list
	part.URL = partURL
	return g.graph(partURL, &part)
}

func (g *Graphs) graph(pageURL string, page *Page) ([]byte, error) {
	if page == nil {
		return nil, nil
	}
	b := &builder{Graphs: g, page: page, source: g.bySource[page.Source]}
	if b.source == nil {
		b.source = &content.Page{Lang: page.Lang}
	}
	b.build()
	// encoding/json escapes <, > and &, so that no text can end the element.
	out, err := json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}{"https://schema.org", prune(b.nodes)})
	if err != nil {
		return nil, fmt.Errorf("encode graph of %s: %w", pageURL, err)
	}
	return out, nil
}

// Questions counts the questions in the graph of a source.
func Questions(p *content.Page) int {
	n := 0
	for _, s := range p.FAQ {
		n += len(s.Questions)
	}
	return n
}

// builder makes the graph of one page.
type builder struct {
	*Graphs
	page   *Page
	source *content.Page
	nodes  []any
	cited  map[string]bool
}

func (b *builder) add(nodes ...any) { b.nodes = append(b.nodes, nodes...) }

func (b *builder) at(fragment string) string { return b.page.URL + "#" + fragment }

func (b *builder) build() {
	p, s, home := b.page, b.source, b.site.Homes[b.page.Lang]
	w := &WebPage{
		Type: b.pageTypes(), ID: b.at("webpage"), URL: p.URL, Name: p.Title, Description: p.Description, Language: p.Language,
		IsPartOf: &Ref{home.URL + "#website"}, Publisher: &Ref{b.id("clinic")}, Breadcrumb: &Ref{b.at("breadcrumb")},
		Image: &Ref{b.at("image")}, DatePublished: p.Published, DateModified: p.Modified,
	}
	b.add(w, &WebSite{Type: "WebSite", ID: home.URL + "#website", URL: home.URL, Name: home.Name, Language: p.Language, Publisher: &Ref{b.id("clinic")}})
	b.clinic()
	b.breadcrumb()
	b.image()
	b.review(w)
	citations := b.citations()

	isArticle := s.Kind == content.Article && !s.Section && p.Source != ""
	if !isArticle {
		w.TranslationOf, w.Translations = b.translations("WebPage", "webpage")
	}
	switch {
	case isArticle:
		article := &BlogPosting{
			Type: "BlogPosting", ID: b.at("article"), Headline: p.Title, Description: p.Description, Language: p.Language,
			MainEntityOf: &Ref{w.ID}, IsPartOf: &Ref{w.ID}, Author: b.person(s.Author), Publisher: &Ref{b.id("clinic")},
			DatePublished: p.Published, DateModified: p.Modified, Image: &Ref{b.shared()},
			Keywords: s.Keywords, Citation: citations,
		}
		article.TranslationOf, article.Translations = b.translations("BlogPosting", "article")
		if s.AboutGroups {
			article.Mentions = b.treatments()
		}
		b.add(article)
	case s.Group != nil:
		w.About, w.Citation = []Ref{b.treatment(s, true)}, citations
	case s.Person != nil:
		w.Citation = citations
		if who := b.person(s.Key); who != nil {
			w.MainEntity = []any{*who}
		}
	default:
		w.Citation = citations
		if s.Kind == content.Group && s.Section {
			w.About = b.treatments()
		}
		if s.Layout == "schedule" {
			w.MainEntity = b.sessions()
		}
	}
	b.questions(w)
}

// pageTypes are the types that are true of the page.
func (b *builder) pageTypes() Types {
	var t []string
	switch s := b.source; {
	case s.Person != nil:
		t = append(t, "ProfilePage")
	case s.Medical:
		t = append(t, "MedicalWebPage")
	case b.page.Kind == "section" || b.page.Kind == "taxonomy" || b.page.Kind == "term":
		t = append(t, "CollectionPage")
	}
	if Questions(b.source) > 0 {
		t = append(t, "FAQPage")
	}
	switch len(t) {
	case 0:
		return "WebPage"
	case 1:
		return t[0]
	}
	return t
}

// services tells the pages on which the clinic lists what it offers: its home
// page and the overview of its groups. Elsewhere the list would be repeated on
// every page without telling anyone more.
func (b *builder) services() bool {
	return b.page.Kind == "home" || b.source.Kind == content.Group && b.source.Section
}

func (b *builder) clinic() {
	c := b.site.Index.Clinic
	o := &Organization{
		Type: "Organization", ID: b.id("clinic"), Name: c.Name, LegalName: c.LegalName, Description: c.Description.In(b.page.Lang),
		URL: b.site.URL, Telephone: c.Telephone, Email: c.Email, Logo: &Ref{b.id("logo")}, SameAs: c.SameAs,
	}
	// A LocalBusiness, which MedicalClinic is, needs an address.
	if a := c.Address; a.Street != "" && a.Locality != "" {
		if c.Type != "" {
			o.Type = c.Type
		}
		o.Image = &Ref{b.id("logo")}
		o.Address = b.address()
		for _, s := range c.Specialties {
			o.Specialty = append(o.Specialty, "https://schema.org/"+s)
		}
		if b.services() {
			for _, h := range c.Hours {
				spec := OpeningHours{Type: "OpeningHoursSpecification", Opens: h.Opens, Closes: h.Closes}
				for _, d := range h.Days {
					spec.Days = append(spec.Days, "https://schema.org/"+d)
				}
				o.Hours = append(o.Hours, spec)
			}
			o.AvailableService = b.treatments()
		}
	}
	b.add(o)
	if c.Logo.Src != "" {
		src := b.resolve(c.Logo.Src)
		b.add(&ImageObject{Type: "ImageObject", ID: b.id("logo"), URL: src, ContentURL: src, Width: c.Logo.Width, Height: c.Logo.Height, Caption: c.Name})
	}
}

// address returns where the clinic is, nil when it does not say.
func (b *builder) address() *PostalAddress {
	a := b.site.Index.Clinic.Address
	if a.Street == "" || a.Locality == "" {
		return nil
	}
	return &PostalAddress{Type: "PostalAddress", Street: a.Street, Locality: a.Locality, Region: a.Region, PostalCode: a.PostalCode, Country: a.Country}
}

func (b *builder) breadcrumb() {
	list := &BreadcrumbList{Type: "BreadcrumbList", ID: b.at("breadcrumb")}
	for p := b.page; p != nil; p = b.byURL[p.Parent] {
		item := ListItem{Type: "ListItem", Name: p.Title, Item: p.URL}
		if p == b.page {
			item.Item = ""
		}
		list.Items = append(list.Items, item)
		if p.Parent == "" || len(list.Items) > 20 {
			break
		}
	}
	if len(list.Items) < 2 {
		return
	}
	slices.Reverse(list.Items)
	for i := range list.Items {
		list.Items[i].Position = i + 1
	}
	b.add(list)
}

func (b *builder) image() {
	if i := b.page.Image; i.URL != "" {
		b.add(&ImageObject{Type: "ImageObject", ID: b.at("image"), URL: i.URL, ContentURL: i.URL, Width: i.Width, Height: i.Height, Caption: b.source.ImageAlt})
	}
}

// shared returns the @id of an image for those who show the article elsewhere,
// where no one draws SVG: the lead image, or else the card.
func (b *builder) shared() string {
	if i := b.page.Image; i.URL != "" && !strings.HasSuffix(i.URL, ".svg") {
		return b.at("image")
	}
	if c := b.page.Card; c.URL != "" {
		b.add(&ImageObject{Type: "ImageObject", ID: b.at("card"), URL: c.URL, ContentURL: c.URL, Width: c.Width, Height: c.Height, Caption: b.page.Title})
	}
	return b.at("card")
}

// review marks the page as reviewed only where the page says so.
func (b *builder) review(w *WebPage) {
	if b.site.Index.ReviewOf(b.source, b.site.Now) != content.Reviewed {
		return
	}
	r := b.source.Review
	if who := b.person(r.By); who != nil {
		w.LastReviewed, w.ReviewedBy = r.Date.Format("2006-01-02"), who
	}
}

// person adds the node of a person or team and returns the reference to it.
func (b *builder) person(key string) *Ref {
	p := b.site.Index.Person(key, b.page.Lang)
	if p == nil {
		return nil
	}
	at := b.urls[p.Source]
	ref := &Ref{b.thing(p) + "#person"}
	for _, n := range b.nodes {
		switch n := n.(type) {
		case *Person:
			if n.ID == ref.ID {
				return ref
			}
		case *Organization:
			if n.ID == ref.ID {
				return ref
			}
		}
	}
	if p.Person.Team {
		b.add(&Organization{Type: "Organization", ID: ref.ID, Name: p.Title, Description: p.Description, URL: at, Parent: &Ref{b.id("clinic")}})
		return ref
	}
	node := &Person{Type: "Person", ID: ref.ID, Name: p.Title, URL: at, Description: p.Description, JobTitle: p.Person.Role, WorksFor: &Ref{b.id("clinic")}}
	for _, c := range p.Person.Credentials {
		credential := Credential{Type: "EducationalOccupationalCredential", Name: c.Name}
		if c.By != "" {
			credential.RecognizedBy = &NamedThing{Type: "Organization", Name: c.By}
		}
		node.Credentials = append(node.Credentials, credential)
	}
	b.add(node)
	return ref
}

// treatments adds every group type and returns the references to them.
func (b *builder) treatments() []Ref {
	var refs []Ref
	for _, g := range b.groups[b.page.Lang] {
		refs = append(refs, b.treatment(g, false))
	}
	return refs
}

func (b *builder) treatment(p *content.Page, whole bool) Ref {
	at := b.urls[p.Source]
	ref := Ref{b.thing(p) + "#treatment"}
	for _, n := range b.nodes {
		if t, ok := n.(*Treatment); ok && t.ID == ref.ID {
			return ref
		}
	}
	t := &Treatment{Type: "PsychologicalTreatment", ID: ref.ID, Name: p.Title, URL: at}
	if whole {
		t.AlternateName, t.Description, t.HowPerformed = p.Group.AlsoCalled, p.Group.Goal, p.Group.Format
		t.Specialty = "https://schema.org/Psychiatric"
	}
	b.add(t)
	return ref
}

// translations adds the same work in other languages: the one that this page is
// a translation of, or those that were made of it. Further pages of a list have
// none.
func (b *builder) translations(kind, fragment string) (of *Ref, made []Ref) {
	if b.page.URL != b.urls[b.page.Source] {
		return nil, nil
	}
	for _, l := range b.site.Index.Languages {
		if l.Key == b.page.Lang {
			continue
		}
		at := b.edition(b.source, l.Key)
		if at == "" {
			continue
		}
		ref := Ref{at + "#" + fragment}
		switch b.site.Index.DefaultLanguage() {
		case l.Key:
			of = &ref
		case b.page.Lang:
			made = append(made, ref)
		default:
			continue
		}
		page := b.byURL[at]
		b.add(&Edition{Type: kind, ID: ref.ID, URL: at, Name: page.Title, Language: page.Language})
	}
	return of, made
}

func (b *builder) questions(w *WebPage) {
	for _, s := range b.source.FAQ {
		for _, q := range s.Questions {
			at := b.at(q.ID)
			w.MainEntity = append(w.MainEntity, Question{Type: "Question", ID: at, URL: at, Name: q.Text,
				Answer: Answer{Type: "Answer", Text: b.absolute(q.Answer)}})
		}
	}
}

// absolute makes the links of an answer absolute, for whoever quotes it.
func (b *builder) absolute(answer string) string {
	const mark = `<a href="`
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(answer, mark)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		dest, after, _ := strings.Cut(rest, `"`)
		out.WriteString(mark)
		out.WriteString(escape.Replace(b.resolve(unescape.Replace(dest))))
		out.WriteByte('"')
		answer = after
	}
}

var (
	escape   = strings.NewReplacer("&", "&amp;", `"`, "&#34;", "<", "&lt;", ">", "&gt;", "'", "&#39;")
	unescape = strings.NewReplacer("&amp;", "&", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&#39;", "'")
)

// resolve returns the absolute URL of a destination as written in a source: a
// path of the site, a path to a Markdown file, a fragment, or a whole URL.
func (b *builder) resolve(dest string) string {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return dest
	}
	tail := ""
	if u.RawQuery != "" {
		tail = "?" + u.RawQuery
	}
	if u.Fragment != "" {
		tail += "#" + u.EscapedFragment()
	}
	if u.Path == "" {
		return b.page.URL + tail
	}
	clean := strings.ToLower(u.Path)
	if !strings.HasPrefix(clean, "/") {
		clean = path.Join(path.Dir(strings.TrimPrefix(b.page.Source, "content/")), clean)
	}
	if strings.HasSuffix(clean, ".md") {
		clean = logicalPath(strings.Trim(clean, "/"))
	}
	for _, lang := range []string{b.page.Lang, b.site.Index.DefaultLanguage(), ""} {
		if at, ok := b.byPath[place{lang, strings.Trim(clean, "/")}]; ok {
			return at + tail
		}
	}
	if strings.HasPrefix(u.Path, "/") {
		return strings.TrimSuffix(b.site.URL, "/") + u.EscapedPath() + tail
	}
	return strings.TrimSuffix(b.page.URL, "/") + "/" + u.EscapedPath() + tail
}
