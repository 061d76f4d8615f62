package bench

import (
	"math/rand/v2"
	"strings"
)

// The shape of the vocabulary. Half of the words of a text are among its few
// hundred most frequent ones, and half of all words are in the text once.
const (
	vocabularySize = 300_000
	zipfExponent   = 1.07 // the n-th most frequent word is about n^-1.07 as frequent as the first
	zipfShift      = 2.0
	followers      = 4   // words that often follow a word
	followChance   = 0.3 // how often one of them does
)

// vocabulary is an invented language: words by rank of frequency, and for
// each of them words that like to follow it, so that there are phrases.
type vocabulary struct {
	words  []string
	follow []uint32 // followers ranks for each word
}

func newVocabulary(seed uint64) *vocabulary {
	r := rand.New(rand.NewPCG(seed, 1))
	v := &vocabulary{words: make([]string, 0, vocabularySize), follow: make([]uint32, vocabularySize*followers)}
	taken := make(map[string]bool, vocabularySize)
	for len(v.words) < vocabularySize {
		w := v.invent(r)
		if !taken[w] {
			taken[w] = true
			v.words = append(v.words, w)
		}
	}
	z := newRanks(r)
	for i := range v.follow {
		v.follow[i] = uint32(z.Uint64())
	}
	return v
}

func newRanks(r *rand.Rand) *rand.Zipf {
	return rand.NewZipf(r, zipfExponent, zipfShift, vocabularySize-1)
}

var (
	onsets  = strings.Split("b c d f g h j k l m n p r s t v w st tr pl br ch sh gr fl sp", " ")
	nuclei  = strings.Split("a e i o u a e i o ai ea ou io", " ")
	codas   = strings.Split(" n r s t l nd st ct m   ", " ")
	endings = strings.Split("s s ed ing", " ")
)

// invent makes a word: the frequent ones short, the rare ones long, some of
// them inflected forms of others.
func (v *vocabulary) invent(r *rand.Rand) string {
	rank := len(v.words)
	if rank > 500 && r.Float64() < 0.3 {
		return v.words[r.IntN(rank)] + endings[r.IntN(len(endings))]
	}
	syllables := 2 + r.IntN(3)
	switch {
	case rank < 150:
		syllables = 1
	case rank < 4000:
		syllables = 1 + r.IntN(3)
	}
	var b strings.Builder
	for range syllables {
		b.WriteString(onsets[r.IntN(len(onsets))])
		b.WriteString(nuclei[r.IntN(len(nuclei))])
		b.WriteString(codas[r.IntN(len(codas))])
	}
	return b.String()
}

// writer strings words together.
type writer struct {
	v     *vocabulary
	rand  *rand.Rand
	ranks *rand.Zipf
	last  int // rank of the word before, -1 for none
}

func (v *vocabulary) writer(r *rand.Rand) *writer {
	return &writer{v: v, rand: r, ranks: newRanks(r), last: -1}
}

func (w *writer) word() string {
	var rank int
	if w.last >= 0 && w.rand.Float64() < followChance {
		rank = int(w.v.follow[w.last*followers+min(w.rand.IntN(followers), w.rand.IntN(followers))])
	} else {
		rank = int(w.ranks.Uint64())
	}
	w.last = rank
	return w.v.words[rank]
}
