package lint

import "clinicblog/site/diag"

// leadWidth is how wide a lead image is shown, in CSS pixels: the measure of
// the text, in the widest of the faces that devices have.
const leadWidth = 640

var imageSmall = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-small", Severity: diag.Advice,
		Fix: "use an image of 1280 pixels or more, for screens of double density",
		Doc: `A lead image is narrower than the place where it is shown

A lead image fills the width of the text, up to 640 pixels. A smaller one is stretched
and looks blurred. Images in the text are shown in their own size.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			// A telephone may store a photo lying on its side.
			if i.lead && i.Width > 0 && max(i.Width, i.Height) < leadWidth {
				report(i.pos, "image %s is %d pixels wide, and is shown %d wide", i.name, i.Width, leadWidth)
			}
		}
	},
}
