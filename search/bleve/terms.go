package bleve

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"rapport/search"
	"rapport/search/analysis"
)

// Terms looks words up in the dictionary of the index: those that begin with
// a prefix, or those within one edit (two from eight letters on) of a word,
// most frequent first. With search.FieldTitle it looks up whole titles of
// which a word begins with the prefix.
func (s *snapshot) Terms(ctx context.Context, l search.Lookup) (terms []search.Term, err error) {
	err = s.run(ctx, "look up words", func(v *view) error {
		if l.Limit <= 0 {
			return nil
		}
		if known, ok := v.lookups.get(l); ok {
			terms = known
			return nil
		}
		if terms, err = v.evaluation(ctx, search.Documents).look(l); err == nil {
			v.lookups.put(l, terms)
		}
		return err
	})
	return slices.Clone(terms), err
}

func (e *evaluation) look(l search.Lookup) ([]search.Term, error) {
	switch {
	case l.Field == search.FieldTitle:
		return e.titles(l)
	case l.Field == "":
		return e.lookup(l)
	case isKeyword(e.kind, l.Field):
		return e.lookupValues(l)
	}
	return nil, fmt.Errorf("there is no dictionary of %q", l.Field)
}

// maxLookups bounds the look-ups that a view remembers.
const maxLookups = 4096

// lookups remembers the answers of a view. People type the same beginnings
// again and again, and the shortest stand for the most words.
type lookups struct {
	mu    sync.Mutex
	known map[search.Lookup][]search.Term
}

func (c *lookups) get(l search.Lookup) ([]search.Term, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	terms, ok := c.known[l]
	return terms, ok
}

func (c *lookups) put(l search.Lookup, terms []search.Term) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxLookups {
		c.known = map[search.Lookup][]search.Term{} // what is asked often comes back soon
	}
	c.known[l] = terms
}

// lookup finds words.
func (e *evaluation) lookup(l search.Lookup) ([]search.Term, error) {
	words := analysis.Terms(l.Prefix + l.Similar)
	if len(words) != 1 {
		return nil, nil
	}
	word := words[0]
	if l.Similar != "" {
		similar, err := e.similar(fieldWord, word)
		if err != nil {
			return nil, err
		}
		counts := map[string]int{}
		for _, term := range similar {
			counts[term] = 0
		}
		if err := e.countTerms(fieldWord, counts); err != nil {
			return nil, err
		}
		return ranked(counts, l.Limit), nil
	}
	return e.commonest(fieldWord, word, l.Limit)
}

// lookupValues finds values of a keyword field.
func (e *evaluation) lookupValues(l search.Lookup) ([]search.Term, error) {
	if l.Similar != "" {
		return nil, fmt.Errorf("values of %q are looked up by prefix", l.Field)
	}
	counts := map[string]int{}
	if err := e.beginning(l.Field, l.Prefix, counts); err != nil {
		return nil, err
	}
	return ranked(counts, l.Limit), nil
}
