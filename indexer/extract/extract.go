// Package extract turns the bytes of a file into documents: text as a reader
// sees it, metadata as the source states them, pages with their offsets. It
// has one file per format. Whatever the bytes are, it neither fails as a whole
// nor hangs: what cannot be read is a typed *corpus.SkipError.
package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"rapport/corpus"
)

// Version names what this package makes of a file. A document that another
// version made must be extracted again.
const Version = "extract@13"

// The limits that Options have when they do not say otherwise.
const (
	DefaultMaxBytes = 256 << 20
	DefaultMaxText  = 64 << 20
	DefaultTimeout  = 30 * time.Second
)

// Options are the limits within which files are read. The zero value means
// the defaults.
type Options struct {
	MaxBytes int64         // of a file, in bytes
	MaxText  int64         // of the text of one document, in bytes
	Timeout  time.Duration // for one document
	PDF      *PDFEngine    // reads PDF files; without it they are unsupported

	// Converters are programs for files of some types, by extension (".doc")
	// or media type ("application/msword"), both in lower case. They come
	// before the readers of this package.
	Converters map[string]Converter
	// OCR is the program that reads images, and PDFs without text; there is
	// none when its Command is empty.
	OCR Converter

	deferred   bool // conversions are left to the parent process
	chunkDepth int  // of text documents in each other
}

// withDefaults returns the options with the defaults filled in.
func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.MaxText <= 0 {
		o.MaxText = DefaultMaxText
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	return o
}

// File is a file that was read, with the place where it came from.
type File struct {
	Source, Path string // as in corpus.Item
	Format       string // as in corpus.Item, mostly empty
	Data         []byte
	// Open, when it is not nil, opens the content of a large file, of which
	// Data holds nothing; Size is its length in bytes. A Pool hands it on to a
	// worker without holding it.
	Open func() (io.ReadCloser, error)
	Size int64

	name    string   // of a member whose path does not end in its name
	charset string   // that the server declared
	capture *capture // by a web archive

	converted bool // it is what a Converter has made
	ocr       bool // it waits for OCR
}

// fileName returns the name by which the format is told.
func (f File) fileName() string {
	if f.name != "" {
		return f.name
	}
	return f.Path
}

// capture is what a web archive says about a file.
type capture struct {
	URL      string
	Captured corpus.Date
	In       string // the field that states Captured
}

// load reads the content of a file that is to be opened. Its error is a
// *corpus.SkipError.
func (f File) load(o Options) (File, error) {
	o = o.withDefaults()
	open := f.Open
	f.Open = nil
	if f.Size > o.MaxBytes {
		return f, f.skip(corpus.SkipTooLarge, fmt.Errorf("%d bytes, the limit is %d", f.Size, o.MaxBytes))
	}
	in, err := open()
	if err != nil {
		return f, f.skip(corpus.SkipUnreadable, err)
	}
	defer in.Close()
	f.Data, err = io.ReadAll(io.LimitReader(in, o.MaxBytes+1))
	switch {
	case err != nil:
		return f, f.skip(corpus.SkipUnreadable, err)
	case int64(len(f.Data)) > o.MaxBytes:
		return f, f.skip(corpus.SkipTooLarge, fmt.Errorf("more than the limit of %d bytes", o.MaxBytes))
	}
	return f, nil
}

// Documents yields the documents of a file: one for most formats, one for
// each member of a container, whose paths are "file!member". What cannot be a
// document is a *corpus.SkipError with its path; when that path is the file's
// own, members may be missing for that reason. The only other error is that
// of a context that ended.
//
// A document's Digest is that of its own bytes, which for a member of a
// container are the member's. Tags are left empty.
func Documents(ctx context.Context, f File, o Options) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		if f.Open != nil {
			var err error
			if f, err = f.load(o); err != nil {
				yield(nil, err)
				return
			}
		}
		for r := range results(ctx, f, o) {
			if !yield(r.document, r.err) {
				return
			}
		}
	}
}

// results yields what Documents does, and the files that a worker leaves to
// its parent.
func results(ctx context.Context, f File, o Options) iter.Seq[result] {
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		o := o.withDefaults()
		out := make(chan result)
		go produce(ctx, f, o, out)
		timer := time.NewTimer(o.Timeout)
		defer timer.Stop()
		for {
			select {
			case <-ctx.Done():
				yield(result{err: ctx.Err()})
				return
			case <-timer.C:
				yield(result{err: f.skip(corpus.SkipTimeout, fmt.Errorf("not read in %v", o.Timeout))})
				return
			case r, more := <-out:
				if !more || r.extend == 0 && !yield(r) {
					return
				}
				timer.Reset(o.Timeout + r.extend)
			}
		}
	}
}

// result is a document, or the reason why there is none.
type result struct {
	document *corpus.Document
	err      error

	extend  time.Duration // no result, but this much more time is needed
	convert *File         // no result, but a file that the parent is to convert
	cache   chan<- string // no result, but the reader waits for the folder of the compiled PDF reader
}

// errStopped ends a reader whose documents nobody waits for any more.
var errStopped = errors.New("stopped")

// produce reads the file and sends what it finds, then closes out. A panic of
// a format library is damage of the file.
func produce(ctx context.Context, f File, o Options, out chan<- result) {
	defer close(out)
	send := func(r result) error {
		select {
		case out <- r:
			return nil
		case <-ctx.Done():
			return errStopped
		}
	}
	defer func() {
		if p := recover(); p != nil {
			_ = send(result{err: f.skip(corpus.SkipCorrupt, fmt.Errorf("the reader failed: %v", p))})
		}
	}()
	j := &job{ctx: ctx, options: o, send: send}
	if err := j.read(f); err != nil && !errors.Is(err, errStopped) {
		_ = send(result{err: asSkip(f, err)})
	}
}

// skip returns the reason for which the file is no document.
func (f File) skip(reason corpus.SkipReason, detail error) *corpus.SkipError {
	return &corpus.SkipError{Source: f.Source, Path: f.Path, Reason: reason, Err: detail}
}

// asSkip returns err as a reason for leaving f out: damage, unless err says
// something else.
func asSkip(f File, err error) *corpus.SkipError {
	var skip *corpus.SkipError
	if errors.As(err, &skip) {
		return skip
	}
	var fault fault
	if errors.As(err, &fault) {
		return f.skip(fault.reason, fault.detail)
	}
	return f.skip(corpus.SkipCorrupt, err)
}

// fault is why a reader cannot read a file, before the path is known.
type fault struct {
	reason corpus.SkipReason
	detail error
}

func (f fault) Error() string {
	if f.detail == nil {
		return string(f.reason)
	}
	return string(f.reason) + ": " + f.detail.Error()
}

// faultf returns a fault with a formatted detail.
func faultf(reason corpus.SkipReason, format string, args ...any) error {
	return fault{reason, fmt.Errorf(format, args...)}
}
