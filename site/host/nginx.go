package host

import (
	"fmt"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// nginx writes a file to include in a server block that sets listen,
// server_name, the certificate and root, the published folder.
//
// A location that sets a header sends only its own, so that each location says
// them all. Types in quotes: nginx takes ";" for the end of a directive.
// https://nginx.org/en/docs/http/ngx_http_headers_module.html
func nginx(s Site) ([]Config, []diag.Diagnostic) {
	base := s.base()
	var b strings.Builder
	fmt.Fprintf(&b, "# Include this in a server block with listen, server_name, the certificate and\n# root%s.\n", rootWords(base))
	b.WriteString(`# Send http to https in a block of its own:
#   server { listen 80; server_name NAME; return 301 https://$host$request_uri; }
absolute_redirect off;
server_tokens off;
index index.html;
etag on;
charset off;
`)
	if slices.Contains(s.Coded, "gz") {
		b.WriteString("gzip_static on;\ngzip_vary on;\n")
	}
	if slices.Contains(s.Coded, "br") {
		b.WriteString("brotli_static on;\n")
	}
	fmt.Fprintf(&b, "error_page 404 410 %s404.html;\n", base)
	always := func(cache string) {
		for _, h := range append(slices.Clone(s.Always), Header{"Cache-Control", cache}) {
			fmt.Fprintf(&b, "  add_header %s \"%s\" always;\n", h.Name, strings.ReplaceAll(h.Value, `"`, `\"`))
		}
	}
	// A parameter fits into the buffer of 4,096 bytes through which nginx reads its
	// configuration, with its quotes.
	var ds []diag.Diagnostic
	for _, h := range s.Always {
		ds = append(ds, limit(len(strings.ReplaceAll(h.Value, `"`, `\"`)), 4092, "bytes in a header, and "+h.Name+" is longer", "nginx", "https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c")...)
	}
	headers := func(k kind) {
		always(k.cache)
		fmt.Fprintf(&b, "  types { }\n  default_type \"%s\";\n", k.contentType)
	}
	for _, m := range s.Moved {
		for _, from := range forms(m.From) {
			fmt.Fprintf(&b, "location = \"%s\" {\n", from)
			always(cachePage)
			fmt.Fprintf(&b, "  return 301 \"%s\";\n}\n", escaped(m.To))
		}
	}
	for _, g := range s.Gone {
		for _, from := range forms(g) {
			fmt.Fprintf(&b, "location = \"%s\" { return 410; }\n", from)
		}
	}
	// Regular expressions are tried in the order of the file.
	fmt.Fprintf(&b, "location ~ /\\.(?!well-known/) { return 404; }\n")
	rules := s.cascade(pattern.match)
	for _, r := range slices.Backward(rules) {
		if r.path != "" {
			fmt.Fprintf(&b, "location = \"%s%s\" {\n", base, r.path)
		} else {
			fmt.Fprintf(&b, "location ~ \"^%s%s$\" {\n", base, r.match())
		}
		headers(r.kind)
		b.WriteString("}\n")
	}
	fmt.Fprintf(&b, "location %s {\n", base)
	headers(kind{cachePage, types[".html"]})
	b.WriteString("  try_files $uri $uri/ =404;\n}\n")
	return []Config{{"nginx.conf", []byte(b.String()), false}}, ds
}
