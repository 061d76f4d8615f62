package bleve

import (
	"fmt"
	"sort"

	"rapport/search"
)

// compile makes a question ready for the view: words become terms, prefixes
// and fuzzy words are expanded, statistics are looked up.
func (e *evaluation) compile(q search.Query) (node, error) {
	if e.nodes++; e.nodes > maxNodes {
		return nil, tooExpensive("it has more than %d words and operators: shorten it", maxNodes)
	}
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	switch t := q.(type) {
	case nil, search.All:
		return allNode{}, nil
	case search.None:
		return noneNode{}, nil
	case search.Word, search.Phrase, search.Near, search.Prefix, search.Fuzzy, search.Either:
		return e.text(q)
	case search.Value:
		return e.value(t)
	case search.Range:
		return e.ranges(t)
	case search.Not:
		n, err := e.compile(t.Clause)
		if err != nil {
			return nil, err
		}
		return &notNode{clause: n}, nil
	case search.And:
		return e.and(t)
	case search.Or:
		return e.or(t.Clauses)
	case search.AtLeast:
		return e.atLeast(t)
	}
	return nil, fmt.Errorf("a question of the type %T is not known to this engine", q)
}

func (e *evaluation) all(queries []search.Query) (clauses, error) {
	nodes := make(clauses, 0, len(queries))
	for _, q := range queries {
		n, err := e.compile(q)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

func (e *evaluation) and(q search.And) (node, error) {
	nodes, err := e.all(q.Clauses)
	switch {
	case err != nil:
		return nil, err
	case len(nodes) == 0:
		return allNode{}, nil
	case len(nodes) == 1:
		return nodes[0], nil
	}
	sort.SliceStable(nodes, func(i, j int) bool { return effort(nodes[i]) < effort(nodes[j]) })
	return &andNode{nodes}, nil
}

// effort orders clauses by what it takes to find their records.
func effort(n node) int {
	switch n := n.(type) {
	case *notNode:
		return 2 + effort(n.clause)
	case *spanNode:
		if n.simple() {
			return 0
		}
		return 3
	case *andNode, *orNode, *atLeastNode, *scopedNode:
		return 2
	}
	return 1
}

func (e *evaluation) or(queries []search.Query) (node, error) {
	nodes, err := e.all(queries)
	switch {
	case err != nil:
		return nil, err
	case len(nodes) == 0:
		return noneNode{}, nil
	case len(nodes) == 1:
		return nodes[0], nil
	}
	for i, n := range nodes {
		nodes[i] = e.scoped(n)
	}
	return &orNode{nodes}, nil
}

func (e *evaluation) atLeast(q search.AtLeast) (node, error) {
	if q.Min >= len(q.Clauses) {
		return e.and(search.And{Clauses: q.Clauses})
	}
	if q.Min <= 1 {
		return e.or(q.Clauses)
	}
	nodes, err := e.all(q.Clauses)
	if err != nil {
		return nil, err
	}
	for i, n := range nodes {
		nodes[i] = e.scoped(n)
	}
	return &atLeastNode{clauses: nodes, min: q.Min}, nil
}
