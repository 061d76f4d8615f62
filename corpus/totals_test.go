package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// money returns a fact with a single transaction of one event.
func money(id, value, currency, event string, change ...func(*Fact)) Fact {
	f := Fact{ID: id, Event: event, Amount: &Amount{Value: decimal.RequireFromString(value), Currency: currency, Stage: StageGiven, Measure: MeasureSingle}}
	for _, c := range change {
		c(&f)
	}
	return f
}

// lines prints totals one sum and one reason a line.
func (t Totals) lines() string {
	var b strings.Builder
	for _, s := range t.Sums {
		fmt.Fprintf(&b, "%s %s %s %s of %d\n", s.Bound, s.Value, s.Currency, s.Stage, s.Events)
	}
	for _, l := range t.LeftOut {
		fmt.Fprintf(&b, "%d %s\n", l.Facts, l.Reason)
	}
	return b.String()
}

func TestTotal(t *testing.T) {
	rank := func(r Rank) func(*Fact) { return func(f *Fact) { f.Rank = r } }
	measure := func(m Measure) func(*Fact) { return func(f *Fact) { f.Amount.Measure = m } }
	bound := func(b Bound) func(*Fact) { return func(f *Fact) { f.Amount.Bound = b } }
	for name, c := range map[string]struct {
		facts []Fact
		want  string
	}{
		"two events": {[]Fact{money("a", "1.5", "USD", "x"), money("b", "2", "USD", "y")}, "= 3.5 USD given of 2\n"},
		"currencies and stages apart": {
			[]Fact{money("a", "1", "USD", "x"), money("b", "2", "EUR", "y"), money("c", "4", "USD", "z", func(f *Fact) { f.Amount.Stage = StagePledged })},
			"= 2 EUR given of 1\n= 1 USD given of 1\n= 4 USD pledged of 1\n",
		},
		"the same event twice": {[]Fact{money("a", "1", "USD", "x"), money("b", "1", "USD", "x")}, "= 1 USD given of 1\n1 the same event again\n"},
		"no event, alike":      {[]Fact{money("a", "1", "USD", ""), money("b", "1", "USD", "")}, "= 1 USD given of 1\n1 " + string(LeftRepeated) + "\n"},
		"no event, different":  {[]Fact{money("a", "1", "USD", ""), money("b", "2", "USD", "")}, "= 3 USD given of 2\n"},
		"values disagree":      {[]Fact{money("a", "1", "USD", "x"), money("b", "2", "USD", "x")}, "2 " + string(LeftContested) + "\n"},
		"one preferred":        {[]Fact{money("a", "1", "USD", "x"), money("b", "2", "USD", "x", rank(RankPreferred))}, "= 2 USD given of 1\n1 the same event again\n"},
		"one deprecated":       {[]Fact{money("a", "1", "USD", "x", rank(RankDeprecated)), money("b", "2", "USD", "x")}, "= 2 USD given of 1\n1 deprecated\n"},
		"superseded before":    {[]Fact{money("a", "1", "USD", "x"), money("b", "2", "USD", "y", func(f *Fact) { f.Supersedes = []string{"a"} })}, "= 2 USD given of 1\n1 superseded\n"},
		"contradicted":         {[]Fact{money("a", "1", "USD", "x"), money("b", "2", "USD", "y", func(f *Fact) { f.ConflictsWith = []string{"a"} })}, "2 " + string(LeftContested) + "\n"},
		"contradicted, settled": {
			[]Fact{money("a", "1", "USD", "x", func(f *Fact) { f.ConflictsWith = []string{"b"} }), money("b", "2", "USD", "y", rank(RankDeprecated))},
			"= 1 USD given of 1\n1 deprecated\n",
		},
		"another currency":  {[]Fact{money("a", "20", "USD", "x", bound(BoundAbout)), money("b", "2000", "JPY", "x")}, "= 2000 JPY given of 1\n1 " + string(LeftCurrency) + "\n"},
		"totals and rates":  {[]Fact{money("a", "1", "USD", "x", measure(MeasureCumulative)), money("b", "2", "USD", "y", measure("")), money("c", "3", "USD", "z", measure(MeasureCeiling))}, "2 not a single transaction\n1 " + string(LeftUnmeasured) + "\n"},
		"planned":           {[]Fact{money("a", "1", "USD", "x", func(f *Fact) { f.Modality = Planned })}, "1 planned or expected\n"},
		"extracted":         {[]Fact{money("a", "1", "USD", "x", func(f *Fact) { f.Extracted = "contribution@1" })}, "1 extracted by a program, not checked\n"},
		"bounds":            {[]Fact{money("a", "1", "USD", "x", bound(BoundMore)), money("b", "2", "USD", "y")}, ">= 3 USD given of 2\n"},
		"mixed bounds":      {[]Fact{money("a", "1", "USD", "x", bound(BoundMore)), money("b", "2", "USD", "y", bound(BoundLess))}, "~ 3 USD given of 2\n"},
		"no amounts at all": {[]Fact{{ID: "a"}}, ""},
	} {
		if got := Total(slices.Values(c.facts)).lines(); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

func TestSeedTotals(t *testing.T) {
	facts := convertSeed(t, seedBody(t))
	// Of three sums in USD two are cumulative totals: nothing is added to
	// anything.
	if got, want := Total(slices.Values(facts)).lines(), "= 20000000 USD  of 1\n2 not a single transaction\n"; got != want {
		t.Errorf("totals of the seed:\n%swant\n%s", got, want)
	}
}

func TestContested(t *testing.T) {
	q := Fact{ID: "b", Quantity: &Quantity{Value: decimal.NewFromInt(568), Unit: "hectare"}, ConflictsWith: []string{"a"}}
	r := Total(slices.Values([]Fact{q, {ID: "a", Quantity: &Quantity{Value: decimal.NewFromInt(571), Unit: "hectare"}, Supersedes: []string{"c"}}}))
	if len(r.Contested) != 2 || r.Contested[0].Fact != "a" || r.Contested[1].ConflictsWith[0] != "a" {
		t.Errorf("contested %+v", r.Contested)
	}
	var facts []Fact
	for _, pair := range [][2]string{{"z", "a"}, {"b", ""}, {"c", "b"}, {"y", ""}, {"a", ""}} {
		f := money(pair[0], "1", "USD", pair[0])
		if pair[1] != "" {
			f.Supersedes = []string{pair[1]}
		}
		facts = append(facts, f)
	}
	var ids []string
	for _, c := range Total(slices.Values(facts)).Contested {
		ids = append(ids, c.Fact)
	}
	if want := []string{"a", "z", "b", "c"}; !slices.Equal(ids, want) {
		t.Errorf("contested %q, want %q: disputes together, with those that name nobody", ids, want)
	}
}

// TestTotalProperties checks that totals do not depend on the order of facts
// that every amount is in a sum or left out, and that a sum is that of the facts
// it names.
func TestTotalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "facts")
		ids := make([]string, n)
		for i := range ids {
			ids[i] = fmt.Sprintf("f%d", i)
		}
		facts := make([]Fact, n)
		for i := range facts {
			facts[i] = money(ids[i], fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "value")), rapid.SampledFrom([]string{"USD", "EUR"}).Draw(t, "currency"),
				rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "event"))
			facts[i].Rank = rapid.SampledFrom(append(Ranks(), "")).Draw(t, "rank")
			facts[i].Amount.Measure = rapid.SampledFrom([]Measure{MeasureSingle, MeasureSingle, MeasureSingle, MeasureCeiling, ""}).Draw(t, "measure")
			facts[i].Amount.Bound = rapid.SampledFrom(append(Bounds(), "")).Draw(t, "bound")
			if rapid.IntRange(0, 4).Draw(t, "linked") == 0 {
				facts[i].Supersedes = []string{rapid.SampledFrom(ids).Draw(t, "supersedes")}
			}
			if rapid.IntRange(0, 4).Draw(t, "contested") == 0 {
				facts[i].ConflictsWith = []string{rapid.SampledFrom(ids).Draw(t, "conflicts")}
			}
		}
		want := Total(slices.Values(facts))
		counted := 0
		for _, s := range want.Sums {
			counted += s.Events
			added := decimal.Decimal{}
			for _, f := range facts {
				if slices.Contains(s.Facts, f.ID) && f.Amount.Currency == s.Currency {
					added = added.Add(f.Amount.Value)
				}
			}
			if len(s.Facts) != s.Events || !added.Equal(s.Value) {
				t.Fatalf("the facts %q of a sum of %s come to %s", s.Facts, s.Value, added)
			}
		}
		for _, l := range want.LeftOut {
			counted += l.Facts
		}
		if counted != n {
			t.Fatalf("%d of %d amounts accounted for: %s", counted, n, want.lines())
		}
		shuffled := rapid.Permutation(facts).Draw(t, "order")
		if got := Total(slices.Values(shuffled)); got.lines() != want.lines() {
			t.Fatalf("in another order\n%swant\n%s", got.lines(), want.lines())
		}
	})
}
