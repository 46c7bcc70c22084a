package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clinicblog/site"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"clinicblog": main})
}

// Each script starts in a copy of this repository's own project, with the Hugo
// that a build here would run.
func TestScripts(t *testing.T) {
	hugo, err := site.HugoPath(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	commands := maps.Clone(serveCommands)
	commands["append"], commands["json"], commands["replace"] = appendText, checkJSON, replaceText
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CLINICBLOG_HUGO", hugo)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("NL", "\n")
			// Hugo's image cache and the like; the project's own are elsewhere.
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			for _, part := range []string{"layouts", "assets", "i18n", "data", "static", "content"} {
				if _, err := os.Stat(filepath.Join(root, part)); os.IsNotExist(err) {
					continue
				}
				if err := os.CopyFS(filepath.Join(env.WorkDir, part), os.DirFS(filepath.Join(root, part))); err != nil {
					return err
				}
			}
			config, err := os.ReadFile(filepath.Join(root, "hugo.toml"))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "hugo.toml"), config, 0o644)
		},
		Cmds: commands,
	})
}

// append FILE TEXT: adds a line to a file.
func appendText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE TEXT")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o644)
	ts.Check(err)
	_, err = f.WriteString(args[1] + "\n")
	ts.Check(err)
	ts.Check(f.Close())
}

// replace FILE OLD NEW: changes the first occurrence, which must exist.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	changed := strings.Replace(text, args[1], args[2], 1)
	if changed == text {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(changed), 0o644))
}

// json FILE KEY WANT: a top-level key of a JSON object, as text.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: json FILE KEY WANT")
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &object); err != nil {
		ts.Fatalf("%s is not JSON: %v", args[0], err)
	}
	if got := string(object[args[1]]); got != args[2] {
		ts.Fatalf("%s of %s is %s, want %s", args[1], args[0], got, args[2])
	}
}
