package corpus_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/corpus"
)

// pieces are what the texts of property tests are made of.
var pieces = []string{
	"Japan", "North Korea", "South Korea", "Korea", "Georgia", "Atlanta", "Tbilisi", "Jordan", "Michael", "Smith", "New", "Zealand",
	"Northern", "Ireland", "trust fund", "Trust Funds", "ISAF", "DEEP", "deep", "2007", "2005-2009", "1990s", "nineties", "the early",
	"resolution", "(2011)", "EUR", "and", "of", "the", "The", ".", ",", "’s", "-", "\u00a0", "é", "E\u0301ire", "\u00ad", "\xff", "日本", "İ", "ẞ", "U.A.E.", "ROK",
}

func text(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, label), rapid.SampledFrom([]string{" ", "\n", ""}).Draw(t, label+" gap"))
}

// checkTags reports what must hold for the tags of any document.
func checkTags(t rapid.TB, doc *corpus.Document, tags corpus.Tags) {
	for _, list := range [][]corpus.Tag{tags.Partners, tags.Mentions, tags.Topics, tags.Years} {
		seen := map[string]bool{}
		for _, tag := range list {
			if seen[tag.Value] {
				t.Fatalf("%q is given twice in %+v", tag.Value, list)
			}
			seen[tag.Value] = true
			if tag.Count < len(tag.Evidence) || len(tag.Evidence) == 0 || len(tag.Evidence) > corpus.MaxEvidence {
				t.Fatalf("%q counts %d with %d places of evidence", tag.Value, tag.Count, len(tag.Evidence))
			}
			for _, w := range tag.Evidence {
				in, at := doc.Body, w.Offset
				if at < 0 {
					in, at = doc.Title, -1-at
				}
				if at+len(w.Text) > len(in) || in[at:at+len(w.Text)] != w.Text || w.Text == "" {
					t.Fatalf("evidence %+v of %q is not in %q", w, tag.Value, in)
				}
			}
		}
	}
	for _, p := range corpus.Values(tags.Partners) {
		if !slices.Contains(corpus.Values(tags.Mentions), p) {
			t.Fatalf("partner %s is not among the mentions %v", p, corpus.Values(tags.Mentions))
		}
	}
}

func TestEvidenceQuotesTheText(t *testing.T) {
	taxonomy := embeddedTaxonomy(t)
	rapid.Check(t, func(t *rapid.T) {
		doc := &corpus.Document{Title: text(t, "title"), Body: text(t, "body")}
		tags := taxonomy.Tag(doc)
		checkTags(t, doc, tags)
		if again := taxonomy.Tag(doc); !reflect.DeepEqual(tags, again) {
			t.Fatalf("tagged twice: %+v and %+v", tags, again)
		}
	})
}

// TestTagsDoNotDependOnLineWraps compares a text on one line with the same
// words wrapped and indented.
func TestTagsDoNotDependOnLineWraps(t *testing.T) {
	taxonomy := embeddedTaxonomy(t)
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Fields(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "words"), " "))
		one := taxonomy.Tag(&corpus.Document{Body: strings.Join(words, " ")})
		for _, gap := range []string{"\n", "\r\n", "  ", "\n    ", "\t"} {
			wrapped := taxonomy.Tag(&corpus.Document{Body: strings.Join(words, gap)})
			for i, pair := range [][2][]corpus.Tag{{one.Partners, wrapped.Partners}, {one.Mentions, wrapped.Mentions}, {one.Topics, wrapped.Topics}, {one.Years, wrapped.Years}} {
				if a, b := corpus.Values(pair[0]), corpus.Values(pair[1]); !slices.Equal(a, b) {
					t.Fatalf("list %d of %q is %v, with %q between the words %v", i, words, a, gap, b)
				}
			}
		}
	})
}

func TestTagsOfALongTextAreThoseOfItsParts(t *testing.T) {
	taxonomy := embeddedTaxonomy(t)
	const times = 1000
	tags := taxonomy.Tag(&corpus.Document{Body: strings.Repeat(paragraph, times)})
	for _, tag := range tags.Mentions {
		if tag.Value == "JP" && tag.Count != times || len(tag.Evidence) != corpus.MaxEvidence {
			t.Errorf("%+v; want a count of %d and %d places", tag, times, corpus.MaxEvidence)
		}
	}
	if got := strings.Join(corpus.Values(tags.Years), " "); got != "1990s 2011" {
		t.Errorf("years %q", got)
	}
}

func FuzzTag(f *testing.F) {
	for _, p := range pieces {
		f.Add(p, p)
	}
	f.Add("NATO cooperation with Japan", paragraph)
	taxonomy := embeddedTaxonomy(f)
	f.Fuzz(func(t *testing.T, title, body string) {
		doc := &corpus.Document{Title: title, Body: body}
		checkTags(t, doc, taxonomy.Tag(doc))
	})
}
