package urls

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// Unlisted is the rule on addresses that the list lacks.
const Unlisted = "url-unlisted"

var (
	listRule = diag.Info{
		ID: "url-list", Severity: diag.Error,
		Fix: "correct the line, or let clinicblog moved or clinicblog retract write it",
		Doc: `The list of addresses can be read, and every address is safe on every host

A space, a quote or .. in an address means something else in each host's
configuration. An address that stands in the list twice has two fates.`,
	}
	vanishedRule = diag.Info{
		ID: "url-vanished", Severity: diag.Error,
		Fix: "say where it went, with clinicblog moved or aliases in the front matter of the new page, or withdraw it with clinicblog retract",
		Doc: `An address that was published leads somewhere

People keep the address of a page about their illness in a bookmark, a message or
a printed hand-out, and come back to it in a bad hour. Search engines and other
clinics link to it. Renaming a file must not send them to an error page. Source:
https://www.w3.org/Provider/Style/URI, "Cool URIs don't change".`,
	}
	movedRule = diag.Info{
		ID: "url-moved", Severity: diag.Error,
		Fix: "let clinicblog moved write the line",
		Doc: `A redirect leads to a page in one step, and stands in no page's way

A redirect to itself, or in a circle, is an error in every browser; a chain costs
a reader on a phone a second a link, and crawlers stop following it. A redirect at
the address of a page hides the page on some hosts and is ignored by others.
Source: Google Search Central, "Redirects and Google Search".`,
	}
	retractedRule = diag.Info{
		ID: "url-retracted", Severity: diag.Error,
		Fix: "remove the page, or delete the line to publish it again",
		Doc: `What was retracted is not published

A page that was wrong, or that named somebody who asked not to be named, must not
come back with a copied file or an old branch.`,
	}
	homeRule = diag.Info{
		ID: "url-home", Severity: diag.Error,
		Fix: "correct baseURL; or, when the old addresses send visitors on, run clinicblog urls",
		Doc: `The site is published where it was

A change of baseURL, of its path too, gives every page another address at once.
The list holds addresses below the home page, and no redirect of this site can
stand where the site is not served any more: that is for whoever serves the old
place. Source: Google Search Central, "Move a site with URL changes".`,
	}
	unlistedRule = diag.Info{
		ID: Unlisted, Severity: diag.Advice,
		Fix: "run clinicblog urls when the pages are published",
		Doc: `Every published address is in the list

Only what is in the list is missed when it disappears. The list is a source:
building changes no source, so a command adds to it.`,
	}
)

// Rules lists what the findings of this package are about.
var Rules = []diag.Info{listRule, vanishedRule, movedRule, retractedRule, homeRule, unlistedRule}

// Built is what is published now, by path below the home page.
type Built struct {
	Home  string            // the address of the home page, as hugo.toml says it
	Pages map[string]string // what the list is about: address to source
	// Withheld are pages that a build for the public leaves out, which a preview
	// may hold.
	Withheld map[string]bool
	Aliases  map[string]string // addresses that pages claim as their former ones, to the source
	Exists   func(path string) bool
	// Present reports whether a source is still in the project.
	Present func(source string) bool
}

// Public returns the pages that the public gets, as Add takes them.
func (b Built) Public() map[string]string {
	pages := maps.Clone(b.Pages)
	maps.DeleteFunc(pages, func(path, _ string) bool { return b.Withheld[path] })
	return pages
}

// Check compares the list with what is published.
func (l List) Check(b Built) []diag.Diagnostic {
	var ds []diag.Diagnostic
	folded := map[string]string{}
	for path := range b.Pages {
		folded[fold(path)] = path
	}
	if l.Home != "" && b.Home != "" && l.Home != b.Home {
		ds = append(ds, homeRule.At(diag.Pos{File: Name}, "the site was published at %s, and baseURL is %s: all of its addresses are others", l.Home, b.Home))
	}
	now, near := l.successors(b)
	for _, e := range l.Entries {
		source, published := b.Pages[e.Path]
		switch {
		case e.Gone && published:
			ds = append(ds, retractedRule.At(e.Pos, "%s was retracted, and is published from %s", e.Path, origin(source)))
		case e.Gone && b.Aliases[e.Path] != "":
			ds = append(ds, retractedRule.At(e.Pos, "%s was retracted, and is an alias of %s", e.Path, b.Aliases[e.Path]))
		case e.To != "":
			if d, wrong := l.moved(e, b, folded); wrong {
				ds = append(ds, d)
			}
		case !e.Gone && !published && b.Aliases[e.Path] == "" && !b.Exists(e.Path):
			d := vanishedRule.At(e.Pos, "%s is not published any more", e.Path)
			if to := near[folderOf(e.Path)]; to != "" {
				d.Fix = fmt.Sprintf("run clinicblog moved %s %s, if that is where it went, or withdraw it with clinicblog retract", e.Path, to)
			}
			switch {
			case e.Source == "":
			case now[e.Source] != "":
				d.Message += fmt.Sprintf(": %s had it, and is at %s now", e.Source, now[e.Source])
				d.Fix = fmt.Sprintf("run clinicblog moved %s %s", e.Path, now[e.Source])
				old, new := folderOf(e.Path), folderOf(now[e.Source])
				if strings.TrimPrefix(e.Path, old) == strings.TrimPrefix(now[e.Source], new) {
					d.Fix += fmt.Sprintf(", or moved '%s*' '%s*' for all that lies there", old, new)
				}
			case b.Present(e.Source):
				d.Message += fmt.Sprintf(": %s had it, and is a draft, has expired or is not due yet", e.Source)
			default:
				d.Message += fmt.Sprintf(": %s had it, and is not in the project", e.Source)
			}
			ds = append(ds, d)
		}
	}
	var fresh []string
	for _, path := range slices.Sorted(maps.Keys(b.Pages)) {
		if l.find(path) == nil && !b.Withheld[path] {
			fresh = append(fresh, path)
		}
	}
	if len(fresh) > 0 {
		what := fresh[0]
		if len(fresh) > 1 {
			what = fmt.Sprintf("%d addresses, %s first,", len(fresh), fresh[0])
		}
		ds = append(ds, unlistedRule.At(diag.Pos{File: Name}, "%s not in the list yet", strings.TrimSpace(what+" "+map[bool]string{true: "are", false: "is"}[len(fresh) > 1])))
	}
	return ds
}

// successors are where pages may have gone: the address of each source, and by
// folder the address in it that is new, if there is but one.
func (l List) successors(b Built) (now, near map[string]string) {
	now, near = map[string]string{}, map[string]string{}
	count := map[string]int{}
	for path, source := range b.Pages {
		if b.Withheld[path] {
			continue
		}
		if source != "" {
			now[source] = path
		}
		if folder := folderOf(path); l.find(path) == nil {
			near[folder] = path
			count[folder]++
		}
	}
	maps.DeleteFunc(near, func(folder, _ string) bool { return count[folder] > 1 })
	return now, near
}

// folderOf is the address of the folder in which an address lies.
func folderOf(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[:strings.LastIndex(path, "/")+1]
}

// moved judges one redirect.
func (l List) moved(e Entry, b Built, folded map[string]string) (diag.Diagnostic, bool) {
	finding := func(format string, args ...any) (diag.Diagnostic, bool) {
		return movedRule.At(e.Pos, format, args...), true
	}
	to, _, _ := strings.Cut(e.To, "#")
	if source, ok := b.Pages[e.Path]; ok {
		return finding("%s has moved to %s, and is published from %s", e.Path, e.To, origin(source))
	}
	if source := b.Aliases[e.Path]; source != "" {
		return finding("%s has moved to %s, and is an alias of %s", e.Path, e.To, source)
	}
	if b.Exists(e.Path) {
		return finding("%s has moved to %s, and is a published file", e.Path, e.To)
	}
	if page, ok := folded[fold(e.Path)]; ok {
		return finding("%s differs from the page %s only in capitals or its last slash: some systems take the two for one", e.Path, page)
	}
	if to == e.Path {
		return finding("%s moves to itself", e.Path)
	}
	if next := l.find(to); next != nil && next.To != "" {
		last, seen := next, map[string]bool{e.Path: true}
		for last != nil && last.To != "" {
			if seen[last.Path] {
				return finding("%s moves in a circle, by way of %s", e.Path, to)
			}
			seen[last.Path] = true
			end, _, _ := strings.Cut(last.To, "#")
			if !strings.HasPrefix(end, "/") || l.find(end) == nil {
				return finding("%s moves to %s, which moves on to %s", e.Path, to, end)
			}
			last = l.find(end)
		}
		return finding("%s moves to %s, which moves on to %s", e.Path, to, last.Path)
	}
	if !strings.HasPrefix(to, "/") {
		return diag.Diagnostic{}, false
	}
	if source := b.Aliases[to]; source != "" {
		return finding("%s moves to %s, which is an alias of %s and moves on", e.Path, to, source)
	}
	if _, ok := b.Pages[to]; !ok && !b.Exists(to) {
		return finding("%s moves to %s, which is not published", e.Path, to)
	}
	return diag.Diagnostic{}, false
}

// Moves returns what the list says of former addresses.
func (l List) Moves() (moves [][2]string, gone []string) {
	for _, e := range l.Entries {
		if e.To != "" {
			moves = append(moves, [2]string{e.Path, e.To})
		} else if e.Gone {
			gone = append(gone, e.Path)
		}
	}
	return moves, gone
}

// WrongAlias reports an alias that cannot be a redirect, at its place in the
// front matter. One without a slash at its beginning is relative to its page, and
// may go up. file is the file of the project that has the address, if one has it.
func WrongAlias(alias, file string, at diag.Pos) []diag.Diagnostic {
	path := alias
	if !strings.HasPrefix(alias, "/") {
		path = "/" + strings.ReplaceAll(alias, "../", "")
	}
	if why := Wrong(path); why != "" {
		return []diag.Diagnostic{listRule.At(at, "the alias cannot redirect: %s", why).WithFix("write the alias in letters, digits and hyphens")}
	}
	if file != "" {
		return []diag.Diagnostic{movedRule.At(at, "the alias %s is the address of %s", alias, file).WithFix("remove the alias, or the file")}
	}
	return nil
}

func origin(source string) string {
	if source == "" {
		return "a layout"
	}
	return source
}

func fold(path string) string { return strings.ToLower(strings.TrimSuffix(path, "/")) }
