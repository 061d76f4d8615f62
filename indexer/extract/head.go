package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
)

// The rule for the title of a plain text: of the short blocks of lines that
// stand before the first paragraph of prose, it is the first that is not
// furniture. Furniture are banners (the name of the organisation whose site
// it is: an abbreviation with its expansion, "Ministry of ..."), trails of
// navigation, addresses, dates, and labels such as "Press release", for which
// head_words.txt has the words of ten languages. A site's
// "SITE - Title" gives way to a line that repeats the title alone. When there
// is nothing but banners the first of them is better than no title. A line "Title: ..." is the title.

// The limits of a head, in blocks of lines and in characters.
const (
	maxHeadBlocks = 12
	maxTitle      = 200
	maxTitleLines = 3
)

// head is what the first lines of a plain text say about it.
type head struct {
	title     string
	published corpus.Date
}

// readHead reads the head of a text in the normal form of a body.
func readHead(body string) head {
	var h head
	var banner string
	for _, b := range headBlocks(body) {
		text := b.text()
		if date, ok := dateLine(text); ok {
			if h.published.IsZero() {
				h.published = date
			}
			continue
		}
		if m := titleField.FindStringSubmatch(text); m != nil && h.title == "" {
			h.title = m[1]
			continue
		}
		kind := b.kind()
		switch {
		case kind == proseBlock:
			return h.orBanner(banner)
		case kind == bannerBlock && banner == "":
			banner = text
		case kind == titleBlock && (h.title == "" || repeatsPart(h.title, text)):
			h.title = siteTitle(text)
		}
	}
	return h.orBanner(banner)
}

// titleField matches a line that says that it is the title.
var titleField = headPattern(`(?i)^LIST\s*:\s*(\S.*)$`, "title")

// repeatsPart reports whether a line is one of the parts of a title such as
// "Site | Title".
func repeatsPart(title, line string) bool {
	for _, part := range titleParts.Split(title, -1) {
		if part != title && strings.EqualFold(part, line) {
			return true
		}
	}
	return false
}

var titleParts = regexp.MustCompile(`\s+[-–—|]\s+|:\s+`)

func (h head) orBanner(banner string) head {
	if h.title == "" {
		h.title = banner
	}
	return h
}

// block is a run of lines without an empty one between them.
type block struct {
	lines []string
}

// text returns the lines as one.
func (b block) text() string { return cleanWords(strings.Join(b.lines, " ")) }

// headBlocks returns the first blocks of a body. A first line that is much
// shorter than the one after it is a block of its own.
func headBlocks(body string) []block {
	var blocks []block
	for part := range strings.SplitSeq(body, "\n\n") {
		lines := strings.SplitN(part, "\n", maxTitleLines+2)
		if len(lines) > 1 && underlined(lines[1]) {
			blocks = append(blocks, block{lines: lines[:1]})
			lines = lines[2:]
		}
		for len(lines) > 1 && standsAlone(lines[0], lines[1]) {
			blocks = append(blocks, block{lines: lines[:1]})
			lines = lines[1:]
		}
		if len(lines) > 0 {
			blocks = append(blocks, block{lines: lines})
		}
		if len(blocks) >= maxHeadBlocks {
			break
		}
	}
	return blocks
}

// standsAlone reports whether a line is a heading, a banner, furniture or a
// date above the line that follows it.
func standsAlone(line, next string) bool {
	if isFurniture(strings.TrimSpace(line)) {
		return true
	}
	if _, ok := dateLine(line); ok {
		return true
	}
	if _, ok := dateLine(next); ok {
		return true
	}
	a, b := utf8.RuneCountInString(line), utf8.RuneCountInString(strings.TrimSpace(next))
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(next))
	if isBanner(strings.TrimSpace(line)) && !unicode.IsLower(first) {
		return true
	}
	return a <= maxTitle/2 && b > 80 && b > a+a/2 && !unicode.IsLower(first) && !endsSentence(line)
}

func underlined(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= 3 && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "" || strings.Trim(line, "~") == "" || strings.Trim(line, "*") == "")
}

type blockKind int

const (
	titleBlock blockKind = iota
	bannerBlock
	furnitureBlock
	proseBlock
)

// kind tells what a block of the head is.
func (b block) kind() blockKind {
	text := b.text()
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case isAddressed(text):
		return proseBlock // a speech or a letter begins
	case text == "" || !strings.ContainsFunc(text, unicode.IsLetter) || isFurniture(text):
		return furnitureBlock
	case len(b.lines) > maxTitleLines || utf8.RuneCountInString(text) > maxTitle || unicode.IsLower(first):
		return proseBlock
	case endsSentence(text) || sentenceEnd.MatchString(text) && len(strings.Fields(text)) > 8:
		return proseBlock
	case isBanner(text):
		return bannerBlock
	}
	return titleBlock
}

// endsSentence reports whether a line ends as sentences and clauses do and
// titles do not.
func endsSentence(line string) bool {
	line = strings.TrimRight(line, " \"'”’»)*_")
	if abbreviation.MatchString(line) {
		return false
	}
	return line != "" && strings.ContainsRune(".,;:", rune(line[len(line)-1])) || strings.HasSuffix(line, "…")
}

// sentenceEnd matches the end of a sentence that another follows.
var sentenceEnd = regexp.MustCompile(`\p{Ll}[.!?] +\p{Lu}`)

// abbreviation matches a line that ends in an abbreviation, such as "U.S.".
var abbreviation = regexp.MustCompile(`(?:\b\p{Lu}\.)+$|\b(?:Inc|Ltd|Co|Jr|Sr|St|etc|No)\.$`)

// siteTitle returns the title in a line of the form "SITE - Kind: Title", and
// any other line as it is.
func siteTitle(line string) string {
	if m := siteKind.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return line
}

var siteKind = regexp.MustCompile(`^\p{Lu}{2,10}\s+[-–—|]\s+\p{Lu}\p{Ll}+:\s+(\S.*)$`)
