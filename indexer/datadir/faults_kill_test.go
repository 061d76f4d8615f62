//go:build unix

package datadir

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rapport/corpus"
	"rapport/indexer/datadir/datadirtest"
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
	if _, err := d.Backup(context.Background(), &archive, g, copyOf(g)); err != nil {
		return err
	}
	_, restored, err := d.Restore(context.Background(), &archive, nil)
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
	dice, committed := datadirtest.Dice(t), ""
	for range datadirtest.Faults(25) {
		if last := killedChurn(t, path, dice); last != "" {
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

// killedChurn runs a process on the directory until it has committed some
// generations, kills it a moment later and returns the last that it committed.
func killedChurn(t *testing.T, path string, dice *rand.Rand) (last string) {
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
	generations, moment := dice.IntN(5), time.Duration(dice.IntN(20_000))*time.Microsecond
	kill := func() { time.AfterFunc(moment, func() { _ = cmd.Process.Kill() }) }
	if generations == 0 {
		kill()
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "failed") {
			t.Error(lines.Text())
		}
		if last = lines.Text(); n == generations {
			kill()
		}
	}
	_ = cmd.Wait() // it was killed
	return last
}
