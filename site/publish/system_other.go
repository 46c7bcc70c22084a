//go:build !linux && !darwin

package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// exchange does not exist here: the caller renames twice.
func exchange(_, _ string) error { return errors.ErrUnsupported }

// replaceEmpty moves a folder to a path that is free or an empty folder. The
// empty folder is missing for a moment.
func replaceEmpty(from, to string) error {
	if info, err := os.Lstat(to); err == nil && info.IsDir() {
		if err := os.Remove(to); err != nil { // refuses a folder with something in it
			return err
		}
	}
	return os.Rename(from, to)
}

// syncTree puts every file on the disk.
func syncTree(ctx context.Context, dir string, m Manifest) error {
	paths := []string{ManifestName}
	for _, f := range m.Files {
		paths = append(paths, f.Path)
	}
	return parallel(ctx, len(paths), func() func(int) error {
		return func(i int) error {
			// Windows flushes no file that is open for reading only.
			f, err := os.OpenFile(filepath.Join(dir, filepath.FromSlash(paths[i])), os.O_RDWR, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			return f.Sync()
		}
	})
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it has no such operation
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// isMountPoint cannot tell here; the swap fails with its own message.
func isMountPoint(string) (bool, error) { return false, nil }

// writable cannot tell here; the swap fails with its own message.
func writable(string) error { return nil }

// changeTime is not known everywhere: size and time of writing must do.
func changeTime(fs.FileInfo) time.Time { return time.Time{} }

// spread is for ext4.
func spread(string) {}
