package extract

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
)

// The samples from which a language is told: less text has too few words, and
// of more the library's measure of confidence goes wrong. To tell it takes time
// in proportion to the sample, for a short text more than all else: of 2,003
// texts, 1,053 of them from pages in many languages, 600 bytes tell the same as
// 1,200 do, but for fifteen that one of the two leaves open, and three.
const (
	minLanguageText = 60  // bytes of letters
	languageSample  = 600 // bytes
)

// detectLanguage returns the ISO 639-1 code of the language of a text, and
// nothing when that is not certain. The beginning of a text decides, or its
// middle when a list or a table stands there.
func detectLanguage(text string) string {
	if code := sampleLanguage(text, 0); code != "" || len(text) < 3*languageSample {
		return code
	}
	return sampleLanguage(text, len(text)/2)
}

func sampleLanguage(text string, from int) string {
	sample := strings.ToValidUTF8(text[from:min(len(text), from+languageSample)], "")
	if letters(sample) < minLanguageText {
		return ""
	}
	info := whatlanggo.Detect(sample)
	if info.Lang < 0 || !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n += len(string(r))
		}
	}
	return n
}

// languageCode returns the ISO 639-1 code for a declared language, such as
// "en-US" or "eng", and nothing when there is none.
func languageCode(declared string) string {
	declared = strings.ReplaceAll(strings.TrimSpace(declared), "_", "-")
	name, _, _ := strings.Cut(declared, "-")
	base, err := language.ParseBase(name)
	if err != nil {
		return ""
	}
	code := base.String()
	if len(code) != 2 {
		return ""
	}
	return code
}
