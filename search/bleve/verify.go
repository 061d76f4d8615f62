package bleve

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
)

// Verify reads the whole index and compares its segments with their checksums,
// its content with what it says of it as a whole, and its facets with the
// records that they were made from. It returns an error that wraps
// search.ErrDamaged when they do not agree.
func (x *Index) Verify(ctx context.Context) error {
	return x.read(ctx, "verify "+x.dir, func(v *view) error { return v.verify(ctx) })
}

// Checksums compares the segments with their checksums, which takes about 0.7 s
// per gigabyte. It returns an error that wraps search.ErrDamaged when they do
// not agree.
func (x *Index) Checksums(ctx context.Context) error {
	return x.read(ctx, "compare the checksums of "+x.dir, func(v *view) error { return v.checksums(ctx) })
}

func (v *view) checksums(ctx context.Context) error {
	for _, s := range v.segs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := checkFile(s.data); err != nil {
			return err
		}
	}
	return nil
}

func (v *view) verify(ctx context.Context) error {
	if err := v.checksums(ctx); err != nil {
		return err
	}
	found := state{Taxonomy: v.state.Taxonomy, Pending: v.state.Pending, Base: v.state.Base}
	for _, s := range v.segs {
		back := readBack{segment: s, builder: newBuilder(v.index.groups), facets: map[string]facetPostings{}}
		if err := back.records(ctx, &found); err != nil {
			return err
		}
		if err := back.compare(); err != nil {
			return err
		}
	}
	if found != v.state {
		return fmt.Errorf("%w: it says of itself that it holds %d documents and %d facts in %d entries, and holds %d and %d in %d, or others than it says",
			search.ErrDamaged, v.state.Documents, v.state.Facts, v.state.Entries, found.Documents, found.Facts, found.Entries)
	}
	return nil
}

// readBack compares the facets of a segment, which are read from its
// dictionaries and postings, with the records that are stored in it.
type readBack struct {
	*segment
	builder *builder
	facets  map[string]facetPostings // by name of the field
}

// facetPostings are the live records of each value of a facet.
type facetPostings map[string]*roaring.Bitmap

// records reads the live records, adds them to the state that they make, and
// notes the facets that they must have.
func (b *readBack) records(ctx context.Context, found *state) error {
	for it := roaring.FastOr(b.documents, b.facts, b.entries).Iterator(); it.HasNext(); {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc := it.Next()
		stored, err := b.stored(doc, noBody)
		if err != nil {
			return err
		}
		made := &record{}
		switch {
		case stored.document():
			d, err := stored.decode()
			if err != nil {
				return err
			}
			found.Documents++
			b.builder.documentFacets(made, d)
		case len(stored.entry) == 0:
			f, err := b.fact(doc)
			if err != nil {
				return err
			}
			found.Facts++
			b.builder.factFacets(made, f)
		}
		if len(stored.entry) > 0 {
			found.Entries++
			found.Sum = found.Sum.add(stored.hash)
		}
		b.note(doc, made)
	}
	return nil
}

// note adds a record to the postings of its values.
func (b *readBack) note(doc uint32, made *record) {
	for _, f := range made.fields {
		name := schemaFields[f.number].name
		postings := b.facets[name]
		if postings == nil {
			postings = facetPostings{}
			b.facets[name] = postings
		}
		for _, p := range made.of(f.number) {
			if postings[p.term] == nil {
				postings[p.term] = roaring.New()
			}
			postings[p.term].Add(doc)
		}
	}
}

// compare reads every dictionary of a facet back.
func (b *readBack) compare() error {
	for _, kind := range []search.Kind{search.Documents, search.Facts} {
		for _, facet := range search.FacetFields(kind) {
			if err := b.compareFacet(fieldName(kind, facet)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *readBack) compareFacet(field string) error {
	d, err := b.dictionary(field)
	if err != nil {
		return err
	}
	wanted := b.facets[field]
	seen := 0
	err = d.each(nil, nil, nil, func(e entry) (bool, error) {
		docs, err := d.holdersOf(e)
		if err != nil {
			return false, err
		}
		if b.deleted != nil {
			docs = roaring.AndNot(docs, b.deleted)
		}
		want, ok := wanted[string(e.term)]
		if ok {
			seen++
		} else {
			want = roaring.New()
		}
		if !want.Equals(docs) {
			return false, fmt.Errorf("%w: the value %q of the facet %s has other records than those that say so", search.ErrDamaged, e.term, field)
		}
		return true, nil
	})
	if err == nil && seen != len(wanted) {
		err = fmt.Errorf("%w: the facet %s has %d of its %d values", search.ErrDamaged, field, seen, len(wanted))
	}
	return err
}
