package extract

import (
	"regexp"
	"strings"
	"unicode"

	"rapport/corpus"
)

// furniture matches lines that stand above a title and say nothing about the
// text itself: labels of its kind, navigation, numbers of pages, markings,
// salutations, addresses.
var furniture = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?:for immediate release|press release|media release|news release|communiqu[ée] de presse|press statement|news|home|menu|search|contents|table of contents|share|print|download|fact ?sheet|backgrounder|speech(?:es)?|statement|topic|opinions?|e-?library|language|english|français|unclassified|restricted|confidential|draft|embargoed.*|advance copy|check against delivery|skip to (?:main )?content|introduction|preface|foreword|(?:executive )?summary|abstract)[:.!]?$`),
	regexp.MustCompile(`(?i)^(?:press release|communiqu[ée](?: de presse)?|news release|document|doc\.?|ref(?:erence)?\.?|no\.?|n°)\s*[:#]?\s*\(?[\dA-Z]*\d[\d/().\s-]*[\dA-Z]*$`),
	regexp.MustCompile(`(?i)^page \d+(?: (?:of|/) \d+)?$`),
	regexp.MustCompile(`(?i)^(?:https?://|www\.)\S+$|^\S+@\S+\.\S+$`),
	regexp.MustCompile(`^\S[^.!?]{0,60}(?:\s*[>»›]\s*[^>»›]+)+$`),
	regexp.MustCompile(`(?i)^(?:mr|mrs|ms|madam|sir|dear|excellenc\w*|ladies and|distinguished|your)\b[^:]*[,!.:]?$`),
	regexp.MustCompile(`(?i)^(?:from|to|cc|by|author|tel|phone|fax|e-?mail|contact|source|tags?|keywords?|language)\s*:`),
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
	return len(strings.Fields(line)) <= 9 && isName(line) &&
		(institutionOf.MatchString(line) || institutionEnd.MatchString(line) && !relation.MatchString(line))
}

var (
	shortLong = regexp.MustCompile(`^(?P<short>[\p{Lu}.]{2,12})\s*(?:[-–—|:]\s*|\()(?P<long>\p{L}[^|:()]*)\)?$`)
	longShort = regexp.MustCompile(`^(?P<long>\p{L}[^|:()]*?)\s*(?:[-–—|:]\s*|\()(?P<short>[\p{Lu}.]{2,12})\)?$`)

	institutionOf = regexp.MustCompile(`^(?:The |Royal |Federal |Permanent )*(?:Ministry|Department|Embassy|Office|Mission|Delegation|Government|Secretariat|Institute|Directorate|House|Parliament|Organi[sz]ation) (?:of|for|to) `)

	institutionEnd = regexp.MustCompile(`(?:^| )(?:Organi[sz]ation|Ministry|Department|Embassy|Council|Commission|Committee|Agency|Institute|University|Foundation|Secretariat|Parliament|Assembly|Office|Association|Alliance|Union|Corporation|Nations)$`)

	// relation matches words that names of institutions do not have.
	relation = regexp.MustCompile(`(?i)\b(?:by|to|with|at|from|about|in|on)\b`)
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
func isName(line string) bool {
	for _, word := range strings.Fields(line) {
		first := []rune(word)[0]
		if unicode.IsLower(first) && len(word) > 3 {
			return false
		}
	}
	return true
}

// dateLabel matches what stands before the date of publication on its line.
var dateLabel = regexp.MustCompile(`(?i)^(?:(?:date|dated|(?:last |date )?(?:updated?|modified|revised|published|posted|issued|released)(?: (?:on|at|date))?|(?:publication|release|issue) date|date of (?:publication|issue|release)|mis à jour(?: le)?|publié(?: le)?)\s*[:.]?\s*)`)

// dateToken matches a word that a line with nothing but a date may have.
var dateToken = regexp.MustCompile(`(?i)^(?:\d{1,2}(?:st|nd|rd|th|er)?|[12]\d{3}|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|\d{1,2}-\p{L}{3,9}-\d{4}|a\.?m|p\.?m|\d{1,2}(?:am|pm)|of|at|on|the|le|hrs?|utc|gmt|cet|cest|e[sd]t|` +
	`jan(?:uary|vier|v)?|feb(?:ruary|r)?|f[ée]v(?:rier|r)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?|aug(?:ust)?|ao[ûu]t|sep(?:t|tember|tembre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|d[ée]c(?:ember|embre)?|` +
	`mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)$`)

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
		if !dateToken.MatchString(strings.TrimRight(word, ".:")) {
			return corpus.Date{}, false
		}
	}
	if len(words) == 1 && len(rest) == len(line) && len(rest) <= 4 {
		return corpus.Date{}, false
	}
	return corpus.ParseLooseDate(rest)
}
