package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
