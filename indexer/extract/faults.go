package extract

import (
	"errors"
	"fmt"
)

// faults are what is wrong with parts of a document, of which the rest can be
// read: the first fault, and how many more there are.
type faults struct {
	first error
	more  int
}

// note takes in an error of reading a part, which is named. It returns what
// ends the reading of the whole document: that a limit is exceeded, or that the
// document is sealed.
func (f *faults) note(part string, err error) error {
	var limit fault
	switch {
	case err == nil:
	case errors.As(err, &limit):
		return err
	case f.first == nil:
		f.first = fmt.Errorf("%s: %w", part, err)
	default:
		f.more++
	}
	return nil
}

// err returns them as an error, nil when there are none.
func (f *faults) err() error {
	if f.more > 0 {
		return fmt.Errorf("%w, and %d more parts", f.first, f.more)
	}
	return f.first
}
