package finish

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
)

// class says what an element does to the spaces around it.
type class uint8

const (
	hidden class = iota // nothing: it is not seen, or only its content is
	inline              // nothing, unless it is empty and a stylesheet draws in it
	block               // no space is rendered at its edges
	object              // it is seen, as a word is: spaces before and after it are rendered
	box                 // an object whose content stands by itself
)

// class follows the user agent style sheet of the HTML Standard (15.3) where
// the minifier does and is stricter elsewhere: what it takes for a block and a
// browser does not (<noscript>, <style>) is none here.
func (c *canon) class(name []byte) class {
	if c.s.foreign > 0 && string(name) != "svg" && string(name) != "math" {
		return hidden
	}
	switch string(name) {
	case "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup",
		"dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main",
		"menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
		"tfoot", "th", "thead", "title", "tr", "ul":
		return block
	case "embed", "img", "input", "math", "q", "svg", "wbr":
		return object
	case "audio", "button", "canvas", "iframe", "meter", "object", "progress", "select", "textarea", "video":
		return box
	case "a", "area", "base", "del", "ins", "label", "link", "map", "meta", "noscript", "param", "script",
		"slot", "source", "style", "template", "track":
		return hidden
	}
	return inline
}

// find returns the value, as written, of the first attribute called name.
func find(attrs []attr, name string) []byte {
	for _, a := range attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

func trimSpace(b []byte) []byte { return bytes.Trim(b, " \t\n\r\f") }

func address(v []byte) []byte {
	v = trimSpace(v)
	switch colon := bytes.IndexByte(v, ':'); {
	case colon < 4 || colon > 5:
		return v
	case equalFold(v[:colon], "http"), equalFold(v[:colon], "https"):
		return slices.Concat(bytes.ToLower(v[:colon]), v[colon:])
	case equalFold(v[:colon], "data"):
		if d, ok := dataURL(v[colon+1:]); ok {
			return d
		}
	}
	return v
}

// dataURL decodes the part of a data: address after the scheme (RFC 2397).
func dataURL(v []byte) ([]byte, bool) {
	head, body, ok := bytes.Cut(v, []byte(","))
	if !ok {
		return nil, false
	}
	head = bytes.ToLower(bytes.ReplaceAll(head, []byte(" "), nil))
	data, err := url.PathUnescape(string(body))
	if err != nil {
		return nil, false
	}
	if h, ok := bytes.CutSuffix(head, []byte(";base64")); ok {
		head = h
		d, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			return nil, false
		}
		data = string(d)
	}
	head = bytes.ReplaceAll(head, []byte(";charset=us-ascii"), nil)
	head = bytes.TrimPrefix(head, []byte("text/plain"))
	return slices.Concat([]byte("data:"), head, []byte(","), []byte(data)), true
}

func viewport(v []byte) []byte {
	var out []byte
	for i, part := range bytes.Split(bytes.ReplaceAll(v, []byte(" "), nil), []byte(",")) {
		if i > 0 {
			out = append(out, ',')
		}
		key, val, ok := bytes.Cut(part, []byte("="))
		out = append(out, key...)
		if ok {
			out = append(out, '=')
			if n, err := strconv.ParseFloat(string(val), 64); err == nil {
				val = strconv.AppendFloat(nil, n, 'g', -1, 64)
			}
			out = append(out, val...)
		}
	}
	return out
}

// squeeze returns v with single spaces between words and none around them.
func squeeze(v []byte) []byte {
	for i, ch := range v {
		if isSpace(ch) && (ch != ' ' || i == 0 || i == len(v)-1 || isSpace(v[i+1])) {
			return bytes.Join(bytes.FieldsFunc(v, func(r rune) bool { return r < 128 && isSpace(byte(r)) }), []byte(" "))
		}
	}
	return v
}
