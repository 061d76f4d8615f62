package pages

import (
	"strings"

	"rapport/search"
)

// ReadingView says how a question was understood.
type ReadingView struct {
	Show     bool
	Read     string // the canonical form
	Stop     string // the full stop after it, empty after an open range: 2010..
	Synonyms []SynonymView
	Undo     string // address of the question without synonyms
	Redo     string // address of the question with synonyms, when they are off
	Warnings []string
	Relaxed  string // what was relaxed, in words
	Strictly string // address that asks for all words
	Suggest  *Link
	Mentions *Link
}

// SynonymView is a term and what it was also read as.
type SynonymView struct {
	Term  string
	Means []string
}

// NewReading makes the lines that say how the question of an address was read.
func NewReading(here Address, r search.Reading, verbatim bool) ReadingView {
	here = here.Drop("cursor")
	asked := strings.TrimSpace(r.Text) != ""
	v := ReadingView{Show: asked || len(r.Warnings) > 0}
	if r.Query != nil && asked {
		v.Read, v.Stop = r.Query.String(), "."
		if strings.HasSuffix(v.Read, ".") && len(r.Synonyms) == 0 {
			v.Stop = ""
		}
	}
	for _, s := range r.Synonyms {
		v.Synonyms = append(v.Synonyms, SynonymView{s.Term, s.Means})
	}
	if len(r.Synonyms) > 0 {
		v.Undo = here.Set("verbatim", "true").String()
	}
	if verbatim {
		v.Redo = here.Drop("verbatim").String()
	}
	for _, w := range r.Warnings {
		v.Warnings = append(v.Warnings, Sentence(w.Message))
	}
	if r.Relaxed {
		v.Relaxed = relaxedWords(r.Match)
		v.Strictly = here.Set("match", string(search.MatchAll)).String()
	}
	if r.Suggest != "" {
		v.Suggest = &Link{here.Set("q", r.Suggest).Drop("match").String(), r.Suggest}
	}
	return v
}

// relaxedWords says what a match mode asks for: "2of3" is "2 of your 3 words".
func relaxedWords(m search.MatchMode) string {
	if least, all, ok := strings.Cut(string(m), "of"); ok {
		return "at least " + least + " of your " + all + " words"
	}
	return "any of your words"
}
