package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// watched is a folder that is followed and indexed.
type watched struct {
	*bench
	runs chan []string // what the index holds after each run
}

func watch(t *testing.T, w Watcher) *watched {
	t.Helper()
	b := &watched{bench: newBench(t), runs: make(chan []string, 100)}
	b.write(map[string]string{"a.txt": "a", "sub/b.txt": "b"})
	b.run()
	w.OnChange = func(context.Context) error {
		if _, err := b.try(); err != nil {
			return err
		}
		b.runs <- b.index.paths()
		return nil
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	b.Options.Force = true
	if err := w.Follow(b.root); err != nil {
		t.Fatal(err)
	}
	go func() { defer close(done); w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		<-done
		goleak.VerifyNone(t)
	})
	return b
}

// becomes waits until the index holds these paths.
func (b *watched) becomes(want ...string) {
	b.Helper()
	deadline := time.After(60 * time.Second) // far more than a busy machine needs
	var got []string
	for {
		select {
		case got = <-b.runs:
			if slices.Equal(got, want) {
				return
			}
		case <-deadline:
			b.Fatalf("the index holds %q, want %q", got, want)
		}
	}
}

func TestWatchFollowsChanges(t *testing.T) {
	b := watch(t, Watcher{Quiet: 30 * time.Millisecond})
	b.write(map[string]string{"new/deep/c.txt": "c"})
	b.becomes("docs/a.txt", "docs/new/deep/c.txt", "docs/sub/b.txt")
	b.write(map[string]string{"new/deep/d.txt": "d"})
	b.becomes("docs/a.txt", "docs/new/deep/c.txt", "docs/new/deep/d.txt", "docs/sub/b.txt")
	if err := os.Rename(filepath.Join(b.root, "sub"), filepath.Join(b.root, "moved")); err != nil {
		t.Fatal(err)
	}
	b.becomes("docs/a.txt", "docs/moved/b.txt", "docs/new/deep/c.txt", "docs/new/deep/d.txt")
	b.write(map[string]string{"moved/e.txt": "e"})
	b.remove("a.txt")
	b.becomes("docs/moved/b.txt", "docs/moved/e.txt", "docs/new/deep/c.txt", "docs/new/deep/d.txt")
}

// TestWatchWaitsUntilAFileIsWritten: what is written without a pause as long as
// Quiet is read when it is whole. On a machine that is so busy that there was
// such a pause, nothing can be said.
func TestWatchWaitsUntilAFileIsWritten(t *testing.T) {
	const quiet = 500 * time.Millisecond
	b := watch(t, Watcher{Quiet: quiet})
	f, err := os.Create(filepath.Join(b.root, "slow.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	longest, last := time.Duration(0), time.Now()
	for range 10 {
		if _, err := f.WriteString("word "); err != nil {
			t.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond)
		longest, last = max(longest, time.Since(last)), time.Now()
	}
	if early := len(b.runs) > 0; early && longest < quiet/2 {
		t.Errorf("a file that was being written was read, with %s between its writes", longest)
	}
	b.becomes("docs/a.txt", "docs/slow.txt", "docs/sub/b.txt")
}

func TestWatchDoesNotWaitForEver(t *testing.T) {
	b := watch(t, Watcher{Quiet: time.Hour, Longest: 100 * time.Millisecond})
	stop := time.After(60 * time.Second)
	for i := 0; len(b.runs) == 0; i++ {
		select {
		case <-stop:
			t.Fatal("changes without an end were never indexed")
		default:
			b.write(map[string]string{"log.txt": string(rune('a' + i%26))})
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func TestWatchComparesNowAndThen(t *testing.T) {
	b := watch(t, Watcher{Every: 50 * time.Millisecond, Quiet: time.Hour, Longest: time.Hour})
	b.write(map[string]string{"c.txt": "c"})
	b.becomes("docs/a.txt", "docs/c.txt", "docs/sub/b.txt")
}

// TestWatchTriesAgain: roots that could not be read before are tried again though
// nothing changes.
func TestWatchTriesAgain(t *testing.T) {
	b := watch(t, Watcher{Quiet: time.Hour, Longest: 50 * time.Millisecond, Retry: true})
	b.becomes("docs/a.txt", "docs/sub/b.txt")
}

// TestWatchGoesOnAfterErrors: what failed is tried again, with and without
// another change.
func TestWatchGoesOnAfterErrors(t *testing.T) {
	told := make(chan error, 10)
	b := watch(t, Watcher{Quiet: 30 * time.Millisecond, Longest: 200 * time.Millisecond, OnError: func(err error) { told <- err }})
	full := errors.New("no space left")
	b.index.mu.Lock()
	b.index.fail = failOnce(full)
	b.index.mu.Unlock()
	b.write(map[string]string{"c.txt": "c"})
	if err := <-told; !errors.Is(err, full) {
		t.Errorf("told %v", err)
	}
	b.becomes("docs/a.txt", "docs/c.txt", "docs/sub/b.txt")
	b.write(map[string]string{"d.txt": "d"})
	b.becomes("docs/a.txt", "docs/c.txt", "docs/d.txt", "docs/sub/b.txt")
}
