package indexer

import (
	"hash/maphash"
	"slices"
	"strings"
)

// table finds files by their place. It is keyed by a hash, which takes a third
// of what a place takes: of two places with one hash, the later is kept under
// the next free number.
type table struct {
	seed  maphash.Seed
	files map[uint64]*file
}

func newTable() table { return table{seed: maphash.MakeSeed(), files: map[uint64]*file{}} }

// find returns the file at a place, or nil and the key to put it under.
func (t *table) find(p place) (f *file, key uint64) {
	for key = maphash.Comparable(t.seed, p); ; key++ {
		f, ok := t.files[key]
		if !ok || f.place == p {
			return f, key
		}
	}
}

// names are the names of some sources, in order. Nil stands for none. They
// never change, so that files can share them.
type names struct{ sorted []string }

// all returns the names, which the caller must not change.
func (n *names) all() []string {
	if n == nil {
		return nil
	}
	return n.sorted
}

func (n *names) has(source string) bool { return slices.Contains(n.all(), source) }

// nameSets has all sets of sources that a run has met. There are few, as most
// files are held by one source.
type nameSets map[string]*names

// of returns the set of some sources, which are in order.
func (s nameSets) of(sources []string) *names {
	if len(sources) == 0 {
		return nil
	}
	key := strings.Join(sources, "\x00")
	if _, ok := s[key]; !ok {
		s[key] = &names{sources}
	}
	return s[key]
}
