package extract

import (
	"context"
	"os"
	"testing"
)

// The same PDFs, read by one worker and by the library in this process: what
// the sandbox costs.
func BenchmarkPDFs(b *testing.B) {
	type sample struct {
		name string
		data []byte
	}
	var list []sample
	size := 0
	for name, data := range samples(b, ".pdf") {
		if len(data) > 20_000 && len(list) < 60 {
			list = append(list, sample{name, data})
			size += len(data)
		}
	}
	cache := pdfCache(b)
	read := func(b *testing.B, documents func(File) int) {
		b.SetBytes(int64(size))
		found := 0
		for b.Loop() {
			for _, s := range list {
				found += documents(File{Source: "src", Path: s.name, Data: s.data})
			}
		}
		if found == 0 {
			b.Error("nothing was read")
		}
	}
	b.Run("worker", func(b *testing.B) {
		b.Setenv(workerVariable, "serve")
		o := PoolOptions{Workers: 1, Caches: []string{cache}}
		o.Command = []string{os.Args[0]}
		p := NewPool(o)
		defer p.Close()
		read(b, func(f File) (n int) {
			for range p.Documents(context.Background(), f) {
				n++
			}
			return n
		})
	})
	b.Run("library", func(b *testing.B) {
		engine := NewPDFEngine(cache)
		defer engine.Close()
		read(b, func(f File) (n int) {
			for range Documents(context.Background(), f, Options{PDF: engine}) {
				n++
			}
			return n
		})
	})
}
