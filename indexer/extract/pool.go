package extract

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"sync"

	"rapport/corpus"
)

// DefaultMemory is how many bytes a worker process may have resident.
const DefaultMemory = 512 << 20

// PoolOptions say how worker processes are started and limited.
type PoolOptions struct {
	Options
	// Command starts a worker: a program that calls ServeWorker, and its
	// arguments.
	Command []string
	Workers int   // processes that work at once, by default one for each processor that Go uses; further files wait
	Memory  int64 // resident bytes of a worker, by default DefaultMemory
	// Caches are folders for the compiled PDF reader, from which the first that
	// has it or can be written to is taken. Without any, each worker compiles
	// for itself.
	Caches []string
}

// Pool reads files: formats of plain text at once, all others in worker
// processes, so that no file can bring down or exhaust the process that asks.
// A worker that dies, hangs or grows beyond its limits is replaced, and its
// file skipped. It is safe for concurrent use.
type Pool struct {
	options PoolOptions
	turns   chan struct{} // one for each worker that may work now

	compile func() string // makes the compiled PDF reader, and returns where it is
	once    sync.Once     // calls it
	cached  chan struct{} // is closed when it has returned
	cache   string        // what it returned

	mu     sync.Mutex
	idle   []*worker // at most one for each turn
	closed bool
}

// NewPool returns a pool. Workers are started when they are first needed.
func NewPool(o PoolOptions) *Pool {
	o.Options = o.withDefaults()
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory <= 0 {
		o.Memory = DefaultMemory
	}
	p := &Pool{options: o, turns: make(chan struct{}, o.Workers), cached: make(chan struct{})}
	for range o.Workers {
		p.turns <- struct{}{}
	}
	p.compile = func() string { return compileInto(o.Caches) }
	return p
}

// Documents yields the documents of a file as the function Documents does.
// Those that a Converter makes readable come last.
func (p *Pool) Documents(ctx context.Context, f File) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		if f.Open != nil {
			p.large(ctx, f, yield)
			return
		}
		if _, ok := p.options.converter(f); ok {
			p.convert(ctx, []File{f}, yield)
			return
		}
		if _, image := p.options.imageReader(f); image {
			f.ocr = true
			p.convert(ctx, []File{f}, yield)
			return
		}
		format, err := formatOf(f)
		if len(f.Data) == 0 || err != nil || readHere[format] && len(f.Data) <= maxHere {
			Documents(ctx, f, p.options.Options)(yield)
			return
		}
		if waiting, more := p.inWorker(ctx, f, yield); more {
			p.convert(ctx, waiting, yield)
		}
	}
}

// large reads a file that is to be opened. Only a converter needs to have it
// whole; a worker gets its bytes as they are read.
func (p *Pool) large(ctx context.Context, f File, yield func(*corpus.Document, error) bool) {
	in, err := f.Open()
	if err != nil {
		yield(nil, f.skip(corpus.SkipUnreadable, err))
		return
	}
	probe := f
	probe.Data, err = io.ReadAll(io.LimitReader(in, probeBytes))
	if err = errors.Join(err, in.Close()); err != nil {
		yield(nil, f.skip(corpus.SkipUnreadable, err))
		return
	}
	_, convertible := p.options.converter(probe)
	_, image := p.options.imageReader(probe)
	if convertible || image {
		if f, err = f.load(p.options.Options); err != nil {
			yield(nil, err)
			return
		}
		p.Documents(ctx, f)(yield)
		return
	}
	if format, err := formatOf(probe); err == nil {
		if err := tooLong(format, probe.Data, f.Size, p.options.Options); err != nil {
			yield(nil, asSkip(f, err))
			return
		}
	}
	if waiting, more := p.inWorker(ctx, f, yield); more {
		p.convert(ctx, waiting, yield)
	}
}

// probeBytes is how much of a large file is read to tell its type.
const probeBytes = 4 << 10

// inWorker reads a file in a worker. It returns the files to be converted, and
// whether to go on.
func (p *Pool) inWorker(ctx context.Context, f File, yield func(*corpus.Document, error) bool) (waiting []File, more bool) {
	more = true
	err := p.exchange(ctx, f, func(a workAnswer) bool {
		if c := a.Convert; c != nil {
			waiting = append(waiting, File{Source: f.Source, Path: c.Path, Data: c.Data, name: c.Name, capture: c.Capture, ocr: c.OCR})
			return true
		}
		more = yield(a.result(f))
		return more
	})
	if err != nil {
		more = yield(nil, err) && ctx.Err() == nil
	}
	return waiting, more
}

// maxHere bounds a file that is read without a worker, in bytes. A page of
// that size can take a hundred times as much memory.
const maxHere = 1 << 20

// readHere are the formats whose readers need no process of their own: they
// are ours, or libraries that take linear time and memory.
var readHere = map[string]bool{formatText: true, formatMarkdown: true, formatHTML: true, formatLine: true, formatLines: true, formatCSV: true, formatXML: true}

// result returns the document or the reason of an answer.
func (a workAnswer) result(f File) (*corpus.Document, error) {
	if a.Document != nil {
		return a.Document, nil
	}
	skip := &corpus.SkipError{Source: f.Source, Path: a.Path, Reason: a.Reason}
	if a.Detail != "" {
		skip.Err = errors.New(a.Detail)
	}
	return nil, skip
}
