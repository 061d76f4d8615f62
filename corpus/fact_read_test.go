package corpus

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// readAll returns the facts and the messages of a facts file.
func readAll(name, content string, t *Taxonomy) (facts []Fact, messages []string) {
	for f, err := range ReadFacts(name, strings.NewReader(content), t) {
		if err != nil {
			messages = append(messages, err.Error())
			continue
		}
		facts = append(facts, f.Fact)
		for _, w := range f.Warnings {
			messages = append(messages, "warning: "+w.Error())
		}
	}
	return facts, messages
}

const sampleYAML = `document: note.md
facts:
  - id: no-001
    kind: visit
    class: event
    statement: The Minister went to Oslo on 3 May 2011.
    partners: [NO]
    topics: [politics.visits]
    places: [Oslo]
    date: {edtf: 2011-05-03, mode: on}
    evidence:
      exact: The Minister visited Oslo on 3 May 2011
      prefix: 'In the end. '
  - id: no-002
    kind: contribution
    statement: Norway gave five million kroner by 2012.
    partners: NO
    organisations: ["A; B", 'C:\D']
    date:
      edtf: 2012
      mode: as-of
      precision: year
      years: [2012]
    amount: {value: 5000000, currency: NOK, text: 5 million Norwegian kroner, measure: cumulative-total}
    evidence: {exact: Norway gave 5 million Norwegian kroner, document: 0123456789abcdef}
`

func sampleTaxonomy() *Taxonomy {
	t := &Taxonomy{
		Partners: []Partner{{ID: "NO", Name: "Norway", Aliases: []string{"NOR"}}, {ID: "SE", Name: "Sweden"}},
		Groups:   []Group{{ID: "politics", Label: "Politics"}},
		Topics:   []Topic{{ID: "politics.visits", Label: "Visits", Group: "politics"}},
	}
	t.index(&partnersFile{Partners: make([]partnerData, len(t.Partners))}, &topicsFile{Topics: make([]topicData, len(t.Topics))})
	return t
}

func TestReadYAML(t *testing.T) {
	facts, messages := readAll("no.facts.yaml", sampleYAML, sampleTaxonomy())
	if len(messages) > 0 || len(facts) != 2 {
		t.Fatalf("%d facts, messages %q", len(facts), messages)
	}
	f := facts[0]
	if f.Partners[0] != "NO" || f.Date.Mode != ModeOn || f.Date.Date.String() != "2011-05-03" {
		t.Errorf("YAML took a text for something else: %+v", f)
	}
	if f.Evidence.Document != "note.md" || facts[1].Evidence.Document != "0123456789abcdef" {
		t.Errorf("documents %q and %q", f.Evidence.Document, facts[1].Evidence.Document)
	}
	if got := facts[1].Organisations; !slices.Equal(got, []string{"A; B", `C:\D`}) {
		t.Errorf("organisations %q", got)
	}
	if a := facts[1].Amount; a.Value.String() != "5000000" || a.Currency != "NOK" {
		t.Errorf("amount %+v", a)
	}
}

// TestReadFactsLines checks that a fact knows where it stands in its file.
func TestReadFactsLines(t *testing.T) {
	want := []int{3, 14}
	var got []int
	for f, err := range ReadFacts("no.facts.yaml", strings.NewReader(sampleYAML), nil) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, f.Line)
	}
	if !slices.Equal(got, want) {
		t.Errorf("lines %v, want %v", got, want)
	}
}

func TestIsFactsFile(t *testing.T) {
	for name, want := range map[string]bool{
		"japan.facts.yaml": true, "a/b/japan.facts.yml": true, "Japan.FACTS.JSONL": true, "x.facts.csv": true,
		"japan.yaml": false, "facts.yaml": false, "japan.facts.md": false, "japan.facts": false, ".facts.yaml": false,
	} {
		if got := IsFactsFile(name); got != want {
			t.Errorf("IsFactsFile(%q) = %v", name, got)
		}
	}
}

// genFact draws a fact that CheckFact has no error for.
func genFact(t *rapid.T, i int) Fact {
	phrase := rapid.StringMatching(`[A-Za-zäß“”’0-9.,;:\\"'#&*!|>{}\[\]-][A-Za-zäß“”’0-9 .,;:\\"'#&*!|>{}\[\]\n-]{0,20}[A-Za-z0-9]`)
	phrases := func(name string) []string {
		s := rapid.SliceOfN(rapid.Map(phrase, strings.TrimSpace), 0, 3).Draw(t, name)
		if len(s) == 0 {
			return nil
		}
		return s
	}
	maybe := func(name string) string {
		if rapid.Bool().Draw(t, "has "+name) {
			return phrase.Draw(t, name)
		}
		return ""
	}
	f := Fact{
		ID: fmt.Sprintf("fact-%d", i), Kind: rapid.SampledFrom(FactKinds()).Draw(t, "kind"),
		Class:     rapid.SampledFrom(append(FactClasses(), "")).Draw(t, "class"),
		Statement: "S " + phrase.Draw(t, "statement"), Countries: phrases("countries"), Organisations: phrases("organisations"),
		People: phrases("people"), Places: phrases("places"), Role: maybe("role"), Event: maybe("event"),
		Modality: rapid.SampledFrom(append(Modalities(), "")).Draw(t, "modality"),
		Rank:     rapid.SampledFrom(append(Ranks(), "")).Draw(t, "rank"),
		Sources:  append(phrases("sources"), "source"), Note: maybe("note"), Extracted: maybe("extracted"),
	}
	if rapid.Bool().Draw(t, "partner") {
		f.Partners, f.Topics = []PartnerID{"NO", "SE"}, []TopicID{"politics.visits"}
	}
	if f.Date.Date = genDate(t); !f.Date.Date.IsZero() {
		f.Date.Mode = rapid.SampledFrom([]DateMode{"", ModeOn, ModeSince, ModeAsOf, ModeFiscal}).Draw(t, "mode")
	}
	f.Date.AsOf = genDate(t)
	words := fmt.Sprintf("it gave $%d million and 12 ships", i+1)
	if rapid.Bool().Draw(t, "amount") {
		f.Amount = &Amount{
			Value: decimal.NewFromInt(int64(i + 1)).Shift(6), Currency: "USD", Text: fmt.Sprintf("$%d million", i+1),
			Stage:   rapid.SampledFrom(append(Stages(), "")).Draw(t, "stage"),
			Measure: rapid.SampledFrom(append(Measures(), "")).Draw(t, "measure"),
			Bound:   rapid.SampledFrom(append(Bounds(), "")).Draw(t, "bound"),
		}
	}
	if rapid.Bool().Draw(t, "quantity") {
		f.Quantity = &Quantity{Value: decimal.NewFromInt(12), Unit: "ship", Text: "12 ships", What: maybe("what")}
	}
	if rapid.Bool().Draw(t, "evidence") || f.Amount != nil || f.Quantity != nil {
		f.Evidence = Evidence{
			Document: "note.md", Exact: words, Prefix: rapid.SampledFrom([]string{"", " ", "x ", " y. "}).Draw(t, "prefix"),
			Suffix: maybe("suffix"), Offset: i, End: i + len(words), Page: maybe("page"),
			Status: rapid.SampledFrom(AnchorStatuses()).Draw(t, "status"), Now: maybe("now"),
		}
	}
	return f
}

// TestFactsRoundTrip writes facts in each format and reads them back.
func TestFactsRoundTrip(t *testing.T) {
	writers := map[string]func(w io.Writer, facts []Fact) error{
		"f.facts.jsonl": func(w io.Writer, facts []Fact) error { return WriteFactsJSONL(w, slices.Values(facts)) },
		"f.facts.csv":   func(w io.Writer, facts []Fact) error { return WriteFactsCSV(w, slices.Values(facts)) },
		"f.facts.yaml":  func(w io.Writer, facts []Fact) error { return writeFactsYAML(w, "note.md", slices.Values(facts)) },
	}
	rapid.Check(t, func(t *rapid.T) {
		var want []Fact
		for i := range rapid.IntRange(1, 4).Draw(t, "facts") {
			f := genFact(t, i)
			for _, finding := range CheckFact(&f, sampleTaxonomy()) {
				if !finding.Warning {
					t.Fatalf("the generator made a wrong fact: %+v", finding)
				}
			}
			want = append(want, f)
		}
		for name, write := range writers {
			var buf bytes.Buffer
			if err := write(&buf, want); err != nil {
				t.Fatal(err)
			}
			var got []Fact
			for f, err := range ReadFacts(name, &buf, sampleTaxonomy()) {
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				got = append(got, f.Fact)
			}
			if !sameFacts(got, want) {
				t.Fatalf("%s: got %+v, want %+v", name, got, want)
			}
		}
	})
}

// sameFacts compares facts, with numbers by value.
func sameFacts(a, b []Fact) bool {
	plain := func(facts []Fact) []Fact {
		facts = slices.Clone(facts)
		for i := range facts {
			if amount := facts[i].Amount; amount != nil {
				c := *amount
				c.Value = decimal.RequireFromString(c.Value.String())
				facts[i].Amount = &c
			}
			if quantity := facts[i].Quantity; quantity != nil {
				c := *quantity
				c.Value = decimal.RequireFromString(c.Value.String())
				facts[i].Quantity = &c
			}
		}
		return facts
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

func FuzzReadFacts(f *testing.F) {
	f.Add("yaml", sampleYAML)
	f.Add("yaml", "facts: [{id: a, date: {edtf: 2011-5}}]")
	f.Add("yaml", "document: &a x\nfacts: *a")
	f.Add("jsonl", `{"id":"a","kind":"visit","statement":"S","sources":["s"]}`)
	f.Add("jsonl", "\ufeff{}\n[]\n{\"id\":{}}\nnull")
	f.Add("csv", "id,kind,statement,sources\na,visit,S,s;t\n")
	f.Add("csv", "id,date.edtf\n\"a\n")
	f.Fuzz(func(t *testing.T, format, content string) {
		facts, messages := readAll("f.facts."+format, content, sampleTaxonomy())
		for _, m := range messages {
			if !strings.Contains(m, "f.facts."+format) {
				t.Errorf("message without its file: %s", m)
			}
		}
		var buf bytes.Buffer
		if err := WriteFactsJSONL(&buf, slices.Values(facts)); err != nil {
			t.Fatal(err)
		}
		again, messages := readAll("again.jsonl", buf.String(), sampleTaxonomy())
		for _, m := range messages {
			if !strings.HasPrefix(m, "warning: ") {
				t.Fatalf("a fact that was read cannot be read again: %s", m)
			}
		}
		if !sameFacts(facts, again) {
			t.Fatalf("read %+v, then %+v", facts, again)
		}
	})
}

// TestReadJSONFaults checks what is said of lines that are no JSON, and that
// reading goes on behind them.
func TestReadJSONFaults(t *testing.T) {
	const good = `{"id":"a","kind":"visit","statement":"A.","places":["Oslo"],"sources":["B"]}`
	for line, want := range map[string]string{
		`{"id":"x",}`:                 "not valid JSON: invalid character",
		`{"id":"x"`:                   "not valid JSON: the line ends before the fact does",
		`{"id":"x"} {}`:               "not valid JSON: there is more on the line than one fact",
		`{"id":"x\`:                   "not valid JSON: the line ends before the fact does",
		"{\"id\":\"x\xff\"}":          "not valid JSON: invalid UTF-8 at byte 9 of the line",
		`[[[[[[[[[[[[[[[[[1]]]]]]]]]`: "not valid JSON: nested deeper than 16 levels",
		`{"id":"x","id":"y"}`:         `field "id" is given twice`,
		`nul`:                         "not valid JSON: ",
		`17`:                          "a fact must be named fields, not a text",
	} {
		facts, messages := readAll("f.facts.jsonl", line+"\n"+good, sampleTaxonomy())
		if len(facts) != 1 || facts[0].ID != "a" || !strings.Contains(strings.Join(messages, "\n"), want) {
			t.Errorf("%s: %d facts, %q, want %q", line, len(facts), messages, want)
		}
	}
}

// TestReadFactsTellsAll checks that a problem with one field hides no other
// field's, and that nothing is said that only comes of it.
func TestReadFactsTellsAll(t *testing.T) {
	const file = `document: note.md
facts:
  - id: no-001
    kind: vist
    statment: The Minister went to Oslo.
    partners: [NX]
    date: {edtf: 2011-13, mode: on}
    amount: {value: 5, currency: USDD, text: 5 USD}
    evidence: {exact: The Minister gave 5 USD}
`
	want := []string{
		`f.facts.yaml:4: fact "no-001": unknown kind "vist"; did you mean "visit"?`,
		`f.facts.yaml:5: fact "no-001": unknown field "statment"; did you mean "statement"?`,
		`f.facts.yaml:6: fact "no-001": unknown partner "NX"; want one of NO, SE`,
		`f.facts.yaml:7: fact "no-001": date "2011-13": month 13 is not 1 to 12`,
		`f.facts.yaml:8: fact "no-001": unknown currency "USDD"; did you mean "USD"?`,
	}
	if _, got := readAll("f.facts.yaml", file, sampleTaxonomy()); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
