package finish

import (
	"bytes"
	"strconv"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// cssForm writes what a style sheet says in a form in which two spellings of
// one sheet are equal, and returns the offset of a brace that has no partner,
// or -1. Of it stays, in order:
//
//   - every at-rule and selector, letter for letter, with white space only
//     where it separates; a string in an attribute selector without quotes;
//   - every declaration: property, value, !important. A custom property is
//     kept letter for letter;
//   - in a value, numbers by their size (.5 is 0.50, 0px is 0) and addresses
//     without quotes. Of a property whose values have short forms (margin,
//     font, flex, background, colours…) only functions, addresses and custom
//     properties are kept: those are where a minifier that does not know new
//     CSS goes wrong.
//
// Comments and rules without a declaration are left out, except an empty
// @layer, which sets an order.
//
// The lexer is tdewolff's own, the parser above it is not used.
func cssForm(src []byte) (form []byte, open int) {
	type frame struct{ header, body, brace int }
	var stack []frame
	var stmt []css.Token // the statement at hand
	parens := 0
	unmatched := -1
	closeBlock := func() {
		f := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if len(form) == f.body && !bytes.HasPrefix(form[f.header:], []byte("\x01@layer")) {
			form = form[:f.header]
			return
		}
		form = append(form, markEnd, markText)
	}
	offset := 0
	l := css.NewLexer(parse.NewInputBytes(bytes.Clone(src)))
	for {
		tt, data := l.Next()
		at := offset
		offset += len(data)
		switch {
		case tt == css.ErrorToken:
			form = cssDeclaration(form, stmt)
			for len(stack) > 0 {
				if unmatched < 0 {
					unmatched = stack[len(stack)-1].brace
				}
				closeBlock()
			}
			return form, unmatched
		case tt == css.CommentToken:
			// It separates, as white space does.
			tt, data = css.WhitespaceToken, []byte(" ")
		case tt == css.LeftParenthesisToken || tt == css.FunctionToken || tt == css.LeftBracketToken:
			parens++
		case tt == css.RightParenthesisToken || tt == css.RightBracketToken:
			parens = max(0, parens-1)
		case tt == css.LeftBraceToken && parens == 0:
			f := frame{header: len(form), brace: at}
			form = cssPrelude(append(form, markTag), stmt)
			form = append(form, markText)
			f.body = len(form)
			stack = append(stack, f)
			stmt = stmt[:0]
			continue
		case tt == css.RightBraceToken:
			form = cssDeclaration(form, stmt)
			stmt, parens = stmt[:0], 0
			if len(stack) == 0 {
				if unmatched < 0 {
					unmatched = at
				}
				continue
			}
			closeBlock()
			continue
		case tt == css.SemicolonToken && parens == 0:
			form = cssDeclaration(form, stmt)
			stmt = stmt[:0]
			continue
		}
		stmt = append(stmt, css.Token{TokenType: tt, Data: data})
	}
}

// cssPrelude writes a selector or the head of an at-rule.
func cssPrelude(form []byte, stmt []css.Token) []byte {
	atRule, space, parens, brackets := false, false, 0, 0
	last := byte(0)
	for i, t := range stmt {
		data := t.Data
		switch t.TokenType {
		case css.WhitespaceToken:
			space = true
			continue
		case css.AtKeywordToken:
			atRule = atRule || last == 0
			data = bytes.ToLower(data)
		case css.LeftBracketToken:
			brackets++
		case css.RightBracketToken:
			brackets--
		case css.LeftParenthesisToken, css.FunctionToken:
			parens++
		case css.RightParenthesisToken:
			parens--
		case css.StringToken:
			if brackets > 0 {
				data = cssString(data)
			}
		case css.URLToken:
			data = cssURL(data)
		}
		if len(data) == 0 {
			continue // [a=""]
		}
		if space && last != 0 {
			joins := bytes.IndexByte([]byte("([,>~|="), last) >= 0 || bytes.IndexByte([]byte(")],>~|="), data[0]) >= 0
			// "+" is a combinator in a selector; in a calculation its spaces count.
			joins = joins || (last == '+' || data[0] == '+') && !(atRule && parens > 0)
			joins = joins || atRule && (last == ':' || data[0] == ':')
			joins = joins || atRule && data[0] == '(' && stmt[i-2].TokenType == css.AtKeywordToken
			if !joins {
				form = append(form, ' ')
			}
		}
		space = false
		form = append(form, data...)
		last = data[len(data)-1]
	}
	return form
}

// cssDeclaration writes a declaration, or an at-rule without a block.
func cssDeclaration(form []byte, stmt []css.Token) []byte {
	for len(stmt) > 0 && stmt[0].TokenType == css.WhitespaceToken {
		stmt = stmt[1:]
	}
	if len(stmt) == 0 {
		return form
	}
	colon := 0
	for colon < len(stmt) && stmt[colon].TokenType != css.ColonToken {
		colon++
	}
	if colon == len(stmt) || stmt[0].TokenType == css.AtKeywordToken {
		return append(cssPrelude(append(form, markTag), stmt), markText)
	}
	name, value := cssPrelude(nil, stmt[:colon]), stmt[colon+1:]
	form = append(form, markAttr)
	if bytes.HasPrefix(name, []byte("--")) {
		var text []byte
		for _, t := range value {
			text = append(text, t.Data...)
		}
		form = append(append(form, name...), markValue)
		return append(form, trimSpace(text)...)
	}
	name = bytes.ToLower(name)
	form = append(append(form, name...), markValue)
	if cssHasShortForms(string(name)) {
		return cssLandmarks(form, value)
	}
	return cssValue(form, value)
}

// cssHasShortForms says whether the minifier rewrites values of the property
// into other words of the same meaning.
func cssHasShortForms(property string) bool {
	switch property {
	case "margin", "padding", "flex", "flex-basis", "flex-grow", "flex-shrink", "order", "outline", "fill", "stroke",
		"box-shadow", "text-shadow", "unicode-range", "column-rule", "filter", "-ms-filter":
		return true
	}
	for _, p := range []string{"font", "border", "background", "text-decoration", "text-emphasis"} {
		if len(property) >= len(p) && property[:len(p)] == p {
			return true
		}
	}
	return len(property) >= 5 && property[len(property)-5:] == "color"
}

// cssLandmarks writes the parts of a value that no short form replaces.
func cssLandmarks(form []byte, value []css.Token) []byte {
	for _, t := range value {
		switch t.TokenType {
		case css.FunctionToken:
			switch name := string(bytes.ToLower(t.Data)); name {
			case "rgb(", "rgba(", "hsl(", "hsla(":
			default:
				form = append(form, name...)
			}
		case css.URLToken:
			form = append(form, cssURL(t.Data)...)
		case css.CustomPropertyNameToken:
			form = append(form, t.Data...)
		case css.DelimToken:
			if t.Data[0] == '!' {
				form = append(form, '!')
			}
		}
	}
	return form
}

// cssValue writes a whole value.
func cssValue(form []byte, value []css.Token) []byte {
	space, last := false, byte(0)
	for _, t := range value {
		data := t.Data
		switch t.TokenType {
		case css.WhitespaceToken:
			space = true
			continue
		case css.StringToken:
			data = append([]byte{'"'}, append(cssString(data), '"')...)
		case css.URLToken:
			data = cssURL(data)
		case css.NumberToken, css.PercentageToken, css.DimensionToken:
			data = cssNumber(data)
		case css.FunctionToken:
			switch string(bytes.ToLower(data)) {
			case "rgb(", "rgba(", "hsl(", "hsla(":
				return cssLandmarks(form, value)
			}
		}
		// After ")" a space separates nothing: "a(b) c" and "a(b)c" are two words.
		if space && last != 0 && bytes.IndexByte([]byte("(,/)"), last) < 0 && bytes.IndexByte([]byte("),/!"), data[0]) < 0 {
			form = append(form, ' ')
		}
		space = false
		form = append(form, data...)
		last = data[len(data)-1]
	}
	return form
}

// cssNumber writes a number by its size. A length or an angle of zero has no unit.
func cssNumber(data []byte) []byte {
	n, m := parse.Dimension(data)
	v, err := strconv.ParseFloat(string(data[:n]), 64)
	if err != nil || n+m != len(data) {
		return data
	}
	unit := string(bytes.ToLower(data[n:]))
	if v == 0 {
		switch unit {
		case "s", "ms", "%", "fr", "hz", "khz", "dpi", "dpcm", "dppx":
		default:
			unit = ""
		}
	}
	return append(strconv.AppendFloat(nil, v, 'g', -1, 64), unit...)
}

// cssString returns what is between the quotes.
func cssString(data []byte) []byte {
	if len(data) < 2 {
		return data
	}
	return bytes.Clone(data[1 : len(data)-1])
}

// cssURL returns url(…) without quotes, and a data: address decoded.
func cssURL(data []byte) []byte {
	if len(data) < 5 {
		return data
	}
	v := trimSpace(data[4 : len(data)-1])
	if len(v) > 1 && (v[0] == '"' || v[0] == '\'') {
		v = v[1 : len(v)-1]
	}
	out := append([]byte("url("), address(v)...)
	return append(out, ')')
}
