package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"rapport/search/bench"
)

// printBench prints a report as tables.
func printBench(w io.Writer, r *bench.Report) {
	m, c, x := r.Machine, r.Corpus, r.Index
	fmt.Fprintf(w, "machine   %s, %s, %s/%s\n", count(m.CPUs, "processor"), m.Go, m.OS, m.Arch)
	fmt.Fprintf(w, "corpus    %s, %s, %.1f MB of text\n", count(c.Documents, "document"), count(c.Facts, "fact"), float64(c.RawBytes)/1e6)
	fmt.Fprintf(w, "indexing  %.0f documents/s, %.0f per CPU-second, index %.1f MB (%.2f of the text), peak memory %.0f MB\n",
		x.DocsPerSecond, x.DocsPerCPUSecond, float64(x.IndexBytes)/1e6, x.IndexToRaw, x.PeakRSS)
	if f := r.Facts; f != nil {
		fmt.Fprintf(w, "facts     %d from a file of %.1f MB: %.0f/s, %.0f per CPU-second, index +%.1f MB, peak memory %.0f MB, %d stale\n",
			f.Facts, float64(f.FileBytes)/1e6, f.FactsPerSecond, f.FactsPerCPUSecond, float64(f.IndexBytes)/1e6, f.PeakRSS, f.Stale)
	}
	fmt.Fprintf(w, "opening   %.1f ms, first search %.1f ms\n", r.Opening.Open, r.Opening.FirstSearch)
	if c := r.Compared; c != nil {
		fmt.Fprintf(w, "compared  %d questions with %s: %d have other totals or counts\n", c.Questions, c.Engine, c.Different)
		for _, e := range c.Examples {
			fmt.Fprintf(w, "          %s\n", clean(e))
		}
	}
	fmt.Fprintln(w)
	printSearches(w, r.Searches)
}

// printSearches prints a line for each way of asking.
func printSearches(w io.Writer, list []bench.Search) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "class\tasked for\tengine\thits\tp50 ms\tp90 ms\tp99 ms\tper s\tallocs\tkB\t")
	for _, s := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%.2f\t%.2f\t%.2f\t%.0f\t%.0f\t%.0f\t\n",
			s.Class, askedFor(s), s.Engine, s.Hits, s.P50, s.P90, s.P99, s.PerSecond, s.Allocs, s.KBytes)
	}
	t.Flush()
}

// askedFor says what was asked for besides hits.
func askedFor(s bench.Search) string {
	if s.Page {
		return "page"
	}
	var parts []string
	if s.Facets > 0 {
		parts = append(parts, count(s.Facets, "facet"))
	}
	if s.Selected > 0 {
		parts = append(parts, fmt.Sprintf("%d selected", s.Selected))
	}
	if s.Snippets {
		parts = append(parts, "snippets")
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, ", ")
}
