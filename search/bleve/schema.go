package bleve

import (
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"rapport/search"
)

// schemaVersion names the layout that this file describes. An index of
// another version is refused with search.ErrLayout: change the number whenever a
// field, its encoding or its analysis changes.
const schemaVersion = 4

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
// Stored with a record are: its entry and the record as JSON without the body,
// the body, each compressed on its own (see compress.go), and a hash.
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

	storedHash = "_hash"
	storedData = "_data"
	storedBody = "_body"

	factPrefix = "f."
)

// storedFields are the fields that are kept and not searched. A record keeps
// its parts by their numbers here.
var storedFields = [...]string{storedBody, storedData, storedHash}

const (
	partBody = iota
	partData
	partHash
)

// schemaField is a field of the storage engine.
type schemaField struct {
	name    string
	options index.FieldIndexingOptions
}

// schemaFields are all fields that segments have, the identifier first and
// the others by name, as merged segments have them.
var schemaFields = func() []schemaField {
	const (
		text    = index.IndexField | index.IncludeTermVectors
		keyword = index.IndexField | index.SkipFreqNorm
	)
	options := map[string]index.FieldIndexingOptions{
		fieldTitleStem: text, fieldTitleWord: text, fieldTitleSort: index.IndexField,
		fieldKind: keyword, fieldEntry: index.IndexField, search.FieldWork: index.IndexField, fieldLikeness: index.IndexField,
	}
	for _, name := range storedFields {
		options[name] = index.StoreField
	}
	for _, k := range []search.Kind{search.Documents, search.Facts} {
		for _, name := range []string{fieldStem, fieldWord} {
			options[fieldName(k, name)] = text
		}
		for _, name := range slices.Concat(search.FacetFields(k), keywordFields[k], []string{fieldLength}) {
			options[fieldName(k, name)] = keyword
		}
		options[fieldName(k, fieldDate)] = index.IndexField
	}
	options[fieldName(search.Facts, search.FieldID)] = keyword
	list := []schemaField{{fieldRecordID, index.IndexField | index.StoreField}}
	for name, o := range options {
		list = append(list, schemaField{name, o})
	}
	slices.SortFunc(list[1:], func(a, b schemaField) int { return strings.Compare(a.name, b.name) })
	return list
}()

// fieldNumbers are the places of the fields in schemaFields by name.
var fieldNumbers = func() map[string]uint8 {
	numbers := make(map[string]uint8, len(schemaFields))
	for i, f := range schemaFields {
		numbers[f.name] = uint8(i)
	}
	return numbers
}()

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
