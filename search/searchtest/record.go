package searchtest

import (
	"hash/fnv"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// record is a document or a fact, analysed.
type record struct {
	document *corpus.Document
	likeness corpus.Likeness
	kinship  *kinship
	fact     *corpus.Fact
	tie      uint64
	length   int // words
	tokens   []token
	words    map[string][]int // tokens by word
	stems    map[string][]int // tokens by stem
}

// token is a term of a record and where it stands.
type token struct {
	word, stem string
	position   int
	title      bool
	start, end int // bytes of title or body
}

// The first positions of texts. They are so far apart that no phrase reaches
// from one to the next.
const (
	bodyStart = 1 << 20
	factGap   = 32
)

func tie(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p + "\x00"))
	}
	return h.Sum64()
}

func newRecord(tie uint64) *record {
	return &record{tie: tie, words: map[string][]int{}, stems: map[string][]int{}}
}

func documentRecord(d *corpus.Document) *record {
	r := newRecord(tie("d", string(d.ID)))
	r.document, r.likeness = d, corpus.LikenessOf(d)
	r.scan(d.Title, d.Language, 0, true)
	r.scan(d.Body, d.Language, bodyStart, false)
	return r
}

func factRecord(entry corpus.ID, f *corpus.Fact, language string) *record {
	r := newRecord(tie("f", string(entry), f.ID) >> 1)
	if r.fact = f; f.Extracted != "" {
		r.tie |= 1 << 63 // behind those that people stated
	}
	at := bodyStart
	for _, text := range factTexts(f) {
		at += r.scan(text, language, at, false) + factGap
	}
	return r
}

// factTexts lists the texts that a fact is found by.
func factTexts(f *corpus.Fact) []string {
	texts := []string{f.Statement, f.Evidence.Exact, f.Role, f.Note}
	texts = append(texts, f.Organisations...)
	texts = append(texts, f.People...)
	texts = append(texts, f.Places...)
	return append(texts, f.Countries...)
}

// scan adds the tokens of a text and returns the number of its words.
func (r *record) scan(text, language string, from int, title bool) int {
	var s analysis.Scanner
	s.Reset(text)
	words := 0
	for t := (analysis.Token{}); s.Next(&t); {
		word := string(t.Term)
		stem := analysis.Stem(language, word)
		r.words[word] = append(r.words[word], len(r.tokens))
		r.stems[stem] = append(r.stems[stem], len(r.tokens))
		r.tokens = append(r.tokens, token{
			word: word, stem: stem, position: from + t.Position, title: title, start: t.Start, end: t.End,
		})
		if !t.Joined {
			words++
		}
	}
	r.length += words
	return words
}

// values returns the values of a keyword field.
func (r *record) values(field string) []string {
	if r.fact != nil {
		return factValues(r.fact, field)
	}
	if field == search.FieldSame || field == search.FieldNear {
		return r.kinship.of(r, field)
	}
	return documentValues(r.document, field)
}

func documentValues(d *corpus.Document, field string) []string {
	switch field {
	case search.FieldID:
		return []string{string(d.ID)}
	case search.FieldPartner:
		return corpus.Values(d.Tags.Partners)
	case search.FieldMention:
		return corpus.Values(d.Tags.Mentions)
	case search.FieldTopic:
		return withGroups(corpus.Values(d.Tags.Topics))
	case search.FieldYear:
		return corpus.Values(d.Tags.Years)
	case search.FieldPublished:
		return d.Published.Years()
	case search.FieldType:
		return stated(d.Type)
	case search.FieldPublisher:
		return stated(d.Publisher)
	case search.FieldFormat:
		return stated(d.Format)
	case search.FieldLang:
		return stated(d.Language)
	case search.FieldSource:
		return stated(d.Source)
	case search.FieldWork:
		return stated(d.Work())
	}
	return nil
}

func factValues(f *corpus.Fact, field string) []string {
	switch field {
	case search.FieldID:
		return []string{f.ID}
	case search.FieldPartner:
		return texts(f.Partners)
	case search.FieldTopic:
		return withGroups(texts(f.Topics))
	case search.FieldYear:
		return f.Years()
	case search.FieldKind:
		return stated(string(f.Kind))
	case search.FieldStatus:
		values := stated(string(f.Evidence.Status))
		if f.Extracted != "" {
			values = append(values, "extracted")
		}
		return values
	case search.FieldDocument:
		return stated(string(f.Evidence.Document))
	case search.FieldCurrency:
		if f.Amount != nil {
			return stated(f.Amount.Currency)
		}
	case search.FieldAmount:
		if f.Amount != nil {
			return []string{f.Amount.Value.String()}
		}
	}
	return nil
}

// stated returns the value, or nothing when it is empty.
func stated(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

func texts[T ~string](values []T) []string {
	var list []string
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

// withGroups adds the groups that topics belong to: "human" for
// "human.demining".
func withGroups(topics []string) []string {
	var list []string
	seen := map[string]bool{}
	add := func(v string) {
		if !seen[v] {
			seen[v] = true
			list = append(list, v)
		}
	}
	for _, t := range topics {
		add(t)
		if i := strings.LastIndexByte(t, '.'); i > 0 {
			add(t[:i])
		}
	}
	return list
}
