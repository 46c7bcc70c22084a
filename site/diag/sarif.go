package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// A SARIF is what the log says beside the findings. Source: OASIS, Static
// Analysis Results Interchange Format 2.1.0.
type SARIF struct {
	Version  string // of the tool
	Rules    []Info
	Files    *Files
	Prefix   string // path of the project below the root of the sources
	Baseline bool   // findings were compared with a baseline
	Gone     []Diagnostic
}

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"semanticVersion"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Short   sarifText   `json:"shortDescription"`
		Full    sarifText   `json:"fullDescription"`
		Help    sarifText   `json:"help"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		State        string             `json:"baselineState,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// Write writes all findings, those that do not count with the reason.
func (s SARIF) Write(w io.Writer, ds []Diagnostic) error {
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "clinicblog", Version: strings.TrimPrefix(s.Version, "v"), Rules: []sarifRule{}}
	index := map[string]int{}
	for _, r := range s.Rules {
		title, why, _ := strings.Cut(r.Doc, "\n\n")
		index[r.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: r.ID, Short: sarifText{title}, Full: sarifText{title + ".\n\n" + why}, Help: sarifText{"Remedy: " + r.Fix + "."}, Default: sarifConfig{level(r.Severity)},
		})
	}
	for _, d := range ds {
		run.Results = append(run.Results, s.result(d, index))
	}
	for _, d := range s.Gone {
		r := s.result(d, index)
		r.State = "absent"
		run.Results = append(run.Results, r)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func (s SARIF) result(d Diagnostic, index map[string]int) sarifResult {
	message := Printable(d.Message)
	if d.Fix != "" {
		message += ": " + Printable(d.Fix)
	}
	r := sarifResult{RuleID: d.Rule, RuleIndex: -1, Level: level(d.Severity), Message: sarifText{message},
		Locations: []sarifLocation{{sarifPhysical{Artifact: s.artifact(d.Pos.File), Region: s.region(d.Pos, d.Length)}}}}
	if i, ok := index[d.Rule]; ok {
		r.RuleIndex = i
	}
	if s.Baseline {
		r.State = "new"
		if d.Known {
			r.State = "unchanged"
		}
	}
	if d.Allowed != "" {
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: d.Allowed}}
	}
	if len(d.Edits) > 0 {
		r.Fixes = []sarifFix{{Description: sarifText{d.Fix}, Changes: s.changes(d.Edits)}}
	}
	return r
}

func level(s Severity) string {
	if s == Error {
		return "error"
	}
	return "warning"
}

func (s SARIF) artifact(file string) sarifArtifact {
	return sarifArtifact{URI: (&url.URL{Path: path.Join(s.Prefix, file)}).EscapedPath(), Base: "SRCROOT"}
}

// region returns nil for a finding about a whole file.
func (s SARIF) region(pos Pos, length int) *sarifRegion {
	if pos.Line == 0 {
		return nil
	}
	r := &sarifRegion{StartLine: pos.Line}
	if pos.Col > 0 {
		line := s.Files.Line(pos.File, pos.Line)
		r.StartColumn = units(line, pos.Col, utf16Len)
		if length > 0 {
			r.EndColumn = units(line, pos.Col+length, utf16Len)
		}
	}
	return r
}

// changes groups edits by file.
func (s SARIF) changes(edits []Edit) []sarifChange {
	var all []sarifChange
	for _, e := range edits {
		artifact := s.artifact(e.Pos.File)
		i := slices.IndexFunc(all, func(c sarifChange) bool { return c.Artifact == artifact })
		if i < 0 {
			i = len(all)
			all = append(all, sarifChange{Artifact: artifact})
		}
		r := sarifRegion{StartLine: e.Pos.Line, StartColumn: units(s.Files.Line(e.Pos.File, e.Pos.Line), e.Pos.Col, utf16Len)}
		if lines := strings.Split(e.Old, "\n"); len(lines) > 1 {
			r.EndLine = e.Pos.Line + len(lines) - 1
			r.EndColumn = 1 + utf16Len([]byte(lines[len(lines)-1]))
		} else {
			r.EndColumn = r.StartColumn + utf16Len([]byte(e.Old))
		}
		all[i].Replacements = append(all[i].Replacements, sarifReplacement{r, sarifText{e.New}})
	}
	return all
}

// utf16Len counts the code units that a text has in UTF-16.
func utf16Len(b []byte) int {
	n := 0
	for _, r := range bytes.Runes(b) {
		n++
		if r > 0xFFFF && r != utf8.RuneError {
			n++
		}
	}
	return n
}
