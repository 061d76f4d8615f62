package search

import "rapport/corpus"

// mentions counts the documents that mention the selected partners, when they
// are more than those that are about them.
func (a *asking) mentions() error {
	p := a.plan(Documents)
	filtered := p.Filters[FieldPartner].mentioned()
	query, typed := mentioned(p.Query)
	if filtered == nil && !typed {
		return nil
	}
	if filtered != nil {
		delete(p.Filters, FieldPartner)
		query = And{Clauses: []Query{query, *filtered}}
		if not := a.request.Filters[FieldPartner].Excluded(); !not.isEmpty() {
			p.Filters[FieldPartner] = not
		}
	}
	p.Query = query
	found, err := a.snapshot.Search(a.ctx, p)
	if err != nil {
		return err
	}
	if found.Total > a.result.Total {
		a.result.Read.Mentions = found.Total
	}
	return nil
}

// mentioned returns a question for documents that mention any of the partners
// that a filter selects, nil when it selects none.
func (f Filter) mentioned() *Or {
	var any Or
	for _, v := range f.Any {
		if v != corpus.None {
			any.Clauses = append(any.Clauses, Value{Field: FieldMention, Value: v})
		}
	}
	if len(any.Clauses) == 0 {
		return nil
	}
	return &any
}

// mentioned returns the question with every partner that it requires replaced
// by a mention of it, and whether there is one.
func mentioned(q Query) (Query, bool) {
	switch q := q.(type) {
	case Value:
		if q.Field == FieldPartner && q.Value != corpus.None {
			return Value{Field: FieldMention, Value: q.Value}, true
		}
	case And:
		clauses := make([]Query, len(q.Clauses))
		any := false
		for i, c := range q.Clauses {
			replaced := false
			clauses[i], replaced = mentioned(c)
			any = any || replaced
		}
		return And{Clauses: clauses}, any
	}
	return q, false
}
