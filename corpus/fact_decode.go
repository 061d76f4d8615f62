package corpus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// factDecoder turns the node of one fact into a Fact. It keeps going after a
// problem, so that all problems of a file are reported at once.
type factDecoder struct {
	problems []problem
	lines    map[string]int // line of each field by its path, "amount.text"
}

// setter stores the value of the field at path.
type setter func(d *factDecoder, path string, n node)

// decodeFact reads a fact from an object.
func decodeFact(n node) (Fact, *factDecoder) {
	d := &factDecoder{lines: map[string]int{"": n.line}}
	var f Fact
	d.object("", n, factSetters(&f))
	return f, d
}

// factSetters are the fields of a fact by their names in files. They are the
// names of the JSON form.
func factSetters(f *Fact) map[string]setter {
	return map[string]setter{
		"id":              text(&f.ID),
		"kind":            text(&f.Kind),
		"class":           text(&f.Class),
		"statement":       text(&f.Statement),
		"partners":        list(&f.Partners),
		"topics":          list(&f.Topics),
		"other_countries": list(&f.Countries),
		"organisations":   list(&f.Organisations),
		"people":          list(&f.People),
		"role":            text(&f.Role),
		"places":          list(&f.Places),
		"event":           text(&f.Event),
		"modality":        text(&f.Modality),
		"rank":            text(&f.Rank),
		"supersedes":      list(&f.Supersedes),
		"conflicts_with":  list(&f.ConflictsWith),
		"sources":         list(&f.Sources),
		"note":            text(&f.Note),
		"extracted":       text(&f.Extracted),
		"date": func(d *factDecoder, path string, n node) {
			d.object(path, n, dateSetters(&f.Date))
		},
		"amount": func(d *factDecoder, path string, n node) {
			f.Amount = &Amount{}
			d.object(path, n, map[string]setter{
				"value": number10(&f.Amount.Value), "currency": text(&f.Amount.Currency), "text": text(&f.Amount.Text),
				"bound": text(&f.Amount.Bound), "stage": text(&f.Amount.Stage), "measure": text(&f.Amount.Measure),
			})
		},
		"quantity": func(d *factDecoder, path string, n node) {
			f.Quantity = &Quantity{}
			d.object(path, n, map[string]setter{
				"value": number10(&f.Quantity.Value), "unit": text(&f.Quantity.Unit), "what": text(&f.Quantity.What),
				"text": text(&f.Quantity.Text), "bound": text(&f.Quantity.Bound),
			})
		},
		"evidence": func(d *factDecoder, path string, n node) {
			e := &f.Evidence
			d.object(path, n, map[string]setter{
				"document": text(&e.Document), "exact": text(&e.Exact), "prefix": text(&e.Prefix), "suffix": text(&e.Suffix),
				"digest": text(&e.Digest), "offset": integer(&e.Offset), "end": integer(&e.End), "page": text(&e.Page),
				"status": text(&e.Status), "now": text(&e.Now),
			})
		},
	}
}

// dateSetters are the fields of a fact's date. Precision and years follow
// from the others; a file may repeat them, and they must agree.
func dateSetters(date *FactDate) map[string]setter {
	return map[string]setter{
		"edtf":  edtf(&date.Date),
		"as_of": edtf(&date.AsOf),
		"mode":  text(&date.Mode),
		"precision": func(d *factDecoder, path string, n node) {
			var p string
			text(&p)(d, path, n)
			if want := string(date.Date.Precision()); p != "" && p != want && !d.failed("date.edtf") {
				d.report(n.line, fmt.Sprintf("precision %q does not agree with the date %q; want %q, or leave it out", p, date.Date, want))
			}
		},
		"years": func(d *factDecoder, path string, n node) {
			var years []string
			list(&years)(d, path, n)
			if want := date.Years(); strings.Join(years, " ") != strings.Join(want, " ") && !d.failed("date.edtf") {
				d.report(n.line, fmt.Sprintf("years %v do not follow from the date; want %v, or leave them out", years, want))
			}
		},
	}
}

// derivedFields must be read after the fields that they follow from.
var derivedFields = map[string]bool{"date.precision": true, "date.years": true}

// object reads the named fields of n with their setters.
func (d *factDecoder) object(path string, n node, setters map[string]setter) {
	if n.kind != objectNode {
		if n.kind != nullNode || path == "" {
			d.problems = append(d.problems, wrongKind(n, nameOf(path), "named fields"))
		}
		return
	}
	seen := make(map[string]bool, len(n.fields))
	for _, derived := range []bool{false, true} {
		for _, f := range n.fields {
			full := strings.TrimPrefix(path+"."+f.name, ".")
			if derivedFields[full] != derived {
				continue
			}
			set, known := setters[f.name]
			switch {
			case seen[f.name]:
				d.report(f.line, fmt.Sprintf("field %q is given twice", full))
			case !known:
				d.report(f.line, unknownField(full, f.name, setters))
			case f.value.kind != nullNode:
				d.lines[full] = f.value.line
				set(d, full, f.value)
			}
			seen[f.name] = true
		}
	}
}

func unknownField(full, name string, setters map[string]setter) string {
	var names []string
	for known := range setters {
		names = append(names, known)
	}
	slices.Sort(names)
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("unknown field %q; did you mean %q?", full, strings.TrimSuffix(full, name)+near)
	}
	return fmt.Sprintf("unknown field %q; want one of %s", full, strings.Join(names, ", "))
}

func (d *factDecoder) report(line int, message string) {
	d.problems = append(d.problems, problem{line, message})
}

// failed reports whether there was a problem with the field at path.
func (d *factDecoder) failed(path string) bool {
	line, ok := d.lines[path]
	if !ok {
		return false
	}
	for _, p := range d.problems {
		if p.line == line && strings.HasPrefix(p.message, "date ") {
			return true
		}
	}
	return false
}

// nameOf returns the name of the field at path for messages.
func nameOf(path string) string {
	if path == "" {
		return "a fact"
	}
	return path
}

// text stores a scalar.
func text[T ~string](to *T) setter {
	return func(d *factDecoder, path string, n node) {
		if n.kind != scalarNode {
			d.problems = append(d.problems, wrongKind(n, path, "a text"))
			return
		}
		*to = T(n.text)
	}
}

// list stores a list of scalars. A single scalar is a list of one.
func list[T ~string](to *[]T) setter {
	return func(d *factDecoder, path string, n node) {
		items := n.items
		switch n.kind {
		case scalarNode:
			items = []node{n}
		case objectNode:
			d.problems = append(d.problems, wrongKind(n, path, "a list"))
			return
		}
		for _, item := range items {
			value := strings.TrimSpace(item.text)
			switch {
			case item.kind != scalarNode:
				d.problems = append(d.problems, wrongKind(item, "an item of "+path, "a text"))
			case value == "":
				d.report(item.line, "an item of "+path+" is empty")
			default:
				*to = append(*to, T(value))
			}
		}
	}
}

// edtf stores a date.
func edtf(to *Date) setter {
	return func(d *factDecoder, path string, n node) {
		var s string
		text(&s)(d, path, n)
		date, err := ParseDate(s)
		if err != nil {
			d.report(n.line, err.Error())
			return
		}
		*to = date
	}
}

// integer stores a count of bytes.
func integer(to *int) setter {
	return func(d *factDecoder, path string, n node) {
		var s string
		text(&s)(d, path, n)
		if s == "" {
			return
		}
		i, err := strconv.ParseInt(s, 10, 0)
		if err != nil || i < 0 {
			d.report(n.line, fmt.Sprintf("%s must be a number of bytes, not %q", path, s))
			return
		}
		*to = int(i)
	}
}

// number10 stores a decimal number in plain digits.
func number10(to *decimal.Decimal) setter {
	return func(d *factDecoder, path string, n node) {
		var s string
		text(&s)(d, path, n)
		v, ok := plainDecimal(s)
		if !ok {
			d.report(n.line, fmt.Sprintf(`%s must be a decimal number in digits, such as "2490000000" or "1.5", not %q`, path, s))
			return
		}
		*to = v
	}
}

// maxDecimal is the longest text of a decimal number in a facts file.
const maxDecimal = 40

// plainDecimal reads digits with at most one point. An exponent is not read:
// it could stand for a number too long to print.
func plainDecimal(s string) (decimal.Decimal, bool) {
	whole, fraction, point := strings.Cut(s, ".")
	_, okWhole := digits(whole)
	_, okFraction := digits(fraction)
	if len(s) > maxDecimal || !okWhole || point && !okFraction {
		return decimal.Decimal{}, false
	}
	v, err := decimal.NewFromString(s)
	return v, err == nil
}
