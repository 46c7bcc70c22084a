package verify

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"sync/atomic"
)

// searchPage is a page that searches an index on the reader's device.
type searchPage struct {
	page int32
	head string // the address of the index
}

// searchHead is the first file of an index.
type searchHead struct {
	Version string   `json:"version"`
	Pages   int      `json:"pages"`
	PerFile int      `json:"perFile"`
	Lists   []string `json:"lists"`
}

// checkSearch reads the index of each search page as its script does. w only
// resolves addresses; listed are the pages in the sitemaps.
func (s *site) checkSearch(w *worker, pages []searchPage, listed map[int32]bool, all findings) {
	for _, p := range pages {
		w.page.reset(p.page, w.address(s.paths[p.page]))
		report := func(target, format string, args ...any) {
			all.addHere(p.page, &searchIndex, target, format, args...)
		}
		d := w.resolve(p.head)
		if d.kind != local {
			report(p.head, "index %s of the search is no published file", clip(p.head))
			continue
		}
		name := s.paths[d.file]
		var head searchHead
		if err := s.readJSON(name, &head); err != nil {
			report(name, "index %s cannot be read: %v", name, err)
			continue
		}
		if head.PerFile < 1 || head.Pages < 0 || len(head.Lists) == 0 {
			report(name, "index %s has no pages", name)
			continue
		}
		dir := path.Join(path.Dir(name), head.Version)
		found := s.checkDescriptions(w, dir, head, report)
		s.checkLists(dir, head, report)
		for file := range listed {
			if s.facts[file].lang == s.facts[p.page].lang && !found[file] {
				report(s.paths[file], "page %s is in the sitemap, and no search finds it", s.paths[file])
			}
		}
	}
}

// checkDescriptions reads what results show, and returns the pages that they
// lead to.
func (s *site) checkDescriptions(w *worker, dir string, head searchHead, report func(target, format string, args ...any)) map[int32]bool {
	found, n := map[int32]bool{}, 0
	for i := 0; i*head.PerFile < head.Pages; i++ {
		name := path.Join(dir, fmt.Sprintf("p%d.json", i))
		var list [][]any
		if err := s.readJSON(name, &list); err != nil {
			report(name, "part %s of the search index cannot be read: %v", name, err)
			continue
		}
		for _, p := range list {
			n++
			if len(p) != 5 {
				report(name, "part %s of the search index has a result without its five fields", name)
				continue
			}
			href, _ := p[0].(string)
			d := w.resolve(href)
			if d.kind != local {
				report(href, "a search result leads to %q, which is no page", clip(href))
				continue
			}
			found[d.file] = true
			headings, _ := p[4].([]any)
			for _, h := range headings {
				pair, _ := h.([]any)
				id := ""
				if len(pair) == 2 {
					id, _ = pair[0].(string)
				}
				if id == "" || !strings.Contains(s.facts[d.file].ids, "\x00"+id+"\x00") {
					report(href+"#"+id, "a search result leads to no id %q on %s", id, s.paths[d.file])
				}
			}
		}
	}
	if n != head.Pages {
		report(dir, "the search index describes %d pages and counts %d", n, head.Pages)
	}
	return found
}

// checkLists reads the lists of words: each names pages that there are.
func (s *site) checkLists(dir string, head searchHead, report func(target, format string, args ...any)) {
	problems := make([]string, len(head.Lists))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(problems)); i = next.Add(1) - 1 {
				problems[i] = s.checkList(path.Join(dir, fmt.Sprintf("w%d.json", i)), head.Pages)
			}
		})
	}
	wg.Wait()
	for i, problem := range problems {
		if problem != "" {
			report(fmt.Sprintf("w%d.json", i), "%s", problem)
		}
	}
}

// checkList returns what is wrong with a list of words, "" when nothing is.
func (s *site) checkList(name string, pages int) string {
	var list [][]json.RawMessage
	if err := s.readJSON(name, &list); err != nil {
		return fmt.Sprintf("part %s of the search index cannot be read: %v", name, err)
	}
	for _, term := range list {
		var forms string
		if len(term) < 2 || json.Unmarshal(term[0], &forms) != nil || forms == "" {
			return fmt.Sprintf("part %s of the search index has a word without pages", name)
		}
		for _, group := range term[1:] {
			var numbers []int
			if group[0] != '[' {
				continue // how many pages there are
			}
			if json.Unmarshal(group, &numbers) != nil || len(numbers) < 2 {
				return fmt.Sprintf("part %s of the search index has no pages for %q", name, clip(forms))
			}
			page := 0
			for i, step := range numbers[1:] {
				if page += step; page < 0 || page >= pages || i > 0 && step < 1 {
					return fmt.Sprintf("part %s of the search index leads from %q to a page that there is not", name, clip(forms))
				}
			}
		}
	}
	return ""
}

func (s *site) readJSON(name string, into any) error {
	data, err := fs.ReadFile(s.fs, name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}
