package finish

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// errEntities says that the document declares entities of its own, which
// encoding/xml does not expand: it stays as it is.
var errEntities = errors.New("the document declares entities")

// xmlForm writes what an XML document says in a form in which two spellings of
// one document are equal: every element, attribute and instruction in order,
// and every text with its entities and CDATA sections decoded. Comments are
// left out, and <a></a> is <a/>.
//
// White space in text counts as one space, and as none at the ends of an
// element or between two elements that have no words between them, which is
// true of feeds, site maps and drawings. It counts as one space everywhere
// below an SVG <text> and in XHTML, and as it is under xml:space="preserve",
// in a script or style that quotes something, and in text that holds a <pre>.
//
// An error is an *xml.SyntaxError, or errEntities.
func xmlForm(src []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(src))
	form := make([]byte, 0, len(src))
	var text []byte // since the last tag
	depth, elements := 0, 0
	mixed, preserve := 0, 0      // the depth from which on, or 0
	afterStart, name := true, "" // the last tag was the start tag of name
	flush := func(beforeEnd bool) {
		if len(text) == 0 {
			return
		}
		t := text
		quoting := (name == "style" || name == "script") && bytes.ContainsAny(t, "\"'`")
		if preserve == 0 && !quoting && !bytes.Contains(t, []byte("<pre")) {
			words := bytes.Join(bytes.Fields(t), []byte(" "))
			lead, trail := isSpace(t[0]), isSpace(t[len(t)-1])
			switch {
			case mixed > 0:
				// A space at an edge is rendered.
			case len(words) == 0:
				lead, trail = false, false
			default:
				lead, trail = lead && !afterStart, trail && !beforeEnd
			}
			if lead {
				form = append(form, ' ')
			}
			form = append(form, words...)
			if trail && len(words) > 0 {
				form = append(form, ' ')
			}
		} else {
			form = append(form, t...)
		}
		text = text[:0]
	}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			if elements == 0 {
				return nil, &xml.SyntaxError{Line: 1, Msg: "no element"}
			}
			return form, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.CharData:
			if depth > 0 {
				text = append(text, t...)
			}
		case xml.StartElement:
			flush(false)
			depth++
			elements++
			afterStart, name = true, t.Name.Local
			if mixed == 0 && (name == "text" || t.Name.Space == "http://www.w3.org/1999/xhtml") {
				mixed = depth
			}
			form = append(form, markTag)
			form = xmlName(form, t.Name)
			for _, a := range t.Attr {
				form = xmlName(append(form, markAttr), a.Name)
				form = append(append(form, markValue), a.Value...)
				if a.Name.Local == "space" && a.Value == "preserve" && preserve == 0 {
					preserve = depth
				}
			}
			form = append(form, markText)
		case xml.EndElement:
			flush(true)
			if mixed == depth {
				mixed = 0
			}
			if preserve == depth {
				preserve = 0
			}
			depth--
			afterStart, name = false, ""
			form = append(form, markEnd, markText)
		case xml.ProcInst:
			flush(false)
			form = append(append(form, markTag, '?'), t.Target...)
			inst := bytes.ReplaceAll(t.Inst, []byte("'"), []byte(`"`))
			form = append(append(form, ' '), bytes.Join(bytes.Fields(inst), []byte(" "))...)
		case xml.Directive:
			if bytes.Contains(t, []byte("<!ENTITY")) {
				return nil, errEntities
			}
			form = append(append(form, markTag, '!'), t...)
		}
	}
}

func xmlName(form []byte, n xml.Name) []byte {
	if n.Space != "" {
		form = append(append(form, n.Space...), ':')
	}
	return append(form, n.Local...)
}
