package corpus

// Entry says where a record of an index came from: enough to tell, without
// reading the file, whether the record is still what the file holds.
type Entry struct {
	ID ID `json:"id"` // of the document or of the facts file
	// Source and Path name the file: the source's name and the path relative
	// to its root. A member of a container is "archive.jsonl!17".
	Source string `json:"source"`
	Path   string `json:"path"`
	Digest string `json:"digest"` // SHA-256 of the bytes
	// Version names what turned bytes into the record: extractor and rules.
	// Another version means that the file must be read again.
	Version string `json:"version"`
	// Claims are the names of all sources that hold the file. The record goes
	// when its last claim goes.
	Claims []string `json:"claims"`
	// Kind is DocumentEntry, FactsEntry or ContainerEntry.
	Kind EntryKind `json:"kind"`
	// Lacks are those of the document.
	Lacks []string `json:"lacks,omitempty"`
	// Anchors says, for each document that the facts of a facts file quote, as
	// the file names it, which document that was and in which state they were
	// anchored in it: "ID state", or nothing when it was not in the index. When
	// that is no longer so, they must be anchored again.
	Anchors map[ID]string `json:"anchors,omitempty"`
}

// EntryKind tells what a record holds.
type EntryKind string

// The kinds of entries.
const (
	DocumentEntry EntryKind = "document" // a document and the facts extracted from it
	FactsEntry    EntryKind = "facts"    // the facts of a facts file, or of a part of one
	// ContainerEntry stands for a file that is no document but holds some. Its
	// record is empty and says that all of them were put.
	ContainerEntry EntryKind = "container"
)

// Record is what an index keeps of one Entry. Putting a record replaces the
// document and all facts that were put under the same entry ID before.
type Record struct {
	Entry    Entry     `json:"entry"`
	Document *Document `json:"document,omitempty"` // nil for a facts file
	Facts    []Fact    `json:"facts,omitempty"`
}

// Batch is a set of changes that become visible and durable together or not
// at all.
type Batch struct {
	Put    []Record
	Delete []ID // entry IDs
}
