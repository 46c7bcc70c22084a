package lint

import (
	"path"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var imagePatient = diag.Rule[Subject]{
	Info: diag.Info{ID: "image-patient", Severity: diag.Advice,
		Fix: "say what the picture shows without a name, or add authorization: {id, date, expires} to the front matter once it is signed",
		Doc: `The words of a picture name a person and a condition

A name beside a condition is protected health information, in an alt text and in
the name of a file as well as in a caption: search engines read both (45 CFR
164.514). People with a page of their own are left alone, and so are pages with an
authorization.

Before: ![Maria Lopez after two years of recovery](maria-lopez.jpg)
After:  ![A woman laughs on a porch](porch.jpg)`},
	Run: func(s Subject, report diag.Report) {
		c := newCutter()
		for p := range s.published() {
			if p.Authorization != nil && p.Authorization.Holds(s.Now) {
				continue
			}
			check := func(text string, pos diag.Pos) bool {
				t := c.cut(&content.Block{Kind: content.Paragraph, Text: text}, language(s.Index, p))
				first, last := t.namedWithCondition()
				if first < 0 {
					return false
				}
				name := text[t.words[first].Start:t.words[last].End]
				for _, who := range s.People {
					if strings.Contains(who.Title, name) {
						return false
					}
				}
				report(pos, "the words of an image name %q beside a condition", name)
				return true
			}
			for _, i := range append([]content.Image{{Destination: p.Image, Alt: p.ImageAlt, Pos: p.At("imageAlt")}}, p.Images...) {
				if !check(i.Alt, i.Pos) {
					check(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(path.Base(i.Destination), path.Ext(i.Destination))), i.Pos)
				}
			}
		}
	},
}

// namedWithCondition returns the words of a name, first and last or with an
// initial, in a short text that speaks of a condition; -1 when there is none.
func (t *passage) namedWithCondition() (first, last int) {
	if !t.has(conditions) || t.has(staff) {
		return -1, -1
	}
	small := 0
	for i := range t.words {
		if !t.words[i].capital {
			small++
		}
	}
	for i := 0; i+1 < len(t.words); i++ {
		a, b := &t.words[i], &t.words[i+1]
		if a.capital && b.capital && small > 0 && strings.TrimSpace(t.between(i, i+1)) == "" && !a.in(notPeople) && !b.in(notPeople) && !a.in(conditions) && !b.in(conditions) {
			return i, i + 1
		}
	}
	return -1, -1
}

var (
	conditions = newWordSet(`addict* alcohol* overdose* relapse* recovery recovering recovered sober sobriety rehab detox depress* anxiety bipolar schizo* ptsd trauma suicid* heroin
		opioid* cocaine meth patient patients client clients disorder
		adiccion* adict* sobredosis recaida* recuper* sobrio sobria depresion ansiedad esquizo* trastorno paciente pacientes suicid* heroina opioide*`)
	// notPeople are words with a capital letter that are no part of a person's name.
	notPeople = newWordSet(`the a an our we this that these in on at of for with and or photo drawing picture image portrait map chart graph diagram logo room group groups therapy
		clinic center centre hospital program house building street avenue road north south east west new san santa saint los las el la county city state university college
		national american united states health mental behavioral monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december intensive outpatient un una los foto dibujo imagen mapa sala grupo terapia clinica centro hospital programa casa calle avenida ciudad estado salud`)
)
