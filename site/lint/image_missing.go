package lint

import (
	"iter"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// pageImage is an image that a page shows.
type pageImage struct {
	*content.ImageFile
	name string // as the page names it
	lead bool
	pos  diag.Pos
}

// images ranges over the images of this site that pages of this build show.
func (s Subject) images() iter.Seq[pageImage] {
	return func(yield func(pageImage) bool) {
		for p := range s.published() {
			if p.ImageFile != nil && !yield(pageImage{p.ImageFile, p.Image, true, p.At("image")}) {
				return
			}
			for _, i := range p.Images {
				if i.File != nil && !yield(pageImage{i.File, i.Destination, false, i.Pos}) {
					return
				}
			}
		}
	}
}

var imageMissing = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-missing", Severity: diag.Error,
		Fix: "put the file beside the page, or correct its name",
		Doc: `There is no file for an image

The reader would see a frame with the alternative text in it. An image is looked
for beside a page that is a folder (index.md), and then below assets/ and
static/. Names differ by case: Chairs.JPG is not chairs.jpg.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.Path == "" {
				report(i.pos, "image %s does not exist", i.name)
			}
		}
	},
}
