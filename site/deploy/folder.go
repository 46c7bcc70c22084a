package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// folder is a folder of this machine, or one that is mounted here. A file is
// written beside its place and renamed, so that a server never sends half of
// one. No name leads out of the folder, by no symbolic link.
type folder struct {
	root *os.Root
	lock *flock.Flock
}

const (
	lockName  = ".clinicblog.lock"
	partialOf = ".clinicblog.part-"
)

func openFolder(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock folder: %w", err), root.Close())
	}
	if !held {
		return nil, errors.Join(errors.New("another deploy is at work there\n    wait for it to end"), root.Close())
	}
	return &folder{root, lock}, nil
}

func (f *folder) close() error { return errors.Join(f.lock.Unlock(), f.root.Close()) }

// get gives a claim no time: who holds the lock of the folder is alone.
func (f *folder) get(_ context.Context, name string) ([]byte, version, error) {
	body, err := f.root.ReadFile(filepath.FromSlash(name))
	return body, version{tag: tagOf(body), age: lease}, err
}

func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func (f *folder) swap(ctx context.Context, name string, body []byte, old string) (string, error) {
	_, at, err := f.get(ctx, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		at.tag = ""
	case err != nil:
		return "", err
	}
	if at.tag != old {
		return "", errConflict
	}
	return tagOf(body), f.write(name, body)
}

func (f *folder) stale() string { return "none" }

func (f *folder) put(_ context.Context, file File, body []byte) error {
	return f.write(file.Path, body)
}

func (f *folder) write(name string, body []byte) (err error) {
	dir, base := path.Split(name)
	if dir != "" {
		if err := f.root.MkdirAll(filepath.FromSlash(path.Clean(dir)), 0o755); err != nil {
			return err
		}
	}
	sum := sha256.Sum256([]byte(base))
	part := filepath.FromSlash(dir + partialOf + hex.EncodeToString(sum[:8]))
	out, err := f.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(body)
	if err = errors.Join(err, out.Sync(), out.Close()); err == nil {
		err = f.root.Rename(part, filepath.FromSlash(name))
	}
	if err != nil {
		return errors.Join(err, f.root.Remove(part))
	}
	return nil
}

// remove deletes a file, and the folders that are empty without it.
func (f *folder) remove(_ context.Context, name string) error {
	if err := f.root.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if f.root.Remove(filepath.FromSlash(dir)) != nil {
			break // something is in it
		}
	}
	return nil
}

func (f *folder) list(ctx context.Context) (map[string]object, error) {
	all := map[string]object{}
	err := fs.WalkDir(f.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil || e.IsDir() {
			return err
		}
		if name == lockName || name == StateName || strings.HasPrefix(path.Base(name), partialOf) {
			return nil
		}
		if !e.Type().IsRegular() {
			all[name] = object{size: -1}
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		all[name] = object{size: info.Size()}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list folder: %w", err)
	}
	return all, nil
}
