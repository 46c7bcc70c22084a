package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// The test binary is its own child: it publishes version after version until
// it is killed.
const childDest = "PUBLISH_CHILD_DEST"

func TestMain(m *testing.M) {
	if dest := os.Getenv(childDest); dest != "" {
		if err := publishForever(dest); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

const childFiles = 60

func publishForever(dest string) error {
	for version := os.Getpid() * 1000; ; version++ {
		s, err := Open(context.Background(), Options{Dest: dest})
		if err != nil {
			return err
		}
		for i := range childFiles {
			dir := filepath.Join(s.Dir(), fmt.Sprint("page", i))
			if err := os.Mkdir(dir, 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "index.html"), fmt.Append(nil, version), 0o666); err != nil {
				return err
			}
		}
		if _, err := s.Commit(context.Background()); err != nil {
			return err
		}
		fmt.Println(version)
	}
}

// A process that is killed leaves one version, whole, and the next one cleans up.
func TestKill(t *testing.T) {
	dest := fresh(t)
	hidden := filepath.Join(filepath.Dir(dest), ".public.clinicblog")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]int{}
	for range 40 {
		child := exec.Command(exe)
		child.Env = append(os.Environ(), childDest+"="+dest)
		var stderr strings.Builder
		child.Stderr = &stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil { // it has published once
			t.Fatalf("the child says: %s", stderr.String())
		}
		time.Sleep(rand.N(40 * time.Millisecond))
		child.Process.Kill()
		child.Wait()

		entries, err := os.ReadDir(hidden)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		state := "no stage"
		for _, e := range entries { // the last in the alphabet says how far it came
			if name, _, numbered := strings.Cut(e.Name(), "-"); numbered {
				state = name
			}
		}
		left[state]++

		m, err := Load(dest)
		if err != nil {
			t.Fatal(err)
		}
		if changes, err := Compare(dest, m); err != nil || len(changes) != 0 || len(m.Files) != childFiles {
			t.Fatalf("after a kill %d files are published, and %v differ from the manifest: %v", len(m.Files), changes, err)
		}
		versions := map[string]bool{}
		for _, text := range read(t, dest) {
			versions[text] = true
		}
		if len(versions) != 1 {
			t.Fatalf("after a kill the versions %v are published together", versions)
		}
	}
	t.Logf("the kills left: %v", left)
	if left["build"] == 0 {
		t.Error("no kill hit a build at work")
	}
	publish(t, dest, two)
	wantSite(t, dest, two)
	wantNothingElse(t, dest)
}

// A reader finds a site at every moment, and never two mixed.
func TestReaders(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("this system cannot exchange two folders")
	}
	dest := fresh(t)
	version := func(v int) map[string]string {
		return map[string]string{"index.html": strconv.Itoa(v), "css/main.css": strconv.Itoa(v)}
	}
	publish(t, dest, version(0))
	var stop atomic.Bool
	var looks int
	var wg sync.WaitGroup
	wg.Go(func() {
		for !stop.Load() {
			if _, err := os.ReadFile(filepath.Join(dest, "index.html")); err != nil {
				t.Errorf("read by path: %v", err)
				return
			}
			looks++
			root, err := os.OpenRoot(dest)
			if err != nil {
				t.Errorf("open the site: %v", err)
				return
			}
			page, perr := root.ReadFile("index.html")
			style, serr := root.ReadFile("css/main.css")
			root.Close()
			// The old site goes away below a reader who has it open.
			if perr == nil && serr == nil && string(page) != string(style) {
				t.Errorf("a page of version %s with a style of version %s", page, style)
			}
		}
	})
	for v := range 200 {
		publish(t, dest, version(v+1))
	}
	stop.Store(true)
	wg.Wait()
	if looks < 200 {
		t.Errorf("only %d looks during 200 swaps", looks)
	}
}

func TestLocked(t *testing.T) {
	dest := fresh(t)
	s := open(t, dest)
	_, err := Open(t.Context(), Options{Dest: dest})
	var locked *LockedError
	if !errors.As(err, &locked) {
		t.Fatalf("a second Open gives %v, want a LockedError", err)
	}
	if runtime.GOOS != "windows" && (locked.PID != os.Getpid() || !strings.Contains(err.Error(), fmt.Sprintf("another build is publishing to %s (process %d)", dest, os.Getpid()))) {
		t.Errorf("a second Open gives %v, want one that names process %d", err, os.Getpid())
	}
	write(t, s.Dir(), one) // the second has not taken it away
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	publish(t, dest, one)
	wantSite(t, dest, one)
}

// The lock file comes and goes; still only one has it at a time.
func TestLockIsExclusive(t *testing.T) {
	dest := fresh(t)
	hidden := filepath.Join(filepath.Dir(dest), ".public.clinicblog")
	var holders, held atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 300 {
				l, err := acquire(hidden, dest)
				var locked *LockedError
				if errors.As(err, &locked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n != 1 {
					t.Errorf("%d hold the lock", n)
				}
				held.Add(1)
				runtime.Gosched()
				holders.Add(-1)
				if err := l.release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if held.Load() < 8 {
		t.Errorf("the lock was held %d times", held.Load())
	}
	wantNothingElse(t, dest)
}
