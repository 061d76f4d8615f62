package corpus

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FactFinding is something wrong, or doubtful, with one field of a fact.
type FactFinding struct {
	Field   string // "amount.text"; empty for the fact as a whole
	Message string
	Warning bool // doubtful only
}

// MaxQuote is the largest number of words that evidence quotes.
const MaxQuote = 20

// CheckFact returns all that is wrong or doubtful with a fact taken alone, by
// the rules that docs/facts.md lists. Partners and topics are checked against
// t unless it is nil. Whether ids are unique, links lead somewhere and the
// evidence stands in its document are other questions: see FactLinks and
// Anchorer.
func CheckFact(f *Fact, t *Taxonomy) []FactFinding {
	c := factCheck{f: f}
	c.id()
	c.lists()
	c.statement()
	c.texts()
	if t != nil {
		c.taxonomy(t)
	}
	c.date()
	c.amount()
	c.quantity()
	c.evidence()
	c.completeness()
	return c.findings
}

// factCheck collects the findings on one fact.
type factCheck struct {
	f        *Fact
	findings []FactFinding
}

func (c *factCheck) fail(field, format string, args ...any) {
	c.findings = append(c.findings, FactFinding{Field: field, Message: fmt.Sprintf(format, args...)})
}

func (c *factCheck) warn(field, format string, args ...any) {
	c.findings = append(c.findings, FactFinding{Field: field, Message: fmt.Sprintf(format, args...), Warning: true})
}

// factID reports whether an id has the form that ids have.
func factID(id string) bool {
	for i := range len(id) {
		if c := id[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return 1 <= len(id) && len(id) <= 100
}

func (c *factCheck) id() {
	switch {
	case c.f.ID == "":
		c.fail("id", "id is missing")
	case !factID(c.f.ID):
		c.fail("id", "id %q must consist of 1 to 100 small letters a-z, digits and hyphens", c.f.ID)
	}
	for _, linked := range []struct {
		field string
		ids   []string
	}{{"supersedes", c.f.Supersedes}, {"conflicts_with", c.f.ConflictsWith}} {
		if c.f.ID != "" && slices.Contains(linked.ids, c.f.ID) {
			c.fail(linked.field, "%s names the fact itself", linked.field)
		}
	}
}

// lists checks the values that come from closed lists.
func (c *factCheck) lists() {
	if c.f.Kind == "" {
		c.fail("kind", "kind is missing; want one of %s", join(FactKinds()))
	}
	closed(c, "kind", c.f.Kind, FactKinds())
	closed(c, "class", c.f.Class, FactClasses())
	closed(c, "modality", c.f.Modality, Modalities())
	closed(c, "rank", c.f.Rank, Ranks())
	closed(c, "date.mode", c.f.Date.Mode, DateModes())
	closed(c, "evidence.status", c.f.Evidence.Status, AnchorStatuses())
	if a := c.f.Amount; a != nil {
		closed(c, "amount.bound", a.Bound, Bounds())
		closed(c, "amount.stage", a.Stage, Stages())
		closed(c, "amount.measure", a.Measure, Measures())
	}
	if q := c.f.Quantity; q != nil {
		closed(c, "quantity.bound", q.Bound, Bounds())
	}
}

// closed checks a value that may be empty against a closed list.
func closed[T ~string](c *factCheck, field string, value T, legal []T) {
	if value != "" && !slices.Contains(legal, value) {
		c.fail(field, "%s", unknown(lastName(field), string(value), legal))
	}
}

func lastName(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

func join[T ~string](values []T) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// sentenceEnd is the end of a sentence with another behind it. The word
// before the full stop has three letters or more, so that "U.S." and most
// other abbreviations do not count.
var sentenceEnd = regexp.MustCompile(`(?:[\pL\pN]{3}|[)"”’])[.!?]\s+["“‘(]?\p{Lu}\p{L}`)

func (c *factCheck) statement() {
	s := c.f.Statement
	switch {
	case strings.TrimSpace(s) == "":
		c.fail("statement", "statement is missing; say the fact in one sentence of your own")
	case s == c.f.Evidence.Exact:
		c.fail("statement", "statement repeats the quotation; say the fact in your own words")
	case strings.ContainsAny(s[:len(s)-1], ".!?") && sentenceEnd.MatchString(s):
		c.warn("statement", "statement looks like several sentences; want one")
	}
}

// texts checks that all free text can be written to and read from any format.
func (c *factCheck) texts() {
	f, e := c.f, &c.f.Evidence
	c.cleanText("statement", f.Statement)
	c.cleanText("other_countries", f.Countries...)
	c.cleanText("organisations", f.Organisations...)
	c.cleanText("people", f.People...)
	c.cleanText("role", f.Role)
	c.cleanText("places", f.Places...)
	if f.Amount != nil {
		c.cleanText("amount.text", f.Amount.Text)
	}
	if f.Quantity != nil {
		c.cleanText("quantity.text", f.Quantity.Text)
		c.cleanText("quantity.what", f.Quantity.What)
	}
	c.cleanText("event", f.Event)
	c.cleanText("supersedes", f.Supersedes...)
	c.cleanText("conflicts_with", f.ConflictsWith...)
	c.cleanText("evidence.document", string(e.Document))
	c.cleanText("evidence.exact", e.Exact)
	c.cleanText("evidence.prefix", e.Prefix)
	c.cleanText("evidence.suffix", e.Suffix)
	c.cleanText("evidence.digest", e.Digest)
	c.cleanText("evidence.page", e.Page)
	c.cleanText("evidence.now", e.Now)
	c.cleanText("sources", f.Sources...)
	c.cleanText("note", f.Note)
	c.cleanText("extracted", f.Extracted)
}

// cleanText refuses what would not survive a round trip through all formats.
func (c *factCheck) cleanText(field string, texts ...string) {
	for _, s := range texts {
		if !utf8.ValidString(s) {
			c.fail(field, "%s is not valid UTF-8", field)
			continue
		}
		for _, r := range s {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufeff' || r == '\ufffe' || r == '\uffff' {
				c.fail(field, "%s holds the control character %U", field, r)
				break
			}
		}
	}
}

// taxonomy checks identifiers against what the service knows.
func (c *factCheck) taxonomy(t *Taxonomy) {
	for _, id := range c.f.Partners {
		if slices.ContainsFunc(t.Partners, func(p Partner) bool { return p.ID == id }) {
			continue
		}
		if meant := partnersMeant(t, string(id)); len(meant) > 0 {
			c.fail("partners", "unknown partner %q; did you mean %s?", id, strings.Join(meant, " or "))
		} else {
			c.fail("partners", "%s", unknown("partner", string(id), partnerIDs(t)))
		}
	}
	for _, id := range c.f.Topics {
		if slices.ContainsFunc(t.Topics, func(p Topic) bool { return p.ID == id }) {
			continue
		}
		if slices.ContainsFunc(t.Groups, func(g Group) bool { return g.ID == id }) {
			c.fail("topics", "%q is a group of topics; want one of its topics: %s", id, join(topicsOf(t, id)))
		} else {
			c.fail("topics", "%s", unknown("topic", string(id), topicsOf(t, "")))
		}
	}
}

// partnersMeant returns the partners that a name or a mistyped identifier may
// stand for.
func partnersMeant(t *Taxonomy, name string) []string {
	names := []string{name}
	if _, ok := t.LookupPartner(name); !ok {
		names = t.NearestPartners(name)
	}
	var meant []string
	for _, n := range names {
		if id, ok := t.LookupPartner(n); ok {
			p, _ := t.Partner(id)
			meant = append(meant, fmt.Sprintf("%q (%s)", id, p.Name))
		}
	}
	return meant
}

func partnerIDs(t *Taxonomy) []PartnerID {
	ids := make([]PartnerID, len(t.Partners))
	for i, p := range t.Partners {
		ids[i] = p.ID
	}
	return ids
}

// topicsOf returns the topics of a group, or all topics.
func topicsOf(t *Taxonomy, group TopicID) []TopicID {
	var ids []TopicID
	for _, topic := range t.Topics {
		if group == "" || topic.Group == group {
			ids = append(ids, topic.ID)
		}
	}
	return ids
}
