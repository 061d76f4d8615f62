package search_test

import (
	"strings"
	"testing"

	"rapport/corpus"
	"rapport/search"
)

// TestSnippetsSayWhereTheyCut checks that a snippet tells whether it begins or
// ends within a sentence, whatever its first and last letters are.
func TestSnippetsSayWhereTheyCut(t *testing.T) {
	long := strings.Repeat("Members of the Delegation were Ambassador Smith and Ambassador Jones, ", 12)
	for name, c := range map[string]struct {
		body          string
		before, after bool
	}{
		"a whole sentence":         {"Here it was. The fund was agreed. And more.", false, false},
		"within one long sentence": {long + "and the fund of Ambassador Brown, " + long, true, true},
		"its beginning":            {"The fund served " + long, false, true},
		"its end":                  {long + "and lastly the fund.", true, false},
		"a list":                   {strings.Repeat("- Some other item of the list\n", 30) + "- the fund\n" + strings.Repeat("- one more\n", 30), false, false},
		"quoted":                   {strings.Repeat("“This is a sentence of a speech.” ", 20) + "The fund. " + strings.Repeat("“So they said!” ", 30), false, false},
		"Chinese":                  {strings.Repeat("日本は協力した。", 60) + "fund。" + strings.Repeat("日本は協力した。", 60), false, false},
	} {
		got := search.Snippets(&corpus.Document{Body: c.body}, matchesOf(c.body, "fund"), 1, nil)
		if len(got) != 1 || got[0].CutBefore != c.before || got[0].CutAfter != c.after {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
