package extract

import (
	"context"
	"path"
	"strings"

	"rapport/corpus"
)

// maxWaiting is how many bytes of the members of a container wait for their
// conversion at a time.
const maxWaiting = 128 << 20

// convert has a program make f readable, and reads the result. A worker
// process, which cannot start programs, asks its parent to.
func (j *job) convert(f File, c Converter, ocr bool) error {
	if j.options.deferred {
		if j.waiting += int64(len(f.Data)); j.waiting > maxWaiting {
			return faultf(corpus.SkipTooLarge, "more than %d bytes of its container are to be converted", maxWaiting)
		}
		f.ocr = ocr
		return j.send(result{convert: &f})
	}
	if err := j.send(result{extend: c.timeout()}); err != nil {
		return err
	}
	made, err := c.convert(j.ctx, f, j.options.MaxBytes)
	if err != nil {
		return err
	}
	send := j.send
	j.send = func(r result) error {
		f.original(r.document)
		return send(r)
	}
	defer func() { j.send = send }()
	return j.read(made)
}

// original makes a document that was read from what f was converted to one of
// f itself. It ignores the documents of members.
func (f File) original(doc *corpus.Document) {
	if doc == nil || doc.Path != f.Path {
		return
	}
	doc.Digest = corpus.Digest(f.Data)
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(f.fileName()), ".")); ext != "" {
		doc.Format = ext
	}
}

// convert has programs make files readable that a worker has found, and reads
// the results. It reports whether to go on.
func (p *Pool) convert(ctx context.Context, files []File, yield func(*corpus.Document, error) bool) bool {
	for _, f := range files {
		c, ok := p.options.OCR, true
		if !f.ocr {
			c, ok = p.options.converter(f)
		}
		if !ok {
			if !yield(nil, f.skip(corpus.SkipUnsupported, nil)) {
				return false
			}
			continue
		}
		made, err := c.convert(ctx, f, p.options.MaxBytes)
		if ctx.Err() != nil {
			yield(nil, ctx.Err())
			return false
		}
		if err != nil {
			if !yield(nil, err) {
				return false
			}
			continue
		}
		for doc, err := range p.Documents(ctx, made) {
			f.original(doc)
			if !yield(doc, err) {
				return false
			}
		}
	}
	return true
}
