package bleve

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// This file finds the dictionaries in the bytes of a segment, in the format of
// zapx 17; what they lead to, zap.go reads.

// chunkedByCount is the only way of choosing sizes of chunks that is read.
const chunkedByCount = 1026

// layout says where in the bytes of a segment its dictionaries are.
type layout struct {
	data         []byte
	records      uint64
	dictionaries map[string]uint64
}

// The places of numbers, from the end of a segment.
const (
	footerSize      = 40
	footerChunks    = 12
	footerSections  = 20
	footerRecords   = 36
	sectionsOfField = 8
)

// layoutOf reads where things are in a segment. A segment that is not on disk
// yet is copied for that.
func layoutOf(s api.Segment) (*layout, error) {
	var data []byte
	switch s := s.(type) {
	case *zap.Segment:
		data = s.Data()
	case *zap.SegmentBase:
		var b bytes.Buffer
		if _, err := s.WriteTo(&b); err != nil {
			return nil, err
		}
		data = b.Bytes()
	default:
		return nil, fmt.Errorf("a segment of the type %T", s)
	}
	if len(data) < footerSize {
		return nil, errors.New("a segment without an end")
	}
	end := data[len(data)-footerSize:]
	if mode := binary.BigEndian.Uint32(end[footerSize-footerChunks:]); mode != chunkedByCount {
		return nil, fmt.Errorf("postings in chunks of mode %d", mode)
	}
	l := &layout{data: data, records: binary.BigEndian.Uint64(end[footerSize-footerRecords:]), dictionaries: map[string]uint64{}}
	r := varints{data, binary.BigEndian.Uint64(end[footerSize-footerSections:])}
	for fields := r.next(); fields > 0; fields-- {
		l.field(binary.BigEndian.Uint64(data[r.at:]))
		r.at += sectionsOfField
	}
	return l, nil
}

// field notes where the dictionary of the field is that is described at a place.
func (l *layout) field(at uint64) {
	r := varints{l.data, at}
	length := r.next()
	name := string(l.data[r.at : r.at+length])
	r.at += length
	r.skip() // options
	for sections := r.next(); sections > 0; sections-- {
		section, start := binary.BigEndian.Uint16(l.data[r.at:]), binary.BigEndian.Uint64(l.data[r.at+2:])
		r.at += 10
		if section == inverted && start > 0 {
			s := varints{l.data, start}
			s.skip() // where doc values begin
			s.skip() // and end
			l.dictionaries[name] = s.next()
		}
	}
}

// openFST returns the dictionary of a field, nil when there is none.
func (l *layout) openFST(field string) (*vellum.FST, error) {
	at, ok := l.dictionaries[field]
	if !ok {
		return nil, nil // a field that no record has
	}
	r := varints{l.data, at}
	n := r.next()
	return vellum.Load(l.data[r.at : r.at+n])
}

// varints reads numbers.
type varints struct {
	data []byte
	at   uint64
}

func (v *varints) next() uint64 {
	if b := v.data[v.at]; b < 0x80 {
		v.at++
		return uint64(b)
	}
	n, size := binary.Uvarint(v.data[v.at:min(v.at+binary.MaxVarintLen64, uint64(len(v.data)))])
	if size <= 0 {
		panic("a number that does not end")
	}
	v.at += uint64(size)
	return n
}

// skip goes past a number.
func (v *varints) skip() {
	for v.data[v.at] >= 0x80 {
		v.at++
	}
	v.at++
}
