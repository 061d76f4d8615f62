package bleve

import (
	"fmt"

	"rapport/search"
)

// bm25 scores one term as search.Ranking describes. All its numbers are exact
// over the live records, so scores do not depend on batches, merges and
// deletions.
type bm25 struct {
	field     string // of lengths
	records   int
	frequency int
	average   float64
	weight    float64
	ranking   search.Ranking
}

// textStats are the statistics of a field of lengths.
type textStats struct{ lengthTotal }

func (e *evaluation) bm25(field string, frequency int) (bm25, error) {
	t := e.texts[field]
	if t == nil {
		total, err := e.view.lengthTotal(e.kind, field)
		if err != nil {
			return bm25{}, err
		}
		t = &textStats{total}
		e.texts[field] = t
	}
	ranking := search.DefaultRanking()
	return bm25{
		field: field, records: t.records, frequency: frequency, average: t.average(),
		weight: ranking.Weight(t.records, frequency), ranking: ranking,
	}, nil
}

// add adds the scores that the weights give to the records.
func (b *bm25) add(e *evaluation, i int, records, weights []uint32, scores []float64) error {
	l, err := e.view.segs[i].lengths(b.field)
	if err != nil {
		return err
	}
	known := e.view.saturations(b)
	for j, r := range records {
		w := weights[j]
		if w == 0 {
			continue
		}
		if length := l.of[r]; length < knownLengths {
			scores[j] += float64(b.weight * b.ranking.Saturated(float64(w), known[length]))
		} else {
			scores[j] += float64(b.weight * b.ranking.TermScore(float64(w), float64(length), b.average))
		}
	}
	return nil
}

// knownLengths is how many lengths, from 0 on, have their saturation in a
// table, which all questions share.
const knownLengths = 4096

// saturations returns the table for a field of lengths.
func (v *view) saturations(b *bm25) *[knownLengths]float64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	t := v.saturated[b.field]
	if t == nil {
		t = new([knownLengths]float64)
		for length := range t {
			t[length] = b.ranking.Saturation(float64(length), b.average)
		}
		v.saturated[b.field] = t
	}
	return t
}

// explain says how the score of a weight in a record comes about.
func (b *bm25) explain(e *evaluation, i int, record, weight uint32, label string) (search.Explanation, error) {
	l, err := e.view.segs[i].lengths(b.field)
	if err != nil {
		return search.Explanation{}, err
	}
	weights, scores := []uint32{weight}, []float64{0}
	if err := b.add(e, i, []uint32{record}, weights, scores); err != nil {
		return search.Explanation{}, err
	}
	rarity := fmt.Sprintf("rarity: in %d of %d records", b.frequency, b.records)
	if b.frequency == 0 {
		rarity = "rarity of both sides together"
	}
	occurrences := fmt.Sprintf("frequency: %d occurrences, each in the title counted %d times, in %d words; the average is %.1f",
		weight, titleWeight, l.of[record], b.average)
	frequency := b.ranking.TermScore(float64(weight), float64(l.of[record]), b.average)
	return search.Explanation{Value: scores[0], What: label, Product: true, Parts: []search.Explanation{
		{Value: b.weight, What: rarity}, {Value: frequency, What: occurrences},
	}}, nil
}
