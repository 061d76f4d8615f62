package bleve

import "runtime"

// The measures of what a question costs. A place is one word of a phrase, or
// of one side of a NEAR, that is looked for in one record; it takes about a
// tenth of a microsecond, and several times that with moves.
const (
	maxPlaces   = 3_000_000 // looked for by one evaluation, then it is refused
	slopEffort  = 4         // places that one is worth in a phrase with moves
	placeEffort = 8         // postings read in the time that one place takes
	dear        = 1_000_000 // postings of a question that has to wait for its turn
)

// A step is a position of a word that is read or compared in a record. It
// takes some nanoseconds; long records have many.
const (
	maxSteps    = 200_000_000 // taken by one evaluation, then it is refused
	stepsAtOnce = 20_000      // between looks at the deadline
	startSteps  = 16          // that the start of a phrase with moves is worth
)

// turns lets as many dear questions run at a time as there are processors to
// run them. Cheap questions do not wait for them.
type turns chan struct{}

func newTurns() turns { return make(turns, runtime.GOMAXPROCS(0)) }

// turn waits until the evaluation may run, which has been compiled, and
// returns what ends it.
func (e *evaluation) turn() (end func(), err error) {
	if e.postings < dear {
		return func() {}, nil
	}
	turns := e.view.index.turns
	select {
	case turns <- struct{}{}:
		return func() { <-turns }, nil
	case <-e.ctx.Done():
		return nil, e.ctx.Err()
	}
}

// locate accounts for places that are about to be looked for, and refuses
// too many.
func (e *evaluation) locate(records uint64, places, slop int) error {
	n := int(records) * places
	if slop > 0 {
		n *= slopEffort
	}
	if e.places += n; e.places > maxPlaces {
		return e.tooFrequent("too many documents hold")
	}
	return nil
}

// spend accounts for steps that were taken. It returns an error when they are
// too many, or the time of the question is over.
func (e *evaluation) spend(steps int) error {
	before := e.steps / stepsAtOnce
	e.steps += steps
	switch {
	case e.steps > maxSteps:
		return e.tooFrequent("stand too often in long documents")
	case e.steps/stepsAtOnce > before:
		return e.ctx.Err()
	}
	return nil
}

func (e *evaluation) tooFrequent(how string) error {
	return tooExpensive("its phrases and NEARs are made of words that %s: add rarer words, or filter", how)
}
