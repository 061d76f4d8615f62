// Package corpustest converts test data into the formats of package corpus.
package corpustest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// seedFile is the layout of seed-facts.yaml, which is older than the format
// of facts files. It differs from it as ConvertSeed shows.
type seedFile struct {
	Facts []seedFact
}

type seedFact struct {
	ID, Kind, Class, Statement, Role, Event, Modality, Note, Corroboration string

	Partners, Organisations, People, Topics, Places []string

	OtherCountries []string `yaml:"other_countries"`
	Date           struct {
		EDTF  *string
		Mode  string
		AsOf  string   `yaml:"as_of"`
		Years []string `yaml:"facet_years"`
		Tens  []string `yaml:"facet_decades"`
	}
	Amount   *struct{ Value, Currency, Text, Measure, Stage string }
	Quantity *struct{ Value, Unit, What, Bound, Text string }
	Evidence struct {
		Doc, Exact, Prefix, Suffix string
		Start, End                 int
	}
}

// ConvertSeed turns seed-facts.yaml, notes on a document, into a facts file
// in YAML, and returns the years that the notes give each fact:
//
//   - the document is named by its path instead of described;
//   - precision, years and span are left out, since they follow from edtf and mode;
//   - bounds are signs instead of words, and follow the text;
//   - an unspecified stage is no stage, currency_basis follows from the text;
//   - evidence has neither paragraphs nor occurrences, and offsets in bytes of
//     body instead of code points of the file; with an empty body, for a document
//     whose text is not that of its file byte by byte, it has none;
//   - corroboration becomes a source.
func ConvertSeed(notes []byte, body, document string) (facts []byte, years map[string][]string, err error) {
	var seed seedFile
	if err := yaml.Unmarshal(notes, &seed); err != nil {
		return nil, nil, fmt.Errorf("reading the notes: %w", err)
	}
	bytesAt := make([]int, 0, len(body))
	for i := range body {
		bytesAt = append(bytesAt, i)
	}
	bytesAt = append(bytesAt, len(body))
	var out bytes.Buffer
	fmt.Fprintf(&out, "document: %s\nfacts:\n", document)
	years = map[string][]string{}
	for i := range seed.Facts {
		s := &seed.Facts[i]
		if body != "" && s.Evidence.End >= len(bytesAt) || s.Evidence.Start > s.Evidence.End {
			return nil, nil, fmt.Errorf("fact %s stands at %d to %d of %d code points", s.ID, s.Evidence.Start, s.Evidence.End, len(bytesAt)-1)
		}
		years[s.ID] = slices.Concat(s.Date.Years, s.Date.Tens)
		line, err := yaml.Marshal([]any{s.convert(bytesAt)})
		if err != nil {
			return nil, nil, fmt.Errorf("writing fact %s: %w", s.ID, err)
		}
		out.Write(line)
	}
	return out.Bytes(), years, nil
}

// convert returns the fields of a fact. BytesAt holds the byte at which each
// code point begins, if that is known.
func (s *seedFact) convert(bytesAt []int) map[string]any {
	bounds := map[string]string{"more-than": ">", "exact": ""}
	evidence := map[string]string{"exact": s.Evidence.Exact, "prefix": s.Evidence.Prefix, "suffix": s.Evidence.Suffix}
	fact := map[string]any{
		"id": s.ID, "kind": s.Kind, "class": s.Class, "statement": s.Statement, "role": s.Role, "event": s.Event,
		"modality": s.Modality, "note": s.Note, "partners": s.Partners, "organisations": s.Organisations,
		"people": s.People, "topics": s.Topics, "places": s.Places, "other_countries": s.OtherCountries,
		"evidence": evidence,
	}
	date := map[string]string{"mode": s.Date.Mode, "as_of": s.Date.AsOf}
	if s.Date.EDTF != nil {
		date["edtf"] = *s.Date.EDTF
	}
	fact["date"] = date
	if s.Corroboration != "" {
		fact["sources"] = []string{s.Corroboration}
	}
	if a := s.Amount; a != nil {
		stage := strings.TrimPrefix(a.Stage, "unspecified")
		fact["amount"] = map[string]string{"value": a.Value, "currency": a.Currency, "text": a.Text, "measure": a.Measure, "stage": stage}
	}
	if q := s.Quantity; q != nil {
		fact["quantity"] = map[string]string{"value": q.Value, "unit": q.Unit, "what": q.What, "text": q.Text, "bound": bounds[q.Bound]}
	}
	if s.Evidence.End < len(bytesAt) {
		evidence["offset"], evidence["end"] = strconv.Itoa(bytesAt[s.Evidence.Start]), strconv.Itoa(bytesAt[s.Evidence.End])
	}
	return fact
}

// Wrap breaks the lines of a text after at most width bytes where there is a
// space.
func Wrap(text string, width int) string {
	var out strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		at := 0
		for i, word := range strings.SplitAfter(line, " ") {
			if at += len(word); i > 0 && at > width {
				out.WriteString("\n")
				at = len(word)
			}
			out.WriteString(word)
		}
	}
	return out.String()
}
