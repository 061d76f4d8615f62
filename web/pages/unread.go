package pages

import (
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// Unread returns the files that could not be read and may hold what a question
// with these filters asks for: those of the collections that it is about. What
// else is in them, nobody knows.
func Unread(files []corpus.Skip, filters search.Filters) []corpus.Skip {
	sources := filters[search.FieldSource]
	var list []corpus.Skip
	for _, f := range files {
		source, _, _ := strings.Cut(f.Path, "/")
		in := len(sources.Any) == 0 || slices.Contains(sources.Any, source)
		if in && !slices.Contains(sources.Not, source) && !f.Reason.Chosen() {
			list = append(list, f)
		}
	}
	return list
}
