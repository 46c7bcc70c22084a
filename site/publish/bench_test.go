//go:build unix

package publish

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// BenchmarkCommit replaces a published site by one in which every file of
// 20 kB differs, and says where the time goes. Filling the stage is not
// counted. The first check runs beside the rendering in a real build.
func BenchmarkCommit(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dest := fresh(b)
			fill := func(s *Stage) {
				text := make([]byte, 20_000)
				for i := range n {
					for j := range 40 {
						text[j*500] = byte('a' + rand.N(26))
					}
					dir := filepath.Join(s.Dir(), fmt.Sprintf("articles/page-%05d", i))
					if err := os.MkdirAll(dir, 0o777); err != nil {
						b.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, "index.html"), text, 0o666); err != nil {
						b.Fatal(err)
					}
				}
			}
			s := open(b, dest)
			fill(s)
			if _, err := s.Commit(b.Context()); err != nil {
				b.Fatal(err)
			}
			spent, busy := map[string]time.Duration{}, map[string]time.Duration{}
			timed := func(name string, do func() error) {
				start, cpu := time.Now(), processorTime()
				if err := do(); err != nil {
					b.Fatal(name, err)
				}
				spent[name] += time.Since(start)
				busy[name] += processorTime() - cpu
			}
			for b.Loop() {
				b.StopTimer()
				s := open(b, dest)
				fill(s)
				var m Manifest
				var old string
				timed("check", func() error { return s.CheckDest(b.Context()) })
				b.StartTimer()
				timed("hash", func() (err error) { m, err = s.seal(b.Context()); return err })
				timed("sync", func() error { return syncTree(b.Context(), s.Dir(), m) })
				timed("recheck", func() error { return s.CheckDest(b.Context()) })
				timed("swap", func() (err error) { old, err = s.swap(); return err })
				timed("syncdir", func() error { return syncDir(filepath.Dir(dest)) })
				timed("delete", func() error {
					if k := s.retire(old, s.seen); k != nil {
						return k
					}
					return s.Abort()
				})
			}
			for name, d := range spent {
				b.ReportMetric(float64(d.Microseconds())/1000/float64(b.N), name+"-ms")
				b.ReportMetric(float64(busy[name].Microseconds())/1000/float64(b.N), name+"-cpu-ms")
			}
		})
	}
}

func processorTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
