package bleve

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// Highlights returns where in the document the query matches. The index keeps
// no byte offsets; the words at the positions that the postings tell are read
// from the stored text again, and searched with the matcher that finds phrases
// in the index.
func (s *snapshot) Highlights(ctx context.Context, id corpus.ID, q search.Query) (matches []search.Match, err error) {
	err = s.run(ctx, "highlight", func(v *view) error {
		s, record, ok, err := v.find(idDocument + string(id))
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("document %.80q: %w", id, search.ErrNotFound)
		}
		e := v.evaluation(ctx, search.Documents)
		h := newHighlighter()
		if err := h.clauses(e, q); err != nil {
			return err
		}
		if len(h.parts) == 0 {
			return nil
		}
		d, err := v.document(s, record, id)
		if err != nil {
			return err
		}
		positions, err := h.positions(s, record, len(d.Body))
		if err != nil {
			return err
		}
		b := v.index.builders.take(v.index.groups)
		defer v.index.builders.give(b)
		if err := h.read(ctx, b, d, positions); err != nil {
			return err
		}
		matches, err = h.matches()
		return err
	})
	return matches, err
}

// highlighter finds clauses in one document.
type highlighter struct {
	parts []located
	want  map[string]map[string][]*occurrences // by field, then term
	known map[string]*occurrences              // by the key of a place
	start uint32                               // position of the first word of the body
}

// occurrences are where a place of a phrase stands in the document.
type occurrences struct{ at []occurrence }

type occurrence struct {
	position   uint32
	start, end int // bytes of title or body
}

// located is a clause with the means to find it.
type located interface {
	label() string
	stretches() ([]stretch, error)
}

func newHighlighter() *highlighter {
	return &highlighter{known: map[string]*occurrences{}, want: map[string]map[string][]*occurrences{
		fieldStem: {}, fieldWord: {}, fieldTitleStem: {}, fieldTitleWord: {},
	}}
}

// clauses notes what the query looks for. What it excludes is not shown.
func (h *highlighter) clauses(e *evaluation, q search.Query) error {
	if e.nodes++; e.nodes > maxNodes {
		return tooExpensive("it has more than %d words and operators: shorten it", maxNodes)
	}
	switch t := q.(type) {
	case search.And:
		return h.each(e, t.Clauses)
	case search.Or:
		return h.each(e, t.Clauses)
	case search.AtLeast:
		return h.each(e, t.Clauses)
	case search.Near:
		left, err := h.phrase(e, t.Left)
		if err != nil {
			return err
		}
		right, err := h.phrase(e, t.Right)
		if err != nil {
			return err
		}
		h.parts = append(h.parts, &locatedNear{name: q.String(), left: left, right: right, distance: distanceOf(t.Distance)})
		return nil
	case search.Word, search.Phrase, search.Prefix, search.Fuzzy, search.Either:
		p, err := h.phrase(e, q)
		if err != nil {
			return err
		}
		h.parts = append(h.parts, p)
	}
	return nil
}

func (h *highlighter) each(e *evaluation, queries []search.Query) error {
	for _, q := range queries {
		if err := h.clauses(e, q); err != nil {
			return err
		}
	}
	return nil
}

// phrase notes the terms of a clause.
func (h *highlighter) phrase(e *evaluation, q search.Query) (*locatedSpan, error) {
	n := &spanNode{}
	if err := e.variants(n, q); err != nil {
		return nil, err
	}
	p := &locatedSpan{name: q.String()}
	for _, v := range n.variants {
		lv := locatedVariant{e: e, slop: v.slop}
		for _, place := range v.places {
			lv.places = append(lv.places, h.occurrences(place))
		}
		p.variants = append(p.variants, lv)
	}
	return p, nil
}

// occurrences returns where a place will be found. Places that the same words
// may take share it.
func (h *highlighter) occurrences(p place) *occurrences {
	key := p.key()
	o, ok := h.known[key]
	if !ok {
		o = &occurrences{}
		h.known[key] = o
		for _, term := range p.terms {
			h.want[p.field][term] = append(h.want[p.field][term], o)
		}
	}
	return o
}

// lookupBytes is how many bytes of a text are read in the time that it takes to
// look up where one word stands in it.
const lookupBytes = 64

// positions returns where the words that are looked for stand in a record, in
// rising order, others perhaps among them; nil when reading the text, of so
// many bytes, takes less time than looking them up.
func (h *highlighter) positions(s *segment, record uint32, size int) ([]uint32, error) {
	if (len(h.want[fieldStem])+len(h.want[fieldWord]))*lookupBytes > size {
		return nil, nil
	}
	positions := []uint32{}
	for _, field := range []string{fieldStem, fieldWord} {
		d, err := s.dictionary(field)
		if err != nil {
			return nil, err
		}
		for term := range h.want[field] {
			p, err := d.raw(term)
			if err != nil {
				return nil, err
			}
			if p != nil {
				positions = p.in(positions, record)
			}
		}
	}
	slices.Sort(positions)
	return slices.Compact(positions), nil
}

// read goes through the words of the document once, of the body through those
// at the positions, or all when these are nil.
func (h *highlighter) read(ctx context.Context, b *builder, d *corpus.Document, positions []uint32) error {
	lexicon := b.lexicon(d.Language)
	note := func(find func([]byte) []*occurrences) func(*analysis.Token, uint32) {
		return func(t *analysis.Token, at uint32) {
			for _, o := range find(t.Term) {
				o.add(occurrence{at, t.Start, t.End})
			}
		}
	}
	words := b.scan(d.Title, b.titleStart(d.Title), note(h.finder(lexicon, fieldStem, fieldWord, fieldTitleStem, fieldTitleWord)))
	h.start = bodyStart(words)
	inBody := note(h.finder(lexicon, fieldStem, fieldWord))
	b.scanner.Reset(d.Body)
	n, i := 0, 0
	for t := (analysis.Token{}); b.scanner.Next(&t); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := h.start + uint32(t.Position)
		if positions == nil {
			inBody(&t, at)
			continue
		}
		for i < len(positions) && positions[i] < at {
			i++
		}
		if i == len(positions) {
			break
		}
		if positions[i] == at {
			inBody(&t, at)
			continue // another form may stand there
		}
		b.scanner.Skip(int(positions[i] - h.start))
	}
	return ctx.Err()
}

// finder returns a function that tells who waits for a word in the given
// fields. What it returns is valid until the next call.
func (h *highlighter) finder(l lexicon, fields ...string) func([]byte) []*occurrences {
	var found []*occurrences
	return func(term []byte) []*occurrences {
		w := l.word(term)
		found = found[:0]
		for _, f := range fields {
			form := w.text
			if f == fieldStem || f == fieldTitleStem {
				form = w.stem
			}
			for _, o := range h.want[f][form] {
				if !slices.Contains(found, o) {
					found = append(found, o)
				}
			}
		}
		return found
	}
}

// add notes an occurrence. Of several forms at one position the longest counts.
func (o *occurrences) add(one occurrence) {
	if n := len(o.at); n > 0 && o.at[n-1].position == one.position {
		if one.end > o.at[n-1].end {
			o.at[n-1] = one
		}
		return
	}
	o.at = append(o.at, one)
}

// matches returns all that was found: first in the title, then in the body.
func (h *highlighter) matches() ([]search.Match, error) {
	var list []search.Match
	for _, p := range h.parts {
		stretches, err := p.stretches()
		if err != nil {
			return nil, err
		}
		for _, s := range stretches {
			list = append(list, search.Match{Offset: s.start, End: s.end, InTitle: s.from < h.start, Clause: p.label()})
		}
	}
	slices.SortFunc(list, func(a, b search.Match) int {
		if a.InTitle != b.InTitle {
			if a.InTitle {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.End, b.End), cmp.Compare(a.Clause, b.Clause))
	})
	return slices.Compact(list), nil
}
