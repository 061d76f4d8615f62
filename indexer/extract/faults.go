package extract

import (
	"errors"
	"fmt"

	"rapport/corpus"
)

// faults are what is wrong with parts of a document, of which the rest can be
// read: the first fault, and how many more there are.
type faults struct {
	first error
	more  int
}

// note takes in an error of reading a part, which is named. It returns what
// ends the reading of the whole document: that a limit is exceeded, or that the
// document is sealed. A part that is no text, whatever it says, ends nothing.
func (f *faults) note(part string, err error) error {
	var limit fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &limit) && (limit.reason == corpus.SkipBinary || limit.reason == corpus.SkipEncoding):
		err = fmt.Errorf("it cannot be read as text (%s)", limit)
	case errors.As(err, &limit):
		return err
	}
	if f.first != nil {
		f.more++
		return nil
	}
	f.first = fmt.Errorf("%s: %w", part, err)
	return nil
}

// err returns them as an error, nil when there are none.
func (f *faults) err() error {
	switch {
	case f.more == 1:
		return fmt.Errorf("%w, and 1 more part", f.first)
	case f.more > 1:
		return fmt.Errorf("%w, and %d more parts", f.first, f.more)
	}
	return f.first
}

// add takes in what is wrong with other parts.
func (f *faults) add(o faults) {
	switch {
	case o.first == nil:
	case f.first == nil:
		*f = o
	default:
		f.more += 1 + o.more
	}
}
