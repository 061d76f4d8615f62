package corpus

import "github.com/shopspring/decimal"

// Fact is one dated, often quantified statement, anchored to the words that
// it was read from. docs/facts.md explains the model.
type Fact struct {
	ID    string    `json:"id"`
	Kind  FactKind  `json:"kind"`
	Class FactClass `json:"class,omitempty"`
	// Statement says the fact in one sentence of the curator's own words.
	Statement string      `json:"statement"`
	Partners  []PartnerID `json:"partners,omitempty"` // whom it was done with: the partner facet
	Topics    []TopicID   `json:"topics,omitempty"`
	// Countries are countries concerned that are not the partner: a
	// beneficiary, a theatre, a lead nation. They are searched, not a facet.
	Countries     []string `json:"other_countries,omitempty"`
	Organisations []string `json:"organisations,omitempty"`
	People        []string `json:"people,omitempty"`
	Role          string   `json:"role,omitempty"`
	Places        []string `json:"places,omitempty"`

	Date     FactDate  `json:"date,omitzero"`
	Amount   *Amount   `json:"amount,omitempty"`
	Quantity *Quantity `json:"quantity,omitempty"`

	// Event is a key that all facts about one event share, so that its sum is
	// not added twice.
	Event         string   `json:"event,omitempty"`
	Modality      Modality `json:"modality,omitempty"` // empty means asserted
	Rank          Rank     `json:"rank,omitempty"`     // empty means normal
	Supersedes    []string `json:"supersedes,omitempty"`
	ConflictsWith []string `json:"conflicts_with,omitempty"`

	Evidence Evidence `json:"evidence,omitzero"`
	// Given is what the facts file says of the evidence, where Evidence no
	// longer tells it after the words were found. Nil where it does.
	Given *Given `json:"given,omitempty"`
	// Sources are where outside the corpus the fact was read, as addresses or
	// titles.
	Sources []string `json:"sources,omitempty"`
	Note    string   `json:"note,omitempty"`

	// Extracted names the rule and its version, "money@3", when a program and
	// not a curator stated the fact.
	Extracted string `json:"extracted,omitempty"`
}

// FactDate is when a fact holds, and in which sense.
type FactDate struct {
	Date Date     `json:"edtf,omitzero"`
	Mode DateMode `json:"mode,omitempty"`
	// AsOf is the day on which an amount or a state was measured.
	AsOf Date `json:"as_of,omitzero"`
}

// Amount is a sum of money as a source states it.
type Amount struct {
	Value    decimal.Decimal `json:"value"`
	Currency string          `json:"currency"` // ISO 4217
	Text     string          `json:"text"`     // as written in the evidence
	Bound    Bound           `json:"bound,omitempty"`
	Stage    Stage           `json:"stage,omitempty"`
	Measure  Measure         `json:"measure,omitempty"`
}

// Quantity is a number of things as a source states it.
type Quantity struct {
	Value decimal.Decimal `json:"value"`
	Unit  string          `json:"unit"`           // one of Units
	What  string          `json:"what,omitempty"` // what is counted or measured: "aid workers"
	Text  string          `json:"text"`           // as written in the evidence
	Bound Bound           `json:"bound,omitempty"`
}

// Evidence selects the words of a document that state a fact, after the text
// quote selector of the W3C Web Annotation Data Model.
type Evidence struct {
	Document ID `json:"document"`
	// Exact are the quoted words, Prefix and Suffix up to 32 characters
	// before and after them.
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	// Digest is that of the source bytes which the quote was taken from.
	Digest string `json:"digest,omitempty"`

	// The fields below are found by anchoring. Offset and End are bytes of
	// the document's Body and 0 when the words do not stand there.
	Offset int          `json:"offset"`
	End    int          `json:"end"`
	Page   string       `json:"page,omitempty"` // label
	Status AnchorStatus `json:"status,omitempty"`
	// Now are the words that stand in the place of Exact when Status is
	// AnchorChanged.
	Now string `json:"now,omitempty"`
}

// Given is the document and the place of evidence as a facts file gives them:
// the document under any of its names, the place with an Offset and End of 0
// when the file does not say. An index keeps it to find the words again when
// the documents have changed.
type Given struct {
	Document ID  `json:"document,omitempty"`
	Offset   int `json:"offset,omitempty"`
	End      int `json:"end,omitempty"`
}

// AnchorStatus is how evidence stands in the document as it is now.
type AnchorStatus string

// The ways in which evidence can stand in its document.
const (
	AnchorExact      AnchorStatus = "exact"      // at the place and in the words given
	AnchorMoved      AnchorStatus = "moved"      // same words, another place
	AnchorNormalised AnchorStatus = "normalised" // same but for quotes, dashes and white space
	AnchorAmbiguous  AnchorStatus = "ambiguous"  // several places fit equally well
	AnchorChanged    AnchorStatus = "changed"    // the surroundings stand, the words differ
	AnchorMissing    AnchorStatus = "missing"    // neither stands
	AnchorUnlocated  AnchorStatus = "unlocated"  // the document is not in the index
)

// Stale reports whether the status means that the document no longer says
// what was quoted.
func (s AnchorStatus) Stale() bool {
	switch s {
	case AnchorAmbiguous, AnchorChanged, AnchorMissing, AnchorUnlocated:
		return true
	}
	return false
}
