package lint

import "clinicblog/site/diag"

// What an image may have. A telephone takes photos of 12 to 50 megapixels, and
// 50 of them need 200 MB of memory while they are made smaller.
const (
	maxImageBytes  = 20 << 20
	maxImagePixels = 50_000_000
	bigImageBytes  = 5 << 20
)

var imageTooLarge = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-too-large", Severity: diag.Error,
		Fix: "export the image with at most 2400 pixels on its long side",
		Doc: `An image has more than 20 MB or more than 50 megapixels

Readers get small copies, but the build has to hold every pixel of the original
in memory: four bytes each. A file of a few kilobytes may claim billions of
pixels, which is how such a build is attacked; it is refused before any is
decoded.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			switch {
			case i.Width > 0 && i.Height > maxImagePixels/i.Width:
				report(i.pos, "image %s has %d by %d pixels", i.name, i.Width, i.Height)
			case i.Bytes > maxImageBytes:
				report(i.pos, "image %s has %d MB", i.name, i.Bytes>>20)
			}
		}
	},
}

var imageLarge = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-large", Severity: diag.Advice,
		Fix: "export the image with at most 2400 pixels on its long side",
		Doc: `An image has more than 5 MB

Readers get small copies of a photo. The original stays in the project, and in
the history of its repository for ever; a drawing or a moving image is sent to
readers as it is.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.Bytes > bigImageBytes && i.Bytes <= maxImageBytes {
				report(i.pos, "image %s has %d MB", i.name, i.Bytes>>20)
			}
		}
	},
}
