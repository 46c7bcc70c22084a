package triage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clinicblog/site/diag"

	"github.com/rogpeppe/go-internal/diff"
)

// Mending is what the edits of findings make of the sources.
type Mending struct {
	// Skipped tells of edits that are not made, and why.
	Skipped []string
	changes []change
	root    string
}

type change struct {
	file     string
	mode     fs.FileMode
	old, new []byte
}

// Mend works out the edits of the findings that count, and of those that the
// baseline knows. root is the project's folder. Nothing outside content/ and
// data/ is edited, no symbolic link is followed, and an edit is made only where
// its old text still stands.
func Mend(root string, ds []diag.Diagnostic) (Mending, error) {
	m := Mending{root: root}
	edits := map[string][][]diag.Edit{} // by file, those of each finding
	var files []string
	for _, d := range ds {
		if d.Allowed != "" {
			continue
		}
		parts := map[string][]diag.Edit{}
		for _, e := range d.Edits {
			parts[e.Pos.File] = append(parts[e.Pos.File], e)
		}
		for file, part := range parts {
			if edits[file] == nil {
				files = append(files, file)
			}
			if !slices.ContainsFunc(edits[file], func(other []diag.Edit) bool { return slices.Equal(other, part) }) {
				edits[file] = append(edits[file], part)
			}
		}
	}
	slices.Sort(files)
	for _, file := range files {
		mode, why, err := m.editable(file)
		if err != nil {
			return Mending{}, err
		}
		if why != "" {
			m.Skipped = append(m.Skipped, fmt.Sprintf("%s: %s", file, why))
			continue
		}
		old, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			return Mending{}, fmt.Errorf("read source: %w", err)
		}
		if c := (change{file: file, mode: mode, old: old, new: m.apply(old, edits[file])}); !bytes.Equal(c.old, c.new) {
			m.changes = append(m.changes, c)
		}
	}
	return m, nil
}

// editable tells the mode of a file, or why it is not to be edited.
func (m *Mending) editable(file string) (mode fs.FileMode, why string, err error) {
	top, _, _ := strings.Cut(file, "/")
	if !fs.ValidPath(file) || top != "content" && top != "data" {
		return 0, "only content/ and data/ are edited", nil
	}
	at := m.root
	for part := range strings.SplitSeq(file, "/") {
		at = filepath.Join(at, part)
		info, err := os.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return 0, "it does not exist any more", nil
		case err != nil:
			return 0, "", fmt.Errorf("look at source: %w", err)
		case info.Mode()&fs.ModeSymlink != 0:
			return 0, "a symbolic link is not followed", nil
		}
		mode = info.Mode()
	}
	if !mode.IsRegular() {
		return 0, "it is no regular file", nil
	}
	return mode.Perm(), "", nil
}

// apply makes the edits of one file. Those of one finding are made together or not
// at all: half of them would leave a comment open.
func (m *Mending) apply(src []byte, findings [][]diag.Edit) []byte {
	lines := []int{0}
	for i, c := range src {
		if c == '\n' {
			lines = append(lines, i+1)
		}
	}
	// The line after a last line that no newline ends begins where the file ends.
	beyond := func(e diag.Edit) bool {
		return e.Pos.Line == len(lines)+1 && e.Pos.Col == 1 && lines[len(lines)-1] < len(src)
	}
	offset := func(e diag.Edit) int {
		switch {
		case beyond(e):
			return len(src)
		case e.Pos.Line < 1 || e.Pos.Line > len(lines) || e.Pos.Col < 1:
			return -1
		}
		return lines[e.Pos.Line-1] + e.Pos.Col - 1
	}
	slices.SortStableFunc(findings, func(a, b []diag.Edit) int { return offset(a[0]) - offset(b[0]) })
	var made []diag.Edit
	why := func(e diag.Edit) string {
		at := offset(e)
		if at < 0 || at+len(e.Old) > len(src) || string(src[at:at+len(e.Old)]) != e.Old {
			return "the text to be replaced does not stand there"
		}
		for _, other := range made {
			if start := offset(other); other != e && at < start+len(other.Old) && start < at+len(e.Old) {
				return "another edit touches the same text; run --fix again"
			}
		}
		return ""
	}
	for _, edits := range findings {
		skip := false
		for _, e := range edits {
			if reason := why(e); reason != "" {
				m.Skipped = append(m.Skipped, fmt.Sprintf("%s: %s", e.Pos, reason))
				skip = true
				break
			}
		}
		for _, e := range edits {
			if !skip && !slices.Contains(made, e) {
				made = append(made, e)
			}
		}
	}
	slices.SortStableFunc(made, func(a, b diag.Edit) int { return offset(a) - offset(b) })
	var out bytes.Buffer
	done := 0
	for _, e := range made {
		at := offset(e)
		out.Write(src[done:at])
		if beyond(e) {
			out.WriteByte('\n')
		}
		out.WriteString(e.New)
		done = at + len(e.Old)
	}
	out.Write(src[done:])
	return out.Bytes()
}

// Files are the files that would change.
func (m Mending) Files() []string {
	var files []string
	for _, c := range m.changes {
		files = append(files, c.file)
	}
	return files
}

// Diff shows the changes, as patch reads them.
func (m Mending) Diff() []byte {
	var b bytes.Buffer
	for _, c := range m.changes {
		// The line "diff a b" would be one more name to read.
		_, hunks, _ := bytes.Cut(diff.Diff("a/"+c.file, c.old, "b/"+c.file, c.new), []byte("\n"))
		b.Write(hunks)
	}
	return b.Bytes()
}

// Write replaces each file in one step. A file that changed since Mend read it
// is left as it is, and is an error.
func (m Mending) Write() error {
	for _, c := range m.changes {
		name := filepath.Join(m.root, filepath.FromSlash(c.file))
		if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, c.old) {
			return fmt.Errorf("write %s: it changed meanwhile: run --fix again", c.file)
		}
		if err := Replace(name, c.new, c.mode); err != nil {
			return fmt.Errorf("write %s: %w", c.file, err)
		}
	}
	return nil
}

// Replace writes a file beside name and puts it in its place: whatever happens,
// name is what it was or what it is to be.
func Replace(name string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".clinicblog-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
