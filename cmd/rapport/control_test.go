package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rapport/corpus"
	"rapport/indexer/datadir"
)

// The control socket is its owner's from the moment that it is there, however
// the process was started.
func TestControlSocketIsTheOwners(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	path := filepath.Join(t.TempDir(), "s")
	l, err := listenControl(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may use the socket: %s", info.Mode())
	}
	if mask := syscall.Umask(0); mask != 0 {
		t.Errorf("the process makes files with the mask %o afterwards", mask)
	}
}

// A command that a server refuses says what the server said.
func TestRefusalsOfAServer(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	l, err := listenControl(socket)
	if err != nil {
		t.Fatal(err)
	}
	stop := serveControl(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "there is no such thing here", http.StatusNotFound)
	}))
	defer func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}()
	ctx := context.Background()
	server, err := dialRemote(ctx, socket)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for name, ask := range map[string]func() error{
		"index":  func() error { _, err := server.Index(ctx, indexJob{}, nil); return err },
		"forget": func() error { _, err := server.Forget(ctx, "x"); return err },
		"verify": func() error { _, err := server.Verify(ctx, false); return err },
		"backup": func() error { return server.Backup(ctx, io.Discard) },
	} {
		err := ask()
		if err == nil || !strings.HasSuffix(err.Error(), "the server answered 404 Not Found: there is no such thing here") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A socket that lies where anybody can put one is spoken to only when it is the
// owner's.
func TestSocketOfAnotherIsNotSpokenTo(t *testing.T) {
	data := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	socket := datadir.Socket(data)
	if filepath.Dir(socket) == data {
		t.Fatalf("%s is no path that is too long", data)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !isOfOwner(socket, data) {
		t.Error("one's own socket is not known")
	}
	if isOfOwner(socket+"-not", data) || !isOfOwner(filepath.Join(data, "control.sock"), data) {
		t.Error("a socket that is not there, or one in the directory")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can give a socket away")
	}
	if err := os.Lchown(socket, 65532, 65532); err != nil {
		t.Fatal(err)
	}
	taken := errors.New("taken")
	if _, err := own(t.Context(), data, func() (owner, error) { return nil, taken }); !errors.Is(err, taken) {
		t.Errorf("a socket of another user was spoken to: %v", err)
	}
}

// stopped is what a client gets that reads nothing until it goes on.
type stopped struct {
	*httptest.ResponseRecorder
	goesOn chan struct{}
}

func (s *stopped) Write(p []byte) (int, error) {
	<-s.goesOn
	return s.ResponseRecorder.Write(p)
}

// A client that is stopped, as with Ctrl-Z, does not hold up the run that it
// asked for, nor the end of the server. It is told how the run ended.
func TestStoppedClientHoldsUpNoRun(t *testing.T) {
	w := &stopped{httptest.NewRecorder(), make(chan struct{})}
	var job indexJob
	stream(w, httptest.NewRequest(http.MethodPost, "/control/index", strings.NewReader("{}")), &job, func(_ context.Context, report func(progress)) (corpus.Report, error) {
		report(progress{Note: "it begins"})
		for i := range 10 * progressAhead {
			report(progress{Done: i})
		}
		close(w.goesOn)
		return corpus.Report{Added: 7}, nil
	})
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	if first, last := lines[0], lines[len(lines)-1]; !strings.Contains(first, "it begins") || !strings.Contains(last, `"added":7`) || len(lines) > progressAhead+3 {
		t.Errorf("%d lines, the first %s, the last %s", len(lines), first, last)
	}
}
