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

// The bounds of one look-up of titles, for each segment.
const (
	// maxTitles is how many titles are compared besides those that begin with
	// the prefix.
	maxTitles = 400
	// fewTitles is how many titles are looked at for one in which a word begins
	// like the last, when very many words do.
	fewTitles = 4096
)

// title is a title found, in the form that it is compared in.
type title struct {
	key  string
	size int // in characters
	rank int
	seg  *segment
}

func (s *segment) newTitle(key, prefix string) title {
	return title{key: key, size: utf8.RuneCountInString(key), rank: rankOf(key, prefix), seg: s}
}

// compare orders titles, the better first.
func (t title) compare(o title) int {
	return cmp.Or(cmp.Compare(t.rank, o.rank), cmp.Compare(t.size, o.size), cmp.Compare(t.key, o.key))
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

// titles finds titles that hold the words of the prefix, the last of them
// perhaps unfinished: those that begin with it first, then those in which the
// words stand side by side, then short ones. When very many hold the words, it
// compares all that begin with the prefix, and some of the others.
func (e *evaluation) titles(l search.Lookup) ([]search.Term, error) {
	words := analysis.Terms(l.Prefix)
	if len(words) == 0 || l.Similar != "" {
		return nil, nil
	}
	prefix := strings.Join(words, " ")
	begin, err := e.bestTitles(func(s *segment) ([]title, error) { return s.titlesBeginning(prefix, l.Limit) })
	if err != nil {
		return nil, err
	}
	terms, err := readTitles(begin, l.Limit)
	if err != nil || len(terms) >= l.Limit {
		return terms, err
	}
	hold, err := e.bestTitles(func(s *segment) ([]title, error) { return e.titlesHolding(s, words, prefix) })
	if err != nil {
		return nil, err
	}
	more, err := readTitles(hold, l.Limit-len(terms))
	return append(terms, more...), err
}

// bestTitles returns what find finds in all segments, the best first.
func (e *evaluation) bestTitles(find func(*segment) ([]title, error)) ([]title, error) {
	var list []title
	for _, s := range e.view.segs {
		if err := e.ctx.Err(); err != nil {
			return nil, err
		}
		found, err := find(s)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	slices.SortFunc(list, title.compare)
	return list, nil
}

// readTitles returns up to limit documents that have one of the titles, in
// their order, and those of the same one by identifier.
func readTitles(list []title, limit int) ([]search.Term, error) {
	var terms []search.Term
	for len(list) > 0 && len(terms) < limit {
		n := 1
		for n < len(list) && list[n].key == list[0].key {
			n++
		}
		alike, err := titled(list[:n])
		if err != nil {
			return nil, err
		}
		terms = append(terms, alike...)
		list = list[n:]
	}
	return terms[:min(len(terms), limit)], nil
}

// titled returns the documents of a title, in order of their identifiers. Of
// very many in one segment it returns some.
func titled(segments []title) ([]search.Term, error) {
	var terms []search.Term
	for _, t := range segments {
		d, err := t.seg.dictionary(fieldTitleSort)
		if err != nil {
			return nil, err
		}
		docs, err := d.documents(t.key)
		if err != nil {
			return nil, err
		}
		records := docs.ToArray()
		for _, r := range records[:min(len(records), maxTitles)] {
			d, err := t.seg.document(r, noBody)
			if err != nil {
				return nil, err
			}
			terms = append(terms, search.Term{Text: d.Title, Documents: 1, ID: d.ID})
		}
	}
	slices.SortFunc(terms, func(a, b search.Term) int { return cmp.Compare(a.ID, b.ID) })
	return terms, nil
}

// titlesBeginning returns the best titles that begin with a prefix. They stand
// side by side in the column of titles, whose order is that of their keys.
func (s *segment) titlesBeginning(prefix string, limit int) ([]title, error) {
	col, err := s.column(fieldTitleSort)
	if err != nil {
		return nil, err
	}
	d, err := s.dictionary(fieldTitleSort)
	if err != nil {
		return nil, err
	}
	low, high := col.beginRange(prefix)
	best := make([]title, 0, limit+1)
	for _, key := range col.values[low:high] {
		t := s.newTitle(key, prefix)
		if len(best) == limit && t.compare(best[limit-1]) >= 0 {
			continue
		}
		if s.deleted != nil {
			if n, err := d.count(key); err != nil || n == 0 {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		i, _ := slices.BinarySearchFunc(best, t, title.compare)
		best = slices.Insert(best, i, t)
		best = best[:min(len(best), limit)]
	}
	return best, nil
}

// beginRange returns the range of the values that begin with a prefix.
func (c *column) beginRange(prefix string) (low, high int) {
	low, _ = slices.BinarySearch(c.values, prefix)
	high = len(c.values)
	if end := after(prefix); end != nil {
		high, _ = slices.BinarySearch(c.values, string(end))
	}
	return low, high
}

// titlesHolding returns titles that hold the words, the last one as the
// beginning of a word, and do not begin with the prefix.
func (e *evaluation) titlesHolding(s *segment, words []string, prefix string) ([]title, error) {
	docs, err := e.titlesWith(s, words)
	if err != nil || docs.IsEmpty() {
		return nil, err
	}
	col, err := s.column(fieldTitleSort)
	if err != nil {
		return nil, err
	}
	low, high := col.beginRange(prefix)
	seen := map[uint32]bool{}
	var list []title
	var ordinals []uint32
	for it := docs.Iterator(); it.HasNext() && len(list) < maxTitles; {
		if ordinals = col.of(ordinals[:0], it.Next()); len(ordinals) == 0 || seen[ordinals[0]] {
			continue
		}
		seen[ordinals[0]] = true
		if o := int(ordinals[0]) - 1; o < low || o >= high {
			list = append(list, s.newTitle(col.values[o], prefix))
		}
	}
	return list, nil
}

// titlesWith returns the documents of a segment whose title holds the words, the
// last one as the beginning of a word. When that stands for very many words and
// the others for very many titles, the documents are those with one of the
// commonest of these words.
func (e *evaluation) titlesWith(s *segment, words []string) (*roaring.Bitmap, error) {
	var v variant
	for _, w := range words[:len(words)-1] {
		v.places = append(v.places, place{field: fieldTitleWord, terms: []string{w}})
	}
	var vs variantSegment
	if err := vs.prepare(s, v); err != nil {
		return nil, err
	}
	last := words[len(words)-1]
	list, err := e.termList(s, fieldTitleWord, last)
	if err != nil {
		return nil, err
	}
	p := place{field: fieldTitleWord}
	for _, c := range list.terms {
		p.terms = append(p.terms, c.term)
	}
	begun, err := s.place(p)
	if err != nil || len(v.places) == 0 {
		return begun.docs, err
	}
	docs := roaring.And(vs.docs, begun.docs)
	if !list.whole && vs.docs.GetCardinality() <= fewTitles {
		err = s.addTitlesWith(docs, vs.docs, last)
	}
	return docs, err
}

// addTitlesWith adds to docs those of others in whose title a word begins so.
func (s *segment) addTitlesWith(docs, others *roaring.Bitmap, beginning string) error {
	col, err := s.column(fieldTitleSort)
	if err != nil {
		return err
	}
	var ordinals []uint32
	for it := others.Iterator(); it.HasNext(); {
		record := it.Next()
		if ordinals = col.of(ordinals[:0], record); len(ordinals) == 0 {
			continue
		}
		key := col.values[ordinals[0]-1]
		if strings.HasPrefix(key, beginning) || strings.Contains(key, " "+beginning) {
			docs.Add(record)
		}
	}
	return nil
}
