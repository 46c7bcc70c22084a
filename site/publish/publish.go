// Package publish puts a finished site in its destination whole, or not at
// all. It takes a lock, gives the caller a fresh folder on the destination's
// file system, lists what was put there in a manifest, and swaps the folder
// with the one that is published. It does not know what the files mean.
//
// # What lies where
//
//	public/                         what is published
//	public/.clinicblog.json         its Manifest; it moves with the site
//	.public.clinicblog/             everything else of ours, while a build runs
//	.public.clinicblog/lock         held by the build; the kernel frees it when the process dies
//	.public.clinicblog/build-N/     the folder being filled, and the scratch folder
//	.public.clinicblog/old-N/       a site on its way in or out
//	.public.clinicblog/moved-N/     the published site, where the system cannot exchange two folders
//	.public.clinicblog/kept-N/      files that others wrote and that were in the way
//
// Only a folder that can hold nothing but our files is named build-N; it is
// deleted without a look. Everything that was ever published is deleted file
// by file against its manifest, and what does not match is kept.
//
// # What a reader or a crash can see
//
// On Linux and macOS two folders are exchanged in one step of the file system:
// at every moment the destination is the old site or the new one. So is it
// after a power cut, if the file system itself survives that, because the new
// site is on the disk before the exchange.
// On other systems, and on file systems that cannot exchange, the destination
// is missing for the time between two renames; a process killed right there
// leaves it missing until the next Open puts the old site back.
//
// A process that holds the old folder open sees its files go away.
package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Options says where to publish, and what must not be published over.
type Options struct {
	Dest   string // the folder to publish to; its parent must exist
	Source string // the project; "" when there is none to protect
	Tool   string // name and version for the manifest; "" means "clinicblog"
}

// Stage is one build on its way to its destination. CheckDest may run beside
// the work on the folder; every other method is for one goroutine.
type Stage struct {
	Made, Hosting json.RawMessage // for the manifest; set before Commit

	dest   string // absolute, without symbolic links in its parent
	hidden string // .<base>.clinicblog beside dest
	build  string // hidden/build-N
	tool   string
	lock   *lock
	kept   []*KeptError // found by Open

	mu   sync.Mutex // guards seen
	seen seen       // what CheckDest found to be ours
}

// Open takes the lock of the destination, heals and removes what a killed
// build left there, and makes a fresh folder. It does not wait for another
// build: two builds of one site would publish the same, so the second one says
// so at once.
//
// Its errors are *LockedError, *DestError and *ForeignError where the user can
// do something about it.
func Open(ctx context.Context, opts Options) (*Stage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dest, err := locate(opts)
	if err != nil {
		return nil, err
	}
	parent, base := filepath.Split(dest)
	s := &Stage{dest: dest, hidden: filepath.Join(parent, "."+base+".clinicblog"), tool: opts.Tool}
	if s.tool == "" {
		s.tool = "clinicblog"
	}
	s.lock, err = acquire(s.hidden, dest)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Abort())
	}
	return s, nil
}

func (s *Stage) prepare(ctx context.Context) error {
	if err := s.recover(); err != nil {
		return err
	}
	// Without a manifest nothing needs to be read to know the answer.
	if _, err := os.Lstat(filepath.Join(s.dest, ManifestName)); errors.Is(err, fs.ErrNotExist) {
		if err := s.CheckDest(ctx); err != nil {
			return err
		}
	}
	var err error
	if s.build, err = os.MkdirTemp(s.hidden, "build-"); err != nil {
		return fmt.Errorf("make build folder: %w", err)
	}
	for _, dir := range []string{s.Dir(), s.Scratch()} {
		if err := os.Mkdir(dir, 0o777); err != nil {
			return fmt.Errorf("make build folder: %w", err)
		}
	}
	return nil
}

// recover deals with what killed builds left. The caller holds the lock, so
// nothing in the hidden folder is in use.
func (s *Stage) recover() error {
	entries, err := os.ReadDir(s.hidden)
	if err != nil {
		return fmt.Errorf("clean up after an earlier build: %w", err)
	}
	for _, e := range entries {
		from := filepath.Join(s.hidden, e.Name())
		if n, ok := strings.CutPrefix(e.Name(), "moved-"); ok {
			if empty, err := isEmpty(s.dest); err != nil {
				return fmt.Errorf("put the site back: %w", err)
			} else if empty {
				err = replaceEmpty(from, s.dest)
				if err != nil {
					return fmt.Errorf("put the site back: %w", err)
				}
				continue
			}
			old := filepath.Join(s.hidden, "old-"+n+"-moved")
			if err := os.Rename(from, old); err != nil {
				return fmt.Errorf("clean up after an earlier build: %w", err)
			}
			s.noteKept(s.retire(old, seen{}))
		}
		if strings.HasPrefix(e.Name(), "old-") {
			s.noteKept(s.retire(from, seen{}))
		}
		if strings.HasPrefix(e.Name(), "build-") {
			discard(from)
		}
	}
	return nil
}

func (s *Stage) noteKept(k *KeptError) {
	if k != nil {
		s.kept = append(s.kept, k)
	}
}

// discard deletes a folder that holds only files of ours. What cannot be
// deleted, because a process that outlived its parent still writes to it, is
// left to the next Open: its name is never used again.
func discard(dir string) {
	for range 3 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Dir is the absolute path of the folder to fill. Its name on the disk changes
// at Commit.
func (s *Stage) Dir() string { return filepath.Join(s.build, "site") }

// Scratch is the absolute path of a folder for what the build needs and nobody
// publishes. It is deleted with the stage.
func (s *Stage) Scratch() string { return filepath.Join(s.build, "scratch") }

// CheckDest compares the destination with its manifest and returns a
// *ForeignError if it holds a file that we did not write, or not as it is now.
// It reads every published file once; a later call reads only what has changed
// since. A file that is missing is no loss, and no error.
func (s *Stage) CheckDest(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, changes, err := inspect(ctx, s.dest, s.seen)
	if err != nil {
		return fmt.Errorf("check %s: %w", s.dest, err)
	}
	s.seen = now
	return foreign(s.dest, changes, now)
}

// Commit publishes the folder: it gives files and folders the plain mode,
// removes empty folders, writes the manifest, puts everything on the disk,
// checks the destination again, swaps, and deletes the old site. It refuses a
// folder with a symbolic link or a special file.
//
// With an error that is a *KeptError the site is published all the same. After
// any other error the destination is as it was, unless the error says so. The
// context counts until the swap; from there on Commit runs to its end.
func (s *Stage) Commit(ctx context.Context) (Manifest, error) {
	if s.lock == nil {
		return Manifest{}, errors.New("publish: the build has ended already")
	}
	m, err := s.seal(ctx)
	if err != nil {
		return Manifest{}, fmt.Errorf("publish to %s: %w", s.dest, err)
	}
	// The last look at the destination costs processor, the sync waits for the disk.
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.CheckDest(gctx) })
	g.Go(func() error {
		if err := syncTree(gctx, s.Dir(), m); err != nil {
			return fmt.Errorf("write site to disk: %w", err)
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return Manifest{}, err
	}
	if err := ctx.Err(); err != nil {
		return Manifest{}, err
	}
	old, err := s.swap()
	if err != nil {
		return Manifest{}, fmt.Errorf("publish to %s: %w", s.dest, err)
	}
	if err := errors.Join(syncDir(filepath.Dir(s.dest)), syncDir(s.hidden)); err != nil {
		return m, errors.Join(fmt.Errorf("the new site is in %s, but may not be on the disk yet: %w", s.dest, err), s.Abort())
	}
	if old != "" {
		s.noteKept(s.retire(old, s.seen))
	}
	return m, s.Abort()
}

// swap puts the staged folder in the destination's place and returns where the
// old site is now, "" if there was none.
func (s *Stage) swap() (old string, err error) {
	info, err := os.Lstat(s.dest)
	switch {
	case err == nil && !info.IsDir():
		return "", fmt.Errorf("%s is not a folder any more", s.dest)
	case err == nil:
		if err := os.Chmod(s.Dir(), info.Mode()); err != nil {
			return "", err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return "", err
	}
	empty, err := isEmpty(s.dest)
	if err != nil {
		return "", err
	}
	if empty {
		return "", replaceEmpty(s.Dir(), s.dest)
	}
	// From here until the end of retire the folder may hold files of others,
	// so it must not be named build-N.
	n := strings.TrimPrefix(filepath.Base(s.build), "build-")
	old = filepath.Join(s.hidden, "old-"+n)
	if err := os.Rename(s.Dir(), old); err != nil {
		return "", err
	}
	err = exchange(old, s.dest)
	if errors.Is(err, errors.ErrUnsupported) {
		err = renameTwice(old, s.dest, filepath.Join(s.hidden, "moved-"+n))
	}
	if err != nil {
		return "", errors.Join(explainRename(s.dest, err), os.Rename(old, s.Dir()))
	}
	return old, nil
}

// renameTwice exchanges two folders by way of a third name. The destination is
// missing in between; see recover.
func renameTwice(staged, dest, aside string) error {
	if err := os.Rename(dest, aside); err != nil {
		return err
	}
	if err := os.Rename(staged, dest); err != nil {
		return errors.Join(err, os.Rename(aside, dest))
	}
	return os.Rename(aside, staged)
}

// Abort deletes what was staged and releases the lock. It does nothing after
// Commit has published, and nothing the second time. A *KeptError tells of
// files that a killed build had left.
func (s *Stage) Abort() error {
	if s.lock == nil {
		return nil
	}
	if s.build != "" {
		discard(s.build)
	}
	var errs []error
	for _, k := range s.kept {
		errs = append(errs, k)
	}
	errs = append(errs, s.lock.release())
	s.lock = nil
	return errors.Join(errs...)
}
