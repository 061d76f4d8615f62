package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds for telling changed words from missing ones.
const (
	// shortContext is the number of bytes of prefix or suffix that must still
	// stand. A shorter context proves nothing by itself.
	shortContext = 8
	// longerBy is how many bytes the new words may be longer than twice the
	// old ones.
	longerBy = 120
	// kinship is the part of the old words that the new ones must share when
	// only one side of the surroundings is long enough to prove the place.
	kinship = 0.5
)

// changed looks for the surroundings of words that stand nowhere, else for the
// words with other numbers. It returns the evidence as changed with what stands
// there now, or as missing.
func (a *Anchorer) changed(e Evidence, q quotation) Evidence {
	now := a.between(q)
	if now == (span{}) {
		now = a.renumbered(q)
	}
	if now == (span{}) {
		return e
	}
	from, to := a.folded.span(a.doc.Body, now.start, now.end)
	e.Status, e.Offset, e.End = AnchorChanged, from, to
	e.Now, e.Page = a.doc.Body[from:to], a.page(from)
	return e
}

// between returns the folded bytes between the nearest pair of prefix and
// suffix that can hold the changed words, or the zero span.
func (a *Anchorer) between(q quotation) span {
	prefixes, suffixes := strings.TrimSpace(q.prefix), strings.TrimSpace(q.suffix)
	switch {
	case len(prefixes) >= shortContext:
		return a.afterPrefix(q, prefixes, suffixes)
	case len(suffixes) >= shortContext:
		return a.beforeSuffix(q, prefixes, suffixes)
	}
	return span{}
}

// afterPrefix looks behind each place of the prefix's tail, the longest tail
// that stands anywhere.
func (a *Anchorer) afterPrefix(q quotation, prefix, suffix string) span {
	for size := len(prefix); size >= shortContext; size = nextSize(size) {
		tail := prefix[len(prefix)-size:]
		if !utf8.RuneStart(tail[0]) {
			continue
		}
		best, likest := span{}, 0.0
		for _, at := range a.find(tail) {
			words := a.upTo(q, at+len(tail), suffix)
			if words == (span{}) {
				continue
			}
			like := similarity(q.exact, a.folded.text[words.start:words.end])
			proven := len(suffix) >= shortContext
			if (proven || like >= kinship) && (best == span{} || like > likest) {
				best, likest = words, like
			}
		}
		if best != (span{}) {
			return best
		}
	}
	return span{}
}

// upTo returns the words from a folded offset to the head of the suffix, or
// to the end of the paragraph when there is no suffix.
func (a *Anchorer) upTo(q quotation, from int, suffix string) span {
	text := a.folded.text[from:min(len(a.folded.text), from+2*len(q.exact)+longerBy)]
	if suffix == "" {
		end := len(text)
		if i := strings.Index(text, ". "); i >= 0 {
			end = i + 1
		}
		return trimmed(a.folded.text, span{from, from + end})
	}
	for size := len(suffix); size >= min(shortContext, len(suffix)) && size > 0; size = nextSize(size) {
		if i := indexEdge(text, suffix[:size]); i > 0 {
			return trimmed(a.folded.text, span{from, from + i})
		}
	}
	return span{}
}

// indexEdge returns where head stands in text. Punctuation inside a number
// ("2.5") is not the full stop that ended the old words.
func indexEdge(text, head string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], head)
		if i < 0 {
			return -1
		}
		i += from
		if len(head) > 1 || i+1 >= len(text) || i == 0 || !isDigit(text[i-1]) || !isDigit(text[i+1]) {
			return i
		}
		from = i + 1
	}
}

// beforeSuffix looks before each place of the suffix's head for words akin to
// the old ones that begin behind the short prefix, or with a sentence or
// paragraph, as words without a prefix do.
func (a *Anchorer) beforeSuffix(q quotation, prefix, suffix string) span {
	for size := len(suffix); size >= shortContext; size = nextSize(size) {
		head := suffix[:size]
		if !utf8.ValidString(head) {
			continue
		}
		best, likest := span{}, kinship
		for _, at := range a.find(head) {
			from := max(0, at-2*len(q.exact)-longerBy)
			text := a.folded.text[from:at]
			if i := strings.LastIndex(text, prefix); prefix != "" && i >= 0 {
				from += i + len(prefix)
			} else if i := strings.LastIndex(text, ". "); i >= 0 {
				from += i + 2
			}
			words := trimmed(a.folded.text, a.paragraph(span{from, at}))
			if words == (span{}) {
				continue
			}
			if like := similarity(q.exact, a.folded.text[words.start:words.end]); like >= likest {
				best, likest = words, like
			}
		}
		if best != (span{}) {
			return best
		}
	}
	return span{}
}

// paragraph cuts off what stands before the last end of a paragraph in the
// folded span.
func (a *Anchorer) paragraph(s span) span {
	if s.start >= s.end {
		return s
	}
	from, to := a.folded.span(a.doc.Body, s.start, s.end)
	i := strings.LastIndex(a.doc.Body[from:to], "\n\n")
	if i < 0 {
		return s
	}
	for s.start < s.end && a.folded.original(s.start) < from+i {
		s.start++
	}
	return s
}

// trimmed returns the span without white space at its ends, or the zero span
// when nothing is left.
func trimmed(text string, s span) span {
	for s.start < s.end && text[s.start] == ' ' {
		s.start++
	}
	for s.start < s.end && text[s.end-1] == ' ' {
		s.end--
	}
	if s.start == s.end {
		return span{}
	}
	return s
}

// nextSize halves the length of a context that stands nowhere, down to
// shortContext and then to nothing.
func nextSize(size int) int {
	if size > shortContext {
		return max(size/2, shortContext)
	}
	return 0
}

// similarity is the part of the words of old that also stand in new, 0 to 1.
func similarity(old, new string) float64 {
	words := strings.FieldsFunc(old, func(r rune) bool { return !wordRune(r) })
	if len(words) == 0 {
		return 0
	}
	have := map[string]int{}
	for _, w := range strings.FieldsFunc(new, func(r rune) bool { return !wordRune(r) }) {
		have[w]++
	}
	same := 0
	for _, w := range words {
		if have[w] > 0 {
			have[w]--
			same++
		}
	}
	return float64(same) / float64(len(words))
}

// wordRune reports whether r is a part of a word or number.
func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
