package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The first PDF of a machine can be in a container, and the first folder for
// the compiled reader one that nobody can write to.
func TestFirstPDFIsInContainer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	nowhere, cache := filepath.Join(file, "cache"), filepath.Join(t.TempDir(), "new", "cache")
	p := pool(t, "serve", PoolOptions{Workers: 1, Caches: []string{nowhere, cache}})
	archive := pack(t, "a.pdf", pdf([]string{"First words"}), "b.pdf", pdf([]string{"Second words"}))
	for range 2 {
		docs, skip := through(t, p, "a.zip", archive)
		if len(docs) != 2 || docs[0].Body != "First words" || docs[1].Body != "Second words" || skip != nil {
			t.Fatalf("documents %+v, %v", docs, skip)
		}
	}
	by := compiler()
	if by != "" && !isCompiled(cache, by) {
		t.Error("the folder does not hold the compiled reader")
	}
	if got := compileInto([]string{nowhere, cache}); by != "" && got != cache {
		t.Errorf("it is looked for in %q", got)
	}
	if got := compileInto([]string{nowhere}); got != "" {
		t.Errorf("it is kept in %q", got)
	}
}

// Who is told to stop does not wait until the PDF reader is compiled; the next one
// has it.
func TestWaitingForTheCompiledReaderEnds(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1})
	compiling, gate, cache := make(chan struct{}), make(chan struct{}), pdfCache(t)
	p.compile = func() string { close(compiling); <-gate; return cache }
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-compiling; cancel() }()
	file := File{Source: "s", Path: "a.pdf", Data: []byte(pdf([]string{"First words"}))}
	for doc, err := range p.Documents(ctx, file) {
		if doc != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%v, %v", doc, err)
		}
	}
	close(gate)
	if docs, skip := through(t, p, "a.pdf", string(file.Data)); len(docs) != 1 || docs[0].Body != "First words" {
		t.Errorf("then %+v, %v", docs, skip)
	}
}

func TestCacheKnowsWhatIsCompiled(t *testing.T) {
	cache := t.TempDir()
	file := filepath.Join(cache, "sub", "code")
	write := func(content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	is := func(when string, want bool) {
		t.Helper()
		if isCompiled(cache, "v1") != want {
			t.Errorf("%s: want %v", when, want)
		}
	}
	note := func(by string) {
		t.Helper()
		if err := noteCompiled(cache, by); err != nil {
			t.Fatal(err)
		}
	}
	is("nothing noted", false)
	note("v1")
	is("nothing compiled", false)
	write("code")
	note("v1")
	is("noted", true)
	write("cod")
	is("a file was cut off", false)
	write("code")
	is("and is whole again", true)
	if isCompiled(cache, "v2") || isCompiled(cache, "") {
		t.Error("it is taken for another version's")
	}
	note("v2")
	is("compiled by another version", false)
	note("v1")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	is("the file is gone", false)
}
