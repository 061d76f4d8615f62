package bleve

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// The keys of what the index keeps about itself. They change in the same
// batch as the records they describe.
const (
	internalSchema = "schema"
	internalState  = "state"
)

// digest is a 256-bit number that identifies a set of records: the sum,
// modulo 2^256, of the SHA-256 of each. A sum does not depend on order, and a
// record that goes is subtracted again.
type digest [32]byte

// add returns d + o modulo 2^256, both big-endian.
func (d digest) add(o digest) digest {
	carry := 0
	for i := len(d) - 1; i >= 0; i-- {
		carry += int(d[i]) + int(o[i])
		d[i] = byte(carry)
		carry >>= 8
	}
	return d
}

// sub returns d - o modulo 2^256.
func (d digest) sub(o digest) digest {
	borrow := 0
	for i := len(d) - 1; i >= 0; i-- {
		borrow += int(d[i]) - int(o[i])
		d[i] = byte(borrow)
		borrow >>= 8
	}
	return d
}

// MarshalText returns the number in hexadecimal.
func (d digest) MarshalText() ([]byte, error) {
	return hex.AppendEncode(nil, d[:]), nil
}

// UnmarshalText reads the number from 64 hexadecimal digits.
func (d *digest) UnmarshalText(text []byte) error {
	if len(text) != 2*len(d) {
		return fmt.Errorf("a digest has %d digits, not %d", 2*len(d), len(text))
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// hashRecord returns the SHA-256 of what a record says: source and path, and
// the parts, which are document, tags, body and facts. Claims, versions of
// programs and the path of the source itself do not count, so the same content
// has the same hash anywhere.
func hashRecord(e *corpus.Entry, parts [][]byte) digest {
	h := sha256.New()
	write := func(part []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write(part)
	}
	for _, s := range []string{string(e.ID), string(e.Kind), e.Source, e.Path} {
		write([]byte(s))
	}
	for _, part := range parts {
		write(part)
	}
	return digest(h.Sum(nil))
}

// state is what the index knows of its content as a whole.
type state struct {
	Sum       digest `json:"sum"`
	Taxonomy  string `json:"taxonomy"` // digest
	Entries   int    `json:"entries"`
	Documents int    `json:"documents"`
	Facts     int    `json:"facts"`
	// Pending reports that a run has begun and not ended. Base is the
	// generation before it.
	Pending bool   `json:"pending,omitempty"`
	Base    string `json:"base,omitempty"`
}

// id returns the identifier of the content: 50 bits in base 32.
func (s *state) id() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s\n%d %d %d\n", schemaVersion, s.Taxonomy, s.Entries, s.Documents, s.Facts)
	h.Write(s.Sum[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)))[:10]
}

// generation returns what answers say about the content they come from.
func (s *state) generation() search.Generation {
	g := search.Generation{ID: s.id(), Pending: s.Pending, Documents: s.Documents, Facts: s.Facts}
	if s.Pending && s.Base != "" {
		g.ID = s.Base
	}
	return g
}

// begin returns the state with a run under way.
func (s state) begin() state {
	if !s.Pending {
		s.Base = s.id()
		s.Pending = true
	}
	return s
}

// end returns the state with no run under way.
func (s state) end() state {
	s.Pending, s.Base = false, ""
	return s
}
