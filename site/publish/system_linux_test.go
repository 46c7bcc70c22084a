package publish

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const inChild = "PUBLISH_TEST_CHILD"

// again runs the calling test in a child process, and reports whether this is
// the child. In the parent it returns when the child has ended.
func again(t *testing.T, attr *syscall.SysProcAttr) bool {
	t.Helper()
	if os.Getenv(inChild) == t.Name() {
		return true
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(exe, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), inChild+"="+t.Name())
	child.SysProcAttr = attr
	out, err := child.CombinedOutput()
	switch {
	case err != nil && len(out) == 0:
		cannot(t, "start a child: %v", err)
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("%s", out)
	}
	return false
}

// cannot skips a test that this machine cannot run. The gate runs them all.
func cannot(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// smallDisk runs the calling test in a child with a mount table of its own, and
// gives it a file system of 1 MB there.
func smallDisk(t *testing.T) (dir string, child bool) {
	t.Helper()
	attr := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	if !again(t, attr) {
		return "", false
	}
	dir = t.TempDir()
	err := errors.Join(
		unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""),
		unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"))
	if err != nil {
		cannot(t, "mount a small disk: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir, true
}

func TestFullDisk(t *testing.T) {
	dir, child := smallDisk(t)
	if !child {
		return
	}
	dest := filepath.Join(dir, "public")
	publish(t, dest, one)
	s := open(t, dest)
	write(t, s.Dir(), two)
	filler := filepath.Join(s.Scratch(), "filler")
	if err := os.WriteFile(filler, make([]byte, 2<<20), 0o666); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if _, err := s.Commit(t.Context()); !errors.Is(err, unix.ENOSPC) {
		t.Errorf("Commit gives %v, want ENOSPC", err)
	}
	wantSite(t, dest, one)
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	wantNothingElse(t, dest)
	publish(t, dest, two)
	wantSite(t, dest, two)
}

func TestReadOnlyDisk(t *testing.T) {
	dir, child := smallDisk(t)
	if !child {
		return
	}
	dest := filepath.Join(dir, "public")
	publish(t, dest, one)
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Options{Dest: dest})
	var bad *DestError
	if !errors.As(err, &bad) || !errors.Is(err, unix.EROFS) || bad.Path != dest {
		t.Errorf("Open gives %v, want a DestError for %s with EROFS", err, dest)
	}
	wantSite(t, dest, one)
	_, err = Open(t.Context(), Options{Dest: filepath.Join(dir, "new")})
	if !errors.As(err, &bad) || bad.Path != dir {
		t.Errorf("Open of a new folder gives %v, want a DestError for %s", err, dir)
	}
}

func TestMountPoint(t *testing.T) {
	dir, child := smallDisk(t)
	if !child {
		return
	}
	// A folder mounted on itself: same file system, and still not to be moved.
	bound := filepath.Join(dir, "bound")
	if err := os.Mkdir(bound, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(bound, bound, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	for _, dest := range []string{dir, bound} {
		_, err := Open(t.Context(), Options{Dest: dest})
		if err == nil || !strings.Contains(err.Error(), "is a mount point") {
			t.Errorf("Open(%s) gives %v, want one that says it is a mount point", dest, err)
		}
	}
	inside := filepath.Join(bound, "public")
	publish(t, inside, one)
	publish(t, inside, two)
	wantSite(t, inside, two)

	// Mounted while the build runs: the system says so at the swap.
	s := open(t, inside)
	write(t, s.Dir(), one)
	if err := unix.Mount(inside, inside, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	var bad *DestError
	if _, err := s.Commit(t.Context()); !errors.As(err, &bad) || bad.Path != inside {
		t.Errorf("Commit gives %v, want a DestError", err)
	}
	if err := s.Abort(); err != nil {
		t.Error(err)
	}
	wantSite(t, inside, two)
	wantNothingElse(t, inside)
}

// File modes stop nobody who is root, so the child is not.
func TestReadOnlyModes(t *testing.T) {
	if os.Getuid() == 0 {
		if !again(t, nil) {
			return
		}
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(65534), syscall.Setuid(65534)); err != nil {
			cannot(t, "drop root: %v", err)
		}
	}
	// The folder that t.TempDir is in belongs to root alone.
	parent, err := os.MkdirTemp("/tmp", "publish-modes-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(parent) })
	dest := filepath.Join(parent, "public")
	publish(t, dest, one)
	for dir, says := range map[string]string{dest: "is read-only", parent: "cannot take a new folder"} {
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), Options{Dest: dest})
		var bad *DestError
		if !errors.As(err, &bad) || bad.Path != dir || !strings.Contains(err.Error(), says) {
			t.Errorf("Open gives %v, want a DestError that says %s %s", err, dir, says)
		}
		wantSite(t, dest, one)
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		wantNothingElse(t, dest)
	}

	// A folder inside that refuses deletion: the new site is published, and
	// what is left of the old one is named.
	s := open(t, dest)
	write(t, s.Dir(), two)
	if err := os.Chmod(filepath.Join(dest, "a"), 0o555); err != nil {
		t.Fatal(err)
	}
	_, err = s.Commit(t.Context())
	var kept *KeptError
	if !errors.As(err, &kept) || kept.Err == nil || kept.Count == 0 {
		t.Fatalf("Commit gives %v, want a KeptError with a cause", err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(kept.Folder, "a"), 0o755) })
	wantSite(t, dest, two)
	publish(t, dest, one)
	wantSite(t, dest, one)
}

func TestSpecialFile(t *testing.T) {
	dest := fresh(t)
	s := open(t, dest)
	if err := unix.Mkfifo(filepath.Join(s.Dir(), "pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context()); err == nil || !strings.Contains(err.Error(), "pipe in the new site is a special file") {
		t.Errorf("Commit gives %v, want one that names the special file", err)
	}
}
