package corpus

import (
	"index/suffixarray"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxContext is the largest number of characters of a quotation's prefix and
// suffix.
const MaxContext = 32

// Anchorer finds quotations in one document. Preparing it costs one pass over
// the text; it pays when a document has several facts. It is not safe for
// concurrent use.
type Anchorer struct {
	doc    *Document
	folded foldedText
	asked  int                // searches so far
	index  *suffixarray.Index // made when there are many
}

// Above these sizes a suffix array is made: to make one takes about as long
// as a hundred searches through the text.
const (
	indexedText   = 64 << 10 // bytes
	indexedSearch = 64       // searches
)

// NewAnchorer returns an Anchorer for the document, which must not change.
func NewAnchorer(doc *Document) *Anchorer {
	return &Anchorer{doc: doc, folded: foldText(doc.Body)}
}

// Anchor finds a single quotation in a document: see Anchorer.Anchor.
func Anchor(doc *Document, e Evidence) Evidence { return NewAnchorer(doc).Anchor(e) }

// Anchor returns the evidence with Offset, End, Page, Status and Now as they
// are in the document. An Offset and End given by the evidence are a hint.
//
// The words are looked for with quotation marks, dashes and white space
// folded; letters, case and digits must agree, and where the quotation begins
// or ends at the edge of a word or number, the text must, too. Of several
// places the one whose surroundings agree with prefix and suffix over the
// most characters counts. The status is
//
//   - exact: the words stand there as quoted, where the hint says if there is one;
//   - moved: they stand as quoted at another place than the hint says;
//   - normalised: they stand there but for folding;
//   - ambiguous: several places agree equally well, and the hint names none;
//   - changed: the words stand nowhere, but their surroundings do, or the words do
//     with other numbers at one place; Now holds what stands there, and Offset and
//     End where;
//   - missing: none of that stands.
func (a *Anchorer) Anchor(e Evidence) Evidence {
	hint := span{e.Offset, e.End}
	e.Offset, e.End, e.Page, e.Now, e.Status = 0, 0, "", "", AnchorMissing
	quote := a.quotation(e)
	if quote.exact == "" {
		return e
	}
	best, several := a.best(quote, hint)
	switch {
	case several:
		e.Status = AnchorAmbiguous
		return e
	case best == span{}:
		return a.changed(e, quote)
	}
	e.Offset, e.End = best.start, best.end
	e.Page = a.page(best.start)
	switch {
	case a.doc.Body[best.start:best.end] != strings.TrimSpace(e.Exact):
		e.Status = AnchorNormalised
	case hint != span{} && hint != best:
		e.Status = AnchorMoved
	default:
		e.Status = AnchorExact
	}
	return e
}

// span is a stretch of bytes of the document's body.
type span struct{ start, end int }

// quotation is what to look for, folded.
type quotation struct {
	exact, prefix, suffix string
	// before and after are the characters beside the words when they were
	// quoted, or utf8.RuneError.
	before, after rune
}

func (a *Anchorer) quotation(e Evidence) quotation {
	q := quotation{exact: strings.TrimSpace(fold(e.Exact)), prefix: fold(e.Prefix), suffix: fold(e.Suffix)}
	if q.exact == "" {
		return q
	}
	q.before, _ = utf8.DecodeLastRuneInString(q.prefix)
	q.after, _ = utf8.DecodeRuneInString(q.suffix)
	return q
}

// best returns the place that fits the quotation best, or the zero span when
// none does. Several reports that more than one fits best and the hint names
// none of them.
func (a *Anchorer) best(q quotation, hint span) (best span, several bool) {
	score := -1
	for _, at := range a.find(q.exact) {
		end := at + len(q.exact)
		if !a.edges(q, at, end) {
			continue
		}
		s := sameTail(trimRight(a.folded.text[:at]), trimRight(q.prefix)) +
			sameHead(trimLeft(a.folded.text[end:]), trimLeft(q.suffix))
		if s < score {
			continue
		}
		from, to := a.folded.span(a.doc.Body, at, end)
		here := span{from, to}
		switch {
		case s > score:
			best, score, several = here, s, false
		case here == hint:
			best, several = here, false
		case best != hint:
			several = true
		}
	}
	return best, several
}

// edges reports whether the words are whole at a place: "571 hectares" does
// not hold "71 hectares", nor "$20.5 million" "$20". Words that were quoted
// out of the middle of another may stand in the middle of it again.
func (a *Anchorer) edges(q quotation, start, end int) bool {
	t := a.folded.text
	first, _ := utf8.DecodeRuneInString(q.exact)
	last, _ := utf8.DecodeLastRuneInString(q.exact)
	before, beforeSize := utf8.DecodeLastRuneInString(t[:start])
	after, afterSize := utf8.DecodeRuneInString(t[end:])
	goesOn := wordRune(first) && wordRune(before) || numberGoesOn(first, before, t[:start-beforeSize], true)
	if goesOn && before != q.before {
		return false
	}
	goesOn = wordRune(last) && wordRune(after) || numberGoesOn(last, after, t[end+afterSize:], false)
	return !goesOn || after == q.after
}

// numberGoesOn reports whether a digit at the edge of a quotation, a separator
// beside it and a digit beyond are one number.
func numberGoesOn(edge, separator rune, beyond string, backwards bool) bool {
	if edge < '0' || edge > '9' || separator != '.' && separator != ',' || beyond == "" {
		return false
	}
	if backwards {
		return isDigit(beyond[len(beyond)-1])
	}
	return isDigit(beyond[0])
}

// find returns all places of the folded words in the folded text, in order.
func (a *Anchorer) find(words string) []int {
	a.asked++
	if a.index == nil && a.asked > indexedSearch && len(a.folded.text) > indexedText {
		a.index = suffixarray.New([]byte(a.folded.text))
	}
	if a.index != nil {
		places := a.index.Lookup([]byte(words), -1)
		slices.Sort(places)
		return places
	}
	var places []int
	for from := 0; ; {
		i := strings.Index(a.folded.text[from:], words)
		if i < 0 {
			return places
		}
		places = append(places, from+i)
		from += i + 1
	}
}

// page returns the label of the page at the offset.
func (a *Anchorer) page(offset int) string {
	p, _ := a.doc.PageAt(offset)
	return p.Label
}

// sameTail counts the bytes at the end of text that agree with the end of
// prefix.
func sameTail(text, prefix string) int {
	n := 0
	for n < len(text) && n < len(prefix) && text[len(text)-1-n] == prefix[len(prefix)-1-n] {
		n++
	}
	return n
}

// sameHead counts the bytes at the beginning of text that agree with suffix.
func sameHead(text, suffix string) int {
	n := 0
	for n < len(text) && n < len(suffix) && text[n] == suffix[n] {
		n++
	}
	return n
}

// trimLeft and trimRight take off the spaces that people lose when they copy
// the surroundings of a quotation.
func trimLeft(s string) string  { return strings.TrimLeft(s, " ") }
func trimRight(s string) string { return strings.TrimRight(s, " ") }
