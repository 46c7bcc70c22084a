package publish

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// ManifestName is the file in the published folder that lists all others.
const ManifestName = ".clinicblog.json"

// Manifest lists every file of a published site but itself, sorted by path. It
// carries no times and no host, so that two builds of the same sources have
// the same one.
type Manifest struct {
	Tool  string `json:"tool"`
	Files []File `json:"files"`
	// Made says with what and from which sources, in the words of whoever made
	// the site; empty when nobody said.
	Made json.RawMessage `json:"made,omitempty"`
	// Hosting is how the site is to be served, in the words of whoever made it;
	// empty when nobody said.
	Hosting json.RawMessage `json:"hosting,omitempty"`
}

// File is one published file.
type File struct {
	Path   string `json:"path"`   // relative to the site, with slashes
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // 64 hexadecimal digits, lower case
}

// Kind is how a file differs from what its manifest says.
type Kind string

const (
	Added   Kind = "added"   // not in the manifest
	Edited  Kind = "edited"  // other content
	Missing Kind = "missing" // in the manifest only
)

// Change is one difference between a folder and its manifest.
type Change struct {
	Path string
	Kind Kind
}

// String is the path, and the kind where it is more than an extra file.
func (c Change) String() string {
	if c.Kind == Added {
		return c.Path
	}
	return c.Path + " (" + string(c.Kind) + ")"
}

// Load reads the manifest of a published folder. The error is fs.ErrNotExist
// if there is none. Every path in the result is a clean one inside dir.
func Load(dir string) (Manifest, error) {
	b, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	m, err := parse(b)
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest of %s: %w", dir, err)
	}
	return m, nil
}

func parse(b []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return Manifest{}, err
	}
	for i, f := range m.Files {
		switch {
		case !filepath.IsLocal(filepath.FromSlash(f.Path)) || filepath.ToSlash(filepath.Clean(filepath.FromSlash(f.Path))) != f.Path || f.Path == ManifestName:
			return Manifest{}, fmt.Errorf("it names the path %q", f.Path)
		case i > 0 && m.Files[i-1].Path >= f.Path:
			return Manifest{}, fmt.Errorf("%q is not in its place", f.Path)
		case len(f.SHA256) != 64 || f.Size < 0:
			return Manifest{}, fmt.Errorf("size or hash of %q is none", f.Path)
		}
	}
	return m, nil
}

// encode writes one line a file, so that two manifests can be compared with diff.
func (m Manifest) encode() ([]byte, error) {
	tool, err := json.Marshal(m.Tool)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"tool\": %s, \"files\": [", tool)
	for i, f := range m.Files {
		line, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]")
	for _, part := range []struct {
		name string
		text json.RawMessage
	}{{"made", m.Made}, {"hosting", m.Hosting}} {
		if len(part.text) > 0 {
			fmt.Fprintf(&b, ",\n%q: ", part.name)
			if err := json.Compact(&b, part.text); err != nil {
				return nil, fmt.Errorf("encode %s: %w", part.name, err)
			}
		}
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

// Compare reports how the files of a folder differ from a manifest, sorted by
// path. It reads every file that has the size it should have. Empty folders,
// modes and times are no difference.
func Compare(dir string, m Manifest) ([]Change, error) {
	files, _, err := list(dir)
	if err != nil {
		return nil, fmt.Errorf("compare %s: %w", dir, err)
	}
	_, changes, err := compare(context.Background(), dir, files, m, nil)
	if err != nil {
		return nil, fmt.Errorf("compare %s: %w", dir, err)
	}
	return changes, nil
}

// seal makes the staged folder ready: plain files and folders with plain
// modes, no empty folders, and the manifest of it all.
func (s *Stage) seal(ctx context.Context) (Manifest, error) {
	dir := s.Dir()
	top, err := os.Stat(dir)
	if err != nil {
		return Manifest{}, err
	}
	// Mkdir has put the umask into this mode, which can only be read by setting it.
	mode := top.Mode().Perm()
	files, dirs, err := list(dir)
	if err != nil {
		return Manifest{}, err
	}
	used := map[string]bool{".": true}
	paths := make([]string, len(files))
	for i, f := range files {
		switch {
		case !f.info.Mode().IsRegular():
			return Manifest{}, fmt.Errorf("%s in the new site is a %s: only files and folders are published", f.path, kindOf(f.info.Mode()))
		case !utf8.ValidString(f.path):
			return Manifest{}, fmt.Errorf("the name %q in the new site is not UTF-8", f.path)
		case f.path == ManifestName:
			return Manifest{}, fmt.Errorf("the new site holds %s: that name is taken by the list of what was published", f.path)
		}
		for d := up(f.path); !used[d]; d = up(d) {
			used[d] = true
		}
		if want := mode &^ 0o111; f.info.Mode().Perm() != want {
			if err := os.Chmod(filepath.Join(dir, f.path), want); err != nil {
				return Manifest{}, err
			}
		}
		paths[i] = f.path
	}
	for _, d := range slices.Backward(dirs) {
		path := filepath.Join(dir, d.path)
		if !used[d.path] {
			err = os.Remove(path)
		} else if d.info.Mode().Perm() != mode {
			err = os.Chmod(path, mode)
		}
		if err != nil {
			return Manifest{}, err
		}
	}
	sums, err := hashAll(ctx, dir, paths)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Tool: s.tool, Made: s.Made, Hosting: s.Hosting, Files: make([]File, len(files))}
	for i, sum := range sums {
		m.Files[i] = File{Path: paths[i], Size: sum.size, SHA256: sum.hex}
	}
	slices.SortFunc(m.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	b, err := m.encode()
	if err != nil {
		return Manifest{}, err
	}
	name := filepath.Join(dir, ManifestName)
	if err := os.WriteFile(name, b, mode&^0o111); err != nil {
		return Manifest{}, errors.Join(err, os.Remove(name))
	}
	return m, nil
}

// up is the folder of a slash-separated path, "." at the top.
func up(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return "."
}

func kindOf(mode os.FileMode) string {
	if mode&os.ModeSymlink != 0 {
		return "symbolic link"
	}
	return "special file"
}
