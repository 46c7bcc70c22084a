package triage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"clinicblog/site/diag"
)

var baselineGone = diag.Info{ID: "baseline-gone", Severity: diag.Advice,
	Fix: "write the baseline again with --write-baseline",
	Doc: `The baseline lists a finding that is not there any more

A baseline lets an old blog adopt the tool: what was found on the first day does
not fail, what is new does. It is to become shorter. An entry that is left behind
would let the same fault in again.`}

// Baseline are findings that are known, each with how often it is. A finding is
// known again by its rule, its file, its message without numbers and the text of
// its line, so that neither moved lines nor a count that changes make it new.
type Baseline struct {
	file    string
	entries []entry
}

// entry is a line of the file of a baseline.
type entry struct {
	Rule    string `json:"rule"`
	File    string `json:"file"`
	Message string `json:"message"`
	Line    string `json:"line,omitempty"`
	Count   int    `json:"count"`
}

// ReadBaseline reads what WriteBaseline wrote. file names it in findings.
func ReadBaseline(file string, data []byte) (*Baseline, error) {
	b := &Baseline{file: file}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b.entries); err != nil {
		return nil, fmt.Errorf("read baseline %s: %w", file, err)
	}
	return b, nil
}

// WriteBaseline lists findings, sorted, one a line. Findings of rules that cannot
// be changed are never known.
func (d *Desk) WriteBaseline(ds []diag.Diagnostic, files *diag.Files) []byte {
	count := map[entry]int{}
	for _, f := range ds {
		if f.Allowed == "" && !d.rules[f.Rule].Fixed {
			count[entryOf(f, files)]++
		}
	}
	entries := make([]entry, 0, len(count))
	for e, n := range count {
		e.Count = n
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Line, b.Line))
	})
	var b bytes.Buffer
	b.WriteString("[")
	for i, e := range entries {
		if i > 0 {
			b.WriteString(",")
		}
		line, err := json.Marshal(e)
		if err != nil {
			panic(err) // texts and a number
		}
		b.WriteString("\n")
		b.Write(line)
	}
	b.WriteString("\n]\n")
	return b.Bytes()
}

// Known marks the findings that a baseline lists, and returns a finding for each
// entry, or part of its count, that is left over.
func (d *Desk) Known(b *Baseline, ds []diag.Diagnostic, files *diag.Files) (gone []diag.Diagnostic) {
	left := map[entry]int{}
	for _, e := range b.entries {
		n := e.Count
		e.Count = 0
		left[e] += n
	}
	for i, f := range ds {
		if f.Allowed != "" || d.rules[f.Rule].Fixed {
			continue
		}
		if e := entryOf(f, files); left[e] > 0 {
			left[e]--
			ds[i].Known = true
		}
	}
	for i, e := range b.entries {
		e.Count = 0
		if n := left[e]; n > 0 {
			left[e] = 0
			gone = append(gone, baselineGone.At(diag.Pos{File: b.file, Line: i + 2}, "%s is gone from %s: %s", e.Rule, e.File, e.Message))
		}
	}
	return gone
}

func entryOf(f diag.Diagnostic, files *diag.Files) entry {
	return entry{
		Rule: f.Rule, File: f.Pos.File, Message: withoutNumbers(f.Message),
		Line: strings.Join(strings.Fields(strings.ToValidUTF8(string(files.Line(f.Pos.File, f.Pos.Line)), "\ufffd")), " "),
	}
}

// withoutNumbers puts one # for each run of digits.
func withoutNumbers(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if d := unicode.IsDigit(r); d {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(r)
	}
	return b.String()
}
