package indexer

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"rapport/corpus"
)

// factsSource is a facts file that was named for itself.
type factsSource struct{ file string }

// FactsFile returns the source for a facts file that was named as one, whatever
// its name is but for the extension. It fails when no file is there.
func FactsFile(path string) (corpus.Source, error) {
	if _, err := corpus.FactsFormatOf(path); err != nil {
		return nil, err
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("facts file %s: %w", path, err)
	}
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return nil, fmt.Errorf("facts file %s: %w", path, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("facts file %s: not a regular file", path)
	}
	return factsSource{full}, nil
}

// Name returns the base name of the file.
func (s factsSource) Name() string { return corpus.EscapePath(filepath.Base(s.file)) }

// Place returns the file, an absolute path on this machine.
func (s factsSource) Place() string { return s.file }

// Complete returns false: the file only adds and updates.
func (s factsSource) Complete() bool { return false }

// Items yields the file as one that holds facts.
func (s factsSource) Items(context.Context) iter.Seq2[corpus.Item, error] {
	return func(yield func(corpus.Item, error) bool) {
		yield(corpus.Item{Source: s.Name(), Path: s.Name(), Size: -1, File: s.file, Format: FactsFormat,
			Open: func() (io.ReadCloser, error) { return corpus.OpenRegular(s.file) }}, nil)
	}
}
