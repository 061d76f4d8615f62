package web

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// zeros is a file of so many zero bytes.
type zeros int64

func (n *zeros) Read(p []byte) (int, error) {
	if *n <= 0 {
		return 0, io.EOF
	}
	size := min(int64(len(p)), int64(*n))
	clear(p[:size])
	*n -= zeros(size)
	return int(size), nil
}

// download serves files of zeros and tells how the writing of each went.
func download(t *testing.T, size int64, limits Limits) (*Listener, chan error) {
	t.Helper()
	written := make(chan error, 8)
	return listening(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		file := zeros(size)
		_, err := io.Copy(w, &file)
		written <- err
	}), limits), written
}

// A client that does not read loses its answer, long before the deadline of the
// answer, and a deadline of the answer ends it where nothing else does.
func TestClientThatDoesNotReadLosesItsAnswer(t *testing.T) {
	for name, limits := range map[string]Limits{
		"stalled": {Export: time.Hour, Stall: 200 * time.Millisecond},
		"late":    {Export: 200 * time.Millisecond, Queue: time.Millisecond, Stall: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, written := download(t, 1<<40, limits)
			c := connect(t, l)
			c.send(0, 0)
			if err := <-written; err == nil {
				t.Error("all was written")
			} else if timeout, ok := err.(net.Error); !ok || !timeout.Timeout() {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A client that reads slowly and steadily gets all of its answer, though the
// system takes no more from the program for much longer than a client may stall.
func TestSlowClientGetsItsAnswer(t *testing.T) {
	t.Parallel()
	const (
		stall = 500 * time.Millisecond
		pause = 25 * time.Millisecond
		size  = 12 << 20
		slow  = 2500 * time.Millisecond // it is slow for five times as long
	)
	for range 20 {
		l, written := download(t, size, Limits{Export: time.Hour, Stall: stall})
		c := connect(t, l)
		c.send(0, 0)
		res, err := http.ReadResponse(c.answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		var read, slowest int64
		last := time.Now()
		for began := last; time.Since(began) < slow; time.Sleep(pause) {
			n, _ := io.CopyN(io.Discard, res.Body, 16<<10)
			read += n
			slowest = max(slowest, int64(time.Since(last)))
			last = time.Now()
		}
		busy := time.Duration(slowest) > stall/2
		if len(written) > 0 && !busy {
			t.Fatalf("the answer was over while the client had %d bytes: %v", read, <-written)
		}
		n, err := io.Copy(io.Discard, res.Body)
		if read += n; read == size && err == nil {
			return
		}
		if !busy {
			t.Fatalf("%d bytes of %d: %v", read, size, err)
		}
		t.Log("the machine is too busy to read steadily; once more")
	}
	t.Skip("the machine is too busy to read steadily")
}
