package indexer

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"rapport/corpus"
)

// made is what a file, or a member of it, became: a record to put, or the
// reason why there is none.
type made struct {
	file    *file
	record  *corpus.Record
	old     []corpus.Fact // facts that the record replaces
	same    bool          // the document is what it was
	refused *corpus.SkipError
}

// weight estimates the memory that it takes, in bytes.
func (m made) weight() int {
	if m.record == nil {
		return 0
	}
	return weight(*m.record)
}

// extract makes the records of a file. Those of a large container go on in
// parts as they are made, so that they are not held together; its own comes
// last and says that all of them were put.
func (r *run) extract(ctx context.Context, t *task, data []byte) {
	item := t.item
	item.Source, item.Path = t.file.place.source, t.file.place.path
	var own *made
	members, held := false, 0
	whole := map[*file]bool{} // what has become a document
	for doc, err := range r.x.documents(ctx, item, data) {
		if ctx.Err() != nil {
			t.err = ctx.Err()
			return
		}
		m := r.make(t, doc, err)
		if m.refused != nil && whole[m.file] {
			t.cut = t.cut || m.file == t.file
			t.warnings = append(t.warnings, fmt.Sprintf("%s: read in part: %s", m.file.place, reasonOf(m.refused)))
			t.lacks(own, m)
			continue
		}
		whole[m.file] = m.record != nil
		if m.file == t.file {
			own = &m
			continue
		}
		members = true
		t.made = append(t.made, m)
		if held += m.weight(); held >= partBytes {
			ready := t.finished(m.file.place)
			if t.err = r.compareAll(ctx, ready); t.err != nil {
				return
			}
			select {
			case t.parts <- ready:
				held = 0
				for _, open := range t.made {
					held += open.weight()
				}
			case <-ctx.Done():
				t.err = ctx.Err()
				return
			}
		}
	}
	if own == nil && members {
		own = &made{file: t.file, record: &corpus.Record{Entry: r.entry(t, t.file, corpus.ContainerEntry)}}
	}
	if own == nil {
		t.refuse(t.file, nil, corpus.SkipNoText)
		return
	}
	t.made = append(t.made, *own)
	t.err = r.compareAll(ctx, t.made)
}

// lacks notes with a document that was made, the file's own or that of a member,
// why a part of it could not be read.
func (t *task) lacks(own *made, why made) {
	of := own
	for i := range t.made {
		if t.made[i].file == why.file {
			of = &t.made[i]
		}
	}
	if of == nil || of.file != why.file || of.record == nil || len(of.record.Entry.Lacks) > maxLacks {
		return
	}
	reason := reasonOf(why.refused)
	if len(of.record.Entry.Lacks) == maxLacks {
		reason = "and more"
	}
	of.record.Entry.Lacks = append(of.record.Entry.Lacks, reason)
	of.record.Document.Lacks = of.record.Entry.Lacks
}

// maxLacks is how many reasons are kept of a document that was read in part.
const maxLacks = 20

// finished takes what was made of members that are read to their end: not the
// last one, nor those that it is a member of.
func (t *task) finished(last place) []made {
	var done, open []made
	for _, m := range t.made {
		if last.under(m.file.place) {
			open = append(open, m)
		} else {
			done = append(done, m)
		}
	}
	t.made = open
	return done
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
		Digest: t.digest, Version: r.x.Version, Kind: kind, Claims: union(f.claims.all(), []string{t.source}),
	}
	if f.rarely().moved != nil {
		e.Claims = union(e.Claims, f.rarely().moved.claims.all())
	}
	return e
}

// compareAll compares what is put in the place of something.
func (r *run) compareAll(ctx context.Context, list []made) error {
	for i := range list {
		if m := &list[i]; m.record != nil && m.record.Document != nil && m.file.indexed() {
			if err := r.compare(ctx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// compare finds what the record replaces: whether the document is what it
// was, though it was read again, and which facts it had.
func (r *run) compare(ctx context.Context, m *made) error {
	entries := m.file.entries
	if len(entries) == 0 {
		entries = m.file.rarely().moved.entries
	}
	for _, e := range entries {
		old, _, err := r.former().Record(ctx, e.id)
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

// shorten cuts a text that a message quotes.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
