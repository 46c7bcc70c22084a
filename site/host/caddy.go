package host

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// caddy writes a file to import into a site block that sets root. Caddy gets
// the certificate and sends http to https by itself. The directives stand in a
// route, which keeps their order.
// https://caddyserver.com/docs/caddyfile/directives
func caddy(s Site) ([]Config, []diag.Diagnostic) {
	base := s.base()
	coded, vary := "", ""
	for _, c := range s.coded() {
		coded += " " + codings[c]
	}
	if coded != "" {
		coded = " {\n\t\tprecompressed" + coded + "\n\t}"
		// Caddy names what it chose by only where it chose something: a cache
		// would hand out what it got first.
		vary = "\t@text path_regexp `(/|\\.(" + strings.Join(s.compressed(), "|") + "))$`\n\theader @text {\n\t\tVary Accept-Encoding\n\t\tdefer\n\t}\n"
	}
	var headers strings.Builder
	headers.WriteString("\theader {\n")
	for _, h := range append(slices.Clone(s.Always), Header{"Cache-Control", cachePage}) {
		fmt.Fprintf(&headers, "\t\t%s `%s`\n", h.Name, h.Value)
	}
	headers.WriteString("\t}\n\theader -Server\n") // in the block above, it would put that off until the others were set

	// A path matcher reads patterns, and does not tell capitals from small letters;
	// this one does. Backticks end what is quoted, braces are variables.
	exactly := func(path, end string) string {
		return "path_regexp `^" + strings.NewReplacer("`", `\x60`, `\{`, `\x7b`, `\}`, `\x7d`).Replace(regexp.QuoteMeta(path)) + end + "$`"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Import this into a site block that sets root%s.\nroute {\n%s", rootWords(base), headers.String())
	for i, r := range s.cascade(pattern.match) {
		if r.path != "" {
			fmt.Fprintf(&b, "\t@k%d %s\n", i, exactly(base+r.path, ""))
		} else {
			fmt.Fprintf(&b, "\t@k%d path_regexp `^%s%s$`\n", i, base, r.match())
		}
		fmt.Fprintf(&b, "\theader @k%d Cache-Control `%s`\n\theader @k%d Content-Type `%s`\n", i, r.cache, i, r.contentType)
	}
	b.WriteString(vary)
	for i, m := range s.Moved {
		fmt.Fprintf(&b, "\t@m%d %s\n\tredir @m%d `%s` 301\n", i, exactly(strings.TrimSuffix(m.From, "/"), "/?"), i, escaped(m.To))
	}
	for i, g := range s.Gone {
		fmt.Fprintf(&b, "\t@g%d %s\n\terror @g%d `Gone` 410\n", i, exactly(strings.TrimSuffix(g, "/"), "/?"), i)
	}
	// A file system says that such a name cannot be, and Caddy calls that its own fault.
	b.WriteString("\t@unnameable path_regexp `(\\x00|[^/]{256})`\n\terror @unnameable 404\n")
	fmt.Fprintf(&b, "\t@hidden {\n\t\tpath_regexp `/\\.`\n\t\tnot %s\n\t}\n\terror @hidden 404\n", exactly(base+".well-known/", ".+"))
	fmt.Fprintf(&b, "\tfile_server%s\n}\nhandle_errors {\n%s\trewrite * %s404.html\n\tfile_server\n}\n", coded, headers.String(), base)
	return []Config{{"clinicblog.caddy", []byte(b.String()), false}}, nil
}

// rootWords says what the root of a server is.
func rootWords(base string) string {
	if base == "/" {
		return ", which is the published folder"
	}
	return ", a folder in which the published folder stands as " + strings.Trim(base, "/")
}
