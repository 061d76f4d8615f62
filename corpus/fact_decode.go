package corpus

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// factDecoder turns the node of one fact into a Fact. It keeps going after a
// problem, so that all problems of a file are reported at once. It can be used
// again for the next fact.
type factDecoder struct {
	fact     *Fact
	problems []problem
	places   []fieldPlace // of the fields that are there
}

// fieldPlace is the line of a field, which is named by its path, "amount.text".
type fieldPlace struct {
	path   string
	line   int
	failed bool // there was a problem with it
}

// setter stores the value of the field at path.
type setter func(d *factDecoder, path string, n node)

// decode reads a fact from an object.
func (d *factDecoder) decode(n node) Fact {
	var f Fact
	d.fact, d.problems, d.places = &f, d.problems[:0], append(d.places[:0], fieldPlace{line: n.line})
	d.object("", n, factFields)
	return f
}

// object reads named fields.
func object(fields []factField) setter {
	return func(d *factDecoder, path string, n node) { d.object(path, n, fields) }
}

// object reads the named fields of n, which is at path.
func (d *factDecoder) object(path string, n node, fields []factField) {
	if n.kind != objectNode {
		if n.kind != nullNode || path == "" {
			d.problems = append(d.problems, wrongKind(n, nameOf(path), "named fields"))
		}
		return
	}
	var seen uint64 // a bit for each of the fields
	var last []field
	for _, f := range n.fields {
		i := slices.IndexFunc(fields, func(known factField) bool { return known.name() == f.name })
		switch {
		case i < 0:
			d.report(f.line, unknownField(path, f.name, fields))
		case seen&(1<<i) != 0:
			d.report(f.line, fmt.Sprintf("field %q is given twice", fields[i].path))
		case fields[i].derived:
			last = append(last, f)
		default:
			d.set(&fields[i], f.value)
		}
		if i >= 0 {
			seen |= 1 << i
		}
	}
	for _, f := range last {
		d.set(&fields[slices.IndexFunc(fields, func(known factField) bool { return known.name() == f.name })], f.value)
	}
}

// set stores the value of a field, unless it is null.
func (d *factDecoder) set(f *factField, value node) {
	if value.kind == nullNode {
		return
	}
	at, before := len(d.places), len(d.problems)
	d.places = append(d.places, fieldPlace{path: f.path, line: value.line})
	f.set(d, f.path, value)
	d.places[at].failed = len(d.problems) > before
}

func unknownField(path, name string, fields []factField) string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].name()
	}
	slices.Sort(names)
	within := ""
	if path != "" {
		within = path + "."
	}
	full := within + name
	if near := Nearest(name, names); near != "" {
		return fmt.Sprintf("unknown field %q; did you mean %q?", full, within+near)
	}
	return fmt.Sprintf("unknown field %q; want one of %s", full, strings.Join(names, ", "))
}

func (d *factDecoder) report(line int, message string) {
	d.problems = append(d.problems, problem{line, message})
}

// failed reports whether there was a problem with the field at path.
func (d *factDecoder) failed(path string) bool {
	i := d.place(path)
	return i >= 0 && d.places[i].failed
}

// read reports whether the field at path is there, and neither with it nor with
// anything beside it in the same part of the fact was a problem.
func (d *factDecoder) read(path string) bool {
	i, part := d.place(path), strings.LastIndexByte(path, '.')
	return i >= 0 && !d.places[i].failed && (part < 0 || d.read(path[:part]))
}

// place returns where in places the field at path is, -1 when it is not there.
func (d *factDecoder) place(path string) int {
	return slices.IndexFunc(d.places, func(p fieldPlace) bool { return p.path == path })
}

// lineOf returns the line of the field at path, else of what holds it.
func (d *factDecoder) lineOf(path string) int {
	for {
		if i := d.place(path); i >= 0 {
			return d.places[i].line
		}
		i := strings.LastIndexByte(path, '.')
		path = path[:max(i, 0)]
	}
}

// nameOf returns the name of the field at path for messages.
func nameOf(path string) string {
	if path == "" {
		return "a fact"
	}
	return path
}

// scalar returns the text of a scalar.
func (d *factDecoder) scalar(path string, n node) (string, bool) {
	if n.kind != scalarNode {
		d.problems = append(d.problems, wrongKind(n, path, "a text"))
		return "", false
	}
	return n.text, n.text != ""
}

// scalars returns the texts of a list of scalars. A single scalar is a list of
// one.
func (d *factDecoder) scalars(path string, n node) []string {
	items := n.items
	switch n.kind {
	case scalarNode:
		items = []node{n}
	case objectNode:
		d.problems = append(d.problems, wrongKind(n, path, "a list"))
		return nil
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		value := strings.TrimSpace(item.text)
		switch {
		case item.kind != scalarNode:
			d.problems = append(d.problems, wrongKind(item, "an item of "+path, "a text"))
		case value == "":
			d.report(item.line, "an item of "+path+" is empty")
		default:
			texts = append(texts, value)
		}
	}
	return texts
}

// text stores a scalar.
func text[T ~string](to func(*Fact) *T) setter {
	return func(d *factDecoder, path string, n node) {
		s, _ := d.scalar(path, n)
		*to(d.fact) = T(s)
	}
}

// list stores a list of scalars.
func list[T ~string](to func(*Fact) *[]T) setter {
	return func(d *factDecoder, path string, n node) {
		for _, s := range d.scalars(path, n) {
			*to(d.fact) = append(*to(d.fact), T(s))
		}
	}
}

// edtf stores a date.
func edtf(to func(*Fact) *Date) setter {
	return func(d *factDecoder, path string, n node) {
		s, _ := d.scalar(path, n)
		date, err := ParseDate(s)
		if err != nil {
			d.report(n.line, err.Error())
			return
		}
		*to(d.fact) = date
	}
}

// integer stores a count of bytes.
func integer(to func(*Fact) *int) setter {
	return func(d *factDecoder, path string, n node) {
		s, ok := d.scalar(path, n)
		if !ok {
			return
		}
		i, err := strconv.ParseInt(s, 10, 0)
		if err != nil || i < 0 {
			d.report(n.line, fmt.Sprintf("%s must be a number of bytes, not %q", path, s))
			return
		}
		*to(d.fact) = int(i)
	}
}

// number10 stores a decimal number in plain digits.
func number10(to func(*Fact) *decimal.Decimal) setter {
	return func(d *factDecoder, path string, n node) {
		s, _ := d.scalar(path, n)
		v, ok := plainDecimal(s)
		if !ok {
			d.report(n.line, fmt.Sprintf(`%s must be a decimal number in digits, such as "2490000000" or "1.5", not %q`, path, s))
			return
		}
		*to(d.fact) = v
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
