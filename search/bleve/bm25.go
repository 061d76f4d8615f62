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
	for j, r := range records {
		if w := float64(weights[j]); w != 0 {
			scores[j] += float64(b.weight * b.ranking.TermScore(w, float64(l.of[r]), b.average))
		}
	}
	return nil
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
