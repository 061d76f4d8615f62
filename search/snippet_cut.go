package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
)

// passage returns the bytes of the body to show for some matches, between two
// limits: from the beginning of a sentence, a line or at least a word, to the
// end of one. Without matches it is the beginning of what is between.
func passage(d *corpus.Document, matches []Match, low, high int) (from, to int) {
	body := d.Body
	first, last := low, low
	if len(matches) > 0 {
		first, last = matches[0].Offset, matches[0].End
		for _, m := range matches {
			last = max(last, m.End)
		}
		if page, ok := d.PageAt(first); ok {
			low = max(low, min(page.Offset, first)) // no text of the page before
		}
		high = max(high, last)
	} else {
		first = skipSpace(body, low, high)
		last = first
	}
	if len(matches) > 0 {
		low = max(low, blockStart(body, max(low, first-snippetLength), first))
		high = min(high, blockEnd(body, last, min(high, last+snippetLength)))
	}
	first = max(first, low)
	if last > first+maxSnippet {
		last = runeStart(body, first+maxSnippet)
	}
	last = max(first, last)
	room := max(0, snippetLength-(last-first))
	from = begin(body, first, low, room*2/3)
	to = finish(body, last, min(high, max(last, from+snippetLength)))
	return from, to
}

// begin returns where a passage begins that shows what stands at first: at
// low, which begins a text or page or follows a passage, when that is at most
// room bytes away, else after the last end of a sentence or line, else at a
// word about a third of the way back.
func begin(body string, first, low, room int) int {
	if first-room <= low {
		return skipSpace(body, low, first)
	}
	low = runeStart(body, first-room)
	if i := lastBoundary(body, low, first); i >= 0 {
		return skipSpace(body, i, first)
	}
	third := runeStart(body, first-room/3)
	if i := strings.IndexFunc(body[third:first], unicode.IsSpace); i >= 0 {
		return skipSpace(body, third+i, first)
	}
	if i := strings.LastIndexFunc(body[low:first], unicode.IsSpace); i >= 0 {
		return skipSpace(body, low+i, first)
	}
	return third
}

// finish returns where a passage ends that shows what stands before last: with
// the last end of a sentence or line up to high, else between words.
func finish(body string, last, high int) int {
	if high <= last {
		return last
	}
	if high = runeStart(body, high); high <= last {
		return last
	}
	if high == len(body) || blockEnd(body, high, min(len(body), high+1)) == high {
		return trimSpace(body, last, high)
	}
	if i := lastBoundary(body, last, high); i-last >= (high-last)/2 || i >= 0 && high-last <= snippetLength/3 {
		return trimSpace(body, last, i)
	}
	if i := strings.LastIndexFunc(body[last:high], unicode.IsSpace); i >= 0 {
		return trimSpace(body, last, last+i)
	}
	return high
}

// lastBoundary returns the last place between two places of the body that is
// behind the end of a sentence, paragraph or short line, -1 when there is none.
func lastBoundary(body string, from, to int) int {
	for i := to; i > from; {
		r, size := utf8.DecodeLastRuneInString(body[from:i])
		before, after := body[from:i-size], body[i:]
		switch r {
		case '\u2028', '\u2029', '\f', '。', '！', '？', '｡':
			return i
		case '\n':
			if endsLine(before, after) {
				return i
			}
		case '.', '!', '?', '…', '”', '’', '"', '\'', ')', ']', '»':
			if endsSentence(body[from:i], after) {
				return i
			}
		}
		i -= size
	}
	return -1
}

// cutBefore reports whether what begins at a place of the body goes on with a
// sentence that began before it.
func cutBefore(body string, from int) bool {
	end := trimSpace(body, 0, from)
	return end > 0 && !boundary(body, end, from)
}

// cutAfter reports whether the sentence in which a passage ends goes on.
func cutAfter(body string, to int) bool {
	next := skipSpace(body, to, len(body))
	return next < len(body) && !boundary(body, trimSpace(body, 0, to), next)
}

// boundary reports whether a sentence or line ends at a place of the body that
// only space divides from the next text.
func boundary(body string, end, next int) bool {
	return lastBoundary(body, runeStart(body, max(0, end-wrapped)), next) >= end
}

// blockStart returns where the last block of text that begins between two
// places of the body begins, and the first of the places when none does. Blank
// lines divide blocks.
func blockStart(body string, from, to int) int {
	for i := to; i > from; {
		line := strings.LastIndexByte(body[from:i], '\n')
		if line < 0 {
			break
		}
		i = from + line
		if before := strings.TrimRight(body[from:i], " \t\r"); strings.HasSuffix(before, "\n") {
			return i + 1
		}
	}
	return from
}

// blockEnd returns the first place from one to another at which a line ends
// that a blank one follows, the second when there is none.
func blockEnd(body string, from, to int) int {
	for i := from; i < to; {
		line := strings.IndexByte(body[i:to], '\n')
		if line < 0 {
			break
		}
		i += line
		rest := body[i+1 : min(len(body), i+1+wrapped)]
		if strings.HasPrefix(strings.TrimLeft(rest, " \t\r"), "\n") {
			return i
		}
		i++
	}
	return to
}

// wrapped is the length in bytes from which a line more likely goes on in the
// next one than ends.
const wrapped = 50

// endsLine reports whether a line break is one that the author meant: beside
// a blank line, after a short line, or before a mark of a list. The others
// come from wrapping.
func endsLine(before, after string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	next, _, _ := strings.Cut(after[:min(len(after), 2*wrapped)], "\n")
	next = strings.TrimSpace(next)
	whole := len(line) < len(before) // else the line began before the text
	switch {
	case next == "" || strings.TrimSpace(line) == "" && whole:
		return true
	case whole && len(line) < wrapped:
		return true
	}
	mark, size := utf8.DecodeRuneInString(next)
	return strings.ContainsRune("-–—*•#|>", mark) && strings.HasPrefix(next[size:], " ")
}

// endsSentence reports whether a text that ends with a full stop or the like,
// and marks that close a quotation or bracket, ends a sentence.
func endsSentence(text, after string) bool {
	said := strings.TrimRight(text, "”’\"')]»")
	stop, size := utf8.DecodeLastRuneInString(said)
	next, _ := utf8.DecodeRuneInString(after)
	return strings.ContainsRune(".!?…", stop) && unicode.IsSpace(next) && !abbreviated(said[:len(said)-size], after)
}

// abbreviated reports whether a dot more likely ends an abbreviation than a
// sentence: after a single letter, or before a word in lower case.
func abbreviated(before, after string) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(after[:min(len(after), wrapped)], unicode.IsSpace))
	if unicode.IsLower(next) {
		return true
	}
	letter, size := utf8.DecodeLastRuneInString(before)
	ahead, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return unicode.IsLetter(letter) && !unicode.IsLetter(ahead) && !unicode.IsDigit(ahead)
}

func skipSpace(body string, from, to int) int {
	return to - len(strings.TrimLeftFunc(body[from:to], unicode.IsSpace))
}

func trimSpace(body string, from, to int) int {
	return from + len(strings.TrimRightFunc(body[from:to], unicode.IsSpace))
}

// runeStart returns the index, or the nearest before it, at which a character
// begins.
func runeStart(body string, i int) int {
	for n := 0; n < utf8.UTFMax-1 && i > 0 && i < len(body) && !utf8.RuneStart(body[i]); n++ {
		i--
	}
	return i
}
