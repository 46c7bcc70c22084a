package diag

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// GitHub prints findings as the commands that make annotations of a workflow:
//
//	::error file=content/faq.md,line=12,col=1,title=faq-answer::question "Where?" has no answer
//
// prefix is the path of the project in the repository. Source: GitHub Docs,
// "Workflow commands for GitHub Actions".
func GitHub(w io.Writer, ds []Diagnostic, files *Files, prefix string) error {
	var b strings.Builder
	for _, d := range ds {
		if !d.Counts() {
			continue
		}
		level := "error"
		if d.Severity == Advice {
			level = "warning"
		}
		fmt.Fprintf(&b, "::%s file=%s", level, property(path.Join(prefix, d.Pos.File)))
		if d.Pos.Line > 0 {
			fmt.Fprintf(&b, ",line=%d", d.Pos.Line)
		}
		if d.Pos.Col > 0 {
			line := files.Line(d.Pos.File, d.Pos.Line)
			col := units(line, d.Pos.Col, utf8.RuneCount)
			fmt.Fprintf(&b, ",col=%d", col)
			if d.Length > 0 {
				fmt.Fprintf(&b, ",endColumn=%d", units(line, d.Pos.Col+d.Length, utf8.RuneCount)-1)
			}
		}
		message := Printable(d.Message)
		if d.Fix != "" {
			message += "\n" + Printable(d.Fix)
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", property(d.Rule), escapeData.Replace(message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var escapeData = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")

var escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")

func property(s string) string { return escapeProperty.Replace(Printable(s)) }

// units converts a column in bytes to one in the units that count counts. A
// column that is not on the line, or inside a letter, stays next to it.
func units(line []byte, col int, count func([]byte) int) int {
	before := min(col-1, len(line))
	for before > 0 && before < len(line) && !utf8.RuneStart(line[before]) {
		before--
	}
	return 1 + count(line[:before]) + max(0, col-1-len(line))
}
