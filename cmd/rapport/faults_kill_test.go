//go:build unix

package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/indexer/datadir/datadirtest"
)

// TestKilledCommandsLoseNothing kills indexing, rebuilding, backups and
// restores at random moments, also inside a server that does them for others.
// Whatever was acknowledged is there afterwards, and nothing that never was.
func TestKilledCommandsLoseNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := newVersions(t)
	archive := filepath.Join(t.TempDir(), "backup.tar")
	var acked, saved map[string]bool // titles, as last acknowledged and as in the backup
	for i := range datadirtest.Faults(14) {
		before := acked
		after := time.Duration(docs.dice.IntN(150)) * time.Millisecond
		work := []string{"index", "rebuild", "backup", "restore", "server"}[i%5]
		wanted := []map[string]bool{before}
		done := false
		switch {
		case work == "backup" && acked != nil:
			if done = p.killed(after, "backup", archive); done {
				saved = acked
			}
		case work == "restore" && saved != nil:
			if done = p.killed(after, "restore", archive); done {
				acked = saved
			}
			wanted = append(wanted, saved)
		case work == "server" && acked != nil:
			docs.change(t)
			p.killedServer(after, docs.folder)
			wanted = append(wanted, docs.titles())
		default:
			docs.change(t)
			args := []string{"index", "--force", docs.folder}
			if work == "rebuild" && acked != nil {
				args = append(args, "--rebuild")
			}
			if done = p.killed(after, args...); done {
				acked = docs.titles()
			}
			wanted = append(wanted, docs.titles())
		}
		now := p.titles()
		if done && !maps.Equal(now, acked) {
			t.Fatalf("%d: %s was acknowledged: %d documents, want %d", i, work, len(now), len(acked))
		}
		checkMixture(t, fmt.Sprintf("%d: %s killed after %s", i, work, after), now, wanted)
		if len(now) > 0 {
			p.ok("verify")
		}
		p.ok("index", "--force", docs.folder)
		acked = docs.titles()
		if now := p.titles(); !maps.Equal(now, acked) {
			t.Fatalf("%d: after %s the next run made %d documents, want %d", i, work, len(now), len(acked))
		}
		if work == "backup" && saved != nil {
			other := &program{T: t, binary: p.binary, data: filepath.Join(t.TempDir(), "restored")}
			other.ok("restore", archive)
			if now := other.titles(); !maps.Equal(now, saved) && !maps.Equal(now, before) {
				t.Fatalf("%d: the backup holds %d documents, want %d", i, len(now), len(saved))
			} else {
				saved = now
			}
		}
	}
	t.Logf("%d kills; the slowest command took %s", datadirtest.Faults(14), p.slowest)
}

// checkMixture holds what an index has against the states between which it may
// be: what all of them hold is there, and nothing that none of them holds.
func checkMixture(t *testing.T, what string, now map[string]bool, states []map[string]bool) {
	t.Helper()
	for title := range states[0] {
		all := true
		for _, s := range states {
			all = all && s[title]
		}
		if all && !now[title] {
			t.Errorf("%s: %q was lost", what, title)
		}
	}
	for title := range now {
		some := false
		for _, s := range states {
			some = some || s[title]
		}
		if !some {
			t.Errorf("%s: %q came from nowhere", what, title)
		}
	}
}

// killed runs a command, kills it after a while and reports whether it had
// come to a good end before.
func (p *program) killed(after time.Duration, args ...string) bool {
	p.Helper()
	cmd, said := p.command(p.Context(), args...)
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	if strings.Contains(said.String(), "goroutine ") {
		p.Fatalf("rapport %s: %s", strings.Join(args, " "), said)
	}
	return err == nil
}

// killedServer lets a server index a folder for another process and kills it.
// That process says so, and does not hang.
func (p *program) killedServer(after time.Duration, folder string) {
	p.Helper()
	server, said := p.command(p.Context(), "serve", "--addr", "127.0.0.1:0", "-q")
	if err := server.Start(); err != nil {
		p.Fatal(err)
	}
	p.listening(said)
	timer := time.AfterFunc(after, func() { _ = server.Process.Kill() })
	defer timer.Stop()
	_, told, code := p.run("index", "--force", folder, "--rebuild")
	if code == exitFailed && !strings.Contains(told, "server") && !strings.Contains(told, "in use") {
		p.Errorf("a client of a server that was killed: %s", told)
	}
	_ = server.Process.Kill()
	_ = server.Wait() // it was killed
	if strings.Contains(said.String(), "goroutine ") {
		p.Errorf("the server crashed: %s", said)
	}
}
