package corpus

import (
	"fmt"
	"hash/maphash"
	"io"
	"iter"
	"path"
	"slices"
	"strings"
)

// LocatedFact is a fact as read from a file.
type LocatedFact struct {
	Fact Fact
	File string // as given to ReadFacts
	Line int    // where the fact begins, from 1
	// Warnings are doubts about the fact that are no errors.
	Warnings []*FactError
}

// FactsFormat is a format of facts files.
type FactsFormat string

// The formats of facts files.
const (
	FactsYAML  FactsFormat = "yaml"
	FactsJSONL FactsFormat = "jsonl"
	FactsCSV   FactsFormat = "csv"
)

// FactsFormatOf returns the format that a file's extension stands for.
func FactsFormatOf(name string) (FactsFormat, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return FactsYAML, nil
	case ".jsonl", ".ndjson":
		return FactsJSONL, nil
	case ".csv":
		return FactsCSV, nil
	}
	return "", &FactError{File: name, Message: "cannot tell the format of this facts file; want the extension .yaml, .yml, .jsonl, .ndjson or .csv"}
}

// IsFactsFile reports whether a file found among documents holds facts by its
// name: "*.facts.yaml", ".yml", ".jsonl", ".ndjson" or ".csv", in any case.
func IsFactsFile(name string) bool {
	if _, err := FactsFormatOf(name); err != nil {
		return false
	}
	base := strings.ToLower(path.Base(name))
	stem := strings.TrimSuffix(base, path.Ext(base))
	return strings.HasSuffix(stem, ".facts") && stem != ".facts"
}

// ReadFacts yields the facts of a file in the format that its name stands
// for, in order. docs/facts.md describes the formats. A fact with errors is
// not yielded: each of its errors is, as a *FactError, and reading goes on, so
// that one pass shows all that is wrong with a file. An error of r ends it.
//
// Evidence.Document is as the file names it: an ID, or a path relative to the
// file. Partners and topics are checked against t unless it is nil. Facts in
// JSON Lines and CSV are read one by one; of each, only a mark of its id is
// kept.
func ReadFacts(name string, r io.Reader, t *Taxonomy) iter.Seq2[LocatedFact, error] {
	return func(yield func(LocatedFact, error) bool) {
		format, err := FactsFormatOf(name)
		if err != nil {
			yield(LocatedFact{}, err)
			return
		}
		reader := factReader{file: name, taxonomy: t, ids: map[idMark]int32{}, seed: maphash.MakeSeed(), yield: yield}
		switch format {
		case FactsYAML:
			reader.yaml(r)
		case FactsJSONL:
			reader.jsonl(r)
		case FactsCSV:
			reader.csv(r)
		}
	}
}

// factReader is one reading of a facts file.
type factReader struct {
	file     string
	taxonomy *Taxonomy
	ids      map[idMark]int32 // line of each fact's id
	seed     maphash.Seed
	facts    int // read so far, with or without errors
	decoder  factDecoder
	yield    func(LocatedFact, error) bool
}

// idMark stands for an id in a fraction of its size: two hashes of 64 bits,
// which differ for different ids but for one chance in 10^26 among a million.
type idMark [2]uint64

func markOf(seed maphash.Seed, id string) idMark {
	return idMark{maphash.String(seed, id), maphash.String(seed, "\x00"+id)}
}

// fail yields an error of the file itself.
func (r *factReader) fail(line int, format string, args ...any) bool {
	return r.yield(LocatedFact{}, &FactError{File: r.file, Line: line, Message: fmt.Sprintf(format, args...)})
}

// fact yields the fact of a node, or its errors. Document is the file's own
// answer to where the evidence stands.
func (r *factReader) fact(n node, document ID) bool {
	r.facts++
	d := &r.decoder
	f := d.decode(n)
	if f.Evidence.Exact != "" && f.Evidence.Document == "" {
		f.Evidence.Document = document
	}
	name := f.ID
	if name == "" {
		name = fmt.Sprintf("#%d", r.facts)
	}
	located := LocatedFact{Fact: f, File: r.file, Line: n.line}
	errors := make([]*FactError, 0, len(d.problems))
	report := func(line int, message string) *FactError {
		return &FactError{File: r.file, Line: line, Fact: name, Message: message}
	}
	for _, p := range d.problems {
		errors = append(errors, report(p.line, p.message))
	}
	for _, finding := range CheckFact(&f, r.taxonomy) {
		e := report(d.lineOf(finding.Field), finding.Message)
		switch {
		case finding.Warning:
			located.Warnings = append(located.Warnings, e)
		case len(d.problems) == 0 || d.read(finding.Field):
			errors = append(errors, e) // else it may come of a field that could not be read
		}
	}
	if e := r.repeated(f.ID, d.lineOf("id")); e != "" {
		errors = append(errors, report(d.lineOf("id"), e))
	}
	slices.SortStableFunc(errors, func(a, b *FactError) int { return a.Line - b.Line })
	for _, e := range errors {
		if !r.yield(LocatedFact{}, e) {
			return false
		}
	}
	return len(errors) > 0 || r.yield(located, nil)
}

// repeated says so when the id was used before in this file.
func (r *factReader) repeated(id string, line int) string {
	if id == "" {
		return ""
	}
	mark := markOf(r.seed, id)
	if first, ok := r.ids[mark]; ok {
		return fmt.Sprintf("id is used before, in line %d; ids must be unique", first)
	}
	r.ids[mark] = int32(line)
	return ""
}
