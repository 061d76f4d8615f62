package search

// normal returns a query in normal form: no And directly in an And, no Or in
// an Or, at least two clauses in each, no Not directly in a Not, and All only
// as a whole or where it stands for "anything". It visits every node once.
func normal(q Query) Query {
	switch q := bare(q).(type) {
	case And:
		return conjunction(q.Clauses)
	case Or:
		return disjunction(q.Clauses)
	case Not:
		return Not{Clause: normal(q.Clause)}
	case Near:
		return Near{Left: normal(q.Left), Right: normal(q.Right), Distance: q.Distance}
	default:
		return q
	}
}

// bare returns a query without pairs of Not around it.
func bare(q Query) Query {
	for {
		outer, ok := q.(Not)
		if !ok {
			return q
		}
		inner, ok := outer.Clause.(Not)
		if !ok {
			return q
		}
		q = inner.Clause
	}
}

// conjunction returns the And of clauses in normal form, All for none.
func conjunction(list []Query) Query {
	flat := appendConjuncts(make([]Query, 0, len(list)), list)
	switch len(flat) {
	case 0:
		return All{}
	case 1:
		return flat[0]
	}
	return And{Clauses: flat}
}

func appendConjuncts(flat, list []Query) []Query {
	for _, q := range list {
		switch q := bare(q).(type) {
		case And:
			flat = appendConjuncts(flat, q.Clauses)
		case All:
		default:
			n := normal(q)
			if and, ok := n.(And); ok { // what was left of an Or
				flat = append(flat, and.Clauses...)
			} else {
				flat = append(flat, n)
			}
		}
	}
	return flat
}

// disjunction returns the Or of clauses in normal form, None for none.
func disjunction(list []Query) Query {
	flat := appendDisjuncts(make([]Query, 0, len(list)), list)
	switch len(flat) {
	case 0:
		return None{}
	case 1:
		return flat[0]
	}
	return Or{Clauses: flat}
}

func appendDisjuncts(flat, list []Query) []Query {
	for _, q := range list {
		switch q := bare(q).(type) {
		case Or:
			flat = appendDisjuncts(flat, q.Clauses)
		case None:
		default:
			n := normal(q)
			if or, ok := n.(Or); ok { // what was left of an And
				flat = append(flat, or.Clauses...)
			} else {
				flat = append(flat, n)
			}
		}
	}
	return flat
}
