package corpus

import "strings"

// isYear decides whether the four digits at word i are a year.
func (y *yearFinder) isYear(i int) bool {
	w, text := y.list.words[i], y.list.text
	prev, next := "", ""
	if w.start > 0 {
		prev = text[:w.start]
	}
	next = text[w.end:]
	before, after := y.before(i), y.after(i)
	switch {
	case y.afterDay(i, prev):
		return true // May 5,2007
	case y.listed(i), y.reference(i, prev, next):
		return false
	case strings.HasSuffix(prev, "$") || strings.HasSuffix(prev, "€") || strings.HasSuffix(prev, "£") || strings.HasSuffix(prev, "¥"),
		strings.HasSuffix(prev, "#") || strings.HasSuffix(prev, "№") || strings.HasSuffix(prev, "@") || strings.HasSuffix(prev, "_") || strings.HasSuffix(prev, "="),
		strings.HasSuffix(prev, ",") && len(prev) > 1 && digitByte(prev[len(prev)-2]):
		return false
	case strings.HasSuffix(prev, ".") && len(prev) > 1 && digitByte(prev[len(prev)-2]):
		return dotted(prev) // 3.5.2011, not 1.2011
	case strings.HasPrefix(next, "%") || strings.HasPrefix(next, "°") || strings.HasPrefix(next, "_") || strings.HasPrefix(next, "@"),
		len(next) > 1 && (next[0] == '.' || next[0] == ',') && digitByte(next[1]):
		return false
	case len(next) > 1 && next[0] == ':' && digitByte(next[1]):
		return false
	case (numbered[before] || y.series[before]) && !strings.HasSuffix(strings.TrimRight(prev, " \t\r\n"), "("):
		y.numbered = i
		return false
	case y.clock(i), y.phone(i):
		return false
	}
	if counted[after] && !months[before] && !introduces[before] && y.gapAfter(i) == " " {
		return false
	}
	if string(y.list.fold(i)) < "1900" {
		return introduces[before] || months[before] || before == "and" && i > 1 && y.inSpan(i-2)
	}
	return true
}

// dotted reports a text that ends with a day and a month with dots: "3.5.".
func dotted(prev string) bool {
	parts := strings.Split(prev[max(0, len(prev)-6):], ".")
	return len(parts) >= 3 && len(parts[len(parts)-2]) <= 2 && len(parts[len(parts)-2]) > 0
}

// clock reports a time of day: "at 2000 hours", "2000 GMT".
func (y *yearFinder) clock(i int) bool {
	after := y.after(i)
	return after == "hrs" || after == "hours" || after == "gmt" || after == "utc" || after == "cet"
}

// phone reports four digits beside other groups of digits, as in a telephone
// number. Dates and ranges have a month, a day or a year beside them.
func (y *yearFinder) phone(i int) bool {
	group := func(j int) bool {
		if j < 0 || j >= len(y.list.words) {
			return false
		}
		w := y.list.fold(j)
		return allDigits(w) && len(w) >= 3 && (len(w) != 4 || !inRange(w, firstYear))
	}
	touches := func(gap string) bool { return gap == "-" || gap == " " || gap == "." }
	return i > 0 && group(i-1) && touches(y.gapAfter(i-1)) || group(i+1) && touches(y.gapAfter(i))
}

// inSpan reports four digits after "between".
func (y *yearFinder) inSpan(i int) bool {
	return y.before(i) == "between" && len(y.list.fold(i)) == 4 && allDigits(y.list.fold(i))
}

// listed reports that word i goes on a list of numbers: "1973" in "resolutions
// 1970 and 1973".
func (y *yearFinder) listed(i int) bool {
	joined := y.before(i) == "and" || y.before(i) == "or"
	if y.numbered < 0 || i == 0 || y.list.words[i].apart || !(y.numbered == i-1 && y.gapBefore(i) == ", " || y.numbered == i-2 && joined) {
		return false
	}
	y.numbered = i
	return true
}

// reference reports a year that is part of a document's number: "(2005) 016".
func (y *yearFinder) reference(i int, prev, next string) bool {
	return strings.HasSuffix(prev, "(") && strings.HasPrefix(next, ")") && strings.TrimLeft(y.gapAfter(i), ")") == " " &&
		allDigits(y.list.fold(i+1)) && len(y.list.fold(i+1)) == 3
}

// afterDay reports a year that only a comma parts from its day.
func (y *yearFinder) afterDay(i int, prev string) bool {
	return i > 1 && strings.HasSuffix(prev, ",") && y.gapBefore(i) == "," && len(y.list.fold(i-1)) <= 2 && months[string(y.list.fold(i-2))]
}
