//go:build unix

package datadir

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"rapport/corpus"
)

// churnDir names the data directory in the environment of a process that does
// nothing but change it.
const churnDir = "RAPPORT_TEST_CHURN"

// TestMain runs the tests, or, as a child of one of them, changes a data
// directory until it is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(churnDir); path != "" {
		if err := churn(path); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// churn makes generations, backups and reports, and says when one counts.
func churn(path string) error {
	d, err := Open(path)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		former, had, err := d.Current()
		if err != nil {
			return err
		}
		g, err := d.NewGeneration()
		if err != nil {
			return err
		}
		if err := fill(g); err != nil {
			return err
		}
		if err := d.Commit(g); err != nil {
			return err
		}
		fmt.Println(g.Name)
		if err := errors.Join(d.SaveLedger(map[string]int{"run": i}), d.AddReport(corpus.Report{Added: i})); err != nil {
			return err
		}
		if had {
			if err := d.Remove(former); err != nil {
				return err
			}
		}
		if i%3 == 2 {
			if err := copyAndRestore(d, g); err != nil {
				return err
			}
		}
	}
}

// fill writes a generation whose manifest can tell whether it is whole.
func fill(g Generation) error {
	if err := os.MkdirAll(g.Index(), 0o700); err != nil {
		return err
	}
	content := bytes.Repeat([]byte(g.Name), 5000)
	if err := WriteFile(filepath.Join(g.Index(), "segment"), content); err != nil {
		return err
	}
	if err := g.SaveTaxonomy(fstest.MapFS{"partners.yaml": {Data: []byte("title: " + g.Name)}}); err != nil {
		return err
	}
	return g.SaveManifest(Manifest{ID: g.Name, Documents: 1}, "segment")
}

func copyAndRestore(d *Dir, g Generation) error {
	var archive bytes.Buffer
	if _, err := d.Backup(ctxOf(), &archive, g, copyOf(g)); err != nil {
		return err
	}
	_, restored, err := d.Restore(ctxOf(), &archive, nil)
	if err != nil {
		return err
	}
	fmt.Println(restored.Name)
	return d.Remove(g)
}

func copyOf(g Generation) func(string) ([]string, error) {
	return func(folder string) ([]string, error) {
		return []string{"segment"}, os.CopyFS(folder, os.DirFS(g.Index()))
	}
}

// TestKilledAtAnyMoment kills a process that changes the data directory, many
// times, and looks at what is left.
func TestKilledAtAnyMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	kills := 25
	if testing.Short() {
		kills = 5
	}
	committed := ""
	for range kills {
		if last := killedChurn(t, path); last != "" {
			committed = last
		}
		d, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		g, ok, err := d.Current()
		if err != nil || ok != (committed != "") && !ok || ok && g.Name < committed {
			t.Fatalf("committed %q, current is %q, %v, %v", committed, g.Name, ok, err)
		}
		check, err := Verify(t.Context(), path, true)
		if err != nil || check.Err() != nil || ok && (check.Files != 2 || check.Merged != 0) {
			t.Fatalf("after a kill: %+v, %v", check, err)
		}
		if _, err := d.Reports(10); err != nil {
			t.Error(err)
		}
		left, err := filepath.Glob(filepath.Join(path, generationsName, "*"))
		if err != nil || len(left) > 1 {
			t.Errorf("generations left: %q, %v", left, err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// killedChurn runs a process on the directory, kills it and returns the last
// generation that it committed.
func killedChurn(t *testing.T, path string) (last string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), churnDir+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Duration(20+rand.IntN(80))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "failed") {
			t.Error(lines.Text())
		}
		last = lines.Text()
	}
	_ = cmd.Wait() // it was killed
	return last
}

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
	limit.Cur = size
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	restore = func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old) }
	t.Cleanup(restore)
	return restore
}

// TestDamageIsNamed flips or cuts every file and looks at what Verify says.
func TestDamageIsNamed(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("x")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"current", "ledger.json", "generations/0001/manifest.json", "generations/0001/index/segment", "generations/0001/taxonomy/partners.yaml"} {
		file := filepath.Join(path, name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flipped := bytes.Clone(whole)
		flipped[0] ^= 0x55
		for what, content := range map[string][]byte{"flipped": flipped, "cut": whole[:len(whole)/2], "empty": {}, "missing": nil} {
			if content == nil {
				err = os.Remove(file)
			} else {
				err = os.WriteFile(file, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			check, err := Verify(t.Context(), path, true)
			damaged := err != nil || check.Err() != nil
			// No pointer: the newest generation counts. No ledger: no run yet. No
			// segment: merged into another, or the engine says so.
			harmless := what == "missing" && (name == "ledger.json" || name == "current" || strings.Contains(name, "/index/"))
			if damaged == harmless {
				t.Errorf("%s %s: damaged %v", name, what, damaged)
			}
			if damaged && (!errors.Is(check.Err(), ErrDamaged) || !strings.Contains(check.Err().Error(), name)) {
				t.Errorf("%s %s: %v", name, what, check.Err())
			}
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if check, err := Verify(t.Context(), path, true); err != nil || check.Err() != nil {
		t.Errorf("put right again: %v, %v", check.Err(), err)
	}
}

// TestDamagedBackupIsRefused flips every so many bytes of a backup, and cuts it.
func TestDamagedBackupIsRefused(t *testing.T) {
	path := t.TempDir()
	d := open(t, path)
	g, err := d.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fill(g), d.Commit(g), d.SaveLedger("ledger"), d.AddReport(corpus.Report{Added: 7})); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if _, err := d.Backup(t.Context(), &archive, g, copyOf(g)); err != nil {
		t.Fatal(err)
	}
	other := open(t, filepath.Join(t.TempDir(), "other"))
	whole := archive.Bytes()
	for at := 0; at < len(whole); at += 499 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x55
		_, _, err := other.Restore(t.Context(), bytes.NewReader(damaged), nil)
		if err == nil && !sameContent(t, other, g) {
			t.Fatalf("byte %d flipped: restored, and not the same", at)
		}
		if _, _, err := other.Restore(t.Context(), io.LimitReader(bytes.NewReader(whole), int64(at)), nil); err == nil && !sameContent(t, other, g) {
			t.Fatalf("cut at %d of %d: restored, and not the same", at, len(whole))
		}
	}
	refused := errors.New("it does not open")
	before, had, _ := other.Current()
	if _, _, err := other.Restore(t.Context(), bytes.NewReader(whole), func(Generation) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if now, ok, err := other.Current(); err != nil || ok != had || now != before {
		t.Errorf("a refused backup was put in place: %v, %v", now, err)
	}
	info, restored, err := other.Restore(t.Context(), bytes.NewReader(whole), nil)
	if err != nil || info.Manifest.ID != g.Name || !sameContent(t, other, g) {
		t.Fatalf("%+v, %v, %v", info, restored, err)
	}
	var ledger string
	if _, err := other.LoadLedger(&ledger); err != nil || ledger != "ledger" {
		t.Errorf("ledger %q, %v", ledger, err)
	}
	if reports, err := other.Reports(1); err != nil || len(reports) != 1 || reports[0].Added != 7 {
		t.Errorf("reports %v, %v", reports, err)
	}
}

// sameContent reports whether the directory's current generation is as the
// other one.
func sameContent(t *testing.T, d *Dir, g Generation) bool {
	t.Helper()
	now, ok, err := d.Current()
	if err != nil || !ok {
		t.Fatal(err)
	}
	for _, name := range []string{"index/segment", "taxonomy/partners.yaml"} {
		a, err1 := os.ReadFile(now.file(name))
		b, err2 := os.ReadFile(g.file(name))
		if err1 != nil || err2 != nil || !bytes.Equal(a, b) {
			return false
		}
	}
	check, err := Verify(t.Context(), d.Path(), true)
	return err == nil && check.Err() == nil
}

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
