package bleve

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
	"pgregory.net/rapid"
)

// made is a record as it was handed to the plugin.
type made struct {
	id     string
	stored map[string][]byte
	terms  map[string]map[string][]uint32 // positions by field and term
	weight map[string]int                 // by field and term
}

// TestSegmentsAreReadAsTheyWereMade makes segments of random records, merges them
// with the storage engine, some records left out, and reads all of them with
// our readers and with those of the storage engine.
func TestSegmentsAreReadAsTheyWereMade(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		var segments []api.Segment
		var drops []*roaring.Bitmap
		var left []made
		for range rapid.IntRange(1, 3).Draw(t, "segments") {
			list := rapid.SliceOfN(anyRecord(), 0, 6).Draw(t, "records")
			for range rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 2100}).Draw(t, "simple records") {
				list = append(list, simpleRecord(n))
				n++
			}
			if len(list) == 0 {
				continue
			}
			n++
			s := writeSegment(t, filepath.Join(dir, fmt.Sprintf("%d.zap", n)), list)
			defer s.Close()
			checkSegmentHolds(t, s, list)
			gone := rapid.SliceOfDistinct(rapid.IntRange(0, len(list)-1), rapid.ID).Draw(t, "gone")
			drop := roaring.New()
			for i, m := range list {
				if slices.Contains(gone, i) {
					drop.AddInt(i)
				} else {
					left = append(left, m)
				}
			}
			if len(gone) == len(list) {
				continue // the storage engine leaves these out
			}
			segments, drops = append(segments, s), append(drops, drop)
		}
		if len(segments) == 0 {
			return
		}
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.zap", n))
		if _, _, err := registered().MergeUsing(segments, drops, path, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		merged, err := registered().Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer merged.Close()
		checkSegmentHolds(t, merged, left)
	})
}

// TestSegmentsOfManyRecords makes a segment of more records than one container
// of a bitmap holds.
func TestSegmentsOfManyRecords(t *testing.T) {
	list := make([]made, 70_000)
	for i := range list {
		list[i] = simpleRecord(i)
	}
	dir := t.TempDir()
	s := writeSegment(t, filepath.Join(dir, "1.zap"), list)
	defer s.Close()
	checkSegmentHolds(t, s, list)
}

// anyRecord draws a record with fields of every kind, some of them missing.
func anyRecord() *rapid.Generator[made] {
	id := 0
	return rapid.Custom(func(t *rapid.T) made {
		id++
		m := made{
			id: fmt.Sprintf("r%d-%s", id, rapid.StringN(0, 5, -1).Draw(t, "id")), stored: map[string][]byte{},
			terms: map[string]map[string][]uint32{}, weight: map[string]int{},
		}
		for _, name := range storedFields {
			if b := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, name); len(b) > 0 {
				m.stored[name] = b
			}
		}
		term := rapid.OneOf(rapid.SampledFrom(strings.Fields("a b aa ab ä жд 日本")), rapid.StringN(1, 9, -1), rapid.Just(strings.Repeat("ж", 30_000)))
		for _, f := range rapid.SliceOfNDistinct(rapid.SampledFrom(schemaFields[1:]), 0, 6, func(f schemaField) string { return f.name }).Draw(t, "fields") {
			if slices.Contains(storedFields[:], f.name) {
				continue
			}
			m.terms[f.name] = map[string][]uint32{}
			for _, text := range rapid.SliceOfNDistinct(term, 0, 6, rapid.ID).Draw(t, f.name) {
				var positions []uint32
				if f.options&index.IncludeTermVectors != 0 {
					positions = rapid.SliceOfNDistinct(rapid.OneOf(rapid.Uint32Range(0, 90), rapid.Uint32Range(0, 1<<30)), 1, 6, rapid.ID).Draw(t, "positions")
					slices.Sort(positions)
					m.weight[f.name+"\x00"+text] = len(positions) * rapid.SampledFrom([]int{1, titleWeight}).Draw(t, "weight")
				}
				m.terms[f.name][text] = positions
			}
		}
		return m
	})
}

// simpleRecord has words that all, some and few have, and one of its own.
func simpleRecord(i int) made {
	own, some, few := fmt.Sprintf("own%d", i), fmt.Sprintf("some%d", i%9), fmt.Sprintf("few%d", i/1000)
	return made{
		id: own, stored: map[string][]byte{storedHash: []byte(own)},
		terms: map[string]map[string][]uint32{
			fieldStem: {"all": {64, 66, 70, uint32(71 + i)}, some: {uint32(65 + i)}, few: {69}, own: {67, 68}}, fieldKind: {kindDocument: nil},
		},
		weight: map[string]int{fieldStem + "\x00all": 4, fieldStem + "\x00" + some: 1, fieldStem + "\x00" + few: 1, fieldStem + "\x00" + own: 2},
	}
}

// record makes the record as a builder would.
func (m *made) record(p *packer) *record {
	r := newRecord(m.id)
	for i, name := range storedFields {
		r.parts[i] = m.stored[name]
	}
	for name, terms := range m.terms {
		if len(terms) == 0 {
			continue
		}
		r.begin(name)
		for text, positions := range terms {
			one := posting{term: text}
			if positions != nil {
				one.packed, one.locations = pack(fieldNumbers[name], positions, m.weight[name+"\x00"+text])
			}
			r.add(one)
		}
	}
	r.seal(p)
	m.stored[storedData] = p.small(nil, nil) // what sealing puts there
	return r
}

func writeSegment(t rapid.TB, path string, list []made) api.Segment {
	var p packer
	documents := make([]index.Document, len(list))
	for i := range list {
		documents[i] = list[i].record(&p)
	}
	base, _, err := registered().NewUsing(documents, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := base.(*zap.SegmentBase).Persist(path); err != nil {
		t.Fatal(err)
	}
	s, err := registered().Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkSegmentHolds compares a segment, read in both ways, with the records.
func checkSegmentHolds(t rapid.TB, s api.Segment, list []made) {
	l, err := layoutOf(s)
	if err != nil {
		t.Fatal(err)
	}
	ours := &segment{data: s, size: uint32(s.Count()), layout: l}
	if int(s.Count()) != len(list) || int(l.records) != len(list) {
		t.Fatalf("%d and %d records, want %d", s.Count(), l.records, len(list))
	}
	checkStored(t, s, list)
	byField := map[string]map[string][]int{} // records by field and term
	for i, m := range list {
		for name, terms := range m.terms {
			for text := range terms {
				if byField[name] == nil {
					byField[name] = map[string][]int{}
				}
				byField[name][text] = append(byField[name][text], i)
			}
		}
	}
	for _, f := range schemaFields[1:] {
		checkDictionary(t, ours, f.name, list, byField[f.name])
	}
}

func checkStored(t rapid.TB, s api.Segment, list []made) {
	for i, m := range list {
		if i > 2600 {
			break
		}
		got := map[string][]byte{}
		err := s.VisitStoredFields(uint64(i), func(field string, _ byte, value []byte, _ []uint64) bool {
			got[field] = bytes.Clone(value)
			return true
		})
		want := maps.Clone(m.stored)
		want[fieldRecordID] = []byte(m.id)
		if id, e := s.DocID(uint64(i)); err != nil || e != nil || string(id) != m.id || !maps.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("record %d: stored %q, want %q (%v, %v, id %q)", i, got, want, err, e, id)
		}
	}
}

// checkDictionary compares one field.
func checkDictionary(t rapid.TB, s *segment, name string, list []made, want map[string][]int) {
	s.fsts = nil
	fst, err := s.layout.openFST(name)
	if err != nil {
		t.Fatal(err)
	}
	d := &dictionary{seg: s, field: name, fst: fst}
	theirs, err := s.data.Dictionary(name)
	if err != nil {
		t.Fatal(err)
	}
	var terms []string
	if err := d.each(nil, nil, nil, func(e entry) (bool, error) {
		terms = append(terms, string(e.term))
		return true, nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(terms, slices.Sorted(maps.Keys(want))) || theirs.Cardinality() != len(terms) {
		t.Fatalf("%s: terms %q, %d by the storage engine, want %q", name, terms, theirs.Cardinality(), slices.Sorted(maps.Keys(want)))
	}
	for text, records := range want {
		raw, err := d.raw(text)
		if err != nil || raw == nil {
			t.Fatalf("%s %q: %v", name, text, err)
		}
		if int(raw.docs.GetCardinality()) != len(records) {
			t.Fatalf("%s %q: %d records, want %d", name, text, raw.docs.GetCardinality(), len(records))
		}
		all, weights := make([]uint32, len(records)), make([]uint32, len(records))
		for i, r := range records {
			all[i] = uint32(r)
		}
		raw.weights(all, weights)
		cursor := raw.cursor()
		it := postingsOf(t, theirs, text)
		for i, r := range records {
			positions, weight := list[r].terms[name][text], list[r].weight[name+"\x00"+text]
			p, err := it.Next()
			if err != nil || p == nil || p.Number() != uint64(r) {
				t.Fatalf("%s %q: posting %v, %v of the storage engine, want record %d", name, text, p, err, r)
			}
			packed := uint32(0)
			var locations []byte
			if positions != nil {
				packed, locations = pack(fieldNumbers[name], positions, weight)
			}
			if got := uint32(p.(*zap.Posting).NormUint64()); got != packed || (len(p.Locations()) > 0) != (len(locations) > 0) {
				t.Fatalf("%s %q in %d: packed %d with %d locations, want %d", name, text, r, got, len(p.Locations()), packed)
			}
			if positions == nil {
				continue
			}
			if int(weights[i]) != weight {
				t.Fatalf("%s %q in %d: weight %d, want %d", name, text, r, weights[i], weight)
			}
			if i%3 == 2 {
				continue // cursors skip records
			}
			if got := cursor.in(nil, uint32(r)); !slices.Equal(got, positions) {
				t.Fatalf("%s %q in %d: positions %v, want %v", name, text, r, got, positions)
			}
		}
		if p, err := it.Next(); p != nil || err != nil {
			t.Fatalf("%s %q: %v, %v after the last posting", name, text, p, err)
		}
	}
}

func postingsOf(t rapid.TB, d api.TermDictionary, text string) api.PostingsIterator {
	list, err := d.PostingsList([]byte(text), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return list.Iterator(true, true, true, nil)
}
