package host

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"clinicblog/site/diag"
)

// cloudfront writes three files for S3 behind CloudFront: a function for viewer
// requests, a response headers policy, and the metadata of every object.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
func cloudfront(s Site) ([]Config, []diag.Diagnostic) {
	const title, source = "CloudFront", "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"
	moved, gone := map[string]string{}, map[string]int{}
	for _, m := range s.Moved {
		moved[strings.TrimSuffix(m.From, "/")] = escaped(m.To)
	}
	for _, g := range s.Gone {
		gone[strings.TrimSuffix(g, "/")] = 1
	}
	function := []byte(strings.NewReplacer("MOVED", literal(moved), "GONE", literal(gone)).Replace(cloudfrontFunction))

	var policy struct {
		Name                  string
		Comment               string
		SecurityHeadersConfig map[string]any
		CustomHeadersConfig   struct {
			Quantity int
			Items    []map[string]any
		}
	}
	policy.Name, policy.Comment = "clinicblog", "Made from hugo.toml"
	policy.SecurityHeadersConfig = map[string]any{}
	total, csp := 0, 0
	for _, h := range s.Always {
		known := true
		switch h.Name {
		case "Content-Security-Policy":
			csp = len(h.Value)
			policy.SecurityHeadersConfig["ContentSecurityPolicy"] = map[string]any{"Override": true, "ContentSecurityPolicy": h.Value}
		case "X-Content-Type-Options":
			policy.SecurityHeadersConfig["ContentTypeOptions"] = map[string]any{"Override": true}
		case "X-Frame-Options":
			policy.SecurityHeadersConfig["FrameOptions"] = map[string]any{"Override": true, "FrameOption": h.Value}
		case "Referrer-Policy":
			policy.SecurityHeadersConfig["ReferrerPolicy"] = map[string]any{"Override": true, "ReferrerPolicy": h.Value}
		case "Strict-Transport-Security":
			var age int
			fmt.Sscanf(h.Value, "max-age=%d", &age)
			policy.SecurityHeadersConfig["StrictTransportSecurity"] = map[string]any{
				"Override": true, "AccessControlMaxAgeSec": age,
				"IncludeSubdomains": strings.Contains(h.Value, "includeSubDomains"), "Preload": strings.Contains(h.Value, "preload"),
			}
		default:
			known = false
		}
		if !known {
			total += len(h.Name) + len(h.Value)
			policy.CustomHeadersConfig.Items = append(policy.CustomHeadersConfig.Items, map[string]any{"Header": h.Name, "Value": h.Value, "Override": true})
		}
	}
	policy.CustomHeadersConfig.Quantity = len(policy.CustomHeadersConfig.Items)

	type object struct {
		Key, ContentType, CacheControl string
	}
	objects := make([]object, len(s.Files))
	for i, f := range s.Files {
		k := s.kindOf(f.Path)
		objects[i] = object{strings.TrimPrefix(s.base(), "/") + f.Path, k.contentType, k.cache}
	}
	// All from the page of quotas: "Maximum function size: 10 KB", not adjustable;
	// "custom headers that you can add to a response headers policy: 10"; "Maximum
	// length of the Content-Security-Policy header value: 1,783 characters"; "Custom
	// headers: maximum length of all header values and names combined: 10,240
	// characters". One value of those may have 1,783, which maxValue is below.
	ds := slices.Concat(
		limit(len(function), 10<<10, "bytes in a function", title, source),
		limit(policy.CustomHeadersConfig.Quantity, 10, "custom headers in a policy", title, source),
		limit(csp, 1783, "characters in a Content-Security-Policy", title, source),
		limit(total, 10240, "characters in all custom headers of a policy", title, source),
	)
	return []Config{
		{"function.js", function, false},
		{"response-headers-policy.json", encode(policy), false},
		{"objects.json", encode(objects), false},
	}, ds
}

// literal writes a value as JavaScript in ASCII.
func literal(v any) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(string(encode(v))) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// cloudfrontFunction runs for each request, on the JavaScript runtime 2.0. S3
// knows no folders and no status but its own: the function finds the page of a
// folder, adds the slash, redirects, and answers for what is gone.
const cloudfrontFunction = `const moved = MOVED;
const gone = GONE;

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  let bare = uri.replace(/\/$/, '');
  try {
    bare = decodeURIComponent(bare);
  } catch (e) {
    // what is no UTF-8 has moved nowhere
  }
  const go = (to) => ({ statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: to } } });
  if (Object.hasOwn(moved, bare)) return go(moved[bare]);
  if (Object.hasOwn(gone, bare)) return { statusCode: 410, statusDescription: 'Gone' };
  if (uri.endsWith('/')) request.uri = uri + 'index.html';
  else if (!uri.slice(uri.lastIndexOf('/')).includes('.')) return go(uri + '/');
  return request;
}
`
