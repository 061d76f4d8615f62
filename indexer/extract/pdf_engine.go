package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfMemoryPages limits the memory of the PDF library, in pages of 64 KiB: a
// file of two kilobytes can ask for gigabytes.
const pdfMemoryPages = 400 << 20 >> 16

// PDFEngine is PDFium compiled to WebAssembly, which can reach neither files
// nor the network. It starts at the first PDF. It reads one file at a time;
// more of them read in parallel.
type PDFEngine struct {
	cache string
	// lost: which folder has the compiled form is for the parent of this
	// process to say, when the first PDF is read.
	lost  bool
	mu    sync.Mutex
	pool  pdfium.Pool
	close func() error
}

// NewPDFEngine returns an engine that keeps its compiled form in the folder
// cache, so that only the first start takes seconds. Without a folder every
// engine compiles for itself.
func NewPDFEngine(cache string) *PDFEngine { return &PDFEngine{cache: cache} }

// isLost reports whether it must be asked where the compiled form is.
func (e *PDFEngine) isLost() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lost
}

// find notes where the compiled form is.
func (e *PDFEngine) find(cache string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cache, e.lost = cache, false
}

// Start compiles the library unless the cache has it already. Reading a PDF
// starts the engine, too; a Pool calls Start so that its workers find the cache
// filled.
func (e *PDFEngine) Start(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.start(ctx)
}

func (e *PDFEngine) start(ctx context.Context) error {
	if e.pool != nil {
		return nil
	}
	cache := wazero.NewCompilationCache()
	if e.cache != "" {
		if err := os.MkdirAll(e.cache, 0o700); err != nil {
			return fmt.Errorf("cache of the PDF reader: %w", err)
		}
		onDisk, err := wazero.NewCompilationCacheWithDir(e.cache)
		if err != nil {
			return fmt.Errorf("cache of the PDF reader: %w", err)
		}
		cache = onDisk
	}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCompilationCache(cache)
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return errors.Join(fmt.Errorf("starting the PDF reader: %w", err), cache.Close(ctx))
	}
	e.pool = pool
	e.close = func() error { return errors.Join(pool.Close(), cache.Close(context.Background())) }
	return nil
}

// with calls read with an instance of the library of its own, since a damaged
// file can leave one in disorder.
func (e *PDFEngine) with(ctx context.Context, read func(pdfium.Pdfium) error) (err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.start(ctx); err != nil {
		return err
	}
	instance, err := e.pool.GetInstance(30 * time.Second)
	if err != nil {
		return fmt.Errorf("starting the PDF reader: %w", err)
	}
	defer func() {
		if closing := instance.Close(); err == nil && closing != nil {
			_ = instance.Kill() // the text is read; the instance is not used again
		}
	}()
	return read(instance)
}

// Close frees the memory of the engine, which cannot be used again.
func (e *PDFEngine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.close == nil {
		return nil
	}
	return e.close()
}
