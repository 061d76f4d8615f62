package corpus

import (
	"strings"
	"unicode"
)

// phrases is a dictionary of names and phrases, looked up word by word. It
// takes one step per word of the text, whatever it holds.
type phrases struct {
	root phraseNode
	// begins holds the first two bytes of the first words, which rules out
	// most words of a text without a look into a map.
	begins [1 << 16 / 64]uint64
	// spellings maps variants of words to the one that phrases are kept in.
	spellings map[string]string
	// plurals accepts a final s that the phrase does not have.
	plurals bool
}

type phraseNode struct {
	next   map[string]*phraseNode
	senses []sense
}

// sense is one meaning of a phrase.
type sense struct {
	role  role
	index int // of the partner or topic
	// caps asks for capitals throughout, capital for one at the beginning,
	// inner for one anywhere.
	caps, capital, inner bool
}

// role is what a phrase does for a partner or topic.
type role uint8

const (
	roleNone    role = iota // a phrase of somebody else: it only takes the words away
	roleStrong              // a name or a trigger
	roleWeak                // counts beside a strong one
	roleUnless              // a cue against a partner
	roleConfirm             // a cue for a partner
)

// add enters a phrase. With names, capitals of its first letter are asked of
// the text too.
func (p *phrases) add(phrase string, r role, index int, names bool) {
	n := &p.root
	for i, w := range splitWords(phrase) {
		if i == 0 {
			p.begin(w)
		}
		if to, ok := p.spellings[w]; ok {
			w = to
		}
		if n.next == nil {
			n.next = map[string]*phraseNode{}
		}
		if n.next[w] == nil {
			n.next[w] = &phraseNode{}
		}
		n = n.next[w]
	}
	if n == &p.root {
		return
	}
	s := sense{role: r, index: index, caps: allCaps(phrase)}
	s.capital = names && !s.caps && startsUpper(phrase)
	s.inner = names && !s.capital && strings.ContainsFunc(phrase, unicode.IsUpper)
	n.senses = append(n.senses, s)
}

// begin notes how a first word begins.
func (p *phrases) begin(word string) {
	at := firstTwo([]byte(word))
	p.begins[at/64] |= 1 << (at % 64)
}

// firstTwo returns the first two bytes of a word as a number.
func firstTwo(w []byte) int {
	if len(w) < 2 {
		return int(w[0])
	}
	return int(w[0]) | int(w[1])<<8
}

// match returns the senses of the longest phrase that begins at word i, and
// the number of its words; 0 when there is none.
func (p *phrases) match(l *wordList, i int) (senses []sense, length int) {
	if at := firstTwo(l.fold(i)); p.begins[at/64]&(1<<(at%64)) == 0 {
		return nil, 0
	}
	nodes := append(make([]*phraseNode, 0, 8), &p.root)
	next := make([]*phraseNode, 0, 8)
	for j := i; j < len(l.words) && len(nodes) > 0 && (j == i || !l.words[j].apart); j++ {
		next = next[:0]
		for _, n := range nodes {
			next = p.step(next, n, l.fold(j))
		}
		nodes, next = next, nodes
		for _, n := range nodes {
			if len(n.senses) > 0 && accepted(n.senses, l.span(i, j)) {
				senses, length = n.senses, j-i+1
				break // the form that is written comes first
			}
		}
	}
	return senses, length
}

// step appends the nodes to which a word leads: as it is written, in another
// spelling, as a plural. Which of them goes on to a phrase is seen later.
func (p *phrases) step(to []*phraseNode, n *phraseNode, w []byte) []*phraseNode {
	if next := n.next[string(w)]; next != nil {
		to = append(to, next)
	}
	if usual, ok := p.spellings[string(w)]; ok {
		if next := n.next[usual]; next != nil {
			to = append(to, next)
		}
	}
	if last := len(w) - 1; p.plurals && last > 2 && w[last] == 's' {
		if next := n.next[string(w[:last])]; next != nil {
			to = append(to, next)
		}
	}
	return to
}

// accepted reports whether any sense may be written so.
func accepted(senses []sense, written string) bool {
	for _, s := range senses {
		if s.accepts(written) {
			return true
		}
	}
	return false
}

func (s sense) accepts(written string) bool {
	switch {
	case s.caps:
		return allCaps(strings.TrimSuffix(written, "s")) // PRTs
	case s.capital:
		return startsUpper(written)
	case s.inner:
		return strings.ContainsFunc(written, unicode.IsUpper)
	}
	return true
}

// allCaps reports a text of two letters or more, all of them capitals.
func allCaps(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters > 1
}

func startsUpper(s string) bool {
	r, _ := decode(s, 0)
	return unicode.IsUpper(r)
}

// chunkSize bounds the text that is cut into words at a time, in bytes.
const chunkSize = 64 << 10

// chunks calls f with pieces of a text and their offsets. Pieces end at
// paragraphs; where one is very long at a sentence, else at white space.
func chunks(text string, f func(piece string, offset int)) {
	offset := 0
	for len(text) > chunkSize {
		end := strings.LastIndex(text[:chunkSize], "\n\n")
		if end <= 0 {
			end = max(strings.LastIndex(text[:chunkSize], ". "), strings.LastIndex(text[:chunkSize], ".\n")) + 1
		}
		if end <= 0 {
			end = strings.LastIndexAny(text[:chunkSize], " \n")
		}
		if end <= 0 {
			end = chunkSize
			for end > 0 && text[end]&0xc0 == 0x80 {
				end--
			}
		}
		f(text[:end], offset)
		text, offset = text[end:], offset+end
	}
	f(text, offset)
}
