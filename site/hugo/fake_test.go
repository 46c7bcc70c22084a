package hugo

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The test binary plays Hugo and Go when it is started under their names.
// Hugo has no environment to tell it what to do, so files beside the program
// do: version, log, exit, pages; it writes args and env there.
func TestMain(m *testing.M) {
	switch strings.TrimSuffix(filepath.Base(os.Args[0]), exe) {
	case "hugo":
		os.Exit(fakeHugo(filepath.Dir(os.Args[0])))
	case "go":
		os.Exit(fakeGo(filepath.Dir(os.Args[0])))
	}
	os.Exit(m.Run())
}

func beside(dir, name, fallback string) string {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return fallback
	}
	return string(data)
}

func fakeHugo(dir string) int {
	if os.Args[1] == "hang" || beside(dir, "hang", "") != "" && os.Args[1] == "build" {
		if os.Args[1] == "build" {
			child := exec.Command(os.Args[0], "hang")
			if err := child.Start(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			pids := fmt.Sprintf("%d %d", os.Getpid(), child.Process.Pid)
			os.WriteFile(filepath.Join(dir, "pids.tmp"), []byte(pids), 0o644)
			os.Rename(filepath.Join(dir, "pids.tmp"), filepath.Join(dir, "pids"))
		}
		time.Sleep(time.Minute)
		return 0
	}
	if os.Args[1] == "version" {
		fmt.Print(beside(dir, "version", "hugo "+Pin+"+withdeploy linux/amd64 BuildDate=unknown\n"))
		return 0
	}
	os.WriteFile(filepath.Join(dir, "args"), []byte(strings.Join(os.Args[1:], "\n")), 0o644)
	os.WriteFile(filepath.Join(dir, "env"), []byte(strings.Join(os.Environ(), "\n")), 0o644)
	for i, a := range os.Args {
		if a == "--destination" {
			if list := beside(dir, "pages", ""); list != "" {
				writeFile(filepath.Join(os.Args[i+1], listFile), []byte(list))
			}
		}
	}
	fmt.Fprint(os.Stderr, beside(dir, "log", ""))
	code, _ := strconv.Atoi(beside(dir, "exit", "0"))
	return code
}

// fakeGo installs a fake Hugo, and counts how often it does.
func fakeGo(dir string) int {
	if why := beside(dir, "offline", ""); why != "" {
		fmt.Fprintln(os.Stderr, why)
		return 1
	}
	f, err := os.OpenFile(filepath.Join(dir, "installs"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		fmt.Fprintln(f, strings.Join(os.Args[1:], " "), "CGO_ENABLED="+os.Getenv("CGO_ENABLED"), "GOFLAGS="+os.Getenv("GOFLAGS"))
		f.Close()
	}
	time.Sleep(300 * time.Millisecond)
	if v := beside(dir, "builds", ""); v != "" {
		os.WriteFile(filepath.Join(os.Getenv("GOBIN"), "version"), []byte(v), 0o644)
	}
	self, err := os.Executable()
	if err != nil {
		return 1
	}
	in, err := os.Open(self)
	if err != nil {
		return 1
	}
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(os.Getenv("GOBIN"), "hugo"+exe), os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return 1
	}
	if _, err := io.Copy(out, in); err != nil {
		return 1
	}
	if out.Close() != nil {
		return 1
	}
	return 0
}

// program makes a fake program in a folder of its own, which it returns.
func program(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, name+exe)); err != nil {
		t.Fatal(err)
	}
	writeTree(t, dir, files)
	return dir
}

func writeTree(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
