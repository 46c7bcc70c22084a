package finish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// stampLength is how much of the SHA-256 of a file goes into its name, in
// hexadecimal digits: 64 bits keep apart more versions than a site will have.
const stampLength = 16

// stamps maps the names that Hugo's fingerprint gave to the names of the final
// files. Minifying changes what a hash is taken of; a name that did not change
// with it would stay in caches with the old bytes.
type stamps struct {
	names     map[string]string // digest "." extension, as in main.<digest>.css, to the new digest
	integrity map[string]string // the integrity of the rendered file to that of the final one

	mu      sync.Mutex
	changed map[string]bool // base names of files that no longer are what Hugo wrote
}

func newStamps() *stamps {
	return &stamps{names: map[string]string{}, integrity: map[string]string{}, changed: map[string]bool{}}
}

func (s *stamps) change(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed[base] = true
}

// nextDigest returns the bounds of the next content hash in b after a dot from
// offset i on: 64, 96 or 128 hexadecimal digits (SHA-256, -384, -512) between
// two dots, and the end of the extension that follows. Of 64 digits in a row
// one is at every 64th byte, so no other byte is looked at.
func nextDigest[T string | []byte](b T, i int) (from, to, ext int, ok bool) {
	for at := i + 64; at < len(b); at += 64 {
		if !isDigit(b[at]) {
			continue
		}
		for from = at; from > i+1 && isDigit(b[from-1]); {
			from--
		}
		for to = at + 1; to < len(b) && isDigit(b[to]); {
			to++
		}
		at = to // the next 64 begin behind it
		if n := to - from; n != 64 && n != 96 && n != 128 || b[from-1] != '.' || to == len(b) || b[to] != '.' {
			continue
		}
		ext = to + 1
		for ext < len(b) && (b[ext]-'0' < 10 || isLetter(b[ext])) {
			ext++
		}
		if ext > to+1 {
			return from, to, ext, true
		}
	}
	return 0, 0, 0, false
}

func isDigit(c byte) bool { return c-'0' < 10 || c-'a' < 6 }

// digestOf returns the content hash in a file's name, or "".
func digestOf(name string) string {
	base := path.Base(name)
	from, to, _, ok := nextDigest(base, 0)
	if !ok {
		return ""
	}
	return base[from:to]
}

// stamped is a file with a content hash in its name, on its way.
type stamped struct {
	file
	key   string // in stamps.names
	src   []byte // rendered, of a file that can name others
	state uint8  // 0 waits, 1 is being finished, 2 is done
	fixed bool   // it names itself, by way of others: no hash can hold itself
}

// stamp finishes the files with a content hash in their name and renames them.
// A file that names another comes after it, because the other's new name is
// part of its content.
func (r *run) stamp(ctx context.Context, files []file) error {
	var named []*stamped
	byKey := map[string]*stamped{}
	var leaves []file
	for _, f := range files {
		if f.kind == kindOther || f.kind == kindImage {
			leaves = append(leaves, f)
			continue
		}
		src, err := os.ReadFile(r.name(f.path))
		if err != nil {
			return fmt.Errorf("read file to hash: %w", err)
		}
		s := &stamped{file: f, key: keyOf(f.path), src: src}
		named = append(named, s)
		byKey[s.key] = s
	}
	var mu sync.Mutex
	err := r.each(ctx, leaves, func(w *worker, f file) error {
		changed := false
		if f.kind == kindImage {
			var err error
			if changed, err = w.edit(r.name(f.path), func(src []byte) ([]byte, error) { return w.content(f, src, nil) }); err != nil {
				return err
			}
		}
		h := sha256.New()
		in, err := os.Open(r.name(f.path))
		if err != nil {
			return fmt.Errorf("open file to hash: %w", err)
		}
		defer in.Close()
		if _, err := io.Copy(h, in); err != nil {
			return fmt.Errorf("read file to hash: %w", err)
		}
		mu.Lock()
		defer mu.Unlock()
		if changed {
			r.stamps.change(path.Base(f.path))
		}
		return r.rename(w, f, [32]byte(h.Sum(nil)))
	})
	if err != nil {
		return err
	}
	w := r.workers[0]
	for _, s := range named {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.stampNamed(w, s, byKey); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) stampNamed(w *worker, s *stamped, byKey map[string]*stamped) error {
	if s.state != 0 {
		s.fixed = s.fixed || s.state == 1
		return nil
	}
	s.state = 1
	for i := 0; ; {
		from, to, ext, ok := nextDigest(s.src, i)
		if !ok {
			break
		}
		i = to
		if t := byKey[string(s.src[from:ext])]; t != nil {
			if err := r.stampNamed(w, t, byKey); err != nil {
				return err
			}
		}
	}
	s.state = 2
	out, err := w.content(s.file, s.src, nil)
	if err != nil {
		return err
	}
	if !bytes.Equal(out, s.src) {
		if err := os.WriteFile(r.name(s.path), out, 0o644); err != nil {
			return fmt.Errorf("write finished file: %w", err)
		}
		r.stamps.change(path.Base(s.path))
	}
	s.src = nil
	r.progress()
	if s.fixed {
		return nil
	}
	return r.rename(w, s.file, sha256.Sum256(out))
}

// rename puts the hash of the final bytes into a file's name.
func (r *run) rename(w *worker, f file, sum [32]byte) error {
	w.file = f.path
	key, stamp := keyOf(f.path), hex.EncodeToString(sum[:])[:stampLength]
	if old, ok := r.stamps.names[key]; ok && old != stamp {
		w.report(assetHash, "two files of different content carry the hash %s", f.digest)
		return nil
	}
	base := path.Base(f.path)
	newBase := strings.Replace(base, f.digest, stamp, 1)
	from, to := r.name(f.path), r.name(path.Join(path.Dir(f.path), newBase))
	if same, err := sameHash(to, sum); err != nil {
		return err
	} else if !same {
		w.report(assetHash, "the name %s is taken by a file of different content", newBase)
		return nil
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("name file after its hash: %w", err)
	}
	r.stamps.names[key] = stamp
	if old, err := hex.DecodeString(f.digest); err == nil {
		algorithm := map[int]string{32: "sha256-", 48: "sha384-", 64: "sha512-"}[len(old)]
		r.stamps.integrity[algorithm+base64.StdEncoding.EncodeToString(old)] =
			"sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	if r.stamps.changed[base] {
		r.stamps.change(newBase)
	}
	w.stats.Stamped++
	return nil
}

// sameHash says whether a file has the given hash, or does not exist.
func sameHash(name string, sum [32]byte) (bool, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("read file to hash: %w", err)
	}
	return sha256.Sum256(b) == sum, nil
}

func (r *run) name(slashed string) string {
	return filepath.Join(r.opts.Dir, filepath.FromSlash(slashed))
}

// keyOf returns the part of a hashed name by which others name it: the
// directory may be written in many ways, the digest and the extension only so.
func keyOf(name string) string {
	base := path.Base(name)
	from, _, ext, _ := nextDigest(base, 0)
	return base[from:ext]
}

// restamp returns b with the new names of hashed files for the old. It is b
// itself if there are none, and otherwise valid until the next call.
func (w *worker) restamp(b []byte) []byte {
	if len(w.stamps.names) == 0 {
		return b
	}
	w.stamped = w.stamps.restamp(w.stamped[:0], b)
	return w.stamped
}

// restamp appends b to out, with the new names of hashed files for the old.
func (s *stamps) restamp(out, b []byte) []byte {
	if len(s.names) == 0 {
		return append(out, b...)
	}
	done := 0
	for i := 0; ; {
		from, to, ext, ok := nextDigest(b, i)
		if !ok {
			return append(out, b[done:]...)
		}
		i = to
		if stamp, ok := s.names[string(b[from:ext])]; ok {
			out = append(append(out, b[done:from]...), stamp...)
			done = to
		}
	}
}

// reseal returns a page with the integrity attributes of hashed files brought
// up to date, and reports those that fit no file.
func (w *worker) reseal(b []byte) []byte {
	if len(w.stamps.changed) == 0 {
		return b
	}
	next := integrity(b, 0)
	if next < 0 {
		return b
	}
	out, done := w.sealed[:0], 0
	s := &w.after.s
	s.reset(b)
	for {
		k := s.next()
		if s.start > next {
			next = integrity(b, s.start)
		}
		if k == end || next < 0 {
			break
		}
		if k != startTag {
			continue
		}
		sum := find(s.attrs, "integrity")
		if sum == nil {
			continue
		}
		ref := find(s.attrs, "href")
		if ref == nil {
			ref = find(s.attrs, "src")
		}
		var fresh []byte
		stale := false
		for old := range bytes.FieldsSeq(w.after.decode(sum, true)) {
			now, ok := w.stamps.integrity[string(old)]
			stale = stale || !ok
			fresh = append(append(fresh, ' '), now...)
		}
		name := baseOf(string(w.after.decode(ref, true)))
		switch {
		case !stale:
			at := cap(b) - cap(sum) // where the value stands in b
			out = append(append(out, b[done:at]...), fresh[1:]...)
			done = at + len(sum)
		case w.stamps.changed[name]:
			w.report(assetIntegrity, "the integrity attribute of %s does not fit the file", name)
		}
	}
	if done == 0 {
		return b
	}
	w.sealed = append(out, b[done:]...)
	return w.sealed
}

// integrity returns the offset of the next "integrity" in b from i on, or -1.
// Its "y" is the rarest letter of it in a page; bytes.Index looks for the "i".
func integrity(b []byte, i int) int {
	const before = "integrit"
	for {
		n := bytes.IndexByte(b[i:], 'y')
		if n < 0 {
			return -1
		}
		i += n
		if bytes.HasSuffix(b[:i], []byte(before)) {
			return i - len(before)
		}
		i++
	}
}

// baseOf returns the file name in an address.
func baseOf(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	return path.Base(address)
}
