package search

import (
	"errors"
	"slices"
	"strings"
)

// Collapse says which documents stand for others in a list of hits. Totals and
// facets always count documents, whatever is collapsed; Found.Folded says how
// many of them are not listed.
type Collapse string

// The ways to collapse.
const (
	// CollapseNone lists every document.
	CollapseNone Collapse = "none"
	// CollapseSame lists, of documents made of the same bytes, the one that
	// comes first in the order of the answer.
	CollapseSame Collapse = "same"
	// CollapseNear lists, of documents whose texts are nearly identical, the
	// one that comes first. What that means says corpus.Likeness.Near; copies of
	// the same bytes are among them.
	CollapseNear Collapse = "near"
)

// The fields that name documents by their kinship with another. Values of the
// first two are the ID of any document of the group, which is found, too.
const (
	FieldSame = "same" // keyword of documents: made of the same bytes
	FieldNear = "near" // keyword of documents: nearly identical
	FieldWork = "work" // keyword of documents: corpus.Document.Work, which editions share
)

// isKinship reports whether a field is one of those. They are parameters, and
// have no place in the language of questions.
func isKinship(field string) bool { return slices.Contains(kinships(), field) }

func kinships() []string { return []string{FieldSame, FieldNear, FieldWork} }

// ParseCollapse reads a way to collapse; the empty text is CollapseSame.
func ParseCollapse(text string) (Collapse, error) {
	switch c := Collapse(strings.ToLower(text)); c {
	case "":
		return CollapseSame, nil
	case CollapseNone, CollapseSame, CollapseNear:
		return c, nil
	}
	return "", errors.New("want none, same or near")
}

// Field returns the field whose value, the ID of a hit, finds all documents
// that the hit stands for.
func (c Collapse) Field() string { return string(c) }
