package search

import (
	"cmp"
	"slices"
	"strings"
)

// ParamError is a parameter that cannot be read.
type ParamError struct {
	Parameter string   `json:"parameter"` // "-partner" for one that excludes
	Value     string   `json:"value"`
	Message   string   `json:"message"`        // what is wrong and what is expected
	Near      []string `json:"near,omitempty"` // up to four values that may be meant
}

// Error returns the parameter, its value and what is wrong.
func (e ParamError) Error() string {
	if e.Value == "" {
		return e.Parameter + ": " + e.Message
	}
	return e.Parameter + "=" + e.Value + ": " + e.Message
}

// Sentence returns what is wrong for people who see the parameter elsewhere: with
// its name only where the message does not hold the value.
func (e ParamError) Sentence() string {
	if e.Value != "" && strings.Contains(e.Message, shorten(e.Value)) {
		return e.Message
	}
	return "“" + e.Parameter + "=" + e.Value + "”: " + e.Message
}

// ParamErrors are all the parameters of a request that cannot be read, in
// order of their names.
type ParamErrors []ParamError

// Error returns all messages.
func (e ParamErrors) Error() string {
	var b strings.Builder
	for i, p := range e {
		message := p.Error()
		b.WriteString(message)
		switch {
		case i+1 == len(e):
		case strings.HasSuffix(message, "?"):
			b.WriteString(" ")
		default:
			b.WriteString("; ")
		}
	}
	return b.String()
}

// note adds a problem with a value, if there is one.
func (e *ParamErrors) note(name, value string, p problem) {
	if !p.isNone() {
		*e = append(*e, ParamError{Parameter: name, Value: value, Message: p.String(), Near: p.near[:min(maxNear+1, len(p.near))]})
	}
}

func (e ParamErrors) sorted() ParamErrors {
	slices.SortFunc(e, func(a, b ParamError) int {
		return cmp.Or(cmp.Compare(a.Parameter, b.Parameter), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Message, b.Message))
	})
	return e
}
