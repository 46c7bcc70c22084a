package lint

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"clinicblog/site/diag"
	"clinicblog/site/hugo"
)

// settings reads those of a project, the defaults when it has no hugo.toml.
func settings(t *testing.T, dir string) Settings {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "hugo.toml")); err != nil {
		return Defaults()
	}
	s, ds := readSettings(t, dir)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return s
}

func readSettings(t *testing.T, dir string) (Settings, []diag.Diagnostic) {
	t.Helper()
	config, ds, err := hugo.ReadConfig(dir)
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	s, ds := ReadSettings(config.Table("params.clinicblog.check"), config.Below("params.clinicblog.check"), diag.Infos(Rules))
	return s, diag.Sort(ds)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "hugo.toml", `
[params.clinicblog.check]
profile = "va"
remind = 30
rules = { image-alt = "advice", pasted-bullet = "off", crisis-lines = "error" }
baa = ["https://a.example"]
forms = ["https://b.example"]
[params.clinicblog.check.words]
names = ["Journal of Substance Abuse"]
`)
	got, ds := readSettings(t, dir)
	want := Settings{Profile: "va", Remind: 30,
		Rules: map[string]string{"image-alt": "advice", "pasted-bullet": "off", "crisis-lines": "error"},
		Words: map[string][]string{"names": {"Journal of Substance Abuse"}},
		BAA:   []string{"https://a.example"}, Forms: []string{"https://b.example"}}
	if len(ds) > 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, ds, want)
	}
}

func TestWrongSettings(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "hugo.toml", `[params.clinicblog.check]
profile = "nhs"
remind = "soon"
profil = "va"
rules = { image-alts = "off", image-alt = "warn", crisis-lines = "advice" }
baa = "https://a.example"
forms = ["forms.example"]
[params.clinicblog.check.words]
name = []
`)
	got, ds := readSettings(t, dir)
	var b strings.Builder
	if err := diag.Text(&b, ds); err != nil {
		t.Fatal(err)
	}
	want := `hugo.toml:2:1: profile "nhs" is none of nida, va (check-settings)
hugo.toml:3:1: remind "soon" is no number of days (check-settings)
hugo.toml:4:1: unknown setting "profil": did you mean "profile"? (check-settings)
hugo.toml:5:11: there is no rule "image-alts": did you mean "image-alt"? (check-settings)
hugo.toml:5:31: rule image-alt cannot be "warn", only error, advice, off (check-settings)
hugo.toml:5:51: rule crisis-lines cannot be changed (check-settings)
hugo.toml:6:1: baa is not a list of texts (check-settings)
hugo.toml:7:10: "forms.example" is not an origin such as https://example.org (check-settings)
hugo.toml:9:1: there is no lexicon "name": did you mean "names"? (check-settings)
`
	if text := strings.ReplaceAll(b.String(), "    "+SettingsRule.Fix+"\n", ""); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
	if got.Profile != "nida" || got.Remind != 60 || len(got.Rules) > 0 {
		t.Errorf("got %+v", got)
	}
}
