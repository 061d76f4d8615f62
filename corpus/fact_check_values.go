package corpus

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

func (c *factCheck) date() {
	d := c.f.Date
	switch {
	case d.Mode.Dateless() && !d.Date.IsZero():
		c.fail("date.mode", "mode %q goes with no date, but edtf is %q", d.Mode, d.Date)
	case d.Mode != "" && !d.Mode.Dateless() && d.Date.IsZero():
		c.fail("date.mode", "mode %q needs a date in edtf; without one, want %s", d.Mode,
			join([]DateMode{ModeUndated, ModeRecent, ModeFuture, ModeAsOfDocument}))
	}
	if d.Mode == ModePlanned && c.f.Modality != "" && c.f.Modality != Planned && c.f.Modality != Expected {
		c.fail("modality", "modality %q does not go with a planned date; want %q or %q", c.f.Modality, Planned, Expected)
	}
}

func (c *factCheck) amount() {
	a := c.f.Amount
	if a == nil {
		return
	}
	if !IsCurrency(a.Currency) {
		c.fail("amount.currency", "%s", unknown("currency", a.Currency, currencyCodes))
		return
	}
	if a.Text == "" {
		c.fail("amount.text", "amount.text is missing; want the sum as the evidence writes it")
		return
	}
	m, err := ParseMoney(a.Text)
	if err != nil {
		c.fail("amount.text", "amount.text: %v", err)
		return
	}
	// "$" alone may be any dollar, and "¥" yen or yuan.
	sameCurrency := m.Currency == a.Currency || m.Assumed && sharesSign(m.Currency, a.Currency)
	if !m.Value.Equal(a.Value) || !sameCurrency {
		c.fail("amount.value", "amount %s %s does not follow from its text %q (%s %s)", a.Value, a.Currency, a.Text, m.Value, m.Currency)
	}
	c.bound("amount.bound", m.Bound, a.Bound, a.Text)
	c.inEvidence("amount.text", a.Text)
	if a.Measure == MeasureSingle && c.f.Event == "" {
		c.warn("amount.measure", "a single transaction without an event key may be added twice; give it an event")
	}
}

// sharesSign reports whether two currencies are written with the same sign.
func sharesSign(assumed, code string) bool {
	switch assumed {
	case "USD":
		return strings.HasSuffix(code, "D") && slices.Contains(dollars, code)
	case "JPY":
		return code == "CNY"
	}
	return false
}

// dollars are the currencies whose sign is "$".
var dollars = strings.Fields(`
USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD`)

func (c *factCheck) quantity() {
	q := c.f.Quantity
	if q == nil {
		return
	}
	if !slices.Contains(Units(), q.Unit) {
		if near := Nearest(q.Unit, Units()); near != "" {
			c.fail("quantity.unit", "unknown unit %q; did you mean %q?", q.Unit, near)
		} else {
			c.fail("quantity.unit", "unknown unit %q; want one of %s", q.Unit, strings.Join(Units(), ", "))
		}
	}
	if q.Text == "" {
		c.fail("quantity.text", "quantity.text is missing; want the number as the evidence writes it")
		return
	}
	n, ok := firstNumber(q.Text)
	if !ok {
		c.fail("quantity.text", "there is no number in quantity.text %q", q.Text)
		return
	}
	if !n.value.Equal(q.Value) {
		c.fail("quantity.value", "quantity %s does not follow from its text %q (%s)", q.Value, q.Text, n.value)
	}
	bound, _ := BoundBefore(q.Text, n.start)
	c.bound("quantity.bound", bound, q.Bound, q.Text)
	c.inEvidence("quantity.text", q.Text)
}

// firstNumber finds the first number of a short text.
func firstNumber(text string) (number, bool) {
	for at := 0; at < len(text); {
		start := nextNumber(text, at)
		if start < 0 {
			break
		}
		n, ok := numberAt(text, start, false)
		if ok {
			return n, true
		}
		at = max(start+1, n.end)
	}
	return number{value: decimal.Decimal{}}, false
}

// bound checks a stated bound against the words of the text, when they are a
// part of it.
func (c *factCheck) bound(field string, words, stated Bound, text string) {
	switch {
	case words == "" || stated == words:
	case stated == "":
		c.fail(field, "%s is missing; the text %q says %q", field, text, string(words))
	default:
		c.fail(field, "%s %q does not follow from the text %q (%q)", field, string(stated), text, string(words))
	}
}

// inEvidence checks that a number stands in the words that prove it.
func (c *factCheck) inEvidence(field, text string) {
	if exact := c.f.Evidence.Exact; exact != "" && !strings.Contains(fold(exact), fold(text)) {
		c.fail(field, "%s %q is not in the evidence %q", field, text, exact)
	}
}

func (c *factCheck) evidence() {
	e := &c.f.Evidence
	switch words := len(strings.Fields(e.Exact)); {
	case e.Exact == "" && *e != (Evidence{}):
		c.fail("evidence.exact", "evidence.exact is missing; quote the words that state the fact")
		return
	case e.Exact == "" && len(c.f.Sources) == 0:
		c.fail("evidence", "evidence is missing; quote the words that state the fact, or name sources")
		return
	case e.Exact == "":
		return
	case words > MaxQuote && c.f.Extracted == "":
		c.fail("evidence.exact", "evidence.exact has %d words; want at most %d", words, MaxQuote)
	case strings.TrimSpace(e.Exact) != e.Exact:
		c.fail("evidence.exact", "evidence.exact begins or ends with white space")
	}
	if e.Document == "" {
		c.fail("evidence.document", "evidence.document is missing; name the document by id or path, here or once for the file")
	}
	for _, side := range []struct{ field, text string }{{"evidence.prefix", e.Prefix}, {"evidence.suffix", e.Suffix}} {
		if n := len([]rune(side.text)); n > MaxContext {
			c.fail(side.field, "%s has %d characters; want at most %d", side.field, n, MaxContext)
		}
	}
	if e.End < e.Offset {
		c.fail("evidence.end", "evidence.end %d lies before offset %d", e.End, e.Offset)
	}
}

// completeness warns of facts that lack what their kind asks for.
func (c *factCheck) completeness() {
	f := c.f
	switch {
	case f.Kind == KindVisit && len(f.Places)+len(f.Organisations) == 0:
		c.warn("kind", "a visit should name a place or a host organisation")
	case f.Kind == KindAddress && len(f.Organisations)+len(f.Places) == 0:
		c.warn("kind", "an address should name its audience in organisations or places")
	case (f.Kind == KindContribution || f.Kind == KindTrustFund) && len(f.Organisations)+len(f.Countries)+len(f.Places) == 0:
		c.warn("kind", "a %s should name an organisation, a country or a place that it goes to", f.Kind)
	case f.Kind == KindAppointment && f.Role == "":
		c.warn("kind", "an appointment should name the role")
	}
}
