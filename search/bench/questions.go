package bench

import "rapport/search"

// The classes of questions, in the order in which they are measured.
const (
	Rare   = "rare"   // a word that one document in 500 holds
	Common = "common" // a word that one document in seven holds
	And    = "and"    // two words, each in about a third of the documents
	Or     = "or"     // three words like those of Common
	Phrase = "phrase" // two neighbours
	Near   = "near"   // two words like those of Common, at most 8 words apart
	Prefix = "prefix" // the first four letters of a word
	Fuzzy  = "fuzzy"  // a word of five letters or more, misspelt by one or two
	All    = "all"    // everything
	Matrix = "matrix" // two facets crossed, over everything and over words like those of Common

	FactWord   = "fact-word"   // facts that hold a word
	FactAmount = "fact-amount" // facts with an amount of a million or more
	FactAll    = "fact-all"    // all facts
)

// Classes returns all classes in the order in which they are measured. Those
// of facts have questions only when there are facts.
func Classes() []string {
	return []string{Rare, Common, And, Or, Phrase, Near, Prefix, Fuzzy, All, Matrix, FactWord, FactAmount, FactAll}
}

// perClass is how many questions a class has, when the corpus has the words.
const perClass = 40

// questions returns the questions of the classes, by class.
func (s *sample) questions() map[string][]search.Query {
	word := func(text string) search.Query { return search.Word{Text: text} }
	pick := func(share float64, n int) []string { return nearest(s.words, s.inDocs, s.documents, share, n) }
	list := map[string][]search.Query{All: {search.All{}}}
	add := func(class string, q search.Query) { list[class] = append(list[class], q) }

	for _, w := range pick(0.002, perClass) {
		add(Rare, word(w))
	}
	common := pick(0.15, perClass)
	frequent := pick(0.35, perClass)
	for i, w := range common {
		next, third := common[(i+1)%len(common)], common[(i+7)%len(common)]
		add(Common, word(w))
		add(And, search.And{Clauses: []search.Query{word(frequent[i]), word(frequent[(i+1)%len(frequent)])}})
		add(Or, search.Or{Clauses: []search.Query{word(w), word(next), word(third)}})
		add(Near, search.Near{Left: word(w), Right: word(frequent[i]), Distance: 8})
	}
	for _, p := range nearest(s.pairs, s.pairDocs, s.documents, 0.005, perClass) {
		add(Phrase, search.Phrase{Text: p})
	}
	for _, w := range longer(s, 6, 0.01) {
		add(Prefix, search.Prefix{Text: w[:4]})
	}
	for _, w := range longer(s, 5, 0.02) {
		add(Fuzzy, search.Fuzzy{Text: w})
	}
	for _, w := range nearest(s.statement, s.inFacts, s.facts, 0.02, perClass) {
		add(FactWord, word(w))
	}
	list[Matrix] = append([]search.Query{search.All{}}, list[Common]...)
	if len(list[FactWord]) > 0 {
		add(FactAmount, search.Range{Field: search.FieldAmount, From: "1000000"})
		add(FactAll, search.All{})
	}
	return list
}

// longer returns words of at least so many letters that a share of the
// documents hold.
func longer(s *sample, letters int, share float64) []string {
	var list []string
	for _, w := range s.words {
		if len(w) >= letters {
			list = append(list, w)
		}
	}
	return nearest(list, s.inDocs, s.documents, share, perClass)
}
