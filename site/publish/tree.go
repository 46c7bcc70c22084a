package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// entry is one name in a tree.
type entry struct {
	path string // relative, with slashes
	info fs.FileInfo
}

// list returns what lies below dir: the files and everything else that is no
// folder, and the folders, a parent before what is in it. What goes away
// meanwhile is left out.
func list(dir string) (files, dirs []entry, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if path == dir {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		e := entry{filepath.ToSlash(path[len(dir)+1:]), info}
		if d.IsDir() {
			dirs = append(dirs, e)
		} else {
			files = append(files, e)
		}
		return nil
	})
	return files, dirs, err
}

// sum is the content of one file.
type sum struct {
	size int64
	hex  string // "" if the file is gone
}

// hashAll reads files below dir, as many at once as there are processors.
func hashAll(ctx context.Context, dir string, paths []string) ([]sum, error) {
	sums := make([]sum, len(paths))
	err := parallel(ctx, len(paths), func() func(int) error {
		hash, buf := sha256.New(), make([]byte, 64<<10)
		return func(i int) error {
			f, err := os.Open(filepath.Join(dir, paths[i]))
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			defer f.Close()
			hash.Reset()
			for {
				n, err := f.Read(buf)
				hash.Write(buf[:n])
				sums[i].size += int64(n)
				if err == io.EOF {
					break
				}
				if err != nil {
					return err
				}
			}
			sums[i].hex = hex.EncodeToString(hash.Sum(nil))
			return nil
		}
	})
	return sums, err
}

// parallel calls do(0) to do(n-1), with a do of its own for every processor.
func parallel(ctx context.Context, n int, worker func() func(i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		g.Go(func() error {
			do := worker()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := do(i); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}

// seen is what one look at a published folder has found.
type seen struct {
	manifest *Manifest              // nil if there is none that can be read
	manInfo  fs.FileInfo            // of the manifest's file
	ours     map[string]fs.FileInfo // the files that are as the manifest says
	invalid  bool                   // there is a manifest that cannot be read
}

// inspect compares a folder with the manifest in it. Files that have not been
// touched since before are not read again. A folder that does not exist is
// like an empty one.
func inspect(ctx context.Context, dir string, before seen) (seen, []Change, error) {
	files, _, err := list(dir)
	if err != nil {
		return seen{}, nil, err
	}
	var now seen
	for i, f := range files {
		if f.path != ManifestName || !f.info.Mode().IsRegular() {
			continue
		}
		files = slices.Delete(files, i, i+1)
		now.manInfo = f.info
		if untouched(before.manInfo, f.info) {
			now.manifest, now.invalid = before.manifest, before.invalid
		} else if m, err := Load(dir); err == nil {
			now.manifest = &m
		} else {
			now.invalid = true
		}
		break
	}
	var m Manifest
	if now.manifest != nil {
		m = *now.manifest
	}
	var changes []Change
	now.ours, changes, err = compare(ctx, dir, files, m, before.ours)
	return now, changes, err
}

// compare tells the files that are as the manifest says from the changes.
func compare(ctx context.Context, dir string, files []entry, m Manifest, known map[string]fs.FileInfo) (map[string]fs.FileInfo, []Change, error) {
	want := make(map[string]File, len(m.Files))
	for _, f := range m.Files {
		want[f.Path] = f
	}
	ours := make(map[string]fs.FileInfo, len(files))
	var changes []Change
	var unread []entry
	for _, f := range files {
		w, listed := want[f.path]
		delete(want, f.path)
		switch {
		case f.path == ManifestName && f.info.Mode().IsRegular():
		case !listed:
			changes = append(changes, Change{f.path, Added})
		case !f.info.Mode().IsRegular() || f.info.Size() != w.Size:
			changes = append(changes, Change{f.path, Edited})
		case untouched(known[f.path], f.info):
			ours[f.path] = f.info
		default:
			unread = append(unread, f)
			want[f.path] = w
		}
	}
	paths := make([]string, len(unread))
	for i, f := range unread {
		paths[i] = f.path
	}
	sums, err := hashAll(ctx, dir, paths)
	if err != nil {
		return nil, nil, err
	}
	for i, f := range unread {
		switch w := want[f.path]; sums[i].hex {
		case w.SHA256:
			ours[f.path] = f.info
			delete(want, f.path)
		case "":
		default:
			changes = append(changes, Change{f.path, Edited})
			delete(want, f.path)
		}
	}
	for path := range want {
		changes = append(changes, Change{path, Missing})
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return ours, changes, nil
}

// untouched reports whether a file is the one that was looked at, with nothing
// written to it since. The time of the last change of the inode counts where
// the system has one: it cannot be set back.
func untouched(before, now fs.FileInfo) bool {
	return before != nil && now != nil && os.SameFile(before, now) && before.Size() == now.Size() &&
		before.ModTime().Equal(now.ModTime()) && before.Mode() == now.Mode() && changeTime(before) == changeTime(now)
}

// foreign makes an error of the changes that would be lost.
func foreign(dest string, changes []Change, now seen) error {
	changes = slices.DeleteFunc(changes, func(c Change) bool { return c.Kind == Missing })
	if len(changes) == 0 {
		return nil
	}
	return &ForeignError{
		Dest: dest, Files: changes[:min(shown, len(changes))], Count: len(changes),
		NotOurs: now.manifest == nil && !now.invalid, BadManifest: now.invalid,
	}
}
