package content

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"clinicblog/site/diag"
)

// Clinic is data/clinic.yaml: the facts of the clinic, which pages and markup
// take from here and from nowhere else.
type Clinic struct {
	Name, LegalName, Type string
	Description           Text
	Telephone, Email      string
	Address               Address
	Hours                 []Hours
	Specialties, SameAs   []string
	Logo                  Logo
	Levels                []Level
	Pos                   diag.Pos
}

// Address is a postal address; Country is an ISO 3166-1 code.
type Address struct{ Street, Locality, Region, PostalCode, Country string }

// Hours are the opening hours of some days of the week: full English day
// names, times as 15:04.
type Hours struct {
	Days          []string
	Opens, Closes string
}

// Logo is an image of the clinic's own, by its path on the site, in pixels.
type Logo struct {
	Src           string
	Width, Height int
}

// CrisisLine is a line that people in danger reach. Numbers are as dialled, and
// as shown.
type CrisisLine struct {
	ID             string
	Call, CallText string
	Text, TextText string
	TTY, TTYText   string
	Chat, URL      string
	Pos            diag.Pos
	at             *mapping
}

// At returns where the line sets key.
func (c CrisisLine) At(key string) diag.Pos { return c.at.posOf(key) }

// Level is a level of care, such as an intensive outpatient program.
type Level struct {
	Name       Text
	Hours      float64 // a week; 0 when not stated, as in those below
	GroupHours float64 // of groups a week
	OwnHours   float64 // of individual sessions a week
	Minutes    int     // of one group
	Tracks     []Track
}

// Track is one choice of days and hours in which a level of care is given: full
// English day names.
type Track struct {
	Name         string // in the default language; sessions refer to it
	Names        Text
	Days         []string
	Starts, Ends Clock
	Pos          diag.Pos
}

// Reference is a source that pages cite. Type is article, report, book, law or
// web.
type Reference struct {
	Type, Organisation, Title, Container, Year, Volume, Issue, Pages string
	Publisher, DOI, PMID, PMCID, NBK, ISBN, URL                      string
	Lang                                                             string // of the title, when it is not the default one
	Authors                                                          []string
	Seminal                                                          bool // it is cited although it is old
	Pos                                                              diag.Pos
	at                                                               *mapping
}

// At returns where the reference sets key.
func (r Reference) At(key string) diag.Pos { return r.at.posOf(key) }

// LinksFile is where the site keeps the hosts that its pages may lead to.
const LinksFile = "data/links.yaml"

func (x *Index) loadData(opts Options, report func(diag.Diagnostic)) error {
	clinic, err := readData(opts, "data/clinic.yaml", report)
	if err != nil {
		return err
	}
	if clinic != nil {
		x.Clinic = readClinic(clinic)
	}
	crisis, err := readData(opts, "data/crisis.yaml", report)
	if err != nil {
		return err
	}
	if crisis != nil {
		for _, m := range crisis.children("lines") {
			x.Crisis = append(x.Crisis, readCrisisLine(m))
		}
		crisis.unknown()
	}
	x.References = map[string]Reference{}
	references, err := readData(opts, "data/references.yaml", report)
	if err != nil {
		return err
	}
	if references != nil {
		for _, it := range references.items {
			x.References[it.name] = readReference(references.child(it.name), it.pos)
		}
	}
	synonyms, err := readData(opts, "data/synonyms.yaml", report)
	if err != nil {
		return err
	}
	if synonyms != nil {
		x.Synonyms = readSynonyms(synonyms)
	}
	links, err := readData(opts, LinksFile, report)
	if err != nil {
		return err
	}
	if links != nil {
		x.Hosts = links.texts("hosts")
		links.unknown()
	}
	for _, l := range opts.Languages {
		words, err := readWords(opts, l, report)
		if err != nil {
			return err
		}
		x.Words = append(x.Words, words)
	}
	schedule, err := readData(opts, scheduleFile, report)
	if err != nil {
		return err
	}
	if schedule != nil {
		x.Schedule = readSchedule(schedule, opts)
	}
	return nil
}

// readData parses one data file; a missing one is nil.
func readData(opts Options, file string, report func(diag.Diagnostic)) (*mapping, error) {
	src, err := os.ReadFile(filepath.Join(opts.Source, filepath.FromSlash(file)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read data: %w", err)
	}
	t := newText(file, src)
	if !t.check(report) {
		return nil, nil
	}
	doc := &document{text: t, line: 1, report: report, loc: opts.Location, languages: opts.Languages}
	return doc.parse(src), nil
}

func readClinic(m *mapping) Clinic {
	c := Clinic{
		Name: m.text("name"), LegalName: m.text("legalName"), Type: m.text("type"), Description: m.words("description"),
		Telephone: m.text("telephone"), Email: m.text("email"),
		Specialties: m.texts("specialties"), SameAs: m.texts("sameAs"), Pos: m.posOf("name"),
	}
	a := m.child("address")
	c.Address = Address{Street: a.text("street"), Locality: a.text("locality"), Region: a.text("region"),
		PostalCode: a.text("postalCode"), Country: a.text("country")}
	a.unknown()
	for _, h := range m.children("hours") {
		c.Hours = append(c.Hours, Hours{Days: h.texts("days"), Opens: h.text("opens"), Closes: h.text("closes")})
		h.unknown()
	}
	l := m.child("logo")
	c.Logo = Logo{Src: l.text("src"), Width: l.int("width"), Height: l.int("height")}
	l.unknown()
	for _, l := range m.children("levelsOfCare") { // its other keys are read by layouts alone
		level := Level{Name: l.words("name"), Hours: l.number("hoursPerWeek"), GroupHours: l.number("groupHoursPerWeek"),
			OwnHours: l.number("individualHoursPerWeek"), Minutes: l.int("groupMinutes")}
		for _, t := range l.children("tracks") {
			names := t.words("name")
			level.Tracks = append(level.Tracks, Track{Name: names.In(""), Names: names, Days: t.texts("days"),
				Starts: readClock(t.text("starts")), Ends: readClock(t.text("ends")), Pos: t.pos})
			t.unknown("params")
		}
		c.Levels = append(c.Levels, level)
	}
	// Read by layouts alone.
	m.unknown("telephoneText", "fictional", "params")
	return c
}

func readCrisisLine(m *mapping) CrisisLine {
	c := CrisisLine{
		ID: m.text("id"), Call: m.text("call"), CallText: m.text("callText"), Text: m.text("text"), TextText: m.text("textText"),
		TTY: m.text("tty"), TTYText: m.text("ttyText"), Chat: m.text("chat"), URL: m.text("url"), Pos: m.posOf("id"), at: m,
	}
	m.unknown()
	return c
}

// readSynonyms reads, for each language, lines such as "CBT = cognitive
// behavioral therapy".
func readSynonyms(m *mapping) map[string][][]string {
	all := map[string][][]string{}
	for lang, it := range m.items {
		for _, line := range m.texts(lang) {
			var group []string
			for phrase := range strings.SplitSeq(line, "=") {
				if phrase = strings.TrimSpace(phrase); phrase != "" {
					group = append(group, phrase)
				}
			}
			if len(group) < 2 {
				m.doc.report(ruleKeyType.At(it.pos, "synonym %q does not say what it means: nothing stands on one side of =", line))
				continue
			}
			all[lang] = append(all[lang], group)
		}
	}
	return all
}

func readReference(m *mapping, pos diag.Pos) Reference {
	r := Reference{
		Type: m.text("type"), Organisation: m.text("organisation"), Title: m.text("title"), Container: m.text("container"),
		Year: m.text("year"), Volume: m.text("volume"), Issue: m.text("issue"), Pages: m.text("pages"),
		Publisher: m.text("publisher"), DOI: m.text("doi"), PMID: m.text("pmid"), PMCID: m.text("pmcid"),
		NBK: m.text("nbk"), ISBN: m.text("isbn"), URL: m.text("url"), Lang: m.text("lang"), Authors: m.texts("authors"), Seminal: m.bool("seminal"), Pos: pos, at: m,
	}
	m.unknown("accessed")
	return r
}
