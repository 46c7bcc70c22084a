package lint

import "clinicblog/site/diag"

// leadWidth is how wide a lead image is shown, in CSS pixels: the measure of
// the text.
const leadWidth = 576

var imageSmall = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-small", Severity: diag.Advice,
		Fix: "use an image of 1152 pixels or more, for screens of double density",
		Doc: `A lead image is narrower than the place where it is shown

A lead image fills the width of the text, 576 pixels. A smaller one is stretched
and looks blurred. Images in the text are shown in their own size.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.lead && i.Width > 0 && i.Width < leadWidth {
				report(i.pos, "image %s is %d pixels wide, and is shown %d wide", i.name, i.Width, leadWidth)
			}
		}
	},
}
