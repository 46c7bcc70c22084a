// Package urls keeps the promise that an address which was published once leads
// somewhere for ever: to its page, to where it has moved, or to the word that it
// is gone. The list of all addresses is a text file beside the sources, one a
// line, sorted, so that a review sees in its diff which addresses come and go:
//
//	https://clinic.example/ home
//	/about/ content/about.md
//	/faqs/ -> /faq/
//	/staff/jane-doe/ gone
//
// The first line is where the site is published, because every address is another
// one when that changes. Behind the address of a page is its source, to say later
// which page had it.
// Addresses are paths below the home page, decoded. Lines that begin with # are
// comments; each stays above the line that it stands above.
//
// The package reads and writes the text of the list. It knows no files and no
// Hugo: what is published now it is told.
package urls

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clinicblog/site/diag"
)

// Name is the file of the list.
const Name = "urls.txt"

const header = `# Every address that this site has published, and what became of it. A page that
# disappears from here breaks a link somewhere. "clinicblog urls" adds new pages,
# "clinicblog moved" and "clinicblog retract" say where others went.

`

// Entry is one line.
type Entry struct {
	Path   string
	Source string // of the page, "" when it has none or is no more
	To     string // where it has moved; a path, or a whole URL
	Gone   bool
	Pos    diag.Pos

	above []string // comments
}

// List is a list of addresses, sorted by Path.
type List struct {
	Home    string // the address of the home page, "" when none was noted
	Entries []Entry
	head    string   // what stands first, up to an empty line
	tail    []string // comments below the last entry
}

// Parse reads a list. What it cannot read is a finding, and left out.
func Parse(data []byte) (List, []diag.Diagnostic) {
	var l List
	var ds []diag.Diagnostic
	seen := map[string]int{}
	var above []string
	text := string(data)
	n := 0
	if first, _, ok := strings.Cut(text, "\n\n"); ok && strings.HasPrefix(text, "#") && !strings.Contains("\n"+first, "\n/") && !strings.Contains(first, "\nhttp") {
		l.head = first + "\n\n"
		n = strings.Count(l.head, "\n")
		text = text[len(l.head):]
	}
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, " \t\r\n")
		at := diag.Pos{File: Name, Line: n, Col: 1}
		if line == "" || strings.HasPrefix(line, "#") {
			if line != "" {
				above = append(above, line)
			}
			continue
		}
		path, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		if rest == "home" && l.Home == "" && isHome(path) {
			l.Home = path
			continue
		}
		e := Entry{Path: path, Pos: at, above: above}
		above = nil
		why := Wrong(path)
		if why == "" && strings.HasPrefix(rest, "->") {
			e.To = strings.TrimSpace(rest[2:])
			why = wrongTarget(e.To)
			at.Col = len(line) - len(e.To) + 1
		} else if rest == "gone" {
			e.Gone = true
		} else {
			e.Source = rest
		}
		if why == "" && seen[path] > 0 {
			why = fmt.Sprintf("%s stands in line %d already", path, seen[path])
		}
		if why != "" {
			ds = append(ds, listRule.At(at, "%s", why))
			continue
		}
		seen[path] = n
		l.Entries = append(l.Entries, e)
	}
	l.tail = above
	l.sort()
	return l, ds
}

// Format writes a list as Parse reads it.
func (l List) Format() []byte {
	var b bytes.Buffer
	if l.head == "" {
		l.head = header
	}
	b.WriteString(l.head)
	if l.Home != "" {
		b.WriteString(l.Home + " home\n")
	}
	for _, e := range l.Entries {
		for _, comment := range e.above {
			b.WriteString(comment + "\n")
		}
		switch {
		case e.Gone:
			b.WriteString(e.Path + " gone\n")
		case e.To != "":
			b.WriteString(e.Path + " -> " + e.To + "\n")
		default:
			b.WriteString(strings.TrimSpace(e.Path+" "+e.Source) + "\n")
		}
	}
	for _, comment := range l.tail {
		b.WriteString(comment + "\n")
	}
	return b.Bytes()
}

func (l *List) sort() {
	slices.SortFunc(l.Entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
}

func (l *List) find(path string) *Entry {
	i, ok := slices.BinarySearchFunc(l.Entries, path, func(e Entry, path string) int { return cmp.Compare(e.Path, path) })
	if !ok {
		return nil
	}
	return &l.Entries[i]
}

// Has reports whether the list has a line for an address.
func (l *List) Has(path string) bool { return l.find(path) != nil }

// entry returns the line of an address, a new one if there is none.
func (l *List) entry(path string) *Entry {
	if e := l.find(path); e != nil {
		return e
	}
	l.Entries = append(l.Entries, Entry{Path: path})
	l.sort()
	return l.find(path)
}

// Add notes pages that are published now, by address, each with its source. What
// was said of an address before stands: Check has compared the two.
func (l *List) Add(pages map[string]string) {
	for i, e := range l.Entries {
		if source, ok := pages[e.Path]; ok && e.To == "" && !e.Gone {
			l.Entries[i].Source = source
		}
	}
	known := len(l.Entries)
	for path, source := range pages {
		if _, ok := slices.BinarySearchFunc(l.Entries[:known], path, func(e Entry, path string) int { return cmp.Compare(e.Path, path) }); !ok {
			l.Entries = append(l.Entries, Entry{Path: path, Source: source})
		}
	}
	l.sort()
}

// isHome reports whether an address can be that of a home page.
func isHome(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && strings.HasSuffix(u.Path, "/") && u.RawQuery == "" && u.Fragment == "" && u.String() == address
}

// below lists the addresses that are published below a folder, as far as the
// list knows, and what stands behind the folder in each. The folder itself is
// none of them.
func (l *List) below(folder string) (paths, rests []string, err error) {
	for _, e := range l.Entries {
		if rest, ok := strings.CutPrefix(e.Path, folder); ok && rest != "" && e.To == "" && !e.Gone {
			paths, rests = append(paths, e.Path), append(rests, rest)
		}
	}
	if len(paths) == 0 || !strings.HasSuffix(folder, "/") {
		return nil, nil, fmt.Errorf("the list has no published address %s*", folder)
	}
	return paths, rests, nil
}

// Move says that an address leads to another from now on. Whatever led to the
// old address leads to the new one, in one step. A page that moves back takes
// its address back. A star at the end of from moves all addresses below a
// folder; one at the end of to stands for what the star in from stood for.
func (l *List) Move(from, to string) error {
	if folder, ok := strings.CutSuffix(from, "*"); ok {
		paths, rests, err := l.below(folder)
		if err != nil {
			return err
		}
		for i, path := range paths {
			target := to
			if base, ok := strings.CutSuffix(to, "*"); ok {
				target = base + rests[i]
			}
			if err := l.Move(path, target); err != nil {
				return err
			}
		}
		return nil
	}
	if why := cmp.Or(Wrong(from), wrongTarget(to)); why != "" {
		return errors.New(why)
	}
	path, _, _ := strings.Cut(to, "#")
	if e := l.find(path); e != nil && e.To == from {
		e.To = ""
	} else if e != nil && e.To != "" {
		to = e.To
		path, _, _ = strings.Cut(to, "#")
	} else if e != nil && e.Gone {
		return fmt.Errorf("%s was retracted: nothing can move there", path)
	}
	if path == from {
		return fmt.Errorf("%s cannot move to itself", from)
	}
	old := l.entry(from)
	old.To, old.Source, old.Gone = to, "", false
	for i, e := range l.Entries {
		if was, _, _ := strings.Cut(e.To, "#"); was == from {
			l.Entries[i].To = to
		}
	}
	return nil
}

// Retract says that an address, and all that led to it, is gone for good. A star
// at its end retracts all addresses below a folder.
func (l *List) Retract(path string) error {
	if folder, ok := strings.CutSuffix(path, "*"); ok {
		paths, _, err := l.below(folder)
		if err != nil {
			return err
		}
		for _, path := range paths {
			if err := l.Retract(path); err != nil {
				return err
			}
		}
		return nil
	}
	if why := Wrong(path); why != "" {
		return errors.New(why)
	}
	e := l.entry(path)
	e.To, e.Source, e.Gone = "", "", true
	for i, e := range l.Entries {
		if to, _, _ := strings.Cut(e.To, "#"); to == path {
			l.Entries[i].To, l.Entries[i].Gone = "", true
		}
	}
	return nil
}

// The longest name that file systems take, and the longest address that every
// host takes in a redirect, both in bytes.
const maxName, maxPath = 255, 900

// Wrong says what is wrong with an address, "" when nothing is. It is a path
// that means the same on every host: it begins with a slash, and has letters and
// digits of any script, and - . _ ~ besides.
func Wrong(path string) string {
	switch {
	case !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//"):
		return fmt.Sprintf("the address %q does not begin with one slash", clip(path))
	case !utf8.ValidString(path):
		return fmt.Sprintf("the address %q is not UTF-8", clip(path))
	case len(path) > maxPath:
		return fmt.Sprintf("the address %q has %d bytes, more than %d", clip(path), len(path), maxPath)
	}
	for _, r := range path {
		if r != '/' && !strings.ContainsRune("-._~", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			return fmt.Sprintf("the address %q has the character %q; letters, digits and - . _ ~ are safe everywhere", clip(path), r)
		}
	}
	for _, name := range strings.Split(strings.Trim(path, "/"), "/") {
		switch {
		case name == "." || name == "..":
			return fmt.Sprintf("the address %q has a part %q", clip(path), name)
		case name == "" && path != "/":
			return fmt.Sprintf("the address %q has two slashes in a row", clip(path))
		case len(name) > maxName:
			return fmt.Sprintf("the address %q has a part of %d bytes, more than %d", clip(path), len(name), maxName)
		}
	}
	return ""
}

// wrongTarget is Wrong for where an address leads: a path, with a fragment if
// need be, or a whole URL of another site.
func wrongTarget(to string) string {
	if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://") {
		u, err := url.Parse(to)
		if err != nil || u.Host == "" || u.User != nil || strings.ContainsFunc(to, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"'`$\\{}<>", r) }) {
			return fmt.Sprintf("%q is no URL that can be written in a header", clip(to))
		}
		return ""
	}
	path, fragment, _ := strings.Cut(to, "#")
	if why := Wrong(path); why != "" {
		return why
	}
	if fragment != "" {
		return Wrong("/" + fragment)
	}
	return ""
}

func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
