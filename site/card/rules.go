package card

import "clinicblog/site/diag"

// MarkRule is about the drawing that Mark cannot take.
var MarkRule = diag.Info{
	ID: "site-icon", Severity: diag.Error,
	Fix: "save static/favicon.svg as plain shapes and paths, with a viewBox",
	Doc: `The sign of the site cannot be drawn

static/favicon.svg is shown by browsers as it is. Home screens, older browsers
and the cards of shared links need it as PNG, in sizes that the tool draws.
Shapes, paths, strokes, groups and gradients can be drawn; texts, images, masks,
filters and style sheets cannot. See https://www.w3.org/TR/SVG2/.`,
}

// Rules lists what the findings about cards and icons are about.
var Rules = []diag.Info{MarkRule}
