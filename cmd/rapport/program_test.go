//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// hanging is how long a command may take before it counts as hung. It is far
// more than any takes, so that a busy machine fails no test.
const hanging = 60 * time.Second

// noneLeft waits until no goroutine is left but those of before.
func noneLeft(t *testing.T, before goleak.Option) {
	t.Helper()
	began := time.Now()
	err := goleak.Find(before)
	for err != nil && time.Since(began) < hanging { // goleak itself waits for two seconds at most
		err = goleak.Find(before)
	}
	if err != nil {
		t.Error(err)
	}
}

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
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "RAPPORT_FAULTS=") }) // nearly RAPPORT_FACTS
	cmd.Env = append(cmd.Env, "RAPPORT_DATA="+p.data, "RAPPORT_CONFIG=", "XDG_CONFIG_HOME="+p.data+".none")
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

// titles returns the titles of all documents in the index.
func (p *program) titles() map[string]bool {
	p.Helper()
	out, said, code := p.run("search", "--json", "--limit", "100")
	if code == exitNothing || strings.Contains(said, "there is no index") || strings.Contains(said, "have not been read to their end") {
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
