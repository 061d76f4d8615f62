package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// render prints tokens as "term@position", joined forms with a star.
func render(text string) string {
	var s Scanner
	s.Reset(text)
	var out []string
	for t := (Token{}); s.Next(&t); {
		star := ""
		if t.Joined {
			star = "*"
		}
		out = append(out, fmt.Sprintf("%s%s@%d", t.Term, star, t.Position))
	}
	return strings.Join(out, " ")
}

func TestScanner(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"The WHO, IT and to be":     "the@0 who@1 it@2 and@3 to@4 be@5",
		"trust-fund money":          "trust@0 trustfund*@0 fund@1 money@2",
		"O'Brien’s":                 "o@0 obrien*@0 brien@1",
		"Japan's role":              "japan@0 role@1",
		"the boys' club":            "the@0 boys@1 club@2",
		"U.S. and N.A.T.O. forces":  "us@0 and@1 nato@2 forces@3",
		"e.g. this":                 "eg@0 this@1",
		"Plan A. Then B":            "plan@0 a@1 then@2 b@3",
		"J.Smith":                   "j@0 smith@1",
		"$2.49 billion":             "2.49@0 billion@1",
		"1,000,000 and 1,4 million": "1000000@0 and@1 1@2 4@3 million@4",
		"1,234.50.":                 "1234.50@0",
		"2%":                        "2@0",
		"AT&T":                      "at@0 att*@0 t@1",
		"F-16s over A-10":           "f@0 f16s*@0 16s@1 over@2 a@3 a10*@3 10@4",
		"C++ or C#":                 "c@0 c++*@0 or@1 c@2 c#*@2",
		"Zürich ÉTÉ straße œuvre":   "zurich@0 ete@1 strasse@2 oeuvre@3",
		"re\u0301sume\u0301":        "resume@0",
		"Київ Чернівці ёлка":        "київ@0 чернівці@1 елка@2",
		"и\u0306":                   "й@0",
		"ＦＵＬＬ １２":                   "full@0 12@1",
		"eﬃcient co\u00adop":        "efficient@0 coop@1",
		"日本語":                       "日@0 日本*@0 本@1 本語*@1 語@2",
		"日本 NATO":                   "日@0 日本*@0 本@1 nato@2",
		"ไทย ๑๒":                    "ไ@0 ไท*@0 ท@1 ทย*@1 ย@2 ๑๒@3",
		"go 👍🏽 now":                 "go@0 👍🏽@1 now@2",
		"http://x.org/a_b?c=d":      "http@0 x@1 org@2 a@3 b@4 c@5 d@6",
		"2005–2012":                 "2005@0 2012@1",
		"سَلام":                     "سلام@0",
		"ΟΔΟΣ":                      "οδοσ@0",
		"a-b-c-d-e-f-g-h-i":         "a@0 b@1 c@2 d@3 e@4 f@5 g@6 h@7 i@8",
	} {
		if got := render(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestLongWordsAreCutAndNotLost(t *testing.T) {
	word := strings.Repeat("é漢x", 400)
	long := strings.Repeat("x", 600) + strings.Repeat("ж", 200)
	for _, text := range []string{word, long} {
		var s Scanner
		s.Reset(text)
		total := 0
		for tok := (Token{}); s.Next(&tok); {
			if len(tok.Term) > MaxTerm || !utf8.Valid(tok.Term) {
				t.Fatalf("term of %d bytes", len(tok.Term))
			}
			if !tok.Joined {
				total += len(tok.Term)
			}
		}
		if want := len(appendFolded(nil, text, false)); total != want {
			t.Errorf("%d bytes of terms, want %d", total, want)
		}
	}
}

func TestQuery(t *testing.T) {
	for text, want := range map[string]string{
		"trust-fund project": "[trust fund project] [trustfund project]",
		"Japan":              "[japan]",
		"C++ code":           "[c++ code]",
		"日本語":                "[日本 本語 語]",
		"日":                  "[日]",
		"!?":                 "",
	} {
		var got []string
		for _, v := range Query(text) {
			got = append(got, fmt.Sprint([]string(v)))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %s, want %s", text, s, want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, c := range []struct{ lang, word, want string }{
		{"en", "contributions", "contribut"}, {"", "contributed", "contribut"},
		{"de", "beitrage", "beitrag"}, {"fr", "visites", "visit"}, {"ru", "страны", "стран"},
		{"uk", "країни", "країни"}, {"en", "f16", "f16"}, {"en", "us", "us"}, {"en", "日本", "日本"},
	} {
		if got := Stem(c.lang, c.word); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.lang, c.word, got, c.want)
		}
		if got := string(NewStemmer(c.lang).Stem([]byte(c.word))); got != c.want {
			t.Errorf("stemmer %s %s: got %s, want %s", c.lang, c.word, got, c.want)
		}
	}
	if got := Stems("nation", []string{"en", "fr", "uk"}); !slices.Equal(got, []string{"nation"}) {
		t.Errorf("stems of nation: %v", got)
	}
}

// positions lists the terms of a text by position, as an index holds them.
func positions(text string) [][]string {
	var s Scanner
	s.Reset(text)
	var at [][]string
	for t := (Token{}); s.Next(&t); {
		for len(at) <= t.Position {
			at = append(at, nil)
		}
		at[t.Position] = append(at[t.Position], string(t.Term))
	}
	return at
}

func found(at [][]string, v Variant) bool {
	for i := range at {
		j := 0
		for j < len(v) && i+j < len(at) && slices.Contains(at[i+j], v[j]) {
			j++
		}
		if j == len(v) {
			return true
		}
	}
	return false
}

func TestWordsCopiedFromATextAreFound(t *testing.T) {
	word := rapid.SampledFrom([]string{
		"trust", "Fund", "trust-fund", "O'Brien", "Japan's", "U.S.", "F-16", "AT&T", "C++", "2.49", "1,000,000",
		"日本語", "日", "Київ", "Zürich", "👍🏽", "x", "a.b", "NATO-led", "end.", "(so)", "“quoted”", "re\u0301sume\u0301", "--", "서울시",
	})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 12).Draw(t, "words")
		from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(words)).Draw(t, "to")
		variants := Query(strings.Join(words[from:to], " "))
		if len(variants) > 0 && !found(positions(strings.Join(words, " ")), variants[0]) {
			t.Fatalf("%q not found in %q", words[from:to], words)
		}
	})
}

func FuzzScanner(f *testing.F) {
	for _, text := range []string{"O'Brien’s U.S. F-16", "日本語 1,000.5", "C++ 👍🏽", "\xff\xfe", "a\u0301-'-", strings.Repeat("x", 300)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s Scanner
		s.Reset(text)
		position := 0
		for tok := (Token{}); s.Next(&tok); {
			switch {
			case len(tok.Term) == 0 || len(tok.Term) > MaxTerm || !utf8.Valid(tok.Term):
				t.Fatalf("term %q", tok.Term)
			case tok.Start < 0 || tok.End <= tok.Start || tok.End > len(text):
				t.Fatalf("offsets %d to %d of %d", tok.Start, tok.End, len(text))
			case tok.Position < position || tok.Position > position+1:
				t.Fatalf("position %d after %d", tok.Position, position)
			}
			position = tok.Position
		}
		Query(text)
	})
}

// TestSkippingFindsTheSameTokens skips to random positions and compares what
// stands there with what reading all of the text gives.
func TestSkippingFindsTheSameTokens(t *testing.T) {
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom(strings.Split(
		"the| |a|.|-|'s|'|’s|&|++|#|F-16|U.S.|1,000|2.49|日本|é|\u0301|\u00ad|trust-fund|C|words|word|Word, |, |\n|👍🏽|"+strings.Repeat("x", MaxTerm+1), "|")))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(piece).Draw(t, "text"), "")
		var s Scanner
		s.Reset(text)
		all := rest(&s)
		s.Reset(text)
		for at := -1; ; {
			at += rapid.IntRange(1, 9).Draw(t, "step")
			s.Skip(at)
			first := slices.IndexFunc(all, func(t Token) bool { return t.Position >= at })
			if first < 0 {
				if got := rest(&s); len(got) > 0 {
					t.Fatalf("%q: skipping to %d leaves %v, which is behind the end", text, at, got)
				}
				return
			}
			var got Token
			if !s.Next(&got) || !same(got, all[first]) {
				t.Fatalf("%q: skipping to %d gives %v, want %v", text, at, got, all[first])
			}
			at = got.Position
			if rapid.Bool().Draw(t, "to the end") {
				if got := rest(&s); !slices.EqualFunc(got, all[first+1:], same) {
					t.Fatalf("%q: after skipping to %d come %v, want %v", text, at, got, all[first+1:])
				}
				return
			}
		}
	})
}

// rest returns the tokens that are left.
func rest(s *Scanner) []Token {
	var list []Token
	for t := (Token{}); s.Next(&t); {
		t.Term = slices.Clone(t.Term)
		list = append(list, t)
	}
	return list
}

func same(a, b Token) bool {
	return string(a.Term) == string(b.Term) && a.Start == b.Start && a.End == b.End && a.Position == b.Position && a.Joined == b.Joined
}

func BenchmarkScanner(b *testing.B) {
	text := strings.Repeat("Practical cooperation between Japan and NATO's partners has grown since 2007, by $2.49 billion in trust-fund money. ", 100)
	var s Scanner
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(text)
		for t := (Token{}); s.Next(&t); {
		}
	}
}

func BenchmarkStemmer(b *testing.B) {
	terms := Terms("practical cooperation between japan and partners has grown by contributions in trust fund money")
	s := NewStemmer(English)
	b.ReportAllocs()
	for b.Loop() {
		for _, term := range terms {
			s.Stem([]byte(term))
		}
	}
}
