package search

// Query is a node of the query algebra. Its String is the canonical form that
// Parse reads back as an equal query.
type Query interface {
	String() string
	query()
}

// All matches every document.
type All struct{}

// None matches nothing. Its String cannot be typed; it stands for a filter on
// a value that does not exist.
type None struct{}

// Word matches documents that hold the word in any of its inflected forms.
// Words that analysis cuts into several terms ("A-10") match the terms as a
// phrase, or joined.
type Word struct {
	Field string // text field: empty for title and body together, or FieldTitle
	Text  string // as typed, without white space
	Exact bool   // no stemming: =word
}

// Phrase matches words in this order, side by side, or with at most Slop
// moves of a word by one position.
type Phrase struct {
	Field string
	Text  string // as typed, without the quotes
	Slop  int
	Exact bool
}

// Prefix matches any word that begins with Text: three letters or more.
type Prefix struct {
	Field string
	Text  string
}

// Fuzzy matches what a Word matches, and any word within an edit distance
// (Damerau-Levenshtein) of 1, or of 2 for words of eight letters or more. The
// first letter of those must agree.
type Fuzzy struct {
	Field string
	Text  string
}

// Near matches when Left and Right stand at most Distance positions apart, in
// either order. Left and Right are Word, Phrase, Prefix, Fuzzy, Either or Or
// of such.
type Near struct {
	Left, Right Query
	Distance    int
}

// Value matches the value of a keyword field exactly: a partner's ID, a year.
type Value struct {
	Field string
	Value string
}

// Range matches a field whose value lies between From and To. An empty bound
// is open. Years compare as years, published as dates (a document whose date
// of publication is no finer than the bounds lies inside when all of its
// days do), amounts as decimal numbers.
type Range struct {
	Field        string
	From, To     string
	FromExcluded bool // > instead of >=
	ToExcluded   bool // < instead of <=
}

// And matches what all clauses match.
type And struct{ Clauses []Query }

// Or matches what any clause matches.
type Or struct{ Clauses []Query }

// Not matches what its clause does not.
type Not struct{ Clause Query }

// AtLeast matches what at least Min of the clauses match. It is what an And
// becomes when the question is relaxed.
type AtLeast struct {
	Min     int
	Clauses []Query
}

// Either matches what any of its forms matches, and scores as if all forms
// were one term: the word as typed first, its synonyms after it. It prints as
// the first form.
type Either struct{ Forms []Query }

func (All) query()     {}
func (None) query()    {}
func (Word) query()    {}
func (Phrase) query()  {}
func (Prefix) query()  {}
func (Fuzzy) query()   {}
func (Near) query()    {}
func (Value) query()   {}
func (Range) query()   {}
func (And) query()     {}
func (Or) query()      {}
func (Not) query()     {}
func (AtLeast) query() {}
func (Either) query()  {}
