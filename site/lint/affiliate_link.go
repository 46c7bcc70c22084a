package lint

import (
	"net/url"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

var affiliateLink = pageRule{
	Info: diag.Info{ID: "affiliate-link", Severity: diag.Error,
		Fix: "link to the page without these parameters",
		Doc: `A link pays somebody for the click

A parameter of an affiliate program says so. A clinic that is paid for where it
sends people in need must say it beside the link (FTC, Endorsement Guides, 16
CFR 255.5), search engines ask for rel=sponsored (Google, qualify outbound
links), and for referrals to treatment it may be a crime (18 U.S.C. 220).

Before: [a workbook](https://books.example/workbook?tag=clinic-20)
After:  [a workbook](https://books.example/workbook)`},
	page: func(m *manuscript, report diag.Report) {
		for i := range m.Blocks {
			for _, l := range m.Blocks[i].Links {
				u, err := url.Parse(l.Destination)
				if err != nil || Outbound(l.Destination) == "" {
					continue
				}
				for key := range u.Query() {
					if slices.Contains(affiliates, strings.ToLower(key)) {
						report(l.Pos, "link to %s has the parameter %q of an affiliate program", u.Hostname(), key)
						break
					}
				}
			}
		}
	},
}
