package host

import (
	"net"
	"net/url"

	"clinicblog/site/diag"
)

// github writes what GitHub Pages needs: .nojekyll, so that no file is left out
// or rewritten, and CNAME, the host name of the site. It sends no header of a
// site's own and redirects nothing, so that pages send readers on.
// https://docs.github.com/pages
func github(s Site) ([]Config, []diag.Diagnostic) {
	configs := []Config{{".nojekyll", nil, true}}
	u, err := url.Parse(s.BaseURL)
	if err == nil && s.base() == "/" && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil && u.Hostname() != "localhost" {
		configs = append(configs, Config{"CNAME", []byte(u.Hostname() + "\n"), true})
	}
	// "Published GitHub Pages sites may be no larger than 1 GB".
	ds := limit(s.size(), 1<<30, "bytes in all files", "GitHub Pages", "https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits")
	ds = append(ds,
		cannotRule.At(diag.Pos{}, "GitHub Pages sends no headers of the site's own: no Content-Security-Policy, no Referrer-Policy, no Cache-Control but ten minutes for everything"),
	)
	if len(s.Moved) > 0 {
		ds = append(ds, cannotRule.At(diag.Pos{}, "GitHub Pages cannot redirect: a page stands at %s, and sends readers on", count(len(s.Moved), "moved address", "moved addresses")))
	}
	if len(s.Gone) > 0 {
		ds = append(ds, cannotRule.At(diag.Pos{}, "GitHub Pages answers 404, not 410, for %s", count(len(s.Gone), "retracted address", "retracted addresses")))
	}
	return configs, ds
}
