package document

import (
	"strings"
	"unicode/utf8"

	"rapport/corpus"
)

// paragraph is a stretch of a body that is shown as one block.
type paragraph struct {
	start, end int
	number     int  // from 1; the pieces of a long paragraph share it
	continued  bool // not the first piece of its paragraph
}

// part is a stretch of a body that is shown on one page of the reader.
type part struct {
	start, end int
	paragraphs []paragraph
}

// Sizes in bytes of text.
const (
	partSize      = 24 << 10 // a page of the reader aims at
	longParagraph = 6 << 10  // longer ones are shown in pieces
)

// paragraphs splits a body: at line ends, or at blank lines when its lines
// are wrapped by hand.
func paragraphs(body string) []paragraph {
	wrapped := isWrapped(body)
	var list []paragraph
	number := 0
	for at := 0; at < len(body); {
		line, blank := nextLine(body, at)
		if blank {
			at = line
			continue
		}
		end := line
		for wrapped && end < len(body) {
			next, blank := nextLine(body, end)
			if blank {
				break
			}
			end = next
		}
		number++
		list = appendPieces(list, body, at, end, number)
		at = end
	}
	return list
}

// nextLine returns the end of the line that begins at an offset, behind its
// line feed, and whether the line is blank.
func nextLine(body string, at int) (end int, blank bool) {
	if i := strings.IndexByte(body[at:], '\n'); i >= 0 {
		end = at + i + 1
	} else {
		end = len(body)
	}
	return end, strings.TrimSpace(body[at:end]) == ""
}

// appendPieces adds the paragraph body[start:end], cut at spaces when it is
// long.
func appendPieces(list []paragraph, body string, start, end, number int) []paragraph {
	for end > start && (body[end-1] == '\n' || body[end-1] == '\r') {
		end--
	}
	continued := false
	for end-start > longParagraph {
		cut := start + longParagraph
		if i := strings.LastIndexByte(body[start:cut], ' '); i > longParagraph/2 {
			cut = start + i + 1
		}
		for cut > start && !utf8.RuneStart(body[cut]) {
			cut--
		}
		list = append(list, paragraph{start, cut, number, continued})
		start, continued = cut, true
	}
	return append(list, paragraph{start, end, number, continued})
}

// isWrapped reports whether lines were broken by hand: when most lines that
// are followed by another one are of a length that editors wrap at.
func isWrapped(body string) bool {
	sample := body[:min(len(body), 64<<10)]
	lines := strings.Split(sample, "\n")
	followed, typical := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" || strings.TrimSpace(lines[i+1]) == "" {
			continue
		}
		followed++
		if n := utf8.RuneCountInString(lines[i]); n >= 50 && n <= 100 {
			typical++
		}
	}
	return followed >= 3 && typical*3 >= followed*2
}

// parts groups paragraphs into pages of the reader. A part ends early where a
// page of the document begins, so that pages stay whole where they can.
func parts(list []paragraph, marks []corpus.Page) []part {
	var all []part
	var now part
	next := 0
	for _, p := range list {
		newPage := false
		for next < len(marks) && marks[next].Offset <= p.start {
			newPage = newPage || marks[next].Level <= 1
			next++
		}
		size := 0
		if len(now.paragraphs) > 0 {
			size = p.start - now.start
		}
		if size >= partSize || newPage && size >= partSize/2 {
			all = append(all, now)
			now = part{}
		}
		if len(now.paragraphs) == 0 {
			now.start = p.start
		}
		now.paragraphs = append(now.paragraphs, p)
		now.end = p.end
	}
	if len(now.paragraphs) > 0 {
		all = append(all, now)
	}
	return all
}

// partAt returns the index of the part that holds an offset, or the nearest.
func partAt(all []part, offset int) int {
	for i := len(all) - 1; i > 0; i-- {
		if all[i].start <= offset {
			return i
		}
	}
	return 0
}

// paragraphAt returns the paragraph that holds an offset, or the nearest
// before it.
func paragraphAt(list []paragraph, offset int) (paragraph, bool) {
	var found paragraph
	ok := false
	for _, p := range list {
		if p.start > offset && ok {
			break
		}
		if !p.continued || p.start <= offset {
			found, ok = p, true
		}
	}
	return found, ok
}
