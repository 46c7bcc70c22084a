package search

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// How the index is cut. A query loads one list of words for each of its words
// and the descriptions of its ten best pages.
const (
	listBytes    = 16_000 // of a list of words, about: 5 kB compressed
	pagesPerFile = 8
	// maxHits is how many pages a word keeps, the best. A word that a tenth of
	// a large site has tells pages apart no further (static index pruning:
	// Carmel et al., 2001).
	maxHits = 1000
	// maxHeadings is how many headings of a page a result can lead to.
	maxHeadings = 100
)

// head is search/LANG/index.json.
type head struct {
	Version string   `json:"version"` // the folder of the lists
	Pages   int      `json:"pages"`
	PerFile int      `json:"perFile"` // pages described in one file
	Lists   []string `json:"lists"`   // the lowest form that may be in each list of words; the first is ""
	Stop    string   `json:"stop"`    // words that say nothing of a page, with a space between two
}

func (x *index) files() []File {
	lists, starts := x.lists()
	pages := x.descriptions()
	sum := sha256.New()
	for _, data := range slices.Concat(lists, pages) {
		sum.Write(data)
		sum.Write([]byte{'\n'})
	}
	h := head{hex.EncodeToString(sum.Sum(nil))[:16], len(x.pages), pagesPerFile, starts, strings.Join(x.stop, " ")}
	dir := "search/" + x.lang + "/"
	files := []File{{dir + "index.json", marshal(h)}}
	for i, data := range lists {
		files = append(files, File{fmt.Sprintf("%s%s/w%d.json", dir, h.Version, i), data})
	}
	for i, data := range pages {
		files = append(files, File{fmt.Sprintf("%s%s/p%d.json", dir, h.Version, i), data})
	}
	return files
}

// marshal never fails: what it is given are strings and numbers.
func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// lists cuts the words into files by the order of their forms, and returns
// where each begins. A term whose forms lie on both sides of a cut is in both
// files, so that any form leads to it at once.
func (x *index) lists() (lists [][]byte, starts []string) {
	type form struct {
		form string
		term int32
	}
	var forms []form
	for i, t := range x.terms {
		if len(t.hits) == 0 {
			continue // of a synonym that no page has
		}
		for _, f := range t.forms {
			forms = append(forms, form{f, int32(i)})
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return strings.Compare(a.form, b.form) })
	list, in := []byte{'['}, map[int32]bool{}
	starts = []string{""}
	for i, f := range forms {
		if len(list) > listBytes && f.form != forms[i-1].form {
			lists = append(lists, append(list, ']'))
			starts = append(starts, cut(forms[i-1].form, f.form))
			list, in = []byte{'['}, map[int32]bool{}
		}
		if in[f.term] {
			continue
		}
		in[f.term] = true
		if len(list) > 1 {
			list = append(list, ',')
		}
		list = x.terms[f.term].append(list)
	}
	return append(lists, append(list, ']')), starts
}

// cut returns the shortest beginning of b that is above a.
func cut(a, b string) string {
	for i, r := range b {
		if end := i + len(string(r)); !strings.HasPrefix(a, b[:end]) {
			return b[:end]
		}
	}
	return b
}

// append writes a term: its forms, on how many pages it is when not all of
// them follow, and for each worth, from the highest down, the worth and the
// pages: the first as its number, each other as the difference from the one
// before.
//
//	["anxieties anxiety",[41,7],[12,3,1,20]]
func (t *term) append(b []byte) []byte {
	hits := slices.Clone(t.hits)
	slices.SortStableFunc(hits, func(a, b hit) int { return int(b.worth - a.worth) })
	b = append(b, '[')
	b = append(b, marshal(strings.Join(t.forms, " "))...)
	if len(hits) > maxHits {
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(len(hits)), 10)
		hits = hits[:maxHits]
	}
	for i, h := range hits {
		page := h.page
		if i == 0 || h.worth != hits[i-1].worth {
			if i > 0 {
				b = append(b, ']')
			}
			b = append(b, ',', '[')
			b = strconv.AppendInt(b, int64(h.worth), 10)
		} else {
			page -= hits[i-1].page
		}
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(page), 10)
	}
	return append(b, ']', ']')
}

// descriptions returns what results show, pagesPerFile pages a file:
//
//	[["/faq/","FAQ","What people ask.","page",[["how-long","How long is it?"]]]]
func (x *index) descriptions() [][]byte {
	var files [][]byte
	for start := 0; start < len(x.pages); start += pagesPerFile {
		var list [][]any
		for i := start; i < min(start+pagesPerFile, len(x.pages)); i++ {
			p, headings := x.pages[i], [][2]string{}
			for _, h := range x.docs[i].headings[:min(maxHeadings, len(x.docs[i].headings))] {
				headings = append(headings, [2]string{h.id, h.text})
			}
			list = append(list, []any{p.URL, p.Title, p.Description, p.Kind, headings})
		}
		files = append(files, marshal(list))
	}
	return files
}
