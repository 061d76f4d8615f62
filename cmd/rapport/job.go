package main

import (
	"fmt"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/indexer"
)

// indexJob is what rapport index was asked to do. Paths are absolute.
type indexJob struct {
	Sources []string `json:"sources,omitempty"`
	// List holds the paths that were given on standard input.
	List        []string  `json:"list,omitempty"`
	Listed      bool      `json:"listed,omitempty"`
	Facts       []string  `json:"facts,omitempty"`
	Taxonomy    string    `json:"taxonomy,omitempty"`
	BuiltIn     bool      `json:"built_in_taxonomy,omitempty"`
	DryRun      bool      `json:"dry_run,omitempty"`
	Rebuild     bool      `json:"rebuild,omitempty"`
	Force       bool      `json:"force,omitempty"`
	RetryFailed bool      `json:"retry_failed,omitempty"`
	NoRules     bool      `json:"no_rules,omitempty"`
	Rules       kindNames `json:"rules,omitempty"` // kinds of facts that they find
	// Away says that a source which is known and not there, as on a disk that is
	// not mounted, does not keep the others from being read.
	Away bool `json:"away,omitempty"`
	// Programs help to read files. A server runs them for those who may use
	// its control socket: the same user.
	Programs programs `json:"programs,omitzero"`
}

// given reports whether the job names anything to read.
func (j *indexJob) given() bool { return len(j.Sources)+len(j.Facts) > 0 || j.Listed }

// sources opens what the job names. known is what earlier runs have read.
func (j *indexJob) sources(known *indexer.Ledger) ([]corpus.Source, error) {
	var sources []corpus.Source
	open := func(path string, open func() (corpus.Source, error)) error {
		s, err := open()
		if away, ok := known.Away(path, err); err != nil && j.Away && ok {
			s, err = away, nil
		}
		sources = append(sources, s)
		return err
	}
	for _, path := range j.Sources {
		if err := open(path, func() (corpus.Source, error) { return corpus.OpenSource(path) }); err != nil {
			return nil, err
		}
	}
	if j.Listed {
		list := corpus.WithInput(strings.NewReader(strings.Join(j.List, "\n")))
		if err := open(corpus.StdinList, func() (corpus.Source, error) { return corpus.OpenSource(corpus.StdinList, list) }); err != nil {
			return nil, err
		}
	}
	for _, path := range j.Facts {
		if err := open(path, func() (corpus.Source, error) { return indexer.FactsFile(path) }); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// knownSources opens the sources that earlier runs read and that are not among
// those given.
func (s *store) knownSources(given []corpus.Source) ([]corpus.Source, error) {
	ledger := s.remembered()
	var sources []corpus.Source
	for _, name := range sourceNames(ledger) {
		if slices.ContainsFunc(given, func(g corpus.Source) bool { return g.Name() == name }) {
			continue
		}
		source, err := ledger.Sources[name].Open()
		if err != nil {
			return nil, fmt.Errorf("source %s is needed for the rebuild: %w", name, err)
		}
		if source != nil {
			sources = append(sources, source)
		}
	}
	return sources, nil
}
