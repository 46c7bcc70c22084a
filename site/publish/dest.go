package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// sources are the folders of a project that a site is made from.
var sources = []string{"archetypes", "assets", "config", "content", "data", "i18n", "layouts", "static", "themes", ".git"}

// locate returns the absolute path of the destination, its parent free of
// symbolic links, or a *DestError if nothing may be published there.
func locate(opts Options) (string, error) {
	if opts.Dest == "" {
		return "", errors.New("publish: no destination is given")
	}
	dest, err := filepath.Abs(opts.Dest)
	if err != nil {
		return "", fmt.Errorf("resolve destination: %w", err)
	}
	parent, base := filepath.Dir(dest), filepath.Base(dest)
	if parent == dest {
		return "", &DestError{Path: dest, Problem: "is the root of the file system", Remedy: "choose a folder below it as destination"}
	}
	real, err := filepath.EvalSymlinks(parent)
	if errors.Is(err, fs.ErrNotExist) {
		return "", &DestError{Path: parent, Problem: "does not exist", Remedy: "make that folder first, or choose another destination"}
	} else if err != nil {
		return "", fmt.Errorf("resolve destination: %w", err)
	}
	dest = filepath.Join(real, base)

	info, err := os.Lstat(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return dest, outsideSources(dest, opts.Source)
	}
	if err != nil {
		if info, perr := os.Stat(real); perr == nil && !info.IsDir() {
			return "", &DestError{Path: real, Problem: "is not a folder", Remedy: "choose a destination inside a folder"}
		}
		return "", fmt.Errorf("look at destination: %w", err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, _ := os.Readlink(dest)
		return "", &DestError{Path: dest, Problem: "is a symbolic link to " + target, Remedy: "give the folder that it points to as destination, or delete the link"}
	}
	if !info.IsDir() {
		return "", &DestError{Path: dest, Problem: "is not a folder", Remedy: "move or delete it, or choose another destination"}
	}
	if err := outsideSources(dest, opts.Source); err != nil {
		return "", err
	}
	mounted, err := isMountPoint(dest)
	if err != nil {
		return "", fmt.Errorf("look at destination: %w", err)
	}
	if mounted {
		return "", mountError(dest, nil)
	}
	if err := writable(dest); err != nil {
		return "", &DestError{Path: dest, Problem: "is read-only", Remedy: "make it writable for you, or choose another destination", Err: err}
	}
	return dest, nil
}

func mountError(dest string, err error) error {
	return &DestError{Path: dest, Problem: "is a mount point and cannot be swapped", Remedy: "choose a folder inside it as destination", Err: err}
}

// outsideSources refuses a destination that is the project or holds it, and
// one among the files that the site is made from.
func outsideSources(dest, source string) error {
	if source == "" {
		return nil
	}
	source, err := filepath.Abs(source)
	if err != nil {
		return fmt.Errorf("resolve source: %w", err)
	}
	if real, err := filepath.EvalSymlinks(source); err == nil {
		source = real
	}
	remedy := "choose a destination of its own, such as " + filepath.Join(source, "public")
	if within(source, dest) {
		problem := "is the project itself"
		if !within(dest, source) {
			problem = "holds the project " + source
		}
		return &DestError{Path: dest, Problem: problem, Remedy: remedy}
	}
	for _, name := range sources {
		if dir := filepath.Join(source, name); within(dest, dir) {
			return &DestError{Path: dest, Problem: "is where the sources are (" + dir + ")", Remedy: remedy}
		}
	}
	return nil
}

// within reports whether path is dir or lies below it. It asks the file
// system, so that neither the case of letters nor a second name for a folder
// deceives it. Neither needs to exist.
func within(path, dir string) bool {
	want, err := os.Stat(dir)
	for {
		if path == dir {
			return true
		}
		if got, perr := os.Stat(path); err == nil && perr == nil && os.SameFile(got, want) {
			return true
		}
		up := filepath.Dir(path)
		if up == path {
			return false
		}
		path = up
	}
}

// isEmpty reports whether dir has no entries, or does not exist.
func isEmpty(dir string) (bool, error) {
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	defer f.Close()
	_, err = f.Readdirnames(1)
	if errors.Is(err, io.EOF) {
		return true, nil
	}
	return false, err
}

// explainRename makes a *DestError of what the file system says to a folder
// that cannot be moved.
func explainRename(dest string, err error) error {
	switch {
	case errors.Is(err, syscall.EBUSY):
		return mountError(dest, err)
	case errors.Is(err, syscall.EXDEV):
		// overlayfs says so of a folder that came with the image.
		return &DestError{Path: dest, Problem: "cannot be swapped: it is on another file system, or in a layer of a container image", Remedy: "delete it, or choose a folder inside it as destination", Err: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &DestError{Path: dest, Problem: "cannot be swapped", Remedy: "make it and its parent writable for you, or choose another destination", Err: err}
	}
	return err
}

// isNotEmpty reports whether a folder could not be removed for what is in it.
func isNotEmpty(err error) bool {
	return errors.Is(err, syscall.ENOTEMPTY) || errors.Is(err, fs.ErrExist)
}
