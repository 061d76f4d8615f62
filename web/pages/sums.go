package pages

import (
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

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
	Events     int
	Href       string // of the facts that were added, empty when there are many
}

// leftView counts sums that are not added for a reason.
type leftView struct {
	Reason string
	Count  int
}

// statedShown is how many sums are listed one by one.
const statedShown = 12

// list lists the sums of some facts, of so many in all, one by one.
func (v *SumsView) list(facts []corpus.Fact, all int) {
	for i := range facts {
		if f := &facts[i]; f.Amount != nil && len(v.Stated) < statedShown {
			v.Stated = append(v.Stated, Link{factLink(f), amountText(f.Amount)})
		}
	}
	v.More = all - len(v.Stated)
}

// add shows what was added and what was not.
func (v *SumsView) add(totals *corpus.Totals) {
	for _, s := range totals.Sums {
		stage := string(s.Stage)
		if stage == "" {
			stage = "stage not stated"
		}
		v.Added = append(v.Added, addedView{
			Sum: boundText(s.Bound) + money(s.Value.String()) + " " + s.Currency, Stage: stage, Events: s.Events, Href: partsOf(s),
		})
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

// sumsInAWord is the line on sums below a few facts; empty when there are
// fewer than two sums.
func sumsInAWord(facts []corpus.Fact) string {
	stated := 0
	for i := range facts {
		if facts[i].Amount != nil {
			stated++
		}
	}
	if stated < 2 {
		return ""
	}
	totals := corpus.Total(slices.Values(facts))
	v := &SumsView{}
	v.add(&totals)
	var list []string
	for _, a := range v.Added {
		if a.Events > 1 {
			list = append(list, a.Sum+", "+a.Stage+", in "+count(a.Events, "payment", "payments"))
		}
	}
	for _, l := range v.Left {
		list = append(list, count(l.Count, "sum", "sums")+" not added: "+l.Reason)
	}
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "; ") + "."
}
