package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// output is standard output. It remembers when something could not be written,
// as to a full disk, so that nobody takes a part of an answer for the whole.
type output struct {
	file   *os.File
	failed error
}

// Write writes to the file.
func (o *output) Write(p []byte) (int, error) {
	n, err := o.file.Write(p)
	if err != nil && o.failed == nil {
		o.failed = err
	}
	return n, err
}

// Fd returns the file's descriptor, by which it is known for a terminal.
func (o *output) Fd() uintptr { return o.file.Fd() }

// check reports what could not be written, and returns the exit code that is
// left then.
func (o *output) check(code int, w io.Writer) int {
	if o.failed == nil || errors.Is(o.failed, syscall.EPIPE) {
		return code
	}
	if code != exitFailed { // else it has been said
		fmt.Fprintln(w, "rapport: the answer is not whole:", o.failed)
	}
	return exitFailed
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(interface{ Fd() uintptr })
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// terminalWidth returns the characters in a line of the terminal that w is, 0
// when it is none or does not say.
func terminalWidth(w io.Writer) int {
	f, ok := w.(interface{ Fd() uintptr })
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
