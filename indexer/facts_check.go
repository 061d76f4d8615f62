package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"rapport/corpus"
)

// factSeed is that of all marks of one process.
var factSeed = maphash.MakeSeed()

// factKey stands for a fact's id in a fraction of its size.
type factKey [2]uint64

func keyOf(id string) factKey {
	return factKey{maphash.String(factSeed, id), maphash.String(factSeed, "\x00"+id)}
}

// factMark tells whether a fact has changed.
type factMark struct {
	content  uint64 // of all that its file says
	document uint64
	stale    bool
}

func markOf(f *corpus.Fact) factMark {
	return factMark{content: contentOf(f), document: documentOf(f), stale: f.Evidence.Status.Stale()}
}

// contentOf returns a hash of all that a fact's file says, or that the rule
// says, whatever its version.
func contentOf(f *corpus.Fact) uint64 {
	bare := *f
	bare.Given = nil
	bare.Extracted, _, _ = strings.Cut(bare.Extracted, "@")
	e := &bare.Evidence
	e.Offset, e.End, e.Page, e.Status, e.Now, e.Document = 0, 0, "", "", "", ""
	// A fact always has a form in JSON: it is a tree of texts and numbers.
	data, _ := json.Marshal(&bare)
	return maphash.Bytes(factSeed, data)
}

// documentOf returns a hash of the document that a fact quotes.
func documentOf(f *corpus.Fact) uint64 {
	return maphash.String(factSeed, string(f.Evidence.Document))
}

// checkFacts reads facts files to find what is wrong with them: errors in
// them, and ids that another file has. A file with errors stays as it was.
func (r *run) checkFacts(ctx context.Context, files []*factsFile) error {
	var ids map[factKey]*factsFile
	if len(files) > 1 { // the reader tells of ids that one file uses twice
		ids = map[factKey]*factsFile{}
	}
	for _, f := range files {
		if err := r.checkFile(ctx, f, ids); err != nil {
			return err
		}
	}
	// A file that turns out to be wrong keeps its facts, which may be wanted
	// by a file that looked right.
	for again := true; again; {
		again = false
		for _, f := range files {
			if f.errors == 0 && r.checkOwners(f, files) {
				again = true
			}
		}
	}
	return nil
}

// checkFile reads one file. Ids holds the ids of the files before it; it is nil
// when there is no other file.
func (r *run) checkFile(ctx context.Context, f *factsFile, ids map[factKey]*factsFile) error {
	in, err := f.item.Open()
	if err != nil {
		f.find(err.Error())
		return nil
	}
	defer in.Close()
	for located, err := range corpus.ReadFacts(f.name(), in, r.x.Taxonomy) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err != nil {
			f.find(err.Error())
			continue
		}
		for _, w := range located.Warnings {
			r.warn(w.Error())
		}
		id, key := located.Fact.ID, keyOf(located.Fact.ID)
		if other := ids[key]; other != nil {
			f.clash(id, located.Line, other.place.String())
			continue
		}
		if ids != nil {
			ids[key] = f
		}
		if err := r.locate(ctx, f, id, located.Line); err != nil {
			return err
		}
		f.count++
	}
	return nil
}

// locate notes a fact that the index has under another entry.
func (r *run) locate(ctx context.Context, f *factsFile, id string, line int) error {
	entry, ok, err := r.former().FactEntry(ctx, id)
	if err != nil {
		return fmt.Errorf("looking up the fact %q in the index: %w", id, err)
	}
	part := f.count / partFacts
	if ok && entry != f.partID(part) {
		f.elsewhere = append(f.elsewhere, movedFact{id, line, part, entry})
	}
	return nil
}

// checkOwners finds facts of f that a file keeps which does not give them up
// in this run, and reports whether there are any.
func (r *run) checkOwners(f *factsFile, files []*factsFile) bool {
	for _, m := range f.elsewhere {
		owner := r.files.byEntry[m.from]
		if d := r.taken[m.from]; d != nil {
			owner = d
		}
		if owner == nil || owner == f.file || owner == f.rarely().moved || owner.outcome == removed || givesUp(owner, files) {
			continue
		}
		f.clash(m.id, m.line, owner.place.String())
	}
	return f.errors > 0
}

// givesUp reports whether the file is replaced in this run.
func givesUp(owner *file, files []*factsFile) bool {
	for _, f := range files {
		if f.file == owner {
			return f.errors == 0
		}
	}
	return false
}

// find notes an error.
func (f *factsFile) find(message string) {
	if f.errors++; f.errors <= maxFindings {
		f.findings = append(f.findings, message)
	}
}

// clash notes that another file has the id.
func (f *factsFile) clash(id string, line int, other string) {
	f.find((&corpus.FactError{File: f.name(), Line: line, Fact: id,
		Message: "id is used by a fact of " + other + ", too; ids must be unique"}).Error())
}

// name is what messages call the file, and tells its format.
func (f *factsFile) name() string { return f.place.path }

// partID returns the ID of the entry of a part.
func (f *factsFile) partID(part int) corpus.ID {
	return corpus.NewID(f.place.source, partPath(f.place.path, part))
}

// errFileChanged means that a facts file changed between two readings.
var errFileChanged = errors.New("it changed while it was read; run again")
