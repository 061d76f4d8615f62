package indexer

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

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
	parts  chan []made // what a large container has given so far
	weight int64       // of the semaphore for files being read

	// What reading it gave.
	digest   string
	size     int64
	same     bool   // the index has all of it: nothing to do
	made     []made // else what to account for, the file itself last
	cut      bool   // it could be read in part only: members may be missing
	warnings []string
	err      error // ends the run
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
		alone := len(r.files.members[t.file.place])+len(r.failedIn[t.file.place.key()]) == 0
		if alone && t.file.is(corpus.DocumentEntry) && r.again(ctx, t) || t.err != nil {
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
	return len(f.entries) == 1 && f.entries[0].origin.version == r.x.Version && f.entries[0].digest == digestKeyOf(digest)
}

// again takes the record of an unchanged file from the index that a rebuild
// takes records from, and tags it again.
func (r *run) again(ctx context.Context, t *task) bool {
	rec, ok, err := r.x.From.Record(ctx, t.file.entries[0].id)
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
	f, ok := r.x.Ledger.Failures[t.file.place.key()]
	if !ok || f.Digest != t.digest || f.Version != r.x.Version || f.Reason == corpus.SkipDuplicate {
		return nil, false
	}
	return f.skip(), true
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
// none of a file of more than maxHeld bytes; that one is opened again when it is
// extracted, in the size that the digest is of, for it may have grown since it
// was found.
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
	if within := io.LimitReader(in, limit+1); t.item.Size > maxHeld {
		t.size, err = io.Copy(digest, within)
	} else {
		content.Grow(int(max(t.item.Size, 0)) + bytes.MinRead)
		t.size, err = content.ReadFrom(within)
		digest.Write(content.Bytes())
	}
	switch {
	case err != nil:
		return nil, err
	case t.size > limit:
		return nil, tooLarge
	}
	t.item.Size, t.digest = t.size, hex.EncodeToString(digest.Sum(nil))
	return content.Bytes(), nil
}
