package publish

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// retire deletes a site that is no longer published: every file that is as its
// manifest says, one by one, and the folders that are empty by then. What is
// left came from others. It is moved to kept-N and reported, so that even a
// file that was written a moment ago is not lost. The manifest goes last: when
// a build is killed here, the next Open goes on.
//
// Files that have not been touched since they were seen are not read again.
func (s *Stage) retire(old string, before seen) *KeptError {
	err := removeOurs(old, before.ours)
	left, lerr := sweep(old)
	if len(left) > 0 {
		// After a kill nothing has been seen; and a file may have been
		// touched, but not changed.
		now, _, ierr := inspect(context.Background(), old, seen{})
		err = errors.Join(ierr, removeOurs(old, now.ours))
		left, lerr = sweep(old)
	}
	err = errors.Join(err, lerr)
	manifest := filepath.Join(old, ManifestName)
	if err == nil && len(left) == 0 {
		if err = remove(manifest); err == nil {
			if err = os.Remove(old); err == nil {
				return nil
			}
		}
		left, _ = sweep(old) // what came in just now
	}
	if len(left) > 0 && isNotEmpty(err) {
		err = nil
	}
	kept := filepath.Join(s.hidden, strings.Replace(filepath.Base(old), "old-", "kept-", 1))
	if rerr := os.Rename(old, kept); rerr != nil {
		kept, err = old, errors.Join(err, rerr)
	} else if err == nil {
		err = remove(filepath.Join(kept, ManifestName))
	}
	return &KeptError{Dest: s.dest, Folder: kept, Files: left[:min(shown, len(left))], Count: len(left), Err: err}
}

// removeOurs deletes the files of a folder that are still the ones seen, folder
// by folder and as many at once as there are processors. A symbolic link that
// was put in a folder's place leads to other files than those, so what is
// behind it stays. It goes on after an error and returns the first.
func removeOurs(dir string, ours map[string]fs.FileInfo) error {
	inFolder := map[string][]string{}
	for path := range ours {
		inFolder[up(path)] = append(inFolder[up(path)], path)
	}
	folders := slices.Collect(maps.Keys(inFolder))
	var first error
	var once sync.Once
	_ = parallel(context.Background(), len(folders), func() func(int) error {
		return func(i int) error {
			for _, path := range inFolder[folders[i]] {
				file := filepath.Join(dir, path)
				now, err := os.Lstat(file)
				if err == nil && untouched(ours[path], now) {
					err = os.Remove(file)
				}
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					once.Do(func() { first = err })
				}
			}
			if folders[i] != "." {
				_ = os.Remove(filepath.Join(dir, folders[i])) // sweep knows why, if it stays
			}
			return nil
		}
	})
	return first
}

// sweep removes the empty folders of a tree and returns the files that are
// left in it, but for the manifest.
func sweep(dir string) (left []string, err error) {
	files, dirs, err := list(dir)
	for _, d := range slices.Backward(dirs) {
		_ = os.Remove(filepath.Join(dir, d.path)) // it is not empty, or it is kept with the rest
	}
	for _, f := range files {
		if f.path != ManifestName {
			left = append(left, f.path)
		}
	}
	return left, err
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
