package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
)

// Read parses a question and resolves the names in it. The positions of all
// warnings are in the text.
func Read(text string, t *corpus.Taxonomy) (Query, []Warning) {
	q, warnings := parse(text, func(field, text string) bool { return beginsWithValue(t, field, text) })
	r := resolver{taxonomy: t, text: text}
	q = normal(r.resolve(q))
	warnings = append(warnings, r.warnings.finish(&source{})...)
	sortWarnings(warnings)
	return q, warnings
}

// Resolve turns the names in a question into identifiers: partners and topics
// by any name or alias of the taxonomy, years, dates, languages, sums of
// money, kinds and statuses of facts by the forms that people use. A value
// that does not exist stays as it is, matches nothing, and has a warning that
// names the nearest one that does. The positions of warnings are in the
// question's canonical form.
func Resolve(q Query, t *corpus.Taxonomy) (Query, []Warning) {
	r := resolver{taxonomy: t, text: q.String()}
	q = normal(r.resolve(q))
	return q, r.warnings.finish(&source{})
}

// resolver turns names into identifiers, from left to right.
type resolver struct {
	taxonomy *corpus.Taxonomy
	text     string
	at       int // where the last value stands in the text
	warnings warnings
}

// resolve returns the query with identifiers, not in normal form.
func (r *resolver) resolve(q Query) Query {
	switch q := q.(type) {
	case Value:
		return r.value(q)
	case Range:
		return r.rangeOf(q)
	case Not:
		return Not{Clause: r.resolve(q.Clause)}
	case And:
		return And{Clauses: r.conjuncts(q.Clauses)}
	case Or:
		list := make([]Query, len(q.Clauses))
		for i, c := range q.Clauses {
			list[i] = r.resolve(c)
		}
		return Or{Clauses: list}
	}
	return q
}

func (r *resolver) value(q Value) Query {
	resolved, problem := resolveValue(r.taxonomy, q.Field, q.Value)
	if problem.isNone() {
		r.find(q.Value)
		return resolved
	}
	if span, ok := spanOf(q.Field, q.Value); ok {
		r.find(q.Value)
		return r.rangeOf(span)
	}
	if list := r.listed(q); len(list) > 1 {
		r.warn("values with a comma between them are read as alternatives: "+q.Field+":(a OR b)", q.Value)
		return Or{Clauses: list}
	}
	r.warn(problem.inQuestion(), q.Value)
	r.warnings.correct(q.Value, problem.near)
	return resolved
}

// listed reads a value as several with commas between them: partner:JP,KR.
// It returns nil unless all of them exist.
func (r *resolver) listed(q Value) []Query {
	var list []Query
	for part := range strings.SplitSeq(q.Value, ",") {
		part = strings.TrimSpace(part)
		resolved, problem := resolveValue(r.taxonomy, q.Field, part)
		if span, ok := spanOf(q.Field, part); ok {
			resolved, problem, _ = resolveRange(span)
		}
		if !problem.isNone() {
			return nil
		}
		list = append(list, resolved)
	}
	return list
}

// conjuncts resolves the clauses of an And. A name of several words that was
// typed without quotation marks, partner:South Korea, is put together.
func (r *resolver) conjuncts(list []Query) []Query {
	resolved := make([]Query, 0, len(list))
	for i := 0; i < len(list); {
		whole, n := r.joined(list[i:])
		if n > 0 {
			resolved = append(resolved, whole)
			i += n
			continue
		}
		if span, n := r.spanAt(list[i:]); n > 0 {
			resolved = append(resolved, span)
			i += n
			continue
		}
		resolved = append(resolved, r.resolve(list[i]))
		i++
	}
	return resolved
}

// maxNameWords is how many words a name has at most.
const maxNameWords = 8

// joined reads a value together with the words after it, as many as make a name:
// Bosnia is a name, and Bosnia and Herzegovina a longer one. It returns the number
// of clauses it took, 0 for none.
func (r *resolver) joined(list []Query) (Query, int) {
	first, negated := list[0], false
	if not, ok := first.(Not); ok {
		first, negated = not.Clause, true
	}
	v, ok := first.(Value)
	if !ok || v.Field != FieldPartner && v.Field != FieldMention && v.Field != FieldTopic {
		return nil, 0
	}
	names := []string{v.Value}
	for _, q := range list[1:] {
		w, ok := q.(Word)
		if !ok || w.Field != "" || w.Exact || len(names) == maxNameWords {
			break
		}
		names = append(names, w.Text)
	}
	for n := len(names); n > 1; n-- {
		name := strings.Join(names[:n], " ")
		q, problem := resolveValue(r.taxonomy, v.Field, name)
		if !problem.isNone() {
			continue
		}
		r.warn("read as "+v.Field+`:"`+name+`"; a name of several words needs quotation marks`, v.Value)
		if negated {
			q = Not{Clause: q}
		}
		return q, n
	}
	return nil, 0
}

// boundsText returns a range without its field.
func boundsText(q Range) string { return strings.TrimPrefix(q.String(), q.Field+":") }

// warn adds a warning at the first of the pieces that stands in the text,
// after the last one found.
func (r *resolver) warn(message string, pieces ...string) {
	for _, s := range pieces {
		if s != "" && r.find(s) {
			break
		}
	}
	r.warnings.add(r.at, message)
}

// find goes to the next place of a value in the text, if there is one. No
// letter stands before or after it there.
func (r *resolver) find(value string) bool {
	for from := r.at; ; {
		i := strings.Index(r.text[from:], value)
		if i < 0 {
			return false
		}
		from += i
		before, _ := utf8.DecodeLastRuneInString(r.text[:from])
		after, _ := utf8.DecodeRuneInString(r.text[from+len(value):])
		if !isLetter(before) && !isLetter(after) {
			r.at = from
			return true
		}
		from += len(value)
	}
}

// ResolveFilters returns filters with names turned into identifiers and dates
// as Resolve does it, sorted and without repetitions. The error is a
// ParamErrors that names every value that does not exist.
func ResolveFilters(f Filters, t *corpus.Taxonomy) (Filters, error) {
	var errs ParamErrors
	resolved := make(Filters, len(f))
	for field, filter := range f {
		if !isKinship(field) && (!isField(field) || !isKeyword(field)) {
			errs = append(errs, ParamError{Parameter: field, Message: "there is no filter of this name"})
			continue
		}
		var into Filter
		for _, value := range filter.Any {
			q, problem := resolveValue(t, field, value)
			errs.note(field, value, problem)
			into.include(q)
		}
		for _, r := range filter.Ranges {
			r.Field = field
			q, problem, _ := resolveRange(r)
			errs.note(field, boundsText(r), problem)
			into.include(q)
		}
		for _, value := range filter.Not {
			q, problem := resolveValue(t, field, value)
			errs.note("-"+field, value, problem)
			into.exclude(q)
		}
		for _, r := range filter.NotRanges {
			r.Field = field
			q, problem, _ := resolveRange(r)
			errs.note("-"+field, boundsText(r), problem)
			into.exclude(q)
		}
		if into = into.sorted(); !into.isEmpty() {
			resolved[field] = into
		}
	}
	if len(errs) > 0 {
		return nil, errs.sorted()
	}
	return resolved, nil
}

// include adds a resolved value or range to what a filter lets pass.
func (f *Filter) include(q Query) {
	switch q := q.(type) {
	case Value:
		f.Any = append(f.Any, q.Value)
	case Range:
		f.Ranges = append(f.Ranges, q)
	}
}

// exclude adds a resolved value or range to what a filter keeps out.
func (f *Filter) exclude(q Query) {
	switch q := q.(type) {
	case Value:
		f.Not = append(f.Not, q.Value)
	case Range:
		f.NotRanges = append(f.NotRanges, q)
	}
}

func (f Filter) isEmpty() bool {
	return len(f.Any)+len(f.Ranges)+len(f.Not)+len(f.NotRanges) == 0
}

// sorted returns the filter in canonical order and without repetitions.
func (f Filter) sorted() Filter {
	slices.Sort(f.Any)
	slices.Sort(f.Not)
	for _, list := range [][]Range{f.Ranges, f.NotRanges} {
		slices.SortFunc(list, func(a, b Range) int { return strings.Compare(a.String(), b.String()) })
	}
	return Filter{
		Any: slices.Compact(f.Any), Ranges: slices.Compact(f.Ranges),
		Not: slices.Compact(f.Not), NotRanges: slices.Compact(f.NotRanges),
	}
}
