package search

import "math"

// Scoring is Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
// Framework: BM25 and Beyond", 2009) and the same in every engine:
//
//   - The score of a hit is the sum of the scores of the terms of the question
//     that it holds. A term is a Word, Phrase, Near, Prefix, Fuzzy or Either,
//     wherever it stands outside a Not; a term that stands twice counts twice.
//     All, Value, Range and Not score nothing.
//   - A term's frequency in a record is the number of positions at which one
//     of its forms begins; one in the title of a document counts
//     Ranking.Title times. The forms are the stems of a word in the languages
//     of the index, its parts and its joined form ("trust-fund",
//     "trustfund"), and the forms of an Either. A position counts once.
//     A Near occurs where its Left begins and its Right is near enough. The
//     words that a Prefix stands for count as one occurrence in all, wherever
//     they are.
//   - A term's document frequency is the number of live records of the kind
//     that hold all words of one of its forms, in any order, in the field
//     that it asks; for a Near, all words of both sides. It counts records
//     before filters, so filters do not change scores.
//   - A record's length is the number of its words, title and body together;
//     joined forms are not counted. The average is taken over the live
//     records of the kind. Documents and facts never touch each other.
//   - Words of a title asked by name ("title:japan") count once each and only
//     in titles; the length is that of the whole record.
//   - Ties in score, date or title are broken by Tie.
//
// Nothing in it depends on batches, order, deleted records or merges, except
// for the last digits of sums of floating point numbers.

// Ranking holds the parameters of scoring.
type Ranking struct {
	// K1 bounds what repetitions of a term add, and B, 0 to 1, is how much
	// the length of a record counts.
	K1, B float64
	// Title is how many occurrences in the body one in the title is worth.
	Title int
}

// DefaultRanking returns the parameters that engines use.
func DefaultRanking() Ranking { return Ranking{K1: 1.2, B: 0.75, Title: 3} }

// IDF returns the weight of a term that df of n records hold. It is never
// negative.
func IDF(n, df int) float64 {
	return math.Log1p((float64(n-df) + 0.5) / (float64(df) + 0.5))
}

// TermScore returns the score, before the weight of the term, of a term that
// occurs tf times in a record of the given length in words, where records are
// average words long: 0 to K1+1.
func (r Ranking) TermScore(tf, length, average float64) float64 {
	if tf == 0 {
		return 0
	}
	norm := 1.0
	if average > 0 {
		norm = length / average
	}
	return tf * (r.K1 + 1) / (tf + r.K1*(1-r.B+r.B*norm))
}

// Tie returns the number by which hits that are otherwise equal are ordered,
// smallest first: the 64-bit FNV-1a hash of the record's identifier, which
// for a fact is that of its entry, a zero byte and its own.
func Tie(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(id); i++ {
		h ^= uint64(id[i])
		h *= 1099511628211
	}
	return h
}
