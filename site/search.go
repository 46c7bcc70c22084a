package site

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/hugo"
	"clinicblog/site/search"
)

// writeSearch puts the index of each language that has a search page beside the
// rendered pages. It reads them as Hugo wrote them, so that the index is
// finished and verified with all other files.
func writeSearch(ctx context.Context, dir string, index *content.Index, rendered hugo.Site) error {
	searchable := map[string]bool{}
	for _, p := range rendered.Pages {
		if name := path.Base(p.Source); path.Dir(p.Source) == "content" && strings.HasPrefix(name, "search.") && p.Output != "" {
			searchable[p.Lang] = true
		}
	}
	s := search.Site{FS: os.DirFS(dir), Synonyms: index.Synonyms}
	for _, p := range rendered.Pages {
		if searchable[p.Lang] && p.Output != "" {
			s.Pages = append(s.Pages, search.Page{
				Lang: p.Lang, File: p.Output, URL: p.RelPermalink, Title: p.Title, Description: p.Description, Kind: p.Type, List: p.Kind != "page" && p.Kind != "section",
			})
		}
	}
	files, err := search.Files(ctx, s)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(file.Path)), file.Data); err != nil {
			return fmt.Errorf("write search index: %w", err)
		}
	}
	return nil
}
