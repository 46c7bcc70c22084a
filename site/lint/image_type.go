package lint

import (
	"slices"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// shown are the formats that every browser shows, or that are made into such.
var shown = []string{"JPEG", "PNG", "WebP", "AVIF", "GIF", "SVG"}

var imageType = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-type", Severity: diag.Error,
		Fix: "export the image as JPEG (a photo), PNG (a screenshot) or SVG (a drawing), with that extension",
		Doc: `A file is not the image that its name promises

A page of HTML saved as photo.jpg shows nothing; a PNG named .jpg is sent with
the wrong type, and tools that clean or shrink it stop. HEIC, TIFF and BMP are
images that most browsers cannot show. The finding goes by the content of the
file, not by its name (https://mimesniff.spec.whatwg.org/).`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			want := content.ImageFormat(i.name)
			switch {
			case i.Path == "":
			case i.Bytes == 0:
				report(i.pos, "image %s is an empty file", i.name)
			case !slices.Contains(shown, i.Format):
				report(i.pos, "image %s is %s, which browsers do not show as an image", i.name, i.Format)
			case i.Format != want:
				report(i.pos, "image %s is %s by its content", i.name, i.Format)
			}
		}
	},
}
