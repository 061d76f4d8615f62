package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfLines returns the lines of a page from the characters that the library
// gives: it marks a hyphen that parts a word at the end of a line with U+0002
// or U+FFFE.
func pdfLines(text string) []string {
	text = ligatures.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.NewReplacer("\uFFFE", "\x02", "\u00AD\n", "\x02\n").Replace(text)
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x02")
		b.WriteString(before)
		if !found {
			break
		}
		text = strings.TrimLeft(after, " \n")
		if !joins(text) {
			b.WriteByte('-') // the hyphen of a name or a number
		}
	}
	return strings.Split(b.String(), "\n")
}

// joins reports whether what follows a hyphen at the end of a line is the
// rest of a word.
func joins(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(r)
}

var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// The least number of pages, and the share of them, on which a line stands at
// the same end to be a running header or footer.
const (
	minRunningPages = 4
	runningShare    = 0.6
)

// dropRunning removes the first and the last line of pages when most pages
// have the same one but for its numbers. The page on which it stands first
// keeps it, so that no word is lost.
func dropRunning(pages [][]string) {
	for i, page := range pages {
		pages[i] = trimBlankLines(page)
	}
	if len(pages) < minRunningPages {
		return
	}
	dropEnd(pages, func(p []string) int { return 0 })
	dropEnd(pages, func(p []string) int { return len(p) - 1 })
}

// dropEnd removes running lines at the index that at gives.
func dropEnd(pages [][]string, at func([]string) int) {
	counts := map[string]int{}
	for _, p := range pages {
		if len(p) > 1 {
			counts[withoutNumbers(p[at(p)])]++
		}
	}
	seen := map[string]bool{}
	for i, p := range pages {
		if len(p) < 2 {
			continue
		}
		n := at(p)
		key := withoutNumbers(p[n])
		if counts[key] < minRunningPages || float64(counts[key]) < runningShare*float64(len(pages)) {
			continue
		}
		if key != "" && !seen[key] {
			seen[key] = true
			continue
		}
		pages[i] = append(append([]string(nil), p[:n]...), p[n+1:]...)
	}
}

func trimBlankLines(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// withoutNumbers returns a line without digits and spaces, to compare headers
// with page numbers in them.
func withoutNumbers(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, line)
}
