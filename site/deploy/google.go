package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/google"
)

// googleBucket is a bucket of Google Cloud Storage, by four requests of its
// JSON API. The generation of an object is its tag.
// https://cloud.google.com/storage/docs/json_api/v1
type googleBucket struct {
	client   *http.Client
	endpoint string
	name     string
	prefix   string // "" or with a slash at its end
}

// googleScope allows to read and write objects, and no more.
const googleScope = "https://www.googleapis.com/auth/devstorage.read_write"

// openGoogle takes credentials from where every tool of Google finds them, and
// from nowhere else.
// https://cloud.google.com/docs/authentication/application-default-credentials
func openGoogle(ctx context.Context, u *url.URL) (*googleBucket, error) {
	// Tokens are asked for while the deploy runs, also for what an interrupt
	// leaves to say.
	found, err := google.FindDefaultCredentials(context.WithoutCancel(ctx), googleScope)
	if err != nil {
		return nil, &googleError{Reason: "NoCredentials"}
	}
	b := &googleBucket{
		client:   oauth2.NewClient(context.WithoutCancel(ctx), found.TokenSource),
		endpoint: "https://storage.googleapis.com",
		name:     u.Host,
		prefix:   prefixOf(u),
	}
	if endpoint := u.Query().Get("endpoint"); endpoint != "" {
		b.endpoint = strings.TrimSuffix(endpoint, "/")
	}
	return b, nil
}

// googleError is an answer that is no success.
type googleError struct {
	Status  int
	Reason  string // such as forbidden
	Message string
}

func (e *googleError) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("%s (HTTP %d)", e.Reason, e.Status)
	}
	return fmt.Sprintf("%s (%s)", e.Message, e.Reason)
}

// ask makes one request, again while the store is busy, and gives the answer
// to read, which may read it in part.
func (b *googleBucket) ask(ctx context.Context, method, path string, query url.Values, kind string, body []byte, read func(*http.Response) error) error {
	address := b.endpoint + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return again(ctx, googleTransient, func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("User-Agent", "clinicblog")
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		resp, err := b.client.Do(r)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.StatusCode >= 300 {
			return readGoogleError(resp)
		}
		return read(resp)
	})
}

func readGoogleError(resp *http.Response) error {
	e := &googleError{Status: resp.StatusCode, Reason: strconv.Itoa(resp.StatusCode)}
	var answer struct {
		Error struct {
			Message string
			Errors  []struct{ Reason string }
		}
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err == nil && json.Unmarshal(text, &answer) == nil {
		e.Message = answer.Error.Message
		if len(answer.Error.Errors) > 0 {
			e.Reason = answer.Error.Errors[0].Reason
		}
	}
	return e
}

// googleTransient follows https://cloud.google.com/storage/docs/retry-strategy.
func googleTransient(err error) bool {
	var answer *googleError
	if errors.As(err, &answer) {
		return answer.Status >= 500 || answer.Status == http.StatusTooManyRequests || answer.Status == http.StatusRequestTimeout
	}
	return googleCode(err) == ""
}

func (b *googleBucket) objects() string { return "/b/" + url.PathEscape(b.name) + "/o" }

func (b *googleBucket) object(name string) string {
	return "/storage/v1" + b.objects() + "/" + url.PathEscape(b.prefix+name)
}

func (b *googleBucket) close() error { return nil }

func (b *googleBucket) get(ctx context.Context, name string) (body []byte, v version, err error) {
	err = b.ask(ctx, http.MethodGet, b.object(name), url.Values{"alt": {"media"}}, "", nil, func(resp *http.Response) error {
		v = version{tag: resp.Header.Get("X-Goog-Generation")}
		now, nerr := http.ParseTime(resp.Header.Get("Date"))
		at, aerr := http.ParseTime(resp.Header.Get("Last-Modified"))
		if nerr == nil && aerr == nil {
			v.age = now.Sub(at)
		}
		body, err = io.ReadAll(resp.Body)
		return err
	})
	if googleMissing(err) {
		return nil, version{}, fs.ErrNotExist
	}
	if err != nil {
		return nil, version{}, fmt.Errorf("read %s there: %w", name, err)
	}
	return body, v, nil
}

func googleMissing(err error) bool {
	var answer *googleError
	return errors.As(err, &answer) && answer.Status == http.StatusNotFound
}

func (b *googleBucket) swap(ctx context.Context, name string, body []byte, old string) (string, error) {
	if old == "" {
		old = "0" // the generation of what is not there
	}
	tag, err := b.insert(ctx, File{Path: name, ContentType: "application/json", CacheControl: "no-store"}, body, old)
	var answer *googleError
	if errors.As(err, &answer) && answer.Status == http.StatusPreconditionFailed {
		return "", errConflict
	}
	return tag, err
}

func (b *googleBucket) stale() string { return "1" }

func (b *googleBucket) put(ctx context.Context, f File, body []byte) error {
	_, err := b.insert(ctx, f, body, "")
	return err
}

// insert writes an object, where its generation is old or old is "".
func (b *googleBucket) insert(ctx context.Context, f File, body []byte, old string) (generation string, err error) {
	sum := md5.Sum(body)
	about, err := json.Marshal(map[string]string{
		"name": b.prefix + f.Path, "contentType": f.ContentType, "cacheControl": f.CacheControl,
		"md5Hash": base64.StdEncoding.EncodeToString(sum[:]),
	})
	if err != nil {
		return "", fmt.Errorf("encode object: %w", err)
	}
	var both bytes.Buffer
	parts := multipart.NewWriter(&both)
	for _, part := range []struct {
		kind string
		body []byte
	}{{"application/json; charset=utf-8", about}, {f.ContentType, body}} {
		w, err := parts.CreatePart(textproto.MIMEHeader{"Content-Type": {part.kind}})
		if err != nil {
			return "", err
		}
		if _, err := w.Write(part.body); err != nil {
			return "", err
		}
	}
	if err := parts.Close(); err != nil {
		return "", err
	}
	query := url.Values{"uploadType": {"multipart"}, "fields": {"generation"}}
	if old != "" {
		query.Set("ifGenerationMatch", old)
	}
	err = b.ask(ctx, http.MethodPost, "/upload/storage/v1"+b.objects(), query, "multipart/related; boundary="+parts.Boundary(), both.Bytes(), func(resp *http.Response) error {
		var o struct{ Generation string }
		err := json.NewDecoder(resp.Body).Decode(&o)
		generation = o.Generation
		return err
	})
	return generation, err
}

func (b *googleBucket) remove(ctx context.Context, name string) error {
	err := b.ask(ctx, http.MethodDelete, b.object(name), nil, "", nil, func(*http.Response) error { return nil })
	if googleMissing(err) {
		return nil
	}
	return err
}

func (b *googleBucket) list(ctx context.Context) (map[string]object, error) {
	all := map[string]object{}
	query := url.Values{"prefix": {b.prefix}, "fields": {"nextPageToken,items(name,size,md5Hash)"}}
	for {
		var page struct {
			NextPageToken string
			Items         []struct {
				Name    string
				Size    int64 `json:",string"`
				MD5Hash string
			}
		}
		err := b.ask(ctx, http.MethodGet, "/storage/v1"+b.objects(), query, "", nil, func(resp *http.Response) error {
			return json.NewDecoder(resp.Body).Decode(&page)
		})
		if err != nil {
			return nil, fmt.Errorf("list bucket: %w", err)
		}
		for _, o := range page.Items {
			name := strings.TrimPrefix(o.Name, b.prefix)
			if name == StateName || name == "" {
				continue
			}
			// An object that was composed of others has no MD5.
			sum, _ := base64.StdEncoding.DecodeString(o.MD5Hash)
			all[name] = object{o.Size, hex.EncodeToString(sum)}
		}
		if page.NextPageToken == "" {
			return all, nil
		}
		query.Set("pageToken", page.NextPageToken)
	}
}

func googleCode(err error) string {
	var answer *googleError
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &answer):
		return answer.Reason
	case errors.As(err, &refused):
		return "SignInRefused"
	}
	return ""
}

// googleRemedies are the errors that a user can do something about.
// https://cloud.google.com/storage/docs/json_api/v1/status-codes
var googleRemedies = []remedy{
	{"NoCredentials", "there are no credentials", "sign in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS"},
	{"SignInRefused", "Google gives no token for these credentials", "sign in again, then deploy again"},
	{"authError", "the credentials have expired", "sign in again, then deploy again"},
	{"401", "the credentials have expired", "sign in again, then deploy again"},
	{"required", "the bucket asks for credentials", "see which credentials this machine has, then deploy again"},
	{"forbidden", "the bucket refuses", "allow these credentials the role Storage Object User on it"},
	{"403", "the bucket refuses", "allow these credentials the role Storage Object User on it"},
	{"insufficientPermissions", "the bucket refuses", "allow these credentials the role Storage Object User on it"},
	{"accountDisabled", "the account is closed", "ask who owns it"},
	{"retentionPolicyNotMet", "the bucket keeps its files for a time", "deploy to a bucket without a retention policy"},
	{"notFound", "there is no such bucket", "make it, or correct url in hugo.toml"},
	{"404", "there is no such bucket", "make it, or correct url in hugo.toml"},
}
