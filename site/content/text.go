package content

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"clinicblog/site/diag"
)

// largeFile is the size in bytes from which a source is worth a word: a long
// article is 60 kB, so a megabyte is something pasted by mistake.
const largeFile = 1 << 20

// A text is one source file with the table of its lines.
type text struct {
	file  string // slash-separated, relative to the project
	src   []byte
	lines []int // offset of each line's first byte
}

func newText(file string, src []byte) *text {
	lines := make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		lines = append(lines, i)
	}
	return &text{file: file, src: src, lines: lines}
}

// pos converts an offset in bytes to a position.
func (t *text) pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(t.src)))
	line := sort.SearchInts(t.lines, offset+1)
	return diag.Pos{File: t.file, Line: line, Col: offset - t.lines[line-1] + 1}
}

// byteCol converts a column counted in characters to one counted in bytes.
func (t *text) byteCol(line, runeCol int) int {
	if line < 1 || line > len(t.lines) {
		return runeCol
	}
	rest := t.src[t.lines[line-1]:]
	col := 1
	for range runeCol - 1 {
		if len(rest) == 0 {
			break
		}
		_, n := utf8.DecodeRune(rest)
		rest, col = rest[n:], col+n
	}
	return col
}

// check reports what is wrong with the file's bytes. It returns false when
// nothing more can be read from them.
func (t *text) check(report func(diag.Diagnostic)) bool {
	whole := diag.Pos{File: t.file, Line: 1, Col: 1}
	if len(bytes.TrimSpace(bytes.TrimPrefix(t.src, bom))) == 0 {
		report(ruleEmptyFile.At(whole, "file is empty"))
		return false
	}
	if bytes.HasPrefix(t.src, []byte{0xFF, 0xFE}) || bytes.HasPrefix(t.src, []byte{0xFE, 0xFF}) {
		report(ruleEncoding.At(whole, "file is UTF-16, not UTF-8"))
		return false
	}
	if bytes.HasPrefix(t.src, bom) {
		report(ruleByteOrderMark.At(whole, "file starts with a byte order mark"))
	}
	if len(t.src) > largeFile {
		report(ruleLargeFile.At(whole, "file is %.1f MB", float64(len(t.src))/1e6))
	}
	if i := bytes.IndexByte(t.src, '\r'); i >= 0 {
		report(ruleLineEndings.At(t.pos(i), "line ends with a carriage return"))
	}
	if i := bytes.IndexByte(t.src, 0); i >= 0 {
		report(ruleEncoding.At(t.pos(i), "file holds a NUL byte"))
		return false
	}
	if !utf8.Valid(t.src) {
		i := 0
		for i < len(t.src) {
			r, n := utf8.DecodeRune(t.src[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		report(ruleEncoding.At(t.pos(i), "byte 0x%02X is not UTF-8", t.src[i]))
		return false
	}
	return true
}

var bom = []byte{0xEF, 0xBB, 0xBF}

// matter is where the front matter and the body of a page lie in its file.
type matter struct {
	yaml      []byte
	yamlStart int // offset of the first byte after the opening delimiter's line
	yamlLine  int
	body      int // offset of the first byte after the closing delimiter's line
}

// split finds the front matter between two lines of three hyphens.
func (t *text) split(report func(diag.Diagnostic)) (matter, bool) {
	start := 0
	if bytes.HasPrefix(t.src, bom) {
		start = len(bom)
	}
	first := line(t.src, start)
	if string(first) != "---" {
		pos := t.pos(start)
		switch trimmed := bytes.TrimSpace(t.src[start:]); {
		case string(first) == "+++":
			report(ruleFrontMatter.At(pos, "front matter is TOML").WithFix("write it as YAML between two lines of three hyphens"))
		case len(first) > 0 && first[0] == '{':
			report(ruleFrontMatter.At(pos, "front matter is JSON").WithFix("write it as YAML between two lines of three hyphens"))
		case bytes.HasPrefix(trimmed, []byte("---")):
			report(ruleFrontMatter.At(pos, "something stands before the front matter").WithFix("let the file begin with ---"))
		default:
			report(ruleFrontMatter.At(pos, "page has no front matter"))
		}
		return matter{}, false
	}
	opening := t.pos(start).Line
	for n := opening; n < len(t.lines); n++ {
		at := t.lines[n]
		if string(line(t.src, at)) == "---" {
			m := matter{yamlStart: t.lines[opening], yamlLine: opening + 1, body: len(t.src)}
			if n+1 < len(t.lines) {
				m.body = t.lines[n+1]
			}
			m.yaml = t.src[m.yamlStart:at]
			return m, true
		}
	}
	report(ruleFrontMatter.At(t.pos(start), "front matter is never closed").WithFix("close it with a line of three hyphens"))
	return matter{}, false
}

// line returns the line that starts at offset, without its end and trailing spaces.
func line(src []byte, offset int) []byte {
	rest := src[offset:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return bytes.TrimRight(rest, " \t\r")
}
