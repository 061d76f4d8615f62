package bench

import (
	"runtime"
	"syscall"
	"time"
)

// Meter measures what a stretch of work costs this process.
type Meter struct {
	began time.Time
	cpu   time.Duration
}

// StartMeter begins to measure.
func StartMeter() Meter { return Meter{time.Now(), processTime()} }

// Stop returns the time that has passed and the processor time that the
// process has used since the meter was started.
func (m Meter) Stop() Cost { return Cost{time.Since(m.began), processTime() - m.cpu} }

// Cost is the price of some work.
type Cost struct{ Wall, CPU time.Duration }

// rate returns how many of n things were done in a second of d.
func rate(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}

// processTime returns the processor time that the process has used so far.
func processTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// PeakMemory returns the most memory that the process has held in RAM so far,
// in megabytes, pages of mapped files included.
func PeakMemory() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" { // counts in bytes, others in kilobytes
		return float64(u.Maxrss) / 1e6
	}
	return float64(u.Maxrss) * 1024 / 1e6
}
