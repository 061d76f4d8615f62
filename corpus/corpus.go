// Package corpus holds what rapport knows: documents, facts, the taxonomy of
// partners and topics, dates and sums of money, and the sources they come
// from. It knows no engine, no web and no file format reader.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
)

// ID names a document. It is the declared one, else a short hash of source
// name and relative path; it is the same on every machine and safe in URLs.
type ID string

// PartnerID is a partner's identifier in the taxonomy, for instance an ISO
// 3166-1 alpha-2 code.
type PartnerID string

// TopicID is a topic's or a topic group's identifier in the taxonomy, for
// instance "human.demining" or "human".
type TopicID string

// None is the facet value that stands for "not stated". No taxonomy may use
// it as an identifier.
const None = "none"

// NewID returns the ID of the document at path, relative to the root of the
// source of that name and with forward slashes: sixteen hexadecimal digits
// of the SHA-256 of both.
func NewID(source, path string) ID {
	sum := sha256.Sum256([]byte(source + "\x00" + path))
	return ID(hex.EncodeToString(sum[:8]))
}

// Digest returns the SHA-256 of the bytes in hexadecimal. Documents and
// evidence name the exact bytes that they were read from with it.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
