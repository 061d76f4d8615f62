package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"rapport/corpus"
)

// writer turns findings of one document into facts.
type writer struct {
	doc  *corpus.Document
	seen map[[8]byte]int // how often the same was found in the same words
}

// fact returns the finding as a fact.
func (w *writer) fact(s *scene, f finding) corpus.Fact {
	from, to := s.extent(f)
	fact := corpus.Fact{
		Kind: f.kind, Statement: w.statement(s, f), Extracted: string(f.kind) + "@" + Version,
		Evidence: w.evidence(s.tokens[from].start, s.tokens[to-1].end), Modality: f.modality,
	}
	if f.kind != corpus.KindAmount && f.kind != corpus.KindQuantity {
		fact.Class = corpus.ClassEvent
		w.roles(&fact, f.event)
	}
	if d := f.date; d != nil {
		fact.Date = corpus.FactDate{Date: d.Date, Mode: d.Mode}
		if d.Derived && fact.Modality == "" {
			fact.Modality = corpus.Derived
		}
		if d.Mode == corpus.ModePlanned || f.noun && w.later(d.Date) {
			fact.Modality = corpus.Planned
		}
	}
	if m := f.sum; m != nil {
		fact.Amount = &corpus.Amount{
			Value: m.Value, Currency: m.Currency, Text: w.doc.Body[m.Start:m.End], Bound: m.Bound, Stage: f.stage, Measure: s.measure(m),
		}
	}
	if q := f.quantity; q != nil {
		quantity := q.Quantity
		fact.Quantity = &quantity
	}
	fact.ID = w.id(s, f, &fact)
	return fact
}

// later reports whether a date lies wholly after the document's publication.
func (w *writer) later(d corpus.Date) bool {
	published := w.doc.Published
	return !published.IsZero() && published.To.Year != 0 && d.Start() > published.End()
}

// roles records who took part, and where.
func (w *writer) roles(fact *corpus.Fact, e event) {
	for _, a := range append(append([]party{}, e.actors...), e.targets...) {
		fact.People = add(fact.People, a.person)
		fact.Organisations = add(fact.Organisations, a.organisation)
		if a.partner != "" {
			fact.Partners = add(fact.Partners, a.partner)
		}
		if fact.Role == "" {
			fact.Role = a.role()
		}
	}
	if e.kind == corpus.KindAppointment && e.object != "" {
		fact.Role = e.object
	}
	if e.kind == corpus.KindMembership && e.verbed == "joined" {
		fact.Organisations = add(fact.Organisations, e.object)
	}
	if e.place != "" {
		fact.Places = add(fact.Places, e.place)
	}
	if e.placeOf != "" {
		fact.Partners = add(fact.Partners, e.placeOf)
	}
}

// add appends a value that is neither empty nor there already.
func add[T ~string](list []T, value T) []T {
	for _, have := range list {
		if have == value {
			return list
		}
	}
	if value == "" {
		return list
	}
	return append(list, value)
}

// id hashes the document, the kind of fact, the sentence that states it, the
// value, or the verb of an event, and how often the same was found before. So a
// fact has the same one in all versions of the rules that find it, whichever
// words of the sentence they quote, and a citation of it stays good.
func (w *writer) id(s *scene, f finding, fact *corpus.Fact) string {
	key := []string{string(w.doc.ID), string(f.kind), strings.Join(strings.Fields(s.slice(s.first, s.last)), " ")}
	if f.kind != corpus.KindAmount && f.kind != corpus.KindQuantity {
		key = append(key, s.word(f.verb))
	}
	if m := fact.Amount; m != nil {
		key = append(key, m.Value.String(), m.Currency)
	}
	if q := fact.Quantity; q != nil {
		key = append(key, q.Value.String(), q.Unit)
	}
	sum := sha256.Sum256([]byte(strings.Join(key, "\x00")))
	same := [8]byte(sum[:8])
	n := w.seen[same]
	w.seen[same]++
	if n > 0 {
		sum = sha256.Sum256(fmt.Appendf(sum[:], "%d", n))
	}
	return "x-" + hex.EncodeToString(sum[:8])
}

// extent returns the tokens that prove a finding: from its first party or
// date to the last, and no more words than evidence may quote.
func (s *scene) extent(f finding) (from, to int) {
	if q := f.quantity; q != nil {
		return s.window(q.from, q.to)
	}
	if f.kind == corpus.KindAmount {
		return s.window(f.sum.from, f.sum.to)
	}
	from, to = f.verb, max(f.to, f.verb+1)
	must := [2]int{from, to}
	if f.sum != nil {
		must[1] = max(to, f.sum.to)
	}
	for _, a := range append(append([]party{}, f.actors...), f.targets...) {
		if a.from >= s.first && a.from <= f.verb && f.verb-a.from < corpus.MaxQuote {
			from = min(from, a.from)
		}
		to = max(to, a.to)
	}
	if f.date != nil {
		from, to = min(from, f.date.from), max(to, f.date.to)
	}
	to = max(to, must[1])
	if s.words(from, to) > corpus.MaxQuote {
		from, to = must[0], must[1]
	}
	for s.words(from, to) > corpus.MaxQuote && to > from+1 {
		to--
	}
	return from, min(to, s.last)
}

// window returns the words around some that stand alone, up to the edges of
// the sentence.
func (s *scene) window(from, to int) (int, int) {
	for grown := true; grown && s.words(from, to) < corpus.MaxQuote-1; {
		grown = false
		if from > s.first {
			from, grown = from-1, true
		}
		if to < s.last && s.words(from, to+1) <= corpus.MaxQuote {
			to, grown = to+1, true
		}
	}
	for s.words(from, to) > corpus.MaxQuote && from < to-1 {
		from++
	}
	return from, to
}

// words counts the words of a stretch as CheckFact does.
func (s *scene) words(from, to int) int { return len(strings.Fields(s.slice(from, to))) }

// evidence quotes a stretch of the document with its surroundings in the
// paragraph.
func (w *writer) evidence(start, end int) corpus.Evidence {
	before, after := w.doc.Body[:start], w.doc.Body[end:]
	e := corpus.Evidence{
		Document: w.doc.ID, Exact: w.doc.Body[start:end], Digest: w.doc.Digest,
		Offset: start, End: end, Status: corpus.AnchorExact,
	}
	for n, at := 0, len(before); n < corpus.MaxContext && at > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(before[:at])
		if strings.HasSuffix(before[:at], "\n\n") {
			break
		}
		at -= size
		e.Prefix = before[at:]
	}
	for n, at := 0, 0; n < corpus.MaxContext && at < len(after); n++ {
		_, size := utf8.DecodeRuneInString(after[at:])
		if strings.HasPrefix(after[at:], "\n\n") {
			break
		}
		at += size
		e.Suffix = after[:at]
	}
	if p, ok := w.doc.PageAt(start); ok {
		e.Page = p.Label
	}
	return e
}
