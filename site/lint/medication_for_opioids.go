package lint

import (
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

var medicationForOpioids = pageRule{
	Info: diag.Info{ID: "medication-for-opioids", Severity: diag.Advice,
		Fix: "name the medications, buprenorphine, methadone and naltrexone, and where to get them",
		Doc: `A page about opioid use disorder does not mention medication

Methadone and buprenorphine lower the risk of dying (Larochelle et al. 2018, Ann
Intern Med 169(3):137-145), and groups work better beside medication than
medication alone (López et al. 2021, doi 10.1186/s13011-021-00371-0). Who reads of
counseling alone may think that there is nothing else.`},
	page: func(m *manuscript, report diag.Report) {
		if aboutOpioids(m.Page) && !mentions(m.Page, opioidMedication) {
			report(m.At("title"), "the page is about opioid use disorder and names no medication for it")
		}
	},
}

// aboutOpioids tells a page with opioids in its title or in a heading, or one that
// comes back to the disorder three times.
func aboutOpioids(p *content.Page) bool {
	if p.Section {
		return false
	}
	count := 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !mayNameOpioid(b.Text) {
			continue
		}
		text := strings.ToLower(b.Text)
		for _, w := range []string{"opioid", "heroin", "fentanyl", "opioide", "heroína", "fentanilo"} {
			if !strings.Contains(text, w) {
				continue
			}
			if b.Kind == content.Field && b.Key == "title" {
				return true
			}
			for _, d := range []string{"use disorder", "addiction", "dependence", "por consumo", "adicción", "dependencia"} {
				if strings.Contains(text, d) {
					count++
					break
				}
			}
			break
		}
	}
	return count >= 3
}

// mayNameOpioid is quick: every block is asked.
var mayNameOpioid = holds("opioid", "heroin", "heroín", "fentan", "OPIOID", "HEROIN", "FENTAN")

var opioidMedication = []string{
	"medication", "medicine", "medicament", "buprenorphin", "buprenorfin", "methadone", "metadona", "naltrexon", "suboxone", "vivitrol", "sublocade", "moud", "medicina",
}

// mentions tells whether a text of the page holds one of the words, in lower case.
func mentions(p *content.Page, words []string) bool {
	for i := range p.Blocks {
		text := strings.ToLower(p.Blocks[i].Text)
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
	}
	return false
}
