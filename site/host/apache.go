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
	for _, r := range s.cascade(pattern.match) {
		open, end := fmt.Sprintf("<FilesMatch \"%s$\">", strings.TrimPrefix(r.match(), ".*")), "</FilesMatch>"
		if r.path != "" {
			open, end = fmt.Sprintf("<If \"%%{REQUEST_URI} == '%s%s'\">", base, r.path), "</If>"
		}
		fmt.Fprintf(&b, "%s\n  Header always set Cache-Control %s\n  ForceType %s\n%s\n", open, quoted(r.cache), quoted(r.contentType), end)
	}
	fmt.Fprintf(&b, "RewriteEngine On\nRewriteBase %s\n", base)
	rewrite := func(from, to, flags string) {
		from = strings.TrimSuffix(strings.TrimPrefix(from, base), "/")
		fmt.Fprintf(&b, "RewriteRule \"^%s/?$\" \"%s\" [%s]\n", regexp.QuoteMeta(from), strings.ReplaceAll(to, "%", `\%`), flags)
	}
	for _, m := range s.Moved {
		rewrite(m.From, escaped(m.To), "R=301,NE,L")
	}
	for _, g := range s.Gone {
		rewrite(g, "-", "G,L")
	}
	b.WriteString("RewriteRule \"(^|/)\\.(?!well-known/)\" - [R=404,L]\n")
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
