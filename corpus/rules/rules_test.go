package rules

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/corpus"
	"rapport/corpus/corpustest"
)

// statements returns what is read out of a text, one kind after the other
// unless kinds is empty.
func statements(t testing.TB, text string, kinds ...corpus.FactKind) []string {
	if len(kinds) == 0 {
		kinds = Kinds()
	}
	var said []string
	doc := &corpus.Document{ID: "d", Body: text}
	for _, f := range Extract(doc, goldTaxonomy(t), Options{Kinds: kinds}) {
		checkFact(t, doc, f)
		said = append(said, string(f.Kind)+": "+f.Statement)
	}
	return said
}

// checkFact checks what every extracted fact must be: legal, anchored, marked.
func checkFact(t testing.TB, doc *corpus.Document, f corpus.Fact) {
	t.Helper()
	for _, finding := range corpus.CheckFact(&f, nil) {
		if !finding.Warning {
			t.Errorf("%s %q: %s", f.Kind, f.Evidence.Exact, finding.Message)
		}
	}
	if doc.Body[f.Evidence.Offset:f.Evidence.End] != f.Evidence.Exact {
		t.Errorf("%q does not stand at its offset", f.Evidence.Exact)
	}
	if f.Extracted != string(f.Kind)+"@"+Version {
		t.Errorf("a %s is marked %q", f.Kind, f.Extracted)
	}
}

func TestEvents(t *testing.T) {
	for text, want := range map[string][]string{
		"Japanese Foreign Minister Taro Aso visited NATO Headquarters on 3 May 2011 and met the Secretary General.": {
			"visit: Taro Aso (Foreign Minister of Japan) visited NATO Headquarters on 3 May 2011.",
			"meeting: Taro Aso (Foreign Minister of Japan) met the Secretary General on 3 May 2011.",
		},
		"NATO’s Secretary General visited Tokyo in April 2005 and again in December 2007.": {
			"visit: The Secretary General of NATO visited Tokyo in April 2005.",
			"visit: The Secretary General of NATO visited Tokyo in December 2007.",
		},
		"The Prime Minister of Norway will visit Tokyo in May 2031.": nil,
		"The Prime Minister of Norway has not visited Tokyo.":        nil,
		"The Prime Minister of Norway was invited to visit Tokyo.":   nil,
		"In May, Under Secretary of State Fritz Tarlenheim visited Tokyo in 2011.": {
			"visit: Fritz Tarlenheim (Under Secretary of State) visited Tokyo in 2011.",
		},
		"The Prime Minister of Norway met the NATO (NATO) Secretary General Fritz Tarlenheim on 3 May 2011.":               nil,
		"The Prime Minister of Norway met with the President of the Grand Ruritanian League Fritz Tarlenheim in Strelsau.": nil,
		"Norway's exports met the targets of 2011.":                                                                        nil,
		"The Secretary General addressed the issue of mines in March 2011.":                                                nil,
		"Norwegian Prime Minister Kari Nordmann addressed the North Atlantic Council.":                                     {"address: Kari Nordmann (Prime Minister of Norway) addressed North Atlantic Council."},
		"President Kari Nordmann signed the Infrastructure Act in 2021.":                                                   nil,
		"Georgia and Norway signed a Memorandum of Understanding on 2 March 2014.":                                         {"agreement: Georgia and Norway signed this: Memorandum of Understanding on 2 March 2014."},
		"Finland joined the Partnership for Peace in 1994.":                                                                {"membership: Finland joined Partnership for Peace in 1994."},
		"The minister was joined by Finland in 1994.":                                                                      nil,
		"In 2009 Japan deployed 40 soldiers to Iraq.":                                                                      {"deployment: Japan deployed people or means to Iraq in 2009.", "quantity: The text counts 40 soldiers."},
		"Japan pledged $20 million to the United Nations in February 2012.":                                                {"contribution: Japan pledged $20 million to United Nations in February 2012."},
		"Japan did not give $20 million.":                                                                                  {"amount: The text names a sum of $20 million."},
		"Kari Nordmann was appointed Prime Minister on 3 May 2011.":                                                        nil,
		"President Kari Nordmann was appointed Secretary General on 3 May 2011.":                                           {"appointment: Kari Nordmann (President), appointment: Secretary General on 3 May 2011."},
		"The costs are $5 per head.":                                                                                       {"amount: The text names a sum of $5."},
		"Press Release (2005) 016 of the 22nd Battalion says that Article 14 has 3 meanings":                               nil,
	} {
		if got := statements(t, text); !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestDistractors(t *testing.T) {
	for _, text := range []string{
		"Press Release (2005) 016", "Resolution 1386 stands", "the 22nd Brigade", "the 7th Consultations", "Article 2001 of it",
		"call 2005 1234", "$2011", "2,011 men", "a crew of 2011 people", "Flight 2010", "Fiscal Year 2012", "FY 2012",
		"He may march.", "May we go", "Section 1999 says",
	} {
		if got := Dates(text); len(got) > 0 {
			t.Errorf("%q: found the date %s", text, got[0].Date)
		}
	}
	for _, text := range []string{
		"Article 14 countries", "the 22nd Battalion", "between 10 and 20 people", "10 to 20 people", "10-20 people", "one person",
		"an A-10 aircraft", "Battalion 5 soldiers", "5th year", "page 12 people",
		"Fiscal Year 2022 funds", "FY 2022 projects", "the May 2022 projects", "our 2022 partner projects",
	} {
		for _, q := range Quantities(text) {
			if !strings.HasPrefix(q.Quantity.Text, "20 ") || strings.Contains(text, "20 people") {
				t.Errorf("%q: found the quantity %q", text, q.Quantity.Text)
			}
		}
	}
}

// Four digits that may be a year count what stands right behind them, and
// round numbers what is described.
func TestCountsThatLookLikeYears(t *testing.T) {
	for text, want := range map[string]string{"a force of 2011 soldiers": "2011 soldiers", "2000 young soldiers": "2000 young soldiers", "2,022 brave soldiers": "2,022 brave soldiers"} {
		if got := Quantities(text); len(got) != 1 || got[0].Quantity.Text != want {
			t.Errorf("%q: %v, want %q", text, got, want)
		}
	}
}

func TestRelativeDates(t *testing.T) {
	got := Dates("They met on 13 December 2007. He had come in January and on 4 May.\n\nHe came again in March.")
	want := []string{"2007-12-13", "2007-01", "2007-05-04"}
	var dates []string
	for i, d := range got {
		dates = append(dates, d.Date.String())
		if d.Derived != (i > 0) {
			t.Errorf("%s: derived %v", d.Date, d.Derived)
		}
	}
	if !slices.Equal(dates, want) {
		t.Errorf("dates %q, want %q", dates, want)
	}
}

func TestDateModes(t *testing.T) {
	for text, want := range map[string]string{
		"in May 2011": "2011-05 on", "as of May 2011": "2011-05 as-of", "since the early 1990s": "199X since", "by late 2017": "2017 by",
		"by the end of 2014": "2014 by", "through 2024": "2024 until", "until 3 May 2011": "2011-05-03 until", "in the 1990s": "199X during",
		"from 2004 to 2011": "2004/2011 during", "it should start in June 2007": "2007-06 planned", "14-15 November 2012": "2012-11-14/2012-11-15 on",
		"May 3, 2011": "2011-05-03 on", "the 3rd of May 2011": "2011-05-03 on", "the 2016 Warsaw Summit": "2016 on", "2011-05-03": "2011-05-03 on",
		"since the mid-nineties": "199X since", "between 2003 and 2005": "2003/2005 during", "3 to 5 May 2011": "2011-05-03/2011-05-05 on",
	} {
		d := Dates(text)
		if len(d) != 1 || d[0].Date.String()+" "+string(d[0].Mode) != want {
			t.Errorf("%q: %+v, want %s", text, d, want)
		}
	}
}

// TestStableIDs checks that a fact keeps its ID when text before it changes,
// and that equal words have different ones.
func TestStableIDs(t *testing.T) {
	tax := goldTaxonomy(t)
	const said = "Finland joined the Partnership for Peace in 1994."
	ids := func(body string) (ids []string) {
		for _, f := range Extract(&corpus.Document{ID: "d", Body: body}, tax, Options{Kinds: Kinds()}) {
			ids = append(ids, f.ID)
		}
		return ids
	}
	one, two := ids(said), ids("An introduction.\n\n"+said+"\n\n"+said)
	if len(one) != 1 || len(two) != 2 || one[0] != two[0] || two[0] == two[1] {
		t.Errorf("ids %q and %q", one, two)
	}
}

// TestIDsOutliveVersions checks that an ID depends neither on the version of the
// rules nor on the words that they quote, and on the value that they read.
func TestIDsOutliveVersions(t *testing.T) {
	const text = "In 1999 Finland gave $5 million, 300 tents and $5 million to the fund of the League."
	x := New(goldTaxonomy(t), Options{Kinds: Kinds()})
	ids := func(change func(s *scene, f *finding)) (ids []string) {
		w := &writer{doc: &corpus.Document{ID: "d", Body: text}, seen: map[[8]byte]int{}}
		for s := range x.scenes(text, nil, pieceTokens) {
			for _, f := range x.found(s) {
				change(s, &f)
				ids = append(ids, w.fact(s, f).ID)
			}
		}
		return ids
	}
	now := ids(func(*scene, *finding) {})
	if len(now) != 3 || now[0] == now[1] || now[0] == now[2] || now[1] == now[2] {
		t.Fatalf("ids %q", now)
	}
	if shorter := ids(func(_ *scene, f *finding) { f.actors, f.targets, f.date = nil, nil, nil }); !slices.Equal(shorter, now) {
		t.Errorf("ids %q with less evidence, %q before", shorter, now)
	}
	other := ids(func(_ *scene, f *finding) {
		if f.sum != nil {
			sum := *f.sum
			sum.Currency = "AUD"
			f.sum = &sum
		}
	})
	if same := slices.IndexFunc(now, func(id string) bool { return slices.Contains(other, id) }); same < 0 || len(slices.Compact(slices.Sorted(slices.Values(append(now, other...))))) != 5 {
		t.Errorf("ids %q in another currency, %q before: want those of two sums to differ", other, now)
	}
}

func TestLimit(t *testing.T) {
	body := strings.Repeat("Finland gave $5 million. ", MaxFacts+30)
	facts, left := New(goldTaxonomy(t), Options{}).Extract(&corpus.Document{ID: "d", Body: body})
	if len(facts) != MaxFacts || left != 30 {
		t.Errorf("%d facts, %d left", len(facts), left)
	}
}

func TestOtherLanguages(t *testing.T) {
	doc := &corpus.Document{ID: "d", Language: "fr", Body: "Finland gave $5 million."}
	if facts := Extract(doc, goldTaxonomy(t), Options{}); len(facts) > 0 {
		t.Errorf("a French text has facts: %+v", facts)
	}
}

// TestLinearTime reads texts of 256 kB that repeat what the rules look at. What
// takes quadratic time takes many minutes of a processor for them.
func TestLinearTime(t *testing.T) {
	x := New(goldTaxonomy(t), Options{Kinds: Kinds()})
	const size = 256 << 10
	for _, unit := range []string{
		"Japan visited and ", "President ", "1,", "1990s ", "in May ", "$5 to ", "five ", "A. ", "(", "met Japan, ", "Kari Nordmann ", "5-", "the ",
		"signed a ", "x", "2011 and ", "from 2004 ", "\n\n", "’s ", "“", "a.b.", "-",
	} {
		doc := &corpus.Document{ID: "d", Body: strings.Repeat(unit, size/len(unit))}
		before := corpustest.ProcessorTime()
		x.Extract(doc)
		if took := corpustest.ProcessorTime() - before; took > 4*time.Second {
			t.Errorf("%d bytes of %q took %v of a processor", size, unit, took)
		}
	}
}

// TestAnyText checks the invariants of facts on texts of words that mean
// something to the rules.
func TestAnyText(t *testing.T) {
	x := New(goldTaxonomy(t), Options{Kinds: Kinds()})
	word := rapid.SampledFrom(strings.Fields(`Japan Japanese NATO President Prime Minister Kari Nordmann visited met with signed an Agreement joined
		the Partnership for Peace gave $5 million EUR 1,4 20 troops to Tokyo in May 2011 on 3 since and again , . was were appointed as Secretary General
		addressed Council deployed Moldovan soldiers from 2004 the 1990s early 85 % five hundred “ ” ’s of ( ) Headquarters meeting attended Lisbon Summit`))
	space := rapid.SampledFrom([]string{" ", " ", " ", "\n", "\n\n", "\u00a0"})
	rapid.Check(t, func(r *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 80).Draw(r, "words") {
			b.WriteString(word.Draw(r, "word"))
			b.WriteString(space.Draw(r, "space"))
		}
		doc := &corpus.Document{ID: "d", Body: b.String()}
		seen := map[string]bool{}
		facts, _ := x.Extract(doc)
		for _, f := range facts {
			checkFact(t, doc, f)
			if seen[f.ID] {
				r.Fatalf("id %s twice", f.ID)
			}
			seen[f.ID] = true
			if e := corpus.Anchor(doc, f.Evidence); e.Status != corpus.AnchorExact {
				r.Fatalf("%q is %s in %q", f.Evidence.Exact, e.Status, doc.Body)
			}
		}
		if t.Failed() {
			r.Fatalf("in %q", doc.Body)
		}
	})
}

func FuzzExtract(f *testing.F) {
	x := New(goldTaxonomy(f), Options{Kinds: Kinds()})
	files, _ := os.ReadDir("testdata/gold")
	for _, file := range files {
		if data, err := os.ReadFile("testdata/gold/" + file.Name()); err == nil && strings.HasSuffix(file.Name(), ".txt") {
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := &corpus.Document{ID: "d", Body: strings.ToValidUTF8(text, "?")}
		facts, left := x.Extract(doc)
		if left > 0 && len(facts) < MaxFacts {
			t.Errorf("%d facts, %d left", len(facts), left)
		}
		for _, fact := range facts {
			if doc.Body[fact.Evidence.Offset:fact.Evidence.End] != fact.Evidence.Exact {
				t.Errorf("%q does not stand at its offset", fact.Evidence.Exact)
			}
		}
	})
}

// TestMeantPartners checks that a name which the document does not mean as a
// partner's is none.
func TestMeantPartners(t *testing.T) {
	x := New(goldTaxonomy(t), Options{Kinds: Kinds()})
	const text = "President Kari Nordmann travelled to Georgia in May 2011."
	for meant, want := range map[corpus.PartnerID]string{"GE": "GE", "AM": ""} {
		w := &writer{doc: &corpus.Document{ID: "d", Body: text}, seen: map[[8]byte]int{}}
		s := x.scenesOf(read(text), map[corpus.PartnerID]bool{meant: true})[0]
		found := x.found(s)
		if len(found) != 1 {
			t.Fatalf("%d facts", len(found))
		}
		f := w.fact(s, found[0])
		if got := strings.Join(f.Places, "") + " "; got != "Georgia " {
			t.Errorf("places %q", f.Places)
		}
		if len(f.Partners) > 1 || len(f.Partners) == 1 && string(f.Partners[0]) != want || len(f.Partners) == 0 && want != "" {
			t.Errorf("when %s is meant: partners %v", meant, f.Partners)
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	var text strings.Builder
	files, _ := os.ReadDir("testdata/gold")
	for _, file := range files {
		if data, err := os.ReadFile("testdata/gold/" + file.Name()); err == nil && strings.HasSuffix(file.Name(), ".txt") {
			text.Write(data)
		}
	}
	doc := &corpus.Document{ID: "d", Body: strings.Repeat(text.String(), 10)}
	x := New(goldTaxonomy(b), Options{})
	b.SetBytes(int64(len(doc.Body)))
	for b.Loop() {
		x.Extract(doc)
	}
}
