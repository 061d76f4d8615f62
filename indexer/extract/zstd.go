package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"rapport/corpus"
)

// The numbers that Zstandard data (RFC 8878) begin with. A web archive that is
// compressed with a dictionary holds it in a first frame of a number of its
// own (IIPC, Zstandard WARC compression 1.0).
const (
	zstdFrame      = 0xFD2FB528
	zstdDictionary = 0x184D2A5D

	// maxZstdWindow bounds the memory of unpacking, in bytes.
	maxZstdWindow = 64 << 20
	// maxZstdDictionary bounds an unpacked dictionary, in bytes.
	maxZstdDictionary = 16 << 20
)

// isZSTD reports whether data is compressed with Zstandard.
func isZSTD(data []byte) bool {
	if len(data) < 8 {
		return false
	}
	mark := binary.LittleEndian.Uint32(data)
	return mark == zstdFrame || mark == zstdDictionary
}

// readZSTD reads a file that is compressed.
func (j *job) readZSTD(f File) error {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderLowmem(true)}
	data := f.Data
	if binary.LittleEndian.Uint32(data) == zstdDictionary {
		size := int64(binary.LittleEndian.Uint32(data[4:]))
		if size > int64(len(data)-8) {
			return faultf(corpus.SkipCorrupt, "it is cut off in its dictionary")
		}
		dictionary, err := unpackDictionary(data[8:8+size], options)
		if err != nil {
			return fmt.Errorf("its dictionary: %w", err)
		}
		options, data = append(options, zstd.WithDecoderDicts(dictionary)), data[8+size:]
	}
	in, err := zstd.NewReader(bytes.NewReader(data), options...)
	if err != nil {
		return err
	}
	defer in.Close()
	return j.readUnpacked(f, in, "", ".tzst", ".tar.zst")
}

// unpackDictionary returns a dictionary, which may be compressed itself.
func unpackDictionary(data []byte, options []zstd.DOption) ([]byte, error) {
	if !isZSTD(data) {
		return data, nil
	}
	in, err := zstd.NewReader(bytes.NewReader(data), options...)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	unpacked, err := io.ReadAll(io.LimitReader(in, maxZstdDictionary+1))
	if err == nil && len(unpacked) > maxZstdDictionary {
		err = faultf(corpus.SkipTooLarge, "more than %d bytes", maxZstdDictionary)
	}
	return unpacked, err
}
