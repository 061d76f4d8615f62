package indexer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"rapport/corpus"
)

// FactsFormat is the Format of an item that holds facts whatever its name is.
const FactsFormat = "facts"

// task is a path on its way through a run.
type task struct {
	found
	file   *file
	repeat bool // the file was found before in this run
	facts  bool // to be read after all documents
	ready  chan struct{}
	weight int64 // of the semaphore for files being read

	// What reading it gave: one of skipped, same and record, unless err says
	// that the run has to stop.
	digest   string
	size     int64
	same     bool           // nothing to do but to keep what the index has
	record   *corpus.Record // to be put
	old      []corpus.Fact  // facts that the record replaces
	refused  *corpus.SkipError
	warnings []string
	err      error
}

// idle reports whether the task needs no reading.
func (t *task) idle() bool { return t.skip != nil || t.item.Gone || t.repeat || t.facts }

// prepare finds the file that a task is about. It alone adds files while
// documents are read, and it alone changes which sources have seen them.
func (r *run) prepare(t *task) {
	if t.skip != nil {
		t.file = r.files.at(r.atlas.skip(t.skip))
		t.repeat = len(t.file.seen) > 0
		if !t.skip.Reason.Chosen() {
			r.blind[t.source] = append(r.blind[t.source], t.file.place)
			t.file.seen = append(t.file.seen, t.source)
		}
		return
	}
	t.file = r.files.at(r.atlas.item(t.item))
	if t.item.Gone {
		return
	}
	t.repeat = len(t.file.seen) > 0
	t.file.seen = append(t.file.seen, t.source)
	t.facts = t.item.Format == FactsFormat || corpus.IsFactsFile(t.item.Path) || t.file.isFacts()
}

// read reads, compares and extracts the file of a task. It runs on several
// goroutines and changes nothing but the task.
func (r *run) read(ctx context.Context, t *task) {
	data, err := readAll(t.item, r.x.maxBytes())
	t.size = int64(len(data))
	if err != nil {
		t.refuse(err, corpus.SkipUnreadable)
		return
	}
	t.digest = corpus.Digest(data)
	if r.unchanged(t) {
		if r.x.From == nil {
			t.same = true
			return
		}
		if rec, ok := r.again(ctx, t); ok || t.err != nil {
			t.same, t.record = ok, rec
			return
		}
	}
	if failure, ok := r.failedBefore(t); ok {
		t.refused = &corpus.SkipError{Reason: failure.Reason}
		if failure.Detail != "" {
			t.refused.Err = errors.New(failure.Detail)
		}
		return
	}
	doc, err := r.x.extract(ctx, t.item, data)
	if ctx.Err() != nil {
		t.err = ctx.Err()
		return
	}
	if err != nil {
		t.refuse(err, corpus.SkipCorrupt)
		return
	}
	t.record = r.complete(t, doc)
	if t.file.indexed() {
		t.old, t.err = r.factsBefore(ctx, t.file)
	}
}

// unchanged reports whether the index holds the document as the file has it.
func (r *run) unchanged(t *task) bool {
	if len(t.file.entries) != 1 || r.x.Options.Reread {
		return false
	}
	e := t.file.entries[0]
	return e.Kind == corpus.DocumentEntry && e.Digest == t.digest && e.Version == r.x.Version
}

// again returns the record of an unchanged file from the index that a rebuild
// takes records from, tagged again.
func (r *run) again(ctx context.Context, t *task) (*corpus.Record, bool) {
	rec, ok, err := r.x.From.Record(ctx, t.file.entries[0].ID)
	if err != nil {
		t.err = fmt.Errorf("reading %s from the former index: %w", t.file.place, err)
	}
	if err != nil || !ok || rec.Document == nil {
		return nil, false
	}
	t.warnings = r.x.describe(&rec, t.file.place)
	rec.Entry.Claims = union(rec.Entry.Claims, []string{t.source})
	return &rec, true
}

// failedBefore returns the failure of a former run, when the file and the
// program are still the same.
func (r *run) failedBefore(t *task) (Failure, bool) {
	if r.x.Options.RetryFailed || r.x.Ledger == nil {
		return Failure{}, false
	}
	f, ok := r.x.Ledger.Failures[t.file.place.String()]
	return f, ok && f.Digest == t.digest && f.Version == r.x.Version && f.Reason != corpus.SkipDuplicate
}

// complete makes the record of a document that was extracted.
func (r *run) complete(t *task, doc *corpus.Document) *corpus.Record {
	at := t.file.place
	if doc.ID != "" && !validID(doc.ID) {
		t.warnings = append(t.warnings, fmt.Sprintf("%s: the id %q cannot be used: want 1 to %d letters, digits and - . _ ~; it has one made of its path",
			at, shorten(string(doc.ID)), maxID))
		doc.ID = ""
	}
	if doc.ID == "" {
		doc.ID = corpus.NewID(at.source, at.path)
	}
	doc.Source, doc.Path, doc.Digest = at.source, at.path, t.digest
	rec := &corpus.Record{Document: doc, Entry: corpus.Entry{
		ID: doc.ID, Source: at.source, Path: at.path, Digest: t.digest, Version: r.x.Version, Kind: corpus.DocumentEntry,
	}}
	rec.Entry.Claims = union(t.file.claims, []string{t.source})
	if t.file.moved != nil {
		rec.Entry.Claims = union(rec.Entry.Claims, t.file.moved.claims)
	}
	t.warnings = append(t.warnings, r.x.describe(rec, at)...)
	return rec
}

// factsBefore returns the facts that the former index has in a file's records.
func (r *run) factsBefore(ctx context.Context, f *file) ([]corpus.Fact, error) {
	entries := f.entries
	if len(entries) == 0 && f.moved != nil {
		entries = f.moved.entries
	}
	var facts []corpus.Fact
	for _, e := range entries {
		rec, _, err := r.former().Record(ctx, e.ID)
		if err != nil {
			return nil, fmt.Errorf("reading %s from the index: %w", f.place, err)
		}
		facts = append(facts, rec.Facts...)
	}
	return facts, nil
}

// former returns the index that the run compares with.
func (r *run) former() Sink {
	if r.x.From != nil {
		return r.x.From
	}
	return r.x.Sink
}

// describe tags a document and finds its facts. It returns doubts about what
// the document declares.
func (x *Indexer) describe(rec *corpus.Record, at place) (warnings []string) {
	doc := rec.Document
	doc.Tags = corpus.Tags{}
	if x.Taxonomy != nil {
		partners, topics := x.Taxonomy.Unknown(doc.Declared)
		for _, p := range partners {
			warnings = append(warnings, fmt.Sprintf("%s: declares the partner %q, which the taxonomy does not know", at, shorten(p)))
		}
		for _, t := range topics {
			warnings = append(warnings, fmt.Sprintf("%s: declares the topic %q, which the taxonomy does not know", at, shorten(t)))
		}
	}
	if x.Tag != nil {
		doc.Tags = x.Tag(doc)
	}
	rec.Facts = nil
	if x.FindFacts != nil {
		rec.Facts = x.FindFacts(doc)
	}
	return warnings
}

// extract calls Extract and contains its panics.
func (x *Indexer) extract(ctx context.Context, item corpus.Item, data []byte) (doc *corpus.Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			where, _, _ := strings.Cut(string(bytes.TrimSpace(debug.Stack())), "\n\n")
			doc, err = nil, fmt.Errorf("the reader failed: %v (please report this)\n%s", p, where)
		}
	}()
	doc, err = x.Extract(ctx, item, data)
	if err == nil && doc == nil {
		err = errors.New("the reader returned no document")
	}
	return doc, err
}

func (x *Indexer) maxBytes() int64 {
	if x.Options.MaxBytes > 0 {
		return x.Options.MaxBytes
	}
	return DefaultMaxBytes
}

// refuse notes why the file cannot become a document. An error without a
// reason of its own has the usual one.
func (t *task) refuse(err error, usual corpus.SkipReason) {
	if !errors.As(err, &t.refused) {
		t.refused = &corpus.SkipError{Reason: usual, Err: err}
	}
}

// readAll reads the content of an item of at most limit bytes.
func readAll(item corpus.Item, limit int64) ([]byte, error) {
	tooLarge := &corpus.SkipError{Reason: corpus.SkipTooLarge, Err: fmt.Errorf("larger than %d MiB", limit>>20)}
	if item.Size > limit {
		return nil, tooLarge
	}
	in, err := item.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var content bytes.Buffer
	if item.Size > 0 {
		content.Grow(int(item.Size) + bytes.MinRead)
	}
	n, err := content.ReadFrom(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return nil, err
	case n > limit:
		return nil, tooLarge
	}
	return content.Bytes(), nil
}

// maxID is how long a declared ID may be, in bytes.
const maxID = 200

var safeID = regexp.MustCompile(`^[A-Za-z0-9._~-]+$`)

// validID reports whether an ID can stand in an address as it is.
func validID(id corpus.ID) bool {
	return len(id) <= maxID && safeID.MatchString(string(id)) && !slices.Contains([]corpus.ID{".", ".."}, id)
}

// shorten cuts a text that a message quotes.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
