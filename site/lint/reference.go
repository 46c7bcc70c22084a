package lint

import (
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"

	"clinicblog/site/content"
)

// references ranges over data/references.yaml, in the order of its keys.
func (s Subject) references() iter.Seq2[string, content.Reference] {
	return func(yield func(string, content.Reference) bool) {
		for _, key := range slices.Sorted(maps.Keys(s.References)) {
			if !yield(key, s.References[key]) {
				return
			}
		}
	}
}

// cited are the keys of the references that pages cite, drafts too.
func (s Subject) cited() map[string]bool {
	keys := map[string]bool{}
	for _, p := range s.Pages {
		for _, c := range p.Citations {
			keys[c.Key] = true
		}
		if p.Group != nil {
			for _, e := range p.Group.Evidence {
				keys[e.Ref] = true
			}
		}
	}
	return keys
}

// official tells an address of a government, or of an organisation of them.
func official(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, name := range []string{"who.int", "nhs.uk", "nice.org.uk", "europa.eu", "canada.ca"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	parts := strings.Split(host, ".")
	for i, part := range parts { // samhsa.gov, health.gov.au, salud.gob.mx
		if (part == "gov" || part == "gob" || part == "mil") && i > 0 && i >= len(parts)-2 {
			return true
		}
	}
	return false
}
