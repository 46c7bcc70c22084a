package content

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"clinicblog/site/diag"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A document is one YAML text inside a file: a whole data file, or the front
// matter of a page. It turns nodes into Go values and reports, at the key or
// the value, whatever has the wrong shape.
type document struct {
	text   *text
	line   int // of the YAML's first line in the file, 1-based
	report func(diag.Diagnostic)
	loc    *time.Location // of dates without a zone

	languages []Language // in which a text may be written; the default first
}

// A mapping is a YAML mapping with the keys in lower case, as Hugo reads them.
// Asking for a key makes it a known one; unknown reports the others.
type mapping struct {
	doc   *document
	pos   diag.Pos
	items map[string]item
	asked map[string]string // lower case to as asked for
}

type item struct {
	name string // as written
	pos  diag.Pos
	node ast.Node
}

// parse reads the document's YAML. It returns an empty mapping, after a
// finding, when the YAML is broken or no mapping.
func (d *document) parse(yamlText []byte) *mapping {
	root := &mapping{doc: d, pos: diag.Pos{File: d.text.file, Line: 1, Col: 1}, items: map[string]item{}, asked: map[string]string{}}
	// YAML takes a lone carriage return for a line end; positions here do not.
	yamlText = bytes.ReplaceAll(yamlText, []byte{'\r'}, []byte{' '})
	for i, line := range strings.Split(string(yamlText), "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if col := strings.IndexByte(indent, '\t'); col >= 0 && strings.TrimSpace(line) != "" {
			d.report(ruleYAML.At(diag.Pos{File: d.text.file, Line: d.line + i, Col: col + 1}, "line is indented with a tab, which YAML does not allow").WithFix("indent with spaces"))
			return root
		}
	}
	file, err := parseYAML(yamlText)
	if err != nil {
		d.syntaxError(err)
		return root
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if m, ok := d.mapping(doc.Body, root.pos); ok {
			return m
		}
	}
	return root
}

// parseYAML never panics: the parser is fuzzed here, and what it may still
// throw on broken text becomes an error about that text.
func parseYAML(b []byte) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("text is no YAML: %v", r)
		}
	}()
	return parser.ParseBytes(b, 0, parser.AllowDuplicateMapKey())
}

func (d *document) syntaxError(err error) {
	pos := diag.Pos{File: d.text.file, Line: d.line}
	message := err.Error()
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		message = syntax.Message
		if syntax.Token != nil {
			pos = d.at(syntax.Token)
		}
	}
	message, _, _ = strings.Cut(message, "\n")
	d.report(ruleYAML.At(pos, "YAML does not parse: %s", message))
}

// at converts a token's place, counted in runes from the start of the YAML,
// to a position in the file, in bytes.
func (d *document) at(t *token.Token) diag.Pos {
	if t == nil || t.Position == nil {
		return diag.Pos{File: d.text.file, Line: d.line}
	}
	line := min(d.line+t.Position.Line-1, len(d.text.lines))
	return diag.Pos{File: d.text.file, Line: line, Col: d.text.byteCol(line, t.Position.Column)}
}

// exact returns where the text of a value starts, and whether it stands there as
// it is: a folded text, or one with escapes, does not.
func (d *document) exact(t *token.Token, text string) (diag.Pos, bool) {
	pos := d.at(t)
	if pos.Line < 1 || pos.Col < 1 {
		return pos, false
	}
	rest := d.text.src[min(d.text.lines[pos.Line-1]+pos.Col-1, len(d.text.src)):]
	if len(rest) > 0 && (rest[0] == '"' || rest[0] == '\'') {
		rest = rest[1:]
		pos.Col++
	}
	return pos, bytes.HasPrefix(rest, []byte(text))
}

func (d *document) mapping(n ast.Node, pos diag.Pos) (*mapping, bool) {
	m := &mapping{doc: d, pos: pos, items: map[string]item{}, asked: map[string]string{}}
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	case *ast.NullNode:
	default:
		d.report(ruleYAML.At(d.at(n.GetToken()), "found %s where keys with values belong", kindOf(n)))
		return m, false
	}
	for _, v := range values {
		name := v.Key.String()
		if t := v.Key.GetToken(); t != nil {
			name = t.Value
		}
		it := item{name: name, pos: d.at(v.Key.GetToken()), node: v.Value}
		key := strings.ToLower(name)
		if first, twice := m.items[key]; twice {
			d.report(ruleDuplicateKey.At(it.pos, "key %q is already set on line %d", name, first.pos.Line))
			continue
		}
		m.items[key] = it
	}
	return m, true
}

// posOf returns where the key stands, or where the mapping starts if it is absent.
func (m *mapping) posOf(key string) diag.Pos {
	if it, ok := m.items[strings.ToLower(key)]; ok {
		return it.pos
	}
	return m.pos
}

func (m *mapping) get(key string) (item, bool) {
	m.asked[strings.ToLower(key)] = key
	it, ok := m.items[strings.ToLower(key)]
	if ok {
		if _, null := it.node.(*ast.NullNode); null || it.node == nil {
			return it, false
		}
	}
	return it, ok
}

func (m *mapping) wrong(it item, n ast.Node, want string) {
	m.doc.report(ruleKeyType.At(m.doc.at(n.GetToken()), "%s is %s, not %s", it.name, kindOf(n), want))
}

func (m *mapping) text(key string) string {
	it, ok := m.get(key)
	if !ok {
		return ""
	}
	s, ok := scalar(it.node)
	if !ok {
		m.wrong(it, it.node, "text")
	}
	return strings.TrimSpace(s)
}

func (m *mapping) bool(key string) bool {
	it, ok := m.get(key)
	if !ok {
		return false
	}
	b, ok := it.node.(*ast.BoolNode)
	if !ok {
		m.wrong(it, it.node, "true or false")
		return false
	}
	return b.Value
}

func (m *mapping) int(key string) int {
	it, ok := m.get(key)
	if !ok {
		return 0
	}
	s, _ := scalar(it.node)
	n, err := strconv.Atoi(s)
	if err != nil {
		m.wrong(it, it.node, "a whole number")
	}
	return n
}

func (m *mapping) number(key string) float64 {
	it, ok := m.get(key)
	if !ok {
		return 0
	}
	s, _ := scalar(it.node)
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		m.wrong(it, it.node, "a number")
	}
	return n
}

// texts reads a list of texts; a lone text is a list of one.
func (m *mapping) texts(key string) []string {
	it, ok := m.get(key)
	if !ok {
		return nil
	}
	var list []string
	for _, n := range elements(it.node) {
		s, ok := scalar(n)
		if !ok {
			m.wrong(it, n, "text")
			continue
		}
		list = append(list, strings.TrimSpace(s))
	}
	return list
}

// words reads a text that is written once, or once in each language.
func (m *mapping) words(key string) Text {
	it, ok := m.get(key)
	if !ok {
		return nil
	}
	switch it.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		return Text{"": m.text(key)}
	}
	c, t := m.child(key), Text{}
	for _, l := range m.doc.languages {
		if t[l.Key] = c.text(l.Key); t[l.Key] == "" {
			m.doc.report(ruleUntranslated.At(it.pos, "%s is not written in the language %s", it.name, l.Key))
		}
	}
	t[""] = t[m.doc.languages[0].Key]
	// A language that the site does not have, or no longer: its text may wait.
	var others []string
	for key := range c.items {
		if languageKey.MatchString(key) {
			others = append(others, key)
		}
	}
	c.unknown(others...)
	return t
}

// languageKey has the form of a language tag, in lower case.
var languageKey = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

// forms is a text, or the plural forms of one, one a line.
func forms(n ast.Node) string {
	if s, ok := scalar(n); ok {
		return strings.TrimSpace(s)
	}
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	}
	var lines []string
	for _, v := range values {
		lines = append(lines, forms(v.Value))
	}
	return strings.Join(lines, "\n")
}

// child reads a nested mapping; an absent one is empty.
func (m *mapping) child(key string) *mapping {
	it, ok := m.get(key)
	if !ok {
		return &mapping{doc: m.doc, pos: m.posOf(key), items: map[string]item{}, asked: map[string]string{}}
	}
	c, _ := m.doc.mapping(it.node, it.pos)
	return c
}

// children reads a list of mappings.
func (m *mapping) children(key string) []*mapping {
	it, ok := m.get(key)
	if !ok {
		return nil
	}
	var list []*mapping
	for _, n := range elements(it.node) {
		if c, ok := m.doc.mapping(n, m.doc.at(n.GetToken())); ok {
			if first := firstKey(n); first != nil {
				c.pos = m.doc.at(first)
			}
			list = append(list, c)
		}
	}
	return list
}

// The shapes of dates that Hugo reads too.
var dateLayouts = []string{time.RFC3339, "2006-01-02", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00"}

func (m *mapping) date(key string) time.Time {
	it, ok := m.get(key)
	if !ok {
		return time.Time{}
	}
	s, _ := scalar(it.node)
	if s == "" {
		return time.Time{}
	}
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, s, m.doc.loc); err == nil {
			return t
		}
	}
	m.doc.report(ruleKeyType.At(m.doc.at(it.node.GetToken()), "%s %q is no date", it.name, s).WithFix("write the date as 2026-01-31 or 2026-01-31T09:00:00-08:00"))
	return time.Time{}
}

// unknown reports the keys that nothing asked for, and names the known key
// that is nearest. others are keys that exist but are read elsewhere.
func (m *mapping) unknown(others ...string) {
	known := maps.Clone(m.asked)
	for _, o := range others {
		known[strings.ToLower(o)] = o
	}
	for key, it := range m.items {
		if _, ok := known[key]; ok {
			continue
		}
		d := ruleUnknownKey.At(it.pos, "unknown key %q", it.name)
		if near := Nearest(key, slices.Sorted(maps.Values(known))); near != "" {
			d = d.WithFix(fmt.Sprintf("did you mean %q?", near))
		}
		m.doc.report(d)
	}
}

// Nearest returns the candidate that is at most a third of its letters away
// from key, or "".
func Nearest(key string, candidates []string) string {
	best, least := "", len(key)/3+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(strings.ToLower(key), strings.ToLower(c)); d <= least && (best == "" || d < least) {
			best, least = c, d
		}
	}
	return best
}

func elements(n ast.Node) []ast.Node {
	if s, ok := n.(*ast.SequenceNode); ok {
		return s.Values
	}
	return []ast.Node{n}
}

func firstKey(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return nil
}

func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		if n.Value == nil {
			return "", true
		}
		return n.Value.Value, true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a set of keys"
	case *ast.AnchorNode, *ast.AliasNode:
		return "an anchor or alias"
	case *ast.TagNode:
		return "a tagged value"
	}
	return "empty"
}
