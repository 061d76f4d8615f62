package searchtest

import (
	"fmt"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/search"
)

// The generators of questions, one for each operator.

func anyWord() *rapid.Generator[string] { return rapid.SampledFrom(words) }

func textField() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "", "", search.FieldTitle})
}

func word() *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		return search.Word{Field: textField().Draw(t, "field"), Text: anyWord().Draw(t, "word"), Exact: rapid.Bool().Draw(t, "exact")}
	})
}

func phrase(slop int) *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		text := ""
		for range rapid.IntRange(2, 3).Draw(t, "length") {
			text += anyWord().Draw(t, "word") + " "
		}
		return search.Phrase{
			Field: textField().Draw(t, "field"), Text: text[:len(text)-1],
			Slop: rapid.IntRange(min(slop, 1), slop).Draw(t, "slop"), Exact: rapid.Bool().Draw(t, "exact"),
		}
	})
}

func prefix() *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		return search.Prefix{
			Field: textField().Draw(t, "field"),
			Text:  rapid.SampledFrom([]string{"fun", "tru", "trustf", "con", "coo", "nat", "vis", "the", "zzz", "100", "стр"}).Draw(t, "prefix"),
		}
	})
}

func fuzzy() *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		return search.Fuzzy{
			Field: textField().Draw(t, "field"),
			Text: rapid.SampledFrom([]string{
				"trsut", "fnud", "japn", "sweeden", "coperation", "contributin", "min", "zzz", "partnres", "стра",
			}).Draw(t, "word"),
		}
	})
}

func side() *rapid.Generator[search.Query] {
	return rapid.OneOf(word(), word(), phrase(0), prefix(), either())
}

func near() *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		return search.Near{
			Left: side().Draw(t, "left"), Right: side().Draw(t, "right"),
			Distance: rapid.IntRange(1, 12).Draw(t, "distance"),
		}
	})
}

func either() *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		return search.Either{Forms: rapid.SliceOfN(rapid.OneOf(word(), phrase(0)), 2, 3).Draw(t, "forms")}
	})
}

func value(k search.Kind) *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		field := rapid.SampledFrom(append(search.FacetFields(k), search.FieldID)).Draw(t, "field")
		return search.Value{Field: field, Value: valueOf(field).Draw(t, "value")}
	})
}

// valueOf draws a value that some records have, one that none has, or None.
func valueOf(field string) *rapid.Generator[string] {
	values := []string{"en", "fr", "text", "html", "notes", "speech", "NATO"}
	switch field {
	case search.FieldPartner, search.FieldMention:
		values = partners
	case search.FieldTopic:
		values = []string{"human", "tech", "human.demining", "tech.cyber"}
	case search.FieldYear, search.FieldPublished:
		values = []string{"1999", "2007", "2011", "2012", "1990s"}
	case search.FieldKind:
		values = []string{"visit", "contribution"}
	case search.FieldStatus:
		values = []string{"exact", "moved", "extracted"}
	case search.FieldCurrency:
		values = []string{"USD", "EUR"}
	case search.FieldID:
		return rapid.SampledFrom([]string{"doc-001", "doc-002", "f0", "nowhere"})
	}
	return rapid.SampledFrom(append(append([]string(nil), values...), corpus.None, "nowhere"))
}

func ranges(k search.Kind) *rapid.Generator[search.Query] {
	return rapid.Custom(func(t *rapid.T) search.Query {
		field := rapid.SampledFrom(rangeFields(k)).Draw(t, "field")
		return rangeOf(field).Draw(t, "range")
	})
}

func rangeFields(k search.Kind) []string {
	if k == search.Facts {
		return []string{search.FieldYear, search.FieldAmount}
	}
	return []string{search.FieldYear, search.FieldPublished}
}

func rangeOf(field string) *rapid.Generator[search.Range] {
	bounds := []string{"", "1998", "1999", "2007", "2011", "2012", "2020"}
	switch field {
	case search.FieldPublished:
		bounds = []string{"", "1999", "2007", "2011-05", "2011-05-03", "2012-11-30", "2020"}
	case search.FieldAmount:
		bounds = []string{"", "0", "0.5", "3", "10", "12.50", "400"}
	}
	return rapid.Custom(func(t *rapid.T) search.Range {
		i := rapid.IntRange(0, len(bounds)-1).Draw(t, "from")
		j := rapid.IntRange(i, len(bounds)-1).Draw(t, "to")
		r := search.Range{Field: field, From: bounds[i], To: bounds[j]}
		if rapid.Bool().Draw(t, "open") {
			r.To = ""
		}
		r.FromExcluded = r.From != "" && rapid.Bool().Draw(t, "from excluded")
		r.ToExcluded = r.To != "" && rapid.Bool().Draw(t, "to excluded")
		return r
	}).Filter(func(r search.Range) bool { return r.From != "" || r.To != "" })
}

// question draws a question in which all operators may be nested.
func question(k search.Kind, depth int) *rapid.Generator[search.Query] {
	leaf := rapid.OneOf(word(), word(), word(), phrase(0), phrase(2), prefix(), fuzzy(), near(), either(), value(k), ranges(k))
	if depth == 0 {
		return leaf
	}
	return rapid.Custom(func(t *rapid.T) search.Query {
		clauses := rapid.SliceOfN(question(k, depth-1), 1, 4)
		switch rapid.IntRange(0, 6).Draw(t, "operator") {
		case 0, 1:
			return search.And{Clauses: clauses.Draw(t, "and")}
		case 2, 3:
			return search.Or{Clauses: clauses.Draw(t, "or")}
		case 4:
			return search.Not{Clause: question(k, depth-1).Draw(t, "not")}
		case 5:
			list := clauses.Draw(t, "at least")
			return search.AtLeast{Min: rapid.IntRange(1, len(list)).Draw(t, "min"), Clauses: list}
		}
		return leaf.Draw(t, "leaf")
	})
}

// anything draws a question, or that for all records, which is what people see
// first and engines answer in a way of its own.
func anything(k search.Kind) *rapid.Generator[search.Query] {
	return rapid.OneOf(question(k, 1), question(k, 1), rapid.Just[search.Query](search.All{}))
}

func filters(k search.Kind) *rapid.Generator[search.Filters] {
	return rapid.Custom(func(t *rapid.T) search.Filters {
		f := search.Filters{}
		for range rapid.IntRange(0, 3).Draw(t, "filters") {
			field := rapid.SampledFrom(search.FacetFields(k)).Draw(t, "field")
			var sel search.Filter
			sel.Any = rapid.SliceOfNDistinct(valueOf(field), 0, 2, rapid.ID).Draw(t, "any")
			for _, v := range rapid.SliceOfNDistinct(valueOf(field), 0, 1, rapid.ID).Draw(t, "not") {
				if !contains(sel.Any, v) {
					sel.Not = append(sel.Not, v)
				}
			}
			if (field == search.FieldYear || field == search.FieldPublished) && rapid.Bool().Draw(t, "ranged") {
				sel.Ranges = []search.Range{rangeOf(field).Draw(t, "range")}
			}
			if (field == search.FieldYear || field == search.FieldPublished) && rapid.IntRange(0, 3).Draw(t, "barred") == 0 {
				sel.NotRanges = []search.Range{rangeOf(field).Draw(t, "not in range")}
			}
			f[field] = sel
		}
		return f
	})
}

func contains(list []string, v string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

// show prints a question for a failure.
func show(q search.Query) string { return fmt.Sprintf("%s = %#v", q, q) }
