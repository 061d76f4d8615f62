package search

import (
	"cmp"
	"context"
	"slices"

	"rapport/corpus"
)

// MaxKin is how many documents of each kind of kinship Kin lists. All are
// counted.
const MaxKin = 20

// Kin are the documents that are like a document. None of them is the
// document itself, and none is of two kinds.
type Kin struct {
	Copies   Family // made of the same bytes
	Near     Family // nearly identical, copies aside
	Editions Family // of the same work, in order of date; copies aside
}

// Family are documents of one kind of kinship.
type Family struct {
	Total     int
	Documents []*corpus.Document // at most MaxKin, without bodies
}

// KinOf finds the kin of a document.
func KinOf(ctx context.Context, s Snapshot, d *corpus.Document) (kin Kin, err error) {
	id := string(d.ID)
	copies := Filter{Any: []string{id}}
	others := Filters{FieldID: {Not: []string{id}}}
	with := func(field string, f Filter) Filters {
		filters := Filters{field: f}
		for name, other := range others {
			filters[name] = other
		}
		return filters
	}
	if kin.Copies, err = family(ctx, s, with(FieldSame, copies)); err != nil {
		return kin, err
	}
	others[FieldSame] = Filter{Not: []string{id}}
	if work := d.Work(); work != "" {
		if kin.Editions, err = family(ctx, s, with(FieldWork, Filter{Any: []string{work}})); err != nil {
			return kin, err
		}
		others[FieldWork] = Filter{Not: []string{work}}
	}
	kin.Near, err = family(ctx, s, with(FieldNear, copies))
	return kin, err
}

func family(ctx context.Context, s Snapshot, f Filters) (Family, error) {
	found, err := s.Search(ctx, Plan{Kind: Documents, Query: All{}, Filters: f, Sort: Oldest, Limit: MaxKin})
	if err != nil {
		return Family{}, err
	}
	list := make([]*corpus.Document, len(found.Hits))
	for i, h := range found.Hits {
		list[i] = h.Document
	}
	return Family{Total: found.Total, Documents: InOrderOfEdition(list)}, nil
}

// InOrderOfEdition returns documents in order of the date that tells editions
// apart, the undated last.
func InOrderOfEdition(list []*corpus.Document) []*corpus.Document {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *corpus.Document) int {
		x, _ := a.EditionDate()
		y, _ := b.EditionDate()
		if x.IsZero() != y.IsZero() {
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID))
	})
	return list
}
