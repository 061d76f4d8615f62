package document

import (
	"net/url"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/web/pages"
)

// placeAsked returns the offset that was asked for, by number, by the words quoted
// in a citation, or by a fact; -1 when none was.
func placeAsked(v *pages.Visit, doc *corpus.Document, facts []corpus.Fact) (at int, notice string) {
	at = -1
	if n, err := strconv.Atoi(v.Params.Get("at")); err == nil && n >= 0 {
		at = min(n, len(doc.Body))
	}
	if quote := strings.TrimSpace(v.Params.Get("quote")); quote != "" {
		found := findQuote(doc.Body, quote, max(at, 0))
		if found < 0 {
			return at, "The words that were cited, “" + pages.Clamp(quote, 120) + "”, do not stand in this document as it is now."
		}
		at = found
	}
	if id := v.Params.Get("fact"); id != "" {
		for i := range facts {
			if facts[i].ID == id && facts[i].Evidence.Status.Stale() {
				return at, "The words of fact " + pages.Clamp(id, 60) + " do not stand in this document as it is now. See below the text."
			}
		}
	}
	for at > 0 && at < len(doc.Body) && doc.Body[at]&0xC0 == 0x80 {
		at-- // into the middle of a letter
	}
	return at, ""
}

// findQuote returns the offset of quoted words, white space aside, nearest to
// a hint; -1 when they do not stand there.
func findQuote(body, quote string, near int) int {
	words := strings.Fields(quote)
	if len(words) == 0 {
		return -1
	}
	best := -1
	for from := 0; ; {
		i := strings.Index(body[from:], words[0])
		if i < 0 {
			return best
		}
		start := from + i
		from = start + len(words[0])
		if followedBy(body[from:], words[1:]) && (best < 0 || abs(start-near) < abs(best-near)) {
			best = start
		}
	}
}

func followedBy(text string, words []string) bool {
	for _, w := range words {
		trimmed := strings.TrimLeft(text, " \t\r\n\u00a0")
		if len(trimmed) == len(text) || !strings.HasPrefix(trimmed, w) {
			return false
		}
		text = trimmed[len(w):]
	}
	return true
}

func abs(n int) int { return max(n, -n) }

// quotedWords is how many words of a passage a citation's address holds.
const quotedWords = 8

// citePassage is how an analyst cites a passage: title, publisher, date,
// place, digest, state of the index, and an address that finds the words
// again.
func citePassage(v *pages.Visit, doc *corpus.Document, all []paragraph, at int, body *View) string {
	date := "no date"
	if !doc.Published.IsZero() {
		date = pages.When(doc.Published)
	} else if body.RunsTo != "" {
		date += " (text runs to " + body.RunsTo + ")"
	}
	link := pages.Address{Path: "/documents/" + url.PathEscape(string(doc.ID)), Params: url.Values{}}
	where := ""
	if p, ok := paragraphAt(all, max(at, 0)); ok {
		where = pages.JoinNonEmpty(", ", pages.Place(doc, p.start, ""), "¶ "+strconv.Itoa(p.number))
		words := strings.Fields(doc.Body[p.start:min(p.end, p.start+400)])
		link = link.Set("quote", strings.Join(words[:min(quotedWords, len(words))], " ")).At("at")
	}
	digest := ""
	if len(doc.Digest) >= 8 {
		digest = ", sha256 " + doc.Digest[:8]
	}
	return "“" + pages.Clamp(pages.TitleOf(doc), 300) + "”, " + pages.JoinNonEmpty(", ", pages.Clamp(doc.Publisher, 120), date, where) +
		". rapport, document " + string(doc.ID) + digest + ". " + pages.GenerationInWords(v) + " " + v.Base + link.String()
}
