package corpustest

import (
	"syscall"
	"time"
)

// ProcessorTime returns the processor time that the process has used so far.
// Unlike the time of day it does not go on while a busy machine does other work.
func ProcessorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
