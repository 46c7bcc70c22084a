package deploy

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// shelf is a store that speaks as much of S3 as a deploy does. It believes any
// signature: the real server in servers_test.go does not.
type shelf struct {
	mu       sync.Mutex
	objects  map[string]stored
	requests []string // "PUT index.html", as they came in
	// invalidated are the bodies of requests to CloudFront, which it plays too.
	invalidated []string
	now         time.Time
	// fail answers in place of the store, when it writes something.
	fail func(n int, r *http.Request) (status int, code string)
	n    int
	// late fails after the store has done what it was asked.
	late func(n int, r *http.Request) bool
	// ignored is a header that the store does not look at.
	ignored string
}

type stored struct {
	body                []byte
	tag                 string
	contentType, cached string
	at                  time.Time
}

const pageOfKeys = 3

func newShelf(t *testing.T) (*shelf, Target) {
	t.Helper()
	s := &shelf{objects: map[string]stored{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none",
	} {
		t.Setenv(name, value)
	}
	was := backoff
	backoff = time.Millisecond
	t.Cleanup(func() { backoff = was })
	u, why := readURL("s3://clinic-site/blog?region=us-east-1&endpoint=" + url.QueryEscape(server.URL))
	if why != "" {
		t.Fatal(why)
	}
	return s, Target{Name: "test", URL: u, Base: "/"}
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever asked is gone
	}
	w.Header().Set("Date", s.now.Format(http.TimeFormat))
	key, isObject := strings.CutPrefix(r.URL.Path, "/clinic-site/")
	name := strings.TrimPrefix(key, "blog/")
	if r.Method == http.MethodGet && (!isObject || key == "") {
		name = "?"
	}
	s.requests = append(s.requests, r.Method+" "+name)
	s.n++
	if s.fail != nil {
		if status, code := s.fail(s.n, r); status != 0 {
			refuse(w, status, code)
			return
		}
	}
	switch {
	case strings.Contains(r.URL.Path, "/distribution/"):
		s.invalidated = append(s.invalidated, string(body))
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, "<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>")
		return
	case name == "?":
		s.list(w, r)
		return
	case r.Method == http.MethodGet:
		o, ok := s.objects[key]
		if !ok {
			refuse(w, http.StatusNotFound, "NoSuchKey")
			return
		}
		w.Header().Set("ETag", o.tag)
		w.Header().Set("Last-Modified", o.at.Format(http.TimeFormat))
		_, _ = w.Write(o.body)
		return
	case r.Method == http.MethodPut:
		r.Header.Del(s.ignored)
		old, there := s.objects[key]
		if r.Header.Get("If-None-Match") == "*" && there || r.Header.Get("If-Match") != "" && r.Header.Get("If-Match") != old.tag {
			refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
			return
		}
		sum := md5.Sum(body)
		o := stored{body, `"` + hex.EncodeToString(sum[:]) + `"`, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"), s.now}
		if r.Header.Get("Content-Encoding") != "" {
			o.contentType += " in " + r.Header.Get("Content-Encoding")
		}
		s.objects[key] = o
		w.Header().Set("ETag", o.tag)
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if s.late != nil && s.late(s.n, r) {
		refuse(w, http.StatusInternalServerError, "InternalError")
	}
}

func (s *shelf) list(w http.ResponseWriter, r *http.Request) {
	type entry struct {
		Key, ETag string
		Size      int
	}
	var answer struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string `xml:",omitempty"`
		Contents              []entry
	}
	var names []string
	for key := range s.objects {
		if strings.HasPrefix(key, r.URL.Query().Get("prefix")) && key > r.URL.Query().Get("continuation-token") {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	for _, key := range names {
		if len(answer.Contents) == pageOfKeys {
			answer.IsTruncated, answer.NextContinuationToken = true, answer.Contents[pageOfKeys-1].Key
			break
		}
		answer.Contents = append(answer.Contents, entry{key, s.objects[key].tag, len(s.objects[key].body)})
	}
	_ = xml.NewEncoder(w).Encode(answer)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Del("ETag")
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
}

// took returns the requests since the last call.
func (s *shelf) took() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.requests
	s.requests = nil
	return all
}

func (s *shelf) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for key := range s.objects {
		if path.Base(key) != StateName {
			names = append(names, strings.TrimPrefix(key, "blog/"))
		}
	}
	slices.Sort(names)
	return names
}
