package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
)

// Synthetic makes documents and facts in an invented language. Words, lengths
// and facet values are distributed as in collections of prose: few are
// frequent and most are rare. The same seed gives the same records on any
// machine, each by its number alone.
type Synthetic struct {
	// Words is the mean length of a document in words.
	Words int

	seed       uint64
	vocabulary *vocabulary
	partners   []string
	topics     []string
}

// NewSynthetic returns a generator. Partners and topics are those of the
// taxonomy, or invented ones when it is nil or has none.
func NewSynthetic(seed uint64, words int, t *corpus.Taxonomy) *Synthetic {
	s := &Synthetic{Words: max(words, 1), seed: seed, vocabulary: newVocabulary(seed)}
	if t != nil {
		for _, p := range t.Partners {
			s.partners = append(s.partners, string(p.ID))
		}
		for _, topic := range t.Topics {
			s.topics = append(s.topics, string(topic.ID))
		}
	}
	if len(s.partners) == 0 {
		s.partners = numbered("P", 40)
	}
	if len(s.topics) == 0 {
		s.topics = numbered("t", 30)
	}
	return s
}

func numbered(prefix string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s%02d", prefix, i)
	}
	return list
}

// ID returns the ID of document i.
func (s *Synthetic) ID(i int) corpus.ID { return corpus.ID(fmt.Sprintf("%016x", i)) }

// Record returns document i, tagged, under an entry of its own.
func (s *Synthetic) Record(i int) corpus.Record {
	r := rand.New(rand.NewPCG(s.seed, uint64(i)+2))
	d := &corpus.Document{
		ID: s.ID(i), Language: "en", Source: "synthetic", Path: string(s.ID(i)) + ".txt",
		Publisher: "publisher " + strconv.Itoa(skewed(r, 20)),
		Type:      []string{"speech", "press release", "fact sheet", "topic page"}[skewed(r, 4)],
		Format:    []string{"html", "pdf", "markdown", "text"}[skewed(r, 4)],
	}
	w := s.vocabulary.writer(r)
	d.Title = strings.TrimSuffix(w.sentence(4+r.IntN(6)), ".")
	d.Body = w.body(s.length(r))
	d.Digest = corpus.Digest([]byte(d.Body))

	year := 2025 - int(80*math.Pow(r.Float64(), 2))
	if r.IntN(20) > 0 { // some documents do not say when they were published
		d.Published, _ = corpus.ParseDate(fmt.Sprintf("%d-%02d-%02d", year, 1+r.IntN(12), 1+r.IntN(28)))
	}
	for range r.IntN(5) {
		d.Tags.Years = addTag(d.Tags.Years, strconv.Itoa(year-skewed(r, 30)))
	}
	if r.IntN(7) > 0 {
		for range 1 + skewed(r, 3) {
			d.Tags.Partners = addTag(d.Tags.Partners, s.partners[skewed(r, len(s.partners))])
		}
	}
	d.Tags.Mentions = slices.Clone(d.Tags.Partners)
	for range skewed(r, 6) {
		d.Tags.Mentions = addTag(d.Tags.Mentions, s.partners[skewed(r, len(s.partners))])
	}
	for range skewed(r, 5) {
		d.Tags.Topics = addTag(d.Tags.Topics, s.topics[skewed(r, len(s.topics))])
	}
	entry := corpus.Entry{
		ID: d.ID, Source: d.Source, Path: d.Path, Digest: d.Digest,
		Version: "synthetic", Claims: []string{d.Source}, Kind: corpus.DocumentEntry,
	}
	return corpus.Record{Entry: entry, Document: d}
}

// length draws a number of words: log-normal around the mean.
func (s *Synthetic) length(r *rand.Rand) int {
	const sigma = 0.5
	return max(10, int(float64(s.Words)*math.Exp(sigma*r.NormFloat64()-sigma*sigma/2)))
}

// skewed draws a number below n, small ones most often: the square of an even
// draw gives the first of 40 values to one in six and the last to one in 80.
func skewed(r *rand.Rand, n int) int {
	x := r.Float64()
	return int(float64(n) * x * x)
}

func addTag(tags []corpus.Tag, value string) []corpus.Tag {
	for i := range tags {
		if tags[i].Value == value {
			tags[i].Count++
			return tags
		}
	}
	return append(tags, corpus.Tag{Value: value, Count: 1})
}

// sentence writes one of n words. Every fourth of the longer ones names a sum.
func (w *writer) sentence(n int) string {
	var b strings.Builder
	for i := range n {
		word := w.word()
		if i == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	if n > 10 && w.rand.IntN(4) == 0 {
		fmt.Fprintf(&b, " $%d million", 1+skewed(w.rand, 900))
	}
	b.WriteByte('.')
	return b.String()
}

// body writes sentences of n words in all, in paragraphs.
func (w *writer) body(n int) string {
	var b strings.Builder
	for n > 0 {
		words := min(n, 8+w.rand.IntN(11))
		n -= words
		if b.Len() > 0 && w.rand.IntN(4) == 0 {
			b.WriteString("\n\n")
		} else if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.sentence(words))
	}
	return b.String()
}
