package datadir

import "context"

// ctxOf returns the context of a process that is no test.
func ctxOf() context.Context { return context.Background() }
