package pages

import (
	"slices"
	"strings"

	"rapport/corpus"
)

// SumsView says what the sums of some facts come to, as far as they may be
// added, and why the others may not. The rule is corpus.Total's.
type SumsView struct {
	Added  []addedView
	Left   []leftView
	Stated []Link // the sums themselves, each with its sentence
	More   int    // sums that are not listed
}

// addedView is a sum over payments of one currency and stage.
type addedView struct {
	Sum, Stage string
	Events     int
}

// leftView counts sums that are not added for a reason.
type leftView struct {
	Reason string
	Count  int
}

// statedShown is how many sums are listed one by one.
const statedShown = 12

func newSums(facts []corpus.Fact) *SumsView {
	v := &SumsView{}
	for i := range facts {
		f := &facts[i]
		switch {
		case f.Amount == nil:
		case len(v.Stated) < statedShown:
			v.Stated = append(v.Stated, Link{factLink(f), amountText(f.Amount)})
		default:
			v.More++
		}
	}
	if len(v.Stated) == 0 {
		return nil
	}
	totals := corpus.Total(slices.Values(facts))
	for _, s := range totals.Sums {
		stage := string(s.Stage)
		if stage == "" {
			stage = "stage not stated"
		}
		v.Added = append(v.Added, addedView{boundText(s.Bound) + money(s.Value.String()) + " " + s.Currency, stage, s.Events})
	}
	for _, l := range totals.LeftOut {
		v.Left = append(v.Left, leftView{string(l.Reason), l.Facts})
	}
	return v
}

// sumsInAWord is the line on sums below a few facts; empty when there are
// fewer than two sums.
func sumsInAWord(facts []corpus.Fact) string {
	v := newSums(facts)
	if v == nil || len(v.Stated) < 2 {
		return ""
	}
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
