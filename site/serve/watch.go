package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// quiet is how long nothing must happen after a change: an editor writes a
	// file in several steps, a checkout many files.
	quiet = 50 * time.Millisecond
	// patience is how long a change waits when something always happens.
	patience = 500 * time.Millisecond
)

// watcher tells when a source has changed.
type watcher struct {
	*fsnotify.Watcher
	source string
	names  []string // relative to source, as the system spells them
	notice func(string)
}

// newWatcher watches names in source, and all below them. A name that does not
// exist is watched for in source itself.
func newWatcher(source string, names []string, notice func(string)) (*watcher, error) {
	source, err := filepath.Abs(source)
	if err != nil {
		return nil, fmt.Errorf("find source: %w", err)
	}
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch sources: %w", err)
	}
	w := &watcher{Watcher: n, source: source, notice: notice}
	for _, name := range names {
		w.names = append(w.names, filepath.Clean(filepath.FromSlash(name)))
	}
	if err := w.addAll(); err != nil {
		n.Close()
		return nil, err
	}
	return w, nil
}

func (w *watcher) addAll() error {
	// An editor puts a new file in the place of hugo.toml, so its folder is
	// watched and not the file.
	if err := w.add(w.source); err != nil {
		return err
	}
	for _, name := range w.names {
		if err := w.addTree(filepath.Join(w.source, name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *watcher) add(dir string) error {
	err := w.Add(dir)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("watch %s: the system watches no more folders: raise fs.inotify.max_user_watches: %w", dir, err)
	}
	return fmt.Errorf("watch %s: %w", dir, err)
}

// addTree watches a folder and those below it. A folder is watched before it
// is read, so that none that appears meanwhile is missed.
func (w *watcher) addTree(name string) error {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return nil // a file, or gone again
	}
	// The separator makes WalkDir enter a name that is itself a symbolic link.
	return filepath.WalkDir(name+string(filepath.Separator), func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("watch sources: %w", err)
		}
		if !d.IsDir() {
			return nil
		}
		if d.Name() == ".git" || d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if err := w.add(filepath.Clean(p)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// run sends to changed, which holds one, until ctx is done.
func (w *watcher) run(ctx context.Context, changed chan<- struct{}) error {
	defer w.Close()
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	var first time.Time        // of the changes that were not told yet
	var fresh, recent []string // folders that came with them, and with those told last
	add := func(dirs ...string) {
		for _, dir := range dirs {
			if err := w.addTree(dir); err != nil {
				w.notice(err.Error())
			}
		}
	}
	wait := func() {
		now := time.Now()
		if first.IsZero() {
			first = now
		}
		timer.Reset(min(quiet, first.Add(patience).Sub(now)))
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, open := <-w.Events:
			if !open {
				return nil
			}
			if !w.concerns(e) {
				continue
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					fresh = append(fresh, e.Name)
					add(e.Name)
				}
			}
			wait()
		case err, open := <-w.Errors:
			if !open {
				return nil
			}
			// Events were lost: anything may have changed.
			w.notice("watch sources: " + err.Error())
			if err := w.addAll(); err != nil {
				w.notice(err.Error())
			}
			wait()
		case <-timer.C:
			// A folder that was renamed is announced under its new name; after
			// that fsnotify drops its watch and tells the old name, which may
			// come as late as the next time here.
			add(recent...)
			add(fresh...)
			first, fresh, recent = time.Time{}, nil, fresh
			select {
			case changed <- struct{}{}:
			default: // one is waiting, and will see this change too
			}
		}
	}
}

// concerns reports whether an event is about a source.
func (w *watcher) concerns(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod || isScratch(filepath.Base(e.Name)) {
		return false
	}
	rel, err := filepath.Rel(w.source, e.Name)
	return err == nil && slices.ContainsFunc(w.names, func(name string) bool {
		return rel == name || strings.HasPrefix(rel, name+string(filepath.Separator))
	})
}

// isScratch reports whether a name is one that editors and file managers use
// for themselves: Vim, Emacs, Kate, GNOME, JetBrains, macOS.
func isScratch(base string) bool {
	switch {
	case strings.HasSuffix(base, "~"), strings.HasSuffix(base, ".swp"), strings.HasSuffix(base, ".swx"), strings.HasSuffix(base, ".kate-swp"),
		strings.HasPrefix(base, ".#"), strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#"),
		strings.HasPrefix(base, ".goutputstream-"), base == "4913", base == ".DS_Store":
		return true
	}
	return false
}
