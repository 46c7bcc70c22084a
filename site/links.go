package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/lint"
)

// LinkHost is a site that pages lead to.
type LinkHost struct {
	Name     string   `json:"host"`
	Links    int      `json:"links"`
	Approved bool     `json:"approved"`
	First    diag.Pos `json:"first"` // of its links
}

// LinkHosts lists the sites that the pages of a project lead to, drafts too, by
// name. What cannot be read is a finding, and not in the list.
func LinkHosts(ctx context.Context, source string) ([]LinkHost, []diag.Diagnostic, error) {
	sources, ds, err := readTree(ctx, source, time.Now())
	if sources.index == nil || err != nil {
		return nil, ds, err
	}
	approved := lint.NewApprovals(sources.index)
	byName := map[string]*LinkHost{}
	for _, p := range sources.index.Pages {
		for _, b := range p.Blocks {
			for _, l := range b.Links {
				name := lint.Outbound(l.Destination)
				if name == "" {
					continue
				}
				if byName[name] == nil {
					byName[name] = &LinkHost{Name: name, Approved: approved.Allow(name), First: l.Pos}
				}
				byName[name].Links++
			}
		}
	}
	var hosts []LinkHost
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		hosts = append(hosts, *byName[name])
	}
	return hosts, ds, nil
}

// linksHeader begins a list of approved hosts that was not there before.
const linksHeader = `# Sites that pages may lead to, by the domain that somebody registered. Each was
# looked at before it was added: ` + "`clinicblog links approve HOST`" + ` adds one.
hosts:
`

// ApproveHosts adds hosts to data/links.yaml, by their registrable domain, and
// returns those that were not there. The list stays sorted; comments stay with
// their lines.
func ApproveHosts(source string, hosts []string) (added []string, err error) {
	name := filepath.Join(source, filepath.FromSlash(content.LinksFile))
	src, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		src = []byte(linksHeader)
	case err != nil:
		return nil, fmt.Errorf("read approved hosts: %w", err)
	}
	head, items, err := splitHosts(string(src))
	if err != nil {
		return nil, err
	}
	for _, host := range hosts {
		domain, err := lint.Domain(host)
		if err != nil {
			return nil, fmt.Errorf("approve %q: %w", host, err)
		}
		if !slices.ContainsFunc(items, func(line string) bool { return hostOf(line) == domain }) {
			items = append(items, "  - "+domain+"\n")
			added = append(added, domain)
		}
	}
	if len(added) == 0 {
		return nil, nil
	}
	slices.SortFunc(items, func(a, b string) int { return strings.Compare(hostOf(a), hostOf(b)) })
	if err := writeSource(name, []byte(head+strings.Join(items, ""))); err != nil {
		return nil, fmt.Errorf("approve hosts: %w", err)
	}
	return added, nil
}

// splitHosts parts the list from what stands above it. A comment on lines of its
// own within the list would lose its place when the list is sorted.
func splitHosts(src string) (head string, items []string, err error) {
	if src != "" && !strings.HasSuffix(src, "\n") {
		src += "\n"
	}
	src = strings.Replace(src, "hosts: []\n", "hosts:\n", 1)
	inList := false
	for line := range strings.Lines(src) {
		switch {
		case !inList:
			head += line
			inList = strings.TrimSpace(line) == "hosts:"
		case hostOf(line) != "":
			items = append(items, line)
		case strings.TrimSpace(line) != "":
			return "", nil, fmt.Errorf("read approved hosts: %s holds the line %q: keep one \"- host\" on each line below \"hosts:\"", content.LinksFile, strings.TrimSpace(line))
		}
	}
	if !inList {
		return "", nil, fmt.Errorf("read approved hosts: %s has no line \"hosts:\"", content.LinksFile)
	}
	return head, items, nil
}

// hostOf returns the host of a line of the list, "" for any other line.
func hostOf(line string) string {
	host, ok := strings.CutPrefix(strings.TrimSpace(line), "- ")
	if !ok {
		return ""
	}
	host, _, _ = strings.Cut(host, "#")
	return strings.Trim(strings.TrimSpace(host), `"'`)
}
