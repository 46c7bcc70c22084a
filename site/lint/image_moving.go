package lint

import "clinicblog/site/diag"

var imageMoving = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-moving", Severity: diag.Advice,
		Fix: "use a still image, or a video that the reader starts",
		Doc: `An image moves, and the reader cannot stop it

What moves for more than five seconds beside text must have a way to be paused
(WCAG 2.2, 2.2.2, level A), and a wish for reduced motion does not reach the
frames of a GIF. Movement draws the eye from the text, which is hardest on
readers with attention or vestibular disorders.`},
	Run: func(s Subject, report diag.Report) {
		for i := range s.images() {
			if i.Moving {
				report(i.pos, "image %s moves", i.name)
			}
		}
	},
}
