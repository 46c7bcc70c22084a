package hugo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"golang.org/x/mod/semver"
)

// The layouts need css.Build and the driver needs the configuration key
// `locale`: both came with v0.158.0. What keeps content from reading the
// machine (security.allowContent, no symbolic links below a mount) came bit by
// bit up to v0.165.0, the only release that the tests have seen, and pages are
// the same byte for byte only from one release. From v0.166.0 on Hugo needs a
// newer Go to build.
const (
	Pin = "v0.165.0" // installed when no other is found
	Min = "v0.165.0" // oldest that is accepted
	Max = "v0.166.0" // oldest that is too new
)

// SupportedRange returns the versions that are accepted, for messages.
func SupportedRange() string {
	return fmt.Sprintf(">= %s, < %s", Min, Max)
}

// supported reports whether a version may be used. A pre-release, such as
// v0.165.0-DEV, is older than its release.
func supported(version string) bool {
	return semver.Compare(version, Min) >= 0 && semver.Compare(version, Max) < 0
}

// hugo v0.165.0-a1b2c3+extended+withdeploy linux/amd64 BuildDate=…
var versionLine = regexp.MustCompile(`^hugo (v\d+\.\d+\.\d+)(-DEV)?[-+ ]`)

func parseVersion(out string) (string, error) {
	m := versionLine.FindStringSubmatch(out)
	if m == nil {
		line, _, _ := strings.Cut(strings.TrimSpace(out), "\n")
		return "", fmt.Errorf("is not Hugo: its version reads %q", line)
	}
	return m[1] + m[2], nil
}

// askVersion runs `hugo version`.
func askVersion(ctx context.Context, path string) (string, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, 20*time.Second, errors.New("no answer in 20 s"))
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = []string{"TZ=UTC"}
	out := &limited{max: 1 << 12}
	cmd.Stdout = out
	if err := runGroup(cmd); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return "", fmt.Errorf("does not answer `hugo version`: %w", err)
	}
	return parseVersion(out.String())
}

// lastLines returns the last n lines of a program's output, indented below an
// error message.
func lastLines(out string, n int) string {
	var lines []string
	for s := bufio.NewScanner(strings.NewReader(ansi.ReplaceAllString(out, ""))); s.Scan(); {
		if strings.TrimSpace(s.Text()) != "" {
			lines = append(lines, s.Text())
		}
	}
	var b strings.Builder
	for _, l := range lines[max(0, len(lines)-n):] {
		b.WriteString("\n    " + l)
	}
	return b.String()
}
