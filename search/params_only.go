package search

import (
	"net/url"
	"slices"
	"strings"

	"rapport/corpus"
)

// OnlyParams refuses parameters other than those with the names as ParseParams
// refuses those that it does not know: with a ParamErrors.
func OnlyParams(v url.Values, names ...string) error {
	var p paramParser
	for name, values := range v {
		if !slices.Contains(names, name) {
			p.refuse(name, values, names)
		}
	}
	if len(p.errs) > 0 {
		return p.errs.sorted()
	}
	return nil
}

// OnlyQuestion refuses parameters that would have no effect on a list of records
// of a kind: all but those of a question, the filters that such records have, and
// more. The error is a ParamErrors.
func OnlyQuestion(v url.Values, kind Kind, more ...string) error {
	names := slices.Concat([]string{paramText, paramMatch, paramVerbatim, paramStrict}, more, FacetFields(kind))
	var p paramParser
	for name, values := range v {
		field := strings.TrimPrefix(name, "-")
		switch {
		case slices.Contains(names, name), HasField(kind, field):
		case HasField(Documents, field) || HasField(Facts, field):
			if value := firstGiven(values); value != "" {
				p.fail(name, value, string(kind)+" have nothing of that name to filter by")
			}
		default:
			p.refuse(name, values, names)
		}
	}
	if order := firstGiven(v[paramSort]); kind == Facts && strings.EqualFold(order, string(ByTitle)) {
		p.fail(paramSort, order, "facts have no title; want relevance, newest or oldest")
	}
	if len(p.errs) > 0 {
		return p.errs.sorted()
	}
	return nil
}

// refuse notes a parameter that is none of those with the names, if it has a
// value.
func (p *paramParser) refuse(name string, values, names []string) {
	given := firstGiven(values)
	if given == "" || strings.HasPrefix(name, "utm_") {
		return
	}
	message := "there is no parameter of this name"
	if slices.Contains(paramNames(), strings.TrimPrefix(name, "-")) {
		message = "it has no effect here"
	} else if near := corpus.Nearest(strings.TrimPrefix(name, "-"), names); near != "" {
		message += "; did you mean " + near + "?"
	}
	p.fail(name, given, message)
}

// firstGiven returns the first value that is more than white space.
func firstGiven(values []string) string {
	for _, value := range values {
		if strings.TrimSpace(value) != "" {
			return value
		}
	}
	return ""
}
