package diag

import (
	"bytes"
	"os"
	"path/filepath"
)

// Files reads the sources that findings are about, each once.
type Files struct {
	dir  string
	read map[string][][]byte
}

// NewFiles reads below a folder.
func NewFiles(dir string) *Files { return &Files{dir: dir, read: map[string][][]byte{}} }

// Line returns a line of a file, counted from 1, without its end; nil when there
// is none. It does not read outside the folder, nor what is no file.
func (f *Files) Line(file string, n int) []byte {
	if f == nil || n < 1 {
		return nil
	}
	lines, ok := f.read[file]
	if !ok {
		if name := filepath.FromSlash(file); filepath.IsLocal(name) {
			name = filepath.Join(f.dir, name)
			if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() {
				if src, err := os.ReadFile(name); err == nil {
					lines = bytes.Split(src, []byte("\n"))
				}
			}
		}
		f.read[file] = lines
	}
	if n > len(lines) {
		return nil
	}
	return bytes.TrimSuffix(lines[n-1], []byte("\r"))
}
