package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"rapport/corpus"
	"rapport/web"
)

// control returns the routes of the control socket: the site, the verbs that
// change the index, and profiles. Who can open the socket, a file of the
// owner alone, may use them.
func control(site http.Handler, o owner) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", web.ForOperator(site))
	mux.HandleFunc("POST /control/index", func(w http.ResponseWriter, r *http.Request) {
		var job indexJob
		stream(w, r, &job, func(ctx context.Context, report func(progress)) (corpus.Report, error) {
			return o.Index(ctx, job, report)
		})
	})
	mux.HandleFunc("POST /control/forget", func(w http.ResponseWriter, r *http.Request) {
		var source string
		stream(w, r, &source, func(ctx context.Context, _ func(progress)) (corpus.Report, error) {
			return o.Forget(ctx, source)
		})
	})
	mux.HandleFunc("POST /control/backup", handleBackup(o))
	mux.HandleFunc("POST /control/verify", handle(o.Verify))
	mux.HandleFunc("POST /control/eval", handle(o.Evaluate))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// handle decodes a job, does it and answers with its result.
func handle[Job, Result any](do func(context.Context, Job) (Result, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var job Job
		if err := json.NewDecoder(r.Body).Decode(&job); err != nil {
			http.Error(w, "reading the job: "+err.Error(), http.StatusBadRequest)
			return
		}
		result, err := do(r.Context(), job)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(result)
	}
}

// stream decodes a job, runs it and answers with lines of controlLine. A
// client that goes away ends the run at its next batch. One that reads nothing,
// as when its process is stopped, misses progress and holds up no run.
func stream(w http.ResponseWriter, r *http.Request, job any, run func(context.Context, func(progress)) (corpus.Report, error)) {
	if err := json.NewDecoder(r.Body).Decode(job); err != nil {
		http.Error(w, "reading the job: "+err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines := json.NewEncoder(w)
	flush := http.NewResponseController(w)
	said, written := make(chan progress, progressAhead), make(chan struct{})
	go func() {
		defer close(written)
		for p := range said {
			// A failed write shows as a cancelled request to the run.
			_ = lines.Encode(controlLine{Progress: &p})
			_ = flush.Flush()
		}
	}()
	report, err := run(r.Context(), func(p progress) {
		select {
		case said <- p:
		default:
		}
	})
	close(said)
	<-written
	last := controlLine{Report: &report}
	if err != nil {
		last.Error = err.Error()
	}
	_ = lines.Encode(last)
}

// progressAhead is how many lines of progress wait for a client to read.
const progressAhead = 16

// listenControl opens the control socket for the owner of the directory
// alone: it never is open to others, not even before its mode could be changed.
// The lock on the data directory is held, so a socket that is there is
// left over from a process that is gone.
func listenControl(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("removing a left over control socket: %w", err)
	}
	// The mask is that of the process. What others make meanwhile is for the
	// owner alone, too, and who owns a file can do the same with it as ever.
	mask := syscall.Umask(0o077)
	l, err := net.Listen("unix", path)
	syscall.Umask(mask)
	if err != nil {
		return nil, fmt.Errorf("opening the control socket: %w", err)
	}
	return l, nil
}

// isOfOwner reports whether a socket is one of the owner of the data directory.
// One whose path is too long lies in a folder where anybody can put one that
// answers in its place.
func isOfOwner(socket, data string) bool {
	if filepath.Dir(socket) == filepath.Clean(data) {
		return true
	}
	theirs, err := os.Lstat(socket)
	if err != nil {
		return false
	}
	own, err := os.Stat(data) // what a link leads to
	if err != nil {
		return false
	}
	a, known := theirs.Sys().(*syscall.Stat_t)
	b, alike := own.Sys().(*syscall.Stat_t)
	return known && alike && a.Uid == b.Uid
}

// goodbye is how long answers on the control socket may still take when its
// owner ends.
const goodbye = 5 * time.Second

// serveControl serves the control routes until the function that it returns is
// called, which lets running answers end.
func serveControl(l net.Listener, h http.Handler) (stop func() error) {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan struct{})
	go func() {
		defer close(served)
		// Serve ends with ErrServerClosed when it is stopped.
		_ = server.Serve(l)
	}()
	return func() error {
		ctx, cancel := context.WithTimeout(context.Background(), goodbye)
		defer cancel()
		err := server.Shutdown(ctx)
		if err != nil {
			err = server.Close() // those who still wait are told by the end of the connection
		}
		<-served
		return err
	}
}
