package finish

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	minifyxml "github.com/tdewolff/minify/v2/xml"
	"github.com/tdewolff/parse/v2"
	parsejs "github.com/tdewolff/parse/v2/js"

	"clinicblog/site/diag"
)

// asset minifies what is no HTML. Each method returns the minified form of src
// if that is proved to be the same, and otherwise src with a finding that has
// no file yet and ok false. src is not changed.
type asset struct{}

// bare has no minifiers: what is embedded in a style sheet stays as it is.
var bare = minify.New()

// json drops the white space between tokens. encoding/json does it, not
// tdewolff: dropping white space and nothing else is the whole proof, and
// tdewolff's accepts what is no JSON ("{,}" and raw newlines pass) and rewrites
// numbers (100000 becomes 1e5).
func (asset) json(src []byte) ([]byte, diag.Diagnostic, bool) {
	var out bytes.Buffer
	out.Grow(len(src))
	err := json.Compact(&out, src)
	if err == nil {
		return out.Bytes(), diag.Diagnostic{}, true
	}
	pos := diag.Pos{}
	err = json.Unmarshal(src, new(json.RawMessage)) // says where, which Compact does not
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		pos = posAt(src, int(syntax.Offset)-1)
	}
	return src, assetSyntax.At(pos, "the JSON does not parse: %v", err), false
}

// js minifies a script. The proof is small, because two spellings of a program
// cannot be compared: the result parses, takes the same names from outside and
// declares the same names for others.
func (asset) js(src []byte) ([]byte, diag.Diagnostic, bool) {
	want, err := jsNames(src)
	if err != nil {
		return src, assetSyntax.At(parsePos(err), "the script does not parse: %s", parseMessage(err)), false
	}
	min, err := minified(&js.Minifier{}, src)
	if err != nil {
		return src, minifyProof.At(diag.Pos{}, "the minifier stops: %s; the script keeps its bytes", parseMessage(err)), false
	}
	got, err := jsNames(min)
	switch {
	case err != nil:
		return src, minifyProof.At(diag.Pos{}, "minified, the script does not parse: %s; it keeps its bytes", parseMessage(err)), false
	case !slices.Equal(want, got):
		return src, minifyProof.At(diag.Pos{}, "minified, the script uses the names %q instead of %q; it keeps its bytes", got, want), false
	case bytes.Contains(bytes.ToLower(min), []byte("</script")) || bytes.Contains(min, []byte("<!--")):
		return src, minifyProof.At(diag.Pos{}, "minified, the script would end the element it stands in; it keeps its bytes"), false
	}
	return min, diag.Diagnostic{}, true
}

// jsNames returns the names that a script shares with others, sorted: those it
// takes without declaring them, and those that it declares at the top.
func jsNames(src []byte) (names []string, err error) {
	defer recovered(&err)
	ast, err := parsejs.Parse(parse.NewInputBytes(bytes.Clone(src)), parsejs.Options{})
	if err != nil {
		return nil, err
	}
	set := map[string]bool{}
	for _, vars := range []parsejs.VarArray{ast.Scope.Undeclared, ast.Scope.Declared} {
		for _, v := range vars {
			set[string(v.Data)] = true
		}
	}
	delete(set, "undefined") // 0[0], for short
	delete(set, "Infinity")  // 1/0
	return slices.Sorted(maps.Keys(set)), nil
}

// css minifies a style sheet; see cssForm for what must be the same.
func (asset) css(src []byte) ([]byte, diag.Diagnostic, bool) {
	want, open := cssForm(src)
	if open >= 0 {
		return src, assetSyntax.At(posAt(src, open), "the style sheet has a brace without its partner"), false
	}
	min, err := minified(&css.Minifier{}, src)
	if err != nil {
		return src, minifyProof.At(diag.Pos{}, "the minifier stops: %s; the style sheet keeps its bytes", parseMessage(err)), false
	}
	got, _ := cssForm(min)
	if !bytes.Equal(want, got) {
		return src, minifyProof.At(diag.Pos{}, "minified, the style sheet would not say the same: %s; it keeps its bytes", difference(want, got)), false
	}
	return min, diag.Diagnostic{}, true
}

// xml minifies XML, SVG included; see xmlForm for what must be the same. SVG
// does not go through tdewolff's own minifier for it: that rewrites paths and
// numbers, which no comparison of tokens can prove to look the same.
func (asset) xml(src []byte) ([]byte, diag.Diagnostic, bool) {
	want, err := xmlForm(src)
	if errors.Is(err, errEntities) {
		return src, diag.Diagnostic{}, true
	}
	if err != nil {
		pos := diag.Pos{}
		if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
			return src, assetSyntax.At(diag.Pos{Line: syntax.Line}, "the XML does not parse: %s", syntax.Msg), false
		}
		return src, assetSyntax.At(pos, "the XML does not parse: %v", err), false
	}
	min, err := minified(&minifyxml.Minifier{}, src)
	if err != nil {
		return src, minifyProof.At(diag.Pos{}, "the minifier stops: %s; the file keeps its bytes", parseMessage(err)), false
	}
	got, err := xmlForm(min)
	if err != nil {
		return src, minifyProof.At(diag.Pos{}, "minified, the XML does not parse: %v; it keeps its bytes", err), false
	}
	if !bytes.Equal(want, got) {
		return src, minifyProof.At(diag.Pos{}, "minified, the XML would not say the same: %s; it keeps its bytes", difference(want, got)), false
	}
	return min, diag.Diagnostic{}, true
}

// minified runs a minifier on a copy, because it works in place.
func minified(m minify.Minifier, src []byte) (_ []byte, err error) {
	defer recovered(&err)
	var out bytes.Buffer
	out.Grow(len(src))
	in := append(make([]byte, 0, len(src)+1), src...)
	if err := m.Minify(bare, &out, bytes.NewBuffer(in), nil); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// recovered makes an error of a panic: the parsers index by hand, and a file
// that breaks one is kept as it is.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("it breaks: %v", r)
	}
}

func parsePos(err error) diag.Pos {
	if e, ok := errors.AsType[*parse.Error](err); ok {
		return diag.Pos{Line: e.Line, Col: e.Column}
	}
	return diag.Pos{}
}

// parseMessage returns err without the position and the excerpt that
// tdewolff's errors carry.
func parseMessage(err error) string {
	if e, ok := errors.AsType[*parse.Error](err); ok {
		return e.Message
	}
	return err.Error()
}

// posAt turns an offset into a line and a column.
func posAt(src []byte, offset int) diag.Pos {
	before := src[:min(max(offset, 0), len(src))]
	return diag.Pos{
		Line: 1 + bytes.Count(before, []byte("\n")),
		Col:  len(before) - bytes.LastIndexByte(before, '\n'),
	}
}
