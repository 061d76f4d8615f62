package bleve

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/klauspost/compress/zstd"

	"rapport/search"
)

// What is stored of a record is compressed with Zstandard (RFC 8878): the
// body on its own, so that reading all but bodies need not unpack them, and
// the small parts, whose JSON says the same names again and again, with the
// dictionary below.

// maxBody bounds what a stored part may unpack to, so that a damaged length
// cannot exhaust memory.
const maxBody = 1 << 30

// dictionaryID marks what was packed with smallDictionary. Another text of it
// needs another schemaVersion.
const dictionaryID = 1

// smallDictionary holds what the JSON of entries, documents and facts says
// often, the most frequent last.
const smallDictionary = `"tags":{"mentions":[{"value":""},{"value":"","count":2}],"years":[{"value":"2024","count":1},{"value":"2023","count":1},` +
	`{"value":"2022"},{"value":"2019"},{"value":"2015"},{"value":"2010"},{"value":"2001"},{"value":"199"}],"topics":[{"value":""}],` +
	`"id":"","title":"","url":"https://www.","publisher":"","type":"press release","type":"speech","type":"fact sheet","type":"topic page",` +
	`"language":"fr","language":"en","format":"pdf","format":"html","format":"markdown","format":"text","published":"2020-01-",` +
	`"kind":"","statement":"","partners":[""],"topics":[""],"date":"","amount":{"value":"","currency":"USD"},` +
	`"evidence":{"document":"","exact":"","prefix":"","suffix":"","offset":,"end":,"status":"exact"},"extracted":"rules",` +
	`"sections":[{"offset":0,"title":""}],"pages":[0,],"words":["","count":3},{"value":"","count":1,"words":[""]},{"value":"","count":1},{"value":"",` +
	`"count":1}]},"path":".txt","path":".html","path":".md","path":".pdf","source":"","digest":"","version":"","claims":[""],"kind":"document"}`

// How far back a packer looks for what it has seen, in bytes. It holds twice as
// much; with the defaults of the library that is 24 MB for each processor.
const (
	smallWindow = 128 << 10
	bodyWindow  = 1 << 20
)

// packer compresses. It is for one goroutine.
type packer struct {
	body, dict *zstd.Encoder
	buffer     []byte
}

// small packs entry and data, either of which may be empty.
func (p *packer) small(entry, data []byte) []byte {
	if p.dict == nil {
		p.dict = newEncoder(zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(smallWindow), zstd.WithEncoderDictRaw(dictionaryID, []byte(smallDictionary)))
	}
	p.buffer = binary.AppendUvarint(p.buffer[:0], uint64(len(entry)))
	p.buffer = append(append(p.buffer, entry...), data...)
	return p.dict.EncodeAll(p.buffer, nil)
}

// unpackSmall returns entry and data of a small part.
func unpackSmall(packed []byte) (entry, data []byte, err error) {
	text, err := unpack(packed)
	if err != nil {
		return nil, nil, err
	}
	n, size := binary.Uvarint(text)
	if size <= 0 || n > uint64(len(text)-size) {
		return nil, nil, errors.New("an entry that is longer than its record")
	}
	return text[size : size+int(n)], text[size+int(n):], nil
}

// splitBody is the length in bytes of a body from which its beginning is packed
// as a frame of its own, to be unpacked alone. In shorter ones it would give
// nothing and take more room.
const splitBody = 16 * search.OpeningLength

// text packs a body.
func (p *packer) text(body string) []byte {
	if p.body == nil {
		p.body = newEncoder(zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithWindowSize(bodyWindow))
	}
	packed := make([]byte, 0, len(body)*5/8)
	if len(body) > splitBody {
		opening := search.OpeningLength
		for opening < search.OpeningLength+utf8.UTFMax && !utf8.RuneStart(body[opening]) {
			opening++
		}
		packed = p.body.EncodeAll(textBytes(body[:opening]), packed)
		body = body[opening:]
	}
	return p.body.EncodeAll(textBytes(body), packed)
}

// firstFrame returns the first frame of what text packed, which holds the
// beginning of a long body: its header, and blocks up to the one that says it
// is the last.
func firstFrame(packed []byte) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(packed); err != nil {
		return nil, fmt.Errorf("read the header of %d bytes: %w", len(packed), err)
	}
	const blockHeader, repeated = 3, 1 // RFC 8878, 3.1.1.2
	for at := h.HeaderSize; ; {
		if at+blockHeader > len(packed) {
			return nil, errors.New("a frame that is cut off")
		}
		block := uint32(packed[at]) | uint32(packed[at+1])<<8 | uint32(packed[at+2])<<16
		size := int(block >> 3)
		if block>>1&3 == repeated {
			size = 1
		}
		at += blockHeader + size
		if at > len(packed) {
			return nil, errors.New("a frame that is cut off")
		}
		if block&1 == 1 {
			return packed[:at], nil
		}
	}
}

// textBytes returns the bytes of a string, which must not be changed. A copy of
// a long text would take as much memory again.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// newEncoder makes an encoder without checksums: segments have one.
func newEncoder(o ...zstd.EOption) *zstd.Encoder {
	e, err := zstd.NewWriter(nil, append(o, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true), zstd.WithLowerEncoderMem(true))...)
	if err != nil {
		panic(err) // the options are constants
	}
	return e
}

// decoder is shared by all that read.
var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBody), zstd.WithDecoderDictRaw(dictionaryID, []byte(smallDictionary)))
	if err != nil {
		panic(err) // the options are constants
	}
	return d
})

// unpack returns what a stored part was packed from.
func unpack(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	text, err := decoder().DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack %d bytes: %w", len(data), err)
	}
	return text, nil
}
