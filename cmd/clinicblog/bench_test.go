//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"clinicblog/site"
)

// BenchmarkBuild measures `clinicblog build` beside bare `hugo --minify` on the
// same sources, in turns within one run, at 100, 1,000 and 10,000 articles:
//
//	go test -run '^$' -bench Build -benchtime 3x -timeout 30m ./cmd/clinicblog
//
// It reports medians: seconds of wall and CPU time, peak memory in MB of the
// whole process tree, and the ratios of ours to Hugo's.
func BenchmarkBuild(b *testing.B) {
	hugo, err := site.HugoPath(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	tool := filepath.Join(b.TempDir(), "clinicblog")
	if out, err := exec.Command("go", "build", "-o", tool, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			source := b.TempDir()
			if err := generate(source, n); err != nil {
				b.Fatal(err)
			}
			var ours, bare []cost
			for range b.N {
				out := filepath.Join(b.TempDir(), "public")
				bare = append(bare, measure(b, hugo, "build", "--source", source, "--destination", out, "--minify", "--noBuildLock"))
				ours = append(ours, measure(b, tool, "build", "--source", source, "--destination", out+"-verified", "--hugo", hugo))
				for _, dir := range []string{out, out + "-verified"} {
					if err := os.RemoveAll(dir); err != nil {
						b.Fatal(err)
					}
				}
			}
			o, h := median(ours), median(bare)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(o.wall, "wall-s")
			b.ReportMetric(h.wall, "hugo-wall-s")
			b.ReportMetric(o.wall/h.wall, "wall-ratio")
			b.ReportMetric(o.cpu, "cpu-s")
			b.ReportMetric(o.cpu/h.cpu, "cpu-ratio")
			b.ReportMetric(o.peak, "peak-MB")
			b.ReportMetric(o.peak-h.peak, "peak-over-hugo-MB")
		})
	}
}

// BenchmarkCheck measures `clinicblog check` of the sources at 1,000 and 10,000
// articles, in seconds and MB:
//
//	go test -run '^$' -bench Check -benchtime 3x -timeout 30m ./cmd/clinicblog
func BenchmarkCheck(b *testing.B) {
	tool := filepath.Join(b.TempDir(), "clinicblog")
	if out, err := exec.Command("go", "build", "-o", tool, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	for _, n := range []int{1_000, 10_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			source := b.TempDir()
			if err := generate(source, n); err != nil {
				b.Fatal(err)
			}
			var costs []cost
			for range b.N {
				costs = append(costs, measure(b, tool, "check", "--source", source, "--built=false", "--clock", "2026-11-24"))
			}
			c := median(costs)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(c.wall, "wall-s")
			b.ReportMetric(c.cpu, "cpu-s")
			b.ReportMetric(c.peak, "peak-MB")
		})
	}
}

// The site that the benchmarks build has no fault: else they measure nothing, and
// check sees one in a page that only repeats itself.
func TestGenerated(t *testing.T) {
	source := t.TempDir()
	if err := generate(source, 50); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if status := run([]string{"check", "--source", source, "--built=false", "--clock", "2026-11-24"}, &out, &out); status != 0 {
		t.Errorf("check ends with %d:\n%s", status, &out)
	}
}

// cost is the wall and CPU time of a process tree in seconds, and its peak
// memory in MB.
type cost struct{ wall, cpu, peak float64 }

func median(costs []cost) cost {
	pick := func(field func(cost) float64) float64 {
		values := make([]float64, len(costs))
		for i, c := range costs {
			values[i] = field(c)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return cost{
		pick(func(c cost) float64 { return c.wall }),
		pick(func(c cost) float64 { return c.cpu }),
		pick(func(c cost) float64 { return c.peak }),
	}
}

func measure(b *testing.B, name string, args ...string) cost {
	b.Helper()
	cmd := exec.Command(name, args...)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	start := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	done, peak := make(chan struct{}), make(chan float64)
	go func() {
		most := 0.0
		for {
			most = max(most, treeMemory(cmd.Process.Pid))
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	err := cmd.Wait()
	wall := time.Since(start).Seconds()
	close(done)
	if err != nil {
		b.Fatalf("%s: %v\n%s", name, err, log.String())
	}
	c := cost{wall: wall, peak: <-peak}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.cpu = float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9 // of the tree: children that were waited for count
	}
	return c
}

// treeMemory is the resident memory, in MB, of a process and its children; 0
// where there is no /proc.
func treeMemory(pid int) float64 {
	total := 0.0
	if statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid)); err == nil {
		if fields := strings.Fields(string(statm)); len(fields) > 1 {
			pages, _ := strconv.Atoi(fields[1])
			total = float64(pages) * float64(os.Getpagesize()) / 1e6
		}
	}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		children, _ := os.ReadFile(task)
		for _, child := range strings.Fields(string(children)) {
			if id, err := strconv.Atoi(child); err == nil {
				total += treeMemory(id)
			}
		}
	}
	return total
}

// generate writes a project with n articles of about 1,200 words: eight
// headings, lists, links, citations and a FAQ of five questions each. The same
// n gives the same bytes.
func generate(dir string, n int) error {
	root := filepath.Join("..", "..")
	for _, part := range []string{"layouts", "assets", "i18n", "data", "static", "hugo.toml", "content/people", "content/groups", "content/_index.md", "content/search.md", "content/articles/_index.md"} {
		from, to := filepath.Join(root, part), filepath.Join(dir, part)
		info, err := os.Stat(from)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		if info.IsDir() {
			err = os.CopyFS(to, os.DirFS(from))
		} else {
			var src []byte
			if src, err = os.ReadFile(from); err == nil {
				err = writeTo(to, string(src))
			}
		}
		if err != nil {
			return err
		}
	}
	for _, page := range []string{"about", "editorial-policy", "privacy"} {
		if err := writeTo(filepath.Join(dir, "content", page+".md"), fmt.Sprintf("---\ntitle: %s\ndescription: The page %s of a generated site, which other pages link to.\n---\nText.\n", page, page)); err != nil {
			return err
		}
	}
	if err := writeTo(filepath.Join(dir, "content/faq.md"), "---\ntitle: FAQ\ndescription: The questions of a generated site, which other pages link to.\n---\n## Is it generated?\n\nYes.\n"); err != nil {
		return err
	}
	if err := writeTo(filepath.Join(dir, "content/articles/benefits-of-group-therapy-in-an-iop/index.md"), article(0, n)); err != nil {
		return err
	}
	for i := 1; i < n; i++ {
		if err := writeTo(filepath.Join(dir, fmt.Sprintf("content/articles/article-%05d.md", i)), article(i, n)); err != nil {
			return err
		}
	}
	return nil
}

func writeTo(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

// What the sentences of generated articles are made of. They are plain ones, since
// check would find fault with words in any order.
var (
	people = strings.Split("the group|a new member|your therapist|each person|a friend|the team|one of us|your family|the circle|somebody|a neighbor|the first speaker", "|")
	deeds  = strings.Split("listens|speaks|waits|comes back|sits down|reads a page|takes a walk|asks a question|writes a letter|makes tea|tells a story|learns a skill", "|")
	places = strings.Split("in the quiet room|by the window|at the table|on the porch|near the door|in the garden|at home|on the phone|by the river|in the hall|at the clinic|under the trees", "|")
	times  = strings.Split("in the morning|after lunch|before the session|every week|on most days|in the evening|once a month|during the break|at the start|at the end|now and then|for an hour", "|")
)

func article(i, n int) string {
	r := rand.New(rand.NewPCG(uint64(i), 2026))
	one := func(of []string) string { return of[r.IntN(len(of))] }
	clause := func() string { return one(people) + " " + one(deeds) + " " + one(places) }
	capital := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	heading := func() string { return capital(one(people) + " " + one(deeds)) }
	item := func() string { return capital(clause()) }
	paragraph := func(count int) string {
		s := make([]string, count)
		for j := range s {
			s[j] = item() + " " + one(times) + ", and " + one(people) + " " + one(deeds) + "."
		}
		return strings.Join(s, " ")
	}
	var b strings.Builder
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%2000)
	fmt.Fprintf(&b, "---\ntitle: %s %d\ndescription: %s and %s, as article %d tells.\nauthor: editorial-team\ndate: %s\nkeywords: [groups, care]\n---\n",
		heading(), i, item(), clause(), i, day.Format("2006-01-02"))
	for h := range 6 {
		fmt.Fprintf(&b, "## %s %d\n\n%s It holds for *many* people and **some** groups.[](ref:mccarty-2014)\n\n%s\n\n", heading(), h, paragraph(4), paragraph(3))
		fmt.Fprintf(&b, "- %s\n- %s, see [another page](/articles/%s/)\n- %s\n\n", item(), item(), slug(r.IntN(n)), item())
	}
	b.WriteString("## Frequently asked questions\n\n")
	for q := range 5 {
		fmt.Fprintf(&b, "### When is it that %s, as article %d asks in part %d?\n\n%s\n\n- %s\n- [%s](/groups/process/)\n\n", clause(), i, q, paragraph(2), item(), heading())
	}
	return b.String()
}

func slug(i int) string {
	if i == 0 {
		return "benefits-of-group-therapy-in-an-iop"
	}
	return fmt.Sprintf("article-%05d", i)
}
