package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"clinicblog/site/calendar"
	"clinicblog/site/content"
	"clinicblog/site/diag"
)

// Review is a review of pages that was made by a person.
type Review struct {
	Source string   // the project's folder
	Pages  []string // Markdown files, relative to Source or to the working folder
	By     string   // the key of the reviewer's page in content/people/
	Date   string   // 2026-01-31; "" for the day of Clock
	Until  string   // the last day on which the review holds; "" for a year after Date
	Clock  time.Time
}

// Stamped is a page with its review.
type Stamped struct {
	Page        string // slash-separated, relative to the project
	Date, Until time.Time
	Changed     bool // the file was written; false when the same review stood in it
	ByAuthor    bool // the reviewer wrote the page
}

const day = "2006-01-02"

// Stamp writes the review into the front matter of every page, or of none: each
// then says by whom and when the text that it has now was reviewed. Findings are
// about pages that cannot be read.
func Stamp(ctx context.Context, r Review) ([]Stamped, []diag.Diagnostic, error) {
	sources, ds, err := readTree(ctx, r.Source, r.Clock)
	if err != nil || sources.index == nil {
		return nil, ds, err
	}
	review, err := sources.review(r)
	if err != nil {
		return nil, nil, err
	}
	var done []Stamped
	var texts [][]byte
	var broken []diag.Diagnostic
	for _, name := range r.Pages {
		page, err := sources.page(name)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range ds {
			if d.Pos.File == page && d.Severity == diag.Error {
				broken = append(broken, d)
			}
		}
		if len(broken) > 0 {
			continue
		}
		i := slices.IndexFunc(sources.index.Pages, func(p *content.Page) bool { return p.Source == page })
		if i < 0 {
			return nil, nil, fmt.Errorf("stamp %s: it is no page of the site: name a Markdown file below content/", name)
		}
		p := sources.index.Pages[i]
		if !p.Medical {
			return nil, nil, fmt.Errorf("stamp %s: the page shows no review: set medical: true in its front matter if it speaks of care", page)
		}
		src, err := os.ReadFile(filepath.Join(sources.dir, filepath.FromSlash(page)))
		if err != nil {
			return nil, nil, fmt.Errorf("read page: %w", err)
		}
		s := Stamped{Page: page, Date: review.Date, Until: review.Until, ByAuthor: p.Author == r.By}
		text := src
		if have := p.Review; have == nil || have.Void || have.By != review.By || !have.Date.Equal(review.Date) || !have.Until.Equal(review.Until) {
			if text, err = content.Stamp(page, src, review, sources.opts); err != nil {
				return nil, nil, err
			}
			s.Changed = !bytes.Equal(text, src)
		}
		done, texts = append(done, s), append(texts, text)
	}
	if len(broken) > 0 {
		return nil, diag.Sort(broken), nil
	}
	for i, s := range done {
		if !s.Changed {
			continue
		}
		if err := writeSource(filepath.Join(sources.dir, filepath.FromSlash(s.Page)), texts[i]); err != nil {
			return nil, nil, fmt.Errorf("write review: %w", err)
		}
	}
	return done, nil, nil
}

// review checks who reviewed, and when.
func (t tree) review(r Review) (content.Review, error) {
	who := t.index.People[r.By]
	switch {
	case r.By == "":
		return content.Review{}, errors.New("stamp review: nobody is named: give the reviewer's page in content/people/ with --by")
	case who == nil:
		hint := "write content/people/" + r.By + ".md first"
		if near := content.Nearest(r.By, slices.Sorted(maps.Keys(t.index.People))); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return content.Review{}, fmt.Errorf("stamp review: %q has no page in content/people: %s", r.By, hint)
	case who.Person.Team:
		return content.Review{}, fmt.Errorf("stamp review: %s is a team: a review names a person", who.Source)
	case !t.index.CanReview(r.By):
		return content.Review{}, fmt.Errorf("stamp review: %s lists no credentials: a medical review needs a person with credentials", who.Source)
	}
	date, err := t.parseDay("--date", cmp.Or(r.Date, r.Clock.In(t.opts.Location).Format(day)))
	if err != nil {
		return content.Review{}, err
	}
	until, err := t.parseDay("--until", cmp.Or(r.Until, date.AddDate(1, 0, 0).Format(day)))
	if err != nil {
		return content.Review{}, err
	}
	switch {
	case date.After(r.Clock):
		return content.Review{}, fmt.Errorf("stamp review: %s is in the future: a review is stamped once it is made", date.Format(day))
	case !until.After(date):
		return content.Review{}, fmt.Errorf("stamp review: it would end on %s, before the day after it was made", until.Format(day))
	}
	return content.Review{By: r.By, Date: date, Until: until}, nil
}

func (t tree) parseDay(flag, s string) (time.Time, error) {
	d, err := time.ParseInLocation(day, s, t.opts.Location)
	if err != nil {
		return d, fmt.Errorf("read %s: %q is no day: write 2026-01-31", flag, s)
	}
	return d, nil
}

// page returns the path of a page in the project: a name is relative to the
// project, or else to the working folder.
func (t tree) page(name string) (string, error) {
	full := filepath.Join(t.dir, name)
	if _, err := os.Stat(full); err != nil || filepath.IsAbs(name) {
		if full, err = filepath.Abs(name); err != nil {
			return "", fmt.Errorf("find page: %w", err)
		}
	}
	rel, err := filepath.Rel(t.dir, full)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("find page %s: it is outside the project", name)
	}
	return filepath.ToSlash(rel), nil
}

// Due is a medical page whose review is missing, void or about to run out.
type Due struct {
	Page  string `json:"page"`
	Title string `json:"title"`
	Lang  string `json:"language"`
	// State is "changed" since the review, "expired", "due", or "never" reviewed.
	State string `json:"state"`
	Date  string `json:"date"` // of the review's last day; "" for a page that was never reviewed
	Days  int    `json:"days"` // until then; below 0 when it has passed
}

// DueList is what DuePages found.
type DueList struct {
	Today string `json:"today"`
	Days  int    `json:"days"` // that were looked ahead
	Pages []Due  `json:"pages"`

	now  time.Time
	site string
}

// The order of states: what readers are told least well comes first.
var dueOrder = []string{"expired", "changed", "due", "never"}

// DuePages lists what has to be reviewed within some days, the most urgent first;
// below 0 they are those of remind in hugo.toml. Each page counts in each of its
// languages: a review is of the words of one file.
func DuePages(ctx context.Context, source string, days int, now time.Time) (DueList, []diag.Diagnostic, error) {
	sources, ds, err := readTree(ctx, source, now)
	if err != nil || sources.index == nil {
		return DueList{}, ds, err
	}
	if days < 0 {
		days = sources.settings.Remind
	}
	now = now.In(sources.opts.Location)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	list := DueList{Today: today.Format(day), Days: days, Pages: []Due{}, now: now, site: sources.baseURL}
	for _, p := range sources.index.Pages {
		if !p.Published || !p.Medical {
			continue
		}
		d := Due{Page: p.Source, Title: p.Title, Lang: p.Lang, State: "never"}
		state := sources.index.ReviewOf(p, now)
		if state != content.NotReviewed {
			d.Date = p.Review.Until.Format(day)
			d.Days = daysBetween(today, p.Review.Until)
		}
		switch state {
		case content.ReviewChanged:
			d.State = "changed"
		case content.ReviewLapsed:
			d.State = "expired"
		case content.Reviewed:
			if d.State = "due"; d.Days > days {
				continue
			}
		}
		list.Pages = append(list.Pages, d)
	}
	slices.SortStableFunc(list.Pages, func(a, b Due) int {
		return cmp.Or(
			cmp.Compare(slices.Index(dueOrder, a.State), slices.Index(dueOrder, b.State)),
			cmp.Compare(a.Date, b.Date), cmp.Compare(a.Page, b.Page))
	})
	return list, ds, nil
}

// daysBetween counts days of the calendar: one on which clocks change is one too.
func daysBetween(from, to time.Time) int {
	utc := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(utc(to).Sub(utc(from)) / (24 * time.Hour))
}

// Calendar returns the list as an iCalendar file: an event of a whole day for
// each page, on the day on which its review runs out, or today when it waits for
// one already. It names pages and no person.
func (l DueList) Calendar() ([]byte, error) {
	summary := map[string]string{
		"expired": "Review expired: ", "changed": "Changed since its review: ", "due": "Review runs out: ", "never": "Never reviewed: ",
	}
	var days []calendar.Day
	for _, d := range l.Pages {
		e := calendar.Day{ID: d.Page, Date: l.Today, Summary: summary[d.State] + d.Title}
		if d.State == "due" {
			e.Date = d.Date
		}
		days = append(days, e)
	}
	return calendar.Days(l.site, "Reviews", days, l.now)
}
