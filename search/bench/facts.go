package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"github.com/shopspring/decimal"

	"rapport/corpus"
)

// Facts yields n facts, spread evenly over the first documents of the
// generator. Each quotes a sentence of its document, which must be in the
// index before it for the quotation to be found. Without documents the facts
// quote nothing and name a source instead.
func (s *Synthetic) Facts(n, documents int) iter.Seq[corpus.Fact] {
	return func(yield func(corpus.Fact) bool) {
		if documents == 0 {
			r := rand.New(rand.NewPCG(s.seed, 1<<62))
			for i := range n {
				f := s.fact(r, i)
				f.Sources = []string{"invented"}
				if !yield(f) {
					return
				}
			}
			return
		}
		made := 0
		for d := range documents {
			upTo := int(int64(n) * int64(d+1) / int64(documents))
			if upTo == made {
				continue
			}
			body := s.Record(d).Document.Body
			sentences := sentencesOf(body)
			r := rand.New(rand.NewPCG(s.seed, 1<<62|uint64(d)))
			for ; made < upTo; made++ {
				f := s.fact(r, made)
				s.quote(&f, s.ID(d), body, sentences[made%len(sentences)])
				if !yield(f) {
					return
				}
			}
		}
	}
}

var factKinds = []corpus.FactKind{
	corpus.KindVisit, corpus.KindMeeting, corpus.KindContribution, corpus.KindCooperation, corpus.KindAddress,
	corpus.KindDeployment, corpus.KindAgreement, corpus.KindMembership, corpus.KindPolicy,
}

// fact makes fact i without evidence.
func (s *Synthetic) fact(r *rand.Rand, i int) corpus.Fact {
	w := s.vocabulary.writer(r)
	f := corpus.Fact{
		ID: fmt.Sprintf("f%08d", i), Kind: factKinds[skewed(r, len(factKinds))], Statement: w.sentence(6 + r.IntN(5)),
		Places: []string{strings.TrimSuffix(w.sentence(1), ".")},
		Topics: []corpus.TopicID{corpus.TopicID(s.topics[skewed(r, len(s.topics))])},
	}
	for range skewed(r, 3) {
		f.Partners = append(f.Partners, corpus.PartnerID(s.partners[skewed(r, len(s.partners))]))
	}
	if len(f.Partners) == 2 && f.Partners[0] == f.Partners[1] {
		f.Partners = f.Partners[:1]
	}
	if r.IntN(3) > 0 {
		f.Date.Date, _ = corpus.ParseDate(fmt.Sprintf("%d-%02d", 2025-skewed(r, 60), 1+r.IntN(12)))
		f.Date.Mode = corpus.ModeOn
	}
	return f
}

// quote anchors a fact to a sentence. A sum in it becomes the fact's amount.
func (s *Synthetic) quote(f *corpus.Fact, id corpus.ID, body string, at sentence) {
	f.Evidence = corpus.Evidence{Document: id, Exact: body[at.from:at.to]}
	if at.millions == 0 {
		return
	}
	f.Amount = &corpus.Amount{
		Value: decimal.New(int64(at.millions), 6), Currency: "USD", Text: fmt.Sprintf("$%d million", at.millions),
	}
}

// sentence is where a sentence stands in a body, and the millions of dollars
// that it speaks of, 0 for none.
type sentence struct {
	from, to int
	millions int
}

// sentencesOf finds the sentences of a body that a writer wrote.
func sentencesOf(body string) []sentence {
	var list []sentence
	from := 0
	for i := range len(body) {
		if body[i] != '.' {
			continue
		}
		list = append(list, sentence{from: from, to: i + 1, millions: millionsAt(body[from : i+1])})
		for from = i + 1; from < len(body) && (body[from] == ' ' || body[from] == '\n'); {
			from++
		}
	}
	return list
}

// millionsAt reads the sum that a sentence ends with, 0 when there is none.
func millionsAt(text string) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '$' {
			n := 0
			for _, c := range []byte(text[i+1:]) {
				if c < '0' || c > '9' {
					return n
				}
				n = 10*n + int(c-'0')
			}
		}
	}
	return 0
}
