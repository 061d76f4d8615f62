package bleve

import "encoding/binary"

// termPositions are the positions of a term in a long text, packed as they
// come in.
type termPositions struct {
	first [apartPositions]uint32
	n     int
	last  uint32
	rest  []byte // distances of those beyond the first
}

// add adds positions, in rising order, which lie behind those it has.
func (p *termPositions) add(positions []uint32) {
	for len(positions) > 0 && p.n < apartPositions {
		p.first[p.n] = positions[0]
		p.last = positions[0]
		p.n++
		positions = positions[1:]
	}
	if len(positions) == 0 {
		return
	}
	p.rest = binary.AppendUvarint(p.rest, uint64(positions[0]-p.last))
	p.rest = appendDistances(p.rest, positions, 1)
	p.last = positions[len(positions)-1]
	p.n += len(positions)
}

// pack returns what the function of that name does for all positions.
func (p *termPositions) pack(field uint8, weight int) (packed uint32, locations []byte) {
	if p.n <= apartPositions {
		return pack(field, p.first[:p.n], weight)
	}
	start := appendLocation(make([]byte, 0, 32), field, p.first[:], p.n)
	size := len(start) + len(p.rest)
	list := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen32+size), uint64(size))
	return packedOf(weight), append(append(list, start...), p.rest...)
}
