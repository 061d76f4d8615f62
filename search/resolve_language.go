package search

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rapport/corpus"
	"rapport/search/analysis"
)

// languages returns the codes of languages by their folded names: those of
// ISO 639-1, in English and in the language itself.
var languages = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	english := display.English.Languages()
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			base, err := language.ParseBase(code)
			if err != nil || base.String() != code {
				continue
			}
			tag := language.Make(code)
			for _, name := range []string{display.Self.Name(tag), english.Name(tag)} {
				if name = analysis.Fold(name); name != "" {
					names[name] = code
				}
			}
		}
	}
	return names
})

// languageCode returns the code of a language: the shortest of ISO 639, for a
// code of two or three letters or a name in English or in the language
// itself.
func languageCode(text string) (string, bool) {
	if code, ok := languages()[analysis.Fold(text)]; ok {
		return code, true
	}
	if base, err := language.ParseBase(strings.ToLower(text)); err == nil {
		return base.String(), true
	}
	return "", false
}

// nearestLanguages returns the English names of the languages that are written
// most like text, in alphabetical order.
func nearestLanguages(text string) []string {
	folded := analysis.Fold(text)
	least := corpus.Unlike
	var near []string
	for name, code := range languages() {
		d := corpus.Unlikeness(folded, name)
		if d < least {
			least, near = d, near[:0]
		}
		if d == least && d < corpus.Unlike {
			near = append(near, display.English.Languages().Name(language.Make(code)))
		}
	}
	slices.Sort(near)
	return slices.Compact(near)
}
