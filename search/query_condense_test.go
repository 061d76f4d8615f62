package search

import (
	"fmt"
	"strings"
	"testing"
)

// TestCondense shortens what is longer than the engine answers, with a warning
// at the place from which on it is left out.
func TestCondense(t *testing.T) {
	numbers := make([]string, 1500)
	for i := range numbers {
		numbers[i] = fmt.Sprint(1000 + i)
	}
	first := func(n int, between string) string { return strings.Join(numbers[:n], between) }
	for name, c := range map[string]struct {
		text, want string
		at         int // of the warning, -1 for none
	}{
		"short":       {"a b a", "a b a", -1},
		"full":        {first(1000, " "), first(1000, " "), -1},
		"repeated":    {strings.Repeat("fund FUND trust ", 400), "fund trust", 0},
		"repeated OR": {strings.Repeat("fund OR trust OR ", 501) + "x", "fund OR trust OR x", 0},
		"long":        {first(1003, " "), first(1000, " "), 5000},
		"long OR":     {first(1001, " OR "), first(1000, " OR "), 8000},
		"phrase":      {`a "` + first(1200, " ") + `"`, `a "` + first(999, " ") + `"`, 3},
		"hyphens":     {strings.Repeat("x-", 2000) + "x", strings.Repeat("x-", 999) + "x", 0},
		"Japanese":    {strings.Repeat("日", 3000), strings.Repeat("日", 1000), 0},
		"excluded":    {first(999, " ") + ` -"` + first(5, " ") + `" x`, first(999, " "), 4997},
		// A part of a group that is excluded would leave out more than was meant.
		"excluded group":    {first(997, " ") + ` -(x "` + first(5, " ") + `")`, first(997, " "), 4990},
		"excluded any":      {first(998, " ") + ` -(x OR y OR z)`, first(998, " "), 5002},
		"excluded repeated": {"-(a OR a OR b) " + first(999, " "), "-(a OR b) " + first(998, " "), 5005},
		"with a field":      {first(1000, " ") + " year:2005", first(1000, " "), 5000},
	} {
		q, _ := Parse(c.text)
		got, warnings := condense(c.text, q)
		if got.String() != c.want {
			t.Errorf("%s: %.60q..., want %.60q...", name, got, c.want)
		}
		switch {
		case c.at < 0 && len(warnings) > 0, c.at >= 0 && (len(warnings) != 1 || warnings[0].Position != c.at):
			t.Errorf("%s: warnings %v, want one at %d", name, warnings, c.at)
		}
		if words(got) > MaxTerms {
			t.Errorf("%s: still %d words", name, words(got))
		}
		if again, more := condense(c.text, got); len(more) > 0 || again.String() != got.String() {
			t.Errorf("%s: what was condensed is condensed again", name)
		}
	}
}
