package pages

import (
	"context"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rapport/search"
)

// Suggestion completes what is being typed, with the page that it leads to.
type Suggestion struct {
	search.Suggestion
	Href string `json:"href" doc:"The page it leads to"`
}

// Suggest completes what is being typed.
func Suggest(ctx context.Context, snapshot search.Snapshot, typed string, limit int) ([]Suggestion, error) {
	found, err := search.Suggest(ctx, snapshot, typed, limit)
	if err != nil {
		return nil, err
	}
	list := make([]Suggestion, len(found))
	for i, s := range found {
		link := Address{Path: "/search", Params: url.Values{"q": {s.Text}}}
		switch s.Kind {
		case search.SuggestPartner:
			link = Address{Path: "/partners/" + url.PathEscape(s.ID)}
		case search.SuggestTopic:
			link = Address{Path: "/topics/" + url.PathEscape(s.ID)}
		case search.SuggestTitle:
			link = Address{Path: "/documents/" + url.PathEscape(s.ID)}
		}
		s.Text = ClampWord(s.Text, 200)
		list[i] = Suggestion{s, link.String()}
	}
	return list, nil
}

// fold drops accents and case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
