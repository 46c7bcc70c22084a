package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clinicblog/site"
)

// doing says what each step of the build does.
var doing = map[string]string{
	"read":    "reading and checking the sources",
	"hugo":    "rendering with Hugo",
	"cards":   "drawing cards and icons",
	"search":  "making the index for readers' search",
	"finish":  "adding structured data, minifying, proving",
	"verify":  "verifying the final bytes",
	"hosting": "writing headers and redirects, compressing for hosts that ask for it",
	"publish": "publishing",
}

// summaryText is what a reader at a terminal sees of a site that was built.
func summaryText(s site.Summary) string {
	steps := slices.Clone(s.Steps)
	slices.SortStableFunc(steps, func(a, b site.Step) int { return cmp.Compare(b.Time, a.Time) })
	var slowest []string
	for _, step := range steps[:min(3, len(steps))] {
		slowest = append(slowest, step.Name+" "+seconds(step.Time))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s is built, in %s, with Hugo %s\n\n", relative(s.Destination), seconds(s.Time), s.Hugo)
	fmt.Fprintf(&b, "  pages        %d%s, %s in all\n", s.Pages, byLanguage(s.Languages), plural(s.Files, "file"))
	fmt.Fprintf(&b, "  questions    %d in FAQ markup, each as the reader sees it\n", s.Questions)
	fmt.Fprintf(&b, "  group types  %d\n", s.GroupTypes)
	fmt.Fprintf(&b, "  size         %s, %s before minify\n", size(s.After), size(s.Before))
	fmt.Fprintf(&b, "  slowest      %s\n", strings.Join(slowest, ", "))
	return b.String()
}

// byLanguage lists how many pages there are of each language, if of several.
func byLanguage(pages map[string]int) string {
	if len(pages) < 2 {
		return ""
	}
	var parts []string
	for _, lang := range slices.Sorted(maps.Keys(pages)) {
		parts = append(parts, fmt.Sprintf("%s %d", lang, pages[lang]))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func size(bytes int64) string {
	if bytes < 1e6 {
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// relative is a path as one would type it here.
func relative(p string) string {
	wd, err := os.Getwd()
	if err != nil {
		return p
	}
	if r, err := filepath.Rel(wd, p); err == nil && filepath.IsLocal(r) {
		return r + string(filepath.Separator)
	}
	return p
}
