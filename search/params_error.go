package search

import (
	"cmp"
	"slices"
	"strings"
)

// ParamError is a parameter that cannot be read.
type ParamError struct {
	Parameter string `json:"parameter"` // "-partner" for one that excludes
	Value     string `json:"value"`
	Message   string `json:"message"` // what is wrong and what is expected
}

// Error returns the parameter, its value and what is wrong.
func (e ParamError) Error() string {
	if e.Value == "" {
		return e.Parameter + ": " + e.Message
	}
	return e.Parameter + "=" + e.Value + ": " + e.Message
}

// ParamErrors are all the parameters of a request that cannot be read, in
// order of their names.
type ParamErrors []ParamError

// Error returns all messages.
func (e ParamErrors) Error() string {
	list := make([]string, len(e))
	for i, p := range e {
		list[i] = p.Error()
	}
	return strings.Join(list, "; ")
}

// note adds a problem with a value, if there is one.
func (e *ParamErrors) note(name, value string, p problem) {
	if !p.isNone() {
		*e = append(*e, ParamError{Parameter: name, Value: value, Message: p.String()})
	}
}

func (e ParamErrors) sorted() ParamErrors {
	slices.SortFunc(e, func(a, b ParamError) int {
		return cmp.Or(cmp.Compare(a.Parameter, b.Parameter), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Message, b.Message))
	})
	return e
}
