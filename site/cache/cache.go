// Package cache keeps what is slow to make between builds, in the user's cache
// folder, by a key that says all of what it is made from. Several builds may
// use a folder at the same time.
//
// It knows nothing of what it keeps: whoever reads an entry checks that it is
// whole. A cache that cannot be read or written costs time, not the site.
package cache

import (
	"os"
	"path/filepath"
	"time"
)

// Folder is a folder of entries; "" keeps nothing.
type Folder string

const (
	// unused is how long an entry stays that no build has asked for.
	unused = 30 * 24 * time.Hour
	// often is how far apart two looks at the whole folder are, and how old the
	// note of an entry's last use may get: a build writes no times for entries
	// that the build before it has used.
	often = 24 * time.Hour
)

// looked is a file whose time is that of the last look at the whole folder.
const looked = ".looked"

// Open returns the folder of a name in the user's cache folder, and deletes what
// no build has used for 30 days from it.
func Open(name string) Folder {
	user, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir := filepath.Join(user, "clinicblog", name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return ""
	}
	f := Folder(dir)
	f.prune(time.Now())
	return f
}

// Get returns an entry, and whether there is one.
func (f Folder) Get(key string) ([]byte, bool) {
	if f == "" {
		return nil, false
	}
	name := filepath.Join(string(f), key)
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > often {
		_ = os.Chtimes(name, time.Time{}, time.Now())
	}
	return data, true
}

// Put keeps an entry, whole or not at all, so that no other build reads half of
// it.
func (f Folder) Put(key string, data []byte) {
	if f == "" {
		return
	}
	file, err := os.CreateTemp(string(f), ".new-")
	if err != nil {
		return
	}
	_, err = file.Write(data)
	if cerr := file.Close(); err != nil || cerr != nil || os.Rename(file.Name(), filepath.Join(string(f), key)) != nil {
		os.Remove(file.Name())
	}
}

// prune deletes what was used for the last time 30 days before now, and what
// builds that were killed have left. One build a day looks; an entry that another
// build is about to read is made anew by that one.
func (f Folder) prune(now time.Time) {
	stamp := filepath.Join(string(f), looked)
	if info, err := os.Stat(stamp); err == nil && now.Sub(info.ModTime()).Abs() < often {
		return
	}
	if err := os.WriteFile(stamp, nil, 0o644); err != nil || os.Chtimes(stamp, time.Time{}, now) != nil {
		return
	}
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > unused {
			os.Remove(filepath.Join(string(f), e.Name()))
		}
	}
}
