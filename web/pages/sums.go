package pages

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// statedSums returns facts that a plan finds and that state a sum, newest first
// and at most so many, and how many there are.
func statedSums(ctx context.Context, snapshot search.Snapshot, plan search.Plan, most int) (facts []corpus.Fact, all int, err error) {
	filters := maps.Clone(plan.Filters)
	if filters == nil {
		filters = search.Filters{}
	}
	f := filters[search.FieldCurrency]
	f.Not = append(slices.Clone(f.Not), corpus.None)
	filters[search.FieldCurrency] = f
	plan.Filters, plan.Limit, plan.After, plan.Facets, plan.Sort = filters, most, nil, nil, search.Newest
	found, err := snapshot.Search(ctx, plan)
	if err != nil {
		return nil, 0, err
	}
	for _, hit := range found.Hits {
		if hit.Fact != nil {
			facts = append(facts, *hit.Fact)
		}
	}
	return facts, found.Total, nil
}

// Sums adds up the sums of all facts that a plan finds, and lists some. It
// returns nil when no fact states a sum.
func (v *Visit) Sums(ctx context.Context, plan search.Plan) (*SumsView, error) {
	stated, all, err := statedSums(ctx, v.Snapshot, plan, statedShown)
	if err != nil || all == 0 {
		return nil, err
	}
	totals, tooMany, err := search.Totals(ctx, v.Snapshot, plan)
	if err != nil {
		return nil, err
	}
	view := &SumsView{TooMany: tooMany}
	view.list(stated, all)
	if totals != nil {
		view.Add(totals)
	}
	return view, nil
}

// SumsView says what the sums of some facts come to, as far as they may be
// added, and why the others may not. The rule is corpus.Total's.
type SumsView struct {
	Added  []addedView
	Left   []leftView
	Stated []Link // the sums themselves, each with its sentence
	More   int    // sums that are not listed
	// Contested are the values that supersede or contradict others.
	Contested []contestedView
	TooMany   int // facts, when they are too many to add up
}

// addedView is a sum over payments of one currency and stage.
type addedView struct {
	Sum, Stage string
	Again      bool // of the same stage as the one before
	Events     int
	Href       string // of the facts that were added, empty when there are many
}

// leftView counts sums that are not added for a reason.
type leftView struct {
	Reason string
	Count  int
}

// statedShown is how many sums are listed one by one.
const statedShown = 6

// list lists the sums of some facts, of so many in all, one by one.
func (v *SumsView) list(facts []corpus.Fact, all int) {
	for i := range facts {
		if f := &facts[i]; f.Amount != nil && len(v.Stated) < statedShown {
			v.Stated = append(v.Stated, Link{factLink(f), amountText(f.Amount)})
		}
	}
	v.More = all - len(v.Stated)
}

// Add shows what was added and what was not.
func (v *SumsView) Add(totals *corpus.Totals) {
	for _, s := range totals.Sums {
		stage := string(s.Stage)
		if stage == "" {
			stage = "stage not stated"
		}
		v.Added = append(v.Added, addedView{
			Sum: boundText(s.Bound) + money(s.Value.String()) + " " + s.Currency, Stage: stage, Events: s.Events, Href: partsOf(s),
		})
	}
	slices.SortStableFunc(v.Added, func(a, b addedView) int { return strings.Compare(a.Stage, b.Stage) })
	for i := range v.Added {
		v.Added[i].Again = i > 0 && v.Added[i].Stage == v.Added[i-1].Stage
	}
	for _, l := range totals.LeftOut {
		v.Left = append(v.Left, leftView{string(l.Reason), l.Facts})
	}
	for _, c := range totals.Contested {
		v.Contested = append(v.Contested, newContested(c))
	}
}

// mostParts is how many facts a link names.
const mostParts = 40

// partsOf returns the address of the facts that were added to a sum, empty when
// they are too many to name.
func partsOf(s corpus.Sum) string {
	if len(s.Facts) == 0 || len(s.Facts) > mostParts {
		return ""
	}
	question := search.FieldID + ":" + s.Facts[0]
	if len(s.Facts) > 1 {
		question = search.FieldID + ":(" + strings.Join(s.Facts, " OR ") + ")"
	}
	return Address{Path: "/facts", Params: url.Values{"q": {question}}}.String()
}

// contestedView is a value that others supersede or contradict.
type contestedView struct {
	Fact, Value string
	Supersedes  []string
	Contradicts []string
}

func newContested(c corpus.Contested) contestedView {
	v := contestedView{Fact: c.Fact, Supersedes: c.Supersedes, Contradicts: c.ConflictsWith}
	switch {
	case c.Amount != nil:
		v.Value = amountText(c.Amount)
	case c.Quantity != nil:
		v.Value = quantityText(c.Quantity)
	}
	return v
}
