package search

import "time"

// Request is a question as a page, a program or a command asks it.
type Request struct {
	Text    string
	Filters Filters // values may be names and aliases; Ask resolves them
	Match   MatchMode
	Sort    Sort // empty: relevance, or newest when Text is empty
	// Collapse lists one of several like documents; empty means CollapseSame.
	Collapse Collapse
	Limit    int // hits per page, 1 to MaxLimit; 0 means DefaultLimit
	Cursor   string
	// Facets and FactFacets list the facets wanted; nil means none.
	Facets     []FacetRequest
	FactFacets []FacetRequest
	// Facts is the number of facts wanted beside documents.
	Facts    int
	Snippets int  // per hit, at most 3
	Verbatim bool // no synonyms
	Explain  bool
	// Strict turns the warnings of reading the question into a *ReadError.
	Strict bool
	// Mended says what ParseParams read in another way than it was written.
	Mended []string
}

// Limits of a request.
const (
	DefaultLimit = 10
	MaxLimit     = 100
)

// MatchMode says how many of the words of a question a document must have:
// MatchAuto, MatchAll, MatchAny, or "2of3".
type MatchMode string

// The match modes.
const (
	// MatchAuto asks for all words and relaxes when no document has them.
	MatchAuto MatchMode = "auto"
	MatchAll  MatchMode = "all"
	MatchAny  MatchMode = "any"
)

// Result is the answer to a Request.
type Result struct {
	Read       Reading
	Generation Generation
	Total      int
	Folded     int // of Total: documents that another hit stands for, on any page
	Before     int // hits on the pages before
	Hits       []Hit
	Facets     []Facet
	Facts      FactResult
	Next       string // cursor of the next page, empty on the last one
	Took       time.Duration
}

// FactResult holds the facts that match the same question and the filters
// that documents and facts share.
type FactResult struct {
	Total  int
	Hits   []Hit
	Facets []Facet
}

// Reading is how a question was understood.
type Reading struct {
	Text     string
	Query    Query // as typed, names resolved; String is the canonical form
	Expanded Query // with synonyms and match mode applied: what the engine evaluates
	Synonyms []Expansion
	Warnings []Warning
	// Match is the effective mode, pinned in links and cursors: "all", "any"
	// or "2of3".
	Match    MatchMode
	Relaxed  bool
	Suggest  string // a better spelled question that finds more, or empty
	Mentions int    // documents that mention the selected partners, when more than are about them
}

// Expansion is a term of the question and what else it was read as.
type Expansion struct {
	Term  string   `json:"term"`
	Means []string `json:"means"`
}

// Warning is something in a question that was read in another way than it
// was typed.
type Warning struct {
	Position int    `json:"position"` // in bytes of the question
	Message  string `json:"message"`
	// Of is the kind of records that the remark is about, empty for all.
	Of Kind `json:"of,omitempty"`

	// typed is the value at the position that does not exist, and meant the only
	// one that may be meant; empty for other remarks.
	typed, meant string
}

// ReadError is a question that could not be read in strict mode.
type ReadError struct{ Warning }

// Error returns the message.
func (e *ReadError) Error() string { return e.Message }

// Span is a part of a snippet.
type Span struct {
	Text  string `json:"text"`
	Match bool   `json:"match"`
}

// Snippet is a passage of a document that shows matches.
type Snippet struct {
	Page   string `json:"page,omitempty"` // label of the page or section
	Offset int    `json:"offset"`         // of the first byte in Body
	Spans  []Span `json:"spans"`
	// CutBefore and CutAfter report that the passage begins or ends within a
	// sentence.
	CutBefore bool `json:"cut_before,omitempty"`
	CutAfter  bool `json:"cut_after,omitempty"`
}
