package search

import "math"

// Scoring is Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009) and the same in every engine:
//
//   - The score of a hit is the sum of the scores of the terms of the question
//     that it holds. A term is a Word, Phrase, Near, Prefix, Fuzzy or Either
//     outside a Not; one that stands twice in the question counts twice. The
//     terms of an And or AtLeast that the hit as a whole does not match, which
//     can happen within an Or, add nothing. All, Value, Range and Not score
//     nothing.
//   - A term's frequency in a record is how often its forms occur there, all
//     added up; an occurrence in the title of a document counts Ranking.Title
//     times. The forms are the stems of a word in the languages of the index,
//     its parts and its joined form ("trust-fund", "trustfund"), and the forms
//     of an Either. The words that a Prefix stands for count as one occurrence
//     in all, wherever they are.
//   - A term's document frequency is the number of live records of the kind
//     that hold all words of one of its forms, in any order, in the field
//     that it asks. It counts records before filters, so filters do not change
//     scores. Ranking.Weight makes the weight of the term of it.
//   - A Near occurs once for every occurrence of Left and its nearest Right on
//     either side. Its weight is the sum of the weights of both.
//   - A record's length is the number of its words, title and body together;
//     joined forms are not counted. The average is taken over the live
//     records of the kind. Documents and facts never touch each other.
//   - Words of a title asked by name ("title:japan") count once each and only
//     in titles; the length is that of the whole record.
//
// Nothing in it depends on batches, order, deleted records or merges. Nor does
// it depend on the machine: products are rounded before they are added, which
// Go else leaves to the processor, and weights are rounded to 24 bits, which
// hides the last digit in which logarithms differ.

// Ranking holds the parameters of scoring.
type Ranking struct {
	// K1 bounds what repetitions of a term add, and B, 0 to 1, is how much
	// the length of a record counts.
	K1, B float64
	// Title is how many occurrences in the body one in the title is worth.
	Title int
	// Rarity is the power to which IDF is raised. Above 1 it takes weight
	// from the words that most texts hold, which prose questions are full of.
	Rarity float64
}

// DefaultRanking returns the parameters that engines use. docs/ranking.md has
// the measurements behind them.
func DefaultRanking() Ranking { return Ranking{K1: 1.5, B: 0.75, Title: 3, Rarity: 1.15} }

// IDF returns the inverse document frequency of a term that df of n records
// hold. It is never negative.
func IDF(n, df int) float64 {
	return math.Log1p((float64(n-df) + 0.5) / (float64(df) + 0.5))
}

// Weight returns the weight of a term that df of n records hold. It is never
// negative.
func (r Ranking) Weight(n, df int) float64 {
	return float64(float32(math.Pow(IDF(n, df), r.Rarity)))
}

// TermScore returns the score, before the weight of the term, of a term that
// occurs tf times in a record of the given length in words, where records are
// average words long: 0 to K1+1.
func (r Ranking) TermScore(tf, length, average float64) float64 {
	return r.Saturated(tf, r.Saturation(length, average))
}

// Saturation returns the number of occurrences at which a term scores half of
// what it can in a record of the given length in words, where records are
// average words long. It is the same for all terms.
func (r Ranking) Saturation(length, average float64) float64 {
	norm := 1.0
	if average > 0 {
		norm = length / average
	}
	shape := 1 - r.B + float64(r.B*norm)
	return float64(r.K1 * shape)
}

// Saturated is TermScore for a record whose Saturation is known.
func (r Ranking) Saturated(tf, saturation float64) float64 {
	if tf == 0 {
		return 0
	}
	return tf * (r.K1 + 1) / (tf + saturation)
}
