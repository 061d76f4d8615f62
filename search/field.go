package search

import "slices"

// Kind is a type of record. Documents and facts live in one index, with
// fields, totals, facets and ranking statistics of their own.
type Kind string

// The kinds of records.
const (
	Documents Kind = "documents"
	Facts     Kind = "facts"
)

// The names of fields, in questions, filters, facets and parameters alike.
const (
	FieldTitle     = "title"     // text: the title alone
	FieldID        = "id"        // keyword
	FieldPartner   = "partner"   // facet of documents and facts
	FieldMention   = "mention"   // facet of documents
	FieldTopic     = "topic"     // facet of documents and facts: leaf topics and their groups
	FieldYear      = "year"      // facet of documents and facts: years and decades spoken of
	FieldPublished = "published" // facet of documents: year of publication; ranges compare dates
	FieldType      = "type"      // facet of documents
	FieldPublisher = "publisher" // facet of documents
	FieldFormat    = "format"    // facet of documents
	FieldLang      = "lang"      // facet of documents
	FieldSource    = "source"    // facet of documents: name of the source
	FieldKind      = "kind"      // facet of facts
	FieldStatus    = "status"    // facet of facts: corpus.AnchorStatus, and StatusExtracted
	FieldDocument  = "document"  // keyword of facts: the document that states it
	FieldCurrency  = "currency"  // facet of facts
	FieldAmount    = "amount"    // number of facts: the amount's value, for ranges
)

// StatusExtracted is the value of FieldStatus for facts that a program found,
// besides the status of their evidence.
const StatusExtracted = "extracted"

// FacetFields returns the names of the facets of records of a kind, in the
// order in which a page shows them.
func FacetFields(k Kind) []string {
	if k == Facts {
		return []string{FieldPartner, FieldTopic, FieldYear, FieldKind, FieldStatus, FieldCurrency}
	}
	return []string{
		FieldPartner, FieldYear, FieldTopic, FieldMention, FieldPublished,
		FieldType, FieldPublisher, FieldFormat, FieldLang, FieldSource,
	}
}

// FilterFields returns the names of the fields to filter records of a kind by:
// those of their facets, then the others.
func FilterFields(k Kind) []string {
	if k == Facts {
		return append(FacetFields(k), FieldAmount, FieldDocument, FieldID)
	}
	return append(FacetFields(k), FieldID, FieldSame, FieldNear, FieldWork)
}

// HasField reports whether records of a kind have a facet or keyword field to
// filter by.
func HasField(k Kind, field string) bool { return slices.Contains(FilterFields(k), field) }
