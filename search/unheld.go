package search

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"rapport/corpus"
	"rapport/search/analysis"
)

// maxHeldChecks is how many values of a request are looked up in the index:
// each costs a search, if a cheap one.
const maxHeldChecks = 20

// isOpen reports whether the values of a field are whatever the documents say.
// Those of the others are known without an index, and checked as they are
// resolved.
func isOpen(field string) bool {
	switch field {
	case FieldType, FieldPublisher, FieldFormat, FieldSource, FieldID, FieldDocument:
		return true
	}
	return false
}

// unheld warns of values in the question and the filters that nothing in the
// index has, with those that may be meant. Of values that are known without an
// index it does so when nothing was found.
func (a *asking) unheld() error {
	read := &a.result.Read
	at := resolver{text: a.request.Text}
	asked := map[Value]bool{}
	held := map[string][]FacetValue{}
	check := func(v Value, position int) error {
		wanted := isOpen(v.Field) || a.result.Total == 0 && HasField(Documents, v.Field) && !isKinship(v.Field)
		if !wanted || v.Value == corpus.None || asked[v] || len(asked) == maxHeldChecks {
			return nil
		}
		asked[v] = true
		message, near, err := a.unheldValue(v, held)
		if message != "" {
			w := Warning{Position: position, Message: message + didYouMean(near)}
			if len(near) == 1 && position > 0 {
				w.typed, w.meant = v.Value, near[0]
			}
			read.Warnings = append(read.Warnings, w)
		}
		return err
	}
	for v := range valuesIn(read.Query) {
		position := 0
		if at.find(v.Value) {
			position = at.at
		}
		if err := check(v, position); err != nil {
			return err
		}
	}
	for _, field := range slices.Sorted(maps.Keys(a.request.Filters)) {
		f := a.request.Filters[field]
		for _, value := range slices.Concat(f.Any, f.Not) {
			if err := check(Value{Field: field, Value: value}, 0); err != nil {
				return err
			}
		}
	}
	sortWarnings(read.Warnings)
	return nil
}

// valuesIn yields the values in a question from left to right.
func valuesIn(q Query) iter.Seq[Value] {
	return func(yield func(Value) bool) { walkValues(q, yield) }
}

func walkValues(q Query, yield func(Value) bool) bool {
	var list []Query
	switch q := q.(type) {
	case Value:
		return yield(q)
	case Not:
		return walkValues(q.Clause, yield)
	case And:
		list = q.Clauses
	case Or:
		list = q.Clauses
	}
	for _, c := range list {
		if !walkValues(c, yield) {
			return false
		}
	}
	return true
}

// unheldValue says that no document has a value, and returns those that may be
// meant; the message is empty when some document or fact has it. It keeps the values
// of fields in held.
func (a *asking) unheldValue(v Value, held map[string][]FacetValue) (message string, near []string, err error) {
	if v.Field == FieldDocument {
		v.Field = FieldID // of the document that states a fact
	}
	found, err := a.snapshot.Search(a.ctx, Plan{Kind: Documents, Query: v})
	if err != nil || found.Total > 0 {
		return "", nil, err
	}
	message = "no document has the " + v.Field + " " + shorten(LabelOf(a.snapshot.Taxonomy(), v.Field, v.Value))
	if !isOpen(v.Field) {
		message, err = a.unlessKnown(v, message)
		return message, nil, err
	}
	if v.Field == FieldID {
		return message, nil, nil
	}
	values, ok := held[v.Field]
	if !ok {
		found, err := a.snapshot.Search(a.ctx, Plan{Kind: Documents, Query: All{}, Facets: []FacetRequest{{Field: v.Field}}})
		if err != nil {
			return "", nil, err
		}
		values = found.Facets[0].Values
		held[v.Field] = values
	}
	if near = nearestValues(v.Value, values); len(near) > 0 {
		return message, near, nil
	}
	return message + heldInstead(v.Field, values), nil, nil
}

// fewHeld is how many values a field has at most that are all named.
const fewHeld = 8

// heldInstead returns what a message ends with that names the values that
// documents have in a field, if they are few.
func heldInstead(field string, values []FacetValue) string {
	var names []string
	for _, v := range values {
		if v.Value != corpus.None {
			names = append(names, "“"+v.Value+"”")
		}
	}
	switch {
	case len(names) == 0 || len(names) > fewHeld:
		return ""
	case len(names) == 1:
		return "; the only " + field + " is " + names[0]
	}
	return "; the " + field + "s are " + joined(names, "and")
}

// unlessKnown returns the message unless facts have the value, or it is none and
// there is a warning of that.
func (a *asking) unlessKnown(v Value, message string) (string, error) {
	if _, p := resolveValue(a.snapshot.Taxonomy(), v.Field, v.Value); !p.isNone() {
		return "", nil
	}
	found, err := a.snapshot.Search(a.ctx, Plan{Kind: Facts, Query: v})
	if err != nil || found.Total > 0 {
		return "", err
	}
	return message, nil
}

// nearestValues returns the values that may be meant by a text that is none of
// them, the most frequent first: those that are mistyped, or that the text begins,
// else those of which a word is or does.
func nearestValues(text string, values []FacetValue) []string {
	typed := analysis.Fold(text)
	least := corpus.Unlike
	var near []FacetValue
	for _, v := range values {
		if v.Value == corpus.None {
			continue
		}
		d := corpus.Unlikeness(typed, analysis.Fold(v.Value))
		if d < least {
			least, near = d, near[:0]
		}
		if d == least && d < corpus.Unlike {
			near = append(near, v)
		}
	}
	slices.SortFunc(near, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	list := make([]string, len(near))
	for i, v := range near {
		list[i] = v.Value
	}
	return list
}
