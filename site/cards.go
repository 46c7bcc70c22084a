package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"clinicblog/site/cache"
	"clinicblog/site/card"
	"clinicblog/site/diag"
	"clinicblog/site/hugo"
)

// The drawing that all icons are made of, and the style sheet whose colours they
// have.
const (
	markFile   = "favicon.svg"
	tokensFile = "assets/css/tokens.css"
)

// cardPath is the card of the page that is written to output, both as paths
// below the site's root. head.html spells the same: a page keeps the address of
// its card, whatever its title, because shared links are read again for years.
func cardPath(output string) string {
	name := strings.TrimSuffix(strings.TrimSuffix(output, "index.html"), ".html")
	if name = strings.Trim(name, "/"); name == "" {
		name = "index"
	}
	return "cards/" + name + ".png"
}

// cardURL is where the card of a page is published.
func cardURL(baseURL, output string) string {
	return strings.TrimSuffix(baseURL, "/") + (&url.URL{Path: "/" + cardPath(output)}).EscapedPath()
}

// drawCards puts a card for every page, and the icons of the site, beside the
// rendered pages. A file that is there already, from static/, stays. When nobody
// is to see the cards, all are the same one.
func drawCards(ctx context.Context, source, dir string, rendered hugo.Site, unseen bool) ([]diag.Diagnostic, error) {
	css, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(tokensFile)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read colours of cards: %w", err)
	}
	svg, err := os.ReadFile(filepath.Join(dir, markFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read sign of the site: %w", err)
	}
	var mark *card.Mark
	if err == nil {
		if mark, err = card.ParseMark(svg); err != nil {
			return []diag.Diagnostic{card.MarkRule.At(diag.Pos{File: "static/" + markFile}, "%s cannot be drawn as an icon: %v", markFile, err)}, nil
		}
	}
	style := card.StyleOf(css, mark)
	kept := cache.Open("cards")
	for _, icon := range card.Icons {
		if mark == nil {
			break
		}
		data, err := cached(kept, style.Key("icon", icon.Path), func() ([]byte, error) { return icon.Draw(style) })
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", icon.Path, err)
		}
		if err := writeUnlessThere(dir, icon.Path, data); err != nil {
			return nil, err
		}
	}
	names := map[string]string{}
	for _, e := range rendered.Languages {
		names[e.Key] = e.Title
	}
	next := make(chan *hugo.Page)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(next)
		for i := range rendered.Pages {
			if !strings.HasSuffix(rendered.Pages[i].Output, ".html") {
				continue
			}
			select {
			case next <- &rendered.Pages[i]:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			var artist *card.Artist
			for p := range next {
				name, title := names[p.Lang], p.Title
				if unseen {
					name, title = "", ""
				}
				data, err := cached(kept, style.Key(name, title), func() ([]byte, error) {
					if artist == nil {
						var err error
						if artist, err = card.NewArtist(style); err != nil {
							return nil, err
						}
					}
					return artist.Draw(name, title)
				})
				if err != nil {
					return fmt.Errorf("draw card of %s: %w", p.Output, err)
				}
				if err := writeUnlessThere(dir, cardPath(p.Output), data); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return nil, g.Wait()
}

// writeUnlessThere writes a file below dir, unless there is one.
func writeUnlessThere(dir, name string, data []byte) error {
	err := writeNew(filepath.Join(dir, filepath.FromSlash(name)), data)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// The end of every PNG, and of those in an icon.
var pngEnd = []byte("IEND\xaeB`\x82")

// cached returns what is kept under key, or else what draw returns, and keeps
// it: to draw a card takes longer than to build its page.
func cached(kept cache.Folder, key string, draw func() ([]byte, error)) ([]byte, error) {
	if data, ok := kept.Get(key); ok && bytes.Contains(data, pngEnd) {
		return data, nil
	}
	data, err := draw()
	if err == nil {
		kept.Put(key, data)
	}
	return data, err
}
