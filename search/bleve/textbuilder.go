package bleve

import (
	"slices"
	"sync"

	"rapport/corpus"
	"rapport/search/analysis"
)

// lexicon remembers words of a language with their stems, so that each is
// stemmed and allocated once and not once per occurrence.
type lexicon struct {
	stemmer *analysis.Stemmer
	seen    map[string]lexeme
}

// lexeme is a word and its stem.
type lexeme struct{ text, stem string }

// maxLexicon bounds the words that a builder remembers per language.
const maxLexicon = 1 << 17

// builderPool keeps builders that read texts, to index them or for highlights,
// with the words they know: most words of a text stand in the one before, too.
type builderPool struct{ pool sync.Pool }

func (p *builderPool) take(groups map[corpus.TopicID]corpus.TopicID) *builder {
	b, ok := p.pool.Get().(*builder)
	if !ok {
		b = newBuilder(groups)
	}
	b.groups = groups
	return b
}

func (p *builderPool) give(b *builder) { p.pool.Put(b) }

func (b *builder) lexicon(language string) lexicon {
	l, ok := b.words[language]
	if !ok {
		l = lexicon{stemmer: analysis.NewStemmer(language), seen: map[string]lexeme{}}
		b.words[language] = l
	}
	if len(l.seen) > maxLexicon {
		clear(l.seen)
	}
	return l
}

func (l lexicon) word(term []byte) lexeme {
	if w, ok := l.seen[string(term)]; ok {
		return w
	}
	w := lexeme{text: string(term)}
	w.stem = w.text
	if stem := l.stemmer.Stem(term); string(stem) != w.text {
		w.stem = string(stem)
	}
	l.seen[w.text] = w
	return w
}

// scan calls f with the tokens of a text and their positions, the first of
// which is start. It returns the number of words, joined forms left out.
func (b *builder) scan(text string, start uint32, f func(*analysis.Token, uint32)) int {
	b.scanner.Reset(text)
	words := 0
	for t := (analysis.Token{}); b.scanner.Next(&t); {
		if !t.Joined {
			words++
		}
		f(&t, start+uint32(t.Position))
	}
	return words
}

// maxOccurrences is how many occurrences a textBuilder holds before it packs
// them: 16 bytes each. Few documents have more words.
const maxOccurrences = 1 << 16

// textBuilder collects the terms of one field of one record.
type textBuilder struct {
	name   string // of the field of documents
	stems  bool   // of words instead of the words
	titles bool   // and not bodies

	slots map[string]int32
	terms []termSlot
	// Occurrences in the order of the text that are not packed: term and position.
	of []int32
	at []uint32
	// Room for the positions by term.
	sorted []uint32
	starts []int32
	ahead  []termPositions // of each term, packed; empty unless the text is long
}

type termSlot struct {
	term   string
	count  int // of occurrences that are not packed
	weight int
	last   uint32 // position
}

func (t *textBuilder) reset() {
	if t.slots == nil {
		t.slots = map[string]int32{}
	}
	clear(t.slots)
	t.terms, t.of, t.at, t.ahead = t.terms[:0], t.of[:0], t.at[:0], nil
}

// form returns the form of a word that the field holds.
func (t *textBuilder) form(w lexeme) string {
	if t.stems {
		return w.stem
	}
	return w.text
}

// titleWeight returns what a word of a title counts in the field.
func (t *textBuilder) titleWeight() int {
	if t.titles {
		return 1
	}
	return titleWeight
}

// add notes an occurrence. Positions come in rising order.
func (t *textBuilder) add(term string, position uint32, weight int) {
	i, ok := t.slots[term]
	if !ok {
		i = int32(len(t.terms))
		t.slots[term] = i
		t.terms = append(t.terms, termSlot{term: term})
	}
	s := &t.terms[i]
	if s.weight > 0 && s.last == position {
		return // two forms of one word have one stem
	}
	s.count++
	s.last = position
	s.weight += weight
	t.of = append(t.of, i)
	t.at = append(t.at, position)
	if len(t.at) == maxOccurrences {
		t.packAhead()
	}
}

// packAhead packs the occurrences so far, so that a long text takes little more
// than its packed form.
func (t *textBuilder) packAhead() {
	t.ahead = slices.Grow(t.ahead, len(t.terms)-len(t.ahead))[:len(t.terms)]
	start := int32(0)
	for i, positions := 0, t.sort(); i < len(t.terms); i++ {
		t.ahead[i].add(positions[start:t.starts[i]])
		start = t.starts[i]
		t.terms[i].count = 0
	}
	t.of, t.at = t.of[:0], t.at[:0]
}

// sort returns the positions of the occurrences by term; starts says where
// those of each term end.
func (t *textBuilder) sort() []uint32 {
	positions := slices.Grow(t.sorted[:0], len(t.at))[:len(t.at)]
	t.starts = slices.Grow(t.starts[:0], len(t.terms))[:len(t.terms)]
	at := int32(0)
	for i, s := range t.terms {
		t.starts[i] = at
		at += int32(s.count)
	}
	for i, slot := range t.of {
		positions[t.starts[slot]] = t.at[i]
		t.starts[slot]++ // ends up where the next term starts
	}
	t.sorted = positions
	return positions
}

// field adds the terms to a record. Everything that the field needs is
// allocated in a few pieces.
func (t *textBuilder) field(r *record, name string) {
	if len(t.terms) == 0 {
		return
	}
	r.begin(name)
	r.postings = slices.Grow(r.postings, len(t.terms))
	number := fieldNumbers[name]
	if len(t.ahead) > 0 {
		t.packAhead()
		for i := range t.terms {
			p := posting{term: t.terms[i].term}
			p.packed, p.locations = t.ahead[i].pack(number, t.terms[i].weight)
			t.ahead[i] = termPositions{}
			r.add(p)
		}
		return
	}
	positions, start := t.sort(), int32(0)
	for i, s := range t.terms {
		p := posting{term: s.term}
		p.packed, p.locations = pack(number, positions[start:t.starts[i]], s.weight)
		start = t.starts[i]
		r.add(p)
	}
}
