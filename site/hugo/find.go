package hugo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// EnvVar names the Hugo to run when no flag does.
const EnvVar = "CLINICBLOG_HUGO"

// FindOptions says where to look. The zero value looks in the environment of
// this process and installs without a word.
type FindOptions struct {
	Flag     string              // value of --hugo: a path, or a name on PATH
	Getenv   func(string) string // os.Getenv when nil
	Notice   func(string)        // receives one line before anything that takes time
	LookOnly bool                // give an error rather than install
}

// Binary is a Hugo that may be used.
type Binary struct {
	Path    string // absolute
	Version string // "v0.165.0"
	Origin  string // "--hugo", "CLINICBLOG_HUGO", "PATH", "cache" or "installed"
}

// Find returns the Hugo to use: the flag's, the environment variable's, the
// one on PATH if its version is supported, the one installed before, or a
// freshly installed Pin. Builds that run at the same time install it once. An
// error says what to do about it.
func Find(ctx context.Context, opt FindOptions) (Binary, error) {
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if opt.Notice == nil {
		opt.Notice = func(string) {}
	}
	if opt.Flag != "" {
		return opt.named(ctx, "--hugo", opt.Flag)
	}
	if v := opt.Getenv(EnvVar); v != "" {
		return opt.named(ctx, EnvVar, v)
	}

	onPath := "there is no hugo on PATH"
	if path := opt.lookPath("hugo"); path != "" {
		version, err := askVersion(ctx, path)
		switch {
		case ctx.Err() != nil:
			return Binary{}, fmt.Errorf("find Hugo: %w", ctx.Err())
		case err != nil:
			onPath = fmt.Sprintf("%s %v", path, err)
		case !supported(version):
			onPath = fmt.Sprintf("%s is Hugo %s, outside the supported range (%s)", path, version, SupportedRange())
		default:
			return Binary{Path: path, Version: version, Origin: "PATH"}, nil
		}
	}

	cache, err := cacheDir()
	if err != nil {
		return Binary{}, fmt.Errorf("find Hugo: %s, and %w\n    set HOME, or put Hugo %s on PATH", onPath, err, Pin)
	}
	pinned := Binary{Path: filepath.Join(cache, "hugo-"+Pin, "hugo"+exe), Version: Pin, Origin: "cache"}
	// Its version is not asked again: it was when the file got this name.
	if isProgram(pinned.Path) {
		return pinned, nil
	}
	if opt.LookOnly {
		return Binary{}, fmt.Errorf("find Hugo: %s, and none in %s\n    a build installs Hugo %s there", onPath, cache, Pin)
	}
	if err := opt.install(ctx, cache, pinned.Path); err != nil {
		if ctx.Err() != nil {
			return Binary{}, fmt.Errorf("install Hugo %s: %w", Pin, ctx.Err())
		}
		return Binary{}, fmt.Errorf("install Hugo %s: %w\n    %s\n    put Hugo %s on PATH, name one with --hugo or %s, or run, with Go and a network:\n    CGO_ENABLED=0 go install -tags withdeploy %s",
			Pin, err, onPath, Pin, EnvVar, module)
	}
	pinned.Origin = "installed"
	return pinned, nil
}

// named returns the Hugo that the user asked for by name. It is that one or an
// error: another would not be what they asked for.
func (opt FindOptions) named(ctx context.Context, origin, name string) (Binary, error) {
	path := name
	if !strings.ContainsAny(name, `/\`) {
		if path = opt.lookPath(name); path == "" {
			return Binary{}, fmt.Errorf("%s: there is no %s on PATH", origin, name)
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return Binary{}, fmt.Errorf("%s: resolve %s: %w", origin, name, err)
	}
	version, err := askVersion(ctx, path)
	if ctx.Err() != nil {
		return Binary{}, fmt.Errorf("find Hugo: %w", ctx.Err())
	}
	if err != nil {
		return Binary{}, fmt.Errorf("%s: %s %w\n    give a Hugo %s, or leave %s out to use %s", origin, path, err, SupportedRange(), origin, Pin)
	}
	if !supported(version) {
		return Binary{}, fmt.Errorf("%s: %s is Hugo %s, outside the supported range (%s)\n    give a Hugo in that range, or leave %s out to use %s", origin, path, version, SupportedRange(), origin, Pin)
	}
	return Binary{Path: path, Version: version, Origin: origin}, nil
}

const module = "github.com/gohugoio/hugo@" + Pin

// install builds the pinned Hugo into the cache, under a lock. The file gets
// its name only when it is whole and has answered with the right version.
func (opt FindOptions) install(ctx context.Context, cache, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	lock := flock.New(filepath.Join(cache, "hugo-"+Pin+".lock"))
	defer lock.Close()
	locked, err := lock.TryLock()
	if err == nil && !locked {
		opt.Notice(fmt.Sprintf("waiting for another build that installs Hugo %s", Pin))
		_, err = lock.TryLockContext(ctx, 200*time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", lock.Path(), err)
	}
	if isProgram(path) {
		return nil
	}

	goTool := opt.lookPath("go")
	if goTool == "" {
		return errors.New("there is no go on PATH")
	}
	// What an install that was killed left behind.
	stale, _ := filepath.Glob(filepath.Join(cache, ".install-*"))
	for _, dir := range stale {
		os.RemoveAll(dir)
	}
	dir, err := os.MkdirTemp(cache, ".install-")
	if err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	defer os.RemoveAll(dir)

	opt.Notice(fmt.Sprintf("installing Hugo %s with `go install` into %s: once, about 3 minutes on two cores", Pin, filepath.Dir(path)))
	cmd := exec.CommandContext(ctx, goTool, "install", "-tags", "withdeploy", module)
	cmd.Dir = dir // away from any go.mod or go.work
	cmd.Env = append(slices.DeleteFunc(os.Environ(), isGoSetting), "CGO_ENABLED=0", "GOBIN="+dir, "GOFLAGS=", "GOWORK=off")
	log := &limited{max: 1 << 20}
	cmd.Stdout, cmd.Stderr = log, log
	if err := runGroup(cmd); err != nil {
		return fmt.Errorf("run go install: %w%s", err, lastLines(log.String(), 5))
	}
	built := filepath.Join(dir, "hugo"+exe)
	version, err := askVersion(ctx, built)
	if err != nil {
		return fmt.Errorf("check what was built: it %w", err)
	}
	if version != Pin {
		return fmt.Errorf("check what was built: it is Hugo %s", version)
	}
	if err := os.Rename(built, path); err != nil {
		return fmt.Errorf("move into cache: %w", err)
	}
	return nil
}

// isGoSetting picks the variables that would make `go install` build another
// program or put it elsewhere.
func isGoSetting(kv string) bool {
	name, _, _ := strings.Cut(kv, "=")
	return slices.Contains([]string{"CGO_ENABLED", "GOBIN", "GOFLAGS", "GOOS", "GOARCH", "GOWORK"}, name)
}

var exe = map[bool]string{true: ".exe"}[runtime.GOOS == "windows"]

// lookPath returns the absolute path of a program on PATH, "" when there is
// none. Relative entries are skipped: what they name depends on the folder.
func (opt FindOptions) lookPath(name string) string {
	for _, dir := range filepath.SplitList(opt.Getenv("PATH")) {
		path := filepath.Join(dir, strings.TrimSuffix(name, exe)+exe)
		if filepath.IsAbs(dir) && isProgram(path) {
			return path
		}
	}
	return ""
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && (exe != "" || info.Mode()&0o111 != 0)
}

// cacheDir returns the folder of this program in the user's cache folder.
func cacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find user cache folder: %w", err)
	}
	return filepath.Join(dir, "clinicblog"), nil
}
