package hugo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func waitForPids(t *testing.T, dir string) []int {
	for range 500 {
		var hugo, child int
		if data, err := os.ReadFile(filepath.Join(dir, "pids")); err == nil {
			fmt.Sscan(string(data), &hugo, &child)
			return []int{hugo, child}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the fake Hugo did not start")
	return nil
}

// gone reports whether a process has ended within a while.
func gone(pid int) bool {
	for range 500 {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || bytes.Contains(data, []byte(") Z ")) {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

// kill -9 of the tool takes Hugo with it.
func TestRunGroupDiesWithUs(t *testing.T) {
	if dir := os.Getenv("TEST_RUN_HANGING"); dir != "" {
		runGroup(exec.CommandContext(t.Context(), filepath.Join(dir, "hugo"), "build"))
		return
	}
	dir := program(t, "hugo", map[string]string{"hang": "yes"})
	us := exec.Command(os.Args[0], "-test.run=^TestRunGroupDiesWithUs$")
	us.Env = append(os.Environ(), "TEST_RUN_HANGING="+dir)
	if err := us.Start(); err != nil {
		t.Fatal(err)
	}
	pids := waitForPids(t, dir)
	if err := us.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	us.Wait()
	if len(pids) == 0 {
		return
	}
	if !gone(pids[0]) {
		t.Errorf("process %d is still there", pids[0])
	}
	// Hugo starts nothing itself; the fake's child is ours to end.
	if child, err := os.FindProcess(pids[1]); err == nil {
		child.Kill()
	}
}

// Ctrl-C ends Hugo and what it started.
func TestRenderCancelled(t *testing.T) {
	cfg, dir := fakeConfig(t, map[string]string{"hang": "yes"})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		waitForPids(t, dir)
		cancel()
	}()
	start := time.Now()
	_, _, err := Render(ctx, cfg)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want context.Canceled", err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v to end", d)
	}
	for _, pid := range waitForPids(t, dir) {
		if !gone(pid) {
			t.Errorf("process %d is still there", pid)
		}
	}
}
