package corpus

import (
	"cmp"
	"slices"
)

// result adds up what is left once all facts are known.
func (t *totals) result() Totals {
	r := Totals{Facts: t.facts, Sums: []Sum{}, LeftOut: []LeftOut{}, Contested: t.contested()}
	type column struct {
		currency string
		stage    Stage
	}
	sums := map[column]*Sum{}
	for key, all := range t.events {
		one, ok := t.choose(key, all)
		if !ok {
			continue
		}
		c := column{one.currency, key.stage}
		if sums[c] == nil {
			sums[c] = &Sum{Currency: c.currency, Stage: c.stage, Bound: BoundExact}
		}
		s := sums[c]
		s.Value, s.Events, s.Bound = s.Value.Add(one.value), s.Events+1, addBounds(s.Bound, one.bound)
		s.Facts = append(s.Facts, one.id)
	}
	for _, s := range sums {
		slices.Sort(s.Facts)
		r.Sums = append(r.Sums, *s)
	}
	slices.SortFunc(r.Sums, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Stage, b.Stage))
	})
	for reason, n := range t.left {
		r.Leave(reason, n)
	}
	return r
}

// contested returns the values in dispute, those of one dispute together.
func (t *totals) contested() []Contested {
	first := map[string]string{} // by id: the way to the smallest id of its dispute
	find := func(id string) string {
		for first[id] != "" {
			id = first[id]
		}
		return id
	}
	ids := map[string]bool{}
	for _, d := range t.disputes {
		a, b := find(d[0]), find(d[1])
		if a != b {
			first[max(a, b)] = min(a, b)
		}
		ids[d[0]], ids[d[1]] = true, true
	}
	var list []Contested
	for id := range ids {
		if value, ok := t.values[id]; ok {
			list = append(list, value)
		}
	}
	slices.SortFunc(list, func(a, b Contested) int {
		return cmp.Or(cmp.Compare(find(a.Fact), find(b.Fact)), cmp.Compare(a.Fact, b.Fact))
	})
	return list
}

// Leave counts n more facts with an amount that are in no sum, the reasons
// with the most facts first.
func (t *Totals) Leave(reason LeftOutReason, n int) {
	if n <= 0 {
		return
	}
	i := slices.IndexFunc(t.LeftOut, func(l LeftOut) bool { return l.Reason == reason })
	if i < 0 {
		t.LeftOut = append(t.LeftOut, LeftOut{reason, n})
	} else {
		t.LeftOut[i].Facts += n
	}
	slices.SortFunc(t.LeftOut, func(a, b LeftOut) int {
		return cmp.Or(cmp.Compare(b.Facts, a.Facts), cmp.Compare(a.Reason, b.Reason))
	})
}

// choose returns the transaction that stands for an event, and counts why
// the others do not.
func (t *totals) choose(key eventKey, all []transaction) (transaction, bool) {
	all = t.drop(all, LeftSuperseded, func(a transaction) bool { return t.superseded[a.id] })
	all = t.drop(all, LeftContested, t.contradicted)
	if len(all) == 0 {
		return transaction{}, false
	}
	preferred := map[string]bool{} // currencies
	for _, a := range all {
		preferred[a.currency] = preferred[a.currency] || a.preferred
	}
	all = t.drop(all, LeftSameEvent, func(a transaction) bool { return !a.preferred && preferred[a.currency] })
	slices.SortFunc(all, func(a, b transaction) int { // the surest currency first
		return cmp.Or(boolOrder(b.preferred, a.preferred), cmp.Compare(sureness(a.bound), sureness(b.bound)),
			cmp.Compare(a.currency, b.currency), cmp.Compare(a.id, b.id))
	})
	first := all[0]
	all = t.drop(all, LeftCurrency, func(a transaction) bool { return a.currency != first.currency })
	if slices.ContainsFunc(all, func(a transaction) bool { return !a.value.Equal(first.value) }) {
		t.left[LeftContested] += len(all)
		return transaction{}, false
	}
	again := LeftSameEvent
	if !key.keyed {
		again = LeftRepeated
	}
	if n := len(all) - 1; n > 0 {
		t.left[again] += n
	}
	return first, true
}

// drop removes transactions and counts them for a reason.
func (t *totals) drop(all []transaction, reason LeftOutReason, when func(transaction) bool) []transaction {
	kept := slices.DeleteFunc(slices.Clone(all), when)
	if n := len(all) - len(kept); n > 0 {
		t.left[reason] += n
	}
	return kept
}

// contradicted reports whether a fact contradicts another that is neither
// settled as wrong nor outranked.
func (t *totals) contradicted(a transaction) bool {
	for _, other := range t.conflicts[a.id] {
		if !t.deprecated[other] && !t.superseded[other] && (!a.preferred || t.preferred[other]) {
			return true
		}
	}
	return false
}

// sureness orders bounds: exact ones first.
func sureness(b Bound) int {
	switch b {
	case "", BoundExact:
		return 0
	case BoundAbout:
		return 2
	}
	return 1
}

// addBounds returns the bound of a sum of two numbers.
func addBounds(a, b Bound) Bound {
	side := func(b Bound) Bound {
		switch b {
		case "", BoundExact:
			return BoundExact
		case BoundMore, BoundAtLeast:
			return BoundAtLeast
		case BoundLess, BoundAtMost:
			return BoundAtMost
		}
		return BoundAbout
	}
	a, b = side(a), side(b)
	switch {
	case a == BoundExact || a == b:
		return b
	case b == BoundExact:
		return a
	}
	return BoundAbout
}
