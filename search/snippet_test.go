package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// matchesOf finds words in a text as an engine does, each its own clause.
func matchesOf(body string, words ...string) []search.Match {
	var s analysis.Scanner
	s.Reset(body)
	var list []search.Match
	for t := (analysis.Token{}); s.Next(&t); {
		for _, w := range words {
			if string(t.Term) == analysis.Fold(w) {
				list = append(list, search.Match{Offset: t.Start, End: t.End, Clause: w})
			}
		}
	}
	return list
}

// render prints a snippet with its matches in brackets.
func render(s search.Snippet) string {
	var b strings.Builder
	for _, p := range s.Spans {
		if p.Match {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// check tests what holds for all snippets.
func check(t testing.TB, d *corpus.Document, snippets []search.Snippet) {
	t.Helper()
	end := 0
	for _, s := range snippets {
		text := ""
		for i, p := range s.Spans {
			if p.Text == "" || i > 0 && p.Match == s.Spans[i-1].Match {
				t.Fatalf("span %d of %+v is empty or like the one before", i, s)
			}
			text += p.Text
		}
		if s.Offset < end || !strings.HasPrefix(d.Body[s.Offset:], text) || text == "" {
			t.Fatalf("snippet at %d after %d is not the text there: %q", s.Offset, end, text)
		}
		if utf8.ValidString(d.Body) && !utf8.ValidString(text) {
			t.Fatalf("snippet cuts a character: %q", text)
		}
		if len(text) > 1400 {
			t.Fatalf("snippet of %d bytes", len(text))
		}
		end = s.Offset + len(text)
	}
}

func TestSnippets(t *testing.T) {
	filler := strings.Repeat("Nothing of interest is said in this sentence. ", 20)
	for name, c := range map[string]struct {
		body  string
		words []string
		want  []string
	}{
		"one sentence":      {"The fund grows.", []string{"fund"}, []string{"The [fund] grows."}},
		"last character":    {"It is about a 基金", []string{"基"}, []string{"It is about a [基]金"}},
		"whole text":        {"fund", []string{"fund"}, []string{"[fund]"}},
		"sentence bounds":   {filler + "The fund grows. " + filler, []string{"fund"}, []string{"The [fund] grows."}},
		"no matches":        {"\n\n  A first line.\nMore.", nil, []string{"A first line.\nMore."}},
		"empty":             {"", []string{"fund"}, nil},
		"blank":             {" \n ", []string{"fund"}, nil},
		"far apart":         {"A fund here. " + filler + "Trust there. " + filler, []string{"fund", "trust"}, []string{"A [fund] here.", "[Trust] there."}},
		"abbreviation":      {filler + "So the U.S. fund grows. " + filler, []string{"fund"}, []string{"So the U.S. [fund] grows."}},
		"Japanese":          {strings.Repeat("何もない。", 100) + "信託基金です。" + strings.Repeat("何もない。", 100), []string{"信"}, []string{"[信]託基金です。"}},
		"best is both":      {"A fund. " + filler + "Trust. " + filler + "The trust fund. " + filler, []string{"trust", "fund"}, []string{"The [trust] [fund]."}},
		"lines are borders": {"Heading\nThe fund\nNext", []string{"fund"}, []string{"Heading\nThe [fund]\nNext"}},
	} {
		d := &corpus.Document{Body: c.body}
		snippets := search.Snippets(d, matchesOf(c.body, c.words...), 3, nil)
		check(t, d, snippets)
		ok := len(snippets) >= len(c.want) && (len(c.want) > 0 || len(snippets) == 0)
		for i := range c.want {
			ok = ok && strings.Contains(render(snippets[i]), c.want[i])
		}
		if !ok {
			t.Errorf("%s:", name)
			for _, s := range snippets {
				t.Errorf("  got %q", render(s))
			}
			t.Errorf("  want %q", c.want)
		}
	}
}

func TestSnippetsBeginWithSentences(t *testing.T) {
	body := strings.Repeat("Nothing of interest is said in this sentence. ", 20) + "The fund grows. " +
		strings.Repeat("And nothing of interest comes after it, either. ", 20)
	d := &corpus.Document{Body: body}
	got := render(search.Snippets(d, matchesOf(body, "fund"), 1, nil)[0])
	if !strings.HasPrefix(got, "The [fund]") || !strings.HasSuffix(got, "either.") {
		t.Errorf("got %q", got)
	}
}

// Lines that were wrapped go on; a passage does not begin inside a sentence
// because a line does.
func TestSnippetsSeeThroughWrappedLines(t *testing.T) {
	body := strings.Repeat("Nothing of interest is said in this line, which has\nits end in the next.\n", 5) +
		"\nThis year all of the partners together gave money to the\nfund of which the first projects are paid now, as was\nsaid at the summit.\n\n" +
		strings.Repeat("More lines without interest come after it, and they too\nend in the next.\n", 5)
	d := &corpus.Document{Body: body}
	got := render(search.Snippets(d, matchesOf(body, "fund"), 1, nil)[0])
	if !strings.HasPrefix(got, "This year all") || !strings.Contains(got, "to the\n[fund] of") {
		t.Errorf("got %q", got)
	}
}

// A heading and the paragraph below it are not one sentence.
func TestSnippetsStayBetweenBlankLines(t *testing.T) {
	body := "Funds\n\nVisits and meetings\n\nA Secretary General came about the fund. It grows.\n \t\nNext steps\n\nThe trust was founded."
	d := &corpus.Document{Body: body}
	snippets := search.Snippets(d, matchesOf(body, "fund", "trust"), 3, nil)
	check(t, d, snippets)
	want := []string{"A Secretary General came about the [fund]. It grows.", "The [trust] was founded."}
	if len(snippets) != 2 || render(snippets[0]) != want[0] || render(snippets[1]) != want[1] {
		t.Errorf("got %+v", snippets)
	}
}

// Words that most documents hold are no reason to show a passage.
func TestSnippetsShowRareWords(t *testing.T) {
	body := "To the one who was to the left of the other.\n\nThe visit to Ulaanbaatar.\n\nTo be or not to be is the question to the king."
	d := &corpus.Document{Body: body}
	rarity := map[string]float64{"the": 0.01, "to": 0.02, "ulaanbaatar": 7, "visit": 2}
	snippets := search.Snippets(d, matchesOf(body, "the", "to", "visit", "ulaanbaatar"), 3, rarity)
	check(t, d, snippets)
	if len(snippets) != 1 || render(snippets[0]) != "[The] [visit] [to] [Ulaanbaatar]." {
		t.Errorf("got %+v", snippets)
	}
}

func TestSnippetsNameThePage(t *testing.T) {
	body := "First page. Second page with a fund."
	d := &corpus.Document{Body: body, Pages: []corpus.Page{{Label: "1"}, {Label: "2", Offset: 12}}}
	s := search.Snippets(d, matchesOf(body, "fund"), 1, nil)[0]
	if s.Page != "2" || s.Offset != 12 {
		t.Errorf("page %q, offset %d", s.Page, s.Offset)
	}
}

func TestSnippetsJoinOverlappingMatches(t *testing.T) {
	d := &corpus.Document{Body: "the trust fund grows"}
	matches := []search.Match{
		{Offset: 4, End: 9, Clause: "trust"}, {Offset: 4, End: 14, Clause: `"trust fund"`}, {Offset: 10, End: 14, Clause: "fund"},
	}
	s := search.Snippets(d, matches, 3, nil)
	if len(s) != 1 || render(s[0]) != "the [trust fund] grows" {
		t.Errorf("got %+v", s)
	}
}

// A document of 10 MB with hundreds of thousands of matches, and one of a
// single word: a search for windows that is not linear does not end.
func TestSnippetsOfHugeDocuments(t *testing.T) {
	for name, body := range map[string]string{
		"many matches": strings.Repeat("the fund of the trust ", 500_000) + "zebra",
		"one word":     strings.Repeat("x", 10<<20) + " zebra",
		"no spaces":    strings.Repeat("信", 3<<20) + "zebra",
	} {
		matches := matchesOf(body, "fund", "trust", "zebra")
		d := &corpus.Document{Body: body}
		snippets := search.Snippets(d, matches, 3, nil)
		check(t, d, snippets)
		if last := render(snippets[len(snippets)-1]); !strings.HasSuffix(last, "[zebra]") {
			t.Errorf("%s: the rare word at the end is not shown: %q", name, last)
		}
	}
}

func FuzzSnippets(f *testing.F) {
	f.Add("The fund grows. 信託基金。\nU.S. fund", "fund", 3, 2)
	f.Add("\xff\xfe\x80\x80\x80", "x", 1, 0)
	f.Add(strings.Repeat("\x80", 400)+"fund"+strings.Repeat("\x80", 400), "fund", 3, 402)
	f.Fuzz(func(t *testing.T, body, word string, n, page int) {
		n = max(0, min(n, 3))
		matches := matchesOf(body, word)
		for i := 0; i+5 < len(body) && i < 60; i += 20 { // any bytes may be said to match
			matches = append(matches, search.Match{Offset: i, End: i + 5, Clause: "odd"})
		}
		d := &corpus.Document{Body: body, Pages: []corpus.Page{{Label: "1"}, {Label: "2", Offset: max(0, min(page, len(body)))}}}
		snippets := search.Snippets(d, matches, n, nil)
		if utf8.ValidString(body) && len(matches) == 0 {
			check(t, d, snippets)
			return
		}
		end := 0
		for _, s := range snippets {
			text := ""
			for _, p := range s.Spans {
				text += p.Text
			}
			if s.Offset < end || !strings.HasPrefix(body[s.Offset:], text) || text == "" {
				t.Fatalf("snippet at %d after %d: %q", s.Offset, end, text)
			}
			end = s.Offset + len(text)
		}
	})
}

// BenchmarkSnippets cuts passages from documents of 10 MB with few and with very
// many matches, beside one of 10 kB.
func BenchmarkSnippets(b *testing.B) {
	sentence := "The partners of the alliance agreed on a trust fund in the spring. "
	for name, d := range map[string]struct{ body, word string }{
		"10kB":              {strings.Repeat(sentence, 150) + "zebra", "zebra"},
		"10MB/one match":    {strings.Repeat(sentence, 150_000) + "zebra", "zebra"},
		"10MB/many matches": {strings.Repeat(sentence, 150_000) + "zebra", "fund"},
	} {
		matches := matchesOf(d.body, d.word, "zebra")
		b.Run(name, func(b *testing.B) {
			doc := &corpus.Document{Body: d.body}
			b.ReportAllocs()
			for b.Loop() {
				if len(search.Snippets(doc, matches, 3, nil)) == 0 {
					b.Fatal("no snippet")
				}
			}
		})
	}
}
