package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestCheck(t *testing.T) {
	was := backoff
	backoff = time.Millisecond
	t.Cleanup(func() { backoff = was })
	const body = "the page"
	tries := 0
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html;charset=UTF-8")
		h.Set("X-Frame-Options", "DENY")
		switch r.URL.Path {
		case "/good/":
			tries++
			if tries < 3 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			h.Set("Content-Encoding", "br")
			b := brotli.NewWriter(w)
			_, _ = b.Write([]byte(body))
			_ = b.Close()
			return
		case "/edited/":
			_, _ = w.Write([]byte(body + "<script>"))
			return
		case "/bare/":
			h.Del("X-Frame-Options")
			h.Set("Content-Type", "text/plain")
		case "/twice/":
			h.Add("X-Frame-Options", "DENY")
		case "/broken/":
			h.Set("Content-Encoding", "gzip")
		case "/old/":
			h.Set("Location", "/good/")
			w.WriteHeader(http.StatusMovedPermanently)
			return
		case "/gone/":
			w.WriteHeader(http.StatusGone)
			return
		case "/missing/":
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte(body))
	})
	sum := sha256.Sum256([]byte(body))
	page := func(path string) Answer {
		return Answer{URL: u + path, Status: []int{200}, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(body)), Headers: [][2]string{{"Content-Type", "text/html; charset=utf-8"}, {"X-Frame-Options", "DENY"}}}
	}
	moved := Answer{URL: u + "/old/", Status: []int{301}, Location: "/good/"}
	ds, err := Check(t.Context(), []Answer{page("/good/"), moved, {URL: u + "/gone/", Status: []int{410}}})
	if err != nil || len(ds) > 0 {
		t.Fatalf("a site that is right gives %v, %v", ds, err)
	}
	moved.Location = "/elsewhere/"
	for _, c := range []struct {
		a    Answer
		want string
	}{
		{page("/edited/"), "the body is not the file that was built"},
		{page("/bare/"), `the header Content-Type is "text/plain", want "text/html; charset=utf-8"|the header X-Frame-Options is missing, want "DENY"`},
		{page("/twice/"), "the header X-Frame-Options comes 2 times"},
		{page("/broken/"), "the body cannot be read"},
		{page("/missing/"), "the status is 404, want 200"},
		{moved, `it leads to "/good/", want /elsewhere/`},
		{Answer{URL: u + "/good/", Status: []int{410}}, "the status is 200, want 410"},
	} {
		ds, err := Check(t.Context(), []Answer{c.a})
		var got []string
		for _, d := range ds {
			if d.Pos.File != c.a.URL {
				t.Errorf("the finding is at %s, want %s", d.Pos.File, c.a.URL)
			}
			got = append(got, d.Message)
		}
		if err != nil || !strings.HasPrefix(strings.Join(got, "|"), c.want) {
			t.Errorf("%s: got %q, %v, want %q", c.a.URL, got, err, c.want)
		}
	}
	if _, err := Check(t.Context(), []Answer{{URL: "http://127.0.0.1:1/", Status: []int{200}}}); err == nil {
		t.Error("a host that does not answer is no error")
	}
}
