package finish

import (
	"fmt"
	"strings"
	"testing"
)

// TestNextDigest looks for hashes of all lengths at all distances.
func TestNextDigest(t *testing.T) {
	for _, n := range []int{16, 63, 64, 65, 96, 128, 129} {
		hash := strings.Repeat("0123456789abcdef", 9)[:n]
		for before := range 140 {
			for _, name := range []string{"a.%s.css", "%s.css", "a.%s", "a.%s.", "a.%s-b.css", "aa.0%s.css", "c0.%s.css"} {
				b := strings.Repeat("c", before) + fmt.Sprintf(name, hash) + ` and .` + strings.Repeat("f", 64) + `.js"`
				var got, want []string
				for i := 0; ; {
					from, to, ext, ok := nextDigest(b, i)
					if !ok {
						break
					}
					got, i = append(got, b[from:ext]), to
				}
				if strings.Contains(name, ".%s.css") && (n == 64 || n == 96 || n == 128) {
					want = append(want, hash+".css")
				}
				if n == 63 && name == "aa.0%s.css" {
					want = append(want, "0"+hash+".css")
				}
				if want = append(want, strings.Repeat("f", 64)+".js"); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Fatalf("%s: got %q, want %q", b, got, want)
				}
			}
		}
	}
}
