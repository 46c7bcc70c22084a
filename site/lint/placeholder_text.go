package lint

import (
	"regexp"
	"slices"
	"strings"

	"clinicblog/site/diag"
)

var placeholderText = pageRule{
	Info: diag.Info{ID: "placeholder-text", Severity: diag.Error,
		Fix: "write what belongs here, or take it out; draft: true keeps a page back until it is ready",
		Doc: `A text only holds the place of another

Lorem ipsum or a note in square brackets is what a reader then sees, and on a page
about care it costs the trust in all the rest. Lorem ipsum is told by its words,
which are those of Cicero, De finibus bonorum et malorum, 1.32 and 1.33, with
pieces missing.

Before: Call us at [insert phone number] before your first visit.
After:  Call us at (555) 555-0142 before your first visit.`},
	judge: func(_ *manuscript, t *passage, report diag.Report) {
		if isLorem(t) {
			pos, length := t.Span(0, len(t.Text))
			report(pos, "text is Lorem ipsum, which only holds the place of another").Length = length
			return
		}
		if !slices.ContainsFunc(openings, func(s string) bool { return strings.Contains(t.Text, s) }) {
			return // without one, the expression finds nothing, and takes its time
		}
		for _, at := range leftOpen.FindAllStringIndex(t.Text, -1) {
			pos, length := t.Span(at[0], at[1])
			report(pos, "%q was never filled in", t.Text[at[0]:at[1]]).Length = length
		}
	},
}

// isLorem reports whether a third of the words of a text, and three at least, are
// of Lorem ipsum.
func isLorem(t *passage) bool {
	of := 0
	for i := range t.words {
		if t.words[i].in(lorem) {
			of++
		}
	}
	return of >= 3 && 3*of >= len(t.words)
}

var (
	// lorem are words of Lorem ipsum, without those that are Spanish or English.
	lorem = newWordSet(`lorem ipsum amet consectetur consectetuer adipiscing adipisicing eiusmod incididunt labore aliqua enim minim veniam quis nostrud exercitation ullamco
		laboris nisi aliquip commodo consequat duis irure reprehenderit voluptate velit cillum fugiat nulla pariatur excepteur sint occaecat cupidatat
		proident sunt officia deserunt mollit anim laborum curabitur vestibulum nullam pellentesque mauris vivamus fusce praesent aenean donec suspendisse
		phasellus quisque maecenas cras morbi proin nunc sagittis tincidunt gravida turpis pharetra leo lectus libero massa metus mollis nibh odio orci
		ornare posuere pretium purus risus rutrum sapien scelerisque semper sodales sollicitudin tellus tortor tristique ultrices ultricies urna varius
		vehicula viverra volutpat vulputate bibendum lacus felis eros magna diam dapibus condimentum congue convallis cursus dictum dignissim egestas
		eleifend elementum facilisis faucibus fermentum feugiat finibus hendrerit imperdiet interdum lacinia laoreet ligula lobortis luctus malesuada mattis
		euismod elit dolore`)

	// leftOpen finds what somebody meant to replace. [your name] alone is none: it
	// stands in letters and phone scripts for readers.
	leftOpen = regexp.MustCompile(`(?i:\[(?:insert|enter|add|placeholder|inserte|insertar|agregue|agregar|añada|añadir|ingrese)\b[^\[\]]{0,80}\]|\[(?:tbd|todo|xx+|pendiente)\]` +
		`|\b(?:your|add|insert) text here\b|\btext goes here\b|\b(?:escriba|inserte) (?:aquí )?(?:el|su) texto(?: aquí)?\b)` +
		`|\b(?:FIXME|TKTK)\b|\bTODO:`)
	openings = []string{"[", "text here", "text goes here", "texto", "TODO:", "FIXME", "TKTK"}
)
