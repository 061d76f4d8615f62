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

// filterParams describes a parameter and its exclusion for each facet.
func filterParams(kind search.Kind) []*huma.Param {
	several := true
	var list []*huma.Param
	for _, field := range search.FacetFields(kind) {
		schema := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}}
		list = append(list,
			&huma.Param{Name: field, In: "query", Schema: schema, Style: "form", Explode: &several,
				Description: "Only records with this value. May repeat: any of the values. " + valuesOf(field)},
			&huma.Param{Name: "-" + field, In: "query", Schema: schema, Style: "form", Explode: &several,
				Description: "Only records without this value. May repeat."})
	}
	return list
}

func valuesOf(field string) string {
	switch field {
	case search.FieldYear, search.FieldPublished:
		return "A year, a range 2005..2012, 2010.. or ..1999, or none for not stated."
	case search.FieldPartner, search.FieldMention, search.FieldTopic:
		return "An id of the taxonomy, a name or an alias, or none for not stated."
	}
	return "none for not stated."
}

func searchParams(kind search.Kind) []*huma.Param {
	list := []*huma.Param{text("q", "The question. Empty: everything, newest first. /help has the language", `"trust fund" -training`)}
	list = append(list, filterParams(kind)...)
	list = append(list,
		text("match", "How many of the words a document must have: auto, all, any or for instance 2of3", "auto"),
		oneOf("sort", "The order of the answer", string(search.ByRelevance), string(search.Newest), string(search.Oldest), string(search.ByTitle)),
		whole("limit", "How many to return", 1, search.MaxLimit),
		text("cursor", "Where to go on: next of the answer before", ""),
		yes("verbatim", "Do not add synonyms"),
		yes("strict", "Refuse a question that cannot be read as it is typed, with the position"))
	if kind == search.Documents {
		list = append(list,
			oneOf("collapse", "Which documents are listed once: those made of the same bytes, which is the default, those with nearly identical text, or none. Totals and facets count all of them",
				string(search.CollapseSame), string(search.CollapseNear), string(search.CollapseNone)),
			text(search.FieldSame, "Only the document with this id and those made of the same bytes", ""),
			text(search.FieldNear, "Only the document with this id and those with nearly identical text", ""),
			text(search.FieldWork, "Only editions of this work: work of /documents/{id}", ""))
		list = append(list, yes("explain", "Show what each score is made of"))
	}
	return list
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

func facetParams() []*huma.Param {
	list := []*huma.Param{
		inPath("name", "The name of the facet"),
		oneOf("of", "What is counted", string(search.Documents), string(search.Facts)),
		text("find", "Only values whose label holds this", "jap"),
		oneOf("order", "The order of the values", string(search.ByCount), string(search.ByName), string(search.ByValue)),
		whole("limit", "How many values to return", 1, mostFacetValues),
		whole("offset", "How many values to pass over", 0, 1e9),
		text("q", "The question", ""),
		text("match", "As in search", "auto"),
	}
	return append(list, filterParams(search.Documents)...)
}

func matrixParams() []*huma.Param {
	list := []*huma.Param{
		oneOf("of", "What is counted", string(search.Documents), string(search.Facts)),
		text("row", "The facet of the rows", search.FieldPartner),
		text("column", "The facet of the columns", search.FieldYear),
		yes("links", "Say for each cell where its documents and facts are listed"),
		text("q", "The question", ""),
		text("match", "As in search", "auto"),
	}
	return append(list, filterParams(search.Documents)...)
}

func suggestParams() []*huma.Param {
	return []*huma.Param{
		text("q", "What has been typed, two letters or more", "tru"),
		whole("limit", "How many suggestions to return", 1, 20),
	}
}
