package bench

import (
	"context"
	"fmt"

	"rapport/search"
)

// maxExamples is how many differences a report spells out.
const maxExamples = 5

// compare asks two engines every question once and counts those for which
// they find different totals or different counts of facet values.
func (b *Bench) compare(ctx context.Context, other Engine) (*Compared, error) {
	c := &Compared{Engine: other.Name()}
	for _, class := range Classes() {
		if class == Matrix || class == FactWord || class == FactAmount || class == FactAll {
			continue
		}
		for _, q := range b.questions[class] {
			if !other.Reads(q) {
				continue
			}
			p := b.plan(search.Documents, q, way{facets: 3})
			mine, err := b.engines[0].Search(ctx, p, false)
			if err != nil {
				return nil, err
			}
			theirs, err := other.Search(ctx, p, false)
			if err != nil {
				return nil, err
			}
			c.Questions++
			if diff := difference(mine, theirs); diff != "" {
				if c.Different++; len(c.Examples) < maxExamples {
					c.Examples = append(c.Examples, fmt.Sprintf("%s %q: %s", class, q, diff))
				}
			}
		}
	}
	return c, nil
}

// difference says how an answer differs from ours, empty when it does not.
// A value that is listed with another value of the same count at the end of
// the list is no difference.
func difference(mine, theirs *search.Found) string {
	if mine.Total != theirs.Total {
		return fmt.Sprintf("%d hits and %d", mine.Total, theirs.Total)
	}
	for i, f := range mine.Facets {
		if i >= len(theirs.Facets) {
			return "no facet " + f.Field
		}
		g := theirs.Facets[i]
		if len(f.Values) != len(g.Values) || f.Missing != g.Missing {
			return fmt.Sprintf("facet %s has %d values and %d, missing %d and %d", f.Field, len(f.Values), len(g.Values), f.Missing, g.Missing)
		}
		for j := range f.Values {
			if f.Values[j].Count != g.Values[j].Count {
				return fmt.Sprintf("facet %s counts %s %d times and %s %d times", f.Field,
					f.Values[j].Value, f.Values[j].Count, g.Values[j].Value, g.Values[j].Count)
			}
		}
	}
	return ""
}
