package hugo

import (
	"os/exec"
	"runtime"
	"time"
)

// runGroup runs a command of exec.CommandContext to its end. When the context
// is cancelled, the command and all it started are killed. On Linux they are
// killed too when this process dies, however it dies.
func runGroup(cmd *exec.Cmd) error {
	setGroup(cmd)
	cmd.Cancel = func() error { return killGroup(cmd) }
	cmd.WaitDelay = 2 * time.Second // for a grandchild that holds the pipe open
	// The kernel ties the child's life to the thread that started it, so that
	// thread must live as long.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return cmd.Run()
}
