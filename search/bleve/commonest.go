package bleve

import (
	"cmp"
	"slices"

	"rapport/search"
)

// commonest returns the terms of a field that begin with a prefix and that
// most live records hold, most frequent first.
//
// Every segment gives a list of its terms in falling order of a number that is
// at least that of the live records. The lists are gone through side by side,
// and each term met is counted over all segments. A term not met yet is in at
// most as many records as the current places of the lists add up to, so when
// the best are in more, no other can be among them (the threshold algorithm of
// Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware",
// 2003). When the lists do not decide, as with terms that are all alike, all
// terms are counted.
func (e *evaluation) commonest(field, prefix string, limit int) ([]search.Term, error) {
	lists, whole := make([]termList, len(e.view.segs)), true
	counts := map[string]int{}
	for i := range lists {
		var err error
		if lists[i], err = e.termList(e.view.segs[i], field, prefix); err != nil {
			return nil, err
		}
		whole = whole && lists[i].whole
		for _, c := range lists[i].terms {
			counts[c.term] += c.records
		}
	}
	if whole {
		return ranked(counts, limit), nil
	}
	clear(counts)
	for depth := 0; ; depth++ {
		met, bound, open := listsAt(lists, depth)
		fresh := map[string]int{}
		for _, term := range met {
			if _, known := counts[term]; !known {
				fresh[term] = 0
			}
		}
		if err := e.countTerms(field, fresh); err != nil {
			return nil, err
		}
		for term, n := range fresh {
			counts[term] = n
		}
		best := ranked(counts, limit)
		if bound == 0 || len(best) == limit && best[limit-1].Documents > bound {
			return best, nil
		}
		if !open {
			break
		}
	}
	if err := e.beginning(field, prefix, counts); err != nil {
		return nil, err
	}
	return ranked(counts, limit), nil
}

// termList lists terms of a segment, most frequent first.
type termList struct {
	terms []counted
	whole bool // there are no others
}

// listsAt returns the terms at a place of the lists, the number of records that
// a term behind it can be in at most, and whether there is a place behind it.
func listsAt(lists []termList, depth int) (terms []string, bound int, open bool) {
	for _, l := range lists {
		switch {
		case depth < len(l.terms):
			terms = append(terms, l.terms[depth].term)
			bound += l.terms[depth].records
		case !l.whole:
			bound += l.terms[len(l.terms)-1].records
		}
		open = open || depth+1 < len(l.terms)
	}
	return terms, bound, open
}

// termList lists the terms of a segment that begin with a prefix: what is known
// beforehand, or else all of them.
func (e *evaluation) termList(s *segment, field, prefix string) (termList, error) {
	if known, ok := s.beginnings(field); ok {
		if top := known[prefix]; top != nil {
			return termList{terms: top}, nil
		}
	}
	counts := map[string]int{}
	if err := e.beginningIn(s, field, prefix, counts); err != nil {
		return termList{}, err
	}
	l := termList{whole: true}
	for term, n := range counts {
		l.terms = append(l.terms, counted{term, n})
	}
	slices.SortFunc(l.terms, counted.compare)
	return l, nil
}

// beginning counts the documents of the terms that begin with a prefix, in
// place of what counts held before.
func (e *evaluation) beginning(field, prefix string, counts map[string]int) error {
	clear(counts)
	for _, s := range e.view.segs {
		if err := e.beginningIn(s, field, prefix, counts); err != nil {
			return err
		}
	}
	return nil
}

// beginningIn adds those of one segment, about a million terms a second.
func (e *evaluation) beginningIn(s *segment, field, prefix string, counts map[string]int) error {
	d, err := s.dictionary(field)
	if err != nil {
		return err
	}
	looked := 0
	err = d.countAll([]byte(prefix), after(prefix), func(term string, n int) bool {
		counts[term] += n
		looked++
		return looked%1024 != 0 || e.ctx.Err() == nil
	})
	return cmp.Or(err, e.ctx.Err())
}

// countTerms counts the documents of some terms.
func (e *evaluation) countTerms(field string, counts map[string]int) error {
	for _, s := range e.view.segs {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		d, err := s.dictionary(field)
		if err != nil {
			return err
		}
		for term := range counts {
			n, err := d.count(term)
			if err != nil {
				return err
			}
			counts[term] += n
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
		return counted{a.Text, a.Documents}.compare(counted{b.Text, b.Documents})
	})
	return terms[:min(limit, len(terms))]
}
