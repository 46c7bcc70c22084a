package deploy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"clinicblog/site/diag"
)

// IndexNow is how search engines are told of changes. The zero value tells
// nobody. https://www.indexnow.org/documentation
type IndexNow struct {
	Key      string // public: a file of the site shows it
	Endpoint string // a URL
}

const (
	defaultEndpoint = "https://api.indexnow.org/indexnow"
	mostURLs        = 10000 // in one request
)

var keyPattern = regexp.MustCompile(`^[A-Za-z0-9-]{8,128}$`)

// ReadIndexNow reads the table params.clinicblog.indexnow of hugo.toml, nil when
// there is none. at returns the place of a key in it.
func ReadIndexNow(table any, at func(key string) diag.Pos) (IndexNow, []diag.Diagnostic) {
	if table == nil {
		return IndexNow{}, nil
	}
	values, ok := table.(map[string]any)
	if !ok {
		return IndexNow{}, []diag.Diagnostic{settingRule.At(at(""), "params.clinicblog.indexnow is not a table")}
	}
	n := IndexNow{Endpoint: defaultEndpoint}
	var ds []diag.Diagnostic
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text, _ := values[key].(string)
		switch key {
		case "key":
			n.Key = text
			if !keyPattern.MatchString(text) {
				ds = append(ds, settingRule.At(at(key), "the key of IndexNow is not 8 to 128 letters, digits and hyphens"))
			}
		case "endpoint":
			n.Endpoint = text
			u, err := url.Parse(text)
			if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
				ds = append(ds, settingRule.At(at(key), "the endpoint of IndexNow is not https:// and a host"))
			}
		default:
			ds = append(ds, settingRule.At(at(key), "there is no setting %s: settings are key and endpoint", key))
		}
	}
	if n.Key == "" && len(ds) == 0 {
		ds = append(ds, settingRule.At(at(""), "IndexNow needs a key"))
	}
	return n, ds
}

// WriteKey puts the file with the key into a finished site.
func (n IndexNow) WriteKey(dir string) error {
	if n.Key == "" {
		return nil
	}
	if err := os.WriteFile(filepath.Join(dir, n.Key+".txt"), []byte(n.Key), 0o644); err != nil {
		return fmt.Errorf("write key of IndexNow: %w", err)
	}
	return nil
}

// Announce tells that the pages at these addresses have changed or gone.
func (n IndexNow) Announce(ctx context.Context, home *url.URL, addresses []string) error {
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for part := range slices.Chunk(addresses, mostURLs) {
		body, err := json.Marshal(map[string]any{"host": home.Host, "key": n.Key, "keyLocation": Address(home, n.Key+".txt"), "urlList": part})
		if err != nil {
			return fmt.Errorf("encode announcement: %w", err)
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, n.Endpoint, bytes.NewReader(body))
		if err != nil {
			return fmt.Errorf("announce changes: %w", err)
		}
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		resp, err := client.Do(r)
		if err != nil {
			return fmt.Errorf("announce changes: %w", err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusAccepted {
			return fmt.Errorf("announce changes: %s answers %s", n.Endpoint, resp.Status)
		}
	}
	return nil
}
