package corpus

import (
	"maps"
	"testing"

	"github.com/shopspring/decimal"
)

func TestRepeated(t *testing.T) {
	fact := func(id, rule string, at, end int, also func(*Fact)) Fact {
		f := Fact{ID: id, Kind: KindContribution, Extracted: rule, Evidence: Evidence{Document: "d", Offset: at, End: end}}
		if also != nil {
			also(&f)
		}
		return f
	}
	sum := func(millions int64) func(*Fact) {
		return func(f *Fact) { f.Amount = &Amount{Value: decimal.New(millions, 6), Currency: "USD"} }
	}
	number := func(n int64, unit string) func(*Fact) {
		return func(f *Fact) { f.Quantity = &Quantity{Value: decimal.NewFromInt(n), Unit: unit} }
	}
	stated := []Fact{
		fact("sum", "", 10, 30, sum(20)),
		fact("number", "", 40, 60, number(571, "hectare")),
		fact("visit", "", 70, 90, func(f *Fact) { f.Kind = KindVisit }),
		fact("stale", "", 0, 0, sum(20)),
	}
	found := []Fact{
		fact("same-sum", "amount@2", 5, 12, sum(20)),
		fact("other-sum", "amount@2", 5, 12, sum(21)),
		fact("beside", "amount@2", 30, 35, sum(20)),
		fact("elsewhere", "amount@2", 5, 12, func(f *Fact) { sum(20)(f); f.Evidence.Document = "e" }),
		fact("same-number", "quantity@2", 59, 65, number(571, "hectare")),
		fact("other-unit", "quantity@2", 59, 65, number(571, "acre")),
		fact("same-visit", "visit@2", 60, 100, func(f *Fact) { f.Kind = KindVisit }),
		fact("meeting", "meeting@2", 60, 100, func(f *Fact) { f.Kind = KindMeeting }),
		fact("stated", "", 5, 12, sum(20)),
	}
	want := map[string]string{"same-sum": "sum", "same-number": "number", "same-visit": "visit"}
	if got := Repeated(found, stated); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
