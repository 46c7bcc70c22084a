package publish

import (
	"fmt"
	"strings"
)

// shown is how many names a message lists.
const shown = 5

// LockedError says that another build has the destination.
type LockedError struct {
	Dest string
	PID  int // 0 when the other one has not said
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("another build is publishing to %s\n    wait for it to end, then build again", e.Dest)
	}
	return fmt.Sprintf("another build is publishing to %s (process %d)\n    wait for it to end, then build again", e.Dest, e.PID)
}

// DestError says that nothing can be published to a path, and what to do.
type DestError struct {
	Path    string
	Problem string // follows the path: "is a file"
	Remedy  string // an imperative
	Err     error  // nil if the problem says it all
}

func (e *DestError) Error() string {
	msg := e.Path + " " + e.Problem
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	return msg + "\n    " + e.Remedy
}

func (e *DestError) Unwrap() error { return e.Err }

// ForeignError says that the destination holds files that we did not write, or
// that are not as we wrote them. Nothing was changed.
type ForeignError struct {
	Dest        string
	Files       []Change // the first few
	Count       int      // all of them
	NotOurs     bool     // the folder has no manifest: no build has published there
	BadManifest bool     // it has one that cannot be read
}

func (e *ForeignError) Error() string {
	names := make([]string, len(e.Files))
	for i, c := range e.Files {
		names[i] = c.String()
	}
	list := listed(names, e.Count)
	switch {
	case e.BadManifest:
		return fmt.Sprintf("%s holds %s and its list of what was published, %s, cannot be read: %s\n    move or delete the folder, then build again", e.Dest, files(e.Count), ManifestName, list)
	case e.NotOurs:
		return fmt.Sprintf("%s holds %s and was not published by clinicblog: %s\n    move or delete the folder, or choose another destination, then build again", e.Dest, files(e.Count), list)
	}
	return fmt.Sprintf("%s holds %s that clinicblog did not write as %s: %s\n    move or delete %s, then build again", e.Dest, files(e.Count), plural(e.Count, "it is", "they are"), list, plural(e.Count, "it", "them"))
}

// KeptError says that files which were not ours came into a site so late that
// it was not published any more. They were moved, not deleted.
type KeptError struct {
	Dest   string
	Folder string   // where they are now
	Files  []string // the first few, relative to Folder
	Count  int      // all of them
	Err    error    // what kept files of ours from being deleted; they are among Files
}

func (e *KeptError) Error() string {
	msg := fmt.Sprintf("%s in %s %s not written by clinicblog and came in during a build; moved to %s: %s",
		files(e.Count), e.Dest, plural(e.Count, "was", "were"), e.Folder, listed(e.Files, e.Count))
	if e.Err != nil {
		msg = fmt.Sprintf("delete the old site of %s: %v; %s left in %s: %s",
			e.Dest, e.Err, files(e.Count), e.Folder, listed(e.Files, e.Count))
	}
	return msg + "\n    look through that folder, then delete it"
}

func (e *KeptError) Unwrap() error { return e.Err }

func files(n int) string { return fmt.Sprintf("%d %s", n, plural(n, "file", "files")) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func listed(names []string, count int) string {
	list := strings.Join(names, ", ")
	if more := count - len(names); more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return list
}
