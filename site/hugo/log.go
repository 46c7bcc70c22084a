package hugo

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"clinicblog/site/diag"
)

// logParser turns what Hugo writes to its standard error into findings.
type logParser struct {
	source, overlay string // absolute
	settings        Settings
	twice           []string // files in the site that were written more than once
}

var (
	ansi  = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]`)
	entry = regexp.MustCompile(`^(ERROR|WARN) +(.*)$`)
	// "/project/content/a.md:12:3"
	place = regexp.MustCompile(`"([^"\n]+?):(\d+):(\d+)"`)
	// What Hugo says of itself rather than of the file.
	noise = regexp.MustCompile(`^(error building site|assemble|process|render|failed to load config|failed to create config|failed to init config|failed to load modules|failed to load data|failed to load translations|failed to extract shortcode|failed to process shortcode|failed to render pages|unmarshal failed|toml|parse of template failed|apply base template failed|execute of template failed|parse failed|failed to create page from pageMetaSource [^:]*|\[[^\]]*\] failed to render pages|render of "[^"]*" failed|executing "[^"]*" at <[^\n]*?>: error calling \w+|failed to render shortcode "[^"]*"|(\[[\w-]+\] )?REF_NOT_FOUND|template: [^:\s]+:\d+(:\d+)?)(: |:?$)|^\[\d+:\d+\] `)
	// template: page.html:3: …, relative to a folder of layouts
	named     = regexp.MustCompile(`template: ([^:\s]+):(\d+)(?::(\d+))?: `)
	undefined = regexp.MustCompile(`function "([^"]+)" not defined`)
	rendering = regexp.MustCompile(`render of "([^"]*)" failed`)
	missing   = regexp.MustCompile(`^i18n\|MISSING_TRANSLATION\|([^|]*)\|(.*)$`)
	counted   = regexp.MustCompile(` \(\d+\)(, |$)`)
	oldKey    = regexp.MustCompile(`^deprecated: project config (?:key )?(\S+) was`)
	total     = regexp.MustCompile(`^error building site: logged \d+ error\(s\)$`)
	excerpt   = regexp.MustCompile(`^(>? *\d+ \||\s*\^|$)`)
	seeFile   = regexp.MustCompile(`: see (\S.*)$`)
)

// Signs that the machine is at fault and not the content, in words of the
// operating system. A file of the project that cannot be read is content.
var machine = []string{
	"no space left on device", "disk quota exceeded", "read-only file system",
	"too many open files", "cannot allocate memory", "input/output error", "file too large",
}

// parse returns the findings in a log. An error means that Hugo failed for a
// reason outside the project.
func (p *logParser) parse(log string) ([]diag.Diagnostic, error) {
	var ds []diag.Diagnostic
	for _, e := range entries(log) {
		for _, sign := range machine {
			if strings.Contains(e.text, sign) {
				return nil, errors.New(p.clean(e.text))
			}
		}
		if total.MatchString(e.text) {
			continue // the errors themselves came before
		}
		if list, ok := strings.CutPrefix(e.text, "Duplicate target paths: "); ok {
			for _, name := range counted.Split(list, -1) {
				if name != "" {
					p.twice = append(p.twice, strings.TrimPrefix(name, "/"))
				}
			}
			continue
		}
		d := p.finding(e)
		if strings.Contains(e.text, "permission denied") && d.Pos.File == "" {
			return nil, errors.New(p.clean(e.text))
		}
		if d.Pos.File == "" {
			d.Pos.File = "layouts" // what has no place was said by a template
		}
		ds = append(ds, d)
	}
	return ds, nil
}

type logEntry struct {
	rule diag.Info
	text string
	more []string // lines that follow, of a message that has several
}

// entries splits a log, and drops excerpts and hints.
func entries(log string) []logEntry {
	var es []logEntry
	hint := false
	lines := bufio.NewScanner(strings.NewReader(ansi.ReplaceAllString(log, "")))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		line := strings.TrimRight(lines.Text(), "\r")
		if m := entry.FindStringSubmatch(line); m != nil {
			rule := errorRule
			if m[1] == "WARN" {
				rule = warningRule
			}
			text, _, cut := strings.Cut(m[2], "; the current security configuration is:")
			es = append(es, logEntry{rule: rule, text: text})
			hint = cut
			continue
		}
		if strings.HasPrefix(line, "You can suppress this ") {
			hint = true
		}
		if len(es) == 0 || hint || excerpt.MatchString(line) {
			continue
		}
		if last := &es[len(es)-1]; len(last.more) < 3 {
			last.more = append(last.more, strings.TrimSpace(line))
		}
	}
	return es
}

// finding places one entry. Where Hugo names several files, one inside the
// other, the innermost is at fault.
func (p *logParser) finding(e logEntry) diag.Diagnostic {
	text := e.text
	if len(e.more) > 0 {
		text += " " + strings.Join(e.more, " ")
	}
	if m := missing.FindStringSubmatch(text); m != nil {
		return e.rule.At(diag.Pos{File: p.translations(m[1])}, "there is no translation of %q in the language %s", m[2], m[1])
	}
	if m := oldKey.FindStringSubmatch(text); m != nil {
		return e.rule.At(p.settings.pos(strings.ToLower(m[1])), "%s", p.clean(text))
	}

	pos, message := p.innermost(text)
	if strings.Contains(text, "apply base template failed") || strings.Contains(text, "parse of template failed") {
		pos = p.template(pos, text)
	}
	if m := seeFile.FindStringSubmatchIndex(message); m != nil && pos.File == "" {
		if file, ok := p.file(message[m[2]:m[3]]); ok {
			pos.File, message = file, message[:m[0]]
		}
	}
	if pos.File == "" && (strings.HasPrefix(text, "failed to ") || strings.Contains(text, "failed to create resource spec")) {
		pos.File = configFile // the configuration, decoded: Hugo has no line left
	}
	if pos.File == "" {
		pos.File = p.mentioned(message)
	}
	message = p.clean(message)
	if m := rendering.FindStringSubmatch(text); m != nil {
		if file, ok := p.file(m[1]); ok && file != pos.File {
			message += ", while rendering " + strings.Map(printable, file)
		}
	}
	return e.rule.At(pos, "%s", message)
}

// innermost returns the last place in text that is in the project, and what
// Hugo says about it.
func (p *logParser) innermost(text string) (pos diag.Pos, message string) {
	message = text
	var subject string
	for _, m := range place.FindAllStringSubmatchIndex(text, -1) {
		file, ok := p.file(text[m[2]:m[3]])
		line, err := strconv.Atoi(text[m[4]:m[5]])
		col, err2 := strconv.Atoi(text[m[6]:m[7]])
		if !ok || err != nil || err2 != nil {
			continue
		}
		if pos.File == "" {
			// Such as the link that was not found.
			subject = strings.TrimRight(withoutNoise(text[:m[0]]), ": ")
		}
		pos = diag.Pos{File: file, Line: line, Col: col}
		message = strings.TrimPrefix(text[m[1]:], ": ")
	}
	if subject != "" {
		message = subject + ": " + message
	}
	return pos, message
}

// template corrects the place of a template that cannot be parsed. Hugo blames
// the base template and names the other one, with a line that may be in either:
// the line that has the word in question decides.
func (p *logParser) template(pos diag.Pos, text string) diag.Pos {
	m := named.FindStringSubmatch(text)
	if m == nil {
		return pos
	}
	line, err := strconv.Atoi(m[2])
	if err != nil {
		return pos
	}
	word := "{{"
	if q := undefined.FindStringSubmatch(text); q != nil {
		word = q[1]
	}
	file := path.Join(filepath.ToSlash(p.settings.dir("layoutdir", "layouts")), m[1])
	if file != pos.File && strings.Contains(p.line(file, line), word) {
		return diag.Pos{File: file, Line: line}
	}
	pos.Line, pos.Col = line, 0 // Hugo's column is always 1 here
	return pos
}

// line returns one line of a file of the project, "" when there is none.
func (p *logParser) line(file string, n int) string {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return ""
	}
	data, err := os.ReadFile(filepath.Join(p.source, filepath.FromSlash(file)))
	if err != nil {
		return ""
	}
	for l := range strings.Lines(string(data)) {
		if n--; n == 0 {
			return l
		}
	}
	return ""
}

// file maps a name in the log to a path in the project.
func (p *logParser) file(name string) (string, bool) {
	if name == configFile {
		return name, true
	}
	if !filepath.IsAbs(name) {
		return "", false
	}
	rel := inProject(p.source, p.overlay, name)
	return rel, rel != name
}

// mentioned returns the first file of the project that a message names.
func (p *logParser) mentioned(message string) string {
	for _, dir := range []string{p.overlay, p.source} {
		_, rest, ok := strings.Cut(message, dir+string(filepath.Separator))
		if !ok {
			continue
		}
		name := rest[:strings.IndexAny(rest+"\"", "\"'\n,;")]
		name, _, _ = strings.Cut(name, ": ")
		return filepath.ToSlash(strings.TrimRight(name, ":. "))
	}
	return ""
}

func (p *logParser) translations(lang string) string {
	dir := filepath.ToSlash(p.settings.dir("i18ndir", "i18n"))
	for _, ext := range []string{".toml", ".yml", ".json"} {
		if _, err := os.Stat(filepath.Join(p.source, dir, lang+ext)); err == nil {
			return path.Join(dir, lang+ext)
		}
	}
	return path.Join(dir, lang+".yaml")
}

// withoutNoise removes what Hugo says of itself from the start of a message.
func withoutNoise(message string) string {
	for m := noise.FindString(message); m != ""; m = noise.FindString(message) {
		message = strings.TrimLeft(message[len(m):], " ")
	}
	return message
}

// clean removes what Hugo says of itself, and the folders above the project.
func (p *logParser) clean(message string) string {
	if short := withoutNoise(message); short != "" {
		message = short
	}
	for _, dir := range []string{p.overlay, p.source} {
		if dir != "" {
			message = strings.ReplaceAll(message, dir+string(filepath.Separator), "")
		}
	}
	message = strings.TrimRight(strings.Map(printable, strings.ToValidUTF8(message, "\uFFFD")), " .")
	if message == "" {
		message = "Hugo gives no reason"
	}
	if len(message) > 600 {
		message = fmt.Sprintf("%s …", strings.ToValidUTF8(message[:600], ""))
	}
	return message
}

// printable drops what would move the cursor of a terminal.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}
