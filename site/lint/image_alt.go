package lint

import "clinicblog/site/diag"

var imageAlt = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-alt", Severity: diag.Error,
		Fix: "say in a few words what the image tells",
		Doc: `An image has no alternative text

A reader who cannot see the image learns nothing from it, and an assistant that
quotes the page neither (WCAG 2.2, 1.1.1). In Markdown it stands in the
brackets: ![Chairs in a circle](chairs.svg). For the lead image it is imageAlt.`},
	Run: func(s Subject, report diag.Report) {
		for p := range s.published() {
			if p.Image != "" && p.ImageAlt == "" {
				report(p.At("image"), "image %s has no alt text", p.Image)
			}
			for _, i := range p.Images {
				if i.Alt == "" {
					report(i.Pos, "image %s has no alt text", i.Destination)
				}
			}
		}
	},
}
