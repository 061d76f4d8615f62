package bleve

import (
	"encoding/binary"

	"github.com/RoaringBitmap/roaring/v2"
)

// How often and where a term stands in a record is packed into one number of
// 31 bits, because the storage engine's own form takes five numbers per
// occurrence. It is kept where the engine keeps the length of the field, which
// it does not look at, beside a frequency that is always 1. So the only
// posting of a term, which half of all terms have, fits into the dictionary. The lowest
// two bits of the number say how it is packed:
//
//   - packedOne: once, with a weight of one. The other bits are the position.
//     This is the most common posting by far.
//   - packedTwo: twice, each with a weight of one. The next twelve bits are the
//     first position, the others the distance to the second.
//   - packedTitle: once, in a title. The other bits are the position.
//   - packedMany: the other bits are the weight, and there is one location. Its
//     position is the first position, its start and end the distances to the
//     second and third (0 when there is none), its array positions all later
//     distances.
//
// The weight is the number of occurrences, those in the title counted
// titleWeight times.
const (
	packedMany = iota
	packedOne
	packedTwo
	packedTitle

	packedBits = 2
	packedMask = 1<<packedBits - 1

	firstBits   = 12
	maxDistance = 1 << 16
	maxPosition = 1<<(31-packedBits) - 1
)

// pack returns what a posting of a term says that stands at the positions, in
// rising order, of the field with the number.
func pack(field uint8, positions []uint32, weight int) (packed uint32, locations []byte) {
	first := positions[0]
	switch {
	case first > maxPosition:
	case weight == 1:
		return first<<packedBits | packedOne, nil
	case len(positions) == 1 && weight == titleWeight:
		return first<<packedBits | packedTitle, nil
	case weight == 2 && len(positions) == 2 && first < 1<<firstBits && positions[1]-first < maxDistance:
		return ((positions[1]-first)<<firstBits|first)<<packedBits | packedTwo, nil
	}
	list := make([]byte, 0, 8+2*len(positions))
	list = appendLocation(list, field, positions[:min(len(positions), apartPositions)], len(positions))
	list = appendDistances(list, positions, apartPositions)
	head := binary.AppendUvarint(make([]byte, 0, 2+len(list)), uint64(len(list)))
	return packedOf(weight), append(head, list...)
}

// packedOf returns the number of a posting that has a location; packedMany is 0.
func packedOf(weight int) uint32 { return uint32(weight) << packedBits }

// apartPositions are the positions of a term that a location has in fields of
// their own.
const apartPositions = 3

// appendLocation appends a location with the first positions of n.
func appendLocation(to []byte, field uint8, first []uint32, n int) []byte {
	to = append(to, field)
	to = binary.AppendUvarint(to, uint64(first[0]))
	for i := 1; i < apartPositions; i++ {
		distance := uint32(0)
		if i < len(first) {
			distance = first[i] - first[i-1]
		}
		to = binary.AppendUvarint(to, uint64(distance))
	}
	return binary.AppendUvarint(to, uint64(max(n-apartPositions, 0)))
}

// appendDistances appends how far each position, beginning with that of a
// number, is from the one before it.
func appendDistances(to []byte, positions []uint32, from int) []byte {
	for i := from; i < len(positions); i++ {
		to = binary.AppendUvarint(to, uint64(positions[i]-positions[i-1]))
	}
	return to
}

// weightOf returns the weight of a posting.
func weightOf(packed uint32) uint32 {
	switch packed & packedMask {
	case packedOne:
		return 1
	case packedTwo:
		return 2
	case packedTitle:
		return titleWeight
	}
	return packed >> packedBits
}

// positionsIn appends the positions that the number alone tells.
func positionsIn(to []uint32, packed uint32) []uint32 {
	rest := packed >> packedBits
	if packed&packedMask != packedTwo {
		return append(to, rest)
	}
	first := rest & (1<<firstBits - 1)
	return append(to, first, first+rest>>firstBits)
}

// postings are the postings of one term in one segment.
type postings struct {
	docs *roaring.Bitmap // live
	raw  *rawPostings
}

// postings returns the postings of a term.
func (d *dictionary) postings(term string) (*postings, error) {
	raw, err := d.raw(term)
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return &postings{docs: empty}, nil
	}
	p := &postings{docs: raw.docs, raw: raw}
	if d.seg.deleted != nil {
		p.docs = roaring.AndNot(raw.docs, d.seg.deleted)
	}
	return p, nil
}
