package hugo

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"clinicblog/site/diag"
)

// document is hugo.toml with its keys in lower case, as Hugo reads them, and
// with the place of each: "module.mounts[0].source" -> line and column.
type document struct {
	values map[string]any
	at     map[string]diag.Pos
}

const configFile = "hugo.toml"

// parseTOML reads a TOML file. Findings are what is wrong with it as TOML.
func parseTOML(data []byte) (document, []diag.Diagnostic) {
	doc := document{at: map[string]diag.Pos{}}
	var raw map[string]any
	if err := toml.Unmarshal(data, &raw); err != nil {
		pos := diag.Pos{File: configFile}
		var bad *toml.DecodeError
		if errors.As(err, &bad) {
			pos.Line, pos.Col = bad.Position()
		}
		return doc, []diag.Diagnostic{configRule.At(pos, "%s", strings.TrimPrefix(err.Error(), "toml: "))}
	}
	doc.values = lowerKeys(raw).(map[string]any)
	return doc, doc.locate(data)
}

// locate records where every key stands, and reports a key that is set twice
// in different case: which one counts is chance.
func (d *document) locate(data []byte) []diag.Diagnostic {
	var (
		ds    []diag.Diagnostic
		p     unstable.Parser
		table string
		count = map[string]int{} // elements of arrays of tables so far
	)
	place := func(n *unstable.Node) diag.Pos {
		start := p.Shape(n.Raw).Start
		return diag.Pos{File: configFile, Line: start.Line, Col: start.Column}
	}
	// keys appends a dotted key to prefix. An array of tables on the way
	// stands for its last element.
	keys := func(prefix string, it unstable.Iterator) (path string, pos diag.Pos) {
		path = prefix
		for it.Next() {
			if n := count[path]; n > 0 {
				path = fmt.Sprintf("%s[%d]", path, n-1)
			}
			path = join(path, strings.ToLower(string(it.Node().Data)))
			pos = place(it.Node())
			if _, known := d.at[path]; !known {
				d.at[path] = pos
			}
		}
		return path, pos
	}
	set := map[string]bool{}
	once := func(path string, pos diag.Pos) {
		if set[path] {
			ds = append(ds, configRule.At(pos, "%s is set twice", path))
		}
		set[path] = true
	}
	var value func(path string, n *unstable.Node)
	value = func(path string, n *unstable.Node) {
		switch n.Kind {
		case unstable.InlineTable:
			for it := n.Children(); it.Next(); {
				key, pos := keys(path, it.Node().Key())
				once(key, pos)
				value(key, it.Node().Value())
			}
		case unstable.Array:
			i := 0
			for it := n.Children(); it.Next(); i++ {
				element := fmt.Sprintf("%s[%d]", path, i)
				if it.Node().Raw.Length > 0 {
					d.at[element] = place(it.Node())
				}
				value(element, it.Node())
			}
		}
	}
	for p.Reset(data); p.NextExpression(); {
		switch e := p.Expression(); e.Kind {
		case unstable.Table:
			path, _ := keys("", e.Key())
			table = path
			if n := count[path]; n > 0 {
				table = fmt.Sprintf("%s[%d]", path, n-1)
			}
		case unstable.ArrayTable:
			path, pos := keys("", e.Key())
			count[path]++
			table = fmt.Sprintf("%s[%d]", path, count[path]-1)
			d.at[table] = pos
		case unstable.KeyValue:
			path, pos := keys(table, e.Key())
			once(path, pos)
			value(path, e.Value())
		}
	}
	return ds
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// lowerKeys returns v with the keys of all its tables in lower case.
func lowerKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			m[strings.ToLower(k)] = lowerKeys(e)
		}
		return m
	case []any:
		for i, e := range v {
			v[i] = lowerKeys(e)
		}
	}
	return v
}

// get returns the value at a dotted path of tables, nil when there is none.
func (d document) get(path string) any {
	var v any = d.values
	for key := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// pos returns the place of a key, or of the nearest table around it.
func (d document) pos(path string) diag.Pos {
	for path != "" {
		if p, ok := d.at[path]; ok {
			return p
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return diag.Pos{File: configFile}
}

// Table returns the table at a dotted path, its keys in lower case; nil when
// there is none.
func (d document) Table(path string) map[string]any {
	table, _ := d.get(path).(map[string]any)
	return table
}

// Below returns a function from a path below a table to the place of its key.
func (d document) Below(table string) func(path string) diag.Pos {
	return func(path string) diag.Pos { return d.pos(join(table, path)) }
}

// tables returns the tables of an array of tables; what else stands there is
// left out.
func (d document) tables(path string) []map[string]any {
	switch v := d.get(path).(type) {
	case []any:
		ts := make([]map[string]any, 0, len(v))
		for _, e := range v {
			if t, ok := e.(map[string]any); ok {
				ts = append(ts, t)
			}
		}
		return ts
	case []map[string]any:
		return v
	}
	return nil
}

// texts returns a string, or the strings of a list, with the path of each.
func (d document) texts(path string) (values, paths []string) {
	switch v := d.get(path).(type) {
	case string:
		return []string{v}, []string{path}
	case []any:
		for i, e := range v {
			if s, ok := e.(string); ok {
				values = append(values, s)
				paths = append(paths, fmt.Sprintf("%s[%d]", path, i))
			}
		}
	}
	return values, paths
}
