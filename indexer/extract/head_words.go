package extract

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

// headWordsText are the words that stand above titles, by language.
//
//go:embed head_words.txt
var headWordsText string

// headWords are the items of each list, those of all languages together.
var headWords = parseHeadWords(headWordsText)

// parseHeadWords reads the lists of words above titles. The text is a part of
// the program: a mistake in it is a panic that every test meets.
func parseHeadWords(text string) map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, items, found := strings.Cut(line, ": ")
		list, language, named := strings.Cut(head, " ")
		if !found || !named || len(language) != 2 {
			panic(fmt.Sprintf("head_words.txt: want LIST LANGUAGE: ITEMS, not %q", line))
		}
		for item := range strings.SplitSeq(items, " | ") {
			lists[list] = append(lists[list], strings.TrimSpace(item))
		}
	}
	return lists
}

// headPattern returns a regular expression with the items of a list in place of
// its "LIST".
func headPattern(pattern, list string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(pattern, "LIST", "(?:"+strings.Join(headWords[list], "|")+")"))
}
