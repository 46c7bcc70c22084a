// Command clinicblog builds a behavioural-health clinic's site: articles, FAQ
// markup and group-type pages, minified, verified and swapped into public/.
//
// Exit status: 0 the site is built, 1 the content is wrong, 2 the tool could
// not work.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

func main() {
	// Most of what a build allocates is garbage soon after: collecting it less
	// often saves a seventh of the time of a large site.
	debug.SetGCPercent(400)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// errContent says that findings were printed already.
var errContent = errors.New("the content is wrong")

func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := command()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errContent):
		return 1
	case ctx.Err() != nil && !errors.Is(err, errStopped):
		fmt.Fprintln(stderr, "clinicblog: stopped; what is published is unchanged")
	default:
		fmt.Fprintf(stderr, "clinicblog: %v\n", err)
	}
	return 2
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:   "clinicblog",
		Short: "Build a clinic's site from Markdown: checked, minified, verified",
		Long: `clinicblog builds a behavioural-health clinic's site from Markdown.

What is wrong in a source is reported as file:line:col before anything is
published; what is published was checked on its final bytes; a build that
fails changes nothing.

Exit status: 0 built, 1 the content is wrong, 2 the tool could not work.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(buildCommand(), checkCommand(), reportCommand(), serveCommand(), reviewCommand(), dueCommand(), linksCommand(), hostCommand(), deployCommand(), verifyCommand(), urlsCommand(), movedCommand(), retractCommand(), explainCommand(), versionCommand())
	return root
}
