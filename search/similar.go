package search

import (
	"cmp"
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"rapport/corpus"
	"rapport/search/analysis"
)

// The bounds of what is similar.
const (
	// tellingWords is how many words stand for a document.
	tellingWords = 12
	// fewestWords is how many it takes: documents are not similar by a word.
	fewestWords = 3
	// leastShared is how many in a hundred of them a similar document holds,
	// two at least.
	leastShared = 33
	// mostTried is how many words of a document are looked up in the index.
	mostTried = 150
	// mostRead is how many bytes of a body are read for its words.
	mostRead = 256 << 10
	// leastHolders is how many documents hold a telling word: one that stands
	// in a single document leads to no other.
	leastHolders = 2
)

// Similarity is what is similar to a document: what a question for its most
// telling words finds, the document and what is nearly identical with it
// aside. Request is that question, to be asked as any other.
type Similarity struct {
	ID corpus.ID // of the document
	// Words tell the document from others, the most telling first: words that
	// it repeats and that few documents hold.
	Words []string
	// Least is how many of the words a similar document holds.
	Least int
	// Total is the number of similar documents; exact.
	Total int
	// Hits are the best of them. One stands for those that are nearly identical
	// with it.
	Hits []SimilarHit
}

// SimilarHit is a similar document.
type SimilarHit struct {
	Hit
	Shared []string // the words that it holds, in the order of Similarity.Words
}

// Request returns the question that finds the similar documents.
func (l *Similarity) Request() Request {
	return Request{
		Text: tellingQuery(l.Words).String(), Match: MatchSome(l.Least, len(l.Words)), Verbatim: true,
		Filters: l.filters(), Collapse: CollapseNear,
	}
}

// filters leave out the document and what is nearly identical with it.
func (l *Similarity) filters() Filters {
	return Filters{FieldNear: Filter{Not: []string{string(l.ID)}}}
}

// Similar returns the documents most like one, best first and limit at most.
// It returns ErrNotFound, wrapped, when there is no such document, and no
// words when fewer than three tell it from others.
//
// A word tells the more, the more often the document holds it and the fewer
// documents do: its weight is that of BM25 for a text of average length.
// Words are folded and in one of their inflected forms. Of a body the first
// 256 KiB are read, and the 150 most frequent words are looked up, longer ones
// before shorter ones.
func Similar(ctx context.Context, s Snapshot, id corpus.ID, limit int) (*Similarity, error) {
	doc, err := s.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	return SimilarTo(ctx, s, doc, limit)
}

// SimilarTo returns what Similar does for a document at hand.
func SimilarTo(ctx context.Context, s Snapshot, doc *corpus.Document, limit int) (*Similarity, error) {
	words, err := telling(ctx, s, doc)
	l := &Similarity{ID: doc.ID}
	if err != nil || len(words) < fewestWords {
		return l, err
	}
	l.Words, l.Least = words, max(2, (len(words)*leastShared+99)/100)
	found, err := s.Search(ctx, Plan{
		Kind: Documents, Query: AtLeast{Min: l.Least, Clauses: tellingQuery(words).Clauses},
		Filters: l.filters(), Collapse: CollapseNear, Sort: ByRelevance, Limit: limit,
	})
	if err != nil {
		return nil, err
	}
	l.Total = found.Total
	for _, h := range found.Hits {
		l.Hits = append(l.Hits, SimilarHit{Hit: h})
	}
	return l, l.share(ctx, s)
}

// share notes which words each hit holds.
func (l *Similarity) share(ctx context.Context, s Snapshot) error {
	var shown Or
	at := map[corpus.ID]int{}
	for i, h := range l.Hits {
		shown.Clauses = append(shown.Clauses, Value{Field: FieldID, Value: string(h.Document.ID)})
		at[h.Document.ID] = i
	}
	if len(at) == 0 {
		return nil
	}
	for _, w := range l.Words {
		found, err := s.Search(ctx, Plan{Kind: Documents, Query: And{Clauses: []Query{shown, Word{Text: w}}}, Limit: len(at)})
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			hit := &l.Hits[at[h.Document.ID]]
			hit.Shared = append(hit.Shared, w)
		}
	}
	return nil
}

func tellingQuery(words []string) And {
	var q And
	for _, w := range words {
		q.Clauses = append(q.Clauses, Word{Text: w})
	}
	return q
}

// tellingWord is a word of a document with its inflected forms.
type tellingWord struct {
	text   string // one of the forms
	times  int
	weight float64
}

// telling returns the words that tell a document from others.
func telling(ctx context.Context, s Snapshot, doc *corpus.Document) ([]string, error) {
	all, err := s.Search(ctx, Plan{Kind: Documents, Query: All{}})
	if err != nil {
		return nil, err
	}
	candidates := wordsOf(doc)
	slices.SortFunc(candidates, func(a, b tellingWord) int {
		return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
	})
	ranking := DefaultRanking()
	rarest := ranking.Weight(all.Total, leastHolders)
	var best []tellingWord
	for _, w := range candidates[:min(mostTried, len(candidates))] {
		often := ranking.TermScore(float64(w.times), 1, 1)
		if len(best) == tellingWords && often*rarest <= best[tellingWords-1].weight {
			break // from here on no word can tell more
		}
		holders, err := s.Levels(ctx, []Query{Word{Text: w.text}})
		if err != nil {
			return nil, err
		}
		if holders[0] < leastHolders {
			continue
		}
		w.weight = often * ranking.Weight(all.Total, holders[0])
		at, _ := slices.BinarySearchFunc(best, w, func(a, b tellingWord) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
		})
		best = slices.Insert(best, at, w)
		best = best[:min(tellingWords, len(best))]
	}
	words := make([]string, len(best))
	for i, w := range best {
		words[i] = w.text
	}
	return words, nil
}

// wordsOf counts the words of a document that can tell something: those of
// three letters or more, and pairs of ideographs. A word of the title counts
// as often as it does in scores.
func wordsOf(doc *corpus.Document) []tellingWord {
	var words []tellingWord
	known := map[string]int{} // by stem
	stemmer := analysis.NewStemmer(doc.Language)
	count := func(text string, times int) {
		var scanner analysis.Scanner
		scanner.Reset(text)
		for t := (analysis.Token{}); scanner.Next(&t); {
			if !tells(t) {
				continue
			}
			stem := stemmer.Stem(t.Term)
			i, ok := known[string(stem)]
			if !ok {
				i = len(words)
				known[string(stem)] = i
				words = append(words, tellingWord{text: string(t.Term)})
			}
			words[i].times += times
		}
	}
	count(doc.Title, DefaultRanking().Title)
	count(doc.Body[:min(mostRead, len(doc.Body))], 1)
	return words
}

// tells reports whether a token is a word that can tell a document from
// others. Numbers do not: years and sums are facets and facts.
func tells(t analysis.Token) bool {
	if t.Joined {
		return analysis.IsPair(string(t.Term))
	}
	first, _ := utf8.DecodeRune(t.Term)
	return unicode.IsLetter(first) && utf8.RuneCount(t.Term) >= 3
}
