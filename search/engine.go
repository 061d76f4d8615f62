// Package search defines what a question and an answer are: the query
// language, requests, hits, snippets and facets, and the interface that an
// engine implements. It knows no engine and no page.
package search

import (
	"context"
	"errors"

	"rapport/corpus"
)

// Errors that engines return, wrapped with what they know.
var (
	ErrNotFound = errors.New("not found")
	// ErrTooExpensive means that the question was refused before it was run.
	ErrTooExpensive = errors.New("the question is too expensive")
	// ErrPosition means that Plan.After is no position that the engine gave.
	ErrPosition = errors.New("no position in the order of hits")
	// ErrDamaged means that the index cannot be read.
	ErrDamaged = errors.New("the index is damaged")
	// ErrLayout means that another version of the program wrote the index, in
	// a layout that this one does not read.
	ErrLayout = errors.New("the index has another layout")
	// ErrNoIndex means that there is nothing to answer from.
	ErrNoIndex = errors.New("there is no index")
	// ErrClosed means that the engine has been closed.
	ErrClosed = errors.New("the engine is closed")
)

// Engine answers questions. It is safe for concurrent use.
type Engine interface {
	// Acquire returns the current state of the index, which stays as it is
	// until it is released. Everything in one answer comes from one snapshot.
	Acquire(ctx context.Context) (Snapshot, error)
}

// Snapshot is one state of an index. It is safe for concurrent use. All
// methods honour ctx: they return its error soon after it is done, and never
// a partial answer.
type Snapshot interface {
	Generation() Generation
	Taxonomy() *corpus.Taxonomy

	// Search evaluates a plan.
	Search(ctx context.Context, p Plan) (*Found, error)
	// Levels returns how many documents match at least 1, 2 ... of the
	// clauses: element k-1 is the number for k clauses.
	Levels(ctx context.Context, clauses []Query) ([]int, error)
	// Matrix crosses two facets over a plan's records.
	Matrix(ctx context.Context, p Plan, row, column string) (*Matrix, error)

	// Document returns a document with its body, or ErrNotFound, wrapped with
	// the id.
	Document(ctx context.Context, id corpus.ID) (*corpus.Document, error)
	// Facts returns the facts of a document in order of offset.
	Facts(ctx context.Context, id corpus.ID) ([]corpus.Fact, error)
	// Highlights returns where in the document the query matches, exactly as
	// the engine matched it, in order of offset.
	Highlights(ctx context.Context, id corpus.ID, q Query) ([]Match, error)

	// Terms looks words up in the index's dictionary.
	Terms(ctx context.Context, l Lookup) ([]Term, error)

	// Release lets the snapshot go. It is called once.
	Release()
}

// Generation says which content an answer comes from.
type Generation struct {
	// ID is a short content hash: the same sources, taxonomy and version give
	// the same ID on any machine.
	ID string
	// Pending reports that a run of the indexer is changing the content: ID
	// is the generation before it, and some changes are already visible.
	Pending   bool
	Documents int
	Facts     int
}

// String returns the ID, followed by + while a run is under way.
func (g Generation) String() string {
	if g.Pending {
		return g.ID + "+"
	}
	return g.ID
}

// Plan is what an engine evaluates: a question with nothing left to interpret.
type Plan struct {
	Kind Kind
	// Query has names resolved to identifiers and synonyms spelled out.
	Query   Query
	Filters Filters
	Sort    Sort
	// Limit is the number of hits wanted; with 0 only total and facets are.
	Limit int
	// After is the position of the last hit of the page before.
	After *Position
	// Facets lists the facets wanted.
	Facets []FacetRequest
	// Collapse lists some documents only; empty means CollapseNone. Total and
	// facets do not depend on it.
	Collapse Collapse
	// Bodies asks for the bodies of the documents of the hits, Openings for
	// their beginnings alone.
	Bodies, Openings bool
	// Explain asks for the parts of every score.
	Explain bool
}

// Filters narrows records by facet values: OR within a facet, AND across.
// Keys are field names.
type Filters map[string]Filter

// Filter is the selection in one facet. A record passes when it has a value
// of Any, or lies in one of Ranges, or neither is given, and it has no value
// of Not and lies in none of NotRanges. The value corpus.None stands for
// records without any value.
type Filter struct {
	Any       []string
	Ranges    []Range
	Not       []string
	NotRanges []Range
}

// Excluded returns the part of the filter that keeps records out.
func (f Filter) Excluded() Filter { return Filter{Not: f.Not, NotRanges: f.NotRanges} }

// Sort is an order of hits. Ties are broken by a hash of the ID, and facts that
// a program found come behind others.
type Sort string

// The orders of hits.
const (
	ByRelevance Sort = "relevance"
	Newest      Sort = "newest" // by date of publication, or a fact's date; undated last
	Oldest      Sort = "oldest" // undated last
	ByTitle     Sort = "title"
)

// Position is a place in an ordered list of hits. Its fields are the engine's
// own and mean nothing to others.
type Position struct {
	Key string `json:"k"`           // sort key
	Tie uint64 `json:"t,omitempty"` // hash of the ID
}

// Found is an engine's answer to a plan.
type Found struct {
	Total  int // exact
	Folded int // of Total: documents that another hit stands for, on any page
	Hits   []Hit
	Facets []Facet // in the order of Plan.Facets
}

// Hit is one record found. Exactly one of Document and Fact is set.
type Hit struct {
	Document *corpus.Document // without Body unless Plan.Bodies
	Fact     *corpus.Fact
	Score    float64
	Position Position
	// Opening is, with Plan.Openings, the beginning of the document's body: at
	// least OpeningLength bytes, or all of it.
	Opening string
	// Folded is how many other documents that were found the hit stands for.
	// Those have its ID as their value of Plan.Collapse.Field.
	Folded  int
	Explain *Explanation

	// The engine leaves what follows to Ask.
	Snippets []Snippet
	// Further is how many places of the text match that no snippet shows, and
	// FurtherAt the offset of the first of them.
	Further, FurtherAt int
	// Missing are the words of a relaxed question that the hit lacks.
	Missing []string
}

// OpeningLength is the length in bytes of the beginning of a body that is
// enough to show what the document is, as a rule.
const OpeningLength = 2048

// Explanation is a part of a score with what it is made of. Where there are
// parts, Value is their sum, or with Product their product, but for rounding.
// The Value of the outermost is the score of the hit.
type Explanation struct {
	Value   float64       `json:"value"`
	What    string        `json:"what"`
	Product bool          `json:"product,omitempty"`
	Parts   []Explanation `json:"parts,omitempty"`
}

// Match is a place in a document that a query matches.
type Match struct {
	Offset, End int    // bytes of Body, or of Title when InTitle
	InTitle     bool   //
	Clause      string // canonical form of the clause that matched
}

// Lookup asks the dictionary for words.
type Lookup struct {
	Field string // empty for words of title and body, FieldTitle for whole titles
	// Prefix asks for entries that begin with it, or Similar for words close
	// to it by edit distance. One of them is set.
	Prefix  string
	Similar string
	Limit   int
}

// Term is an entry of the dictionary.
type Term struct {
	Text      string    // as written; for a title the whole title
	Documents int       // that hold it
	ID        corpus.ID // of the document, for a title
}
