package verify

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
)

// self is the site's own origin in a content security policy.
const self = "'self'"

// needs are the sources of a content security policy, by directive.
type needs map[string]map[string]bool

func (n needs) add(directive, source string) {
	if n[directive] == nil {
		n[directive] = map[string]bool{}
	}
	n[directive][source] = true
}

func (n needs) merge(other needs) {
	for directive, sources := range other {
		for source := range sources {
			n.add(directive, source)
		}
	}
}

func (n needs) sorted() map[string][]string {
	all := map[string][]string{}
	for directive, sources := range n {
		all[directive] = slices.Sorted(maps.Keys(sources))
	}
	return all
}

// directivesOf returns the directives that a request falls under. what is the
// word for it in findings. A style sheet does not say whether an address in it
// is an image or a font.
func directivesOf(what string) []string {
	switch what {
	case "script":
		return []string{"script-src"}
	case "style sheet":
		return []string{"style-src"}
	case "style":
		return []string{"font-src", "img-src"}
	case "iframe", "frame":
		return []string{"frame-src"}
	case "embed", "object":
		return []string{"object-src"}
	case "video", "audio", "source", "track":
		return []string{"media-src"}
	case formTargetName:
		return []string{"form-action"}
	case "ping", "connection":
		return []string{"connect-src"}
	case "manifest":
		return []string{"manifest-src"}
	case "base", "redirect":
		return nil
	}
	return []string{"img-src"}
}

// hashOf is the source that allows one script or style inside a page.
// https://www.w3.org/TR/CSP3/#match-element-to-source-list
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// runs reports whether a browser runs a script element of this type, or takes
// it as a map of imports or rules; others are data.
// https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
func runs(scriptType string) bool {
	t := strings.ToLower(strings.TrimSpace(scriptType))
	switch t {
	case "", "module", "importmap", "speculationrules":
		return true
	}
	return strings.HasSuffix(t, "javascript") || strings.HasSuffix(t, "ecmascript") || strings.HasSuffix(t, "jscript") || strings.HasSuffix(t, "livescript")
}

func (w *worker) inlineStyle(i int32, v string) {
	if strings.TrimSpace(v) != "" {
		w.findings.add(w.page.file, &inlineCode, clip(v), "element %s carries the style %q", w.page.Name(i), clip(v))
	}
}
