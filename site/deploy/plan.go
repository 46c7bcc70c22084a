package deploy

import (
	"path"
	"slices"
	"strings"
)

// plan is what has to change at a target.
type plan struct {
	uploads   []File // sorted by path
	added     map[string]bool
	deletes   []string // sorted
	unchanged int
	// before are the paths that a deploy which died may have changed.
	before []string
}

// makePlan compares what is there with what shall be. What a deploy that died
// meant to change is unknown; arrived tells whether the target has a file's
// bytes. Those prove that it arrived as it should only where the file before
// had others: a file that got new headers alone is sent again.
func makePlan(there []File, died claim, files []File, arrived func(File) bool) plan {
	known, unknown, intended := map[string]File{}, map[string]bool{}, map[string]File{}
	p := plan{added: map[string]bool{}}
	for _, f := range there {
		known[f.Path] = f
	}
	for _, f := range died.Files {
		unknown[f.Path], intended[f.Path] = true, f
		p.before = append(p.before, f.Path)
	}
	for _, name := range died.Deletes {
		unknown[name] = true
		p.before = append(p.before, name)
	}
	wanted := map[string]bool{}
	for _, f := range files {
		wanted[f.Path] = true
		old, had := known[f.Path]
		switch {
		case !unknown[f.Path] && had && old == f,
			unknown[f.Path] && intended[f.Path] == f && (!had || old.SHA256 != f.SHA256) && arrived(f):
			p.unchanged++
		default:
			p.uploads = append(p.uploads, f)
			p.added[f.Path] = !had && !unknown[f.Path]
		}
	}
	for _, names := range []map[string]bool{keys(known), unknown} {
		for name := range names {
			if !wanted[name] {
				p.deletes = append(p.deletes, name)
			}
		}
	}
	slices.Sort(p.deletes)
	p.deletes = slices.Compact(p.deletes)
	return p
}

func keys(m map[string]File) map[string]bool {
	set := map[string]bool{}
	for k := range m {
		set[k] = true
	}
	return set
}

func (p plan) result() Result {
	r := Result{Deleted: p.deletes, Unchanged: p.unchanged}
	for _, f := range p.uploads {
		r.Bytes += f.Size
		if p.added[f.Path] {
			r.Added = append(r.Added, f.Path)
		} else {
			r.Changed = append(r.Changed, f.Path)
		}
	}
	return r
}

// claim says what the plan will change, and all that a deploy before it may
// have changed: of that nothing is known until this one has ended.
func (p plan) claim(id string, died claim) *claim {
	c := &claim{ID: id, Files: slices.Clone(p.uploads), Deletes: slices.Clone(p.deletes)}
	earlier := map[string]File{}
	for _, f := range died.Files {
		earlier[f.Path] = f
	}
	said := map[string]bool{}
	for i, f := range p.uploads {
		said[f.Path] = true
		// Of bytes that were to be sent with two kinds of headers, nothing will
		// tell with which they arrived.
		if e, ok := earlier[f.Path]; ok && e != f && (e.SHA256 == f.SHA256 || e.SHA256 == "") {
			c.Files[i].SHA256 = ""
		}
	}
	for _, name := range p.deletes {
		said[name] = true
	}
	for _, f := range died.Files {
		if !said[f.Path] {
			c.Files = append(c.Files, f)
		}
	}
	return c
}

// phases are the uploads in the order in which they may arrive.
func (p plan) phases() [][]File {
	const needed, fresh, page, listing = 0, 1, 2, 3
	phases := make([][]File, 4)
	for _, f := range p.uploads {
		n := needed
		kind, _, _ := strings.Cut(f.ContentType, ";")
		base := path.Base(f.Path)
		switch {
		case strings.HasSuffix(kind, "xml") && kind != "image/svg+xml", kind == "application/feed+json", base == "robots.txt", strings.HasPrefix(base, "_"), strings.HasPrefix(base, "."):
			n = listing
		case (kind == "text/html" || kind == "text/markdown") && p.added[f.Path]:
			n = fresh
		case kind == "text/html", kind == "text/markdown":
			n = page
		}
		phases[n] = append(phases[n], f)
	}
	return phases
}

// touched are the paths whose content a cache in front of the target may have
// in an older state, sorted.
func (p plan) touched() []string {
	var names []string
	for _, f := range p.uploads {
		if !strings.Contains(f.CacheControl, "immutable") {
			names = append(names, f.Path)
		}
	}
	names = slices.Concat(names, p.deletes, p.before)
	slices.Sort(names)
	return slices.Compact(names)
}
