package corpus

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestAnchor(t *testing.T) {
	const body = "The fund had 571 hectares cleared.\n\nIn all, 20 ships came in 2005. In all, 20 ships came in 2007.\n\nThey gave “$2.5 million” to it."
	for _, c := range []struct {
		name, prefix, exact, suffix string
		status                      AnchorStatus
		now                         string
	}{
		{"as quoted", "", "571 hectares", "", AnchorExact, ""},
		{"inside a number", "", "71 hectares", "", AnchorMissing, ""},
		{"head of a number", "gave “", "$2", "", AnchorMissing, ""},
		{"head of a word", "", "571 hect", "", AnchorMissing, ""},
		{"quoted out of a word", "had 571 hect", "ares cleared", ".", AnchorExact, ""},
		{"first of two", "hectares cleared.", "In all, 20 ships came", "in 2005", AnchorExact, ""},
		{"second of two", "", "In all, 20 ships came", " in 2007.", AnchorExact, ""},
		{"either of two", "", "In all, 20 ships came", " in 200", AnchorAmbiguous, ""},
		{"straight quotes", "They gave ", `"$2.5 million"`, " to it", AnchorNormalised, ""},
		{"over a paragraph", "", "cleared. In all", "", AnchorNormalised, ""},
		{"changed number", "had ", "568 hectares", " cleared.", AnchorChanged, "571 hectares"},
		{"changed number with context", "The fund had ", "568 hectares", " cleared. In all", AnchorChanged, "571 hectares"},
		{"changed at the start", "", "The fund has 571 hectares", " cleared. In", AnchorChanged, "The fund had 571 hectares"},
		{"changed before a full stop", " in 2007. They gave ", "“$3.5 million” to it", ".", AnchorChanged, "“$2.5 million” to it"},
		{"cut out", "20 ships came ", "home with 3 others ", "in 2005", AnchorMissing, ""},
		{"case differs", "", "the Fund", "", AnchorMissing, ""},
		{"nothing", "", "", "", AnchorMissing, ""},
		{"nowhere", "before it all ", "there was light", " and darkness", AnchorMissing, ""},
	} {
		e := Anchor(&Document{Body: body}, Evidence{Exact: c.exact, Prefix: c.prefix, Suffix: c.suffix})
		if e.Status != c.status || e.Now != c.now {
			t.Errorf("%s: %s %q, want %s %q", c.name, e.Status, e.Now, c.status, c.now)
		}
	}
}

// TestAnchorOtherNumbers checks that a quotation without surroundings is told
// again when its numbers alone have changed, and only where that proves the place.
func TestAnchorOtherNumbers(t *testing.T) {
	const body = "Finland gave 6 million euros to the fund in February 2013. A school for 1,250 children was built. " +
		"Some 30 experts were trained in Kabul. Some 45 experts were trained in Kabul. The rest, $3.1bn in all, was paid by twenty-two donors.\n\n" +
		"The mission lasted from 3 May 2011 to\n12 June 2012. It cleared 568 hectares."
	for _, c := range []struct{ name, exact, now string }{
		{"a sum and a year", "Finland gave 5 million euros to the fund in February 2012", "Finland gave 6 million euros to the fund in February 2013"},
		{"a sum written otherwise", "Finland gave €500,000 euros to the fund in February 2013", ""},
		{"a number without its word of magnitude", "Finland gave 5,000,000 euros to the fund", "Finland gave 6 million euros to the fund"},
		{"thousands with a space", "A school for 1 100 children was built", "A school for 1,250 children was built"},
		{"in words", "in all, was paid by nineteen donors", "in all, was paid by twenty-two donors"},
		{"with a sign before it", "The rest, $2.49 billion in all, was paid", "The rest, $3.1bn in all, was paid"},
		{"dates over a line break", "lasted from 4 May 2011 to 13 June 2012", "lasted from 3 May 2011 to\n12 June 2012"},
		{"at two places", "Some 20 experts were trained in Kabul", ""},
		{"too few words", "cleared 571 hectares", ""},
		{"another word", "Finland lent 5 million euros to the fund in February 2012", ""},
		{"another month", "Finland gave 5 million euros to the fund in March 2012", ""},
		{"no number", "Finland gave millions of euros to the fund", ""},
		{"out of a word", "inland gave 5 million euros to the fund", ""},
	} {
		e := Anchor(&Document{Body: body}, Evidence{Exact: c.exact})
		want := AnchorMissing
		if c.now != "" {
			want = AnchorChanged
		}
		if e.Status != want || e.Now != c.now {
			t.Errorf("%s: %s %q, want %s %q", c.name, e.Status, e.Now, want, c.now)
		}
	}
}

func TestAnchorHint(t *testing.T) {
	doc := &Document{
		Body:  "20 ships came. 20 ships came. 20 ships came.",
		Pages: []Page{{Label: "1", Offset: 0}, {Label: "2", Offset: 15}},
	}
	e := Anchor(doc, Evidence{Exact: "20 ships came", Offset: 15, End: 28})
	if e.Status != AnchorExact || e.Offset != 15 || e.Page != "2" {
		t.Errorf("hint among equals: %+v", e)
	}
	e = Anchor(doc, Evidence{Exact: "20 ships came", Offset: 16, End: 29})
	if e.Status != AnchorAmbiguous {
		t.Errorf("hint beside equals: %+v", e)
	}
	e = Anchor(&Document{Body: "x 20 ships came."}, Evidence{Exact: "20 ships came", Offset: 15, End: 28})
	if e.Status != AnchorMoved || e.Offset != 2 || e.End != 15 {
		t.Errorf("moved: %+v", e)
	}
}

// TestAnchorFindsEveryQuote quotes words out of a text at any place and
// anchors them in it, laid out differently.
func TestAnchorFindsEveryQuote(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "ab", "the", "NATO’s", "“ships”", "571", "2.5", "$20", "co-operation", "ä", "日本", "—", "…", "x"})
	space := rapid.SampledFrom([]string{" ", "  ", "\n", "\n\n", "\u00a0", " \t "})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 60).Draw(t, "words")
		layout := func(name string) (string, []int) {
			var b strings.Builder
			var starts []int
			for i, w := range words {
				starts = append(starts, b.Len())
				b.WriteString(w)
				if i < len(words)-1 {
					b.WriteString(space.Draw(t, name))
				}
			}
			return b.String(), append(starts, b.Len())
		}
		old, starts := layout("old")
		now, _ := layout("new")
		first := rapid.IntRange(0, len(words)-1).Draw(t, "first")
		last := rapid.IntRange(first, len(words)-1).Draw(t, "last")
		e := Evidence{
			Exact:  strings.TrimSpace(old[starts[first]:starts[last+1]]),
			Prefix: lastRunes(old[:starts[first]], MaxContext), Suffix: firstRunes(old[starts[last+1]:], MaxContext),
			Offset: starts[first],
		}
		e.End = e.Offset + len(e.Exact)
		if got := Anchor(&Document{Body: old}, e); got.Status != AnchorExact || got.Offset != e.Offset || got.End != e.End {
			t.Fatalf("in the same text: %+v, want %d to %d of %q", got, e.Offset, e.End, old)
		}
		got := Anchor(&Document{Body: now}, e)
		if got.Status == AnchorAmbiguous {
			return // a repetition; which one is meant cannot be told
		}
		if got.Status == AnchorChanged || got.Status == AnchorMissing {
			t.Fatalf("lost %q in %q: %s", e.Exact, now, got.Status)
		}
		if fold(now[got.Offset:got.End]) != strings.TrimSpace(fold(e.Exact)) {
			t.Fatalf("%q anchored at %q", e.Exact, now[got.Offset:got.End])
		}
	})
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// TestAnchorerIndex checks that a large document with many facts gives the
// same answers through the suffix array as without it.
func TestAnchorerIndex(t *testing.T) {
	var b strings.Builder
	for i := range 9000 {
		b.WriteString("On day " + strings.Repeat("i", i%17+1) + " they cleared some land. ")
	}
	doc := &Document{Body: b.String()}
	anchorer := NewAnchorer(doc)
	for i := range indexedSearch + 20 {
		e := Evidence{Exact: strings.Repeat("i", i%17+1) + " they cleared", Offset: i, End: i + 3}
		if got, want := anchorer.Anchor(e), Anchor(doc, e); got != want {
			t.Fatalf("search %d: %+v, want %+v", i, got, want)
		}
	}
	if anchorer.index == nil {
		t.Error("no index was made")
	}
}

func FuzzAnchor(f *testing.F) {
	f.Add("The fund had 571 hectares cleared.", "The fund had ", "568 hectares", " cleared.", 3)
	f.Add("“a”… b\u00adc\n\nd", "", `"a"... bc`, " d", 0)
	f.Add("aaaa", "a", "aa", "a", 1)
	f.Add("“a”… b\u00adc", "", ".. bc", "", 0)
	f.Add("Some 30 experts\u00ad were trained in Kabul", "", "Some twenty experts were trained", "", 0)
	f.Fuzz(func(t *testing.T, body, prefix, exact, suffix string, offset int) {
		doc := &Document{Body: body, Pages: []Page{{Label: "1"}}}
		e := Anchor(doc, Evidence{Exact: exact, Prefix: prefix, Suffix: suffix, Offset: offset, End: offset + len(exact)})
		if e.Offset < 0 || e.End < e.Offset || e.End > len(body) {
			t.Fatalf("%d to %d of %d bytes", e.Offset, e.End, len(body))
		}
		found := body[e.Offset:e.End]
		switch e.Status {
		case AnchorExact, AnchorMoved:
			if found != strings.TrimSpace(exact) {
				t.Errorf("%s: %q is not %q", e.Status, found, exact)
			}
		case AnchorChanged:
			if found != e.Now || found == "" {
				t.Errorf("changed to %q at %q", e.Now, found)
			}
		case AnchorMissing, AnchorAmbiguous:
			if found != "" {
				t.Errorf("%s at %q", e.Status, found)
			}
		}
		if utf8.ValidString(body) && !utf8.ValidString(found) {
			t.Errorf("%q cuts a letter", found)
		}
	})
}
