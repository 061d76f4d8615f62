package corpus

import (
	"strings"
	"time"
)

// Report accounts for every path that a run of the indexer saw.
type Report struct {
	Started time.Time `json:"started"`
	Seconds float64   `json:"seconds"`
	Sources []string  `json:"sources"`

	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Removed   int `json:"removed"`
	// Renamed counts the documents whose file had another path before and the
	// same bytes. They are neither added nor removed.
	Renamed int    `json:"renamed"`
	Skipped []Skip `json:"skipped"`

	// Paths lists what was added, changed, removed and renamed.
	Paths Changes `json:"paths,omitzero"`

	Facts    FactReport `json:"facts"`
	Warnings []string   `json:"warnings,omitempty"`
	// Moved are the facet counts that the run has changed, farthest first;
	// MovedOmitted is how many more there are.
	Moved        []Moved     `json:"moved,omitempty"`
	MovedOmitted int         `json:"moved_omitted,omitempty"`
	Generation   Generations `json:"generation"`
	// DryRun reports that nothing was written.
	DryRun bool `json:"dry_run,omitempty"`
	// Failed says what kept the run from doing all that it should; it is empty
	// when nothing did.
	Failed string `json:"failed,omitempty"`
	// Rebuilt says why everything was read again, when it was.
	Rebuilt string `json:"rebuilt,omitempty"`
}

// Changes lists paths, each "source/path".
type Changes struct {
	Added   []string `json:"added,omitempty"`
	Changed []string `json:"changed,omitempty"`
	Removed []string `json:"removed,omitempty"`
	Renamed []Rename `json:"renamed,omitempty"`
	// Omitted is how many more paths are counted and not listed.
	Omitted int `json:"omitted,omitempty"`
}

// ShownPath returns what people read for a "source/path" of a report: a source
// that is one file is called as the file is, which is said once.
func ShownPath(path string) string {
	source, within, found := strings.Cut(path, "/")
	if found && (within == source || strings.HasPrefix(within, source+"!")) {
		return within
	}
	return path
}

// Rename is a file that was found under another path, each "source/path".
type Rename struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Skip is a path that could not become a document, and why. A path that was
// a document before keeps its former version.
type Skip struct {
	Path   string     `json:"path"` // "source/path"
	Reason SkipReason `json:"reason"`
	Detail string     `json:"detail,omitempty"`
	// Kept reports that a former version of the file is still in the index.
	Kept      bool      `json:"kept,omitempty"`
	FirstSeen time.Time `json:"first_seen,omitzero"`
	LastSeen  time.Time `json:"last_seen,omitzero"`
}

// Partial is a document that could be read in part only, and why.
type Partial struct {
	Path  string   `json:"path"` // "source/path"
	Lacks []string `json:"lacks"`
}

// SkipReason is a typed reason for leaving a file out.
type SkipReason string

// Chosen reports that the source leaves the path out on purpose, so that
// nothing is wrong with it: an ignore file or a link decides.
func (r SkipReason) Chosen() bool { return r == SkipIgnored || r == SkipSymlink }

// SplitSkips parts what could not be read from what was left out on purpose.
func SplitSkips(list []Skip) (failures, chosen []Skip) {
	for _, s := range list {
		if s.Reason.Chosen() {
			chosen = append(chosen, s)
		} else {
			failures = append(failures, s)
		}
	}
	return failures, chosen
}

// The reasons for which a file is skipped.
const (
	SkipEmpty       SkipReason = "empty"       // no bytes at all
	SkipNoText      SkipReason = "no text"     // readable, but holds no words
	SkipBinary      SkipReason = "binary"      // neither text nor a known format
	SkipUnsupported SkipReason = "unsupported" // a known format that is not read
	SkipEncoding    SkipReason = "encoding"    // bytes that no encoding explains
	SkipTooLarge    SkipReason = "too large"   // beyond the limit on bytes or text
	SkipUnreadable  SkipReason = "unreadable"  // the file system refused
	SkipCorrupt     SkipReason = "corrupt"     // damaged, or not what it claims to be
	SkipEncrypted   SkipReason = "encrypted"
	SkipTimeout     SkipReason = "timed out"
	SkipMemory      SkipReason = "out of memory"
	SkipIgnored     SkipReason = "ignored"   // named by an ignore file
	SkipSymlink     SkipReason = "symlink"   // leads out of the source
	SkipDuplicate   SkipReason = "duplicate" // declares an ID that another file declares
	SkipInvalid     SkipReason = "invalid"   // a facts file or record with errors
)

// FactReport counts what a run did to facts.
type FactReport struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
	// Stale are the facts that went stale in this run.
	Stale []StaleFact `json:"stale"`
	// StaleOmitted is how many more went stale and are not listed.
	StaleOmitted int `json:"stale_omitted,omitempty"`
}

// StaleFact is a fact whose evidence no longer stands in its document as it
// was quoted.
type StaleFact struct {
	ID       string `json:"id"`
	Document ID     `json:"document"`
	Status   string `json:"status"` // changed, missing or ambiguous
	Was      string `json:"was"`
	Now      string `json:"now,omitempty"`
}

// Generations are the generation ids before and after a run.
type Generations struct {
	Before string `json:"before"`
	After  string `json:"after"`
}
