package extract

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// samples yields the sample files with one of the extensions, or all of them.
// It skips the test when there are none.
func samples(t testing.TB, extensions ...string) iter.Seq2[string, []byte] {
	t.Helper()
	file := filepath.Join(shared(t), "formats", "samples.tar.gz")
	if _, err := os.Stat(file); err != nil {
		t.Skip(err)
	}
	return func(yield func(string, []byte) bool) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for files := tar.NewReader(unpacked); ; {
			h, err := files.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if h.Typeflag != tar.TypeReg || len(extensions) > 0 && !slices.Contains(extensions, strings.ToLower(path.Ext(h.Name))) {
				continue
			}
			data, err := io.ReadAll(files)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(h.Name, data) {
				return
			}
		}
	}
}
