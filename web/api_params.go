package web

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"rapport/search"
)

var problemType = reflect.TypeFor[problem]()

// Parameters are described by hand: they repeat, and "-name" excludes.

func text(name, description, example string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: huma.TypeString}, Example: example}
}

func whole(name, description string, least, most float64) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description,
		Schema: &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most}}
}

func yes(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: huma.TypeBoolean}}
}

func oneOf(name, description string, values ...any) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: huma.TypeString, Enum: values}}
}

func inPath(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "path", Required: true, Description: description, Schema: &huma.Schema{Type: huma.TypeString}}
}

// filterParams describes a parameter and its exclusion for each field that
// records of the kinds have to filter by.
func filterParams(kinds ...search.Kind) []*huma.Param {
	several := true
	var list []*huma.Param
	described := map[string]bool{}
	for _, kind := range kinds {
		for _, field := range search.FilterFields(kind) {
			if described[field] {
				continue
			}
			described[field] = true
			alone := ""
			if len(kinds) > 1 {
				alone = onlyOf(field)
			}
			schema := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}}
			list = append(list,
				&huma.Param{Name: field, In: "query", Schema: schema, Style: "form", Explode: &several,
					Description: "Only records with this value" + alone + ". May repeat: any of the values. " + valuesOf(field)},
				&huma.Param{Name: "-" + field, In: "query", Schema: schema, Style: "form", Explode: &several,
					Description: "Only records without this value" + alone + ". May repeat."})
		}
	}
	return list
}

// onlyOf says which records alone have a field, where both could be meant.
func onlyOf(field string) string {
	switch {
	case !search.HasField(search.Facts, field):
		return ", of documents alone"
	case !search.HasField(search.Documents, field):
		return ", of facts alone"
	}
	return ""
}

func valuesOf(field string) string {
	switch field {
	case search.FieldYear, search.FieldPublished:
		return "A year, a range 2005..2012, 2010.. or ..1999, or none for not stated."
	case search.FieldPartner, search.FieldMention, search.FieldTopic:
		return "An id of the taxonomy, a name or an alias, or none for not stated."
	case search.FieldAmount:
		return "A range of sums: 1m..5m, >=1000000."
	case search.FieldID:
		return "An id."
	case search.FieldDocument:
		return "The id of the document that states a fact."
	case search.FieldSame:
		return "The id of a document: it and those made of the same bytes."
	case search.FieldNear:
		return "The id of a document: it and those with nearly identical text."
	case search.FieldWork:
		return "A work, whose editions these are: work of /documents/{id}."
	}
	return "none for not stated."
}

// questionParams describes what every list of records reads: the question, and
// the filters of records of the kinds.
func questionParams(kinds ...search.Kind) []*huma.Param {
	return append([]*huma.Param{
		text("q", "The question. Empty: everything. /help has the language", `"trust fund" -training`),
		text("match", "How many of the words a record must have: auto, all, any or for instance 2of3", "auto"),
		yes("verbatim", "Do not add synonyms"),
		yes("strict", "Refuse a question that cannot be read as it is typed, with the position"),
	}, filterParams(kinds...)...)
}

// sortParam describes the order of a list. Facts have no title.
func sortParam(kind search.Kind) *huma.Param {
	orders := []any{string(search.ByRelevance), string(search.Newest), string(search.Oldest)}
	if kind == search.Documents {
		orders = append(orders, string(search.ByTitle))
	}
	return oneOf("sort", "The order of the answer: by relevance, and newest first without a question", orders...)
}

func collapseParam() *huma.Param {
	return oneOf("collapse", "Which documents are listed once: those made of the same bytes, which is the default, those with nearly identical text, or none. Totals and facets count all of them",
		string(search.CollapseSame), string(search.CollapseNear), string(search.CollapseNone))
}

func pageParams() []*huma.Param {
	return []*huma.Param{
		whole("limit", "How many to return", 1, search.MaxLimit),
		text("cursor", "Where to go on: next of the answer before", ""),
	}
}

// searchParams describes a search for documents. Filters that facts alone have
// narrow the facts beside.
func searchParams() []*huma.Param {
	own := append([]*huma.Param{sortParam(search.Documents), collapseParam(), yes("explain", "Show what each score is made of")}, pageParams()...)
	return append(questionParams(search.Documents, search.Facts), own...)
}

func factsParams() []*huma.Param {
	return append(questionParams(search.Facts), append([]*huma.Param{sortParam(search.Facts)}, pageParams()...)...)
}

// exportParams describes what narrows and orders an export.
func exportParams(kind search.Kind) []*huma.Param {
	return append(questionParams(kind), sortParam(kind))
}

func feedParams() []*huma.Param {
	return append(questionParams(search.Documents), collapseParam())
}

func documentParams() []*huma.Param {
	return []*huma.Param{
		inPath("id", "The id of the document"),
		text("q", "A question whose hits in the document are listed, read as search reads it", "trust fund"),
		text("match", "As in search", "all"),
		yes("verbatim", "Do not add synonyms"),
		yes("strict", "Refuse a question that cannot be read as it is typed, with the position"),
		yes("body", "false leaves the text out"),
	}
}

// countedParam describes which records are counted, and which filters there are.
func countedParam() *huma.Param {
	return oneOf("of", "What is counted; documents and facts have filters of their own", string(search.Documents), string(search.Facts))
}

func facetParams() []*huma.Param {
	return append([]*huma.Param{
		inPath("name", "The name of the facet"),
		countedParam(),
		text("find", "Only values whose label holds this", "jap"),
		oneOf("order", "The order of the values", string(search.ByCount), string(search.ByName), string(search.ByValue)),
		whole("limit", "How many values to return", 1, mostFacetValues),
		whole("offset", "How many values to pass over", 0, 1<<30),
	}, questionParams(search.Documents, search.Facts)...)
}

func matrixParams() []*huma.Param {
	return append([]*huma.Param{
		countedParam(),
		text("row", "The facet of the rows", search.FieldPartner),
		text("column", "The facet of the columns", search.FieldYear),
		yes("links", "Say for each cell where its documents and facts are listed"),
	}, questionParams(search.Documents, search.Facts)...)
}

func suggestParams() []*huma.Param {
	return []*huma.Param{
		text("q", "What has been typed, two letters or more", "tru"),
		whole("limit", "How many suggestions to return", 1, 20),
	}
}
