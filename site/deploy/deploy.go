// Package deploy puts a built site where visitors get it from: a bucket at a
// cloud, a folder, or one behind SFTP. It changes what differs and nothing else, and keeps
// at the target a list of what it put there.
//
// # What a visitor can see
//
// Files arrive in this order: what pages need, pages that are new, pages that
// changed, feeds and lists of pages; then what is gone is deleted; then the list
// is written. At no moment does a page ask for a file that is not there yet.
//
// # What a failure leaves
//
// Before the first change, the list at the target is made to say what is about
// to change, in one conditional write, which is also the lock: of two deploys
// at a time, one is refused. A store may ignore conditions: the first deploy to it
// makes two such writes that must fail. A deploy that died is taken up where it
// ended: what it meant to change is unknown until the target's own listing has
// shown which of those files arrived. On the machine where it ran that needs no
// waiting; elsewhere, the claim of a deploy that shows no sign of life for ten
// minutes is void. Both times are the store's, so that no clock of ours matters.
//
// The package knows no Hugo and no manifest of a build: which files there are,
// and how each is to be served, it is told.
package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"
)

// StateName is the list that is kept at the target. Hosts do not serve names
// that begin with a full stop; where it can be read all the same, it tells
// nothing that the site does not.
const StateName = ".clinicblog.deployed.json"

// lease is how long the claim of a deploy holds without a sign of life.
const lease = 10 * time.Minute

// workers is how many files are on their way at a time.
const workers = 16

// File is one file of the site, and how it is served.
type File struct {
	Path         string `json:"path"` // below the home page, with slashes
	Size         int64  `json:"size"`
	SHA256       string `json:"sha256"` // hexadecimal, lower case
	ContentType  string `json:"type"`
	CacheControl string `json:"cache"`
}

// Options are one deploy.
type Options struct {
	Target     Target
	Dir        string // where the files are
	Files      []File // sorted by Path
	About      json.RawMessage
	Cache      string // a folder of this machine's own, made when there is none
	DryRun     bool   // plan, and change nothing
	Adopt      bool   // overwrite files that no deploy put there
	MaxDeletes int    // below 0 for a tenth of the files there, and at least 20
	Notice     func(string)
	// Uploaded is told of each file that has arrived; it may be nil.
	Uploaded func(path string)
}

// Result is what a deploy did, or would do. Paths are sorted.
type Result struct {
	Added     []string
	Changed   []string // replaced, or found in an unknown state and written anew
	Deleted   []string
	Unchanged int
	Bytes     int64 // of Added and Changed
	Foreign   int   // files at the target that no deploy put there; they are left alone
}

// Nothing tells that the target is as it should be.
func (r Result) Nothing() bool { return len(r.Added)+len(r.Changed)+len(r.Deleted) == 0 }

// state is the list at the target.
type state struct {
	About     json.RawMessage `json:"about,omitempty"`
	Files     []File          `json:"files"` // as the last deploy that ended left them
	Deploying *claim          `json:"deploying,omitempty"`
	// Proven is the id of the target whose store was seen to refuse a write when
	// its condition does not hold.
	Proven string `json:"proven,omitempty"`
}

// claim is what a deploy that has not ended means to change.
type claim struct {
	ID      string   `json:"id"` // "" once that deploy has given up
	Files   []File   `json:"files,omitempty"`
	Deletes []string `json:"deletes,omitempty"`
}

// object is a file at the target, as a listing shows it.
type object struct {
	size int64
	md5  string // hexadecimal; another value where the store does not tell, "" where its bytes do
}

// version is one state of the list at the target.
type version struct {
	tag string        // "" when there is none
	age time.Duration // by the clock of the store
}

// store is a target. Names are below the target's own folder.
type store interface {
	// get returns fs.ErrNotExist when there is no such file.
	get(ctx context.Context, name string) ([]byte, version, error)
	// swap writes a file if its tag is still old, "" for none. The error is
	// errConflict when it is not.
	swap(ctx context.Context, name string, body []byte, old string) (tag string, err error)
	stale() string // a tag that no file has
	put(ctx context.Context, f File, body []byte) error
	remove(ctx context.Context, name string) error
	list(ctx context.Context) (map[string]object, error)
	close() error
}

var errConflict = errors.New("it was changed meanwhile")

// Run deploys. When it returns an error, the site at the target may be in part
// the new one, but every page there has what it needs, and the next Run ends
// what this one began.
func Run(ctx context.Context, opts Options) (Result, error) {
	d := &deployment{Options: opts, id: rand.Text()}
	r, err := d.run(ctx)
	if err != nil {
		return r, fmt.Errorf("deploy to %s: %w", opts.Target.Name, opts.Target.explain(err))
	}
	return r, nil
}

type deployment struct {
	Options
	id    string
	store store
	there state
	at    version
	last  claim // of a deploy that did not end; zero when there was none

	mu      sync.Mutex // guards at and renewed
	renewed time.Time
}

func (d *deployment) run(ctx context.Context) (r Result, err error) {
	lock, earlier, err := d.claimed()
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	if d.store, err = d.Target.open(ctx); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, d.store.close()) }()

	if err := d.read(ctx); err != nil {
		return r, err
	}
	if c := d.there.Deploying; c != nil {
		if c.ID != "" && c.ID != earlier && d.at.age < lease {
			return r, fmt.Errorf("another deploy is at work there, and was %s ago\n    wait for it to end; if it has died, deploy again in %s", d.at.age.Round(time.Second), (lease - d.at.age).Round(time.Second))
		}
		d.last = *c
	}
	var listed map[string]object
	var same map[string]bool
	if d.at.tag == "" || d.there.Deploying != nil {
		if listed, err = d.store.list(ctx); err != nil {
			return r, err
		}
		if same, err = d.same(ctx, listed); err != nil {
			return r, err
		}
	}
	p := makePlan(d.there.Files, d.last, d.Files, func(f File) bool { return same[f.Path] })
	r = p.result()
	if d.at.tag == "" {
		if r.Foreign, err = d.foreign(listed, same); err != nil {
			return r, err
		}
	}
	if err := d.deletesAllowed(len(p.deletes)); err != nil || d.DryRun {
		return r, err
	}
	if r.Nothing() && d.there.Deploying == nil {
		return r, nil
	}
	return r, d.change(ctx, p)
}

// claimed takes the lock that this machine has for the target, and returns the
// claim of the last deploy from here.
func (d *deployment) claimed() (*flock.Flock, string, error) {
	if err := os.MkdirAll(d.Cache, 0o700); err != nil {
		return nil, "", fmt.Errorf("make cache: %w", err)
	}
	lock := flock.New(d.claimFile()+".lock", flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err != nil {
		return nil, "", fmt.Errorf("lock target: %w", err)
	}
	if !held {
		return nil, "", errors.New("another deploy from this machine is at work there\n    wait for it to end")
	}
	id, err := os.ReadFile(d.claimFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, "", errors.Join(fmt.Errorf("read cache: %w", err), lock.Unlock())
	}
	return lock, string(id), nil
}

func (d *deployment) claimFile() string { return filepath.Join(d.Cache, d.Target.id()) }

func (d *deployment) read(ctx context.Context) error {
	body, at, err := d.store.get(ctx, StateName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	d.at = at
	if d.there, err = parseState(body); err != nil {
		return fmt.Errorf("read %s there: %w\n    delete that file, then deploy with --adopt", StateName, err)
	}
	return nil
}

func parseState(body []byte) (state, error) {
	var s state
	if err := json.Unmarshal(body, &s); err != nil {
		return state{}, err
	}
	names := make([]string, 0, len(s.Files))
	for _, f := range s.Files {
		names = append(names, f.Path)
	}
	if s.Deploying != nil {
		names = append(names, s.Deploying.Deletes...)
		for _, f := range s.Deploying.Files {
			names = append(names, f.Path)
		}
	}
	for _, name := range names { // they will be deleted one day
		if !fs.ValidPath(name) || name == "." || name == StateName || strings.Contains(name, `\`) {
			return state{}, fmt.Errorf("it names the path %q", name)
		}
	}
	return s, nil
}

// same are the paths where the target has the bytes that it shall have.
func (d *deployment) same(ctx context.Context, listed map[string]object) (map[string]bool, error) {
	var mu sync.Mutex
	same := map[string]bool{}
	err := each(ctx, d.Files, func(ctx context.Context, f File) error {
		o, ok := listed[f.Path]
		if !ok || o.size != f.Size {
			return nil
		}
		here, err := d.load(f)
		if err != nil {
			return err
		}
		sum := md5.Sum(here)
		equal := o.md5 == hex.EncodeToString(sum[:])
		if o.md5 == "" {
			there, _, err := d.store.get(ctx, f.Path)
			if err != nil {
				return err
			}
			equal = bytes.Equal(there, here)
		}
		mu.Lock()
		defer mu.Unlock()
		same[f.Path] = equal
		return nil
	})
	return same, err
}

// load reads a file and holds it to its hash, so that what is sent is what was
// verified.
func (d *deployment) load(f File) ([]byte, error) {
	body, err := os.ReadFile(filepath.Join(d.Dir, filepath.FromSlash(f.Path)))
	if err != nil {
		return nil, fmt.Errorf("read site: %w", err)
	}
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, fmt.Errorf("%s is not as it was built\n    build again, then deploy", f.Path)
	}
	return body, nil
}

// foreign counts what is at a target without a list, and refuses to overwrite
// any of it that is not the same already.
func (d *deployment) foreign(listed map[string]object, same map[string]bool) (int, error) {
	mine := map[string]bool{}
	var taken []string
	for _, f := range d.Files {
		mine[f.Path] = true
		if _, ok := listed[f.Path]; ok && !same[f.Path] {
			taken = append(taken, f.Path)
		}
	}
	n := 0
	for name := range listed {
		if !mine[name] {
			n++
		}
	}
	if len(taken) > 0 && !d.Adopt {
		return n, fmt.Errorf("%s is there already, and %d more of the site's names, and no list says that a deploy put them there\n    choose an empty place, or give --adopt to overwrite them", taken[0], len(taken)-1)
	}
	return n, nil
}

func (d *deployment) deletesAllowed(n int) error {
	most := d.MaxDeletes
	if most < 0 {
		most = max(20, len(d.there.Files)/10)
	}
	if n > most {
		return fmt.Errorf("%d of the %d files there would be deleted, and the limit is %d\n    look at the plan with --dry-run; if it is right, give --max-deletes %d", n, len(d.there.Files), most, n)
	}
	return nil
}

// change makes the target what the plan says, and its list last.
func (d *deployment) change(ctx context.Context, p plan) (err error) {
	if err := os.WriteFile(d.claimFile(), []byte(d.id), 0o600); err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	d.there.Deploying = p.claim(d.id, d.last)
	if err := d.write(ctx, d.there); err != nil {
		return err
	}
	defer func() {
		if err == nil || errors.Is(err, errConflict) {
			return
		}
		// Nobody has to wait for a deploy that knows that it has failed.
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer stop()
		d.there.Deploying.ID = ""
		if werr := d.write(ctx, d.there); werr != nil && d.Notice != nil {
			d.Notice(fmt.Sprintf("the claim on %s stays for %s: %v", d.Target.Name, lease, d.Target.explain(werr)))
		}
	}()
	if err := d.prove(ctx); err != nil {
		return err
	}
	for _, files := range p.phases() {
		err := each(ctx, files, func(ctx context.Context, f File) error {
			if err := d.renew(ctx); err != nil {
				return err
			}
			body, err := d.load(f)
			if err != nil {
				return err
			}
			if err := d.store.put(ctx, f, body); err != nil {
				return fmt.Errorf("write %s: %w", f.Path, err)
			}
			if d.Uploaded != nil {
				d.Uploaded(f.Path)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	err = each(ctx, p.deletes, func(ctx context.Context, name string) error {
		if err := d.renew(ctx); err != nil {
			return err
		}
		if err := d.store.remove(ctx, name); err != nil {
			return fmt.Errorf("delete %s: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.Target.invalidate(ctx, d.id, p.touched()); err != nil {
		return err
	}
	return d.write(ctx, state{About: d.About, Files: d.Files, Proven: d.there.Proven})
}

// prove finds out, once for each place, whether a store refuses a write whose
// condition does not hold: one that knows no conditions ignores them, and would
// let two deploys mix. What it writes is what stands there already.
func (d *deployment) prove(ctx context.Context) error {
	if d.there.Proven == d.Target.id() {
		return nil
	}
	body, err := json.Marshal(d.there)
	if err != nil {
		return fmt.Errorf("encode list: %w", err)
	}
	for _, never := range []string{"", d.store.stale()} {
		tag, err := d.store.swap(ctx, StateName, body, never)
		if err == nil {
			d.at.tag = tag
			return fmt.Errorf("%s: it ignored a condition\n    %s", unconditional, useAnother)
		}
		if !errors.Is(err, errConflict) {
			return fmt.Errorf("try %s: %w", StateName, err)
		}
	}
	d.there.Proven = d.Target.id()
	return nil
}

// each runs do for all values, a few at a time, until one fails.
func each[T any](ctx context.Context, values []T, do func(context.Context, T) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, v := range values {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, v)
		})
	}
	return g.Wait()
}

// renew gives a sign of life when the last one is a while ago.
func (d *deployment) renew(ctx context.Context) error {
	d.mu.Lock()
	due := time.Since(d.renewed) > lease/3
	d.mu.Unlock()
	if !due {
		return nil
	}
	return d.write(ctx, d.there)
}

// write replaces the list at the target.
func (d *deployment) write(ctx context.Context, s state) error {
	body, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode list: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	tag, err := d.store.swap(ctx, StateName, body, d.at.tag)
	if errors.Is(err, errConflict) {
		// The store may have written it, and its answer been lost on the way.
		there, at, gerr := d.store.get(ctx, StateName)
		if gerr == nil && string(there) == string(body) {
			tag, err = at.tag, nil
		}
	}
	if errors.Is(err, errConflict) {
		return fmt.Errorf("write %s: another deploy has begun there: %w\n    wait for it to end, then deploy again", StateName, err)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", StateName, err)
	}
	d.at.tag, d.renewed = tag, time.Now()
	return nil
}
