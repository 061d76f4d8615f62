package corpus

import (
	"iter"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Totals are the sums of money of a set of facts, added up only where adding
// is honest, and a count of all that was left out.
type Totals struct {
	Facts   int       `json:"facts"` // looked at
	Sums    []Sum     `json:"sums"`
	LeftOut []LeftOut `json:"left_out"`
	// Contested are values that supersede or contradict each other: those that
	// belong together side by side, in the order of ids.
	Contested []Contested `json:"contested,omitempty"`
}

// Sum adds single transactions of one currency at one stage, each event once.
type Sum struct {
	Currency string          `json:"currency"`
	Stage    Stage           `json:"stage,omitempty"` // empty: not stated
	Value    decimal.Decimal `json:"value"`
	// Bound follows from the bounds of the parts: "=" when all are exact,
	// ">=" or "<=" when some are on that side alone, else "~".
	Bound  Bound `json:"bound"`
	Events int   `json:"events"` // how many transactions were added
	// Facts are the ids of the facts that were added, one an event, in order.
	Facts []string `json:"facts"`
}

// LeftOut counts facts with an amount that are in no sum, for one reason.
type LeftOut struct {
	Reason LeftOutReason `json:"reason"`
	Facts  int           `json:"facts"`
}

// LeftOutReason says why an amount is in no sum.
type LeftOutReason string

// The reasons for leaving an amount out. The first that applies counts.
const (
	LeftExtracted   LeftOutReason = "extracted by a program, not checked"
	LeftDeprecated  LeftOutReason = "deprecated"
	LeftNotHappened LeftOutReason = "planned or expected"
	LeftMeasure     LeftOutReason = "not a single transaction"
	LeftUnmeasured  LeftOutReason = "not stated whether a single transaction"
	LeftSuperseded  LeftOutReason = "superseded"
	LeftSameEvent   LeftOutReason = "the same event again"
	LeftCurrency    LeftOutReason = "the same event in another currency"
	LeftContested   LeftOutReason = "contradicted, and neither value preferred"
	LeftRepeated    LeftOutReason = "may repeat another: same sum, date and partners, no event key"
)

// Contested is an amount or quantity that supersedes or contradicts others, or
// that others supersede or contradict.
type Contested struct {
	Fact          string    `json:"fact"`
	Amount        *Amount   `json:"amount,omitempty"`
	Quantity      *Quantity `json:"quantity,omitempty"`
	Rank          Rank      `json:"rank,omitempty"`
	Supersedes    []string  `json:"supersedes,omitempty"`
	ConflictsWith []string  `json:"conflicts_with,omitempty"`
}

// transaction is one fact that may be added.
type transaction struct {
	id        string
	value     decimal.Decimal
	currency  string
	bound     Bound
	preferred bool
}

// totals is the state of one run of Total. It grows with the number of amounts,
// quantities and links between facts.
type totals struct {
	facts      int
	left       map[LeftOutReason]int
	events     map[eventKey][]transaction
	superseded map[string]bool      // ids
	deprecated map[string]bool      // ids
	preferred  map[string]bool      // ids
	conflicts  map[string][]string  // by id, both ways
	values     map[string]Contested // facts with an amount or quantity, by id
	disputes   [][2]string          // ids of facts that supersede or contradict each other
}

// eventKey names an event at one stage. Transactions without an event key
// share one when they may repeat each other.
type eventKey struct {
	event string
	keyed bool
	stage Stage
}

// Total adds up the amounts of facts by currency and stage. It adds single
// transactions alone, each event once, of curated facts that are neither
// deprecated nor superseded nor contradicted, and never across currencies or
// stages. Facts need not be in any order.
func Total(facts iter.Seq[Fact]) Totals {
	t := totals{
		left: map[LeftOutReason]int{}, events: map[eventKey][]transaction{}, superseded: map[string]bool{},
		deprecated: map[string]bool{}, preferred: map[string]bool{}, conflicts: map[string][]string{},
		values: map[string]Contested{},
	}
	for f := range facts {
		t.add(&f)
	}
	return t.result()
}

// add takes in one fact.
func (t *totals) add(f *Fact) {
	t.facts++
	t.link(f)
	if f.Amount == nil {
		return
	}
	if reason := leftOut(f); reason != "" {
		t.left[reason]++
		return
	}
	key := eventKey{f.Event, f.Event != "", f.Amount.Stage}
	if !key.keyed {
		key.event = strings.Join([]string{f.Amount.Currency, f.Amount.Value.String(), f.Date.Date.String(), joinPartners(f.Partners)}, "\x00")
	}
	t.events[key] = append(t.events[key], transaction{f.ID, f.Amount.Value, f.Amount.Currency, f.Amount.Bound, f.Rank == RankPreferred})
}

// link records what a fact says about others, and how it ranks among them.
func (t *totals) link(f *Fact) {
	for _, id := range f.Supersedes {
		t.superseded[id] = true
		t.disputes = append(t.disputes, [2]string{f.ID, id})
	}
	switch f.Rank {
	case RankDeprecated:
		t.deprecated[f.ID] = true
	case RankPreferred:
		t.preferred[f.ID] = true
	}
	for _, id := range f.ConflictsWith {
		t.conflicts[f.ID] = append(t.conflicts[f.ID], id)
		t.conflicts[id] = append(t.conflicts[id], f.ID)
		t.disputes = append(t.disputes, [2]string{f.ID, id})
	}
	if f.Amount != nil || f.Quantity != nil {
		t.values[f.ID] = Contested{f.ID, f.Amount, f.Quantity, f.Rank, f.Supersedes, f.ConflictsWith}
	}
}

// leftOut returns why an amount can be in no sum whatever the other facts
// say, or "".
func leftOut(f *Fact) LeftOutReason {
	switch {
	case f.Extracted != "":
		return LeftExtracted
	case f.Rank == RankDeprecated:
		return LeftDeprecated
	case f.Modality == Planned || f.Modality == Expected:
		return LeftNotHappened
	case f.Amount.Measure == "":
		return LeftUnmeasured
	case f.Amount.Measure != MeasureSingle:
		return LeftMeasure
	}
	return ""
}

func joinPartners(ids []PartnerID) string {
	sorted := slices.Sorted(slices.Values(ids))
	return join(sorted)
}
