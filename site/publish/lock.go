package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// lock is an exclusive hold on a destination. The kernel frees it when the
// process ends, however it ends.
type lock struct {
	hidden string
	file   *flock.Flock
}

// acquire makes the hidden folder and locks the file in it. A build that ends
// takes both away, so the file that was locked may no longer be the one that
// others will find: then it begins again.
func acquire(hidden, dest string) (*lock, error) {
	path := filepath.Join(hidden, "lock")
	for range 1000 {
		if err := makeHidden(hidden); err != nil {
			return nil, err
		}
		file := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
		held, err := file.TryLock()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, &DestError{Path: hidden, Problem: "cannot be locked", Remedy: "delete that folder, or make it writable for you", Err: err}
		}
		if !held {
			pid, _ := readPID(path)
			return nil, &LockedError{Dest: dest, PID: pid}
		}
		ours, err := file.Stat()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", dest, err), file.Unlock())
		}
		if there, err := os.Stat(path); err != nil || !os.SameFile(ours, there) {
			if err := file.Unlock(); err != nil {
				return nil, fmt.Errorf("lock %s: %w", dest, err)
			}
			continue
		}
		l := &lock{hidden, file}
		// Only a message needs the number: a disk without room for it can
		// still take a smaller site.
		_ = os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600)
		return l, nil
	}
	return nil, &LockedError{Dest: dest}
}

// makeHidden makes the folder if it is missing.
func makeHidden(hidden string) error {
	err := os.Mkdir(hidden, 0o700)
	if err == nil {
		spread(hidden)
		return nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return &DestError{Path: filepath.Dir(hidden), Problem: "cannot take a new folder", Remedy: "make it writable for you, or choose another destination", Err: err}
	}
	info, err := os.Lstat(hidden)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // acquire finds out, and begins again
	}
	if err == nil && !info.IsDir() {
		return &DestError{Path: hidden, Problem: "is not a folder", Remedy: "delete it: clinicblog works in a folder of that name"}
	}
	return err
}

func readPID(path string) (int, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(b)))
}

// release takes the lock file away while it is held, so that nobody can lock
// it in vain for longer than acquire expects, and the hidden folder too if
// nothing is kept in it.
func (l *lock) release() error {
	// Windows deletes no open file: there the file stays, unlocked.
	_ = os.Remove(l.file.Path())
	_ = os.Remove(l.hidden)
	if err := l.file.Unlock(); err != nil {
		return fmt.Errorf("unlock: %w", err)
	}
	return nil
}
