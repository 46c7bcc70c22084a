package finish

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnlyFile finishes a file of mode 0444, as its owner. Modes stop root
// nowhere, so root becomes someone else for the time being.
func TestReadOnlyFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.json")
	if err := os.WriteFile(name, []byte("{ }"), 0o444); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		const nobody = 65534
		for _, name := range []string{filepath.Dir(dir), dir, name} {
			if err := os.Chown(name, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Fatal(err)
		}
		defer syscall.Setfsuid(0)
	}
	if f, err := os.OpenFile(name, os.O_RDWR, 0); !errors.Is(err, os.ErrPermission) {
		f.Close()
		t.Fatalf("the file can be written: %v", err)
	}
	w := newWorker(newStamps())
	changed, err := w.edit(name, func([]byte) ([]byte, error) { return []byte("{}"), nil })
	if !changed || err != nil {
		t.Errorf("changed %v, error %v", changed, err)
	}
}

func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=64k"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("a small disk needs the right to mount: %v", err)
		}
		t.Skipf("a small disk needs the right to mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	put(t, dir, "a/index.html", "<head></head>")
	graph := `{"a":"` + strings.Repeat("x", 100_000) + `"}`
	_, _, err := Run(context.Background(), Options{Dir: dir, Graph: func(string) ([]byte, error) { return []byte(graph), nil }})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "a/index.html") {
		t.Errorf("got %v, want ENOSPC with the name of the file", err)
	}
}
