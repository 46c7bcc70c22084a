package hugo

import (
	"time"

	"github.com/pelletier/go-toml/v2"

	"clinicblog/site/diag"
)

var (
	securityExpired = diag.Info{
		ID: "security-expired", Severity: diag.Error,
		Fix: "see that the contact still answers, then set expires to a date within the next year, such as 2027-11-01T00:00:00Z",
		Doc: `security.txt has expired, or does not say when it will

Whoever finds a fault in the site is not to use the file after that date, and so
reports to nobody (RFC 9116, 2.5.5). The date is params.security.expires in
hugo.toml.`,
	}
	securityExpiring = diag.Info{
		ID: "security-expiring", Severity: diag.Advice,
		Fix: "see that the contact still answers, then set expires to a date within the next year",
		Doc: `security.txt expires within 60 days

A site that is not built again before that date publishes an address that nobody
may rely on (RFC 9116, 2.5.5). Two months are time for whoever is away.`,
	}
)

// soon is how long before the end of security.txt it is time to look after it.
const soon = 60 * 24 * time.Hour

// Expiry judges the end of security.txt at a time.
func (s Settings) Expiry(now time.Time) []diag.Diagnostic {
	const key = "params.security.expires"
	value := s.get(key)
	if value == nil {
		return nil
	}
	var end time.Time
	switch v := value.(type) {
	case time.Time:
		end = v
	case toml.LocalDateTime:
		end = v.AsTime(time.UTC)
	case toml.LocalDate:
		end = v.AsTime(time.UTC)
	case string:
		end, _ = time.Parse(time.RFC3339, v) // a text that is none has expired
	}
	switch {
	case end.IsZero():
		return []diag.Diagnostic{securityExpired.At(s.pos(key), "%v is no date on which security.txt expires", value)}
	case !end.After(now):
		return []diag.Diagnostic{securityExpired.At(s.pos(key), "security.txt expired on %s", end.UTC().Format("2006-01-02"))}
	case end.Before(now.Add(soon)):
		return []diag.Diagnostic{securityExpiring.At(s.pos(key), "security.txt expires on %s", end.UTC().Format("2006-01-02"))}
	}
	return nil
}
