package corpus

import (
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countries are the folded English names of the countries and territories of
// ISO 3166-1, as the Unicode Common Locale Data Repository has them.
var countries = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	english := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			if err == nil && region.IsCountry() {
				names[foldName(english.Name(region))] = true
			}
		}
	}
	return names
})

// isCountry reports whether a folded name is that of a country, and so no
// mistyped name of another one: Iran is not Iraq.
func isCountry(folded string) bool { return countries()[folded] }
