package search

import (
	"rapport/corpus"
	"rapport/search/analysis"
)

// NameKey returns what the values of a facet are ordered by when they are
// ordered by name: the label in lower case and without accents.
func NameKey(t *corpus.Taxonomy, field, value string) string {
	return analysis.Fold(LabelOf(t, field, value))
}

// LabelOf returns what a page shows for a facet value: a partner's name, a
// topic's label, else the value itself.
func LabelOf(t *corpus.Taxonomy, field, value string) string {
	switch {
	case value == corpus.None:
		return "not stated"
	case field == FieldPartner || field == FieldMention:
		for _, p := range t.Partners {
			if string(p.ID) == value {
				return p.Name
			}
		}
	case field == FieldTopic:
		for _, g := range t.Groups {
			if string(g.ID) == value {
				return g.Label
			}
		}
		for _, tp := range t.Topics {
			if string(tp.ID) == value {
				return tp.Label
			}
		}
	}
	return value
}
