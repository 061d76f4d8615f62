package values

import (
	"errors"
	"fmt"
	"net/url"
	"testing"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/searchtest"
	"rapport/web/pages"
)

// TestPagesOfValuesLeaveNoneOut turns all pages of a facet, one value of which
// is in use and comes with every page that the engine gives.
func TestPagesOfValuesLeaveNoneOut(t *testing.T) {
	const publishers = 2*valuesOnPage + 50
	reference := searchtest.NewReference(&corpus.Taxonomy{})
	var put []corpus.Record
	for i := range publishers {
		id := corpus.ID(fmt.Sprint(i))
		put = append(put, corpus.Record{
			Entry:    corpus.Entry{ID: id, Path: string(id), Kind: corpus.DocumentEntry},
			Document: &corpus.Document{ID: id, Title: "Title", Publisher: fmt.Sprintf("Publisher %03d", i)},
		})
	}
	if err := reference.Apply(t.Context(), corpus.Batch{Put: put}); err != nil {
		t.Fatal(err)
	}
	s, err := reference.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	for _, used := range []string{"", "Publisher 001", "Publisher 300", "Publisher 449"} {
		seen := map[string]bool{}
		address := "/facets/publisher?publisher=" + url.QueryEscape(used)
		turned := 0
		for ; address != "" && turned < 5; turned++ {
			a, err := pages.ParseAddress(address)
			if err != nil {
				t.Fatal(err)
			}
			view, err := show(t.Context(), &pages.Visit{Snapshot: s, Path: a.Path, Name: "publisher", Params: a.Params})
			if err != nil {
				t.Fatal(err)
			}
			body := view.Body.(*View)
			for _, v := range body.Values {
				if seen[v.Value] {
					t.Errorf("%q in use: %q comes twice", used, v.Value)
				}
				seen[v.Value] = true
			}
			address = body.Next
		}
		if len(seen) != publishers || turned != 3 {
			t.Errorf("%q in use: %d values of %d on %d pages", used, len(seen), publishers, turned)
		}
	}
}

func TestPlacesThatCannotBeRead(t *testing.T) {
	for _, bad := range []string{"from=x", "from=-1", "from=1.5", "from=9999999999999999999", "order=value", "order=x"} {
		params, err := url.ParseQuery(bad)
		if err != nil {
			t.Fatal(err)
		}
		var wrong search.ParamErrors
		if _, _, err := place(params); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
