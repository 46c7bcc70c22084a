package deploy

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"time"
)

// A request is tried this often, and has so long each time; backoff is the
// longest wait between two. A test has no time to wait.
const (
	attempts = 6
	patience = 2 * time.Minute
)

var backoff = 20 * time.Second

// again does what failed for a moment once more, for stores whose library does
// not.
func again(ctx context.Context, transient func(error) bool, do func(context.Context) error) error {
	for try := 1; ; try++ {
		err := patiently(ctx, do)
		var name *net.DNSError
		if err == nil || try == attempts || ctx.Err() != nil || !transient(err) || errors.As(err, &name) && name.IsNotFound {
			return err
		}
		// Many fail at the same moment, and must not all come back at the same.
		wait := min(backoff, time.Second<<try)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + rand.N(wait/2)):
		}
	}
}

func patiently(ctx context.Context, do func(context.Context) error) error {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return do(ctx)
}
