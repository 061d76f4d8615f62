package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// hostilities are what clients do that mean no good, or do not know better, for
// as long as the context lasts, on as many connections as they are told.
var hostilities = map[string]func(ctx context.Context, addr string, connections int){
	"slow": slowClients, "large bodies": largeBodies, "large headers": largeHeaders, "garbage": garbage,
}

// beHostile is the process that does so: hostile KIND ADDRESS CONNECTIONS TIME.
// It prints how often.
func beHostile() {
	connections, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	long, err := time.ParseDuration(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	hostilities[os.Args[1]](ctx, os.Args[2], connections)
	fmt.Println(attacks.Load())
}

// attacks counts connections that were made, or bodies that were sent.
var attacks atomic.Int64

// slowClients open connections and send a byte a second.
func slowClients(ctx context.Context, addr string, connections int) {
	head := "GET /search?q=ferry HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + strings.Repeat("x", 200)
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			var d net.Dialer
			conn, err := d.DialContext(ctx, "tcp", addr)
			if err != nil {
				return
			}
			attacks.Add(1)
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
				attacks.Add(1)
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
	request := []byte("GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + strings.Repeat("x", 1<<20) + "\r\n\r\n")
	everywhere(ctx, addr, func(conn net.Conn, _ *rand.Rand) {
		_, _ = conn.Write(request) // refused in the middle
	})
}

// garbage writes random bytes, which now and then begin like a request.
func garbage(ctx context.Context, addr string, _ int) {
	noise := make([]byte, 64<<10)
	for i, dice := 0, rand.New(rand.NewPCG(9, 9)); i < len(noise); i++ {
		noise[i] = byte(dice.IntN(256))
	}
	everywhere(ctx, addr, func(conn net.Conn, dice *rand.Rand) {
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		out := bufio.NewWriter(conn)
		if dice.IntN(2) == 0 {
			_, _ = out.WriteString("GET /search?q=%ff%00&" + string(noise[:dice.IntN(2000)]) + " HTTP/1.1\r\n")
		}
		from := dice.IntN(len(noise) / 2)
		_, _ = out.Write(noise[from : from+1+dice.IntN(len(noise)/2)]) // the server may have hung up
		_ = out.Flush()
	})
}

// everywhere makes connections for one thing each, four at a time.
func everywhere(ctx context.Context, addr string, do func(net.Conn, *rand.Rand)) {
	var all sync.WaitGroup
	for i := range uint64(4) {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(i, i))
			for ctx.Err() == nil {
				conn, err := net.Dial("tcp", addr)
				if err != nil {
					return
				}
				attacks.Add(1)
				do(conn, dice)
				conn.Close()
			}
		})
	}
	all.Wait()
}
