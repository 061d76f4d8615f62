package main

import (
	"context"
	"errors"
	"time"

	"rapport/indexer/datadir"
	"rapport/search/bleve"
)

// settling is an index whose manifest is written before a run ends: a settled
// index and its manifest agree at any moment, and a manifest that is ahead is
// one of an index that is still marked as changing.
type settling struct {
	*bleve.Index
	before func() error
}

// End writes the manifest and settles the index.
func (s *settling) End(ctx context.Context) error {
	if err := s.before(); err != nil {
		return err
	}
	return s.Index.End(ctx)
}

// saveManifest writes what the index holds, as of the end of the run.
func (r *indexRun) saveManifest(index *bleve.Index, g datadir.Generation) error {
	r.store.manifest.Lock()
	defer r.store.manifest.Unlock()
	now, err := index.Settled()
	if err == nil {
		err = r.store.dir.Here()
	}
	if err != nil {
		return err
	}
	segments, err := index.Files()
	if err != nil {
		return err
	}
	deleted, err := index.Deleted()
	if err != nil {
		return err
	}
	return g.SaveManifest(datadir.Manifest{
		ID: now.ID, Documents: now.Documents, Facts: now.Facts, Taxonomy: r.taxonomy.Digest(),
		Version: r.readerVersion(), Sources: sourceNames(r.store.remembered()), Indexed: time.Now().UTC().Truncate(time.Millisecond),
		Deleted: deleted,
	}, segments...)
}

// adopt makes a whole generation the current one, and removes the former when
// its last search is done.
func (r *indexRun) adopt(g datadir.Generation, index *bleve.Index) error {
	former, _, _ := r.store.state()
	if err := r.store.dir.Commit(g); err != nil {
		return errors.Join(err, index.Close())
	}
	closed, err := r.store.use(g, index, r.taxonomy)
	if err != nil || former.Name == "" {
		return err
	}
	r.store.removing.Go(func() {
		<-closed
		// What cannot be removed now is removed when the directory is opened.
		_ = r.store.dir.Remove(former)
	})
	return nil
}

// generationOf returns the generation id of an index, empty for none.
func generationOf(index *bleve.Index) string {
	if index == nil {
		return ""
	}
	snapshot, err := index.Acquire(context.Background())
	if err != nil {
		return ""
	}
	defer snapshot.Release()
	return snapshot.Generation().ID
}
