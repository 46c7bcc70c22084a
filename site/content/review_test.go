package content

import (
	"strings"
	"testing"
	"time"

	"clinicblog/site/diag"
)

var jan5 = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// A stamp changes its own lines and no other byte, and a second one nothing.
func TestStamp(t *testing.T) {
	const line = `review: {by: ana, date: 2026-01-05, until: 2027-01-05, of: "DIGEST"}`
	for _, test := range []struct{ name, src, want string }{
		{"first", "---\ntitle: A # the title\n\n# About\ndescription: B\n---\n\nText.  \n\n\n", "---\ntitle: A # the title\n\n# About\ndescription: B\n" + line + "\n---\n\nText.  \n\n\n"},
		{"no end of line", "---\ntitle: A\n---\nText.", "---\ntitle: A\n" + line + "\n---\nText."},
		{"front matter alone", "---\ntitle: A\n---", "---\ntitle: A\n" + line + "\n---"},
		{"carriage returns", "---\r\ntitle: A\r\n---\r\nText.\r\n", "---\r\ntitle: A\r\n" + line + "\r\n---\r\nText.\r\n"},
		{"byte order mark", "\uFEFF---\ntitle: A\n---\nText.\n", "\uFEFF---\ntitle: A\n" + line + "\n---\nText.\n"},
		{"in its place", "---\nreview: {by: ben, date: 2025-01-01, until: 2026-01-01, of: x}\ntitle: A\n---\nText.\n", "---\n" + line + "\ntitle: A\n---\nText.\n"},
		{"over several lines", "---\ntitle: A\nreview:\n  by: ben # for now\n  date: 2025-01-01\n\n  # not for long\n  until: 2026-01-01\n\n# About\ndescription: B\n---\nText.\n", "---\ntitle: A\n# for now\n# not for long\n" + line + "\n\n# About\ndescription: B\n---\nText.\n"},
		{"in capitals", "---\ntitle: A\nReview: {by: ben,\n  date: 2025-01-01}\n---\nText.\n", "---\ntitle: A\n" + line + "\n---\nText.\n"},
		{"empty", "---\nreview:\ntitle: A\n---\nText.\n", "---\n" + line + "\ntitle: A\n---\nText.\n"},
		{"the word elsewhere", "---\ntitle: 'review: none'\nparams:\n  review: x\n---\nreview: none\n", "---\ntitle: 'review: none'\nparams:\n  review: x\n" + line + "\n---\nreview: none\n"},
		{"in Spanish", "---\ntitle: Año # ¿y?\nreview: {by: ben} # mañana\n---\nSí.\n", "---\ntitle: Año # ¿y?\n# mañana\n" + line + "\n---\nSí.\n"},
	} {
		digest := Parse("content/a.md", []byte(test.src), Options{Now: now}, func(diag.Diagnostic) {}).Digest()
		want := strings.Replace(test.want, "DIGEST", digest, 1)
		r := Review{By: "ana", Date: jan5, Until: jan5.AddDate(1, 0, 0)}
		got, err := Stamp("content/a.md", []byte(test.src), r, Options{Now: now})
		if err != nil || string(got) != want {
			t.Errorf("%s: got  %q, %v\nwant %q", test.name, got, err, want)
			continue
		}
		if again, err := Stamp("content/a.md", got, r, Options{Now: now}); err != nil || string(again) != want {
			t.Errorf("%s, again: got %q, %v", test.name, again, err)
		}
	}
}

// What is not sure to come out right is not written.
func TestStampRefuses(t *testing.T) {
	for _, src := range []string{"Text.\n", "---\ntitle: A\n", "---\n{title: A, description: B}\n---\n", "---\ntitle: A\nreview: {by: ben}\nReview: {by: ben}\n---\n", "---\ntitle: A\n...\n---\n"} {
		if got, err := Stamp("content/a.md", []byte(src), Review{By: "ana", Date: jan5, Until: jan5.AddDate(1, 0, 0)}, Options{Now: now}); err == nil {
			t.Errorf("%q: got %q", src, got)
		}
	}
}

func FuzzStamp(f *testing.F) {
	f.Add([]byte("---\ntitle: A\nreview:\n  by: ben # for now\n---\nText.\n"))
	f.Add([]byte("---\nreview: {by: ben,\n date: 2025-01-01}\n? x\n: y\n---\n"))
	f.Add([]byte("\uFEFF---\r\n'review': |\r\n  x\r\n---\r\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		got, err := Stamp("content/a.md", src, Review{By: "ana", Date: jan5, Until: jan5.AddDate(1, 0, 0)}, Options{Now: now})
		if err != nil {
			return
		}
		page := Parse("content/a.md", got, Options{Now: now}, func(diag.Diagnostic) {})
		if page == nil || page.Review == nil || page.Review.By != "ana" || page.Review.Void {
			t.Errorf("%q: got %q", src, got)
		}
	})
}
