package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"clinicblog/site/diag"
	"clinicblog/site/publish"
)

// Made says with what a site was made, and from which sources. Two builds of
// the same sources with the same tools say the same.
type Made struct {
	Clinicblog string `json:"clinicblog"`
	Hugo       string `json:"hugo"`
	Go         string `json:"go"`               // that compiled clinicblog
	Commit     string `json:"commit,omitempty"` // "" without git
	Dirty      bool   `json:"dirty,omitempty"`  // the sources differ from the commit
}

func madeFrom(ctx context.Context, cfg Config, hugo string) (json.RawMessage, error) {
	m := Made{Clinicblog: Version, Hugo: hugo, Go: runtime.Version()}
	m.Commit, m.Dirty = commit(ctx, cfg.Source, cfg.Destination)
	raw, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode provenance: %w", err)
	}
	return raw, nil
}

// commit asks git, where there is one, for the commit of a folder and whether
// files in it differ. What is published is no source. Nothing that a repository
// configures is run.
func commit(ctx context.Context, source, destination string) (hash string, dirty bool) {
	git := func(args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "git", append([]string{"-C", source, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull}, args...)...)
		cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GIT_") }), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
		out, err := cmd.Output()
		return strings.TrimSpace(string(out)), err
	}
	hash, err := git("rev-parse", "--verify", "HEAD^{commit}")
	if err != nil {
		return "", false
	}
	args := []string{"status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=all", "--", "."}
	if rel, err := filepath.Rel(source, destination); err == nil && filepath.IsLocal(rel) && rel != "." {
		rel = filepath.ToSlash(rel)
		dir, base := "", rel
		if i := strings.LastIndexByte(rel, '/'); i >= 0 {
			dir, base = rel[:i+1], rel[i+1:]
		}
		args = append(args, ":(exclude,literal)"+rel, ":(exclude,literal)"+dir+"."+base+".clinicblog")
	}
	status, err := git(args...)
	return hash, err != nil || status != ""
}

// Verify builds the sources into a folder of its own and compares the result
// with what is published in a folder, or live at a URL. Findings are those of
// the build when it fails, and otherwise what differs. The number is of files
// or addresses that were compared.
func Verify(ctx context.Context, cfg Config, published string) (n int, findings []diag.Diagnostic, err error) {
	temp, err := os.MkdirTemp("", "clinicblog-verify-")
	if err != nil {
		return 0, nil, fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	cfg.Destination = filepath.Join(temp, "public")
	if _, findings, err = Build(ctx, cfg); err != nil {
		return 0, findings, err
	}
	if errs, _ := diag.Count(findings); errs > 0 {
		return 0, findings, nil
	}
	findings = nil // advice is for who writes
	if strings.HasPrefix(published, "https://") || strings.HasPrefix(published, "http://") {
		return CheckLive(ctx, cfg.Destination, published)
	}
	manifest, err := publish.Load(cfg.Destination)
	if err != nil {
		return 0, nil, err
	}
	changes, err := publish.Compare(published, manifest)
	if err != nil {
		return 0, nil, err
	}
	for _, c := range changes {
		says := map[publish.Kind]string{
			publish.Added:   "the sources make no such file",
			publish.Edited:  "it is not what the sources make",
			publish.Missing: "the sources make it, and it is not there",
		}[c.Kind]
		findings = append(findings, verifyRule.At(diag.Pos{File: filepath.ToSlash(filepath.Join(published, c.Path))}, "%s", says))
	}
	return len(manifest.Files), diag.Sort(findings), nil
}

var verifyRule = diag.Info{
	ID: "not-from-sources", Severity: diag.Error,
	Fix: "build again; if it stays so, compare versions: the manifest names those of clinicblog, Hugo and Go",
	Doc: `What is published is what the sources make

A build gives the same bytes from the same sources, so that anyone who has them
can prove that nobody changed a page after it was checked. What differs was
edited by hand, built from other sources, with other tools, or on another day
when a page was due. Source: https://reproducible-builds.org/docs/definition/`,
}

// SBOM lists the modules that this program was compiled from, as CycloneDX 1.6.
// https://cyclonedx.org/docs/1.6/json/
func SBOM() ([]byte, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, errors.New("list modules: this program was built without them")
	}
	type component struct {
		Type    string `json:"type"`
		Ref     string `json:"bom-ref"`
		Name    string `json:"name"`
		Version string `json:"version"`
		PURL    string `json:"purl"`
	}
	module := func(kind, name, version string) component {
		purl := "pkg:golang/" + name + "@" + strings.ReplaceAll(version, "+", "%2B")
		return component{kind, purl, name, version, purl}
	}
	bom := struct {
		Format   string `json:"bomFormat"`
		Spec     string `json:"specVersion"`
		Version  int    `json:"version"`
		Metadata struct {
			Component component `json:"component"`
		} `json:"metadata"`
		Components []component `json:"components"`
	}{Format: "CycloneDX", Spec: "1.6", Version: 1}
	bom.Metadata.Component = module("application", "clinicblog", Version)
	bom.Components = []component{module("library", "std", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		bom.Components = append(bom.Components, module("library", d.Path, d.Version))
	}
	text, err := json.MarshalIndent(bom, "", "  ")
	return append(text, '\n'), err
}
