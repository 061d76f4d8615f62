package corpus

import (
	"cmp"
	"slices"
)

// Moved is a facet value whose number of documents a run has changed.
type Moved struct {
	Facet  string `json:"facet"`
	Value  string `json:"value"`
	Label  string `json:"label"`
	Before int    `json:"before"`
	After  int    `json:"after"`
}

// maxMoved is how many moved counts a report lists.
const maxMoved = 100

// SetMoved lists counts in the order of how far they moved, and notes how many
// more there are than a report lists. Those that did not move are left out.
func (r *Report) SetMoved(counts []Moved) {
	counts = slices.DeleteFunc(counts, func(m Moved) bool { return m.Before == m.After })
	slices.SortFunc(counts, func(a, b Moved) int {
		return cmp.Or(-cmp.Compare(a.distance(), b.distance()), cmp.Compare(a.Facet, b.Facet), cmp.Compare(a.Value, b.Value))
	})
	listed := min(len(counts), maxMoved)
	r.Moved, r.MovedOmitted = counts[:listed], len(counts)-listed
}

func (m Moved) distance() int { return max(m.After-m.Before, m.Before-m.After) }
