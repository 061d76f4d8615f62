package bleve

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapport/corpus"
	"rapport/search"
	"rapport/search/analysis"
)

// builder makes records of the storage engine from those of the corpus. It
// keeps its buffers and is for one goroutine.
type builder struct {
	scanner analysis.Scanner
	packer  packer
	groups  map[corpus.TopicID]corpus.TopicID // by topic
	words   map[string]lexicon                // by language
	stem    textBuilder
	word    textBuilder
	tstem   textBuilder
	tword   textBuilder
}

func newBuilder(groups map[corpus.TopicID]corpus.TopicID) *builder {
	return &builder{
		words: map[string]lexicon{}, groups: groups,
		stem: textBuilder{name: fieldStem, stems: true}, word: textBuilder{name: fieldWord},
		tstem: textBuilder{name: fieldTitleStem, stems: true, titles: true}, tword: textBuilder{name: fieldTitleWord, titles: true},
	}
}

// records returns what is stored and indexed of a record, and its hash.
func (b *builder) records(r *corpus.Record) ([]*record, digest, error) {
	entry, err := json.Marshal(&r.Entry)
	if err != nil {
		return nil, digest{}, fmt.Errorf("entry %s: %w", r.Entry.ID, err)
	}
	var (
		parts    [][]byte
		language = analysis.English
		kind     = kindEntry
		id       = idEntry + string(r.Entry.ID)
	)
	if r.Document != nil {
		if r.Document.ID != r.Entry.ID {
			return nil, digest{}, fmt.Errorf("entry %s holds a document with the ID %s: they must be the same", r.Entry.ID, r.Document.ID)
		}
		kind = kindDocument
		id = idDocument + string(r.Document.ID)
	}
	first := newRecord(id)
	if r.Document != nil {
		if r.Document.Language != "" {
			language = r.Document.Language
		}
		data, err := b.document(first, r.Document)
		if err != nil {
			return nil, digest{}, err
		}
		parts = append(parts, data, textBytes(r.Document.Body))
	}
	list := []*record{first}
	for i := range r.Facts {
		f, data, err := b.fact(r.Entry.ID, &r.Facts[i], language)
		if err != nil {
			return nil, digest{}, err
		}
		list, parts = append(list, f), append(parts, data)
	}
	hash := hashRecord(&r.Entry, parts)
	first.keyword(fieldKind, kind)
	first.unique(fieldEntry, string(r.Entry.ID))
	first.entry = entry
	first.parts[partHash] = hash[:]
	for _, r := range list {
		r.seal(&b.packer)
	}
	return list, hash, nil
}

// document adds the fields of a document. It returns its JSON without the body.
func (b *builder) document(r *record, d *corpus.Document) ([]byte, error) {
	b.text(r, d, &b.stem, &b.word, &b.tstem, &b.tword)
	b.documentFacets(r, d)
	r.unique(fieldDate, d.Published.String())
	r.unique(fieldTitleSort, titleKey(d.Title))
	r.unique(search.FieldWork, d.Work())
	r.unique(fieldLikeness, likenessTerm(corpus.LikenessOf(d)))
	return b.keep(r, d)
}

// text adds fields of words, and their number.
func (b *builder) text(r *record, d *corpus.Document, fields ...*textBuilder) {
	for _, f := range fields {
		f.reset()
	}
	lexicon := b.lexicon(d.Language)
	title := b.scan(d.Title, b.titleStart(d.Title), func(t *analysis.Token, at uint32) {
		w := lexicon.word(t.Term)
		for _, f := range fields {
			f.add(f.form(w), at, f.titleWeight())
		}
	})
	inBody := slices.DeleteFunc(slices.Clone(fields), func(f *textBuilder) bool { return f.titles })
	body := b.scan(d.Body, bodyStart(title), func(t *analysis.Token, at uint32) {
		w := lexicon.word(t.Term)
		for _, f := range inBody {
			f.add(f.form(w), at, 1)
		}
	})
	for _, f := range fields {
		f.field(r, f.name)
	}
	r.keyword(fieldLength, strconv.Itoa(title+body))
}

// keep stores a document. It returns its JSON without the body.
func (b *builder) keep(r *record, d *corpus.Document) ([]byte, error) {
	bare := *d
	bare.Body = ""
	data, err := json.Marshal(&bare)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	r.data = data
	if d.Body != "" {
		r.parts[partBody] = b.packer.text(d.Body)
	}
	return data, nil
}

// documentFacets adds the facets of a document.
func (b *builder) documentFacets(r *record, d *corpus.Document) {
	r.keyword(search.FieldPartner, corpus.Values(d.Tags.Partners)...)
	r.keyword(search.FieldMention, corpus.Values(d.Tags.Mentions)...)
	r.keyword(search.FieldTopic, b.withGroups(corpus.Values(d.Tags.Topics))...)
	r.keyword(search.FieldYear, corpus.Values(d.Tags.Years)...)
	r.keyword(search.FieldType, d.Type)
	r.keyword(search.FieldPublisher, d.Publisher)
	r.keyword(search.FieldFormat, d.Format)
	r.keyword(search.FieldLang, d.Language)
	r.keyword(search.FieldSource, d.Source)
	r.keyword(search.FieldPublished, d.Published.Years()...)
}

// fact returns the record of a fact and its JSON.
func (b *builder) fact(entry corpus.ID, f *corpus.Fact, language string) (*record, []byte, error) {
	r := newRecord(idFact + string(entry) + "\x00" + f.ID)
	r.keyword(fieldKind, kindFact)
	r.unique(fieldEntry, string(entry))

	b.stem.reset()
	b.word.reset()
	lexicon := b.lexicon(language)
	at, length := uint32(titleZone), 0
	for _, text := range factTexts(f) {
		n := b.scan(text, at, func(t *analysis.Token, at uint32) {
			w := lexicon.word(t.Term)
			b.stem.add(w.stem, at, 1)
			b.word.add(w.text, at, 1)
		})
		at += uint32(n + titleGap)
		length += n
	}
	b.stem.field(r, fieldName(search.Facts, fieldStem))
	b.word.field(r, fieldName(search.Facts, fieldWord))
	r.keyword(fieldName(search.Facts, fieldLength), strconv.Itoa(length))
	b.factFacets(r, f)
	data, err := json.Marshal(f)
	if err != nil {
		return nil, nil, fmt.Errorf("fact %s: %w", f.ID, err)
	}
	r.data = data
	return r, data, nil
}

// factFacets adds the facets of a fact, and what else it is looked up by.
func (b *builder) factFacets(r *record, f *corpus.Fact) {
	facet := func(field string, values ...string) { r.keyword(fieldName(search.Facts, field), values...) }
	facet(search.FieldPartner, texts(f.Partners)...)
	facet(search.FieldTopic, b.withGroups(texts(f.Topics))...)
	facet(search.FieldYear, f.Years()...)
	facet(search.FieldKind, string(f.Kind))
	facet(search.FieldStatus, factStatus(f)...)
	facet(search.FieldDocument, string(f.Evidence.Document))
	facet(search.FieldID, f.ID)
	r.unique(fieldName(search.Facts, fieldDate), f.Date.Span().String())
	if f.Amount != nil {
		facet(search.FieldCurrency, f.Amount.Currency)
		facet(search.FieldAmount, f.Amount.Value.String())
	}
}

// factTexts returns what a fact is found by.
func factTexts(f *corpus.Fact) []string {
	list := []string{f.Statement, f.Evidence.Exact, f.Role, f.Note}
	for _, more := range [][]string{f.Organisations, f.People, f.Places, f.Countries} {
		list = append(list, more...)
	}
	return list
}

// factStatus returns the values of the facet of that name.
func factStatus(f *corpus.Fact) []string {
	values := []string{string(f.Evidence.Status)}
	if f.Extracted != "" {
		values = append(values, search.StatusExtracted)
	}
	return values
}

func texts[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// withGroups adds to topics the groups they belong to.
func (b *builder) withGroups(topics []string) []string {
	list := topics
	for _, t := range topics {
		if g := b.groups[corpus.TopicID(t)]; g != "" {
			list = append(list, string(g))
		}
	}
	return list
}

// groupsOf returns the groups of the topics of a taxonomy.
func groupsOf(t *corpus.Taxonomy) map[corpus.TopicID]corpus.TopicID {
	groups := make(map[corpus.TopicID]corpus.TopicID, len(t.Topics))
	for _, topic := range t.Topics {
		groups[topic.ID] = topic.Group
	}
	return groups
}

// maxTitleKey bounds a title in dictionaries, in bytes.
const maxTitleKey = 200

// titleKey returns the form of a title that titles are sorted by.
func titleKey(title string) string {
	key := strings.Join(analysis.Terms(title), " ")
	if len(key) > maxTitleKey {
		key = strings.ToValidUTF8(key[:maxTitleKey], "")
	}
	return key
}
