package search

import (
	"maps"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

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

// nearestLanguage returns the English name of the language that is written
// most like text, and "" when none is near.
func nearestLanguage(text string) string {
	best := ""
	least := len(text)
	for name := range maps.Keys(languages()) {
		most := 1 + len(name)/6
		if d := distance(analysis.Fold(text), name); d <= most && (d < least || d == least && name < best) {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return display.English.Languages().Name(language.Make(languages()[best]))
}
