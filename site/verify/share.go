package verify

import (
	"fmt"
	"image"
	_ "image/jpeg" // for image.DecodeConfig
	_ "image/png"  // for image.DecodeConfig
	"io/fs"
	"strconv"

	"clinicblog/site/diag"
)

// share is the picture that stands for a page where it is shared, as the page
// says it.
type share struct{ url, width, height, alt string }

var shareImage = diag.Info{ID: "share-image", Severity: diag.Error,
	Fix: "give the picture, and say its size in pixels and what is on it",
	Doc: `The picture of a shared link is the one that the page describes

Chat programs and social networks show og:image beside a link. They lay it out
by og:image:width and og:image:height before it is loaded, and read og:image:alt
to those who do not see it. They take JPEG and PNG. Source: The Open Graph
protocol, https://ogp.me/#structured.`}

// shareImage opens the picture of a page and compares its size. That the address
// leads to a file is checked with all others.
func (w *worker) shareImage() {
	p := &w.page
	s := p.share
	if s.url == "" {
		return
	}
	if s.alt == "" {
		w.findings.add(p.file, &shareImage, s.url, "picture %s of the shared page has no alt text", clip(s.url))
	}
	d := w.resolve(s.url)
	if d.kind != local || w.odd[d.file] {
		return
	}
	size, err := imageSizeOf(w.fs, w.paths[d.file])
	switch want := fmt.Sprintf("%s by %s", s.width, s.height); {
	case err != nil:
		w.findings.add(p.file, &shareImage, s.url, "picture %s of the shared page cannot be read: %v", clip(s.url), err)
	case s.width != strconv.Itoa(size.X) || s.height != strconv.Itoa(size.Y):
		w.findings.add(p.file, &shareImage, s.url, "picture %s of the shared page has %d by %d pixels, the page says %q", clip(s.url), size.X, size.Y, want)
	}
}

func imageSizeOf(files fs.FS, name string) (image.Point, error) {
	f, err := files.Open(name)
	if err != nil {
		return image.Point{}, err
	}
	defer f.Close()
	c, _, err := image.DecodeConfig(f)
	return image.Pt(c.Width, c.Height), err
}
