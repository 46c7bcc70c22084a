// Package pack puts compressed twins beside the files of a finished site, for
// servers that send them as they are: index.html.br beside index.html. A twin
// is made only where it is smaller, and looks the same whenever it is made.
//
// The best compression is slow, and most files of a site are those of the build
// before: twins are kept in a cache under the hash of what they are made from.
// A twin from the cache is unpacked and compared before it is used, so that a
// damaged one is made anew and never published.
package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"clinicblog/site/cache"
)

// recipe is part of a twin's name in the cache: a change of a library or of a
// level makes all of them anew.
const recipe = "1"

// least is the size in bytes from which a twin can save a packet.
const least = 512

// Options say what is packed.
type Options struct {
	Dir     string   // of the site
	Files   []string // below it, with slashes; of formats that are not compressed already
	Codings []string // "br", "gz", "zst"
	Cache   cache.Folder
}

// Stats count twins.
type Stats struct {
	Twins int // written
	Hits  int // of them from the cache
}

// Run writes the twins. It works on as many files at a time as there are
// processors; an error says which file could not be read or written.
func Run(ctx context.Context, opts Options) (Stats, error) {
	var twins, hits atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, file := range opts.Files {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			name := filepath.Join(opts.Dir, filepath.FromSlash(file))
			src, err := os.ReadFile(name)
			if err != nil {
				return fmt.Errorf("read file to compress: %w", err)
			}
			if len(src) < least {
				return nil
			}
			for _, coding := range opts.Codings {
				packed, hit, err := opts.twin(src, coding)
				if err != nil {
					return fmt.Errorf("compress %s: %w", file, err)
				}
				if len(packed) >= len(src) {
					continue
				}
				if err := os.WriteFile(name+"."+coding, packed, 0o644); err != nil {
					return fmt.Errorf("write compressed file: %w", err)
				}
				twins.Add(1)
				if hit {
					hits.Add(1)
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return Stats{Twins: int(twins.Load()), Hits: int(hits.Load())}, err
}

// twin returns src in a coding, and whether the cache had it.
func (o Options) twin(src []byte, coding string) (packed []byte, hit bool, err error) {
	sum := sha256.Sum256(src)
	key := recipe + "-" + hex.EncodeToString(sum[:]) + "." + coding
	if packed, ok := o.Cache.Get(key); ok && same(packed, src, coding) {
		return packed, true, nil
	}
	if packed, err = compress(src, coding); err != nil {
		return nil, false, err
	}
	o.Cache.Put(key, packed)
	return packed, false, nil
}

func compress(src []byte, coding string) ([]byte, error) {
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch coding {
	case "br":
		w = brotli.NewWriterLevel(&b, brotli.BestCompression)
	case "gz":
		w, err = gzip.NewWriterLevel(&b, gzip.BestCompression)
	case "zst":
		w, err = zstd.NewWriter(&b, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	default:
		err = fmt.Errorf("there is no coding %q", coding)
	}
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(src); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// same reports whether a twin unpacks to src, and to nothing more.
func same(packed, src []byte, coding string) bool {
	var r io.Reader
	switch coding {
	case "br":
		r = brotli.NewReader(bytes.NewReader(packed))
	case "gz":
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return false
		}
		r = z
	case "zst":
		z, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return false
		}
		defer z.Close()
		r = z
	default:
		return false
	}
	got, err := io.ReadAll(io.LimitReader(r, int64(len(src))+1))
	return err == nil && bytes.Equal(got, src)
}
