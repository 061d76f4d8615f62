package corpus

import (
	"fmt"
	"slices"
)

// CheckFactDocument returns what is doubtful about a fact beside the document
// that states it and the taxonomy, either of which may be nil: an event that
// is said to have happened after the document was published, and a partner
// that was none at the time.
func CheckFactDocument(f *Fact, doc *Document, t *Taxonomy) []FactFinding {
	var findings []FactFinding
	warn := func(field, format string, args ...any) {
		findings = append(findings, FactFinding{Field: field, Message: fmt.Sprintf(format, args...), Warning: true})
	}
	date := f.Date.Date
	foreseen := f.Modality == Planned || f.Modality == Expected || f.Date.Mode == ModePlanned || f.Date.Mode == ModeUntil
	if doc != nil && !doc.Published.IsZero() && !date.IsZero() && !foreseen && date.Start() > doc.Published.End() {
		warn("date.edtf", "date %q is after the document's publication %q; is it %s or %s?", date, doc.Published, Planned, Expected)
	}
	if t == nil || date.IsZero() {
		return findings
	}
	for _, id := range f.Partners {
		p, ok := t.Partner(id)
		if !ok || len(p.Frameworks) == 0 || slices.ContainsFunc(p.Frameworks, func(m Membership) bool { return m.during(date) }) {
			continue
		}
		warn("partners", "%s (%s) was no partner in %s", id, p.Name, date)
	}
	return findings
}

// during reports whether a membership may have held at some time of a date.
func (m Membership) during(date Date) bool {
	return (m.Since.IsZero() || m.Since.Start() <= date.End()) && (m.Until.IsZero() || date.Start() <= m.Until.End())
}
