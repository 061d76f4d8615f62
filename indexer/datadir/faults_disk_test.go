//go:build unix

package datadir

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull writes with a limit on the size of files, as on a full disk. The
// limit is that of a process, so it is done in one of its own: the files that
// the test's own process keeps must not meet it.
func TestDiskFull(t *testing.T) {
	if os.Getenv(limitedChild) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDiskFull$")
		cmd.Env = append(os.Environ(), limitedChild+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	path := t.TempDir()
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("before")); err != nil {
		t.Fatal(err)
	}
	restore := limitFiles(t, 10_000)
	big := strings.Repeat("x", 100_000)
	if err := d.SaveLedger(big); err == nil {
		t.Error("a file beyond the limit was written")
	}
	if err := g.SaveManifest(Manifest{ID: big}); err == nil {
		t.Error("a manifest beyond the limit was written")
	}
	var archive bytes.Buffer
	if _, err := d.Backup(t.Context(), &archive, g, copyOf(g)); err == nil {
		t.Error("a backup beyond the limit was made")
	}
	restore()
	var ledger string
	if _, err := d.LoadLedger(&ledger); err != nil || ledger != "before" {
		t.Errorf("ledger %q, %v", ledger, err)
	}
	check, err := Verify(t.Context(), path, true)
	if err != nil || check.Err() != nil || check.Manifest.ID != g.Name {
		t.Errorf("%+v, %v", check, err)
	}
	if left, _ := filepath.Glob(filepath.Join(path, ".*.*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
	if left, _ := filepath.Glob(filepath.Join(path, backupName+"*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// limitedChild tells a process that it is the one whose files are limited.
const limitedChild = "RAPPORT_TEST_LIMITED"

// limitFiles limits the size of files that this process writes.
func limitFiles(t *testing.T, size uint64) (restore func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Skip(err)
	}
	limit := old
	setLimit(&limit.Cur, size)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	restore = func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old) }
	t.Cleanup(restore)
	return restore
}

// setLimit sets a limit, which is an int64 on FreeBSD and an uint64 elsewhere.
func setLimit[N int64 | uint64](limit *N, n uint64) { *limit = N(n) }

func TestRebuildNeed(t *testing.T) {
	d := open(t, t.TempDir())
	need, err := d.RebuildNeed()
	if err != nil || need.Bytes != 0 || need.Free <= 0 {
		t.Errorf("%+v, %v", need, err)
	}
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g)); err != nil {
		t.Fatal(err)
	}
	if need, err = d.RebuildNeed(); err != nil || need.Bytes < 2*20_000 {
		t.Errorf("%+v, %v", need, err)
	}
}
