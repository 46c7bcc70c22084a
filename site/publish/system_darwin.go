package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. Nobody sees either of them missing.
// The error is errors.ErrUnsupported where the file system cannot do it, which
// is everywhere but on APFS.
func exchange(a, b string) error {
	if err := unix.RenamexNp(a, b, unix.RENAME_SWAP); err != nil {
		if errors.Is(err, unix.EINVAL) {
			err = errors.ErrUnsupported
		}
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// replaceEmpty moves a folder to a path that is free or an empty folder, in
// one step. os.Rename would refuse the empty folder.
func replaceEmpty(from, to string) error {
	if err := unix.Rename(from, to); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// syncTree hands every file to the drive. Only syncDir, which follows the
// swap, makes the drive empty its own cache: F_FULLFSYNC for each of thousands
// of files would take minutes.
func syncTree(ctx context.Context, dir string, m Manifest) error {
	paths := []string{ManifestName, "."}
	folders := map[string]bool{".": true}
	for _, f := range m.Files {
		paths = append(paths, f.Path)
		for d := up(f.Path); !folders[d]; d = up(d) {
			folders[d] = true
			paths = append(paths, d)
		}
	}
	err := parallel(ctx, len(paths), func() func(int) error {
		return func(i int) error {
			f, err := os.Open(filepath.Join(dir, filepath.FromSlash(paths[i])))
			if err != nil {
				return err
			}
			defer f.Close()
			return unix.Fsync(int(f.Fd()))
		}
	})
	if err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir is a F_FULLFSYNC: everything handed over so far is on the platter.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func isMountPoint(dir string) (bool, error) {
	var here, above unix.Stat_t
	if err := errors.Join(unix.Lstat(dir, &here), unix.Lstat(filepath.Dir(dir), &above)); err != nil {
		return false, &os.PathError{Op: "lstat", Path: dir, Err: err}
	}
	return here.Dev != above.Dev, nil
}

func writable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

// changeTime is when the inode was last changed. No program can set it.
func changeTime(info fs.FileInfo) time.Time {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(st.Ctimespec.Unix())
	}
	return time.Time{}
}

// spread is for ext4.
func spread(string) {}
