package deploy

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"clinicblog/site/diag"
)

var liveRule = diag.Info{
	ID: "live-site", Severity: diag.Error,
	Fix: "deploy again, or correct the settings of the host",
	Doc: `The live site is what was built

What visitors get was changed on its way, or was never deployed: a cache that
holds an old page, a proxy that adds a script, a host without its headers. A
page without its security policy runs what others put into it, and one that is
kept too long shows yesterday's crisis line.`,
}

// Answer is what the live site has to say at an address.
type Answer struct {
	URL      string
	Status   []int // any of them
	SHA256   string
	Size     int64
	Headers  [][2]string // each exactly once, with this value
	Location string      // where a redirect leads; "" for none
}

// Check asks a live site, a few addresses at a time, and reports what differs.
// Findings are at the URL; an error means that
// nothing can be said.
func Check(ctx context.Context, answers []Answer) ([]diag.Diagnostic, error) {
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: workers, Proxy: http.ProxyFromEnvironment},
		Timeout:       time.Minute,
	}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var found []diag.Diagnostic
	err := each(ctx, answers, func(ctx context.Context, a Answer) error {
		problems, err := a.compare(ctx, client)
		if err != nil {
			return fmt.Errorf("check %s: %w", a.URL, err)
		}
		mu.Lock()
		defer mu.Unlock()
		for _, p := range problems {
			found = append(found, liveRule.At(diag.Pos{File: a.URL}, "%s", p))
		}
		return nil
	})
	return diag.Sort(found), err
}

func (a Answer) compare(ctx context.Context, client *http.Client) (problems []string, err error) {
	resp, err := a.ask(ctx, client)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if !slices.Contains(a.Status, resp.StatusCode) {
		report("the status is %d, want %d", resp.StatusCode, a.Status[0])
		return problems, nil
	}
	if a.Location != "" {
		want, err := resp.Request.URL.Parse(a.Location)
		if to, lerr := resp.Location(); lerr != nil || err != nil || to.String() != want.String() {
			report("it leads to %q, want %s", resp.Header.Get("Location"), a.Location)
		}
		return problems, nil
	}
	for _, h := range a.Headers {
		values := resp.Header.Values(h[0])
		switch {
		case len(values) == 0:
			report("the header %s is missing, want %q", h[0], h[1])
		case len(values) > 1:
			report("the header %s comes %d times", h[0], len(values))
		case h[0] == "Content-Type" && sameType(values[0], h[1]):
		case values[0] != h[1]:
			report("the header %s is %q, want %q", h[0], values[0], h[1])
		}
	}
	if a.SHA256 == "" {
		return problems, nil
	}
	body, err := decoded(resp, a.Size+1)
	switch sum := sha256.Sum256(body); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		report("the body cannot be read: %v", err)
	case hex.EncodeToString(sum[:]) != a.SHA256:
		report("the body is not the file that was built")
	}
	return problems, nil
}

// ask repeats a request that a busy host did not answer.
func (a Answer) ask(ctx context.Context, client *http.Client) (*http.Response, error) {
	for try := 1; ; try++ {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL, nil)
		if err != nil {
			return nil, err
		}
		r.Header.Set("Accept-Encoding", "br, zstd, gzip")
		r.Header.Set("User-Agent", "clinicblog")
		resp, err := client.Do(r)
		if try == 4 || err == nil && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests {
			return resp, err
		}
		if err == nil {
			resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(min(backoff, time.Second<<try)):
		}
	}
}

// decoded reads at most so many bytes of a body, without its coding.
func decoded(resp *http.Response, most int64) ([]byte, error) {
	var r io.Reader = resp.Body
	switch coding := resp.Header.Get("Content-Encoding"); coding {
	case "", "identity":
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		r = z
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	default:
		return nil, fmt.Errorf("the coding %q was not asked for", coding)
	}
	var b bytes.Buffer
	_, err := io.Copy(&b, io.LimitReader(r, most))
	return b.Bytes(), err
}

func sameType(got, want string) bool {
	g, gp, gerr := mime.ParseMediaType(got)
	w, wp, werr := mime.ParseMediaType(want)
	return gerr == nil && werr == nil && g == w && strings.EqualFold(gp["charset"], wp["charset"])
}

// Address is the address of a file below a home page.
func Address(home *url.URL, name string) string {
	u := *home
	if dir, ok := strings.CutSuffix("/"+name, "/index.html"); ok {
		name = strings.TrimPrefix(dir+"/", "/")
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + "/" + name
	u.RawPath, u.RawQuery, u.Fragment = "", "", ""
	return u.String()
}
