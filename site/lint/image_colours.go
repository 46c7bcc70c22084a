package lint

import "clinicblog/site/diag"

var imageColours = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-colours", Severity: diag.Advice,
		Fix: "export the photo as sRGB",
		Doc: `A photo has colours that its small copies do not keep

Copies are made of the numbers of the pixels and carry no colour profile, so a
browser takes them for sRGB. A photo in Display P3, as newer telephones take
them, looks a little paler; one in Adobe RGB or ProPhoto RGB visibly so.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.Colours != "" {
				report(i.pos, "image %s is in %s", i.name, i.Colours)
			}
		}
	},
}
