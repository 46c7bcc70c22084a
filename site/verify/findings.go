package verify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

// maxPerRule bounds what is printed of one rule. A fault in a layout is on
// every page, and nobody reads ten thousand lines.
const maxPerRule = 50

// places remembers on how many files something is, and the first few. Files
// are added in ascending order.
type places struct {
	first [4]int32
	n     int
	last  int32
}

func (p *places) add(file int32) {
	if p.n > 0 && p.last == file {
		return
	}
	if p.n < len(p.first) {
		p.first[p.n] = file
	}
	p.n++
	p.last = file
}

// merge adds the places that another worker saw. No file is seen by two.
func (p *places) merge(q places) {
	all := append(slices.Clone(p.some()), q.some()...)
	slices.Sort(all)
	copy(p.first[:], all)
	p.n += q.n
}

func (p *places) some() []int32 { return p.first[:min(p.n, len(p.first))] }

// problem is what makes two findings the same: on every page but the first a
// problem is counted, not printed.
type problem struct {
	rule, target string
	file         int32 // -1 when the same target on another page is the same problem
}

type finding struct {
	info    *diag.Info
	message string
	places
}

type findings map[problem]*finding

// add records a problem that may come from a layout, and so be on many pages.
func (fs findings) add(file int32, info *diag.Info, target, format string, args ...any) {
	fs.record(problem{info.ID, target, -1}, file, info, format, args)
}

// addHere records a problem of one page.
func (fs findings) addHere(file int32, info *diag.Info, target, format string, args ...any) {
	fs.record(problem{info.ID, target, file}, file, info, format, args)
}

func (fs findings) record(key problem, file int32, info *diag.Info, format string, args []any) {
	f := fs[key]
	if f == nil {
		key.target = strings.Clone(key.target)
		f = &finding{info: info, message: fmt.Sprintf(format, args...)}
		fs[key] = f
	}
	f.add(file)
}

func (fs findings) merge(more findings) {
	for key, m := range more {
		f := fs[key]
		if f == nil {
			fs[key] = m
			continue
		}
		if m.first[0] < f.first[0] {
			f.message = m.message
		}
		f.places.merge(m.places)
	}
}

// diagnostics returns the findings in the order of their files.
func (fs findings) diagnostics(paths []string) []diag.Diagnostic {
	keys := slices.SortedFunc(maps.Keys(fs), func(a, b problem) int {
		return cmp.Or(
			cmp.Compare(fs[a].first[0], fs[b].first[0]),
			cmp.Compare(a.rule, b.rule),
			cmp.Compare(a.target, b.target),
			cmp.Compare(a.file, b.file),
		)
	})
	var ds []diag.Diagnostic
	count := map[string]int{}
	for _, key := range keys {
		f := fs[key]
		if count[key.rule]++; count[key.rule] > maxPerRule {
			continue
		}
		d := f.info.At(diag.Pos{File: paths[f.first[0]]}, "%s%s", f.message, f.elsewhere(paths))
		d.Target = key.target
		ds = append(ds, d)
	}
	for i := range Rules {
		if n := count[Rules[i].ID] - maxPerRule; n > 0 {
			ds = append(ds, Rules[i].At(diag.Pos{File: "."}, "%d more findings of this rule are not listed", n))
		}
	}
	diag.Sort(ds)
	return ds
}

func (p *places) elsewhere(paths []string) string {
	if p.n < 2 {
		return ""
	}
	names := make([]string, 0, len(p.first))
	for _, file := range p.some()[1:] {
		names = append(names, paths[file])
	}
	more := ""
	if p.n-1 > len(names) {
		more = ", …"
	}
	plural := "s"
	if p.n == 2 {
		plural = ""
	}
	return fmt.Sprintf(", and on %d more page%s (%s%s)", p.n-1, plural, strings.Join(names, ", "), more)
}
