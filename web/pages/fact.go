package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
)

// FactView is a fact wherever it is shown.
type FactView struct {
	ID        string
	Anchor    string // its place in the reader
	Date      corpus.Date
	When      string // date with its sense: "since 2007", "as of May 2011"
	Exactly   string
	Statement []search.Span // the sum is marked
	Amount    string        // "20 million USD", "about 3 billion EUR"
	Bare      string        // the sum alone, when the statement does not say it
	Quantity  string
	Measure   string // "pledged, cumulative total"
	Kind      string
	Partners  []Link
	Sentence  string // address of the sentence
	Stale     string // what is wrong with the evidence, empty when nothing is
	Was, Now  string // words then and now
	Extracted string
	Also      []AlsoView // rules that found the same
	Repeats   string     // the id of the fact that one of a rule repeats
	Rank      string
	Quote     string
	Place     string
	Document  corpus.ID
	Source    string // title of the document, when known
	Outside   []Link
	Note      string
	Modality  string
}

// Remarks says what kind of sum it is, how firmly it is stated and what found
// it.
func (v FactView) Remarks() string {
	found := ""
	if v.Extracted != "" {
		found = "found by rule " + v.Extracted
	}
	return JoinNonEmpty(", ", v.Measure, v.Modality, found)
}

// AlsoView is a fact of a rule that repeats what a person stated, shown with it.
type AlsoView struct{ Anchor, Rule string }

// FoldFacts puts facts of rules under those that they repeat, when these are
// among the facts. Repeats gives the id of the one by that of the other.
func FoldFacts(facts []FactView, repeats map[string]string) (kept []FactView, folded int) {
	at := make(map[string]int, len(facts)) // in kept
	for _, f := range facts {
		if f.Extracted == "" {
			at[f.ID] = len(kept)
			kept = append(kept, f)
			continue
		}
		if f.Repeats = repeats[f.ID]; f.Repeats == "" || !slices.ContainsFunc(facts, func(o FactView) bool { return o.ID == f.Repeats }) {
			kept = append(kept, f)
		}
	}
	for _, f := range facts {
		if i, ok := at[repeats[f.ID]]; ok && f.Extracted != "" {
			kept[i].Also = append(kept[i].Also, AlsoView{f.Anchor, f.Extracted})
			folded++
		}
	}
	return kept, folded
}

// NewFact makes the view of a fact.
func NewFact(t *corpus.Taxonomy, f *corpus.Fact) FactView {
	v := FactView{
		ID: f.ID, Anchor: "fact-" + f.ID, Date: f.Date.Date, When: factWhen(f.Date), Exactly: exactly(f.Date.Date),
		Kind: strings.ReplaceAll(string(f.Kind), "-", " "), Statement: []search.Span{{Text: f.Statement}},
		Quote: f.Evidence.Exact, Document: f.Evidence.Document, Extracted: f.Extracted, Note: f.Note,
	}
	for _, p := range f.Partners {
		v.Partners = append(v.Partners, Link{"/partners/" + url.PathEscape(string(p)), search.LabelOf(t, search.FieldPartner, string(p))})
	}
	if f.Amount != nil {
		v.Amount = amountText(f.Amount)
		v.Measure = measureText(f.Amount)
		v.Statement, v.Bare = markSum(f.Statement, f.Amount.Text, v.Amount)
	}
	if f.Quantity != nil {
		v.Quantity = quantityText(f.Quantity)
		if f.Amount == nil {
			v.Statement, _ = markSum(f.Statement, f.Quantity.Text, "")
		}
	}
	if f.Rank == "deprecated" {
		v.Rank = "Known to be wrong, kept as a record"
	}
	if m := string(f.Modality); m != "" && m != "asserted" {
		v.Modality = m
	}
	if isLocated(f) {
		v.Sentence = factLink(f)
	}
	v.Stale, v.Was, v.Now = staleness(f)
	if page := f.Evidence.Page; page != "" {
		v.Place = Place(&corpus.Document{}, 0, page)
	}
	for _, s := range f.Sources {
		v.Outside = append(v.Outside, Link{Outside(s), s})
	}
	return v
}

// isLocated reports whether the document that a fact quotes is in the index.
func isLocated(f *corpus.Fact) bool {
	return f.Evidence.Document != "" && f.Evidence.Status != corpus.AnchorUnlocated
}

// factLink returns the address of the sentence that states a fact; of the fact
// itself when its document is not in the index.
func factLink(f *corpus.Fact) string {
	if !isLocated(f) {
		return Address{Path: "/facts", Params: url.Values{"q": {search.FieldID + ":" + f.ID}}}.String()
	}
	a := Address{Path: "/documents/" + url.PathEscape(string(f.Evidence.Document)), Params: url.Values{}}
	if f.Evidence.End > f.Evidence.Offset && !f.Evidence.Status.Stale() {
		a = a.Set("at", strconv.Itoa(f.Evidence.Offset))
	} else {
		a = a.Set("fact", f.ID)
	}
	return a.At("fact-" + f.ID).String()
}

// factWhen writes the date of a fact in its sense.
func factWhen(d corpus.FactDate) string {
	text := When(d.Date)
	if d.Date.IsZero() {
		if !d.AsOf.IsZero() {
			return "as of " + When(d.AsOf)
		}
		return text
	}
	switch mode := strings.ReplaceAll(string(d.Mode), "-", " "); mode {
	case "since approx":
		text = "since about " + text
	case "", "on", "at", "in", "during", "undated", "from to", "range":
	case "since", "until":
		if !strings.HasPrefix(text, mode) {
			text = mode + " " + text
		}
	default:
		text = mode + " " + text
	}
	return text
}

func amountText(a *corpus.Amount) string {
	return boundText(a.Bound) + money(a.Value.String()) + " " + a.Currency
}

// quantityText writes a number of things in the words of the source, with its
// bound unless these say it.
func quantityText(q *corpus.Quantity) string {
	if n, ok := corpus.NextNumber(q.Text, 0); ok && n.Bound == q.Bound {
		return q.Text
	}
	return boundText(q.Bound) + q.Text
}

// measureText says how far a sum has come and what it measures.
func measureText(a *corpus.Amount) string {
	return JoinNonEmpty(", ", string(a.Stage), strings.ReplaceAll(string(a.Measure), "-", " "))
}

func boundText(b corpus.Bound) string {
	switch b {
	case "~":
		return "about "
	case ">":
		return "more than "
	case ">=":
		return "at least "
	case "<":
		return "less than "
	case "<=":
		return "up to "
	}
	return ""
}

// money writes a decimal number as people read it: "2.49 billion", "440,000".
// Every digit is kept.
func money(value string) string {
	whole, fraction, _ := strings.Cut(value, ".")
	fraction = strings.TrimRight(fraction, "0")
	for _, unit := range []struct {
		zeros int
		name  string
	}{{12, " trillion"}, {9, " billion"}, {6, " million"}} {
		if fraction != "" || len(whole) <= unit.zeros {
			continue
		}
		head, tail := whole[:len(whole)-unit.zeros], strings.TrimRight(whole[len(whole)-unit.zeros:], "0")
		if len(tail) > 3 {
			break
		}
		if tail != "" {
			head += "." + tail
		}
		return head + unit.name
	}
	if n, err := strconv.Atoi(whole); err == nil {
		whole = Number(n)
	}
	if fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

// markSum marks the words of a sum in a statement. It returns the sum alone
// when the statement does not hold it.
func markSum(statement string, words, amount string) (spans []search.Span, bare string) {
	for _, sum := range []string{words, amount} {
		if sum == "" {
			continue
		}
		if before, after, found := strings.Cut(statement, sum); found {
			return []search.Span{{Text: before}, {Text: sum, Match: true}, {Text: after}}, ""
		}
	}
	return []search.Span{{Text: statement}}, amount
}

// JoinNonEmpty joins those of the parts that say something.
func JoinNonEmpty(separator string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}
