package site

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"clinicblog/site/diag"
	"clinicblog/site/host"
	"clinicblog/site/publish"
)

// server is a program that serves a folder by a configuration of ours.
type server struct {
	name    string
	program string
	// conf returns the arguments that start it in the foreground on port. dir is
	// its own, root the published folder, ours the file that site/host made.
	conf func(t *testing.T, dir, root, ours string, port int) []string
	gone int
}

var servers = []server{
	{"nginx", "nginx", func(t *testing.T, dir, root, ours string, port int) []string {
		return nginxArgs(t, dir, fmt.Sprintf("  server { listen 127.0.0.1:%d; root %s; include %s; }\n", port, root, ours))
	}, http.StatusGone},
	{"caddy", "caddy", func(t *testing.T, dir, root, ours string, port int) []string {
		write(t, dir, "Caddyfile", fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n}\nhttp://127.0.0.1:%d {\n\troot * %s\n\timport %s\n}\n", port, root, ours))
		return []string{"run", "--adapter", "caddyfile", "--config", filepath.Join(dir, "Caddyfile")}
	}, http.StatusGone},
	{"apache", "apache2", func(t *testing.T, dir, root, ours string, port int) []string {
		conf := fmt.Sprintf("ServerName localhost\nTypesConfig %s/types\nListen 127.0.0.1:%d\nPidFile %s/pid\nErrorLog %s/error.log\n", dir, port, dir, dir)
		for _, m := range []string{"mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "env", "setenvif", "filter", "deflate", "brotli"} {
			conf += fmt.Sprintf("LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", m, m)
		}
		// As many servers are set up: types of their own for what is compressed,
		// and compression of all that is text.
		write(t, dir, "types", "application/gzip gz\napplication/zstd zst\ntext/plain txt html\n")
		conf += "AddOutputFilterByType BROTLI_COMPRESS;DEFLATE text/html text/css text/javascript text/plain application/json application/xml\n"
		if os.Getuid() == 0 {
			conf += "User www-data\nGroup www-data\n"
		}
		conf += fmt.Sprintf("DocumentRoot %[1]s\n<Directory %[1]s>\n  Require all granted\n  AllowOverride FileInfo Indexes Options\n</Directory>\n", root)
		write(t, dir, "apache.conf", conf)
		return []string{"-X", "-f", filepath.Join(dir, "apache.conf")}
	}, http.StatusGone},
	{"cloudflare", os.Getenv("WRANGLER"), func(t *testing.T, dir, root, ours string, port int) []string {
		return []string{"pages", "dev", root, "--ip", "127.0.0.1", "--port", fmt.Sprint(port), "--inspector-port", "0", "--compatibility-date", "2026-01-01", "--log-level", "error"}
	}, http.StatusNotFound},
}

// Mozilla's HTTP Observatory gives its top grade to a site that nginx serves by
// our configuration, and a lower score where one header is broken.
func TestObservatory(t *testing.T) {
	judge := os.Getenv("OBSERVATORY")
	if judge == "" {
		t.Skip("OBSERVATORY does not name the script that runs the judge")
	}
	dir, own := project(t), t.TempDir()
	for _, d := range []string{dir, own} {
		if err := os.Chmod(filepath.Dir(d), 0o755); err != nil { // a server may drop root
			t.Fatal(err)
		}
	}
	root := filepath.Join(dir, "public")
	if _, ds, err := Build(t.Context(), Config{Source: dir, Hosts: []string{"nginx"}}); err != nil {
		t.Fatal(err, ds)
	}
	configs, _, err := HostConfigs("nginx", root)
	if err != nil {
		t.Fatal(err)
	}
	ours := string(configs[0].Content)
	drop := func(header string) string {
		return regexp.MustCompile(`(?m)^  add_header `+header+` .*\n`).ReplaceAllString(ours, "")
	}
	replace := func(old, new string) string { return strings.ReplaceAll(ours, old, new) }
	sites := map[string]string{
		"whole.clinic.example":    ours,
		"policy.clinic.example":   drop("Content-Security-Policy"),
		"inline.clinic.example":   replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
		"hsts.clinic.example":     drop("Strict-Transport-Security"),
		"short.clinic.example":    replace("max-age=31536000\"", "max-age=86400\""),
		"sniff.clinic.example":    drop("X-Content-Type-Options"),
		"frame.clinic.example":    strings.ReplaceAll(drop("X-Frame-Options"), "frame-ancestors 'none'; ", ""),
		"referrer.clinic.example": replace("no-referrer", "unsafe-url"),
		"corp.clinic.example":     replace("Cross-Origin-Resource-Policy \"same-origin\"", "Cross-Origin-Resource-Policy \"cross-origin\""),
	}
	names := slices.Sorted(maps.Keys(sites))
	certify(t, own, names)
	plain, secure := freePort(t), freePort(t)
	conf := fmt.Sprintf("  server { listen 127.0.0.1:%d; return 301 https://$host$request_uri; }\n", plain)
	for _, name := range names {
		write(t, own, name, sites[name])
		conf += fmt.Sprintf("  server { listen 127.0.0.1:%d ssl; server_name %s; ssl_certificate %s/cert.pem; ssl_certificate_key %[3]s/key.pem; root %s; include %[3]s/%[2]s; }\n", secure, name, own, root)
	}
	program, err := exec.LookPath("nginx")
	if err != nil {
		t.Fatal(err)
	}
	log := start(t, program, own, nginxArgs(t, own, conf))
	await(t, fmt.Sprintf("http://127.0.0.1:%d", plain), log)

	cmd := exec.Command("node", append([]string{judge, fmt.Sprint(plain), fmt.Sprint(secure)}, names...)...)
	cmd.Env = append(os.Environ(), "NODE_EXTRA_CA_CERTS="+filepath.Join(own, "cert.pem"), "NO_PROXY=*")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run judge: %v\n%s\n%s", err, out, log())
	}
	var found map[string]struct {
		Grade         string
		Score, Judged int
		Failed        []string
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	whole := found[names[len(names)-1]]
	if whole.Grade != "A+" || len(whole.Failed) > 0 || whole.Judged != 10 {
		t.Errorf("got %+v, want A+ and every one of 10 tests passed", whole)
	}
	for _, name := range names[:len(names)-1] {
		if got, ok := found[name]; !ok || got.Score >= whole.Score {
			t.Errorf("%s: got %+v, want less than %d", name, got, whole.Score)
		}
	}
	for _, name := range []string{"policy", "inline", "hsts", "frame"} {
		if got := found[name+".clinic.example"]; !strings.HasPrefix(got.Grade, "B") {
			t.Errorf("%s: got %+v, want a B", name, got)
		}
	}
}

// certify writes cert.pem and key.pem, for the names and signed by itself.
func certify(t *testing.T, dir string, names []string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	cert, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: names, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}, &x509.Certificate{}, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})))
	write(t, dir, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}

// nginxArgs writes a configuration with some servers in it, and returns the
// arguments that start nginx with it.
func nginxArgs(t *testing.T, dir, servers string) []string {
	t.Helper()
	conf := ""
	if module := "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"; exists(module) {
		conf = "load_module " + module + ";\n"
	}
	if os.Getuid() == 0 {
		conf += "user root;\n"
	}
	conf += fmt.Sprintf(`daemon off; pid %[1]s/pid; error_log %[1]s/error.log;
events { }
http {
  access_log off;
  client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/fastcgi; uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
%[2]s}
`, dir, servers)
	write(t, dir, "nginx.conf", conf)
	return []string{"-e", filepath.Join(dir, "error.log"), "-c", filepath.Join(dir, "nginx.conf")}
}

func exists(name string) bool { _, err := os.Stat(name); return err == nil }

// oddNames have what the rule file-name allows: neither \ : * ? " < > | # nor %.
var oddNames = []string{
	"our form (2026)", "año nuevo", "día [2]", "a+b&c=d,e", "x'y", "semi;colon", "br{a}ce", "{http.request.uri}", "do$llar ${a} $1", "tick`s",
	"at@the!end~", "^start$", strings.Repeat("x", 240), "a&amp;b", "a..b", "日本語",
}

// asBrowsersDo takes back what Go encodes in a path, and browsers do not.
// https://url.spec.whatwg.org/#path-percent-encode-set
var asBrowsersDo = strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%5B", "[", "%5D", "]")

// The hosts that run on this machine serve a site by the configuration that is
// made for them; what each answers is compared with the declaration, address
// for address and header for header.
func TestHosts(t *testing.T) {
	dir := project(t)
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // a server may drop root
		t.Fatal(err)
	}
	edit(t, dir, "content/about.md", "---\n", "---\naliases: [/über-uns/, /who-we-are/]\n")
	edit(t, dir, "hugo.toml", "[params.clinicblog]", "[params.clinicblog.hosting.headers]\n\"X-Robots-Tag\" = 'noai \"x\" 100% a;b'\n[params.clinicblog]")
	if err := errors.Join(Moved(dir, "/before/", "/about/#main"), Moved(dir, "/vorher/über/", "https://clinic.example.org/faq/"), Moved(dir, "/away/", "https://other.example/x:y/a%20b*(1)?q=1&r=%25"), Retract(dir, "/withdrawn/año/")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "static/a.min.js", "let a=1\n")
	// Names that a site may have, and that mean something else in some
	// configuration: by their kind, and one by one, because feeds are named so.
	for _, name := range oddNames {
		write(t, dir, "static/"+name+".txt", "text of "+name)
		write(t, dir, "static/feeds/"+name+".xml", `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>`)
	}
	write(t, dir, "static/font.0123456789abcdef.woff2", "no font")
	write(t, dir, "static/archive.tar.gz", "no archive") // nor a twin of anything
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			if s.program == "" {
				t.Skip("WRANGLER does not name the runtime of Cloudflare Pages")
			}
			program, err := exec.LookPath(s.program)
			if err != nil {
				if os.Getenv("CI") == "true" {
					t.Fatalf("find server: %v", err)
				}
				t.Skip(err)
			}
			for _, at := range []string{"", "/blog/über"} {
				if at != "" && s.name == "cloudflare" {
					continue // it serves a folder at the root of a host alone
				}
				own := t.TempDir()
				if err := os.Chmod(filepath.Dir(own), 0o755); err != nil {
					t.Fatal(err)
				}
				root := filepath.Join(own, "root")
				public := filepath.Join(root, filepath.FromSlash(at))
				if err := os.MkdirAll(filepath.Dir(public), 0o755); err != nil {
					t.Fatal(err)
				}
				base := (&url.URL{Scheme: "https", Host: "clinic.example.org", Path: at + "/"}).String()
				if _, ds, err := Build(t.Context(), Config{Source: dir, Destination: public, BaseURL: base, Hosts: []string{s.name}}); err != nil {
					t.Fatal(err)
				} else if errs, _ := diag.Count(ds); errs > 0 {
					t.Fatal(ds)
				}
				configs, ds, err := HostConfigs(s.name, public)
				if err != nil {
					t.Fatal(err, ds)
				}
				ours := filepath.Join(own, "ours")
				write(t, own, "ours", string(configs[0].Content))
				port := freePort(t)
				log := start(t, program, own, s.conf(t, own, root, ours, port))
				top := fmt.Sprintf("http://127.0.0.1:%d", port)
				await(t, top, log)
				checkServed(t, s, top, at, public)
				if t.Failed() {
					t.Fatalf("%s\n%s", configs[0].Content, log())
				}
			}
		})
	}
}

func edit(t testing.TB, dir, name, old, new string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	write(t, dir, name, strings.Replace(string(text), old, new, 1))
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start runs a server until the test ends, and returns what it said.
func start(t *testing.T, program, dir string, args []string) func() string {
	t.Helper()
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir, "WRANGLER_SEND_METRICS=false", "CI=true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		done := make(chan struct{})
		go func() { _ = cmd.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = cmd.Process.Kill()
			<-done
		}
		log.Close()
	})
	return func() string {
		text := ""
		for _, name := range []string{"log", "error.log"} {
			b, _ := os.ReadFile(filepath.Join(dir, name))
			text += string(b)
		}
		return text
	}
}

func await(t *testing.T, base string, log func() string) {
	t.Helper()
	for range 600 {
		if r, err := client.Get(base + "/"); err == nil {
			r.Body.Close()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not answer:\n%s", log())
}

// client follows no redirect and unpacks nothing.
var client = http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{DisableCompression: true},
	Timeout:       20 * time.Second,
}

func get(t *testing.T, address string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// checkServed asks a server for all that is in public, which it serves below
// the path at, for what has moved and for what is not there.
func checkServed(t *testing.T, s server, top, at, public string) {
	base := top + (&url.URL{Path: at}).EscapedPath()
	manifest, err := publish.Load(public)
	if err != nil {
		t.Fatal(err)
	}
	var served host.Site
	if err := json.Unmarshal(manifest.Hosting, &served); err != nil {
		t.Fatal(err)
	}
	if len(served.Moved) != 5 || len(served.Gone) != 1 || len(served.Always) < 9 {
		t.Fatalf("the manifest says too little: %+v", served)
	}
	headers := func(address string, got http.Header, want []host.Header) {
		for _, h := range want {
			values := got.Values(h.Name)
			if h.Name == "Content-Type" && len(values) == 1 && sameType(values[0], h.Value) {
				continue
			}
			if len(values) != 1 || values[0] != h.Value {
				t.Errorf("%s: %s is %q, want %q", address, h.Name, values, h.Value)
			}
		}
	}
	missing, err := os.ReadFile(filepath.Join(public, "404.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, f := range manifest.Files {
		if slices.Contains([]string{"_headers", "_redirects", ".htaccess", "404.html"}, f.Path) || isTwin(served, manifest, f.Path) || isInnerMissing(f.Path) {
			continue
		}
		files++
		address := asBrowsersDo.Replace((&url.URL{Path: "/" + strings.TrimSuffix(f.Path, "index.html")}).EscapedPath())
		want, err := os.ReadFile(filepath.Join(public, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		resp, body := get(t, base+address)
		if resp.StatusCode != http.StatusOK || !bytes.Equal(body, want) {
			t.Errorf("%s: status %d, %d bytes, want 200 and %d bytes", address, resp.StatusCode, len(body), len(want))
			continue
		}
		headers(address, resp.Header, served.Headers(f.Path))
		if coding := resp.Header.Get("Content-Encoding"); coding != "" {
			t.Errorf("%s: Content-Encoding is %q for a client that asked for none", address, coding)
		}
		tag, ranges := resp.Header.Get("ETag"), resp.Header.Get("Accept-Ranges") == "bytes"
		if tag == "" {
			t.Errorf("%s: no ETag", address)
		} else if resp, body := get(t, base+address, "If-None-Match", tag); resp.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s: status %d with its own ETag, want 304", address, resp.StatusCode)
		}
		if ranges {
			if resp, body := get(t, base+address, "Range", "bytes=2-5"); resp.StatusCode != http.StatusPartialContent || !bytes.Equal(body, want[2:6]) {
				t.Errorf("%s: status %d and %q for a range, want 206 and %q", address, resp.StatusCode, body, want[2:6])
			}
		}
		if slices.Contains(served.Coded, "br") && f.Path == "index.html" && !exists(filepath.Join(public, "index.html.br")) {
			t.Error("the home page has no compressed twin")
		}
		for _, coding := range []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}, {"zstd", ".zst"}} {
			coded, err := os.ReadFile(filepath.Join(public, f.Path+coding.ext))
			if err != nil {
				continue
			}
			resp, body := get(t, base+address, "Accept-Encoding", coding.name)
			if resp.Header.Get("Content-Encoding") != coding.name || !bytes.Equal(body, coded) {
				t.Errorf("%s: Content-Encoding is %q, want %s and the bytes of the twin", address, resp.Header.Get("Content-Encoding"), coding.name)
			}
			headers(address+" in "+coding.name, resp.Header, served.Headers(f.Path))
			own, ranges := resp.Header.Get("ETag"), resp.Header.Get("Accept-Ranges") == "bytes"
			if own == "" || own == tag {
				t.Errorf("%s: ETag in %s is %s, and without it %s", address, coding.name, own, tag)
			}
			if resp, body := get(t, base+address, "Accept-Encoding", coding.name, "If-None-Match", own); resp.StatusCode != http.StatusNotModified || len(body) > 0 {
				t.Errorf("%s: status %d with its own ETag in %s, want 304", address, resp.StatusCode, coding.name)
			}
			if resp, body := get(t, base+address, "Accept-Encoding", coding.name, "If-None-Match", tag); resp.StatusCode != http.StatusOK || !bytes.Equal(body, coded) {
				t.Errorf("%s: status %d in %s with the ETag of the file itself, want 200", address, resp.StatusCode, coding.name)
			}
			if resp, body := get(t, base+address, "Accept-Encoding", coding.name, "Range", "bytes=2-5"); ranges && (resp.StatusCode != http.StatusPartialContent || !bytes.Equal(body, coded[2:6])) {
				t.Errorf("%s: status %d and %q for a range in %s, want 206 and %q", address, resp.StatusCode, body, coding.name, coded[2:6])
			}
			if resp, body := get(t, base+address, "Accept-Encoding", coding.name+";q=0, identity"); resp.Header.Get("Content-Encoding") != "" || !bytes.Equal(body, want) {
				t.Errorf("%s: Content-Encoding is %q for a client that wants no %s", address, resp.Header.Get("Content-Encoding"), coding.name)
			}
			for _, accept := range []string{coding.name, "identity"} {
				if resp, _ := get(t, base+address, "Accept-Encoding", accept); !strings.Contains(strings.ToLower(resp.Header.Get("Vary")), "accept-encoding") {
					t.Errorf("%s: Vary is %q for %s", address, resp.Header.Get("Vary"), accept)
				}
			}
		}
		if dir, ok := strings.CutSuffix(address, "/"); ok && dir != "" {
			resp, _ := get(t, base+dir)
			if to := located(t, resp); resp.StatusCode/100 != 3 || to != at+address {
				t.Errorf("%s: status %d to %q, want a redirect to %s", dir, resp.StatusCode, to, at+address)
			}
		}
	}
	if files < 35 {
		t.Errorf("%d files were looked at", files)
	}
	for _, m := range served.Moved {
		for _, from := range []string{m.From, strings.TrimSuffix(m.From, "/")} {
			resp, _ := get(t, top+from)
			if to := located(t, resp); resp.StatusCode != http.StatusMovedPermanently || to != m.To {
				t.Errorf("%s: status %d to %q, want 301 to %s", from, resp.StatusCode, to, m.To)
			}
		}
	}
	// Links are pasted with a query, with small hexadecimal digits, in capitals.
	for _, test := range []struct{ address, to string }{
		{"/before/?utm_source=a&b=%20", at + "/about/#main"},
		{"/vorher/%c3%bcber/", at + "/faq/"},
		{"/vorher/%C3%BCber", at + "/faq/"},
		{"/away", "https://other.example/x:y/a%20b*(1)?q=1&r=%25"},
		{"/Before/", ""},
		{"/before/x/", ""},
		{"/xbefore/", ""},
		{"/before.html", ""},
	} {
		resp, _ := get(t, base+test.address)
		if to := located(t, resp); to != test.to || (to == "") != (resp.StatusCode == http.StatusNotFound) {
			t.Errorf("%s: status %d to %q, want %q", test.address, resp.StatusCode, to, test.to)
		}
	}
	// Nobody is led to another host, out of the folder, or to a header of their own.
	for _, address := range []string{
		"/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/..%5c..%5cetc%5cpasswd", "/about/..%2f..%2f.clinicblog.json",
		"//evil.example/%2e%2e/about", "//evil.example/..%2fabout", "//evil.example/", "/%5cevil.example/%2e%2e/about", "/about%00", "/about%0d%0aX-Evil:%201/", "/%ff/", "/%2f%2fevil.example%2fabout", "/before%0d%0a/",
		"/" + strings.Repeat("x", 300) + "/", "/" + strings.Repeat("x/", 500), "/a b/", "/about/.", "/./about",
	} {
		resp, body := get(t, base+strings.ReplaceAll(address, " ", "%20"))
		to, err := resp.Location()
		if err == nil && to.Host != strings.TrimPrefix(top, "http://") || resp.Header.Get("X-Evil") != "" || bytes.Contains(body, []byte("root:")) || resp.StatusCode >= 500 && s.name != "cloudflare" {
			t.Errorf("%s: status %d, Location %q", address, resp.StatusCode, resp.Header.Get("Location"))
		}
		if resp.StatusCode == http.StatusOK && !strings.Contains(address, "about") {
			t.Errorf("%s: status 200, %d bytes", address, len(body))
		}
	}
	notFound := func(address string, status int) {
		resp, body := get(t, base+address)
		if resp.StatusCode != status || !bytes.Equal(body, missing) {
			t.Errorf("%s: status %d, %d bytes, want %d and the page for unknown addresses", address, resp.StatusCode, len(body), status)
		}
		headers(address, resp.Header, served.Always)
	}
	for _, g := range served.Gone {
		g = strings.TrimPrefix(g, at)
		notFound(g, s.gone)
		notFound(strings.TrimSuffix(g, "/"), s.gone)
	}
	notFound("/no/such/page/", http.StatusNotFound)
	notFound("/css/main.0123456789abcdef.css", http.StatusNotFound)
	if s.name != "cloudflare" {
		notFound("/.clinicblog.json", http.StatusNotFound)
		notFound("/.htaccess", http.StatusNotFound)
	}
}

func sameType(got, want string) bool {
	g, gp, gerr := mime.ParseMediaType(got)
	w, wp, werr := mime.ParseMediaType(want)
	return gerr == nil && werr == nil && g == w && strings.EqualFold(gp["charset"], wp["charset"])
}

// located is the path that a redirect leads to, decoded; the whole URL, as it is
// sent, when it leads to another site.
func located(t *testing.T, resp *http.Response) string {
	t.Helper()
	u, err := resp.Location()
	if err != nil {
		return ""
	}
	if u.Scheme == "https" {
		return resp.Header.Get("Location")
	}
	to := u.Path
	if u.Fragment != "" {
		to += "#" + u.Fragment
	}
	return to
}
