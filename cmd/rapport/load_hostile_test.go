//go:build linux

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// hostility is what clients do that mean no good, or do not know better.
type hostility struct {
	name string
	do   func(ctx context.Context, addr string, n int)
}

// TestHostileClients lets hostile clients loose on a server, one kind after
// the other, while good ones ask. The server stays, its memory is bounded, and
// the good ones are answered. How fast is logged.
func TestHostileClients(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := t.TempDir()
	for i := range 200 {
		text := fmt.Sprintf("A ferry crosses the river number %d.\n%s", i, strings.Repeat("In 2007 Japan gave $5 million. ", 20))
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(i, ".txt")), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.ok("index", docs)
	s := p.serve()
	addr := strings.TrimPrefix(s.url, "http://")
	calm := s.goodClients(func() { time.Sleep(time.Second) })
	t.Logf("%-14s %s", "nobody", calm)
	for _, h := range []hostility{
		{"slow", slowClients}, {"large bodies", largeBodies}, {"large headers", largeHeaders}, {"garbage", garbage},
	} {
		t.Run(h.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(min(10, load(1)))*time.Second)
			defer cancel()
			got := s.goodClients(func() { h.do(ctx, addr, 200*load(1)) })
			t.Logf("%-14s %s, most memory %d MB", h.name, got, s.peak())
			if got.failed > 0 || got.count == 0 {
				t.Errorf("of %d good requests %d failed", got.count, got.failed)
			}
			if m := s.peak(); m > 512 {
				t.Errorf("the server takes %d MB", m)
			}
		})
	}
}

// served is how good clients fared.
type served struct {
	count, failed int
	p50, p99      time.Duration
}

func (s served) String() string {
	return fmt.Sprintf("%5d good requests, %d failed, p50 %s, p99 %s", s.count, s.failed, s.p50.Round(10*time.Microsecond), s.p99.Round(10*time.Microsecond))
}

// goodClients asks 40 times a second while something goes on.
func (s *server) goodClients(meanwhile func()) served {
	done := make(chan struct{})
	go func() { defer close(done); meanwhile() }()
	client := &http.Client{Timeout: hanging}
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	var got served
	var took []time.Duration
	for {
		select {
		case <-done:
			slices.Sort(took)
			if got.count = len(took); got.count > 0 {
				got.p50, got.p99 = took[got.count/2], took[got.count*99/100]
			}
			return got
		case <-tick.C:
		}
		began := time.Now()
		resp, err := client.Get(s.url + "/api/v1/search?q=ferry&partner=JP")
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		if took = append(took, time.Since(began)); err != nil || resp.StatusCode != http.StatusOK {
			got.failed++
		}
	}
}

// peak returns the most memory that the server has had resident, in megabytes.
func (s *server) peak() int {
	s.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	if err != nil {
		s.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
			if err != nil {
				s.Fatal(err)
			}
			return kb >> 10
		}
	}
	return 0
}

// slowClients open connections and send a byte a second.
func slowClients(ctx context.Context, addr string, n int) {
	head := "GET /search?q=ferry HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + strings.Repeat("x", 200)
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", addr)
			if err != nil {
				return
			}
			defer conn.Close()
			for i := 0; i < len(head); i++ {
				if _, err := conn.Write([]byte{head[i]}); err != nil {
					return // the server has had enough
				}
				select {
				case <-ctx.Done():
					return
				case <-time.After(time.Second):
				}
			}
		})
	}
	all.Wait()
}

// zeros is a body of so many bytes.
type zeros int64

func (z *zeros) Read(p []byte) (int, error) {
	if *z <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), int64(*z))
	*z -= zeros(n)
	return int(n), nil
}

// largeBodies posts 100 MB again and again, with and without saying so.
func largeBodies(ctx context.Context, addr string, _ int) {
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				body := zeros(100 << 20)
				req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/search", &body)
				if err != nil {
					return
				}
				if i%2 == 0 {
					req.ContentLength = 100 << 20
				}
				if resp, err := http.DefaultClient.Do(req); err == nil {
					resp.Body.Close()
				}
			}
		})
	}
	all.Wait()
}

// largeHeaders sends headers of 1 MB.
func largeHeaders(ctx context.Context, addr string, _ int) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				conn, err := net.Dial("tcp", addr)
				if err != nil {
					return
				}
				_, _ = fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n\r\n", strings.Repeat("x", 1<<20)) // refused in the middle
				conn.Close()
			}
		})
	}
	all.Wait()
}

// garbage writes random bytes, which now and then begin like a request.
func garbage(ctx context.Context, addr string, _ int) {
	noise := make([]byte, 64<<10)
	for i := range noise {
		noise[i] = byte(rand.IntN(256))
	}
	for ctx.Err() == nil {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		out := bufio.NewWriter(conn)
		if rand.IntN(2) == 0 {
			_, _ = out.WriteString("GET /search?q=%ff%00&" + string(noise[:rand.IntN(2000)]) + " HTTP/1.1\r\n")
		}
		from := rand.IntN(len(noise) / 2)
		_, _ = out.Write(noise[from : from+1+rand.IntN(len(noise)/2)]) // the server may have hung up
		_ = out.Flush()
		conn.Close()
	}
}
