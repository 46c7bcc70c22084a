package lint

import "clinicblog/site/diag"

var clinicFacts = diag.Rule[Subject]{
	Info: diag.Info{ID: "clinic-facts", Severity: diag.Error,
		Fix: "fill in data/clinic.yaml",
		Doc: `The clinic's own facts are incomplete

Name and telephone stand on every page and in its markup, and they come from
data/clinic.yaml alone: in directories of treatment providers only 56% of
entries were exactly right (Riley 2024, PMC11260587), because facts lived in
many places.`},
	Run: func(s Subject, report diag.Report) {
		pos := s.Clinic.Pos
		if pos.File == "" {
			pos.File = "data/clinic.yaml"
		}
		if s.Clinic.Name == "" {
			report(pos, "the clinic has no name")
		}
		if s.Clinic.Telephone == "" {
			report(pos, "the clinic has no telephone")
		}
	},
}
