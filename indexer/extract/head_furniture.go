package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
)

// furniture matches lines that stand above a title and say nothing about the
// text itself: labels of its kind, navigation, numbers of pages, markings,
// salutations, addresses.
var furniture = []*regexp.Regexp{
	headPattern(`(?i)^LIST[:.!]?$`, "label"),
	headPattern(`(?i)^LIST\s*[:#]?\s*\(?[\dA-Z]*\d[\d/().\s-]*[\dA-Z]*$`, "numbered"),
	regexp.MustCompile(`(?i)^(?:page|seite|página|pagina|sayfa|стр\.?) \d+(?: (?:of|/|sur|von|de|di) \d+)?$`),
	regexp.MustCompile(`(?i)^(?:https?://|www\.)\S+$|^\S+@\S+\.\S+$`),
	regexp.MustCompile(`^\S[^.!?]{0,60}(?:\s*[>»›]\s*[^>»›]+)+$`),
	salutation,
	headPattern(`(?i)^LIST\s*:`, "field"),
}

// salutation matches a line that begins with a form of address.
var salutation = headPattern(`(?i)^LIST(?:[^\pL:][^:]*)?[,!.:]?$`, "salutation")

// isAddressed reports whether a line is a salutation and nothing else.
func isAddressed(line string) bool {
	return salutation.MatchString(line) && strings.ContainsAny(line[len(line)-1:], ",!:")
}

// isFurniture reports whether a line of the head is neither a title nor text.
func isFurniture(line string) bool {
	for _, f := range furniture {
		if f.MatchString(line) {
			return true
		}
	}
	return false
}

// isBanner reports whether a line is nothing but the name of an organisation:
// an abbreviation and its expansion in either order, or a name that begins or
// ends with a word for an institution.
func isBanner(line string) bool {
	for _, m := range []*regexp.Regexp{shortLong, longShort} {
		parts := m.FindStringSubmatch(line)
		if parts != nil && expands(parts[m.SubexpIndex("short")], parts[m.SubexpIndex("long")]) {
			return true
		}
	}
	words := strings.Fields(line)
	if len(words) > 9 || relation.MatchString(line) && !institutionOf.MatchString(line) {
		return false
	}
	if institutionOf.MatchString(line) { // its last word may be an adjective: "Ministère des Affaires étrangères"
		words = words[:len(words)-1]
	}
	return isName(words) && (institutionOf.MatchString(line) || institutionEnd.MatchString(line))
}

var (
	shortLong = regexp.MustCompile(`^(?P<short>[\p{Lu}.]{2,12})\s*(?:[-–—|:]\s*|\()(?P<long>\p{L}[^|:()]*)\)?$`)
	longShort = regexp.MustCompile(`^(?P<long>\p{L}[^|:()]*?)\s*(?:[-–—|:]\s*|\()(?P<short>[\p{Lu}.]{2,12})\)?$`)

	institutionOf  = headPattern(`^LIST`, "begins")
	institutionEnd = headPattern(`(?:^| )LIST$`, "ends")

	// relation matches words that names of institutions do not have.
	relation = headPattern(`(?i)\bLIST\b`, "relation")
)

// expands reports whether the capital letters of an abbreviation are first
// letters of words of its expansion, in order, and all but one of them.
func expands(short, long string) bool {
	var initials []rune
	for _, word := range strings.FieldsFunc(long, func(r rune) bool { return !unicode.IsLetter(r) }) {
		initials = append(initials, unicode.ToUpper([]rune(word)[0]))
	}
	at, found, letters := 0, 0, 0
	for _, c := range short {
		if c == '.' {
			continue
		}
		letters++
		for i := at; i < len(initials); i++ {
			if initials[i] == c {
				at, found = i+1, found+1
				break
			}
		}
	}
	return letters >= 2 && found >= max(2, letters-1)
}

// isName reports whether all words but small ones begin with a capital.
func isName(words []string) bool {
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLower(first) && utf8.RuneCountInString(word) > 3 && !headParticles[word] {
			return false
		}
	}
	return true
}

// headParticles are longer words in names that are written small.
var headParticles = map[string]bool{"della": true, "dello": true, "degli": true, "delle": true, "para": true, "pour": true, "voor": true}

// dateLabel matches what stands before the date of publication on its line.
var dateLabel = headPattern(`(?i)^(?:LIST(?:\s*[:.]\s*|\s+|$))`, "dated")

// dateToken matches a word that a line with nothing but a date may have beside
// names of months.
var dateToken = headPattern(`(?i)^(?:\d{1,2}(?:st|nd|rd|th|er|º|°)?|[12]\d{3}|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|`+
	`\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}-\pL{3,9}-\d{4}|LIST)$`, "daypart")

// dateLine returns the date of a line that is nothing but a date, after a
// label or without one. A year alone is a date after a label only.
func dateLine(line string) (corpus.Date, bool) {
	if len(line) > 80 {
		return corpus.Date{}, false
	}
	line = strings.Trim(strings.TrimSpace(line), "()[]|*_")
	rest := dateLabel.ReplaceAllString(line, "")
	words := strings.FieldsFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '|' || r == '(' || r == ')' })
	for _, word := range words {
		if word = strings.TrimRight(word, ".:"); corpus.MonthNumber(word) == 0 && !dateToken.MatchString(word) {
			return corpus.Date{}, false
		}
	}
	if len(words) == 1 && len(rest) == len(line) && len(rest) <= 4 {
		return corpus.Date{}, false
	}
	return corpus.ParseLooseDate(rest)
}
