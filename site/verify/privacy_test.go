package verify

import (
	"strings"
	"testing"
)

func TestNotices(t *testing.T) {
	const all = `<footer><a href="/blog/faq/">Privacy policy</a> <a href="/blog/faq/">Consumer Health Data Privacy Policy</a>
<a href="/blog/faq/">Notice of Privacy Practices</a> <a href="/blog/faq/">Non-Discrimination</a> <a href="/blog/faq/">Ayuda con el idioma</a>`
	for _, test := range []struct{ footer, want string }{
		{all, ""},
		{"<footer>", "index.html: advice: the home page links to no page with a notice of nondiscrimination, a notice of language assistance (language-notices)\n" +
			"index.html: advice: the home page links to no page with a privacy policy, a consumer health data policy, a notice of privacy practices (privacy-notices)\n"},
		{strings.Replace(all, "Notice of Privacy Practices", "Practices", 1),
			"index.html: advice: the home page links to no page with a notice of privacy practices (privacy-notices)\n"},
	} {
		in := Site{FS: fsOf(with(t, home, "<footer>", test.footer)), BaseURL: base, UnitedStates: true}
		_, ds, err := Check(t.Context(), in)
		for i := range ds {
			ds[i].Fix = ""
		}
		if got := list(ds); err != nil || got != test.want {
			t.Errorf("got %v:\n%swant:\n%s", err, got, test.want)
		}
	}
}

// An agreement lets a tracker in, being allowed does not; a form's target is
// approved by its own list.
func TestApproved(t *testing.T) {
	files := with(t, home, "<footer>", `<footer><img src="https://px.ads.linkedin.com/1" alt="" width="1" height="1"><form action="https://forms.example/"></form>`)
	for _, test := range []struct {
		in   Site
		want string
	}{
		{Site{Allow: []string{"https://px.ads.linkedin.com", "https://forms.example"}}, "tracker form-target"},
		{Site{BAA: []string{"https://px.ads.linkedin.com"}, Forms: []string{"https://forms.example"}}, ""},
		{Site{BAA: []string{"https://linkedin.com"}, Forms: []string{"https://forms.example"}}, "tracker"},
	} {
		test.in.FS, test.in.BaseURL = fsOf(files), base
		_, ds, err := Check(t.Context(), test.in)
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, d := range ds {
			rules = append(rules, d.Rule)
		}
		for _, want := range strings.Fields(test.want) {
			if !strings.Contains(strings.Join(rules, " "), want) {
				t.Errorf("no %s in:\n%s", want, list(ds))
			}
		}
		if len(rules) != len(strings.Fields(test.want)) {
			t.Errorf("got:\n%swant %s", list(ds), test.want)
		}
	}
	for host, want := range map[string]string{
		"google.com": "Google", "fonts.googleapis.com:8443": "Google", "notgoogle.com": "", "com": "", "": "", "x.com.": "X", "netflix.com": "",
	} {
		if got := tracker(host); got != want {
			t.Errorf("%s: got %q, want %q", host, got, want)
		}
	}
}
