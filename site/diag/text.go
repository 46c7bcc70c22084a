package diag

import (
	"fmt"
	"io"
	"strings"
)

// Text prints findings one after the other:
//
//	content/faq.md:12:1: question "Where?" has no answer (faq-answer)
//	    write the answer below the question
//
// Advice carries the word, so that nobody takes it for the reason of a stop.
func Text(w io.Writer, ds []Diagnostic) error {
	var b strings.Builder
	for _, d := range ds {
		note := ""
		if d.Severity == Advice {
			note = "advice: "
		}
		fmt.Fprintf(&b, "%s: %s%s (%s)\n", d.Pos, note, d.Message, d.Rule)
		if d.Fix != "" {
			fmt.Fprintf(&b, "    %s\n", d.Fix)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
