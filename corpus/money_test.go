package corpus

import (
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	for _, c := range []struct {
		text, value, currency string
		assumed               bool
		bound                 Bound
		span                  string
	}{
		{"$2.49 billion", "2490000000", "USD", true, "", "$2.49 billion"},
		{"20 million USD", "20000000", "USD", false, "", "20 million USD"},
		{"EUR 1,4 million", "1400000", "EUR", false, "", "EUR 1,4 million"},
		{"3,2 billion US dollars", "3200000000", "USD", false, "", "3,2 billion US dollars"},
		{"over 32million euro", "32000000", "EUR", false, BoundMore, "32million euro"},
		{"more than 16 million euros", "16000000", "EUR", false, BoundMore, "16 million euros"},
		{"€ 440,000", "440000", "EUR", false, "", "€ 440,000"},
		{"€440\u00a0000", "440000", "EUR", false, "", "€440\u00a0000"},
		{"up to A$5m", "5000000", "AUD", false, BoundAtMost, "A$5m"},
		{"US$1,234,567.89", "1234567.89", "USD", false, "", "US$1,234,567.89"},
		{"1.234.567,89 EUR", "1234567.89", "EUR", false, "", "1.234.567,89 EUR"},
		{"$20 million USD", "20000000", "USD", false, "", "$20 million USD"},
		{"$7 million Canadian dollars", "7000000", "CAD", false, "", "$7 million Canadian dollars"},
		{"a 20-million-dollar project", "20000000", "USD", true, "", "20-million-dollar"},
		{"some ¥2 billion", "2000000000", "JPY", true, BoundAbout, "¥2 billion"},
		{"five million dollars", "5000000", "USD", true, "", "five million dollars"},
		{"twenty-five euros", "25", "EUR", false, "", "twenty-five euros"},
		{"$5K", "5000", "USD", true, "", "$5K"},
		{"EUR20", "20", "EUR", false, "", "EUR20"},
		{"5 million TRY", "5000000", "TRY", false, "", "5 million TRY"},
		{"$3 \nmillion", "3000000", "USD", true, "", "$3 \nmillion"},
		{"a total of $3 [billion]", "3000000000", "USD", true, "", "$3 [billion]"},
		{"$3 [sic]", "3", "USD", true, "", "$3"},
		{"$0.125", "0.125", "USD", true, "", "$0.125"},
	} {
		m, err := ParseMoney(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if m.Value.String() != c.value || m.Currency != c.currency || m.Assumed != c.assumed || m.Bound != c.bound || c.text[m.Start:m.End] != c.span {
			t.Errorf("%q: %s %s assumed %v bound %q in %q; want %+v", c.text,
				m.Value, m.Currency, m.Assumed, m.Bound, c.text[m.Start:m.End], c)
		}
	}
}

func TestNoMoney(t *testing.T) {
	for _, text := range []string{
		"", "2011", "20 million people", "$20-30 million", "$20–$30 million", "COP 28 in Dubai", "TOP 10", "200 pounds",
		"they won 5 medals", "hundreds of millions of dollars", "€1.400", "$", "EUR", "the Euro 2016", "$12345678901234567890123",
		"the 5th dollar", "A$ap", "US 5", "F-16 USD", "12,34,56 EUR", "$65,000 to $130,000", "$110- to $112,000 a year", "$5- and $10-million gifts", "1,5 EUR",
	} {
		if m, err := ParseMoney(text); err == nil {
			t.Errorf("%q is read as %s %s", text, m.Value, m.Currency)
		}
	}
}

func TestSeveralSums(t *testing.T) {
	const text = "It rose from $20 to $30 million; Turkey paid € 50,000, Bulgaria another € 15,000."
	var got []string
	for at := 0; ; {
		m, ok := NextMoney(text, at)
		if !ok {
			break
		}
		got, at = append(got, text[m.Start:m.End]), m.End
	}
	if want := []string{"$30 million", "€ 50,000", "€ 15,000"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if _, err := ParseMoney(text); err == nil || err.Error() != `there are 3 sums of money in "`+text+`"` {
		t.Errorf("ParseMoney: %v", err)
	}
}

// TestMoneyInAnyText checks that a sum keeps its reading whatever words
// surround it, and that the next one is found behind it.
func TestMoneyInAnyText(t *testing.T) {
	sums := []string{"$2.49 billion", "EUR 1,4 million", "20 million US dollars", "€ 440,000", "A$5m"}
	words := rapid.SampledFrom([]string{"they", "gave", "in", "2005", "to", "a", "fund", "of", "12", "states", "and", "per", "year", "Article 5", "."})
	rapid.Check(t, func(t *rapid.T) {
		sum := rapid.SampledFrom(sums).Draw(t, "sum")
		alone, err := ParseMoney(sum)
		if err != nil {
			t.Fatal(err)
		}
		left, right := rapid.SliceOfN(words, 0, 5).Draw(t, "left"), rapid.SliceOfN(words, 0, 5).Draw(t, "right")
		text := ""
		for _, w := range left {
			text += w + " "
		}
		text += "; " + sum + ";"
		for _, w := range right {
			text += " " + w
		}
		got, err := ParseMoney(text)
		if err != nil || !got.Value.Equal(alone.Value) || got.Currency != alone.Currency || text[got.Start:got.End] != sum {
			t.Fatalf("%q: %+v, %v", text, got, err)
		}
	})
}

func FuzzNextMoney(f *testing.F) {
	for _, s := range []string{"$2.49 billion", "EUR 1,4 million", "32million euro", "$20–$30 million and $5", "twenty-five euros", "1.234.567,89 EUR"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for at := 0; ; {
			m, ok := NextMoney(text, at)
			if !ok {
				return
			}
			if m.Start < at || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q: sum at %d to %d, searched from %d", text, m.Start, m.End, at)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("%q: the sum cuts a letter", text)
			}
			if !IsCurrency(m.Currency) || m.Value.IsNegative() {
				t.Fatalf("%q: %s %q", text, m.Value, m.Currency)
			}
			at = m.End
		}
	})
}
