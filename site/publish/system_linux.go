package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. Nobody sees either of them missing.
// The error is errors.ErrUnsupported where the file system cannot do it.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) { // what file systems say that know rename but not this flag
		return fmt.Errorf("exchange folders: %w (%w)", errors.ErrUnsupported, err)
	}
	if err != nil {
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

// syncTree puts everything that was written to the folder's file system on the
// disk. For 10,000 files of 20 kB that takes 0.3 s; an fsync for each of them
// takes 1.1 s with 8 threads, and 3.5 s with one.
func syncTree(_ context.Context, dir string, _ Manifest) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return os.NewSyscallError("syncfs", err)
	}
	return nil
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func isMountPoint(dir string) (bool, error) {
	var st unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, dir, unix.AT_SYMLINK_NOFOLLOW, 0, &st)
	if err != nil {
		return false, &os.PathError{Op: "statx", Path: dir, Err: err}
	}
	return st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0, nil
}

func writable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }

// changeTime is when the inode was last changed. No program can set it.
func changeTime(info fs.FileInfo) time.Time {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(st.Ctim.Unix())
	}
	return time.Time{}
}

// topDir is FS_TOPDIR_FL of linux/fs.h, the T of chattr(1).
const topDir = 0x00020000

// spread asks the file system to put each folder in dir far from the others.
// An ext4 without a journal, as in many micro virtual machines, does not use
// the inode of a deleted file again for one to six minutes: beside a site that
// was deleted it looks at thousands of them for every new file (find_inode_bit
// in fs/ext4/ialloc.c). A build that follows another one then spends 1 ms more
// of processor time on each page, ten times what making the page takes.
// Everywhere else the request costs nothing and helps little.
func spread(dir string) {
	f, err := os.Open(dir)
	if err != nil {
		return
	}
	defer f.Close()
	if flags, err := unix.IoctlGetUint32(int(f.Fd()), unix.FS_IOC_GETFLAGS); err == nil {
		_ = unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, int(flags|topDir))
	}
}
