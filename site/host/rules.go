package host

import (
	"fmt"

	"clinicblog/site/diag"
)

var (
	declarationRule = diag.Info{
		ID: "hosting", Severity: diag.Error,
		Fix: "correct the setting",
		Doc: `What hugo.toml says of hosting can be done

params.clinicblog.hosting names hosts and headers once, for all hosts. A header
value with a line break in it would be two headers, one of them of somebody
else's making; a misspelled host would be served without any header, and nobody
would notice. Source: RFC 9110, 5.5 (field values).`,
	}
	limitRule = diag.Info{
		ID: "host-limit", Severity: diag.Error,
		Fix: "publish fewer of them, or choose another host",
		Doc: `The configuration stays within the limits of the host

Hosts cut off what is over their limits without a word: the hundred and first
header rule does not exist, and its files go out without it. The limits are
those that each vendor documents; the finding names them, and where that is
documented. Netlify and Caddy document none that a site could pass.`,
	}
	cannotRule = diag.Info{
		ID: "host-cannot", Severity: diag.Advice,
		Fix: "choose another host if that matters",
		Doc: `The host can do all that the site asks of it

Some hosts send no headers of the site's own, and some have no status for a page
that is gone. The site works there, with less protection than it has elsewhere.`,
	}
)

// Rules lists what the findings of this package are about.
var Rules = []diag.Info{declarationRule, limitRule, cannotRule}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// freely returns advice when there is more of something than a host takes
// without being paid. source is where its vendor says so.
func freely(n, most int, what, title, source string) []diag.Diagnostic {
	if n <= most {
		return nil
	}
	return []diag.Diagnostic{cannotRule.At(diag.Pos{}, "%s takes %d %s on its free plan, the site has %d (%s)", title, most, what, n, source).WithFix("pay for a larger plan, or choose another host")}
}

// limit returns a finding when there is more of something than a host takes.
// source is where its vendor says so.
func limit(n, most int, what, title, source string) []diag.Diagnostic {
	if n <= most {
		return nil
	}
	return []diag.Diagnostic{limitRule.At(diag.Pos{}, "%s takes %d %s, the site has %d (%s)", title, most, what, n, source)}
}
