package site

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/hugo"
	"clinicblog/site/schema"
)

// trace leads from a finished page back to the line of the source that made
// it, where one did.
type trace struct {
	byOutput map[string]*hugo.Page
	bySource map[string]*content.Page
	written  map[string]string // the bare address of a page to how sources name it
	basePath string            // of the base URL, with a slash at its end
}

func newTrace(index *content.Index, rendered hugo.Site) *trace {
	t := &trace{byOutput: make(map[string]*hugo.Page, len(rendered.Pages)), bySource: make(map[string]*content.Page, len(index.Pages)), basePath: "/"}
	for i := range rendered.Pages {
		if p := &rendered.Pages[i]; p.Output != "" {
			t.byOutput[p.Output] = p
		}
	}
	for _, p := range index.Pages {
		t.bySource[p.Source] = p
	}
	if u, err := url.Parse(rendered.BaseURL); err == nil && u.Path != "" {
		t.basePath = strings.TrimSuffix(u.Path, "/") + "/"
	}
	t.written = make(map[string]string, len(rendered.Pages))
	for _, p := range rendered.Pages {
		if s := t.bySource[p.Source]; s != nil {
			t.written[t.bare(p.RelPermalink)] = t.bare("/" + strings.TrimPrefix(s.Name, "content/"))
		}
	}
	return t
}

// graph returns the JSON-LD of the page written to output, nil when there is no
// such page. Hugo's list holds no further pages of a pager; those lie at page/N/
// below the page that they continue, and page/1/ only leads back to it.
func (t *trace) graph(g *schema.Graphs, output string) ([]byte, error) {
	if p := t.byOutput[output]; p != nil {
		return g.Of(p.Permalink)
	}
	dir := path.Dir(output)
	n, err := strconv.Atoi(path.Base(dir))
	if err != nil || n < 2 || path.Base(path.Dir(dir)) != "page" {
		return nil, nil
	}
	p := t.byOutput[path.Join(path.Dir(path.Dir(dir)), "index.html")]
	if p == nil {
		return nil, nil
	}
	return g.OfPart(p.Permalink, strings.TrimSuffix(p.Permalink, "/")+"/page/"+strconv.Itoa(n)+"/")
}

// groupTypes counts the group types that have a page, in whatever languages.
func (t *trace) groupTypes(index *content.Index) int {
	n := 0
	for _, p := range t.byOutput {
		if s := t.bySource[p.Source]; s != nil && s.Group != nil && index.Original(s) == nil {
			n++
		}
	}
	return n
}

// withheld returns the files of pages that only the options of this build let
// in, and why a build without options leaves them out.
func (t *trace) withheld() map[string]string {
	why := map[string]string{}
	for output, p := range t.byOutput {
		if s := t.bySource[p.Source]; s != nil && s.Withheld != "" {
			why[output] = s.Withheld
		}
	}
	return why
}

// unrewrite moves findings in rewritten sources to the lines that people wrote.
func (t *trace) unrewrite(ds []diag.Diagnostic) []diag.Diagnostic {
	for i, d := range ds {
		if p := t.bySource[d.Pos.File]; p != nil {
			ds[i].Pos = p.SourcePos(d.Pos)
		}
	}
	return ds
}

// toSource moves findings on finished pages to the sources that made them: to
// the link, heading or question that the finding is about, or to the file. What
// no source says comes from a layout; there the finished page is named.
func (t *trace) toSource(ds []diag.Diagnostic) []diag.Diagnostic {
	for i, d := range ds {
		rendered := t.byOutput[d.Pos.File]
		if rendered == nil {
			ds[i].Pos.File = path.Join("public", d.Pos.File)
			continue
		}
		source := t.bySource[rendered.Source]
		pos, found := diag.Pos{}, false
		if source != nil {
			pos, found = t.find(source, d.Target)
		}
		if !found {
			ds[i].Pos.File = path.Join("public", d.Pos.File)
			continue
		}
		ds[i].Pos = pos
	}
	return ds
}

// source returns the source of a finished page that a finding names, and any other
// file as it is.
func (t *trace) source(file string) string {
	if t == nil {
		return file
	}
	if p := t.byOutput[strings.TrimPrefix(file, "public/")]; p != nil && p.Source != "" {
		return p.Source
	}
	return file
}

func (t *trace) find(p *content.Page, target string) (diag.Pos, bool) {
	if target == "" {
		return diag.Pos{File: p.Source}, true
	}
	for _, l := range p.Links {
		if t.sameLink(l.Destination, target) {
			return l.Pos, true
		}
	}
	for _, i := range p.Images {
		if t.sameLink(i.Destination, target) {
			return i.Pos, true
		}
	}
	if p.Image != "" && t.sameLink(p.Image, target) {
		return p.At("image"), true
	}
	for _, s := range p.FAQ {
		for _, q := range s.Questions {
			if q.Text == target || "#"+q.ID == target || q.ID == target {
				return q.Pos, true
			}
		}
	}
	for _, h := range p.Headings {
		if h.Text == target || "#"+h.ID == target || h.ID == target {
			return h.Pos, true
		}
	}
	for _, key := range []string{"title", "description"} {
		if key == target {
			return p.At(key), true
		}
	}
	return diag.Pos{}, false
}

// sameLink compares a destination as written with one as rendered: under a
// sub-path, with a folder's slash, from a Markdown file's path, in the address
// that the page has in another language.
func (t *trace) sameLink(written, rendered string) bool {
	if written == rendered {
		return true
	}
	w, r := t.bare(written), t.bare(rendered)
	page, fragment, cut := strings.Cut(r, "#")
	if cut {
		fragment = "#" + fragment
	}
	if source, ok := t.written[page]; ok && w == source+fragment {
		return true
	}
	return w != "" && (w == r || !strings.HasPrefix(written, "/") && strings.HasSuffix("/"+r, "/"+w))
}

func (t *trace) bare(dest string) string {
	u, err := url.Parse(dest)
	if err != nil {
		return dest
	}
	if u.Host == "" {
		u.Path = strings.TrimPrefix(u.Path, strings.TrimSuffix(t.basePath, "/"))
	}
	p := strings.TrimSuffix(u.Path, ".md")
	if base := path.Base(p); base == "index" || base == "_index" || base == "index.html" {
		p = path.Dir(p)
	}
	parts := slices.DeleteFunc(strings.Split(p, "/"), func(s string) bool { return s == "" || s == "." || s == ".." })
	bare := u.Host + "/" + strings.ToLower(strings.Join(parts, "/"))
	if u.Fragment != "" {
		bare += "#" + u.Fragment
	}
	return strings.TrimPrefix(bare, "/")
}
