package bleve

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"
)

const (
	// manyTerms is the number of terms up to which those that begin with a
	// prefix are counted when they are asked for. Of more, the most frequent
	// are known beforehand.
	manyTerms = 128
	// keptTerms is how many of them are known.
	keptTerms = 32
	// The lengths in characters of the prefixes for which they are.
	shortestBeginning = 1
	longestBeginning  = 12
)

// beginnings holds, for every prefix that more than manyTerms terms of one
// field of one segment begin with, the keptTerms of them that are in most
// records, those deleted later included, most frequent first. A letter stands
// for tens of thousands of words, and to count them all is too slow to be done
// at every key that somebody presses. It takes about a kilobyte for each such
// prefix, of which there are fewer than one for every hundred terms and each
// length.
type beginnings map[string][]counted

// counted is a term with the number of records that hold it.
type counted struct {
	term    string
	records int
}

func (c counted) compare(o counted) int {
	return cmp.Or(cmp.Compare(o.records, c.records), cmp.Compare(c.term, o.term))
}

// beginnings returns the beginnings of a field, if they are known.
func (s *segment) beginnings(field string) (beginnings, bool) {
	return ready[beginnings](s.columns, field+" beginnings")
}

// buildBeginnings makes the beginnings of a field of a segment on disk known.
// It reads the whole dictionary, about a million terms a second, and returns
// early, with its error, when ctx is done.
func (s *segment) buildBeginnings(ctx context.Context, field string) error {
	_, err := derived(s.columns, field+" beginnings", func() (beginnings, error) {
		d, err := s.dictionary(field)
		if err != nil || d.fst == nil {
			return beginnings{}, err
		}
		b := beginningsBuilder{known: beginnings{}}
		n := 0
		err = d.each(nil, nil, nil, func(e entry) (bool, error) {
			if n++; n%4096 == 0 && ctx.Err() != nil {
				return false, ctx.Err()
			}
			records, err := d.seg.layout.countRecords(e.at, nil)
			b.add(e.term, records)
			return true, damaged("read postings", err)
		})
		b.end(0)
		return b.known, err
	})
	return err
}

// beginningsBuilder takes terms in rising order. For each length it holds the
// terms that begin like the last one.
type beginningsBuilder struct {
	known  beginnings
	last   []byte
	levels [longestBeginning + 1]beginning // by length in characters
}

// beginning is a prefix with what was seen of the terms that begin with it.
type beginning struct {
	size  int // of the prefix in bytes
	terms int
	top   []counted
}

func (b *beginningsBuilder) add(term []byte, records int) {
	shared := 0
	for shared < len(term) && shared < len(b.last) && term[shared] == b.last[shared] {
		shared++
	}
	b.end(shared)
	b.last = append(b.last[:0], term...)
	c := counted{records: records}
	for at, length := 0, 1; at < len(term) && length <= longestBeginning; length++ {
		_, size := utf8.DecodeRune(term[at:])
		at += size
		if length < shortestBeginning {
			continue
		}
		level := &b.levels[length]
		level.size = at
		level.terms++
		if len(level.top) == keptTerms && records <= level.top[keptTerms-1].records {
			continue
		}
		if c.term == "" {
			c.term = string(term)
		}
		i, _ := slices.BinarySearchFunc(level.top, c, counted.compare)
		level.top = slices.Insert(level.top[:min(len(level.top), keptTerms-1)], min(i, keptTerms-1), c)
	}
}

// end closes all prefixes that are longer than so many bytes of the last term.
func (b *beginningsBuilder) end(bytesShared int) {
	for length := longestBeginning; length >= shortestBeginning; length-- {
		level := &b.levels[length]
		if level.size <= bytesShared {
			if level.size > 0 {
				return // shorter prefixes are shared too
			}
			continue
		}
		if level.terms > manyTerms {
			b.known[string(b.last[:level.size])] = slices.Clone(level.top)
		}
		level.size, level.terms, level.top = 0, 0, level.top[:0]
	}
}
