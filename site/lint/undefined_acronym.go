package lint

import (
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
	"clinicblog/site/prose"
)

var undefinedAcronym = pageRule{
	Info: diag.Info{ID: "undefined-acronym", Severity: diag.Advice,
		Fix: "write it out where it is first used, or add it to glossary below [params.clinicblog.check.words]",
		Doc: `Letters stand for words that the page does not say

Who needs the page most knows the letters least: IOP, CBT and MOUD are words of the
trade. The first use gives the words, on the same page; what everybody knows (US, FAQ,
AM) and what the glossary in hugo.toml explains are left alone. Five of a page are
named.

    before  Our IOP uses CBT.
    after   Our intensive outpatient program (IOP) uses cognitive-behavioral therapy (CBT).`},
	page: func(m *manuscript, report diag.Report) {
		seen, explained := map[string]bool{}, map[string]bool{}
		var first []acronym
		for i := range m.Blocks {
			b := &m.Blocks[i]
			if b.Kind == content.Code || b.Kind == content.HTML || b.Kind == content.Field {
				continue
			}
			for _, a := range acronyms(b) {
				if !seen[a.letters] {
					seen[a.letters] = true
					first = append(first, a)
				}
				if a.explained {
					explained[a.letters] = true
				}
			}
		}
		count := 0
		for _, a := range first {
			if explained[a.letters] || m.explains(a.letters) {
				continue
			}
			if count++; count > worst {
				return
			}
			pos, length := a.block.Span(a.start, a.start+len(a.letters))
			d := report(pos, "the page does not say what %s stands for", a.letters)
			d.Length = length
			if words := m.wordsOf(a.letters); words != "" {
				d.Fix = "write " + words + " (" + a.letters + ") where it is first used"
			}
		}
	},
}

// An acronym is letters where they stand. It is explained when it stands in
// brackets behind its words, or its words in brackets behind it.
type acronym struct {
	letters   string
	block     *content.Block
	start     int
	explained bool
}

func acronyms(b *content.Block) []acronym {
	var all []acronym
	for i := 0; i < len(b.Text); {
		end := i
		for end < len(b.Text) && 'A' <= b.Text[end] && b.Text[end] <= 'Z' {
			end++
		}
		if n := end - i; n >= 2 && n <= 6 && !inWord(b.Text, i, end) && !everyday[b.Text[i:end]] && !linked(b, b.Text[i:end]) {
			before, after := strings.TrimRight(b.Text[:i], " "), strings.TrimLeft(strings.TrimPrefix(b.Text[end:], "s"), " ")
			all = append(all, acronym{b.Text[i:end], b, i,
				strings.HasSuffix(before, "(") || strings.HasPrefix(after, "(") || strings.HasPrefix(after, ":") || strings.HasSuffix(before, "called") ||
					strings.HasPrefix(after, "means") || strings.HasPrefix(after, "stands for") || strings.HasPrefix(after, "significa") || strings.HasPrefix(after, ", or ") || strings.HasPrefix(after, ", a ")})
		}
		i = max(end, i+1)
	}
	if len(all) > 0 && strings.ToUpper(b.Text) == b.Text {
		return nil // a title in capitals
	}
	return all
}

// linked tells letters in the text of a link: where it leads, they are explained.
func linked(b *content.Block, letters string) bool {
	return slices.ContainsFunc(b.Links, func(l content.Link) bool { return strings.Contains(l.Text, letters) })
}

// inWord tells letters that are a part of something: of a word, of a number such
// as 1-800-662-HELP, of a title such as TIP 41.
func inWord(text string, start, end int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i] >= 0x80 || text[i] == '_' || text[i] == '@' || text[i] == '/' ||
			'0' <= text[i] && text[i] <= '9' || 'a' <= text[i]|0x20 && text[i]|0x20 <= 'z')
	}
	if start > 1 && text[start-1] == '-' && '0' <= text[start-2] && text[start-2] <= '9' {
		return true
	}
	if end+1 < len(text) && text[end] == ' ' && '0' <= text[end+1] && text[end+1] <= '9' {
		return true
	}
	if end < len(text) && text[end] == 's' && !letter(end+1) {
		return letter(start - 1)
	}
	return letter(start-1) || letter(end)
}

// explains tells whether the page has the words of the letters, or the glossary
// the letters.
func (m *manuscript) explains(letters string) bool {
	for _, term := range m.settings.Words["glossary"] {
		if strings.EqualFold(term, letters) {
			return true
		}
	}
	words := strings.Fields(prose.Fold(strings.ReplaceAll(m.wordsOf(letters), "-", " ")))
	if len(words) == 0 {
		return false
	}
	for i := range m.Blocks {
		if strings.Contains(prose.Fold(strings.ReplaceAll(m.Blocks[i].Text, "-", " ")), strings.Join(words, " ")) {
			return true
		}
	}
	return false
}

// wordsOf returns the words of an acronym in the page's language.
func (m *manuscript) wordsOf(letters string) string {
	if m.lang == "es" {
		return clinicalSpanish[letters]
	}
	return clinical[letters]
}

// clinicalSpanish are acronyms as pages in Spanish have them, from either language.
var clinicalSpanish = map[string]string{
	"IOP": "programa ambulatorio intensivo", "PHP": "programa de hospitalización parcial", "CBT": "terapia cognitivo-conductual", "TCC": "terapia cognitivo-conductual",
	"DBT": "terapia dialéctica conductual", "TDC": "terapia dialéctica conductual", "TEPT": "trastorno de estrés postraumático", "TOC": "trastorno obsesivo compulsivo",
	"OUD": "trastorno por consumo de opioides", "AUD": "trastorno por consumo de alcohol", "SUD": "trastorno por consumo de sustancias", "MOUD": "medicamentos para el trastorno por consumo de opioides",
	"TDAH": "trastorno por déficit de atención e hiperactividad",
}

// clinical are acronyms of the trade, with their words.
var clinical = map[string]string{
	"IOP": "intensive outpatient program", "PHP": "partial hospitalization program", "CBT": "cognitive behavioral therapy", "DBT": "dialectical behavior therapy",
	"MOUD": "medications for opioid use disorder", "MAT": "medication assisted treatment", "OUD": "opioid use disorder", "AUD": "alcohol use disorder",
	"SUD": "substance use disorder", "PTSD": "post traumatic stress disorder", "ADHD": "attention deficit hyperactivity disorder", "OCD": "obsessive compulsive disorder",
	"EMDR": "eye movement desensitization and reprocessing", "ACT": "acceptance and commitment therapy", "MI": "motivational interviewing", "CM": "contingency management",
	"ASAM": "American Society of Addiction Medicine",
	"OTP":  "opioid treatment program", "MET": "motivational enhancement therapy", "RCT": "randomized controlled trial", "LCSW": "licensed clinical social worker",
	"LMFT": "licensed marriage and family therapist", "LPC": "licensed professional counselor", "PHI": "protected health information",
	"GAD": "generalized anxiety disorder", "BPD": "borderline personality disorder",
}

// everyday are letters that everybody knows, or that are a name.
var everyday = map[string]bool{
	"US": true, "USA": true, "UK": true, "EU": true, "AM": true, "PM": true, "FAQ": true, "OK": true, "TV": true, "ID": true, "CD": true, "DVD": true, "PDF": true, "URL": true, "GPS": true,
	"HIV": true, "DNA": true, "AIDS": true, "COVID": true, "ZIP": true, "ATM": true, "CEO": true, "PO": true, "II": true, "III": true, "IV": true, "VI": true, "VII": true, "MD": true, "RN": true, "BA": true, "MA": true,
	"PHD": true, "HTML": true, "WWW": true, "SMS": true, "TTY": true, "TDD": true, "DJ": true, "VIP": true, "SOS": true, "AA": true, "NA": true, "SMART": true, "CFR": true, "SAMHSA": true, "NIDA": true, "HIPAA": true,
	"VA": true, "FDA": true, "CDC": true, "NIH": true, "NHS": true, "EEUU": true, "EE": true, "UU": true, "VIH": true, "SIDA": true, "ADN": true, "CA": true, "NY": true, "TX": true, "FL": true, "OH": true, "WA": true, "OR": true,
	"NO": true, "NOT": true, "AND": true, "YES": true, "STOP": true, "RSS": true, "GIF": true, "JPG": true, "PNG": true, "QR": true, "UTC": true,
}
