//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// faults returns how many faults a test tries: few in every run of the tests,
// and the number in RAPPORT_FAULTS for make faults.
func faults(few int) int {
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_FAULTS")); err == nil {
		return n
	}
	return few
}

// dice returns the random numbers of a test. They are the same in every run of
// the tests, and others in every make faults, which prints the RAPPORT_SEED that
// makes them come again. What processes do meanwhile is not in their hands.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(1)
	if given, err := strconv.ParseUint(os.Getenv("RAPPORT_SEED"), 10, 64); err == nil {
		seed = given
	} else if os.Getenv("RAPPORT_FAULTS") != "" {
		seed = rand.Uint64()
	}
	t.Logf("RAPPORT_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, seed))
}

// hanging is how long a command may take before it counts as hung. It is far
// more than any takes, so that a busy machine fails no test.
const hanging = 60 * time.Second

// program runs the command line in processes of their own.
type program struct {
	*testing.T
	binary  string
	data    string
	slowest time.Duration // of the commands that ran to their end
}

// newProgram makes this test's binary callable as rapport, which is what its
// workers are, too.
func newProgram(t *testing.T) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "rapport")
	if err := os.Link(self, binary); err != nil {
		if err := copyFile(self, binary); err != nil {
			t.Fatal(err)
		}
	}
	return &program{T: t, binary: binary, data: filepath.Join(t.TempDir(), "data")}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func (p *program) command(ctx context.Context, args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(ctx, p.binary, args...)
	cmd.Env = append(os.Environ(), "RAPPORT_DATA="+p.data, "RAPPORT_CONFIG=", "XDG_CONFIG_HOME="+p.data+".none")
	cmd.WaitDelay = hanging // less would cut off what a busy machine has not yet copied
	var said bytes.Buffer
	cmd.Stderr = &said
	return cmd, &said
}

// run runs a command to its end and returns its output, what it said, and its
// exit code. A panic or a hang fails the test.
func (p *program) run(args ...string) (out, said string, code int) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.Context(), hanging)
	defer cancel()
	cmd, stderr := p.command(ctx, args...)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	began := time.Now()
	err := cmd.Run()
	p.slowest = max(p.slowest, time.Since(began))
	said = stderr.String()
	if ctx.Err() != nil || strings.Contains(said, "goroutine ") || strings.Contains(said, "panic") {
		p.Fatalf("rapport %s: hung or crashed: %v\n%s", strings.Join(args, " "), err, said)
	}
	return stdout.String(), said, cmd.ProcessState.ExitCode()
}

// ok runs a command that must succeed.
func (p *program) ok(args ...string) string {
	p.Helper()
	out, said, code := p.run(args...)
	if code != exitOK {
		p.Fatalf("rapport %s: exit %d\n%s%s", strings.Join(args, " "), code, out, said)
	}
	return out
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

// titles returns the titles of all documents in the index.
func (p *program) titles() map[string]bool {
	p.Helper()
	out, said, code := p.run("search", "--json", "--limit", "100")
	if code == exitNothing || strings.Contains(said, "there is no index") {
		return map[string]bool{}
	}
	if code != exitOK {
		p.Fatalf("search: exit %d\n%s%s", code, out, said)
	}
	return p.titlesIn(out)
}

// titlesIn returns the titles in an answer, which must list all that it counts.
func (p *program) titlesIn(out string) map[string]bool {
	p.Helper()
	var answer struct {
		Total int `json:"total"`
		Hits  []struct {
			Title string `json:"title"`
		} `json:"hits"`
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		p.Fatalf("an answer: %v\n%s", err, out)
	}
	titles := map[string]bool{}
	for _, h := range answer.Hits {
		titles[h.Title] = true
	}
	if answer.Total != len(titles) {
		p.Fatalf("%d documents, and a total of %d", len(titles), answer.Total)
	}
	return titles
}

// versions is a folder of documents in versions, as titles that name both.
type versions struct {
	folder string
	of     map[int]int // version by document
	dice   *rand.Rand
}

// newVersions makes a folder without documents.
func newVersions(t *testing.T) *versions {
	t.Helper()
	docs := &versions{folder: filepath.Join(t.TempDir(), "docs"), of: map[int]int{}, dice: dice(t)}
	if err := os.Mkdir(docs.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return docs
}

// change gives some documents a new version, makes some and removes some.
func (v *versions) change(t *testing.T) {
	t.Helper()
	for range 1 + v.dice.IntN(12) {
		n := v.dice.IntN(60)
		path := filepath.Join(v.folder, fmt.Sprintf("%02d.txt", n))
		if _, there := v.of[n]; there && v.dice.IntN(6) == 0 {
			delete(v.of, n)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		v.of[n] = v.dice.IntN(1e9)
		text := v.title(n) + "\n\n" + strings.Repeat(fmt.Sprintf("In 2007 Japan sent word %d of %d.\n", n, v.of[n]), 1+v.dice.IntN(40))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (v *versions) title(n int) string { return fmt.Sprintf("Document %d version %d", n, v.of[n]) }

func (v *versions) titles() map[string]bool {
	titles := map[string]bool{}
	for n := range v.of {
		titles[v.title(n)] = true
	}
	return titles
}

// TestKilledCommandsLoseNothing kills indexing, rebuilding, backups and
// restores at random moments, also inside a server that does them for others.
// Whatever was acknowledged is there afterwards, and nothing that never was.
func TestKilledCommandsLoseNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	docs := newVersions(t)
	archive := filepath.Join(t.TempDir(), "backup.tar")
	var acked, saved map[string]bool // titles, as last acknowledged and as in the backup
	for i := range faults(14) {
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
	t.Logf("%d kills; the slowest command took %s", faults(14), p.slowest)
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

// listening waits until a server takes commands.
func (p *program) listening(said *bytes.Buffer) {
	p.Helper()
	socket := filepath.Join(p.data, "control.sock")
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if r, err := dialRemote(p.Context(), socket); err == nil {
			_ = r.Close()
			return
		}
		if time.Since(began) > hanging {
			p.Fatalf("the server does not listen: %s", said)
		}
	}
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
