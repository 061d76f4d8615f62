package main

import (
	"context"
	"maps"
	"time"
)

// noteEvery is how often a server looks for files that merges have made.
const noteEvery = 2 * time.Second

// followMerges notes what merges do in the background, so that little of it is
// unknown to the quick checks after a crash. The function that it returns ends
// that.
func (s *store) followMerges(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(noteEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				s.noteMerges()
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// noteMerges tells the manifest which records are deleted in the files that
// merges have made since the run: of those that the run left, load has compared
// it. They stay noted, since after a crash they can be in use again. When it
// cannot be written, it is tried again later.
func (s *store) noteMerges() {
	s.manifest.Lock()
	defer s.manifest.Unlock()
	g, index, _ := s.state()
	if index == nil || index.Failed() != nil || s.dir.Here() != nil {
		return
	}
	deleted, err := index.Deleted()
	if err != nil || s.notedOf == g.Name && maps.Equal(deleted, s.noted) {
		return
	}
	now, err := index.Settled()
	m, ok, failed := g.Manifest()
	if err != nil || failed != nil || !ok || now.ID != m.ID {
		return // a run is under way or was interrupted; the next one writes all of it
	}
	all := maps.Clone(deleted)
	maps.Copy(all, m.Deleted)
	if len(all) > len(m.Deleted) && g.NoteDeleted(all) != nil {
		return
	}
	s.noted, s.notedOf = deleted, g.Name
}
