package bleve

import (
	"sync"

	index "github.com/blevesearch/bleve_index_api"

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

// builderPool keeps builders that read texts for highlights, with the words
// they know: most words of a text stand in the one before, too.
type builderPool struct{ pool sync.Pool }

func (p *builderPool) take() *builder {
	if b, ok := p.pool.Get().(*builder); ok {
		return b
	}
	return newBuilder(nil)
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

func (b *builder) start(builders ...*textBuilder) {
	for _, t := range builders {
		t.reset()
	}
}

// textBuilder collects the terms of one field of one record.
type textBuilder struct {
	slots map[string]int32
	terms []termSlot
	// Occurrences in the order of the text: term and position.
	of []int32
	at []uint32
}

type termSlot struct {
	term   string
	count  int
	weight int
	last   uint32 // position
}

func (t *textBuilder) reset() {
	if t.slots == nil {
		t.slots = map[string]int32{}
	}
	clear(t.slots)
	t.terms, t.of, t.at = t.terms[:0], t.of[:0], t.at[:0]
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
	if s.count > 0 && s.last == position {
		return // two forms of one word have one stem
	}
	s.count++
	s.last = position
	s.weight += weight
	t.of = append(t.of, i)
	t.at = append(t.at, position)
}

// field adds the terms to a record. Everything that the field needs is
// allocated in a few pieces.
func (t *textBuilder) field(r *record, name string) {
	if len(t.terms) == 0 {
		return
	}
	positions := make([]uint32, len(t.at))
	starts := make([]int, len(t.terms)+1)
	located := 0
	for i, s := range t.terms {
		starts[i+1] = starts[i] + s.count
		if s.weight > 1 {
			located++
		}
	}
	next := append([]int(nil), starts[:len(t.terms)]...)
	for i, slot := range t.of {
		positions[next[slot]] = t.at[i]
		next[slot]++
	}
	terms := make(index.TokenFrequencies, len(t.terms))
	freqs := make([]index.TokenFreq, len(t.terms))
	locs := make([]index.TokenLocation, located)
	for i, s := range t.terms {
		tf := &freqs[i]
		var loc *index.TokenLocation
		if s.weight > 1 {
			located--
			loc = &locs[located]
		}
		pack(tf, loc, positions[starts[i]:starts[i+1]], s.weight)
		terms[s.term] = tf
	}
	r.add(&field{name: name, options: index.IndexField | index.IncludeTermVectors, terms: terms, length: 1})
}
