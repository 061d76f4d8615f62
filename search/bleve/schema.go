package bleve

import "rapport/search"

// schemaVersion names the layout that this file describes. An index of
// another version is refused with ErrSchema: change the number whenever a
// field, its encoding or its analysis changes.
const schemaVersion = 2

// The fields of the index. Every document and every fact is one record of
// the storage engine. Documents and facts use different fields, so that the
// statistics of one never touch those of the other:
//
//	documents  facts        holds
//	---------  -----------  -------------------------------------------------
//	stem       f.stem       stems of title and body, with positions
//	word       f.word       the same words unstemmed, with positions
//	tstem      -            stems of the title, with positions
//	tword      -            words of the title, with positions
//	len        f.len        length of stem in words, for ranking
//	kind       kind         which of the kinds below the record is
//	entry      entry        entry ID that the record was put under
//	title      -            folded title, for sorting
//	published  -            year of publication (facet)
//	pub        f.date       date as EDTF, for sorting and ranges
//	work       -            what the document is an edition of
//	likeness   -            half its digest and the sketch of its text (folds.go)
//	partner..  f.partner..  facets, one field each: search.FacetFields
//	-          f.document   document that states the fact
//	-          f.amount     amount as a decimal number
//
// Stored with a record are: its entry and hash, the record as JSON without
// the body, and the body, compressed on its own.
const (
	fieldStem      = "stem"
	fieldWord      = "word"
	fieldTitleStem = "tstem"
	fieldTitleWord = "tword"
	fieldLength    = "len"
	fieldKind      = "kind"
	fieldEntry     = "entry"
	fieldTitleSort = "title"
	fieldDate      = "date" // of publication, or of a fact
	fieldLikeness  = "likeness"
	fieldRecordID  = "_id"

	storedEntry = "_entry"
	storedHash  = "_hash"
	storedData  = "_data"
	storedBody  = "_body"

	factPrefix = "f."
)

// The kinds of records, as values of fieldKind.
const (
	kindDocument = "d"
	kindFact     = "f"
	kindEntry    = "e" // an entry that holds no document
)

// The prefixes of record identifiers, which are unique in the whole index.
const (
	idDocument = "d\x00"
	idFact     = "f\x00"
	idEntry    = "e\x00"
)

// fieldName returns the index's name of a field of records of a kind.
func fieldName(k search.Kind, field string) string {
	if k == search.Facts {
		return factPrefix + field
	}
	return field
}

// textField returns the index's name of the text field that a query names:
// empty for all text, search.FieldTitle for titles. Facts have no title.
func textField(k search.Kind, field string, exact bool) (string, bool) {
	switch {
	case field == search.FieldTitle && k == search.Facts:
		return "", false
	case field == search.FieldTitle && exact:
		return fieldTitleWord, true
	case field == search.FieldTitle:
		return fieldTitleStem, true
	case field != "":
		return "", false
	case exact:
		return fieldName(k, fieldWord), true
	}
	return fieldName(k, fieldStem), true
}

// keywordFields lists, by kind, the fields that Value, Range and filters may
// name besides the facets.
var keywordFields = map[search.Kind][]string{
	search.Documents: {search.FieldWork},
	search.Facts:     {search.FieldDocument, search.FieldAmount},
}

// isKeyword reports whether records of a kind have the keyword field.
func isKeyword(k search.Kind, field string) bool {
	for _, f := range search.FacetFields(k) {
		if f == field {
			return true
		}
	}
	for _, f := range keywordFields[k] {
		if f == field {
			return true
		}
	}
	return false
}
