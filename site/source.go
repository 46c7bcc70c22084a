package site

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/hugo"
	"clinicblog/site/lint"
	"clinicblog/site/triage"
)

// tree is a project as its sources say it is, without rendering.
type tree struct {
	dir      string // absolute
	baseURL  string
	opts     content.Options
	settings lint.Settings
	index    *content.Index
}

// readTree reads a project as a build does, and renders nothing. What cannot
// be read is a finding; then there may be no index.
func readTree(ctx context.Context, dir string, now time.Time) (tree, []diag.Diagnostic, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return tree{}, nil, fmt.Errorf("find source: %w", err)
	}
	settings, ds, err := hugo.ReadConfig(dir)
	if errs, _ := diag.Count(ds); err != nil || errs > 0 {
		return tree{}, ds, err
	}
	t := tree{dir: dir, baseURL: settings.BaseURL, opts: content.Options{
		Source: dir, Now: now, Location: location(settings.TimeZone), Languages: languages(settings), Mounts: imageMounts(settings),
	}}
	const table = "params.clinicblog.check"
	t.settings, _ = lint.ReadSettings(settings.Table(table), settings.Below(table), Rules())
	t.index, ds, err = content.Load(ctx, t.opts)
	return t, ds, err
}

// writeSource replaces a source in one step, and keeps its mode: whatever happens,
// the file is what it was or what it is to be.
func writeSource(name string, data []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Lstat(name); err == nil {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("write %s: it is no regular file", name)
		}
		mode = info.Mode().Perm()
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return triage.Replace(name, data, mode)
}
