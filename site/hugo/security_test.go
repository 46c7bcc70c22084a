package hugo

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestExpiry(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct{ expires, want string }{
		{`2027-11-01T00:00:00Z`, ""},
		{`2027-01-23T00:00:00Z`, ""},
		{`2027-01-22T00:00:00Z`, "hugo.toml:2:1: security.txt expires on 2027-01-22 (security-expiring)"},
		{`2026-11-23T13:00:00+01:00`, "hugo.toml:2:1: security.txt expired on 2026-11-23 (security-expired)"},
		{`2026-11-23`, "hugo.toml:2:1: security.txt expired on 2026-11-23 (security-expired)"},
		{`2025-11-23T00:00:00`, "hugo.toml:2:1: security.txt expired on 2025-11-23 (security-expired)"},
		{`"2027-11-01T00:00:00Z"`, ""},
		{`"next year"`, "hugo.toml:2:1: next year is no date on which security.txt expires (security-expired)"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, configFile), []byte("[params.security]\nexpires = "+test.expires+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		settings, _, err := ReadConfig(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range settings.Expiry(now) {
			got += d.Pos.String() + ": " + d.Message + " (" + d.Rule + ")"
		}
		if got != test.want {
			t.Errorf("expires %s: got %q, want %q", test.expires, got, test.want)
		}
	}
	if ds := (Settings{}).Expiry(now); len(ds) > 0 {
		t.Errorf("without security.txt: got %v", ds)
	}
}
