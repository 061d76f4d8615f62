package datadir

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"rapport/corpus"
)

// A backup that holds one file twice in the place of another is not whole.
func TestBackupWithAFileTwiceIsRefused(t *testing.T) {
	d := open(t, t.TempDir())
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("ledger"), d.AddReport(corpus.Report{Added: 7})); err != nil {
		t.Fatal(err)
	}
	var whole, forged bytes.Buffer
	if _, err := d.Backup(t.Context(), &whole, g, copyOf(g)); err != nil {
		t.Fatal(err)
	}
	in, out := tar.NewReader(&whole), tar.NewWriter(&forged)
	copies := 1 // of the ledger
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		data, e := io.ReadAll(in)
		if err = errors.Join(err, e); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(h.Name, indexName+"/") {
			copies++
			continue
		}
		for n := 0; n == 0 || h.Name == ledgerName && n < copies; n++ {
			if err := out.WriteHeader(h); err != nil {
				t.Fatal(err)
			}
			if _, err := out.Write(data); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if copies < 2 {
		t.Fatal("the backup holds no file of the index")
	}
	other := open(t, filepath.Join(t.TempDir(), "other"))
	if _, _, err := other.Restore(t.Context(), &forged, nil); !errors.Is(err, ErrBackup) {
		t.Errorf("restored with %v", err)
	}
}
