package deploy

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pkg/sftp"
	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// remote is a folder that is reached by SFTP. A file is written beside its
// place and renamed, so that a server never sends half of one. No name leads
// out of the folder, by no symbolic link.
//
// SFTP knows no conditional write. What it knows is a hard link to a name that
// must be free. So each version of the list has a name of its own, with a number
// at its end; the highest is the one that counts, and is deleted by nobody but
// who has written the next. Who made a version below the highest was too late.
type remote struct {
	address string // host:port
	config  *ssh.ClientConfig
	agent   net.Conn // nil when there is none
	dir     string   // the folder there

	mu     sync.Mutex // guards what follows
	conn   *ssh.Client
	client *sftp.Client    // nil when the connection is lost
	made   map[string]bool // folders that are there, below dir
}

// What a server must know beyond version 3 of the protocol, as OpenSSH's does.
// https://github.com/openssh/openssh-portable/blob/master/PROTOCOL
const (
	canReplace = "posix-rename@openssh.com"
	canLink    = "hardlink@openssh.com"
	canSync    = "fsync@openssh.com" // is used where it is there
)

// openRemote knows keys alone, from the agent and from where ssh looks for
// them, and servers alone that known_hosts lists. It does not read the
// configuration of ssh.
func openRemote(ctx context.Context, u *url.URL) (*remote, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, fmt.Errorf("find keys: %w", err)
	}
	r := &remote{address: net.JoinHostPort(u.Hostname(), "22"), dir: path.Clean(u.Path)}
	if u.Port() != "" {
		r.address = u.Host
	}
	known, err := knownServers(filepath.Join(home, ".ssh", "known_hosts"), "/etc/ssh/ssh_known_hosts")
	if err != nil {
		return nil, err
	}
	name := u.User.Username()
	if name == "" {
		me, err := user.Current()
		if err != nil {
			return nil, fmt.Errorf("find name of user: %w", err)
		}
		name = me.Username
	}
	var keys []ssh.Signer
	if socket := os.Getenv("SSH_AUTH_SOCK"); socket != "" {
		if r.agent, err = net.Dial("unix", socket); err == nil {
			// An agent that holds nothing or is locked leaves the files.
			keys, _ = agent.NewClient(r.agent).Signers()
		}
	}
	files, err := keyFiles(filepath.Join(home, ".ssh"))
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	r.config = &ssh.ClientConfig{
		User: name, Auth: []ssh.AuthMethod{ssh.PublicKeys(append(keys, files...)...)}, Timeout: patience,
		HostKeyCallback: known.HostKeyCallback(), HostKeyAlgorithms: known.HostKeyAlgorithms(r.address),
	}
	if err := r.do(ctx, func(*sftp.Client) error { return nil }); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s: %w", r.address, err), r.close())
	}
	return r, nil
}

func knownServers(files ...string) (*knownhosts.HostKeyDB, error) {
	files = slices.DeleteFunc(files, func(name string) bool {
		_, err := os.Stat(name)
		return errors.Is(err, fs.ErrNotExist)
	})
	known, err := knownhosts.NewDB(files...)
	if err != nil {
		return nil, fmt.Errorf("read known servers: %w", err)
	}
	return known, nil
}

// keyFiles are the user's keys that have no passphrase.
func keyFiles(dir string) ([]ssh.Signer, error) {
	var keys []ssh.Signer
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read key: %w", err)
		}
		key, err := ssh.ParsePrivateKey(text)
		var locked *ssh.PassphraseMissingError
		if errors.As(err, &locked) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read key %s: %w", name, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func (r *remote) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lose()
	if r.agent != nil {
		return r.agent.Close()
	}
	return nil
}

// lose closes the connection; what it says to that is of no use any more.
func (r *remote) lose() {
	if r.client != nil {
		_ = r.client.Close()
		_ = r.conn.Close()
		r.client, r.conn = nil, nil
	}
}

func (r *remote) connected(ctx context.Context) (*sftp.Client, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.client != nil {
		return r.client, nil
	}
	dialer := net.Dialer{Timeout: patience}
	raw, err := dialer.DialContext(ctx, "tcp", r.address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	c, channels, requests, err := ssh.NewClientConn(raw, r.address, r.config)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	conn := ssh.NewClient(c, channels, requests)
	client, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	for _, extension := range []string{canReplace, canLink} {
		if _, ok := client.HasExtension(extension); !ok {
			return nil, errors.Join(&extensionError{extension}, client.Close(), conn.Close())
		}
	}
	r.client, r.conn = client, conn
	return client, nil
}

type extensionError struct{ name string }

func (e *extensionError) Error() string { return "the server does not know " + e.name }

// do does something there, again over a new connection when that one is lost.
func (r *remote) do(ctx context.Context, what func(*sftp.Client) error) error {
	return again(ctx, func(err error) bool { return !answered(err) }, func(ctx context.Context) error {
		client, err := r.connected(ctx)
		if err != nil {
			return err
		}
		stop := context.AfterFunc(ctx, func() { r.drop(client) })
		defer stop()
		if err = what(client); err != nil && !answered(err) {
			r.drop(client)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	})
}

// drop loses the connection of a client, where it is still the one in use.
func (r *remote) drop(client *sftp.Client) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.client == client {
		r.lose()
	}
}

// answered reports whether an error is what a server says, and not that nothing
// is heard of it.
func answered(err error) bool {
	var status *sftp.StatusError
	if errors.As(err, &status) {
		return status.FxCode() != sftp.ErrSSHFxConnectionLost && status.FxCode() != sftp.ErrSSHFxNoConnection
	}
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errConflict) || errors.Is(err, errNoFolder) || remoteCode(err) != ""
}

func (r *remote) path(name string) string { return path.Join(r.dir, name) }

var errNoFolder = errors.New("is there already, and is no folder")

// folder sees to it that a folder below ours is one, and no link to another. It
// makes one that is missing.
func (r *remote) folder(c *sftp.Client, dir string) error {
	r.mu.Lock()
	known := r.made[dir]
	r.mu.Unlock()
	if known {
		return nil
	}
	switch at, err := c.Lstat(r.path(dir)); {
	case dir == ".":
		if err := c.MkdirAll(r.dir); err != nil {
			return err
		}
	case err == nil && !at.IsDir():
		return fmt.Errorf("%s %w", dir, errNoFolder)
	case err == nil:
		if err := r.folder(c, path.Dir(dir)); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	default:
		if err := r.folder(c, path.Dir(dir)); err != nil {
			return err
		}
		// Another of our workers may have made it meanwhile.
		if err := c.Mkdir(r.path(dir)); err == nil {
			if err := c.Chmod(r.path(dir), 0o755); err != nil {
				return err
			}
		} else if at, serr := c.Lstat(r.path(dir)); serr != nil || !at.IsDir() {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.made == nil {
		r.made = map[string]bool{}
	}
	r.made[dir] = true
	return nil
}

func (r *remote) get(ctx context.Context, name string) (body []byte, v version, err error) {
	err = r.do(ctx, func(c *sftp.Client) (err error) {
		at := name
		for try := 1; ; try++ {
			if name == StateName {
				numbers, err := r.versions(c, name)
				if err != nil {
					return err
				}
				if len(numbers) == 0 {
					return fs.ErrNotExist
				}
				v.tag = strconv.Itoa(slices.Max(numbers))
				at = StateName + "." + v.tag
			}
			body, v.age, err = r.read(c, at)
			// The next version may have been made since the names were read.
			if name != StateName || try == attempts || !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("read %s there: %w", name, err)
	}
	return body, v, err
}

// read returns a file and, where that is a list that a deploy claims, its age.
func (r *remote) read(c *sftp.Client, name string) (body []byte, age time.Duration, err error) {
	f, err := c.Open(r.path(name))
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil { // asks for many parts at a time
		return nil, 0, err
	}
	body = b.Bytes()
	if s, err := parseState(body); err != nil || s.Deploying == nil || s.Deploying.ID == "" {
		return body, 0, nil
	}
	written, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	now, err := r.clock(c)
	return body, now.Sub(written.ModTime()), err
}

// clock is the time there: that of a file which is made for the question.
func (r *remote) clock(c *sftp.Client) (time.Time, error) {
	name := r.path(partialOf + rand.Text())
	f, err := c.Create(name)
	if err != nil {
		return time.Time{}, err
	}
	at, err := f.Stat()
	if err = errors.Join(err, f.Close(), c.Remove(name)); err != nil {
		return time.Time{}, err
	}
	return at.ModTime(), nil
}

// versions are the numbers of the versions of a file that are there.
func (r *remote) versions(c *sftp.Client, name string) ([]int, error) {
	entries, err := c.ReadDir(r.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var numbers []int
	for _, e := range entries {
		if number, ok := strings.CutPrefix(e.Name(), name+"."); ok {
			if n, err := strconv.Atoi(number); err == nil && n > 0 {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers, nil
}

func (r *remote) swap(ctx context.Context, name string, body []byte, old string) (tag string, err error) {
	last := 0
	if old != "" {
		if last, err = strconv.Atoi(old); err != nil {
			return "", errConflict
		}
	}
	tag = strconv.Itoa(last + 1)
	err = r.do(ctx, func(c *sftp.Client) error {
		if err := r.folder(c, "."); err != nil {
			return err
		}
		numbers, err := r.versions(c, name)
		if err != nil {
			return err
		}
		if len(numbers) > 0 && slices.Max(numbers) != last || len(numbers) == 0 && last != 0 {
			return errConflict
		}
		part := r.path(partialOf + rand.Text())
		if err := r.create(c, part, body); err != nil {
			return err
		}
		err = c.Link(part, r.path(name+"."+tag))
		_ = c.Remove(part)
		if numbers, lerr := r.versions(c, name); lerr != nil {
			return errors.Join(err, lerr)
		} else if err != nil && slices.Contains(numbers, last+1) {
			return errConflict
		} else if err != nil {
			return err
		} else if slices.Max(numbers) != last+1 {
			return errors.Join(errConflict, c.Remove(r.path(name+"."+tag)))
		}
		for _, n := range numbers {
			if n <= last {
				if err := c.Remove(r.path(fmt.Sprintf("%s.%d", name, n))); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
		}
		return nil
	})
	return tag, err
}

func (r *remote) stale() string { return "1000000000" }

// create writes a file that nobody reads yet, or leaves none.
func (r *remote) create(c *sftp.Client, name string, body []byte) (err error) {
	f, err := c.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = c.Remove(name)
		}
	}()
	_, err = f.ReadFrom(bytes.NewReader(body))
	if err == nil {
		err = f.Chmod(0o644) // the server's mask may hide it from visitors
	}
	if _, ok := c.HasExtension(canSync); ok && err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func (r *remote) put(ctx context.Context, f File, body []byte) error {
	dir, base := path.Split(f.Path)
	sum := sha256.Sum256([]byte(base))
	part := r.path(dir + partialOf + hex.EncodeToString(sum[:8]))
	return r.do(ctx, func(c *sftp.Client) error {
		err := r.folder(c, path.Clean(dir))
		if err != nil {
			return err
		}
		if err := r.create(c, part, body); err != nil {
			return err
		}
		if err := c.PosixRename(part, r.path(f.Path)); err != nil {
			_ = c.Remove(part)
			return err
		}
		return nil
	})
}

// remove deletes a file, and the folders that are empty without it.
func (r *remote) remove(ctx context.Context, name string) error {
	return r.do(ctx, func(c *sftp.Client) error {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			at, err := c.Lstat(r.path(dir))
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			if !at.IsDir() {
				return fmt.Errorf("%s %w", dir, errNoFolder)
			}
		}
		if err := c.Remove(r.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if c.RemoveDirectory(r.path(dir)) != nil {
				break // something is in it
			}
		}
		return nil
	})
}

// list reads a level of folders at a time. It reads no file.
func (r *remote) list(ctx context.Context) (map[string]object, error) {
	var mu sync.Mutex
	all := map[string]object{}
	for level := []string{"."}; len(level) > 0; {
		var next []string
		err := each(ctx, level, func(ctx context.Context, dir string) error {
			var entries []fs.FileInfo
			err := r.do(ctx, func(c *sftp.Client) (err error) {
				entries, err = c.ReadDirContext(ctx, r.path(dir))
				return err
			})
			if err != nil && !(dir == "." && errors.Is(err, fs.ErrNotExist)) {
				return fmt.Errorf("list folder %s: %w", dir, err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, e := range entries {
				name := path.Join(dir, e.Name())
				switch {
				case e.IsDir():
					next = append(next, name)
				case strings.HasPrefix(name, StateName+"."), strings.HasPrefix(e.Name(), partialOf):
				case e.Mode().IsRegular():
					all[name] = object{size: e.Size()}
				default:
					all[name] = object{size: -1}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		level = next
	}
	return all, nil
}

func remoteCode(err error) string {
	var missing *extensionError
	var status *sftp.StatusError
	switch {
	case errors.As(err, &missing):
		return missing.name
	case knownhosts.IsHostUnknown(err):
		return "HostUnknown"
	case knownhosts.IsHostKeyChanged(err):
		return "HostKeyChanged"
	case err != nil && strings.Contains(err.Error(), "unable to authenticate"):
		return "KeyRefused" // that error has no type
	case errors.Is(err, fs.ErrPermission):
		return "PermissionDenied"
	case errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure:
		return "Failure"
	}
	return ""
}

// remoteRemedies are the errors that a user can do something about.
var remoteRemedies = []remedy{
	{"HostUnknown", "known_hosts does not list the server", "connect with ssh once, and compare what it shows with the fingerprint that your provider gives"},
	{"HostKeyChanged", "the server shows another key than known_hosts lists: it may be another server", "ask your provider; only if they changed the key, replace its line in known_hosts"},
	{"KeyRefused", "the server takes none of your keys", "give it one from the agent or ~/.ssh; add one that has a passphrase to the agent with ssh-add"},
	{"PermissionDenied", "the server refuses", "let this user read and write that folder"},
	{"Failure", "the server failed and does not say at what", "see there whether the disk or a quota is full"},
	{canReplace, "the server cannot replace a file in one step", "deploy to one that can, such as that of OpenSSH"},
	{canLink, "the server does not know hard links, which keep two deploys apart", "deploy to one that does, such as that of OpenSSH"},
}
