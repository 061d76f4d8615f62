package indexer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

	// What reading it gave.
	digest   string
	size     int64
	same     bool   // the index has all of it: nothing to do
	made     []made // else what to account for, the file itself last
	warnings []string
	err      error // ends the run
}

// made is what a file, or a member of it, became: a record to put, or the
// reason why there is none.
type made struct {
	file    *file
	record  *corpus.Record
	old     []corpus.Fact // facts that the record replaces
	same    bool          // the document is what it was
	refused *corpus.SkipError
}

// idle reports whether the task needs no reading.
func (t *task) idle() bool { return t.skip != nil || t.item.Gone || t.repeat || t.facts }

// prepare finds the file that a task is about, and notes who has seen it.
func (r *run) prepare(t *task) {
	if t.skip != nil {
		t.file = r.files.at(r.atlas.skip(t.skip))
		if !t.skip.Reason.Chosen() {
			r.blind[t.source] = append(r.blind[t.source], t.file.place)
			t.repeat = r.files.see(t.file, t.source)
		}
		return
	}
	t.file = r.files.at(r.atlas.item(t.item))
	if t.item.Gone {
		return
	}
	t.repeat = r.files.see(t.file, t.source)
	t.facts = t.item.Format == FactsFormat || corpus.IsFactsFile(t.item.Path) || t.file.isFacts()
}

// read reads, compares and extracts the file of a task. It runs on several
// goroutines and changes nothing but the task.
func (r *run) read(ctx context.Context, t *task) {
	data, err := t.readBytes(r.x.maxBytes())
	if err != nil {
		t.refuse(t.file, err, corpus.SkipUnreadable)
		return
	}
	if r.unchanged(t) {
		if r.x.From == nil {
			t.same = true
			return
		}
		if len(r.files.members[t.file.place]) == 0 && t.file.is(corpus.DocumentEntry) && r.again(ctx, t) || t.err != nil {
			return
		}
	}
	if failure, ok := r.failedBefore(t); ok {
		t.made = []made{{file: t.file, refused: failure}}
		return
	}
	r.extract(ctx, t, data)
}

// unchanged reports whether the index holds what the file holds. After a run
// that was interrupted, members may be of another state than their file.
func (r *run) unchanged(t *task) bool {
	if t.file.isFacts() || r.x.Options.Reread || !r.isOf(t.file, t.digest) {
		return false
	}
	for _, m := range r.files.members[t.file.place] {
		if !r.isOf(m, t.digest) {
			return false
		}
	}
	return true
}

// isOf reports whether the index has the file as bytes of that digest gave it.
func (r *run) isOf(f *file, digest string) bool {
	return len(f.entries) == 1 && f.entries[0].Digest == digest && f.entries[0].Version == r.x.Version
}

// again takes the record of an unchanged file from the index that a rebuild
// takes records from, and tags it again.
func (r *run) again(ctx context.Context, t *task) bool {
	rec, ok, err := r.x.From.Record(ctx, t.file.entries[0].ID)
	if err != nil {
		t.err = fmt.Errorf("reading %s from the former index: %w", t.file.place, err)
	}
	if err != nil || !ok || rec.Document == nil {
		return false
	}
	doc := *rec.Document
	old := corpus.Record{Document: &doc, Facts: rec.Facts}
	t.warnings = r.x.describe(&rec, t.file.place)
	rec.Entry.Claims = union(rec.Entry.Claims, []string{t.source})
	t.made = []made{{file: t.file, record: &rec, old: old.Facts, same: sameContent(&old, &rec)}}
	return true
}

// failedBefore returns the failure of a former run, when the file and the
// program are still the same.
func (r *run) failedBefore(t *task) (*corpus.SkipError, bool) {
	if r.x.Options.RetryFailed || r.x.Options.Reread || r.x.Ledger == nil {
		return nil, false
	}
	f, ok := r.x.Ledger.Failures[t.file.place.String()]
	if !ok || f.Digest != t.digest || f.Version != r.x.Version || f.Reason == corpus.SkipDuplicate {
		return nil, false
	}
	return f.skip(), true
}

// extract makes the records of a file.
func (r *run) extract(ctx context.Context, t *task, data []byte) {
	item := t.item
	item.Source, item.Path = t.file.place.source, t.file.place.path
	var own *made
	whole := map[*file]bool{} // what has become a document
	for doc, err := range r.x.documents(ctx, item, data) {
		if ctx.Err() != nil {
			t.err = ctx.Err()
			return
		}
		m := r.make(t, doc, err)
		if m.record != nil && m.file.indexed() {
			if t.err = r.compare(ctx, &m); t.err != nil {
				return
			}
		}
		if m.refused != nil && whole[m.file] {
			t.warnings = append(t.warnings, fmt.Sprintf("%s: read in part: %s", m.file.place, reasonOf(m.refused)))
			continue
		}
		whole[m.file] = m.record != nil
		if m.file == t.file {
			own = &m
		} else {
			t.made = append(t.made, m)
		}
	}
	if own == nil && len(t.made) > 0 {
		own = &made{file: t.file, record: &corpus.Record{Entry: r.entry(t, t.file, corpus.ContainerEntry)}}
	}
	if own == nil {
		t.refuse(t.file, nil, corpus.SkipNoText)
		return
	}
	t.made = append(t.made, *own)
}

// make makes the record of a document, or notes why there is none.
func (r *run) make(t *task, doc *corpus.Document, err error) made {
	if err != nil {
		skip := asSkip(err, corpus.SkipCorrupt)
		f := t.file
		if skip.Path != "" && skip.Path != f.place.path {
			f = r.files.at(place{f.place.source, skip.Path})
		}
		return made{file: f, refused: skip}
	}
	f := t.file
	if doc.Path != "" && doc.Path != f.place.path {
		f = r.files.at(place{f.place.source, doc.Path})
	}
	if doc.ID != "" && !validID(doc.ID) {
		t.warnings = append(t.warnings, fmt.Sprintf("%s: the id %q cannot be used: want 1 to %d letters, digits and - . _ ~; it has one made of its path",
			f.place, shorten(string(doc.ID)), maxID))
		doc.ID = ""
	}
	if doc.ID == "" {
		doc.ID = corpus.NewID(f.place.source, f.place.path)
	}
	doc.Source, doc.Path = f.place.source, f.place.path
	if doc.Digest == "" {
		doc.Digest = t.digest
	}
	rec := &corpus.Record{Document: doc, Entry: r.entry(t, f, corpus.DocumentEntry)}
	rec.Entry.ID = doc.ID
	t.warnings = append(t.warnings, r.x.describe(rec, f.place)...)
	return made{file: f, record: rec}
}

// entry returns the entry of a file, or of a member, that was read.
func (r *run) entry(t *task, f *file, kind corpus.EntryKind) corpus.Entry {
	e := corpus.Entry{
		ID: corpus.NewID(f.place.source, f.place.path), Source: f.place.source, Path: f.place.path,
		Digest: t.digest, Version: r.x.Version, Kind: kind, Claims: union(f.claims, []string{t.source}),
	}
	if f.moved != nil {
		e.Claims = union(e.Claims, f.moved.claims)
	}
	return e
}

// compare finds what the record replaces: whether the document is what it
// was, though it was read again, and which facts it had.
func (r *run) compare(ctx context.Context, m *made) error {
	entries := m.file.entries
	if len(entries) == 0 {
		entries = m.file.moved.entries
	}
	for _, e := range entries {
		old, _, err := r.former().Record(ctx, e.ID)
		if err != nil {
			return fmt.Errorf("reading %s from the index: %w", m.file.place, err)
		}
		m.old = append(m.old, old.Facts...)
		m.same = len(m.file.entries) == 1 && sameContent(&old, m.record)
	}
	return nil
}

// sameContent reports whether two records hold the same document and facts.
func sameContent(a, b *corpus.Record) bool {
	if a.Document == nil || b.Document == nil || a.Document.Digest != b.Document.Digest || len(a.Facts) != len(b.Facts) {
		return false
	}
	one, err1 := json.Marshal([]any{a.Document, a.Facts})
	two, err2 := json.Marshal([]any{b.Document, b.Facts})
	return err1 == nil && err2 == nil && bytes.Equal(one, two)
}

// reasonOf returns the reason with its detail.
func reasonOf(skip *corpus.SkipError) string {
	if skip.Err == nil {
		return string(skip.Reason)
	}
	return string(skip.Reason) + ": " + skip.Err.Error()
}

// former returns the index that the run compares with.
func (r *run) former() Sink {
	if r.x.From != nil {
		return r.x.From
	}
	return r.x.Sink
}

func (x *Indexer) maxBytes() int64 {
	if x.Options.MaxBytes > 0 {
		return x.Options.MaxBytes
	}
	return DefaultMaxBytes
}

// refuse notes why the file cannot become a document.
func (t *task) refuse(f *file, err error, usual corpus.SkipReason) {
	t.made = []made{{file: f, refused: asSkip(err, usual)}}
}

// asSkip returns the reason that an error gives, or the usual one.
func asSkip(err error, usual corpus.SkipReason) *corpus.SkipError {
	var skip *corpus.SkipError
	if errors.As(err, &skip) {
		return skip
	}
	return &corpus.SkipError{Reason: usual, Err: err}
}

// readBytes reads the content of at most limit bytes for its digest. It returns
// none of a file of more than maxHeld bytes.
func (t *task) readBytes(limit int64) ([]byte, error) {
	tooLarge := &corpus.SkipError{Reason: corpus.SkipTooLarge, Err: fmt.Errorf("larger than %d MiB", limit>>20)}
	if t.item.Size > limit {
		return nil, tooLarge
	}
	in, err := t.item.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var content bytes.Buffer
	digest := sha256.New()
	var to io.Writer = &content
	switch large := t.item.Size > maxHeld; {
	case large:
		to = io.Discard
	case t.item.Size > 0:
		content.Grow(int(t.item.Size) + bytes.MinRead)
	}
	t.size, err = io.Copy(io.MultiWriter(to, digest), io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return nil, err
	case t.size > limit:
		return nil, tooLarge
	}
	t.digest = hex.EncodeToString(digest.Sum(nil))
	return content.Bytes(), nil
}

// shorten cuts a text that a message quotes.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
