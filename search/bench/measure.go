package bench

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"rapport/search"
)

// clock is what a row has measured so far.
type clock struct {
	rounds  [][]time.Duration // whole ones
	partial []time.Duration   // of a round that was cut short
	spent   time.Duration
	count   int // searches
	hits    int
	allocs  uint64
	bytes   uint64
	over    bool // the share of time is used up
}

// measure asks the questions of all rows in turn, round by round, so that
// whatever else the machine does falls on all of them alike.
func (b *Bench) measure(ctx context.Context, rows []*row) ([]Search, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	clocks := make([]clock, len(rows))
	share := b.options.Budget / time.Duration(len(rows))
	for _, r := range rows { // the first search of a kind builds what later ones share
		if _, err := r.ask(ctx, r.questions[0]); err != nil {
			return nil, err
		}
	}
	for range b.options.Rounds {
		for i, r := range rows {
			if err := b.round(ctx, r, &clocks[i], share); err != nil {
				return nil, err
			}
		}
	}
	results := make([]Search, len(rows))
	for i, r := range rows {
		results[i] = clocks[i].result(r.search)
	}
	return results, nil
}

// round asks the questions of a row once, until its share of time is over.
func (b *Bench) round(ctx context.Context, r *row, c *clock, share time.Duration) error {
	if c.over {
		return nil
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	took, hits, err := b.askAll(ctx, r, func() bool { return c.spent+time.Since(began) < share })
	if err != nil {
		return err
	}
	c.spent += time.Since(began)
	runtime.ReadMemStats(&after)
	c.allocs += after.Mallocs - before.Mallocs
	c.bytes += after.TotalAlloc - before.TotalAlloc
	c.count += len(took)
	c.hits += hits
	if len(took) == askedPerRound(r.questions) {
		c.rounds = append(c.rounds, took)
	} else {
		c.partial = took
	}
	c.over = c.spent >= share
	return nil
}

// askedPerRound is how many searches a round has. A class of one question
// asks it several times, for percentiles to mean something.
func askedPerRound(questions []search.Query) int { return max(len(questions), perClass/2) }

// askAll asks the questions with the clients of the benchmark. It stops
// before all are asked when more returns false, but not before one is.
func (b *Bench) askAll(ctx context.Context, r *row, more func() bool) (took []time.Duration, hits int, err error) {
	var (
		next   atomic.Int64
		mu     sync.Mutex
		worker sync.WaitGroup
	)
	total := int64(askedPerRound(r.questions))
	for range b.options.Concurrency {
		worker.Go(func() {
			for i := next.Add(1) - 1; i < total && (i == 0 || more()); i = next.Add(1) - 1 {
				began := time.Now()
				n, e := r.ask(ctx, r.questions[i%int64(len(r.questions))])
				d := time.Since(began)
				mu.Lock()
				took, hits = append(took, d), hits+n
				if e != nil && err == nil {
					err = e
				}
				failed := err != nil
				mu.Unlock()
				if failed {
					return
				}
			}
		})
	}
	worker.Wait()
	return took, hits, err
}

// result turns what was measured into a line of the report.
func (c *clock) result(s Search) Search {
	sorted := best(c.rounds)
	if len(c.rounds) == 0 {
		sorted = best([][]time.Duration{c.partial})
	}
	n := float64(max(c.count, 1))
	s.Hits = c.hits / max(c.count, 1)
	s.P50 = milliseconds(Percentile(sorted, 0.50))
	s.P90 = milliseconds(Percentile(sorted, 0.90))
	s.P99 = milliseconds(Percentile(sorted, 0.99))
	s.PerSecond = rate(c.count, c.spent)
	s.Allocs = float64(c.allocs) / n
	s.KBytes = float64(c.bytes) / n / 1024
	s.Searches, s.Rounds = c.count, len(c.rounds)
	return s
}
