package bleve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	library "github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// Plain is an index of the same documents as bleve's own library keeps and
// searches it, with bleve's own facets. It exists to be measured beside Index.
// It is given the terms that Index indexes, forms of compounds left out, so
// that both do the same work.
type Plain struct {
	index     library.Index
	groups    map[corpus.TopicID]corpus.TopicID
	languages []string
}

// PlainName is how a benchmark calls a Plain index.
const PlainName = "bleve-facets"

// plainFacets are the fields of a Plain index that facets can be counted by.
var plainFacets = []string{
	search.FieldPartner, search.FieldYear, search.FieldTopic, search.FieldPublished, search.FieldPublisher,
}

// plainBreak stands between title and body, so that no phrase spans both.
const plainBreak = " \u00b6 "

// CreatePlain makes an empty Plain index in dir, which must not exist. Nil
// stands for no taxonomy.
func CreatePlain(dir string, t *corpus.Taxonomy) (*Plain, error) {
	m, err := plainMapping()
	if err != nil {
		return nil, fmt.Errorf("the mapping of a plain bleve index: %w", err)
	}
	x, err := library.New(dir, m)
	if err != nil {
		return nil, fmt.Errorf("create a plain bleve index in %s: %w", dir, err)
	}
	return newPlain(x, t), nil
}

// OpenPlain opens a Plain index.
func OpenPlain(dir string, t *corpus.Taxonomy) (*Plain, error) {
	x, err := library.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("open a plain bleve index in %s: %w", dir, err)
	}
	languages, err := x.GetInternal([]byte(plainLanguages))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read a plain bleve index in %s: %w", dir, err), x.Close())
	}
	p := newPlain(x, t)
	p.languages = strings.Fields(string(languages))
	return p, nil
}

// plainLanguages is the key of the languages of the documents of an index.
const plainLanguages = "languages"

func newPlain(x library.Index, t *corpus.Taxonomy) *Plain {
	p := &Plain{index: x, groups: map[corpus.TopicID]corpus.TopicID{}}
	if t != nil {
		p.groups = groupsOf(t)
	}
	return p
}

// plainMapping is the leanest mapping that answers all questions: no composite
// field, doc values for facets only, term vectors for phrases and highlights.
func plainMapping() (mapping.IndexMapping, error) {
	m := library.NewIndexMapping()
	m.ScoringModel = index.BM25Scoring
	if err := m.AddCustomAnalyzer("terms", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	doc := library.NewDocumentStaticMapping()
	for _, name := range []string{fieldStem, fieldWord} {
		f := library.NewTextFieldMapping()
		f.Analyzer, f.IncludeInAll, f.DocValues = "terms", false, false
		f.Store, f.IncludeTermVectors = name == fieldStem, true
		doc.AddFieldMappingsAt(name, f)
	}
	for _, name := range plainFacets {
		f := library.NewKeywordFieldMapping()
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, true
		doc.AddFieldMappingsAt(name, f)
	}
	m.DefaultMapping = doc
	m.DefaultField = fieldStem
	return m, nil
}

// Apply adds the documents of a batch.
func (p *Plain) Apply(ctx context.Context, b corpus.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	batch := p.index.NewBatch()
	for i := range b.Put {
		d := b.Put[i].Document
		if d == nil {
			continue
		}
		if err := batch.Index(string(d.ID), p.fields(d)); err != nil {
			return fmt.Errorf("add document %s to a plain bleve index: %w", d.ID, err)
		}
	}
	batch.SetInternal([]byte(plainLanguages), []byte(strings.Join(p.languages, " ")))
	return p.index.Batch(batch)
}

// fields returns what is indexed of a document, by field.
func (p *Plain) fields(d *corpus.Document) map[string]any {
	if !slices.Contains(p.languages, d.Language) {
		p.languages = append(p.languages, d.Language)
	}
	title, body := analysis.Terms(d.Title), analysis.Terms(d.Body)
	fields := map[string]any{
		fieldWord: strings.Join(title, " ") + plainBreak + strings.Join(body, " "),
		fieldStem: strings.Join(stems(d.Language, title), " ") + plainBreak + strings.Join(stems(d.Language, body), " "),
	}
	for name, values := range map[string][]string{
		search.FieldPartner:   corpus.Values(d.Tags.Partners),
		search.FieldYear:      corpus.Values(d.Tags.Years),
		search.FieldTopic:     (&builder{groups: p.groups}).withGroups(corpus.Values(d.Tags.Topics)),
		search.FieldPublished: d.Published.Years(),
		search.FieldPublisher: {d.Publisher},
	} {
		fields[name] = withoutRepeats(values)
	}
	return fields
}

func stems(language string, terms []string) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = analysis.Stem(language, t)
	}
	return list
}

// withoutRepeats leaves out what is empty or comes twice: bleve counts a document
// as often as it has a value.
func withoutRepeats(values []string) []string {
	list := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// Close releases the index.
func (p *Plain) Close() error { return p.index.Close() }

// Name implements the benchmark's engine.
func (p *Plain) Name() string { return PlainName }

// Reads reports whether the library has such questions: it has no NEAR.
func (p *Plain) Reads(q search.Query) bool {
	_, err := p.query(q)
	return err == nil
}

// Search answers a plan without filters: total, facets and the IDs of the
// hits. Snippets are those of the library's highlighter, made and dropped.
func (p *Plain) Search(ctx context.Context, plan search.Plan, snippets bool) (*search.Found, error) {
	q, err := p.query(plan.Query)
	if err != nil {
		return nil, err
	}
	if len(plan.Filters) > 0 || plan.After != nil || plan.Kind == search.Facts {
		return nil, errors.New("a plain bleve index is not asked with filters, by pages or for facts")
	}
	r := library.NewSearchRequestOptions(q, plan.Limit, 0, false)
	for _, f := range plan.Facets {
		r.AddFacet(f.Field, library.NewFacetRequest(f.Field, f.Limit))
	}
	if snippets {
		r.Highlight = library.NewHighlight()
		r.Highlight.AddField(fieldStem)
	}
	result, err := p.index.SearchInContext(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("search a plain bleve index: %w", err)
	}
	found := &search.Found{Total: int(result.Total)}
	for _, h := range result.Hits {
		found.Hits = append(found.Hits, search.Hit{Document: &corpus.Document{ID: corpus.ID(h.ID)}, Score: h.Score})
	}
	for _, f := range plan.Facets {
		counted := search.Facet{Field: f.Field, Total: found.Total, Missing: result.Facets[f.Field].Missing, Other: result.Facets[f.Field].Other}
		for _, t := range result.Facets[f.Field].Terms.Terms() {
			counted.Values = append(counted.Values, search.FacetValue{Value: t.Term, Count: t.Count})
		}
		found.Facets = append(found.Facets, counted)
	}
	return found, nil
}

// query translates a question.
func (p *Plain) query(q search.Query) (query.Query, error) {
	switch q := q.(type) {
	case search.All:
		return library.NewMatchAllQuery(), nil
	case search.Word:
		return p.word(q.Text), nil
	case search.Phrase:
		return library.NewPhraseQuery(stems(analysis.English, analysis.Terms(q.Text)), fieldStem), nil
	case search.Prefix:
		f := library.NewPrefixQuery(analysis.Fold(q.Text))
		f.SetField(fieldWord)
		return f, nil
	case search.Fuzzy:
		f := library.NewFuzzyQuery(analysis.Fold(q.Text))
		f.SetField(fieldWord)
		f.SetPrefix(1)
		f.SetFuzziness(1)
		if utf8.RuneCountInString(q.Text) >= 8 {
			f.SetFuzziness(2)
		}
		return library.NewDisjunctionQuery(f, p.word(q.Text)), nil
	case search.And:
		clauses, err := p.queries(q.Clauses)
		return library.NewConjunctionQuery(clauses...), err
	case search.Or:
		clauses, err := p.queries(q.Clauses)
		return library.NewDisjunctionQuery(clauses...), err
	}
	return nil, fmt.Errorf("bleve has no such question as %s", q)
}

func (p *Plain) queries(list []search.Query) ([]query.Query, error) {
	clauses := make([]query.Query, len(list))
	for i, q := range list {
		var err error
		if clauses[i], err = p.query(q); err != nil {
			return nil, err
		}
	}
	return clauses, nil
}

// word asks for the stems of a word in the languages of the index.
func (p *Plain) word(text string) query.Query {
	var forms []query.Query
	for _, stem := range analysis.Stems(analysis.Fold(text), p.languages) {
		t := library.NewTermQuery(stem)
		t.SetField(fieldStem)
		forms = append(forms, t)
	}
	if len(forms) == 1 {
		return forms[0]
	}
	return library.NewDisjunctionQuery(forms...)
}
