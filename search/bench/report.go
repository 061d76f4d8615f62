package bench

import (
	"math"
	"runtime"
	"slices"
	"time"
)

// Report is what a benchmark found. Its JSON is what rapport bench --json
// prints.
type Report struct {
	Machine  Machine  `json:"machine"`
	Corpus   Corpus   `json:"corpus"`
	Index    Indexing `json:"index"`
	Facts    *Loading `json:"facts,omitempty"`
	Opening  Opening  `json:"opening"`
	Searches []Search `json:"searches"`
	// Compared says whether two engines found the same, when there were two.
	Compared *Compared `json:"compared,omitempty"`
}

// Machine is where the benchmark ran.
type Machine struct {
	CPUs int    `json:"cpus"`
	Go   string `json:"go"`
	OS   string `json:"os"`
	Arch string `json:"arch"`
}

// ThisMachine describes the machine of this process.
func ThisMachine() Machine {
	return Machine{runtime.GOMAXPROCS(0), runtime.Version(), runtime.GOOS, runtime.GOARCH}
}

// Corpus is what was indexed. RawBytes are those of titles and bodies.
type Corpus struct {
	Documents int   `json:"documents"`
	Facts     int   `json:"facts"`
	RawBytes  int64 `json:"raw_bytes"`
}

// Indexing is what indexing the documents cost. The time it takes to make or
// to read them is included.
type Indexing struct {
	DocsPerSecond    float64 `json:"docs_per_second"`
	DocsPerCPUSecond float64 `json:"docs_per_cpu_second"`
	IndexBytes       int64   `json:"index_bytes"`
	IndexToRaw       float64 `json:"index_to_raw"`
	PeakRSS          float64 `json:"peak_rss_mb"` // of the process while it indexed
}

// NewIndexing returns what indexing n documents cost, before the size of the
// index is known.
func NewIndexing(n int, c Cost) Indexing {
	return Indexing{DocsPerSecond: rate(n, c.Wall), DocsPerCPUSecond: rate(n, c.CPU), PeakRSS: PeakMemory()}
}

// Loading is what reading, checking, anchoring and indexing a facts file cost.
type Loading struct {
	Facts             int     `json:"facts"`
	FileBytes         int64   `json:"file_bytes"`
	FactsPerSecond    float64 `json:"facts_per_second"`
	FactsPerCPUSecond float64 `json:"facts_per_cpu_second"`
	IndexBytes        int64   `json:"index_bytes"` // that the facts added
	PeakRSS           float64 `json:"peak_rss_mb"`
	Stale             int     `json:"stale"` // not found where they were quoted from
}

// NewLoading returns what loading n facts cost.
func NewLoading(n int, c Cost) *Loading {
	return &Loading{Facts: n, FactsPerSecond: rate(n, c.Wall), FactsPerCPUSecond: rate(n, c.CPU), PeakRSS: PeakMemory()}
}

// Opening is how long the finished index takes to open and to answer for the
// first time, with three facets, in milliseconds.
type Opening struct {
	Open        float64 `json:"open_ms"`
	FirstSearch float64 `json:"first_search_ms"`
}

// Search is how long the questions of one class took in one way of asking.
type Search struct {
	Class    string `json:"class"`
	Engine   string `json:"engine"`
	Facets   int    `json:"facets"`
	Selected int    `json:"selected"` // facets with a selection
	Snippets bool   `json:"snippets"`
	// Page reports that the whole page was made: question read, synonyms,
	// facts, spelling.
	Page      bool    `json:"page,omitempty"`
	Hits      int     `json:"hits"` // on average
	P50       float64 `json:"p50_ms"`
	P90       float64 `json:"p90_ms"`
	P99       float64 `json:"p99_ms"`
	PerSecond float64 `json:"per_second"` // of all clients together
	Allocs    float64 `json:"allocs"`     // per search
	KBytes    float64 `json:"alloc_kb"`   // allocated per search
	Searches  int     `json:"searches"`   // that were measured
	Rounds    int     `json:"rounds"`     // that were finished
}

// Compared counts questions that two engines were asked, and those that had
// other totals or other counts of facets.
type Compared struct {
	Engine    string   `json:"engine"`
	Questions int      `json:"questions"`
	Different int      `json:"different"`
	Examples  []string `json:"examples,omitempty"`
}

// Percentile returns the smallest of the durations that is at least as long
// as the share p, 0 to 1, of all: the nearest-rank method. The durations must
// be sorted. Of none it is 0.
func Percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(p * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// best returns the round with the lowest median, sorted.
func best(rounds [][]time.Duration) []time.Duration {
	var chosen []time.Duration
	for _, r := range rounds {
		slices.Sort(r)
		if chosen == nil || Percentile(r, 0.5) < Percentile(chosen, 0.5) {
			chosen = r
		}
	}
	return chosen
}

// milliseconds rounds to a microsecond.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// NewOpening returns how long opening and a first search took.
func NewOpening(open, first time.Duration) Opening {
	return Opening{milliseconds(open), milliseconds(first)}
}
