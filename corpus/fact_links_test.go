package corpus

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestFactLinks(t *testing.T) {
	var l FactLinks
	add := func(file string, line int, id string, supersedes, conflicts []string) string {
		err := l.Add(LocatedFact{Fact: Fact{ID: id, Supersedes: supersedes, ConflictsWith: conflicts}, File: file, Line: line})
		if err == nil {
			return ""
		}
		return err.Error()
	}
	add("a.facts.yaml", 1, "a", []string{"b"}, nil)
	add("a.facts.yaml", 2, "b", []string{"c"}, nil)
	add("a.facts.yaml", 3, "c", nil, []string{"x"})
	add("b.facts.yaml", 1, "d", []string{"e", "a"}, nil)
	add("b.facts.yaml", 2, "e", []string{"d"}, nil)
	if got, want := add("b.facts.yaml", 3, "a", nil, nil), `b.facts.yaml:3: fact "a": id is used before, in a.facts.yaml:1; ids must be unique`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var got []string
	for _, e := range l.Errors(nil) {
		got = append(got, e.Error())
	}
	want := []string{
		`a.facts.yaml:3: fact "c": conflicts_with names the fact "x", which does not exist`,
		`b.facts.yaml:1: fact "d": supersedes leads in a circle: a fact cannot supersede what supersedes it`,
		`b.facts.yaml:2: fact "e": supersedes leads in a circle: a fact cannot supersede what supersedes it`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestCheckFactDocument(t *testing.T) {
	date := func(s string) Date {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	tax := &Taxonomy{Partners: []Partner{{ID: "SE", Name: "Sweden", Frameworks: []Membership{{"F", date("1994"), date("2024-03-06")}}}}}
	doc := &Document{Published: date("2012-02")}
	for _, c := range []struct {
		date     string
		modality Modality
		want     string
	}{
		{"2012", "", ""},
		{"2012-03", "", `date "2012-03" is after the document's publication "2012-02"; is it planned or expected?`},
		{"2012-03", Planned, ""},
		{"1993", "", `SE (Sweden) was no partner in 1993`},
		{"", "", ""},
	} {
		f := &Fact{Partners: []PartnerID{"SE"}, Modality: c.modality, Date: FactDate{Date: date(c.date)}}
		var got []string
		for _, finding := range CheckFactDocument(f, doc, tax) {
			got = append(got, finding.Message)
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", c.date, got, c.want)
		}
	}
}

// factLines is a facts file in JSON Lines with n facts that is never held in
// memory.
type factLines struct {
	n    int
	rest []byte
}

func (l *factLines) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		if l.n == 0 {
			return 0, io.EOF
		}
		l.n--
		l.rest = fmt.Appendf(nil, `{"id":"fact-%d","kind":"contribution","statement":"Norway gave a sum in 2012.","partners":["NO"],"topics":["politics.visits"],"date":{"edtf":"2012-02","mode":"on"},"amount":{"value":"5000000","currency":"NOK","text":"5 million Norwegian kroner","measure":"single-transaction"},"event":"e-%d","evidence":{"document":"d-%d","exact":"Norway gave 5 million Norwegian kroner in February 2012"}}`+"\n", l.n, l.n, l.n%1000)
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// TestFactsStream checks that facts are not held while they are read.
func TestFactsStream(t *testing.T) {
	const n = 20000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	read := 0
	for f, err := range ReadFacts("bulk.facts.jsonl", &factLines{n: n}, sampleTaxonomy()) {
		if err != nil {
			t.Fatal(err)
		}
		if read++; read == n {
			runtime.GC()
			runtime.ReadMemStats(&after)
			if f.Fact.ID == "" {
				t.Error("a fact without an id")
			}
		}
	}
	if read != n {
		t.Fatalf("%d of %d facts", read, n)
	}
	if perFact := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / n; perFact > 100 {
		t.Errorf("%d bytes are held for each fact read", perFact)
	}
}

func BenchmarkReadFacts(b *testing.B) {
	read := 0
	for _, err := range ReadFacts("bulk.facts.jsonl", &factLines{n: b.N}, sampleTaxonomy()) {
		if err != nil {
			b.Fatal(err)
		}
		read++
	}
	b.ReportMetric(float64(read)/b.Elapsed().Seconds(), "facts/s")
}

func BenchmarkAnchor(b *testing.B) {
	body := strings.Repeat("The project cleared some land and gave some words to the wind in May. ", 14000) + "It gave $5 million to the Fund."
	a := NewAnchorer(&Document{Body: body})
	b.ResetTimer()
	for range b.N {
		if e := a.Anchor(Evidence{Exact: "gave $5 million", Prefix: "It "}); e.Status != AnchorExact {
			b.Fatal(e.Status)
		}
	}
}
