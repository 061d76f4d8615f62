package bleve

import (
	"time"

	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// pagesInterval is how long pages that a merge has read stay in memory. A
// merge reads some ten megabytes meanwhile.
const pagesInterval = 100 * time.Millisecond

// releasePages gives the pages of segments on disk back to the system again
// and again, until stop is called. A merge reads each of its segments as a
// whole: without this a process that merges an index would have all of it
// resident, and be the first that a system short of memory, or one that limits
// the process, ends. The pages stay in the system's cache, so whoever reads
// the segments meanwhile finds them there.
func releasePages(segments []api.Segment) (stop func()) {
	var files [][]byte
	for _, s := range segments {
		if file, ok := s.(*zap.Segment); ok {
			files = append(files, file.Data())
		}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(pagesInterval)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				for _, file := range files {
					releaseMapped(file)
				}
			}
		}
	}()
	return func() {
		close(done)
		<-ended // the segments may be closed from now on
	}
}
