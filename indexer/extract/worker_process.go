package extract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rapport/corpus"
)

// worker is a process that runs ServeWorker.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	limit  *answerLimit
	buffer *bufio.Reader // of limit
	said   *opening      // on standard error
	killed chan struct{} // closed by kill
	once   sync.Once
	grown  atomic.Int64 // the limit on memory for which it was ended, 0 when it was not
}

// startWorker starts a process. Its environment is empty but for the limit on
// the memory of Go, which makes it tidy up before it is killed.
func startWorker(o PoolOptions) (*worker, error) {
	if len(o.Command) == 0 {
		return nil, errors.New("no command starts a worker")
	}
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = append(workerEnvironment(), "GOMEMLIMIT="+strconv.FormatInt(o.Memory*3/4, 10), "GOMAXPROCS=1", "GOTRACEBACK=single")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w := &worker{cmd: cmd, in: in, out: out, said: &opening{}, killed: make(chan struct{})}
	cmd.Stderr = w.said
	if err := startRestricted(cmd); err != nil {
		return nil, fmt.Errorf("starting a worker: %w", err)
	}
	w.limit = &answerLimit{from: out}
	w.buffer = bufio.NewReaderSize(w.limit, 64<<10)
	return w, nil
}

// workerEnvironment returns what a worker may know of the environment: nothing
// but its own switches.
func workerEnvironment() []string {
	var env []string
	for _, v := range os.Environ() {
		if strings.HasPrefix(v, "RAPPORT_WORKER") {
			env = append(env, v)
		}
	}
	return env
}

// ask sends a file and returns the answers, a channel that is closed after
// Done, or when the worker dies.
func (w *worker) ask(f File, o PoolOptions) <-chan workAnswer {
	answers := make(chan workAnswer)
	w.limit.perAnswer = 2*o.MaxText + 16<<20
	if len(o.Converters) > 0 || len(o.OCR.Command) > 0 {
		w.limit.perAnswer += maxWaiting // files come back
	}
	go func() { // a worker that dies does not read to the end
		request, err := json.Marshal(workRequest{
			Source: f.Source, Path: f.Path, Format: f.Format, Size: f.size(), MaxBytes: o.MaxBytes, MaxText: o.MaxText, Timeout: o.Timeout,
			Name: f.name, Capture: f.capture, Converted: f.converted, Converters: o.Converters, OCR: o.OCR,
		})
		if err == nil {
			_, err = w.in.Write(append(request, '\n'))
		}
		if err == nil && f.writeTo(w.in) != nil {
			_ = w.in.Close() // the worker must not wait for the rest
		}
	}()
	go func() {
		defer close(answers)
		for {
			w.limit.left = w.limit.perAnswer
			a, err := readAnswer(w.buffer, w.limit.perAnswer)
			if errors.Is(err, errLongAnswer) {
				w.limit.left = 0 // as if it had been given
			}
			if err != nil {
				return
			}
			select {
			case answers <- a:
			case <-w.killed:
				return
			}
			if a.Done {
				return
			}
		}
	}()
	return answers
}

// tell answers what the worker asked. One that does not hear dies or is ended
// for its time.
func (w *worker) tell(r workReply) {
	line, err := json.Marshal(r)
	if err == nil {
		_, err = w.in.Write(append(line, '\n'))
	}
	if err != nil {
		_ = w.in.Close()
	}
}

func (f File) size() int64 {
	if f.Open != nil {
		return f.Size
	}
	return int64(len(f.Data))
}

// writeTo writes the content, all of its size.
func (f File) writeTo(w io.Writer) error {
	if f.Open == nil {
		_, err := w.Write(f.Data)
		return err
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.CopyN(w, in, f.Size)
	return err
}

// kill ends the process and waits for it.
func (w *worker) kill() {
	w.once.Do(func() {
		close(w.killed)
		_ = w.cmd.Process.Kill() // it may be gone already
		_ = w.in.Close()
		_ = w.cmd.Wait()
	})
}

// memoryInterval is how often the memory of a process is measured. It is ended
// a little below its limit, so as not to grow beyond it meanwhile.
const memoryInterval = 20 * time.Millisecond

// watch ends the process when it grows to nearly limit bytes, also while its
// answers wait to be taken, until stop is called.
func (w *worker) watch(limit int64) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(memoryInterval)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if w.resident() > limit/16*15 {
					w.grown.Store(limit)
					_ = w.cmd.Process.Kill() // its answers end, and died says why
					return
				}
			}
		}
	}()
	return func() { close(done); <-ended }
}

// died returns why a worker ended, as the reason for leaving out its file.
func (w *worker) died(f File) error {
	w.kill()
	if limit := w.grown.Load(); limit > 0 {
		return f.skip(corpus.SkipMemory, fmt.Errorf("the reader needed more than %d MiB", limit>>20))
	}
	said := w.said.String()
	if strings.Contains(said, "out of memory") || strings.Contains(said, "cannot allocate memory") {
		return f.skip(corpus.SkipMemory, errors.New("the reader ran out of memory"))
	}
	if w.limit.left <= 0 {
		return f.skip(corpus.SkipTooLarge, errors.New("the reader answered more than the limit on text"))
	}
	first, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	return f.skip(corpus.SkipCorrupt, fmt.Errorf("the reader died (%v) %s", w.cmd.ProcessState, first))
}

// resident returns the memory of the process in bytes, 0 where the system does
// not tell.
func (w *worker) resident() int64 {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(w.cmd.Process.Pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(stat)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// answerLimit ends the reading of an answer that is too long.
type answerLimit struct {
	from      io.Reader
	perAnswer int64
	left      int64
}

// Read reads from the worker.
func (l *answerLimit) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLongAnswer
	}
	n, err := l.from.Read(b[:min(int64(len(b)), l.left)])
	l.left -= int64(n)
	return n, err
}

// maxOpening is how many bytes of what a worker says before it dies are kept.
const maxOpening = 4 << 10

// opening keeps the first bytes that are written to it.
type opening struct {
	mu   sync.Mutex
	said []byte
}

// Write keeps the beginning of what is written.
func (o *opening) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if room := maxOpening - len(o.said); room > 0 {
		o.said = append(o.said, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

// String returns what was kept.
func (o *opening) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.said)
}
