package indexer

import (
	"fmt"
	"strings"
	"testing"
)

func TestFactsAreAnchoredInTheirDocuments(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{
		"a.txt": "The minister came to Oslo in May.", "sub/b.txt": "The envoy left. The envoy stayed.", "c.txt": "id: see\nAll said.",
		"a.facts.jsonl": facts("f-1 a.txt came to Oslo", "f-2 sub/b.txt envoy", "f-3 see All said", "f-4 a came to Bergen", "f-5 nowhere.txt x y"),
	})
	r := b.run()
	b.expect(r, "4 0 0 0 0")
	b.expectFacts(r, 5, 0, 0, "f-2 ambiguous", "f-4 missing", "f-5 unlocated")
	b.states("f-1 a.txt exact", "f-2 sub/b.txt ambiguous", "f-3 c.txt exact", "f-4 a.txt missing", "f-5 nowhere.txt unlocated")
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "nowhere.txt") {
		t.Errorf("warnings %q", r.Warnings)
	}
	writes := len(b.index.batches)
	r = b.run()
	b.expect(r, "0 0 4 0 0")
	b.expectFacts(r, 0, 0, 0)
	if len(b.index.batches) != writes {
		t.Error("the second run wrote something")
	}
}

func TestChangedDocumentsMakeFactsStale(t *testing.T) {
	b := newBench(t)
	text := "In 2007 the partner gave $2.49 billion for roads and schools. "
	b.write(map[string]string{"a.txt": text + "It was thanked.", "b.txt": "Other words.",
		"x.facts.jsonl": strings.Replace(facts("f-1 a.txt $2.49 billion", "f-2 a.txt It was thanked"), `"exact":"$2.49 billion"`,
			`"prefix":"In 2007 the partner gave ","exact":"$2.49 billion","suffix":" for roads and schools."`, 1)})
	b.run()
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	b.write(map[string]string{"a.txt": strings.Replace(text, "$2.49 billion", "$3.1 billion", 1)})
	r := b.run()
	b.expect(r, "0 1 2 0 0")
	b.expectFacts(r, 0, 0, 0, "f-1 changed", "f-2 missing")
	if s := r.Facts.Stale[0]; s.Was != "$2.49 billion" || s.Now != "$3.1 billion" {
		t.Errorf("stale fact %+v", s)
	}
	b.write(map[string]string{"b.txt": "Other words, changed."})
	b.expectFacts(b.run(), 0, 0, 0) // stale since the run before
	b.write(map[string]string{"a.txt": text + "Moved. It was thanked."})
	b.expectFacts(b.run(), 0, 0, 0)
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	b.remove("a.txt")
	b.expectFacts(b.run(), 0, 0, 0, "f-1 unlocated", "f-2 unlocated")
	b.write(map[string]string{"a.txt": text + "It was thanked."})
	b.expectFacts(b.run(), 0, 0, 0)
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
}

func TestPlacesThatTheFileGivesCount(t *testing.T) {
	b := newBench(t)
	with := func(offset int) string {
		return strings.Replace(facts("f-1 a.txt two"), `"exact"`, fmt.Sprintf(`"offset":%d,"end":%d,"exact"`, offset, offset+3), 1)
	}
	b.write(map[string]string{"a.txt": "one two three two", "x.facts.jsonl": with(14), "y.facts.jsonl": facts("f-2 a.txt three")})
	b.expectFacts(b.run(), 2, 0, 0)
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	b.write(map[string]string{"a.txt": "one two three two four"})
	b.expectFacts(b.run(), 0, 0, 0)
	b.states("f-1 a.txt exact", "f-2 a.txt exact")
	if rec, _, _ := b.index.Record(t.Context(), b.index.facts["f-1"]); rec.Facts[0].Evidence.Offset != 14 {
		t.Errorf("found at %d", rec.Facts[0].Evidence.Offset)
	}
	b.write(map[string]string{"a.txt": "three two three two"})
	b.expectFacts(b.run(), 0, 0, 0, "f-1 ambiguous", "f-2 ambiguous")
}

// The facts of a file that is not read again keep the names by which it called
// the documents, and the places that it gave.
func TestFactsAreAnchoredAgainAsTheirFileSays(t *testing.T) {
	b := newBench(t)
	b.write(map[string]string{"a.txt": "id: X\none", "b.txt": "two",
		"x.facts.jsonl": facts("f-1 a.txt one", "f-2 X one", "f-3 b two")})
	b.run()
	b.states("f-1 a.txt exact", "f-2 a.txt exact", "f-3 b.txt exact")
	b.write(map[string]string{"a.txt": "three", "b.txt": "id: X\none two"})
	b.run(b.list("a.txt", "b.txt"))
	b.states("f-1 a.txt missing", "f-2 b.txt exact", "f-3 b.txt exact")

	hint := strings.Replace(facts("f-1 a.txt two"), `"exact"`, `"offset":8,"end":11,"exact"`, 1)
	b.write(map[string]string{"a.txt": "one two", "x.facts.jsonl": hint})
	b.run()
	b.states("f-1 a.txt moved")
	b.write(map[string]string{"a.txt": "one two two"})
	b.run(b.list("a.txt"))
	b.states("f-1 a.txt exact")
}
