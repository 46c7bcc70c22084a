package deploy

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/pkg/sftp"
	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// program finds a server.
func program(t *testing.T, name string, elsewhere ...string) string {
	t.Helper()
	found, err := exec.LookPath(name)
	for _, other := range elsewhere {
		if err != nil {
			found, err = exec.LookPath(other)
		}
	}
	if err != nil {
		missing(t, "find server: %v", err)
	}
	return found
}

// started runs a server, whose arguments are made for its address, until the
// test ends.
func started(t *testing.T, name string, arguments func(host, port string) []string) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	l.Close()
	host, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(name, arguments(host, port)...)
	said, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	for try := 0; ; try++ {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
			return address
		}
		select {
		case err = <-ended:
		case <-time.After(50 * time.Millisecond):
			if try < 1200 {
				continue
			}
		}
		text, _ := os.ReadFile(said.Name())
		missing(t, "%s does not answer: %v\n%s", name, err, text)
	}
}

// missing skips a test whose server cannot be had, and fails it in CI.
func missing(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// impatient shortens the wait between two tries.
func impatient(t *testing.T) {
	t.Helper()
	was := backoff
	backoff = time.Millisecond
	t.Cleanup(func() { backoff = was })
}

// front stands before a server, counts what is asked, and spoils it.
type front struct {
	n, every atomic.Int64
	mu       sync.Mutex
	deny     func(w http.ResponseWriter, r *http.Request) bool // answers instead of the server
}

func (f *front) handler(behind *url.URL, transport http.RoundTripper) http.Handler {
	proxy := &httputil.ReverseProxy{Transport: transport, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(behind)
		r.Out.Host = r.In.Host // it may be signed
	}, ErrorLog: log.New(io.Discard, "", 0)}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i, every := f.n.Add(1), f.every.Load(); every > 0 && i%every == 0 {
			if i/every%2 == 0 { // the answer is lost, not what was asked
				proxy.ServeHTTP(httptest.NewRecorder(), r)
			}
			refuse(w, http.StatusInternalServerError, "InternalError")
			return
		}
		f.mu.Lock()
		deny := f.deny
		f.mu.Unlock()
		if deny == nil || !deny(w, r) {
			proxy.ServeHTTP(w, r)
		}
	})
}

func (f *front) requests() int64 { return f.n.Swap(0) }

// denying answers requests of some methods until the test ends.
func (f *front) denying(methods string, answer func(w http.ResponseWriter)) func(t *testing.T, _ *string) {
	return func(t *testing.T, _ *string) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.deny = func(w http.ResponseWriter, r *http.Request) bool {
			if strings.Contains(methods, r.Method) {
				answer(w)
				return true
			}
			return false
		}
		t.Cleanup(func() {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.deny = nil
		})
	}
}

func noSuch(name string) func(t *testing.T, u *string) {
	return func(_ *testing.T, u *string) { *u = strings.Replace(*u, name, "no-such-place", 1) }
}

// startS3 starts versitygw, which checks signatures and conditions.
func startS3(t *testing.T) place {
	gateway := program(t, "versitygw")
	impatient(t)
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "a-key", "AWS_SECRET_ACCESS_KEY": "a-secret-of-some-length", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": t.TempDir() + "/none", "AWS_SHARED_CREDENTIALS_FILE": t.TempDir() + "/none",
	} {
		t.Setenv(name, value)
	}
	sidecar, dir := t.TempDir(), t.TempDir()
	behind := started(t, gateway, func(host, port string) []string {
		return []string{"--port", host + ":" + port, "--access", "a-key", "--secret", "a-secret-of-some-length", "posix", "--sidecar", sidecar, dir}
	})
	var f front
	server := httptest.NewServer(f.handler(&url.URL{Scheme: "http", Host: behind}, nil))
	t.Cleanup(server.Close)
	address := "s3://clinic-site/blog?region=us-east-1&endpoint=" + url.QueryEscape(server.URL)
	b := opened(t, address).(*bucket)
	if _, err := b.client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &b.name}); err != nil {
		t.Fatal(err)
	}
	return place{
		url: address, requests: f.requests, spoil: f.every.Store, secret: "a-secret",
		headers: func(name string) headers {
			head, err := b.client.HeadObject(context.Background(), &s3.HeadObjectInput{Bucket: &b.name, Key: b.key(name)})
			if err != nil {
				return headers{kind: err.Error()}
			}
			return headers{aws.ToString(head.ContentType), aws.ToString(head.CacheControl), aws.ToString(head.ContentEncoding)}
		},
		refusals: []refusal{
			{"wrong secret", func(t *testing.T, _ *string) { t.Setenv("AWS_SECRET_ACCESS_KEY", "another") }, "the secret key is not that of the access key (SignatureDoesNotMatch for GetObject)"},
			{"no bucket", noSuch("clinic-site"), "there is no such bucket"},
			{"may not write", f.denying("PUT", func(w http.ResponseWriter) { refuse(w, http.StatusForbidden, "AccessDenied") }), "the bucket refuses (AccessDenied for PutObject)"},
			{"expired", f.denying("GET PUT", func(w http.ResponseWriter) { refuse(w, http.StatusBadRequest, "ExpiredToken") }), "the credentials have expired (ExpiredToken"},
		},
	}
}

// startGoogle starts fake-gcs-server. It asks for no token, so the front does;
// the token is that of a machine at Google, which asks the machine's own server.
func startGoogle(t *testing.T) place {
	fake := program(t, "fake-gcs-server")
	impatient(t)
	token := "a-token"
	machine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Metadata-Flavor", "Google")
		if !strings.HasSuffix(r.URL.Path, "/token") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		fmt.Fprintf(w, `{"access_token":%q,"expires_in":3600,"token_type":"Bearer"}`, token)
	}))
	t.Cleanup(machine.Close)
	for name, value := range map[string]string{
		"GCE_METADATA_HOST": strings.TrimPrefix(machine.URL, "http://"), "GOOGLE_APPLICATION_CREDENTIALS": "", "HOME": t.TempDir(), "APPDATA": t.TempDir(),
	} {
		t.Setenv(name, value)
	}
	behind := started(t, fake, func(host, port string) []string {
		return []string{"-scheme", "http", "-host", host, "-port", port, "-backend", "memory", "-log-level", "error"}
	})
	resp, err := http.Post("http://"+behind+"/storage/v1/b", "application/json", strings.NewReader(`{"name":"clinic-site"}`))
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	resp.Body.Close()
	var f front
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer a-token" {
			googleSays(w, http.StatusUnauthorized, "authError", "Invalid Credentials")
			return
		}
		f.handler(&url.URL{Scheme: "http", Host: behind}, nil).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return place{
		url: "gs://clinic-site/blog?endpoint=" + url.QueryEscape(server.URL), requests: f.requests, spoil: f.every.Store, secret: "a-token",
		headers: func(name string) headers {
			resp, err := http.Get("http://" + behind + "/storage/v1/b/clinic-site/o/" + url.PathEscape("blog/"+name))
			if err != nil {
				return headers{kind: err.Error()}
			}
			defer resp.Body.Close()
			var o struct{ ContentType, CacheControl, ContentEncoding string }
			if err := json.NewDecoder(resp.Body).Decode(&o); err != nil {
				return headers{kind: err.Error()}
			}
			return headers{o.ContentType, o.CacheControl, o.ContentEncoding}
		},
		refusals: []refusal{
			{"expired", func(t *testing.T, _ *string) {
				token = "an-old-token"
				t.Cleanup(func() { token = "a-token" })
			}, "the credentials have expired (authError)"},
			{"no bucket", noSuch("clinic-site"), "there is no such bucket"},
			{"may not write", f.denying("POST", func(w http.ResponseWriter) {
				googleSays(w, http.StatusForbidden, "forbidden", "it does not have storage.objects.create access")
			}), "the bucket refuses (forbidden)"},
			{"no credentials", func(t *testing.T, _ *string) { t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", t.TempDir()+"/none") }, "there are no credentials"},
		},
	}
}

func googleSays(w http.ResponseWriter, status int, reason, message string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"code": status, "message": message, "errors": []any{map[string]any{"reason": reason}}}})
}

// startAzure starts Azurite, which reads who a token is for and until when. The
// token is that of a machine at Azure, which asks the machine's own server. Its
// library sends tokens over TLS alone.
func startAzure(t *testing.T) place {
	azurite := program(t, "azurite-blob")
	if runtime.GOOS != "linux" {
		t.Skip("only there does SSL_CERT_FILE say whom to trust")
	}
	impatient(t)
	until := time.Now().Add(time.Hour)
	machine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		claims, _ := json.Marshal(map[string]any{"iss": "https://sts.windows.net/x/", "aud": "https://storage.azure.com", "nbf": 1, "iat": 1, "exp": until.Unix()})
		part := base64.RawURLEncoding.EncodeToString
		token := part([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + part(claims) + "." + part([]byte("signature"))
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": token, "expires_on": fmt.Sprint(time.Now().Add(time.Hour).Unix()), "resource": "https://storage.azure.com", "token_type": "Bearer"})
	}))
	t.Cleanup(machine.Close)
	var f front
	server := httptest.NewUnstartedServer(nil)
	server.StartTLS()
	t.Cleanup(server.Close)
	key, err := x509.MarshalPKCS8PrivateKey(server.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	writeFile(t, certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	writeFile(t, keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}))
	for name, value := range map[string]string{
		"AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential", "IDENTITY_ENDPOINT": machine.URL, "IDENTITY_HEADER": "x",
		"IMDS_ENDPOINT": "", "IDENTITY_SERVER_THUMBPRINT": "", "MSI_ENDPOINT": "", "SSL_CERT_FILE": certFile,
	} {
		t.Setenv(name, value)
	}
	behind := started(t, azurite, func(host, port string) []string {
		return []string{"--blobHost", host, "--blobPort", port, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
			"--oauth", "basic", "--cert", certFile, "--key", keyFile}
	})
	server.Config.Handler = f.handler(&url.URL{Scheme: "https", Host: behind}, &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, MaxIdleConnsPerHost: workers})
	address := "azblob://clinic-site/blog?endpoint=" + url.QueryEscape(server.URL+"/devstoreaccount1")
	c := opened(t, address).(*azureContainer)
	if _, err := c.client.Create(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	azureSays := func(status int, code string) func(w http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("X-Ms-Error-Code", code)
			w.WriteHeader(status)
		}
	}
	return place{
		url: address, requests: f.requests, spoil: f.every.Store, secret: "eyJ",
		headers: func(name string) headers {
			head, err := c.blob(name).GetProperties(context.Background(), nil)
			if err != nil {
				return headers{kind: err.Error()}
			}
			return headers{aws.ToString(head.ContentType), aws.ToString(head.CacheControl), aws.ToString(head.ContentEncoding)}
		},
		refusals: []refusal{
			{"expired", func(t *testing.T, _ *string) {
				until = time.Now().Add(-time.Hour)
				t.Setenv("AZURE_CLIENT_ID", "another") // of this one, the library has no token yet
				t.Cleanup(func() { until = time.Now().Add(time.Hour) })
			}, "the credentials have expired, or are none of this account (AuthenticationFailed)"},
			{"no container", noSuch("clinic-site"), "there is no such container (ContainerNotFound)"},
			{"may not write", f.denying("PUT", azureSays(http.StatusForbidden, "AuthorizationPermissionMismatch")), "the container refuses (AuthorizationPermissionMismatch)"},
			{"no credentials", func(t *testing.T, _ *string) {
				t.Setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")
				t.Setenv("AZURE_TENANT_ID", "")
			}, "there are no credentials"},
		},
	}
}

func writeFile(t *testing.T, name string, body []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, body, 0o600); err != nil {
		t.Fatal(err)
	}
}

// newKey makes a key pair, and writes the private half to a file.
func newKey(t *testing.T, file string) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, pem.EncodeToMemory(block))
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// startSSH starts the server of OpenSSH, three times: the second lets nobody
// write, and the third says so. What stands before the first cuts connections.
func startSSH(t *testing.T) place {
	daemon := program(t, "sshd", "/usr/sbin/sshd")
	impatient(t)
	home, dir := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("SSH_AUTH_SOCK", "")
	mine := newKey(t, filepath.Join(home, ".ssh", "id_ed25519"))
	hostKey := newKey(t, filepath.Join(dir, "host"))
	writeFile(t, filepath.Join(dir, "authorized"), ssh.MarshalAuthorizedKey(mine.PublicKey()))
	server := func(mode string) string {
		return started(t, daemon, func(host, port string) []string {
			config := filepath.Join(dir, "sshd_config"+port)
			writeFile(t, config, []byte(fmt.Sprintf("ListenAddress %s\nPort %s\nHostKey %s/host\nAuthorizedKeysFile %s/authorized\nStrictModes no\nUsePAM no\nPidFile none\nMaxStartups 100\nMaxSessions 100\nPasswordAuthentication no\nSubsystem sftp internal-sftp %s\n", host, port, dir, dir, mode)))
			return []string{"-D", "-e", "-f", config}
		})
	}
	behind, closed, readOnly := server(""), server("-P write"), server("-R")
	var every atomic.Int64
	address := cutting(t, behind, &every)
	known := filepath.Join(home, ".ssh", "known_hosts")
	right := knownhosts.Line([]string{address, closed, readOnly}, hostKey.PublicKey()) + "\n"
	writeFile(t, known, []byte(right))
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "www", "blog")
	knows := func(line string) func(t *testing.T, _ *string) {
		return func(t *testing.T, _ *string) {
			writeFile(t, known, []byte(line))
			t.Cleanup(func() { writeFile(t, known, []byte(right)) })
		}
	}
	return place{
		url:   "sftp://" + me.Username + "@" + address + folder,
		spoil: func(n int64) { every.Store(n * 20) },
		refusals: []refusal{
			{"another key", func(t *testing.T, _ *string) { t.Setenv("HOME", homeWith(t, right)) }, "the server takes none of your keys (KeyRefused)"},
			{"unknown server", knows(""), "known_hosts does not list the server (HostUnknown)"},
			{"changed server", knows(knownhosts.Line([]string{address}, mine.PublicKey())), "the server shows another key than known_hosts lists: it may be another server (HostKeyChanged)"},
			{"may not write", func(_ *testing.T, u *string) { *u = strings.Replace(*u, address, closed, 1) }, "the server refuses (PermissionDenied)"},
			{"is to be read", func(_ *testing.T, u *string) { *u = strings.Replace(*u, address, readOnly, 1) }, "the server cannot replace a file in one step (posix-rename@openssh.com)"},
		},
	}
}

// homeWith is a home whose key no server knows.
func homeWith(t *testing.T, known string) string {
	home := t.TempDir()
	newKey(t, filepath.Join(home, ".ssh", "id_ed25519"))
	writeFile(t, filepath.Join(home, ".ssh", "known_hosts"), []byte(known))
	return home
}

// cutting stands before a server and cuts each connection when so much was sent
// over it.
func cutting(t *testing.T, behind string, every *atomic.Int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", behind)
			if err != nil {
				in.Close()
				continue
			}
			go func() {
				_, _ = io.Copy(in, out)
				in.Close()
			}()
			go func() {
				defer out.Close()
				defer in.Close()
				b := make([]byte, 1<<16)
				for i := int64(1); ; i++ {
					n, err := in.Read(b)
					if most := every.Load(); err != nil || most > 0 && i > most {
						return
					}
					if _, err := out.Write(b[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().String()
}

// startFolder is no server, and holds to the same.
func startFolder(t *testing.T) place {
	dir := filepath.Join(t.TempDir(), "www", "blog")
	return place{url: "file://" + filepath.ToSlash(dir)}
}

// No link leads out of a folder behind SFTP, keys come from the agent too, and
// of the versions of the list one is left.
func TestRemoteFolder(t *testing.T) {
	p := startSSH(t)
	u, _ := readURL(p.url)
	target := Target{Name: "test", URL: u}
	outside := filepath.Join(t.TempDir(), "outside")
	writeFile(t, outside, []byte("mine"))
	if err := os.MkdirAll(u.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(u.Path, "a")); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), first.with("a/outside", "theirs").options(t, target)); err == nil || !strings.Contains(err.Error(), "a is there already, and is no folder") {
		t.Errorf("a symbolic link gives %v", err)
	}
	if text, _ := os.ReadFile(outside); string(text) != "mine" {
		t.Errorf("outside the folder stands %q", text)
	}
	if err := os.Remove(filepath.Join(u.Path, "a")); err != nil {
		t.Fatal(err)
	}

	// The key moves from its file to an agent.
	file := filepath.Join(os.Getenv("HOME"), ".ssh", "id_ed25519")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.ParseRawPrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := ssh.MarshalPrivateKeyWithPassphrase(key, "", []byte("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, pem.EncodeToMemory(locked))
	if _, err := Run(t.Context(), first.options(t, target)); err == nil || !strings.Contains(err.Error(), "ssh-add") {
		t.Errorf("a key with a passphrase gives %v", err)
	}
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "agent")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(ring, c) }()
		}
	}()
	t.Setenv("SSH_AUTH_SOCK", socket)
	for _, s := range []site{first, first.with("b/index.html", "").with("a/index.html", "new")} {
		deployed(t, s.options(t, target))
	}
	if at, err := os.Stat(filepath.Join(u.Path, "a", "index.html")); err != nil || at.Mode().Perm() != 0o644 {
		t.Errorf("a page has the mode %v, %v", at.Mode(), err)
	}
	if _, err := os.Stat(filepath.Join(u.Path, "b")); !os.IsNotExist(err) {
		t.Errorf("an empty folder stays: %v", err)
	}
	lists, err := filepath.Glob(filepath.Join(u.Path, ".clinicblog.*"))
	if err != nil || len(lists) != 1 || !strings.HasPrefix(filepath.Base(lists[0]), StateName+".") {
		t.Errorf("there are %v, want one list", lists)
	}
}

// However many write a version of the list at a time, one of them has.
func TestRemoteSwap(t *testing.T) {
	p := startSSH(t)
	r := opened(t, p.url).(*remote)
	tag := ""
	for round := range 5 {
		var wrote atomic.Int64
		var mu sync.Mutex
		next := ""
		err := each(t.Context(), []string{"a", "b", "c", "d", "e", "f", "g", "h"}, func(ctx context.Context, who string) error {
			got, err := r.swap(ctx, StateName, []byte(who), tag)
			if err == nil {
				wrote.Add(1)
				mu.Lock()
				next = got
				mu.Unlock()
			} else if err != errConflict {
				return err
			}
			return nil
		})
		if err != nil || wrote.Load() != 1 {
			t.Fatalf("in round %d %d have written: %v", round, wrote.Load(), err)
		}
		tag = next
	}
	if _, v, err := r.get(t.Context(), StateName); err != nil || v.tag != tag {
		t.Errorf("the list has the tag %s, want %s, %v", v.tag, tag, err)
	}
	err := r.do(t.Context(), func(c *sftp.Client) error {
		numbers, err := r.versions(c, StateName)
		if len(numbers) != 1 {
			t.Errorf("there are the versions %v", numbers)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
