package bleve

import (
	"context"
	"hash/fnv"
	"strconv"
	"sync"

	"rapport/corpus"
	"rapport/search"
)

// columnCache holds the columns of the segments of the current view. Views
// share them; those of a segment that was merged away go with the last view
// that holds it.
type columnCache struct {
	mu   sync.Mutex
	segs map[uint64]*segmentColumns
}

func newColumnCache() *columnCache {
	return &columnCache{segs: map[uint64]*segmentColumns{}}
}

// of returns the columns of a segment, which are empty at first.
func (c *columnCache) of(id uint64) *segmentColumns {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.segs[id]
	if s == nil {
		s = &segmentColumns{slots: map[string]*slot{}}
		c.segs[id] = s
	}
	return s
}

// keep drops the columns of all segments that the view does not hold.
func (c *columnCache) keep(v *view) {
	held := make(map[uint64]bool, len(v.segs))
	for _, s := range v.segs {
		held[s.id] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.segs {
		if !held[id] {
			delete(c.segs, id)
		}
	}
}

// segmentColumns holds what is derived from an immutable segment. Each part is
// built once, by the first that asks for it, while others wait.
type segmentColumns struct {
	mu    sync.Mutex
	slots map[string]*slot
}

type slot struct {
	mu    sync.Mutex
	value any
}

// derived returns the part of the name, building it when it is not there. A
// failure is not kept.
func derived[T any](c *segmentColumns, name string, build func() (T, error)) (T, error) {
	c.mu.Lock()
	s := c.slots[name]
	if s == nil {
		s = &slot{}
		c.slots[name] = s
	}
	c.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.value != nil {
		return s.value.(T), nil
	}
	built, err := build()
	if err != nil {
		return built, err
	}
	s.value = built
	return built, nil
}

// ready returns the part of the name, if it is there already.
func ready[T any](c *segmentColumns, name string) (part T, ok bool) {
	c.mu.Lock()
	s := c.slots[name]
	c.mu.Unlock()
	if s == nil || !s.mu.TryLock() {
		return part, false
	}
	defer s.mu.Unlock()
	part, ok = s.value.(T)
	return part, ok
}

// column returns the column of a field.
func (s *segment) column(field string) (*column, error) {
	return derived(s.columns, field, func() (*column, error) { return buildColumn(s, field) })
}

// warm builds the columns that searches for a kind need as a rule.
func (s *segment) warm(k search.Kind) error {
	for _, f := range search.FacetFields(k) {
		if _, err := s.column(fieldName(k, f)); err != nil {
			return err
		}
	}
	if _, err := s.dates(k); err != nil {
		return err
	}
	if _, err := s.lengths(fieldName(k, fieldLength)); err != nil {
		return err
	}
	if k == search.Documents {
		if _, err := s.digests(context.Background()); err != nil {
			return err
		}
	}
	_, err := s.ties()
	return err
}

// day is a date as two days, YYYYMMDD. A record without a date has the zero day.
type day struct{ start, end uint32 }

// dates returns the dates by the ordinals of the column of dates; the first
// is that of records without one.
func (s *segment) dates(k search.Kind) ([]day, error) {
	field := fieldName(k, fieldDate)
	return derived(s.columns, field+" days", func() ([]day, error) {
		c, err := s.column(field)
		if err != nil {
			return nil, err
		}
		days := make([]day, len(c.values)+1)
		for i, value := range c.values {
			d, err := corpus.ParseDate(value)
			if err != nil {
				return nil, damaged("read a date", err)
			}
			days[i+1] = day{start: uint32(d.Start()), end: uint32(d.End())}
		}
		return days, nil
	})
}

// lengths are the lengths in words of the records of a segment.
type lengths struct {
	of    []uint32
	total uint64 // of all records, those deleted later included
}

// lengths returns the lengths that a field holds as numbers.
func (s *segment) lengths(field string) (*lengths, error) {
	return derived(s.columns, field, func() (*lengths, error) {
		d, err := s.dictionary(field)
		if err != nil {
			return nil, err
		}
		l := &lengths{of: make([]uint32, s.size)}
		err = d.each(nil, nil, nil, func(e entry) (bool, error) {
			n, err := strconv.ParseUint(string(e.term), 10, 32)
			if err != nil {
				return false, damaged("read a length", err)
			}
			docs, err := d.holdersOf(e)
			if err != nil {
				return false, err
			}
			l.total += n * docs.GetCardinality()
			for it := docs.Iterator(); it.HasNext(); {
				l.of[it.Next()] = uint32(n)
			}
			return true, nil
		})
		return l, err
	})
}

// lengthTotal is the number of live records with a length and its sum.
type lengthTotal struct {
	records int
	total   uint64
}

// average returns the mean length, or 1 when there is no record.
func (t lengthTotal) average() float64 {
	if t.records == 0 || t.total == 0 {
		return 1
	}
	return float64(t.total) / float64(t.records)
}

// lengthTotal returns the total length of the live records of a kind. What
// was deleted is subtracted, so that it depends on content alone, not on
// batches and merges.
func (v *view) lengthTotal(k search.Kind, field string) (lengthTotal, error) {
	v.mu.Lock()
	t, ok := v.lengths[field]
	v.mu.Unlock()
	if ok {
		return t, nil
	}
	for _, s := range v.segs {
		l, err := s.lengths(field)
		if err != nil {
			return t, err
		}
		t.records += int(s.live(k).GetCardinality())
		t.total += l.total
		if s.deleted != nil {
			for it := s.deleted.Iterator(); it.HasNext(); {
				t.total -= uint64(l.of[it.Next()])
			}
		}
	}
	v.mu.Lock()
	v.lengths[field] = t
	v.mu.Unlock()
	return t, nil
}

// foundByRule is the bit of a tie that puts a fact that a program found behind
// one that a person stated and that is otherwise equal.
const foundByRule = 1 << 63

// ties returns the hash of the identifier of every record. It orders records
// that are otherwise equal, in the same way on any machine and after any merge.
// Facts that people stated come before those that a program found.
func (s *segment) ties() ([]uint64, error) {
	return derived(s.columns, fieldRecordID, func() ([]uint64, error) {
		hashes := make([]uint64, s.size)
		ids, err := s.dictionary(fieldRecordID)
		if err != nil {
			return nil, err
		}
		err = ids.each(nil, nil, nil, func(e entry) (bool, error) {
			h := fnv.New64a()
			_, _ = h.Write(e.term)
			tie := mix(h.Sum64())
			if doc, ok := e.only(); ok {
				hashes[doc] = tie
				return true, nil
			}
			docs, err := ids.holdersOf(e)
			if err != nil {
				return false, err
			}
			for it := docs.Iterator(); it.HasNext(); {
				hashes[it.Next()] = tie
			}
			return true, nil
		})
		if err != nil {
			return nil, err
		}
		if s.facts.IsEmpty() {
			return hashes, nil
		}
		d, err := s.dictionary(fieldName(search.Facts, search.FieldStatus))
		if err != nil {
			return nil, err
		}
		extracted, err := d.documents(search.StatusExtracted)
		if err != nil {
			return nil, err
		}
		for it := s.facts.Iterator(); it.HasNext(); {
			if doc := it.Next(); extracted.Contains(doc) {
				hashes[doc] |= foundByRule
			} else {
				hashes[doc] &^= foundByRule
			}
		}
		return hashes, nil
	})
}

// mix spreads the bits of a hash (the finalizer of MurmurHash3).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return h
}
