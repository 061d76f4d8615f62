//go:build linux

package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of some megabytes, where this may be done.
func smallDisk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestDiskFullLosesNothing indexes onto a small disk until it is full, with a
// server and without, and makes room again.
func TestDiskFullLosesNothing(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "size=6m")
	p := newProgram(t)
	p.data = filepath.Join(disk, "data")
	docs := newVersions(t)
	docs.change(t)
	p.ok("index", docs.folder)
	acked := docs.titles()
	ballast := filepath.Join(disk, "ballast")
	for _, work := range [][]string{{"index"}, {"index", "--rebuild"}, {"backup", filepath.Join(disk, "backup.tar")}} {
		fillDisk(t, ballast)
		docs.change(t)
		args := append(work, docs.folder, "--force")
		if work[0] == "backup" {
			args = work
		}
		_, said, code := p.run(args...)
		if code != exitFailed || !strings.Contains(said, "no space left") && !strings.Contains(said, "not enough room") {
			t.Errorf("%v on a full disk: exit %d: %s", work, code, said)
		}
		checkMixture(t, "full", p.titles(), []map[string]bool{acked, docs.titles()})
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		p.ok("verify")
		p.ok("index", docs.folder, "--force")
		if acked = docs.titles(); !maps.Equal(p.titles(), acked) {
			t.Errorf("after %v: with room again it has %d documents, want %d", work, len(p.titles()), len(acked))
		}
	}
	t.Run("server", func(t *testing.T) { p.fullServer(docs, ballast) })
}

// fullServer fills the disk under a server, which goes on answering and writes
// again when there is room.
func (p *program) fullServer(docs *versions, ballast string) {
	p.Helper()
	server, said := p.command(p.Context(), "serve", "--addr", "127.0.0.1:0", "-q")
	if err := server.Start(); err != nil {
		p.Fatal(err)
	}
	defer func() {
		_ = server.Process.Signal(os.Interrupt)
		if err := server.Wait(); err != nil {
			p.Errorf("the server ended with %v: %s", err, said)
		}
	}()
	p.listening(said)
	before := p.titles()
	fillDisk(p.T, ballast)
	docs.change(p.T)
	if _, told, code := p.run("index", docs.folder, "--force"); code != exitFailed {
		p.Errorf("indexing on a full disk: exit %d: %s", code, told)
	}
	checkMixture(p.T, "served from a full disk", p.titles(), []map[string]bool{before, docs.titles()})
	if err := os.Remove(ballast); err != nil {
		p.Fatal(err)
	}
	p.ok("index", docs.folder, "--force")
	if now := p.titles(); !maps.Equal(now, docs.titles()) {
		p.Errorf("with room again the server has %d documents, want %d", len(now), len(docs.of))
	}
}

// fillDisk writes until there is no room.
func fillDisk(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 64 << 10; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
}

// TestReadOnlyDisk: nothing can be locked or written there, and that is said.
func TestReadOnlyDisk(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "size=8m")
	p := newProgram(t)
	p.data = filepath.Join(disk, "data")
	docs := t.TempDir()
	if err := os.WriteFile(filepath.Join(docs, "a.txt"), []byte("A ferry crosses the river."), 0o600); err != nil {
		t.Fatal(err)
	}
	p.ok("index", docs)
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"search", "ferry"}, {"status"}, {"index", docs}, {"verify"}, {"serve", "--addr", "127.0.0.1:0"}, {"backup", filepath.Join(t.TempDir(), "b.tar")}} {
		if _, said, code := p.run(args...); code != exitFailed || !strings.Contains(said, "read-only file system") {
			t.Errorf("%v: exit %d: %s", args, code, said)
		}
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	p.ok("search", "ferry")
	p.ok("verify")
}
