package web

import (
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// documentColumns and factColumns name the columns of tables, in the order of
// documentRow and factRow.
var (
	documentColumns = []string{"id", "title", "publisher", "published", "type", "format", "language", "url",
		"partners", "mentions", "topics", "years", "source", "path", "sha256"}
	factColumns = []string{"id", "kind", "class", "statement", "partners", "topics", "date", "precision", "mode", "as_of",
		"amount", "currency", "amount_text", "bound", "stage", "measure", "quantity", "unit", "event", "modality", "rank",
		"document", "page", "offset", "quote", "status", "sources", "extracted"}
)

func columnsOf(kind search.Kind) []string {
	if kind == search.Facts {
		return factColumns
	}
	return documentColumns
}

// cells returns the row of a record.
func cells(h *search.Hit) []string {
	if h.Fact != nil {
		return factRow(h.Fact)
	}
	return documentRow(h.Document)
}

func documentRow(d *corpus.Document) []string {
	tags := func(t []corpus.Tag) string { return strings.Join(corpus.Values(t), "; ") }
	return []string{string(d.ID), d.Title, d.Publisher, d.Published.String(), d.Type, d.Format, d.Language, d.URL,
		tags(d.Tags.Partners), tags(d.Tags.Mentions), tags(d.Tags.Topics), tags(d.Tags.Years), d.Source, d.Path, d.Digest}
}

func factRow(f *corpus.Fact) []string {
	var amount, currency, text, bound, stage, measure, quantity, unit string
	if a := f.Amount; a != nil {
		amount, currency, text, bound = a.Value.String(), a.Currency, a.Text, string(a.Bound)
		stage, measure = string(a.Stage), string(a.Measure)
	}
	if q := f.Quantity; q != nil {
		quantity, unit = q.Value.String(), q.Unit
	}
	return []string{f.ID, string(f.Kind), string(f.Class), f.Statement, joined(f.Partners), joined(f.Topics),
		f.Date.Date.String(), string(f.Date.Date.Precision()), string(f.Date.Mode), f.Date.AsOf.String(),
		amount, currency, text, bound, stage, measure, quantity, unit, f.Event, string(f.Modality), string(f.Rank),
		string(f.Evidence.Document), f.Evidence.Page, strconv.Itoa(f.Evidence.Offset), f.Evidence.Exact,
		string(f.Evidence.Status), strings.Join(f.Sources, "; "), f.Extracted}
}

func joined[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, "; ")
}
