package deploy

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// With this variable set, the test binary is a child that deploys what the
// variable says, and names each file that has arrived, until it is killed.
const childVar = "CLINICBLOG_TEST_DEPLOY"

func TestMain(m *testing.M) {
	text := os.Getenv(childVar)
	if text == "" {
		os.Exit(m.Run())
	}
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		panic(err)
	}
	u, _ := readURL(c.URL)
	_, err := Run(context.Background(), Options{
		Target: Target{Name: "child", URL: u}, Dir: c.Dir, Files: c.Files, Cache: c.Cache, MaxDeletes: -1,
		Uploaded: func(path string) { fmt.Println(path) },
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

type child struct {
	URL, Dir, Cache string
	Files           []File
}

// gateway starts an S3 server that is not ours. It checks signatures and
// conditional writes. Requests pass a proxy, which counts and spoils them.
func gateway(t *testing.T) (address string, count *atomic.Int64, spoil func(every int64)) {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("find S3 server: %v", err)
		}
		t.Skip(err)
	}
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret-of-some-length", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none",
	} {
		t.Setenv(name, value)
	}
	was := backoff
	backoff = time.Millisecond
	t.Cleanup(func() { backoff = was })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	behind := l.Addr().String()
	l.Close()
	dir := t.TempDir()
	cmd := exec.Command(program, "--port", behind, "--access", "a-key", "--secret", "a-secret-of-some-length", "posix", "--sidecar", t.TempDir(), dir)
	said, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for try := 0; ; try++ {
		c, err := net.Dial("tcp", behind)
		if err == nil {
			c.Close()
			break
		}
		if try == 600 {
			text, _ := os.ReadFile(said.Name())
			t.Fatalf("the S3 server does not answer: %v\n%s", err, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
	var n, every atomic.Int64
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: behind})
		r.Out.Host = r.In.Host // it is signed
	}, ErrorLog: log.New(io.Discard, "", 0)}
	front := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if i := n.Add(1); every.Load() > 0 && i%every.Load() == 0 {
			refuse(w, http.StatusInternalServerError, "InternalError")
			return
		}
		proxy.ServeHTTP(w, r)
	})
	address = "s3://clinic-site/blog?region=us-east-1&endpoint=" + url.QueryEscape(front)
	b := openedBucket(t, address)
	if _, err := b.client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &b.name}); err != nil {
		t.Fatal(err)
	}
	return address, &n, every.Store
}

func openedBucket(t *testing.T, address string) *bucket {
	t.Helper()
	u, why := readURL(address)
	if why != "" {
		t.Fatal(why)
	}
	b, err := openBucket(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// served compares the bucket with a site: names, bytes and headers.
func served(t *testing.T, b *bucket, o Options) {
	t.Helper()
	listed, err := b.list(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(o.Files) {
		t.Errorf("the bucket has %d files, want %d", len(listed), len(o.Files))
	}
	for _, f := range o.Files {
		head, err := b.client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &b.name, Key: b.key(f.Path)})
		if err != nil {
			t.Error(f.Path, err)
			continue
		}
		if aws.ToString(head.ContentType) != f.ContentType || aws.ToString(head.CacheControl) != f.CacheControl || aws.ToString(head.ContentEncoding) != "" {
			t.Errorf("%s is served as %q, kept %q, coded %q", f.Path, aws.ToString(head.ContentType), aws.ToString(head.CacheControl), aws.ToString(head.ContentEncoding))
		}
		body, _, err := b.get(t.Context(), f.Path)
		if want, lerr := (&deployment{Options: o}).load(f); err != nil || lerr != nil || string(body) != string(want) {
			t.Errorf("%s is %q: %v", f.Path, body, err)
		}
	}
}

// A deploy to a real server, one with a changed page, one that is killed half
// way and ended by the next, and one against a server that fails one request in
// ten.
func TestRealBucket(t *testing.T) {
	address, count, spoil := gateway(t)
	b := openedBucket(t, address)
	u, _ := readURL(address)
	target := Target{Name: "test", URL: u}
	pages := maps.Clone(first)
	for i := range 60 {
		pages[fmt.Sprintf("p/%02d/index.html", i)] = fmt.Sprint("page ", i)
	}
	cache := t.TempDir()
	options := func(s site) Options {
		o := s.options(t, target)
		o.Cache = cache
		return o
	}
	o := options(pages)
	deployed(t, o)
	served(t, b, o)

	count.Store(0)
	if r := deployed(t, o); !r.Nothing() || count.Load() != 1 {
		t.Errorf("a deploy of nothing says %+v, in %d requests", r, count.Load())
	}
	count.Store(0)
	pages = pages.with("p/07/index.html", "other").with("index.xml", "other feed")
	o = options(pages)
	if r := deployed(t, o); len(r.Changed) != 2 || count.Load() != 5 {
		t.Errorf("a deploy of one page and its feed says %+v, in %d requests", r, count.Load())
	}
	served(t, b, o)

	t.Run("killed", func(t *testing.T) {
		for i := range 60 {
			pages[fmt.Sprintf("p/%02d/index.html", i)] = fmt.Sprint("new page ", i)
		}
		o := options(pages)
		o.About = nil
		exe, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(child{address, o.Dir, o.Cache, o.Files})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), childVar+"="+string(text))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 20 {
			lines.Scan()
		}
		_ = cmd.Process.Kill()
		for lines.Scan() {
		}
		_ = cmd.Wait()
		r := deployed(t, o)
		t.Logf("after the kill %d files were there, %d were sent", r.Unchanged, len(r.Changed))
		if r.Unchanged < len(first)+19 {
			t.Errorf("the second deploy says %+v", r)
		}
		served(t, b, o)
	})
	t.Run("flaky", func(t *testing.T) {
		spoil(10)
		o := options(first)
		o.MaxDeletes = 100
		deployed(t, o)
		spoil(0)
		served(t, b, o)
	})
	t.Run("two at a time", func(t *testing.T) {
		working, finish, ended := make(chan struct{}), make(chan struct{}), make(chan error)
		slow := options(first.with("a/index.html", "slow"))
		var once sync.Once
		slow.Uploaded = func(string) { once.Do(func() { close(working) }); <-finish }
		go func() { _, err := Run(context.Background(), slow); ended <- err }()
		<-working
		other := options(first)
		other.Cache = t.TempDir()
		if _, err := Run(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another deploy is at work there") {
			t.Errorf("a second deploy gives %v", err)
		}
		close(finish)
		if err := <-ended; err != nil {
			t.Error(err)
		}
		served(t, b, slow)
	})
	t.Run("wrong secret", func(t *testing.T) {
		t.Setenv("AWS_SECRET_ACCESS_KEY", "another")
		_, err := Run(t.Context(), options(first))
		if err == nil || !strings.Contains(err.Error(), "the secret key is not that of the access key (SignatureDoesNotMatch for GetObject)") {
			t.Error(err)
		}
	})
	t.Run("no bucket", func(t *testing.T) {
		o := options(first)
		o.Target.URL, _ = readURL(strings.Replace(address, "clinic-site", "no-such-bucket", 1))
		_, err := Run(t.Context(), o)
		if err == nil || !strings.Contains(err.Error(), "there is no such bucket") {
			t.Error(err)
		}
	})
}
