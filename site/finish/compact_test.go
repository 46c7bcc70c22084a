package finish

import (
	"bytes"
	"encoding/json"
	"testing"
)

var compactJSON = []string{
	`{}`, `[]`, `{"a":1,"b":[true,false,null,-0.5,0,10]}`, `"\u003cp\u00E9 \" \\ \/ \b\f\n\r\t é"`, `[[],{}]`,
}

func TestCompact(t *testing.T) {
	for _, src := range append([]string{string(graph())}, compactJSON...) {
		if !isCompact([]byte(src)) {
			t.Errorf("%s is not taken for compact", src)
		}
	}
	for _, src := range []string{
		``, `{`, `[`, `"`, `"a`, `"\`, `"\u00`, `"\u00g0"`, "\"\\u\x10000\"", "\"\u0010\"", `"\x"`, "\"\n\"", `{"a"}`, `{"a":}`, `{"a":1,}`, `{1:2}`,
		`[1,]`, `[,]`, `[1 ]`, `{"a": 1}`, `{} `, ` {}`, `01`, `1.`, `.5`, `-`, `+1`, `tru`, `truefalse`, `{]`, `[}`, `1 2`, `{}{}`,
	} {
		if isCompact([]byte(src)) {
			t.Errorf("%s is taken for compact JSON", src)
		}
	}
}

// FuzzCompact holds isCompact against encoding/json.
func FuzzCompact(f *testing.F) {
	for _, src := range compactJSON {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var out bytes.Buffer
		err := json.Compact(&out, src)
		if isCompact(src) && (err != nil || !bytes.Equal(out.Bytes(), src)) {
			t.Errorf("%q is taken for compact: %q, %v", src, out.Bytes(), err)
		}
	})
}
