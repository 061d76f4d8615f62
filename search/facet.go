package search

// FacetRequest asks for one facet.
type FacetRequest struct {
	Field string
	// Limit is the number of values wanted, 0 for all. Selected values are
	// given in any case.
	Limit  int
	Offset int
	Order  FacetOrder
	// Only, when not nil, restricts the listed values, for a search within
	// the facet. Counts, Missing and Distinct do not depend on it.
	Only func(value string) bool
}

// FacetOrder is an order of the values of a facet.
type FacetOrder string

// The orders of facet values. Each is total, so that pages of values neither
// overlap nor leave one out.
const (
	ByCount FacetOrder = "count" // largest first, of the same count by name
	ByValue FacetOrder = "value" // smallest first
	ByName  FacetOrder = "name"  // by label, in the order of NameKey, then by value
)

// Facet counts the records that match question and filters by the values of
// one field. What is selected in the field itself does not narrow the counts,
// what is excluded in it does: a value's count is the total that selecting it
// in the place of what is selected gives.
type Facet struct {
	Field  string       `json:"-"`
	Values []FacetValue `json:"values"`
	// Total is the number of records counted.
	Total int `json:"total"`
	// Missing is the number of records without any value.
	Missing int `json:"missing"`
	// Distinct is the number of different values, listed or not.
	Distinct int `json:"distinct"`
	// Other is the sum of the counts of the values that are not listed.
	Other int `json:"other"`
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Value    string `json:"value"`
	Label    string `json:"label"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected,omitempty"`
	Excluded bool   `json:"excluded,omitempty"`
	// Parent is the value of the topic group that the value belongs to.
	Parent string `json:"parent,omitempty"`
}

// Matrix counts records by pairs of values of two facets. A record with
// several values counts in several cells.
type Matrix struct {
	Row, Column string   // field names
	Rows        []string // values, corpus.None last when there are such records
	Columns     []string
	Counts      [][]int // by row, then column
	RowTotals   []int   // records with the row's value
	ColTotals   []int
	Total       int // records
}
