package bleve

import "github.com/RoaringBitmap/roaring/v2"

// weight returns what the places where a variant stands count for.
func (v variant) weight(spans []span) uint32 {
	if v.places[0].field == fieldTitleStem || v.places[0].field == fieldTitleWord {
		return uint32(len(spans))
	}
	return weightOfSpans(spans)
}

// weightOfSpans counts places in the title titleWeight times.
func weightOfSpans(spans []span) uint32 {
	weight := uint32(0)
	for _, s := range spans {
		if inTitle(s.from) {
			weight += titleWeight
		} else {
			weight++
		}
	}
	return weight
}

// weights adds up how often each record holds a variant.
func (n *spanNode) weights(i int, records []uint32, weights []uint32) error {
	for j, v := range n.variants {
		vs := &n.segs[i].variants[j]
		if len(v.places) > 1 {
			addWeights(records, weights, vs.records, vs.weights)
			continue
		}
		if v.places[0].uniform {
			addUniform(records, weights, vs.docs)
			continue
		}
		for _, p := range vs.places[0].postings {
			p.raw.weights(records, weights)
		}
	}
	return nil
}

// addWeights adds the weights of some records to those of all.
func addWeights(records, weights, some, more []uint32) {
	at := 0
	for i, r := range some {
		for at < len(records) && records[at] < r {
			at++
		}
		if at == len(records) {
			return
		}
		if records[at] == r {
			weights[at] += more[i]
		}
	}
}

// addUniform adds a weight of one to the records that are in docs.
func addUniform(records, weights []uint32, docs *roaring.Bitmap) {
	it := docs.Iterator()
	for i, r := range records {
		it.AdvanceIfNeeded(r)
		if !it.HasNext() {
			return
		}
		if it.PeekNext() == r {
			weights[i]++
		}
	}
}
