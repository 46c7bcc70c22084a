package lint

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// Settings are what a site sets for its rules in hugo.toml:
//
//	[params.clinicblog.check]
//	profile = "va"                         # the guide to wording that is followed, "nida" or "va"
//	remind = 60                            # days before a review runs out in which check says so
//	rules = { image-size = "off", readability = "error" }
//	baa = ["https://analytics.example"]    # origins of known trackers under a business associate agreement
//	forms = ["https://forms.example"]      # origins to which a form may send
//
//	[params.clinicblog.check.words]        # additions to the lexicons; see Lexicons
//	names = ["Coalition on Alcohol Abuse"]
type Settings struct {
	Profile string
	Remind  int
	Rules   map[string]string   // "error", "advice" or "off", by rule
	Words   map[string][]string // as they were written, by lexicon
	BAA     []string
	Forms   []string
}

// Lexicons are the lists of words to which a site can add, and what each is for.
var Lexicons = map[string]string{
	"names":    "proper names, such as that of an agency or a journal, which rules on wording leave alone",
	"glossary": "terms that the site explains, which do not count as hard words",
	"care":     "words of the clinic's own trade and place, which speak against a text being off the topic",
}

// profiles are the guides to wording; the first holds when none is named.
var profiles = []string{"nida", "va"}

var levels = []string{"error", "advice", "off"}

// Defaults are the settings of a site that sets none.
func Defaults() Settings { return Settings{Profile: profiles[0], Remind: 60} }

// SettingsRule is what ReadSettings reports.
var SettingsRule = diag.Info{ID: "check-settings", Severity: diag.Error, Fixed: true,
	Fix: "correct it below [params.clinicblog.check] in hugo.toml",
	Doc: `A setting of check cannot be used

A misspelt rule or level would leave a rule as it was, and nobody would know.
The settings are profile ("nida" or "va"), remind (days), rules (by rule "error",
"advice" or "off"), words (additions to the lexicons), baa and forms (origins).
Rules that keep a reader safe, or without which a site would be wrong, cannot be
changed; explain says which.`}

// ReadSettings reads the table params.clinicblog.check, nil when there is none.
// at returns the place of a key, whose path starts below the table; rules are
// all that exist. What cannot be used is left out, after a finding.
func ReadSettings(table map[string]any, at func(path string) diag.Pos, rules []diag.Info) (Settings, []diag.Diagnostic) {
	r := settingsReader{Settings: Defaults(), at: at}
	readers := map[string]func(key string, value any){
		"profile": r.profile,
		"remind":  r.remind,
		"rules":   func(key string, value any) { r.rules(key, value, rules) },
		"words":   r.words,
		"baa":     func(key string, value any) { r.BAA = r.origins(key, value) },
		"forms":   func(key string, value any) { r.Forms = r.origins(key, value) },
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if read := readers[key]; read != nil {
			read(key, table[key])
			continue
		}
		r.report(key, "unknown setting %q%s", key, didYouMean(content.Nearest(key, slices.Sorted(maps.Keys(readers)))))
	}
	return r.Settings, r.ds
}

type settingsReader struct {
	Settings
	at func(string) diag.Pos
	ds []diag.Diagnostic
}

func (r *settingsReader) report(path, format string, args ...any) {
	r.ds = append(r.ds, SettingsRule.At(r.at(path), format, args...))
}

func (r *settingsReader) profile(key string, value any) {
	name, _ := value.(string)
	if !slices.Contains(profiles, name) {
		r.report(key, "profile %v is none of %s", quoted(value), strings.Join(profiles, ", "))
		return
	}
	r.Profile = name
}

func (r *settingsReader) remind(key string, value any) {
	days, ok := value.(int64)
	if !ok || days < 0 || days > 3650 {
		r.report(key, "remind %v is no number of days", quoted(value))
		return
	}
	r.Remind = int(days)
}

func (r *settingsReader) rules(key string, value any, rules []diag.Info) {
	known := make(map[string]diag.Info, len(rules))
	for _, rule := range rules {
		known[rule.ID] = rule
	}
	r.Rules = map[string]string{}
	r.table(key, value, func(id, path string, value any) {
		level, _ := value.(string)
		rule, ok := known[id]
		switch {
		case !ok:
			r.report(path, "there is no rule %q%s", id, didYouMean(content.Nearest(id, slices.Sorted(maps.Keys(known)))))
		case !slices.Contains(levels, level):
			r.report(path, "rule %s cannot be %v, only %s", id, quoted(value), strings.Join(levels, ", "))
		case rule.Fixed && level != rule.Severity.String():
			r.report(path, "rule %s cannot be changed", id)
		default:
			r.Rules[id] = level
		}
	})
}

func (r *settingsReader) words(key string, value any) {
	r.Words = map[string][]string{}
	r.table(key, value, func(name, path string, value any) {
		if Lexicons[name] == "" {
			r.report(path, "there is no lexicon %q%s", name, didYouMean(content.Nearest(name, slices.Sorted(maps.Keys(Lexicons)))))
			return
		}
		r.Words[name] = r.texts(path, value)
	})
}

func (r *settingsReader) table(path string, value any, each func(key, path string, value any)) {
	table, ok := value.(map[string]any)
	if !ok {
		r.report(path, "%s is not a table", path)
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		each(key, path+"."+key, table[key])
	}
}

func (r *settingsReader) texts(path string, value any) []string {
	list, ok := value.([]any)
	if !ok {
		r.report(path, "%s is not a list of texts", path)
	}
	var texts []string
	for i, v := range list {
		text, ok := v.(string)
		if !ok || strings.TrimSpace(text) == "" {
			r.report(fmt.Sprintf("%s[%d]", path, i), "%v is no text", quoted(v))
			continue
		}
		texts = append(texts, text)
	}
	return texts
}

func (r *settingsReader) origins(path string, value any) []string {
	var origins []string
	for i, text := range r.texts(path, value) {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || text != u.Scheme+"://"+u.Host {
			r.report(fmt.Sprintf("%s[%d]", path, i), "%q is not an origin such as https://example.org", text)
			continue
		}
		origins = append(origins, text)
	}
	return origins
}

func quoted(v any) any {
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return v
}
