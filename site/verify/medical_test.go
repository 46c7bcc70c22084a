package verify

import (
	"strings"
	"testing"
)

// What a page says of its review is true, and it says it to readers too.
func TestMedical(t *testing.T) {
	const (
		claim     = "<p>Medically reviewed by <a href=/blog/>Ana</a>, LCSW</p>"
		denial    = "<p><strong>Not yet medically reviewed.</strong></p>"
		spanish   = "<p>Todavía sin revisión médica.</p>"
		note      = "<p>This site gives general information.</p>"
		marked    = `,"lastReviewed":"2026-01-05","reviewedBy":{"@id":"https://clinic.example/blog/#site"}`
		isMedical = `["MedicalWebPage"]`
	)
	about := Medical{
		Claims: []string{"Medically reviewed by", "Revisión médica de"}, Denials: []string{"Not yet medically reviewed.", "Todavía sin revisión médica."},
		Disclaimers: []string{"This site gives general information."},
	}
	for _, test := range []struct {
		name, kind, markup, main string
		reviewed                 bool
		want                     string
	}{
		{"reviewed", isMedical, marked, claim + note, true, ""},
		{"not reviewed", isMedical, "", denial + note, false, ""},
		{"not reviewed, in Spanish", isMedical, "", spanish + note, false, ""},
		{"another kind of page", `"WebPage"`, "", "", false, ""},
		{"prose about reviews", isMedical, "", denial + note + "<p>No page is medically reviewed by a robot.</p>", false, ""},
		{"markup alone is left out", isMedical, "", claim + note, true, ""},
		{"a claim by hand", isMedical, "", denial + note + claim, false, `review-unstamped: page says "Medically reviewed by Ana, LCSW", and its text was not reviewed`},
		{"a claim in capitals", isMedical, "", denial + note + strings.Replace(claim, "Medically", "MEDICALLY", 1), false, "review-unstamped"},
		{"a claim on another kind of page", `"WebPage"`, "", claim, false, "review-unstamped"},
		{"a claim in the markup", isMedical, marked, denial + note, false, "review-unstamped: structured data claims a review"},
		{"nothing to be seen", isMedical, marked, note, true, "review-hidden"},
		{"hidden", isMedical, marked, "<div hidden>" + claim + "</div>" + note, true, "review-hidden"},
		{"silence", isMedical, "", note, false, "review-unsaid"},
		{"a hidden denial", isMedical, "", "<div hidden>" + denial + "</div>" + note, false, "review-unsaid"},
		{"no disclaimer", isMedical, "", denial, false, "disclaimer-missing"},
	} {
		files := goodSite()
		for _, f := range []string{art, faqs} { // medical, and not what this is about
			files[f] = strings.Replace(files[f], "MedicalWebPage", "WebPage", 1)
		}
		files[home] = strings.NewReplacer(`"@type":"WebPage"`, `"@type":`+test.kind+test.markup, "</main>", test.main+"</main>").Replace(files[home])
		about.Reviewed = map[string]bool{home: test.reviewed}
		_, ds, err := Check(t.Context(), Site{FS: fsOf(files), BaseURL: base, Medical: about})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range ds {
			got += d.Rule + ": " + d.Message + "\n"
		}
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) || strings.Count(got, "\n") > 1 {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// A page that somebody paid for says so, and so do its links to other sites.
func TestSponsored(t *testing.T) {
	const (
		line    = "<p><strong>Paid for by Example Foundation</strong></p>"
		spanish = "<p>Pagado por Example Foundation</p>"
		paid    = `<p><a href="https://other.example/" rel="sponsored noopener">Them</a></p>`
		unpaid  = `<p><a href="https://other.example/" rel="noopener">Them</a></p>`
		refs    = `<section data-nosearch><a href="https://doi.org/10.1/x">A study</a></section>`
	)
	for _, test := range []struct {
		main   string
		bought bool
		want   string
	}{
		{unpaid, false, ""},
		{line + paid + refs, true, ""},
		{spanish + paid, true, ""},
		{paid, true, `sponsor-hidden: page was paid for by "Example Foundation" and does not say so`},
		{"<p>Paid for by Another</p>", true, "sponsor-hidden"},
		{"<p>We thank Example Foundation</p>", true, "sponsor-hidden"},
		{"<div hidden>" + line + "</div>", true, "sponsor-hidden"},
		{line + unpaid, true, "sponsor-link: link https://other.example/ does not say that it is paid"},
	} {
		files := goodSite()
		files[home] = strings.Replace(files[home], "</main>", test.main+"</main>", 1)
		about := Medical{PaidBy: []string{"Paid for by", "Pagado por"}}
		if test.bought {
			about.Sponsors = map[string]string{home: "Example Foundation"}
		}
		_, ds, err := Check(t.Context(), Site{FS: fsOf(files), BaseURL: base, Medical: about})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range ds {
			got += d.Rule + ": " + d.Message + "\n"
		}
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) || strings.Count(got, "\n") > 1 {
			t.Errorf("%s: got %q, want %q", test.main, got, test.want)
		}
	}
}

// Whoever reads of danger meets the crisis lines before a call to anyone else.
func TestCrisisLinesFirst(t *testing.T) {
	const (
		lines  = `<section data-nosearch><h2>Suicide and crisis lines</h2><a href="tel:988">Call 988</a> <a href="tel:+18006624357">1-800-662-4357</a></section>`
		call   = `<section data-nosearch><a href="tel:+15555550142">(555) 555-0142</a></section>`
		danger = `<p>An overdose is an emergency.</p>`
	)
	for _, test := range []struct{ main, want string }{
		{"<p>Groups meet weekly.</p>" + call, ""},
		{lines + danger + call, ""},
		{danger + lines + call, ""},
		{`<p data-nosearch>Overdose</p>` + call, ""},
		{danger + call, `page speaks of danger ("overdose") and does not show the crisis lines in its main part`},
		{danger, "does not show the crisis lines"},
		{danger + call + lines, "asks for a call before it shows the crisis lines"},
		{danger + `<a href="tel:988">Call 988</a>` + call + lines, "asks for a call before"},
		{danger + "<div hidden>" + lines + "</div>" + call, "does not show"},
		{"<p>Pensamientos suicidas</p>" + call, `("suicidas")`},
		{"<p>Una sobredosis es una emergencia.</p>" + call, `("sobredosis")`},
	} {
		files := goodSite()
		files[home] = strings.Replace(files[home], "</main>", test.main+"</main>", 1)
		_, ds, err := Check(t.Context(), Site{FS: fsOf(files), BaseURL: base, Crisis: []string{"tel:988", "tel:+18006624357"}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range ds {
			if d.Rule == "crisis-order" {
				got += d.Message
			}
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.main, got, test.want)
		}
	}
}
