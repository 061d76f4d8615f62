package bleve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"rapport/search"
	"rapport/search/analysis"
)

// maxLooked bounds the terms that one look-up goes through.
const maxLooked = 20000

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
	counts := map[string]int{}
	if l.Similar != "" {
		similar, err := e.similar(fieldWord, word)
		if err != nil {
			return nil, err
		}
		for _, term := range similar {
			counts[term] = 0
		}
		if err := e.countTerms(fieldWord, counts); err != nil {
			return nil, err
		}
		return ranked(counts, l.Limit), nil
	}
	if err := e.beginning(fieldWord, word, counts); err != nil {
		return nil, err
	}
	return ranked(counts, l.Limit), nil
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

// beginning counts the documents of the terms that begin with a prefix.
func (e *evaluation) beginning(field, prefix string, counts map[string]int) error {
	for i := range e.view.segs {
		if err := e.beginningIn(i, field, prefix, counts); err != nil {
			return err
		}
	}
	return nil
}

// beginningIn does so in segment i. It looks at maxLooked terms at most.
func (e *evaluation) beginningIn(i int, field, prefix string, counts map[string]int) error {
	d, err := e.view.segs[i].dictionary(field)
	if err != nil {
		return err
	}
	looked := 0
	return d.each(nil, []byte(prefix), after(prefix), func(t *index.DictEntry) (bool, error) {
		if looked++; looked%1024 == 0 && e.ctx.Err() != nil {
			return false, e.ctx.Err()
		}
		docs, err := d.documents(t.Term)
		if err != nil {
			return false, err
		}
		counts[t.Term] += int(docs.GetCardinality())
		return looked < maxLooked, nil
	})
}

// countTerms counts the documents of some terms.
func (e *evaluation) countTerms(field string, counts map[string]int) error {
	for _, s := range e.view.segs {
		d, err := s.dictionary(field)
		if err != nil {
			return err
		}
		for term := range counts {
			docs, err := d.documents(term)
			if err != nil {
				return err
			}
			counts[term] += int(docs.GetCardinality())
		}
	}
	return nil
}

// ranked returns the most frequent terms. Those of deleted documents alone
// are not in the index any more.
func ranked(counts map[string]int, limit int) []search.Term {
	terms := make([]search.Term, 0, len(counts))
	for text, n := range counts {
		if n > 0 {
			terms = append(terms, search.Term{Text: text, Documents: n})
		}
	}
	slices.SortFunc(terms, func(a, b search.Term) int {
		return cmp.Or(cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Text, b.Text))
	})
	return terms[:min(limit, len(terms))]
}
