package corpus

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// factField is a field of a fact or of a part of one. Its names in files are
// those of the JSON form.
type factField struct {
	path string
	set  setter
	// derived fields must be read after those that they follow from.
	derived bool
}

// name returns the last part of the path.
func (f *factField) name() string { return lastName(f.path) }

// factFields are the fields of a fact.
var factFields = []factField{
	{path: "id", set: text(func(f *Fact) *string { return &f.ID })},
	{path: "kind", set: text(func(f *Fact) *FactKind { return &f.Kind })},
	{path: "class", set: text(func(f *Fact) *FactClass { return &f.Class })},
	{path: "statement", set: text(func(f *Fact) *string { return &f.Statement })},
	{path: "partners", set: list(func(f *Fact) *[]PartnerID { return &f.Partners })},
	{path: "topics", set: list(func(f *Fact) *[]TopicID { return &f.Topics })},
	{path: "other_countries", set: list(func(f *Fact) *[]string { return &f.Countries })},
	{path: "organisations", set: list(func(f *Fact) *[]string { return &f.Organisations })},
	{path: "people", set: list(func(f *Fact) *[]string { return &f.People })},
	{path: "role", set: text(func(f *Fact) *string { return &f.Role })},
	{path: "places", set: list(func(f *Fact) *[]string { return &f.Places })},
	{path: "date", set: object(dateFields)},
	{path: "amount", set: func(d *factDecoder, path string, n node) {
		d.fact.Amount = &Amount{}
		d.object(path, n, amountFields)
	}},
	{path: "quantity", set: func(d *factDecoder, path string, n node) {
		d.fact.Quantity = &Quantity{}
		d.object(path, n, quantityFields)
	}},
	{path: "event", set: text(func(f *Fact) *string { return &f.Event })},
	{path: "modality", set: text(func(f *Fact) *Modality { return &f.Modality })},
	{path: "rank", set: text(func(f *Fact) *Rank { return &f.Rank })},
	{path: "supersedes", set: list(func(f *Fact) *[]string { return &f.Supersedes })},
	{path: "conflicts_with", set: list(func(f *Fact) *[]string { return &f.ConflictsWith })},
	{path: "evidence", set: object(evidenceFields)},
	{path: "sources", set: list(func(f *Fact) *[]string { return &f.Sources })},
	{path: "note", set: text(func(f *Fact) *string { return &f.Note })},
	{path: "extracted", set: text(func(f *Fact) *string { return &f.Extracted })},
}

var amountFields = []factField{
	{path: "amount.value", set: number10(func(f *Fact) *decimal.Decimal { return &f.Amount.Value })},
	{path: "amount.currency", set: text(func(f *Fact) *string { return &f.Amount.Currency })},
	{path: "amount.text", set: text(func(f *Fact) *string { return &f.Amount.Text })},
	{path: "amount.bound", set: text(func(f *Fact) *Bound { return &f.Amount.Bound })},
	{path: "amount.stage", set: text(func(f *Fact) *Stage { return &f.Amount.Stage })},
	{path: "amount.measure", set: text(func(f *Fact) *Measure { return &f.Amount.Measure })},
}

var quantityFields = []factField{
	{path: "quantity.value", set: number10(func(f *Fact) *decimal.Decimal { return &f.Quantity.Value })},
	{path: "quantity.unit", set: text(func(f *Fact) *string { return &f.Quantity.Unit })},
	{path: "quantity.what", set: text(func(f *Fact) *string { return &f.Quantity.What })},
	{path: "quantity.text", set: text(func(f *Fact) *string { return &f.Quantity.Text })},
	{path: "quantity.bound", set: text(func(f *Fact) *Bound { return &f.Quantity.Bound })},
}

var evidenceFields = []factField{
	{path: "evidence.document", set: text(func(f *Fact) *ID { return &f.Evidence.Document })},
	{path: "evidence.exact", set: text(func(f *Fact) *string { return &f.Evidence.Exact })},
	{path: "evidence.prefix", set: text(func(f *Fact) *string { return &f.Evidence.Prefix })},
	{path: "evidence.suffix", set: text(func(f *Fact) *string { return &f.Evidence.Suffix })},
	{path: "evidence.digest", set: text(func(f *Fact) *string { return &f.Evidence.Digest })},
	{path: "evidence.offset", set: integer(func(f *Fact) *int { return &f.Evidence.Offset })},
	{path: "evidence.end", set: integer(func(f *Fact) *int { return &f.Evidence.End })},
	{path: "evidence.page", set: text(func(f *Fact) *string { return &f.Evidence.Page })},
	{path: "evidence.status", set: text(func(f *Fact) *AnchorStatus { return &f.Evidence.Status })},
	{path: "evidence.now", set: text(func(f *Fact) *string { return &f.Evidence.Now })},
}

// dateFields are the fields of a fact's date. Precision and years follow from
// the others; a file may repeat them, and they must agree.
var dateFields = []factField{
	{path: "date.edtf", set: edtf(func(f *Fact) *Date { return &f.Date.Date })},
	{path: "date.as_of", set: edtf(func(f *Fact) *Date { return &f.Date.AsOf })},
	{path: "date.mode", set: text(func(f *Fact) *DateMode { return &f.Date.Mode })},
	{path: "date.precision", derived: true, set: func(d *factDecoder, path string, n node) {
		p, ok := d.scalar(path, n)
		date := d.fact.Date.Date
		if want := string(date.Precision()); ok && p != want && !d.failed("date.edtf") {
			d.report(n.line, fmt.Sprintf("precision %q does not agree with the date %q; want %q, or leave it out", p, date, want))
		}
	}},
	{path: "date.years", derived: true, set: func(d *factDecoder, path string, n node) {
		years := d.scalars(path, n)
		if want := d.fact.Date.Years(); !slices.Equal(years, want) && !d.failed("date.edtf") {
			d.report(n.line, fmt.Sprintf("years %v do not follow from the date; want %v, or leave them out", years, want))
		}
	}},
}
