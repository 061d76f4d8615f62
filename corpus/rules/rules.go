// Package rules reads facts out of English texts: visits, meetings, addresses,
// agreements, memberships, attendances, deployments, appointments and
// contributions with who, where and when, and bare sums of money and
// quantities. It knows no names: partners, organisations and offices come
// from the taxonomy. It would rather miss a fact than state a wrong one, marks
// what it states as extracted, and takes time in proportion to the text.
package rules

import (
	"iter"
	"slices"

	"rapport/corpus"
)

// Version names the rules as a whole. Facts of another version must be
// extracted anew.
const Version = "4"

// MaxFacts is how many facts are taken from one document.
const MaxFacts = 500

// Options choose what is extracted.
type Options struct {
	// Kinds are the kinds of facts to extract. Nil means DefaultKinds.
	Kinds []corpus.FactKind
}

// Kinds returns all kinds of facts that the rules can find.
func Kinds() []corpus.FactKind {
	return []corpus.FactKind{
		corpus.KindVisit, corpus.KindMeeting, corpus.KindAddress, corpus.KindAgreement, corpus.KindMembership,
		corpus.KindAttendance, corpus.KindDeployment, corpus.KindAppointment, corpus.KindContribution,
		corpus.KindAmount, corpus.KindQuantity,
	}
}

// DefaultKinds returns the kinds of facts that were right nine times out of
// ten or more in samples of ten or more from texts that the rules had not
// seen; docs/facts.md has the figures.
func DefaultKinds() []corpus.FactKind {
	return []corpus.FactKind{corpus.KindAgreement, corpus.KindContribution, corpus.KindAmount, corpus.KindQuantity}
}

// Extractor finds facts in documents. It is safe for concurrent use.
type Extractor struct {
	names *gazetteer
	kinds map[corpus.FactKind]bool
	// tagger tells partners from others with their names; it is nil when
	// there is no taxonomy that was read from files.
	tagger *corpus.Taxonomy
}

// New returns an Extractor that knows the names of a taxonomy, which may be
// nil.
func New(t *corpus.Taxonomy, o Options) *Extractor {
	x := &Extractor{names: newGazetteer(t), kinds: map[corpus.FactKind]bool{}}
	if t != nil && t.Digest() != "" {
		x.tagger = t
	}
	if o.Kinds == nil {
		o.Kinds = DefaultKinds()
	}
	for _, k := range o.Kinds {
		x.kinds[k] = true
	}
	return x
}

// Extract returns the facts of one document: see Extractor.Extract. To read
// many documents, keep an Extractor.
func Extract(doc *corpus.Document, t *corpus.Taxonomy, o Options) []corpus.Fact {
	facts, _ := New(t, o).Extract(doc)
	return facts
}

// Extract returns the facts that a document states, in the order of its text,
// and how many more were left out because there are more than MaxFacts. A
// document in another language than English has none. Each fact is anchored
// to its words, and has an ID that stays the same as long as the document, the
// sentence and the value do, whatever the version of the rules.
func (x *Extractor) Extract(doc *corpus.Document) (facts []corpus.Fact, left int) {
	if doc.Language != "" && doc.Language != "en" {
		return nil, 0
	}
	w := &writer{doc: doc, seen: map[[8]byte]int{}}
	for s := range x.scenes(doc.Body, x.meant(doc), pieceTokens) {
		for _, f := range x.found(s) {
			switch {
			case !x.kinds[f.kind]:
			case len(facts) == MaxFacts:
				left++
			default:
				facts = append(facts, w.fact(s, f))
			}
		}
	}
	return facts, left
}

// finding is an event, a sum or a quantity of a sentence.
type finding struct {
	event
	quantity *QuantitySpan
}

// at returns the token at which a finding stands in its sentence.
func (f finding) at() int {
	switch {
	case f.quantity != nil:
		return f.quantity.from
	case f.kind == corpus.KindAmount:
		return f.sum.from
	}
	return f.verb
}

// found returns what a sentence states, in order.
func (x *Extractor) found(s *scene) []finding {
	var all []finding
	for _, e := range s.events() {
		all = append(all, finding{event: e})
	}
	for k := range s.sums {
		if m := &s.sums[k]; !m.used {
			all = append(all, finding{event: event{kind: corpus.KindAmount, sum: m, to: m.to}})
		}
	}
	for k := range s.quantities {
		if q := &s.quantities[k]; worthStating(q) {
			all = append(all, finding{event: event{kind: corpus.KindQuantity, to: q.to}, quantity: q})
		}
	}
	slices.SortStableFunc(all, func(a, b finding) int { return a.at() - b.at() })
	return all
}

// worthStating reports whether a quantity tells something by itself: no
// stretch of time, and no small number in words ("three countries").
func worthStating(q *QuantitySpan) bool {
	return !durations[q.Quantity.Unit] && !(q.Spelled && q.Quantity.Value.IntPart() < 10)
}

// meant returns the partners that the document means where it writes their
// names: a state or a person can be called like a country. It is nil when all
// names count.
func (x *Extractor) meant(doc *corpus.Document) map[corpus.PartnerID]bool {
	if x.tagger == nil {
		return nil
	}
	mentions := doc.Tags.Mentions
	if mentions == nil {
		mentions = x.tagger.Tag(doc).Mentions
	}
	meant := make(map[corpus.PartnerID]bool, len(mentions))
	for _, tag := range mentions {
		meant[corpus.PartnerID(tag.Value)] = true
	}
	return meant
}

// scenes cuts a text into sentences and recognises what they speak of, in
// pieces of whole paragraphs, so that the memory it takes does not grow with
// the text. Names of partners count when they are among those that are meant,
// or when these are not known.
func (x *Extractor) scenes(text string, meant map[corpus.PartnerID]bool, least int) iter.Seq[*scene] {
	return func(yield func(*scene) bool) {
		r := newReader(text)
		for p := r.piece(least); p != nil; p = r.piece(least) {
			for _, s := range x.scenesOf(p, meant) {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// scenesOf returns the sentences of a piece of a text.
func (x *Extractor) scenesOf(p *prose, meant map[corpus.PartnerID]bool) []*scene {
	when := dates(p)
	sums, others := sumsOf(p, when)
	counted := quantities(p, others)
	mentions := x.names.mentions(p)
	if meant != nil {
		mentions = slices.DeleteFunc(mentions, func(m mention) bool { return m.partner != "" && !meant[m.partner] })
	}
	var scenes []*scene
	for i := 0; i+1 < len(p.sentences); i++ {
		s := &scene{prose: p, gaz: x.names, first: p.sentences[i], last: p.sentences[i+1]}
		s.dates, when = before(when, s.last, func(d DateSpan) int { return d.from })
		s.sums, sums = before(sums, s.last, func(m sum) int { return m.from })
		s.quantities, counted = before(counted, s.last, func(q QuantitySpan) int { return q.from })
		var here []mention
		here, mentions = before(mentions, s.last, func(m mention) int { return m.from })
		if s.first == s.last {
			continue
		}
		s.findParties(here)
		scenes = append(scenes, s)
	}
	return scenes
}

// before cuts off the items that begin before a token.
func before[T any](items []T, token int, from func(T) int) (here, rest []T) {
	n := 0
	for n < len(items) && from(items[n]) < token {
		n++
	}
	return items[:n], items[n:]
}

// sumsOf finds the sums of money of a text, and all stretches that are no
// quantities, in order.
func sumsOf(p *prose, when []DateSpan) ([]sum, []taken) {
	var sums []sum
	var others []taken
	token := 0
	for at := p.start; ; {
		m, ok := corpus.NextMoney(p.text, at)
		if !ok {
			break
		}
		at = m.End
		for token < len(p.tokens) && p.tokens[token].end <= m.Start {
			token++
		}
		to := token
		for to < len(p.tokens) && p.tokens[to].start < m.End {
			to++
		}
		if to > token {
			sums = append(sums, sum{Money: m, from: token, to: to})
		}
		others = append(others, taken{m.Start, m.End})
	}
	for _, d := range when {
		others = append(others, taken{d.Start, d.End})
	}
	slices.SortFunc(others, func(a, b taken) int { return a.start - b.start })
	return sums, others
}
