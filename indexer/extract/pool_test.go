package extract

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/corpus"
)

// The test binary is its own worker: with this variable it serves files, or
// misbehaves as it says.
const (
	workerVariable = "RAPPORT_WORKER_TEST"
	victimVariable = "RAPPORT_WORKER_VICTIM"
)

func TestMain(m *testing.M) {
	switch mode := os.Getenv(workerVariable); mode {
	case "":
		os.Exit(m.Run())
	case "serve":
		if err := ServeWorker(os.Stdin, os.Stdout); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
	default:
		misbehave(mode)
	}
}

// pool returns a pool of test workers.
func pool(t *testing.T, mode string, o PoolOptions) *Pool {
	t.Helper()
	t.Setenv(workerVariable, mode)
	o.Command = []string{os.Args[0]}
	p := NewPool(o)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// through reads a file in a pool.
func through(t *testing.T, p *Pool, path, data string) ([]*corpus.Document, *corpus.SkipError) {
	t.Helper()
	var docs []*corpus.Document
	var skip *corpus.SkipError
	for doc, err := range p.Documents(context.Background(), File{Source: "src", Path: path, Data: []byte(data)}) {
		if err == nil {
			checkDocument(t, doc)
			docs = append(docs, doc)
		} else if !errors.As(err, &skip) {
			t.Errorf("%s: %v is no reason", path, err)
		}
	}
	return docs, skip
}

func TestPoolReadsAsDocumentsDoes(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1})
	for range 3 {
		docs, skip := through(t, p, "a.docx", docx(t, docxBody))
		want := one(t, "a.docx", docx(t, docxBody))
		if skip != nil || len(docs) != 1 || docs[0].Body != want.Body || docs[0].ID != want.ID || docs[0].Digest != want.Digest || len(docs[0].Pages) != 1 {
			t.Fatalf("documents %+v, %v", docs, skip)
		}
		if _, skip := through(t, p, "b.docx", docx(t, docxBody)[:700]); skip == nil || skip.Reason != corpus.SkipCorrupt || skip.Path != "b.docx" || skip.Source != "src" {
			t.Fatalf("a damaged file: %v", skip)
		}
	}
	if len(p.idle) != 1 || p.idle[0].cmd.ProcessState != nil {
		t.Error("the worker was not reused")
	}
}

func TestPoolContainsWorkers(t *testing.T) {
	for mode, want := range map[string]corpus.SkipReason{"die": corpus.SkipCorrupt, "hang": corpus.SkipTimeout, "give up and hang": corpus.SkipTimeout,
		"grow": corpus.SkipMemory, "talk": corpus.SkipTooLarge, "boast": corpus.SkipTooLarge} {
		o := PoolOptions{Workers: 1, Memory: 150 << 20}
		o.MaxText, o.Timeout = 1<<20, time.Minute // ends none of them on a busy machine
		if mode == "hang" {
			o.Timeout = 300 * time.Millisecond
		}
		p := pool(t, mode, o)
		for range 2 {
			if docs, skip := through(t, p, "a.docx", docx(t, docxBody)); len(docs) > 0 || skip == nil || skip.Reason != want {
				t.Errorf("%s: %d documents, %v, want %s", mode, len(docs), skip, want)
			}
			if len(p.idle) > 0 {
				t.Fatalf("%s: the worker waits for the next file", mode)
			}
		}
		t.Setenv(workerVariable, "serve")
		p.options.Timeout = time.Minute
		if docs, skip := through(t, p, "a.docx", docx(t, docxBody)); len(docs) != 1 {
			t.Errorf("after %s the worker was not replaced: %v", mode, skip)
		}
	}
}

// A worker tries to write and remove files, to reach servers that are there,
// and to start a program.
func TestWorkersAreConfined(t *testing.T) {
	if lacks := Unconfined(); len(lacks) > 0 {
		t.Skipf("on this system workers can %s", strings.Join(lacks, ", "))
	}
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(victimVariable, victim)
	var reached atomic.Int32
	for network, address := range map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "s")} {
		l, err := net.Listen(network, address)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		t.Setenv(workerVariable+"_"+network, l.Addr().String())
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				reached.Add(1)
				_ = conn.Close()
			}
		}()
	}
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	t.Setenv(workerVariable+"_udp", udp.LocalAddr().String())
	_, skip := through(t, pool(t, "escape", PoolOptions{Workers: 1}), "a.docx", docx(t, docxBody))
	if skip == nil || skip.Err == nil || skip.Err.Error() != "." {
		t.Errorf("worker: %v", skip)
	}
	if err := udp.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if n, _, err := udp.ReadFrom(make([]byte, 16)); err == nil || reached.Load() > 0 {
		t.Errorf("the worker sent %d bytes by UDP and opened %d connections", n, reached.Load())
	}
}

func TestPoolWithoutWorkersSaysSo(t *testing.T) {
	p := NewPool(PoolOptions{Workers: 1})
	defer p.Close()
	if docs, skip := through(t, p, "a.txt", "plain words"); len(docs) != 1 {
		t.Errorf("text needs no worker: %v", skip)
	}
	if _, skip := through(t, p, "a.docx", docx(t, docxBody)); skip == nil || skip.Reason != corpus.SkipUnreadable {
		t.Errorf("got %v", skip)
	}
}

func TestPoolIsCancelled(t *testing.T) {
	p := pool(t, "hang", PoolOptions{Workers: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	var last error
	for _, err := range p.Documents(ctx, File{Path: "a.docx", Data: []byte(docx(t, docxBody))}) {
		last = err
	}
	if !errors.Is(last, context.DeadlineExceeded) {
		t.Errorf("got %v", last)
	}
}

func TestPoolIsConcurrent(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 2})
	data := docx(t, docxBody)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if docs, skip := through(t, p, "a.docx", data); len(docs) != 1 {
				t.Errorf("got %v", skip)
			}
		})
	}
	wait.Wait()
}

// A container whose members nobody takes yet keeps no other file from being
// read: who takes results in order takes those of a later file only after an
// earlier one has been read.
func TestPoolReadsWhileResultsWait(t *testing.T) {
	p := pool(t, "serve", PoolOptions{Workers: 1})
	text := docx(t, docxBody)
	container := File{Source: "src", Path: "later.zip", Data: []byte(pack(t, "a.docx", text, "b.docx", text, "c.docx", text))}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	earlier, members := 0, 0
	for _, err := range p.Documents(ctx, container) {
		if err != nil {
			t.Fatalf("after %d members: %v", members, err)
		}
		members++
		for _, err := range p.Documents(ctx, File{Source: "src", Path: "earlier.docx", Data: []byte(text)}) {
			if err != nil {
				t.Fatalf("a file that is read meanwhile: %v", err)
			}
			earlier++
		}
	}
	if members != 3 || earlier != 3 {
		t.Errorf("%d members, and %d files meanwhile, want 3 of each", members, earlier)
	}
}

// A worker is ended when it grows while its results wait.
func TestPoolWatchesWorkersWhoseResultsWait(t *testing.T) {
	if _, err := os.Stat("/proc/self/statm"); err != nil {
		t.Skip("this system does not tell how much memory a process has")
	}
	p := pool(t, "answer and grow", PoolOptions{Workers: 1, Memory: 150 << 20})
	var reasons []corpus.SkipReason
	for _, err := range p.Documents(t.Context(), File{Source: "src", Path: "a.docx", Data: []byte(docx(t, docxBody))}) {
		var skip *corpus.SkipError
		if !errors.As(err, &skip) {
			t.Fatalf("got %v", err)
		}
		if reasons = append(reasons, skip.Reason); len(reasons) > 1 {
			continue
		}
		ends(t, skip.Err.Error())
	}
	if want := []corpus.SkipReason{corpus.SkipCorrupt, corpus.SkipMemory}; !slices.Equal(reasons, want) {
		t.Errorf("got %v, want %v", reasons, want)
	}
}

// ends waits until the process of that number has ended.
func ends(t *testing.T, process string) {
	t.Helper()
	for until := time.Now().Add(time.Minute); works(process); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("process %s is still there", process)
		}
	}
}

// works reports whether there is a process of that number that has not ended.
func works(process string) bool {
	stat, err := os.ReadFile("/proc/" + process + "/stat")
	return err == nil && !bytes.Contains(stat, []byte(") Z "))
}
