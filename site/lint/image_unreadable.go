package lint

import "clinicblog/site/diag"

var imageUnreadable = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-unreadable", Severity: diag.Error,
		Fix: "export the image again from its original",
		Doc: `The beginning of an image cannot be read

The file was cut off while it was copied, or holds something else. An image
whose beginning is sound and whose pixels are not is reported when the sizes for
screens are made of it.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.Broken != "" {
				report(i.pos, "image %s cannot be read as %s: %s", i.name, i.Format, i.Broken)
			}
		}
	},
}
