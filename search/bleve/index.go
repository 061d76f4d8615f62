// Package bleve is the embedded engine: an index in a folder, written through
// bleve's storage layer (scorch) and read by an evaluator of its own.
//
// Writing goes through scorch: batches become immutable segments, which
// plugin.go makes, segments are merged in the background, and a snapshot of
// all of them is replaced atomically. Reading takes the segments of one snapshot and works
// on their dictionaries and postings: sets of records are bitmaps, facets are
// counted in dense columns (see column.go), scores are added up for the
// records of the answer alone.
package bleve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"

	"rapport/corpus"
	"rapport/search"
)

// Errors of opening an index, wrapped with what to do.
var (
	// ErrLocked means that another process has the index open.
	ErrLocked = errors.New("the index is open in another process")
	// ErrFailed means that an earlier batch could not be written. The index
	// answers from what it held before, and must be opened again to write.
	ErrFailed = errors.New("the index stopped writing after an error")
)

// lockTimeout is how long Open waits for another process to let go.
const lockTimeout = "500ms"

// refreshInterval is how often segments merged in the background are taken
// up. Content does not change with them.
const refreshInterval = 250 * time.Millisecond

// Options are what an index needs to know besides its folder.
type Options struct {
	// Taxonomy gives labels and groups to facets. Nil means none.
	Taxonomy *corpus.Taxonomy
	// Verify compares every segment with its checksum on opening, which takes
	// about 0.7 s per gigabyte.
	Verify bool
	// Lazy leaves what questions need, such as columns, until one asks. It
	// saves time and memory where an index is written and hardly asked.
	Lazy bool

	// apart leaves segments apart until the end of a run. Tests set it, which
	// must not depend on what the store merges when.
	apart bool
}

// Index is an index in a folder. It implements search.Engine and
// indexer.Sink. Reading is safe for concurrent use and concurrent with
// writing; writing is one call at a time.
type Index struct {
	dir      string
	taxonomy *corpus.Taxonomy
	lazy     bool
	groups   map[corpus.TopicID]corpus.TopicID // by topic
	store    *scorch.Scorch
	queue    *index.AnalysisQueue
	columns  *columnCache
	fuzzy    automata
	turns    turns
	builders builderPool
	rooms    rooms

	writing sync.Mutex // held by what writes
	failed  atomic.Pointer[error]

	mu      sync.Mutex // guards current and closed
	current *view
	closed  bool

	closing context.Context // of what is done in the background
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Create makes an empty index in dir, which must be empty or not exist.
func Create(dir string, o Options) (*Index, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("create index: %w", err)
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("create index in %s: the folder is not empty", dir)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	x, err := open(dir, o)
	if err != nil {
		return nil, err
	}
	first := state{}
	if o.Taxonomy != nil {
		first.Taxonomy = o.Taxonomy.Digest()
	}
	b := index.NewBatch()
	b.SetInternal([]byte(internalSchema), []byte(strconv.Itoa(schemaVersion)))
	if err := x.commit(context.Background(), b, first); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	x.start()
	return x, nil
}

// Open opens the index in dir. It fails within a second when another process
// has it open (ErrLocked), with search.ErrLayout when the layout is another one, and
// with search.ErrDamaged when it cannot be read.
func Open(dir string, o Options) (*Index, error) {
	if _, err := os.Stat(filepath.Join(dir, "root.bolt")); err != nil {
		return nil, fmt.Errorf("no index in %s: %w; make one with rapport index", dir, err)
	}
	err := guard("open "+dir, func() error { return preflight(dir, o.Verify) })
	if err != nil {
		return nil, openError(dir, err)
	}
	x, err := open(dir, o)
	if err != nil {
		return nil, err
	}
	err = guard("open "+dir, x.check)
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	x.start()
	return x, nil
}

func open(dir string, o Options) (*Index, error) {
	x := &Index{
		dir: dir, taxonomy: o.Taxonomy, lazy: o.Lazy, columns: newColumnCache(), turns: newTurns(),
		queue: index.NewAnalysisQueue(1),
	}
	x.closing, x.stop = context.WithCancel(context.Background())
	if x.taxonomy == nil {
		x.taxonomy = &corpus.Taxonomy{}
	}
	x.groups = groupsOf(x.taxonomy)
	registered().failures.Delete(filepath.Clean(dir))
	err := guard("open "+dir, func() error {
		store, err := scorch.NewScorch(scorch.Name, storeConfig(dir, o.apart), x.queue)
		if err != nil {
			return err
		}
		if err := store.Open(); err != nil {
			return err
		}
		x.store = store.(*scorch.Scorch)
		return nil
	})
	if err != nil {
		x.queue.Close()
		return nil, openError(dir, err)
	}
	return x, nil
}

// openError says what went wrong on opening.
func openError(dir string, err error) error {
	switch {
	case errors.Is(err, search.ErrDamaged):
		return err
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("open %s: %w: stop that process, or ask it", dir, ErrLocked)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("open %s: %w", dir, err)
	}
	return fmt.Errorf("open %s: %w: %w; restore a backup, or index the sources again with --rebuild", dir, search.ErrDamaged, err)
}

// storeConfig is what scorch is told. A batch is persisted before it is
// acknowledged, which is the default.
func storeConfig(dir string, apart bool) map[string]any {
	config := map[string]any{
		"path":         filepath.Clean(dir),
		"bolt_timeout": lockTimeout,

		"forceSegmentType":    segmentType,
		"forceSegmentVersion": int(segmentVersion),
	}
	if apart { // any number of segments of any size
		config["scorchMergePlanOptions"] = map[string]any{"MaxSegmentsPerTier": 1 << 20, "FloorSegmentSize": 1}
	}
	return config
}

// check compares what was opened with what the index says it holds.
func (x *Index) check() error {
	v, err := x.load()
	if err != nil {
		return err
	}
	x.publish(v)
	documents, facts := v.count(search.Documents), v.count(search.Facts)
	if documents != v.state.Documents || facts != v.state.Facts {
		return fmt.Errorf("open %s: %w: it should hold %d documents and %d facts, and holds %d and %d; restore a backup, or index the sources again with --rebuild",
			x.dir, search.ErrDamaged, v.state.Documents, v.state.Facts, documents, facts)
	}
	return nil
}

// readState returns the state kept in a snapshot of the store.
func readState(dir string, internal map[string][]byte) (state, error) {
	var s state
	schema, ok := internal[internalSchema]
	if !ok {
		return s, fmt.Errorf("open %s: %w: it says nothing about itself; index the sources again with --rebuild", dir, search.ErrDamaged)
	}
	if string(schema) != strconv.Itoa(schemaVersion) {
		return s, fmt.Errorf("open %s: %w: version %s, and this program reads %d; index the sources again with --rebuild", dir, search.ErrLayout, schema, schemaVersion)
	}
	if err := json.Unmarshal(internal[internalState], &s); err != nil {
		return s, damaged("open "+dir, err)
	}
	return s, nil
}

// start begins to build the columns of the first view and to follow merges. A
// search that comes first builds the columns it needs itself.
func (x *Index) start() {
	x.done.Add(1)
	go func() {
		defer x.done.Done()
		if v, err := x.acquire(); err == nil {
			_ = x.warm(v) // a damaged segment is reported by the search that meets it
			v.release()
		}
		x.follow()
	}()
}

// Close releases the index. Snapshots that were acquired before stay
// readable until they are released.
func (x *Index) Close() error {
	x.mu.Lock()
	if x.closed {
		x.mu.Unlock()
		return nil
	}
	x.closed = true
	v := x.current
	x.current = nil
	x.mu.Unlock()

	x.stop()
	x.done.Wait()
	x.writing.Lock()
	defer x.writing.Unlock()
	if v != nil {
		v.release()
	}
	return x.closeStore()
}

// closeStore lets the folder go. It is called with writing held.
func (x *Index) closeStore() error {
	if x.store == nil {
		return nil
	}
	err := guard("close "+x.dir, x.store.Close)
	x.store = nil
	x.queue.Close()
	return err
}

// TaxonomyDigest returns the digest of the taxonomy that the records were
// tagged with.
func (x *Index) TaxonomyDigest(ctx context.Context) (string, error) {
	v, err := x.acquire()
	if err != nil {
		return "", err
	}
	defer v.release()
	return v.state.Taxonomy, nil
}
