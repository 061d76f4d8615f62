package search

// group is what was read between an open parenthesis and the current place.
type group struct {
	pos      int     // of the parenthesis
	field    string  // of title:(...)
	exact    bool    // =(...)
	branches []Query // alternatives of OR so far
	clauses  []clause

	// Operators that wait for what they work on.
	op       token // AND or OR
	nearOp   token
	nots     int  // NOT and -, in a row
	minus    bool // the last of them is -
	notPos   int
	notToken token
}

// clause is a part of a conjunction.
type clause struct {
	query Query
	not   bool
	minus bool  // by -, which binds tighter than NEAR
	last  Query // what a NEAR after it would work on
}

// near makes the clause ask for q close to its last word. A chain
// "a NEAR/3 b NEAR/3 c" asks for both pairs.
func (c *clause) near(q Query, distance int) {
	pair := Near{Left: c.last, Right: q, Distance: distance}
	switch before := c.query.(type) {
	case Near:
		c.query = And{Clauses: []Query{before, pair}}
	case And:
		c.query = And{Clauses: append(before.Clauses, pair)}
	default:
		c.query = pair
	}
	c.last = q
}

// branch ends an alternative of OR.
func (g *group) branch() {
	if len(g.clauses) == 0 {
		return
	}
	list := make([]Query, len(g.clauses))
	for i, c := range g.clauses {
		list[i] = c.query
		if c.not {
			list[i] = Not{Clause: c.query}
		}
	}
	g.clauses = g.clauses[:0]
	if len(list) == 1 {
		g.branches = append(g.branches, list[0])
	} else {
		g.branches = append(g.branches, And{Clauses: list})
	}
}

// query returns the query of the group, not yet in normal form. It is nil
// when the group is empty.
func (g *group) query() Query {
	g.branch()
	switch len(g.branches) {
	case 0:
		return nil
	case 1:
		return g.branches[0]
	}
	return Or{Clauses: g.branches}
}

// canBeNear reports whether NEAR can join two queries: both are words,
// phrases, prefixes, fuzzy words or alternatives of these, in one field.
func canBeNear(left, right Query) bool {
	a, ok := positional(left)
	if !ok {
		return false
	}
	b, ok := positional(right)
	return ok && a == b
}

// positional returns the field of a query that has positions in a text, and
// whether it is one.
func positional(q Query) (field string, ok bool) {
	var list []Query
	switch q := q.(type) {
	case Word:
		return q.Field, true
	case Phrase:
		return q.Field, true
	case Prefix:
		return q.Field, true
	case Fuzzy:
		return q.Field, true
	case Or:
		list = q.Clauses
	case Either:
		list = q.Forms
	}
	for i, c := range list {
		f, ok := positional(c)
		if !ok || i > 0 && f != field {
			return "", false
		}
		field = f
	}
	return field, len(list) > 0
}
