//go:build unix

package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"rapport/indexer/datadir"
)

// TestVerifyAndBackupWhileReplaced: a rebuild that takes the place of what is
// verified or copied is neither damage nor an error.
func TestVerifyAndBackupWhileReplaced(t *testing.T) {
	data, docs := ferries(t)
	s, err := takeStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ended := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 6 && err == nil; i++ {
			_, err = s.Index(t.Context(), indexJob{Sources: []string{docs}, Rebuild: true}, nil)
		}
		ended <- err
	}()
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
		if check, err := s.Verify(t.Context(), true); err != nil || len(check.Damage) > 0 {
			t.Errorf("verify: %+v, %v", check.Damage, err)
		}
		var archive bytes.Buffer
		if err := s.Backup(t.Context(), &archive); err != nil {
			t.Errorf("backup: %v", err)
			continue
		}
		other, err := datadir.Open(filepath.Join(t.TempDir(), "restored"))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = other.Restore(t.Context(), &archive, nil)
		if err := errors.Join(err, other.Close()); err != nil {
			t.Errorf("restore: %v", err)
		}
		again, err := openStore(t.Context(), other.Path())
		if err != nil {
			t.Errorf("the backup: %v", err)
			continue
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
}
