package serve

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
)

//go:embed preview.js
var script []byte

//go:embed findings.html
var findingsSource string

var (
	findingsTemplate = template.Must(template.New("findings").Parse(findingsSource))
	// The script is a file, not text in the page: a policy that lets the site's
	// own scripts run lets this one run too.
	scriptTemplate = template.Must(template.New("script").Parse(
		`<script src="` + scriptPath + `" data-events="` + eventsPath + `" data-up="{{.Up}}" data-number="{{.Number}}" data-base-url="{{.BaseURL}}" data-base="{{.Base}}" data-unpublished="{{.Unpublished}}" defer></script>`))
)

// mark is what the script on a page knows of it.
type mark struct {
	Up          string // the generation that it is from; "" for the page of findings
	Number      int    // the build that the page of findings is of
	BaseURL     string // of the published site, to be followed to
	Base        string // here
	Unpublished string // why the page is not published, "" when it is
}

// inject adds the script to a page, as the last thing in its body.
func inject(page []byte, m mark) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(page) + 512)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	b.Write(page[:at])
	if err := scriptTemplate.Execute(&b, m); err != nil {
		return nil, fmt.Errorf("add script: %w", err)
	}
	b.Write(page[at:])
	return b.Bytes(), nil
}

// findingsPage is shown when there is no site yet.
func findingsPage(o outcome) ([]byte, error) {
	var b bytes.Buffer
	if err := findingsTemplate.Execute(&b, o); err != nil {
		return nil, fmt.Errorf("write page of findings: %w", err)
	}
	return inject(b.Bytes(), mark{Number: o.Number})
}

// events tells the outcome of the last build, and of every one that follows.
func (p *preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w).Flush
	fmt.Fprint(w, "retry: 500\n\n")
	select {
	case <-p.ready:
	default:
		if flush() != nil {
			return
		}
	}
	select {
	case <-p.ready:
	case <-r.Context().Done():
		return
	}
	for {
		data, newer, err := p.outcome()
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", data); err != nil || flush() != nil {
			return
		}
		select {
		case <-newer:
		case <-r.Context().Done():
			return
		}
	}
}
