package host

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// apache writes .htaccess, for a server that has mod_headers and mod_rewrite
// and lets folders override FileInfo, Indexes and Options. The paths of rewrite rules are
// relative to the folder, and decoded.
// https://httpd.apache.org/docs/2.4/howto/htaccess.html
//
// A rewrite rule sends the compressed twin of a file. The twin is a file of its
// own, so that every rule for a name holds for it too. AddEncoding names its
// coding before any filter runs: mod_deflate and mod_brotli leave it as it is.
// https://httpd.apache.org/docs/2.4/mod/mod_deflate.html#precompressed
func apache(s Site) ([]Config, []diag.Diagnostic) {
	base := s.base()
	var b strings.Builder
	fmt.Fprintf(&b, "DirectoryIndex index.html\nOptions -Indexes\nFileETag MTime Size\nErrorDocument 404 %[1]s404.html\nErrorDocument 410 %[1]s404.html\n", base)
	quoted := func(v string) string { return `"` + strings.ReplaceAll(v, `"`, `\"`) + `"` }
	for _, h := range append(slices.Clone(s.Always), Header{"Cache-Control", cachePage}) {
		fmt.Fprintf(&b, "Header always set %s %s\n", h.Name, quoted(strings.ReplaceAll(h.Value, "%", "%%")))
	}
	for _, ext := range s.extensions() {
		fmt.Fprintf(&b, "AddType %s %s\n", quoted(ContentType(ext)), ext)
	}
	coded := s.coded()
	twin, twins := "", strings.Join(coded, "|")
	if len(coded) > 0 {
		twin = `(\.(` + twins + `))?`
	}
	rules := s.cascade(pattern.match)
	if len(coded) > 0 {
		// A twin has the end of its name in common with archives: what it is stands
		// below what they are.
		pages := rule{pattern{ext: ".html"}, kind{cachePage, types[".html"]}}
		hasTwin := func(r rule) bool { return Compresses(r.path + r.ext) }
		rules = slices.Concat(
			slices.DeleteFunc(slices.Clone(rules), hasTwin), []rule{pages},
			slices.DeleteFunc(rules, func(r rule) bool { return !hasTwin(r) }),
		)
	}
	for _, r := range rules {
		twin := twin
		if !Compresses(r.path + r.ext) {
			twin = ""
		}
		open, end := fmt.Sprintf("<FilesMatch \"%s%s$\">", strings.TrimPrefix(r.match(), ".*"), twin), "</FilesMatch>"
		if r.path != "" {
			name := strings.NewReplacer(`"`, `\x22`, `#`, `\x23`).Replace(regexp.QuoteMeta(base + r.path))
			open, end = fmt.Sprintf("<If \"%%{REQUEST_URI} =~ m#^%s%s$#\">", name, twin), "</If>"
		}
		fmt.Fprintf(&b, "%s\n  Header always set Cache-Control %s\n  ForceType %s\n%s\n", open, quoted(r.cache), quoted(r.contentType), end)
	}
	names := "" // of files that may have a twin, when there are any
	if len(coded) > 0 {
		names = `\.(` + strings.Join(s.compressed(), "|") + ")"
		fmt.Fprintf(&b, "<FilesMatch \"%s%s$\">\n  Header always merge Vary Accept-Encoding\n</FilesMatch>\n", names, twin)
		for _, c := range coded {
			fmt.Fprintf(&b, "<FilesMatch \"%s\\.%s$\">\n  AddEncoding %s .%s\n</FilesMatch>\n", names, c, codings[c], c)
		}
	}
	fmt.Fprintf(&b, "RewriteEngine On\nRewriteBase %s\n", base)
	rewrite := func(from, to, flags string) {
		from = strings.TrimSuffix(strings.TrimPrefix(from, base), "/")
		fmt.Fprintf(&b, "RewriteRule \"^%s/?$\" \"%s\" [%s]\n", regexp.QuoteMeta(from), strings.ReplaceAll(to, "%", `\%`), flags)
	}
	for _, m := range s.Moved {
		rewrite(m.From, escaped(m.To), "R=301,NE,QSD,L") // a query would stand behind the fragment
	}
	for _, g := range s.Gone {
		rewrite(g, "-", "G,L")
	}
	b.WriteString("RewriteRule \"(^|/)\\.(?!well-known/)\" - [R=404,L]\n")
	for _, c := range coded {
		// "br;q=0" is a client that wants none.
		fmt.Fprintf(&b, "RewriteCond %%{HTTP:Accept-Encoding} \"(^|,)\\s*%s\\s*(,|;(?!\\s*q=0(\\.0*)?\\s*(,|$))|$)\" [NC,NV]\n", codings[c])
		fmt.Fprintf(&b, "RewriteCond %%{REQUEST_FILENAME}.%s -s\nRewriteRule \"%s$\" \"%%{REQUEST_URI}.%s\" [L]\n", c, names, c)
	}
	return []Config{{".htaccess", []byte(b.String()), true}}, nil
}

// extensions lists those of all files, sorted.
func (s Site) extensions() []string {
	var all []string
	for _, f := range s.Files {
		if ext := extension(f.Path); types[ext] != "" {
			all = append(all, ext)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// compressed lists the extensions of files that may have compressed twins, as
// pieces of regular expressions: without their dots, sorted.
func (s Site) compressed() []string {
	var all []string
	for _, ext := range s.extensions() {
		if Compresses(ext) {
			all = append(all, regexp.QuoteMeta(ext[1:]))
		}
	}
	return all
}
