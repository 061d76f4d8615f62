package indexer

import (
	"reflect"
	"strings"
	"testing"

	"rapport/corpus"
)

// A file that is read in part, such as a mail that is cut off, stays the
// document that it could become, and the report says what is missing.
func TestFileReadInPartStaysADocument(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": ". beginning of it\na first words\na bad\n. bad"})
	report := b.run(b.source(""))
	if got := b.index.paths(); report.Added != 2 || len(report.Skipped) != 0 || len(got) != 2 {
		t.Errorf("added %d, skipped %v, holds %v", report.Added, report.Skipped, got)
	}
	if w := strings.Join(report.Warnings, "\n"); !strings.Contains(w, "docs/m.box: read in part: corrupt: it is bad") || !strings.Contains(w, "m.box!a: read in part") {
		t.Errorf("warnings %s", w)
	}
}

// What a document lacks stays with it, whatever runs come after, and is listed by
// the ledger until the file is whole or gone.
func TestWhatADocumentLacksIsKept(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": ". beginning of it\na first words\na bad\n. bad", "n.box": "a fine"})
	want := []corpus.Partial{{Path: "docs/m.box", Lacks: []string{"corrupt: it is bad"}}, {Path: "docs/m.box!a", Lacks: []string{"corrupt: it is bad"}}}
	lists := func(when string, want []corpus.Partial) {
		t.Helper()
		if got := b.Ledger.Partial; len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
		lacking := 0
		for _, rec := range b.index.all() {
			if rec.Document != nil && len(rec.Document.Lacks) > 0 {
				lacking++
			}
		}
		if lacking != len(want) {
			t.Errorf("%s: %d documents say that they lack something, want %d", when, lacking, len(want))
		}
	}
	b.run()
	lists("read", want)
	b.expect(b.run(), "0 0 3 0 0")
	lists("unchanged", want)
	b.Options.Reread = true
	b.expect(b.run(), "0 0 3 0 0")
	lists("read again", want)
	b.Options.Reread = false
	b.Ledger.Partial = nil // it was lost
	b.run()
	lists("listed anew", want)
	b.rebuild()
	b.run()
	lists("rebuilt", want)
	b.From = nil
	b.write(map[string]string{"m.box": ". beginning of it\na first words\n. bad"})
	b.run()
	lists("mended in part", want[:1])
	b.remove("m.box")
	b.Options.Force = true
	b.run()
	lists("gone", []corpus.Partial{})
}

// The members of a file that can be read in part only are not taken for gone.
func TestMembersOfAFileThatIsCutOffStay(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": ". beginning\na first\nb second"})
	b.run(b.source(""))
	b.write(map[string]string{"m.box": ". beginning\na first\n. bad"})
	if report := b.run(b.source("")); report.Removed != 0 {
		t.Errorf("removed %d: %v", report.Removed, report.Paths.Removed)
	}
	b.holds("docs/m.box", "docs/m.box!a", "docs/m.box!b")
	b.write(map[string]string{"m.box": ". beginning\na first"})
	if report := b.run(b.source("")); report.Removed != 1 {
		t.Errorf("of the whole file removed %d: %v", report.Removed, report.Paths.Removed)
	}
	b.holds("docs/m.box", "docs/m.box!a")
}

// What cannot be read of a mail that is a document itself is listed by every run,
// by a rebuild and by those after it.
func TestMembersThatFailedAreListedAgain(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": ". The mail\nx bad\nin!y bad\n", "n.box": ". Another\nz fine\nx bad\n"})
	b.expect(b.run(), "3 0 0 0 3")
	for range 2 {
		b.expect(b.run(), "0 0 3 0 3")
	}
	b.rebuild()
	b.expect(b.run(), "0 0 3 0 3")
	b.From = nil
	b.expect(b.run(), "0 0 3 0 3")
	b.write(map[string]string{"m.box": ". The mail\nx good\n"})
	b.expect(b.run(), "1 0 3 0 1")
	b.expect(b.run(), "0 0 4 0 1")
}

// Of two members of one name the first counts, and the report names the other.
func TestSecondMemberOfANameIsReported(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"m.box": "a first\na second"})
	report := b.run(b.source(""))
	if report.Added != 1 || len(report.Warnings) != 1 || !strings.HasPrefix(report.Warnings[0], "docs/m.box!a: there is another of this name") {
		t.Errorf("added %d, warnings %q", report.Added, report.Warnings)
	}
	if report := b.run(b.source("")); report.Unchanged != 1 {
		t.Errorf("then unchanged %d", report.Unchanged)
	}
}
