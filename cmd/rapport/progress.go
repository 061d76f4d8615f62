package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressLine shows how far a run is: one line that is written over on a
// terminal, and a line now and then elsewhere. It is safe for concurrent use,
// and a writer of other lines.
type progressLine struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	quiet    bool
	last     time.Time
	shown    bool
}

// enoughDone is how many files must be done before their rate says something
// about the rest.
const enoughDone = 20

// How often progress is shown on a terminal and elsewhere.
const (
	terminalEvery = 100 * time.Millisecond
	plainEvery    = 10 * time.Second
)

func newProgressLine(g *globals, w io.Writer) *progressLine {
	return &progressLine{w: w, terminal: isTerminal(w), quiet: g.Quiet, last: time.Now()}
}

// show prints progress unless it was shown just now.
func (p *progressLine) show(s progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.Note != "" && !p.quiet {
		p.wipe()
		fmt.Fprintln(p.w, s.Note)
		return
	}
	every := plainEvery
	if p.terminal {
		every = terminalEvery
	}
	if p.quiet || time.Since(p.last) < every {
		return
	}
	p.last = time.Now()
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", s.line())
		p.shown = true
		return
	}
	fmt.Fprintln(p.w, s.line())
}

// soon is how long something may take before it is said.
const soon = time.Second

// unlessSoon calls say once when done is not called soon. After done it is not
// called, and has ended.
func unlessSoon(say func()) (done func()) {
	said := make(chan struct{})
	timer := time.AfterFunc(soon, func() { defer close(said); say() })
	return func() {
		if !timer.Stop() {
			<-said
		}
	}
}

// wait says on a terminal, unless done is called soon, what is waited for.
func (p *progressLine) wait(what string) (done func()) {
	said := unlessSoon(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.terminal && !p.quiet {
			fmt.Fprintf(p.w, "\r\x1b[K%s", what)
			p.shown = true
		}
	})
	return func() { said(); p.end() }
}

// end leaves the line.
func (p *progressLine) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wipe()
}

// Write writes other lines, in place of the line.
func (p *progressLine) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wipe()
	return p.w.Write(b)
}

// wipe takes the line away.
func (p *progressLine) wipe() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// line says how many files of how many are done, at what rate, and how long
// the rest will take when their number is known.
func (s progress) line() string {
	rate := 0.0
	if s.Seconds > 0 {
		rate = float64(s.Done) / s.Seconds
	}
	if s.Total == 0 {
		return fmt.Sprintf("%d of %d files so far, %.0f files/s, %.1f MB", s.Done, s.Seen, rate, float64(s.Bytes)/1e6)
	}
	left := "?"
	if s.Done >= enoughDone && rate > 0 {
		left = (time.Duration(float64(s.Total-s.Done)/rate) * time.Second).Round(time.Second).String()
	}
	return fmt.Sprintf("%d of %d files, %d%%, %.0f files/s, %s left", s.Done, s.Total, 100*s.Done/max(s.Total, 1), rate, left)
}
