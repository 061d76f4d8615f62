package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/indexer"
	"rapport/indexer/datadir"
	"rapport/search"
	"rapport/web"
)

// maxOriginal is the largest file that is offered for download, in bytes. It
// is held in memory while its digest is compared.
const maxOriginal = 256 << 20

// status tells the site what it cannot know by itself.
func (s *store) status(ctx context.Context) (web.Status, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return web.Status{}, err
	}
	defer snapshot.Release()
	now := snapshot.Generation()
	status := web.Status{
		Generation: now.String(), Documents: now.Documents, Facts: now.Facts,
		Sample: s.sample != "", Version: version(),
	}
	last, err := s.lastRun()
	if err != nil {
		return status, err
	}
	status.Indexed, status.Sources = last.manifest.Indexed, last.manifest.Sources
	ledger := s.remembered()
	for path, f := range ledger.Failures {
		status.SkippedFiles = append(status.SkippedFiles, corpus.Skip{Path: path, Reason: f.Reason, Detail: f.Detail, FirstSeen: f.First, LastSeen: f.Last})
	}
	slices.SortFunc(status.SkippedFiles, func(a, b corpus.Skip) int { return strings.Compare(a.Path, b.Path) })
	status.SkippedFiles = addSkips(status.SkippedFiles, last.skipped)
	failures, _ := corpus.SplitSkips(status.SkippedFiles)
	status.Skipped = len(failures)
	return status, nil
}

// lastRun is what the last run left in files. Every page asks for it, so it is
// kept in memory until the next run.
type lastRun struct {
	manifest datadir.Manifest
	skipped  []corpus.Skip
}

func (s *store) lastRun() (*lastRun, error) {
	s.mu.Lock()
	last, g, runs := s.last, s.generation, s.runs
	s.mu.Unlock()
	if last != nil {
		return last, nil
	}
	last = &lastRun{}
	var err error
	if last.manifest, _, err = g.Manifest(); err != nil {
		return nil, err
	}
	reports, err := s.dir.Reports(1)
	if err != nil {
		return nil, err
	}
	if len(reports) > 0 {
		last.skipped = reports[0].Skipped
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.runs == runs { // else another run has ended meanwhile
		s.last = last
	}
	return last, nil
}

// runEnded forgets what the run before left.
func (s *store) runEnded() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = nil
	s.runs++
}

// size returns the bytes that the index takes on disk.
func (s *store) size() int64 {
	g, _, _ := s.state()
	if g.Name == "" {
		return 0
	}
	bytes, err := g.Size()
	if err != nil {
		return 0 // the generation was replaced just now
	}
	return bytes
}

// addSkips adds what the last run left out and the ledger does not list.
func addSkips(list, more []corpus.Skip) []corpus.Skip {
	known := make(map[string]int, len(list))
	for i, s := range list {
		known[s.Path] = i
	}
	for _, s := range more {
		if i, ok := known[s.Path]; ok {
			list[i].Kept = s.Kept
		} else {
			list = append(list, s)
		}
	}
	return list
}

// remembered returns the ledger as it is now.
func (s *store) remembered() *indexer.Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledger
}

// remember keeps a ledger in memory and on disk.
func (s *store) remember(l *indexer.Ledger) error {
	s.mu.Lock()
	s.ledger = l
	s.mu.Unlock()
	return s.dir.SaveLedger(l)
}

// sourceNames returns the names of the sources that a ledger knows, in order.
func sourceNames(l *indexer.Ledger) []string {
	names := []string{}
	for name := range l.Sources {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// reports returns the newest reports.
func (s *store) reports(_ context.Context, limit int) ([]corpus.Report, error) {
	return s.dir.Reports(limit)
}

// original opens the file that a document was read from, as long as it still
// holds the bytes that were read.
func (s *store) original(ctx context.Context, id corpus.ID) (io.ReadCloser, string, error) {
	snapshot, err := s.engine.Acquire(ctx)
	if err != nil {
		return nil, "", err
	}
	defer snapshot.Release()
	d, err := snapshot.Document(ctx, id)
	if err != nil {
		return nil, "", err
	}
	source := s.remembered().Sources[d.Source]
	if source.Place == "" || !filepath.IsLocal(filepath.FromSlash(d.Path)) {
		return nil, "", fmt.Errorf("the original of document %s: it is not on this machine: %w", id, search.ErrNotFound)
	}
	data, err := readOriginal(source, d.Path)
	if err != nil {
		return nil, "", fmt.Errorf("the original of document %s cannot be read: %w", id, search.ErrNotFound)
	}
	if corpus.Digest(data) != d.Digest {
		return nil, "", fmt.Errorf("the original of document %s has changed since it was indexed; index it again: %w", id, search.ErrNotFound)
	}
	return io.NopCloser(bytes.NewReader(data)), filepath.Base(filepath.FromSlash(d.Path)), nil
}

// readOriginal reads a file of a source without leaving the source.
func readOriginal(source indexer.KnownSource, path string) ([]byte, error) {
	folder, name := source.Place, filepath.FromSlash(path)
	if !source.Folder {
		folder, name = filepath.Dir(source.Place), filepath.Base(source.Place)
		if name != filepath.FromSlash(path) {
			return nil, os.ErrNotExist // a line of a file is no file of its own
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxOriginal {
		return nil, os.ErrInvalid
	}
	return io.ReadAll(io.LimitReader(f, maxOriginal))
}
