package search

import (
	"context"
	"slices"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/web/pages"
)

// zeroView helps on when nothing was found.
type zeroView struct {
	Suggest  *pages.Link
	Found    string // what the suggestion finds
	Steps    []stepView
	Words    []wordView
	Futile   bool // none of these steps and words finds anything
	Unread   []corpus.Skip
	MoreLeft int
	Scope    string
	Facts    int
}

// stepView is a filter to take away and what that would find.
type stepView struct {
	Href, Text       string
	Documents, Facts int
}

// wordView is a simpler question and what it would find.
type wordView struct {
	Href, Text string
	Documents  int
}

const (
	mostSteps = 8
	mostWords = 6

	mostUnread = 5 // files
)

// newZero finds what would help: a better spelling, filters to take away, single
// words.
func newZero(ctx context.Context, v *pages.Visit, q *pages.Question, r *search.Result) (*zeroView, error) {
	z := &zeroView{Facts: r.Facts.Total, Scope: pages.Count(v.Status.Documents, "document", "documents") + " and " + pages.Count(v.Status.Facts, "fact", "facts")}
	here := q.Here.Drop("cursor")
	if r.Read.Suggest != "" {
		better := here.Set("q", r.Read.Suggest).Drop("match")
		with, _, err := v.Total(ctx, better)
		if err != nil {
			return nil, err
		}
		z.Suggest, z.Found = &pages.Link{Href: better.String(), Text: r.Read.Suggest}, pages.Count(with, "document", "documents")
		if bare := pages.WithoutFilters(better); bare.String() != better.String() {
			without, _, err := v.Total(ctx, bare)
			if err != nil {
				return nil, err
			}
			z.Suggest = &pages.Link{Href: bare.String(), Text: r.Read.Suggest}
			z.Found += " with these filters, " + pages.Number(without) + " without"
		}
	}
	if err := steps(ctx, v, here, z); err != nil {
		return nil, err
	}
	if err := words(ctx, v, here, q.Text, z); err != nil {
		return nil, err
	}
	z.Futile = len(z.Steps)+len(z.Words) > 0
	for _, s := range z.Steps {
		z.Futile = z.Futile && s.Documents+s.Facts == 0
	}
	for _, w := range z.Words {
		z.Futile = z.Futile && w.Documents == 0
	}
	if !z.Futile && !slices.ContainsFunc(z.Words, func(w wordView) bool { return w.Documents > 0 }) {
		z.Words = nil // no way out
	}
	unread := pages.Unread(v.Status.SkippedFiles, q.Filters)
	z.Unread = unread[:min(mostUnread, len(unread))]
	z.MoreLeft = len(unread) - len(z.Unread)
	return z, nil
}

// steps counts what the question finds without each of its filters.
func steps(ctx context.Context, v *pages.Visit, here pages.Address, z *zeroView) error {
	list := pages.Chips(here, v.Snapshot.Taxonomy())
	if len(list) > mostSteps {
		list = list[:mostSteps]
	}
	add := func(href, text string) error {
		address, err := pages.ParseAddress(href)
		if err != nil {
			return err
		}
		documents, facts, err := v.Total(ctx, address)
		if err != nil {
			return err
		}
		z.Steps = append(z.Steps, stepView{href, text, documents, facts})
		return nil
	}
	for _, chip := range list {
		text := chip.Text
		if chip.Not {
			text = "not " + text
		}
		if err := add(chip.Href, text); err != nil {
			return err
		}
	}
	if len(list) > 1 {
		return add(pages.WithoutFilters(here).String(), "All filters")
	}
	return nil
}

// words counts what each word of the question finds alone, and any of them.
func words(ctx context.Context, v *pages.Visit, here pages.Address, text string, z *zeroView) error {
	words := plainWords(text)
	if len(words) < 2 || len(words) > mostWords {
		return nil
	}
	here = here.Drop("match")
	try := func(a pages.Address, text string) error {
		documents, _, err := v.Total(ctx, a)
		if err == nil {
			z.Words = append(z.Words, wordView{a.String(), text, documents})
		}
		return err
	}
	for _, word := range words {
		if err := try(here.Set("q", word), word); err != nil {
			return err
		}
	}
	return try(here.Set("match", string(search.MatchAny)), strings.Join(words, " or "))
}

// plainWords returns the words of a question without operators, nil when it
// has any.
func plainWords(text string) []string {
	if strings.ContainsAny(text, `":()-*~`) {
		return nil
	}
	words := strings.Fields(text)
	for _, word := range words {
		if word == "AND" || word == "OR" || word == "NOT" || strings.HasPrefix(word, "NEAR") {
			return nil
		}
	}
	return words
}
