package bleve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"rapport/search"
	"rapport/search/analysis"
)

// maxTitles bounds, per segment, the titles that one look-up compares besides
// those that begin with the prefix.
const maxTitles = 400

// title is a title found, with the form that it is compared in.
type title struct {
	search.Term
	key  string
	size int // of key, in characters
	rank int
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
		found, err := s.titlesOf(docs, prefix, l.Limit)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	slices.SortFunc(list, func(a, b title) int { return a.compare(&b) })
	terms := make([]search.Term, 0, min(l.Limit, len(list)))
	for _, t := range list[:min(l.Limit, len(list))] {
		terms = append(terms, t.Term)
	}
	return terms, nil
}

func newTitle(key, prefix string) title {
	return title{key: key, size: utf8.RuneCountInString(key), rank: rankOf(key, prefix)}
}

// compare orders titles, the better first.
func (t *title) compare(o *title) int {
	return cmp.Or(
		cmp.Compare(t.rank, o.rank), cmp.Compare(t.size, o.size),
		cmp.Compare(t.key, o.key), cmp.Compare(t.ID, o.ID),
	)
}

// rankOf is 0 for titles that begin with the prefix, 1 for those that hold it
// behind another word, 2 for all others.
func rankOf(key, prefix string) int {
	switch {
	case strings.HasPrefix(key, prefix):
		return 0
	case strings.Contains(key, " "+prefix):
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

// titlesOf reads the best titles of some documents. The column of titles tells
// their keys in order, so only those that are best are read. When very many
// documents hold the words, all those whose title begins with the prefix are
// compared, and some of the others.
func (s *segment) titlesOf(docs *roaring.Bitmap, prefix string, limit int) ([]title, error) {
	col, err := s.column(fieldTitleSort)
	if err != nil {
		return nil, err
	}
	low, _ := slices.BinarySearch(col.values, prefix)
	high := len(col.values)
	if end := after(prefix); end != nil {
		high, _ = slices.BinarySearch(col.values, string(end))
	}
	var list []candidate
	var ordinals []uint32
	others := 0
	for it := docs.Iterator(); it.HasNext(); {
		record := it.Next()
		if ordinals = col.of(ordinals[:0], record); len(ordinals) == 0 {
			continue
		}
		o := int(ordinals[0]) - 1
		if o < low || o >= high {
			if others++; others > maxTitles {
				continue
			}
		}
		list = append(list, candidate{record, newTitle(col.values[o], prefix)})
	}
	slices.SortFunc(list, func(a, b candidate) int { return a.compare(&b.title) })
	titles := make([]title, 0, limit)
	for i, c := range list {
		// Titles of one key are told apart by what is read.
		if i >= limit && c.compare(&list[i-1].title) != 0 {
			break
		}
		if i >= limit+maxTitles {
			break
		}
		d, err := s.document(c.record, false)
		if err != nil {
			return nil, err
		}
		c.Term = search.Term{Text: d.Title, Documents: 1, ID: d.ID}
		titles = append(titles, c.title)
	}
	return titles, nil
}

// candidate is a title that is not read yet.
type candidate struct {
	record uint32
	title
}
