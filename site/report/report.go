// Package report shows editors the state of a whole site on one page: a row per
// page with its review, reading grade, citations, links, questions, weight and
// findings, and a plot where a picture reads faster. The file holds all that it
// shows; it loads nothing and runs nothing.
//
// It makes HTML of what it is given. It reads no file and no clock.
package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"clinicblog/site/diag"
)

// Site is what a report is about.
type Site struct {
	Title    string
	Now      time.Time
	Pages    []Page
	Other    []diag.Diagnostic // findings of no page
	Complete bool              // every rule has run, and weights are known
}

// Page is a row.
type Page struct {
	Title, Source string
	URL           string // absolute; "" when the page was not rendered
	Language      string // BCP 47
	Review        string // its state, in words: "reviewed"
	Due           time.Time
	Medical       bool     // a page that is to be reviewed
	Missing       []string // of the four benchmarks of JAMA, on a medical page
	Grade         float64  // Flesch-Kincaid; 0 when there is too little text, or the formula is not for its language
	Words         int
	Citations     int
	Links         int // of the body
	Questions     int
	Bytes         int // of the page's HTML, compressed
	Findings      []diag.Diagnostic
}

//go:embed report.html
var source string

var page = template.Must(template.New("report").Funcs(template.FuncMap{
	"date":   func(t time.Time) string { return t.Format("2 January 2006") },
	"iso":    func(t time.Time) string { return t.Format(time.DateOnly) },
	"grade":  func(g float64) string { return fmt.Sprintf("%.1f", g) },
	"weight": weight,
	"plural": plural,
	"join":   strings.Join,
	"jama":   func(missing []string) int { return 4 - len(missing) },
	"add":    func(a, b int) int { return a + b },
}).Parse(source))

// Write writes the report as one HTML file. Pages with errors come first, then
// those whose review is due soonest.
func Write(w io.Writer, s Site) error {
	v := view{Site: s}
	for _, p := range s.Pages {
		r := row{Page: p}
		r.Errors, r.Advice = diag.Count(p.Findings)
		r.Overdue = !p.Due.IsZero() && p.Due.Before(s.Now)
		v.Rows = append(v.Rows, r)
		v.Errors += r.Errors
		v.Advice += r.Advice
	}
	errors, advice := diag.Count(s.Other)
	v.Errors, v.Advice = v.Errors+errors, v.Advice+advice
	slices.SortStableFunc(v.Rows, func(a, b row) int {
		return cmp.Or(b.Errors-a.Errors, a.due().Compare(b.due()), b.Advice-a.Advice, strings.Compare(a.Source, b.Source))
	})
	v.Plots = []plot{reviews(s), grades(s), weights(s)}
	// That no review runs out says something, too.
	v.Plots = slices.DeleteFunc(v.Plots, func(p plot) bool { return len(s.Pages) == 0 || p.total() == 0 && p.ID != "reviews" })
	if err := page.Execute(w, v); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

type view struct {
	Site
	Rows           []row
	Errors, Advice int
	Plots          []plot
}

// A sheet is a table of pages. Browsers lay a table out as a whole, and take
// seconds for one of thousands of rows; those that are not in view can wait.
type sheet struct {
	First int // of all rows
	Of    int // all rows, when there are several sheets
	Rows  []row
}

const sheetRows = 200

// Sheets divides the rows.
func (v view) Sheets() []sheet {
	var all []sheet
	for first := 0; first == 0 || first < len(v.Rows); first += sheetRows {
		s := sheet{First: first, Rows: v.Rows[first:min(first+sheetRows, len(v.Rows))]}
		if len(v.Rows) > sheetRows {
			s.Of = len(v.Rows)
		}
		all = append(all, s)
	}
	return all
}

type row struct {
	Page
	Errors, Advice int
	Overdue        bool
}

// due puts pages without a date behind all others.
func (r row) due() time.Time {
	if r.Due.IsZero() {
		return time.Unix(math.MaxInt32, 0).AddDate(1000, 0, 0)
	}
	return r.Due
}

// A plot is a row of bars, and says in a sentence what is to be seen.
type plot struct {
	ID, Title, Says string
	Bars            []bar
}

type bar struct {
	Label string
	N     int
	Warn  bool
}

func (p plot) total() int {
	n := 0
	for _, b := range p.Bars {
		n += b.N
	}
	return n
}

// The size of a plot in the units of its drawing.
const (
	barWidth  = 44
	barHeight = 120
	headroom  = 18 // above the bars, for their numbers
	footroom  = 20 // below them, for their labels
)

// Width and Height of the drawing.
func (p plot) Width() int  { return barWidth * len(p.Bars) }
func (p plot) Height() int { return headroom + barHeight + footroom }

// X, Y and H place a bar; Mid is the middle of its label.
func (p plot) X(i int) int   { return i*barWidth + 4 }
func (p plot) Mid(i int) int { return i*barWidth + barWidth/2 }
func (p plot) Y(n int) int   { return headroom + barHeight - p.H(n) }

func (p plot) H(n int) int {
	most := 1
	for _, b := range p.Bars {
		most = max(most, b.N)
	}
	return n * barHeight / most
}

func (p plot) W() int { return barWidth - 8 }

// Above is where the number of a bar stands, Below where its label does.
func (p plot) Above(n int) int { return p.Y(n) - 4 }
func (p plot) Below() int      { return headroom + barHeight + 14 }

// reviews counts the reviews that run out, by month.
func reviews(s Site) plot {
	p := plot{ID: "reviews", Title: "Reviews that run out, by month"}
	first := time.Date(s.Now.Year(), s.Now.Month(), 1, 0, 0, 0, 0, s.Now.Location())
	p.Bars = append(p.Bars, bar{Label: "over", Warn: true})
	for i := range 12 {
		p.Bars = append(p.Bars, bar{Label: first.AddDate(0, i, 0).Format("Jan")})
	}
	p.Bars = append(p.Bars, bar{Label: "later"})
	none := 0
	for _, page := range s.Pages {
		switch due := page.Due; {
		case due.IsZero():
			if page.Medical {
				none++
			}
		case due.Before(s.Now):
			p.Bars[0].N++
		default:
			month := (due.Year()-first.Year())*12 + int(due.Month()) - int(first.Month())
			p.Bars[1+min(month, 12)].N++
		}
	}
	p.Says = fmt.Sprintf("%s in this month, %d overdue, %s without a review.", plural(p.Bars[1].N, "review runs out", "reviews run out"), p.Bars[0].N, plural(none, "medical page", "medical pages"))
	return p
}

// grades counts pages by their reading grade.
func grades(s Site) plot {
	p := plot{ID: "grades", Title: "Pages by reading grade"}
	for g := 4; g <= 14; g++ {
		p.Bars = append(p.Bars, bar{Label: fmt.Sprint(g), Warn: g > 8})
	}
	p.Bars[0].Label, p.Bars[10].Label = "≤ 4", "≥ 14"
	all, hard := 0, 0
	for _, page := range s.Pages {
		if page.Grade == 0 {
			continue
		}
		all++
		g := int(math.Ceil(page.Grade))
		if g > 8 {
			hard++
		}
		p.Bars[max(4, min(g, 14))-4].N++
	}
	p.Says = fmt.Sprintf("%d of %s are above grade 8, where readers of health pages begin to be lost.", hard, plural(all, "page", "pages"))
	return p
}

// weights counts pages by the bytes of their HTML.
func weights(s Site) plot {
	p := plot{ID: "weights", Title: "Pages by weight of their HTML, compressed"}
	limits := []int{4, 6, 8, 10, 14, 20, 30, 50}
	for _, kb := range limits {
		p.Bars = append(p.Bars, bar{Label: fmt.Sprintf("≤ %d", kb), Warn: kb > 14})
	}
	p.Bars = append(p.Bars, bar{Label: "more", Warn: true})
	heaviest := Page{}
	for _, page := range s.Pages {
		if page.Bytes == 0 {
			continue
		}
		if page.Bytes > heaviest.Bytes {
			heaviest = page
		}
		i := slices.IndexFunc(limits, func(kb int) bool { return page.Bytes <= kb*1000 })
		if i < 0 {
			i = len(limits)
		}
		p.Bars[i].N++
	}
	p.Says = fmt.Sprintf("In kilobytes; what is up to 14 arrives in the first round trip. The heaviest is %s with %s.", heaviest.Title, weight(heaviest.Bytes))
	return p
}

func weight(bytes int) string { return fmt.Sprintf("%.1f kB", float64(bytes)/1000) }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
