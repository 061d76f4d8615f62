package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watcher follows folders and files and says when they should be indexed
// again.
type Watcher struct {
	// Quiet is how long nothing may have changed before OnChange is called, so
	// that files that are still being written are complete, and a renaming is
	// seen as a whole; DefaultQuiet when 0.
	Quiet time.Duration
	// Longest is how long changes may go on before OnChange is called all the
	// same; DefaultLongest when 0.
	Longest time.Duration
	// Every is how often OnChange is called even when nothing was noticed,
	// since systems lose events and network disks have none; DefaultEvery when
	// 0.
	Every time.Duration
	// OnChange makes the index agree with the roots. An error is given to
	// OnError, and the roots are tried again after Longest, once, and with
	// the next change.
	OnChange func(ctx context.Context) error
	// Retry says that the roots could not be read as they should before Run, which
	// tries them again after Longest.
	Retry bool
	// OnError is told what goes wrong meanwhile. Nil tells nobody.
	OnError func(error)

	events *fsnotify.Watcher
	roots  []string
	failed bool // OnChange did, the last time
}

// Defaults of a Watcher.
const (
	DefaultQuiet   = time.Second
	DefaultLongest = time.Minute
	DefaultEvery   = 10 * time.Minute
)

// Follow begins to notice changes of the roots, which Run is told of when it
// begins: followed before they are first indexed, no change is lost between the
// two. A folder that cannot be watched, as when the system allows no more, is
// left to the periodic comparison, and OnError is told.
func (w *Watcher) Follow(roots ...string) error {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching %v: %w", roots, err)
	}
	w.events, w.roots = events, roots
	for _, root := range roots {
		w.add(events, root)
	}
	return nil
}

// Close ends following. Run does it at its end.
func (w *Watcher) Close() error { return w.events.Close() }

// Run indexes what changes in the roots that are followed until ctx is done, and
// returns then. Calls of OnChange do not overlap.
func (w *Watcher) Run(ctx context.Context) {
	events := w.events
	defer events.Close()
	every := time.NewTicker(or(w.Every, DefaultEvery))
	defer every.Stop()
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	defer quiet.Stop()
	if w.failed = w.Retry; w.failed {
		quiet.Reset(or(w.Longest, DefaultLongest))
	}
	var since time.Time // of the first change that has not been indexed
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events.Events:
			if !ok {
				return
			}
			if !w.noteworthy(events, e) {
				continue
			}
			if since.IsZero() {
				since = time.Now()
			}
			left := or(w.Longest, DefaultLongest) - time.Since(since)
			quiet.Reset(max(0, min(or(w.Quiet, DefaultQuiet), left)))
		case err := <-events.Errors:
			// Events were lost: compare everything.
			w.tell(fmt.Errorf("watching: %w", err))
			quiet.Reset(or(w.Quiet, DefaultQuiet))
		case <-quiet.C:
			since = time.Time{}
			w.index(ctx, quiet)
		case <-every.C:
			w.index(ctx, quiet)
			for _, root := range w.roots { // folders whose making was missed
				w.add(events, root)
			}
		}
	}
}

// index calls OnChange. When it fails for the first time, as beside another run,
// the timer has it called again.
func (w *Watcher) index(ctx context.Context, again *time.Timer) {
	err := w.OnChange(ctx)
	if err != nil && ctx.Err() == nil {
		w.tell(err)
		if !w.failed {
			again.Reset(or(w.Longest, DefaultLongest))
		}
	}
	w.failed = err != nil
}

// noteworthy reports whether an event can mean a change of content, and
// follows folders that are new.
func (w *Watcher) noteworthy(events *fsnotify.Watcher, e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Lstat(e.Name); err == nil && info.IsDir() {
			w.add(events, e.Name)
		}
	}
	return true
}

// add watches a folder with all that are in it, or the folder that a file is
// in: editors replace files, which ends a watch of the file itself.
func (w *Watcher) add(events *fsnotify.Watcher, root string) {
	info, err := os.Stat(root)
	if err == nil && !info.IsDir() {
		root = filepath.Dir(root)
		err = events.Add(root)
	} else if err == nil {
		err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil && path == root:
				return err
			case err != nil:
				return nil // gone, or closed to us: the run reports it
			case !entry.IsDir():
				return nil
			}
			return events.Add(path)
		})
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.tell(fmt.Errorf("%s cannot be watched, and is compared every %v instead: %w", root, or(w.Every, DefaultEvery), err))
	}
}

func (w *Watcher) tell(err error) {
	if w.OnError != nil {
		w.OnError(err)
	}
}

// or returns d, or the default when d is 0.
func or(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
