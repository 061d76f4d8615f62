package bleve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"

	"rapport/search"
	"rapport/search/analysis"
)

// maxTitles bounds the titles that one look-up reads, per segment.
const maxTitles = 400

// title is a title found, with the form that it is compared in.
type title struct {
	search.Term
	key string
}

// titles finds titles that hold the words of the prefix, the last of them
// perhaps unfinished: those that begin with it first, then those in which the
// words stand side by side, then short ones.
func (e *evaluation) titles(l search.Lookup) ([]search.Term, error) {
	words := analysis.Terms(l.Prefix)
	if len(words) == 0 || l.Similar != "" {
		return nil, nil
	}
	prefix := strings.Join(words, " ")
	var list []title
	for i, s := range e.view.segs {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		docs, err := e.titlesWith(i, words)
		if err != nil {
			return nil, err
		}
		found, err := s.titlesOf(docs, prefix)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	slices.SortFunc(list, func(a, b title) int {
		return cmp.Or(
			cmp.Compare(a.rank(prefix), b.rank(prefix)),
			cmp.Compare(utf8.RuneCountInString(a.key), utf8.RuneCountInString(b.key)),
			cmp.Compare(a.key, b.key), cmp.Compare(a.ID, b.ID),
		)
	})
	terms := make([]search.Term, 0, min(l.Limit, len(list)))
	for _, t := range list[:min(l.Limit, len(list))] {
		terms = append(terms, t.Term)
	}
	return terms, nil
}

// rank is 0 for titles that begin with the prefix, 1 for those that hold it
// behind another word, 2 for all others.
func (t *title) rank(prefix string) int {
	switch {
	case strings.HasPrefix(t.key, prefix):
		return 0
	case strings.Contains(t.key, " "+prefix):
		return 1
	}
	return 2
}

// titlesWith returns the documents of segment i whose title holds the words,
// the last one as a prefix.
func (e *evaluation) titlesWith(i int, words []string) (*roaring.Bitmap, error) {
	last := words[len(words)-1]
	counts := map[string]int{}
	if err := e.beginningIn(i, fieldTitleWord, last, counts); err != nil {
		return nil, err
	}
	p := place{field: fieldTitleWord}
	for term := range counts {
		p.terms = append(p.terms, term)
	}
	v := variant{places: []place{p}}
	for _, w := range words[:len(words)-1] {
		v.places = append(v.places, place{field: fieldTitleWord, terms: []string{w}})
	}
	var vs variantSegment
	err := vs.prepare(e.view.segs[i], v)
	return vs.docs, err
}

// titlesOf reads titles. When there are too many it takes first those that
// begin with the prefix, which the column of titles tells in order.
func (s *segment) titlesOf(docs *roaring.Bitmap, prefix string) ([]title, error) {
	read := docs
	if docs.GetCardinality() > maxTitles {
		some, err := s.titlesBeginning(docs, prefix)
		if err != nil {
			return nil, err
		}
		read = some
	}
	var list []title
	for it := read.Iterator(); it.HasNext(); {
		d, err := s.document(it.Next(), false)
		if err != nil {
			return nil, err
		}
		list = append(list, title{search.Term{Text: d.Title, Documents: 1, ID: d.ID}, titleKey(d.Title)})
	}
	return list, nil
}

// titlesBeginning returns at most maxTitles of the documents: those whose
// title begins with the prefix, then others.
func (s *segment) titlesBeginning(docs *roaring.Bitmap, prefix string) (*roaring.Bitmap, error) {
	d, err := s.dictionary(fieldTitleSort)
	if err != nil {
		return nil, err
	}
	some := roaring.New()
	err = d.each(nil, []byte(prefix), after(prefix), func(t *index.DictEntry) (bool, error) {
		found, err := d.documents(t.Term)
		if err != nil {
			return false, err
		}
		some.Or(roaring.And(found, docs))
		return some.GetCardinality() < maxTitles, nil
	})
	for it := docs.Iterator(); it.HasNext() && some.GetCardinality() < maxTitles; {
		some.Add(it.Next())
	}
	return some, err
}
