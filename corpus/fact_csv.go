package corpus

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// csvColumns are the columns of a facts file in CSV, in the order in which
// they are written. A dot leads into a field.
var csvColumns = []string{
	"id", "kind", "class", "statement", "partners", "topics", "other_countries", "organisations", "people", "role", "places",
	"date.edtf", "date.mode", "date.as_of",
	"amount.value", "amount.currency", "amount.text", "amount.bound", "amount.stage", "amount.measure",
	"quantity.value", "quantity.unit", "quantity.what", "quantity.text", "quantity.bound",
	"event", "modality", "rank", "supersedes", "conflicts_with",
	"evidence.document", "evidence.exact", "evidence.prefix", "evidence.suffix", "evidence.digest",
	"evidence.offset", "evidence.end", "evidence.page", "evidence.status", "evidence.now",
	"sources", "note", "extracted",
}

// csvLists are the columns that hold lists, with semicolons between items.
var csvLists = map[string]bool{
	"partners": true, "topics": true, "other_countries": true, "organisations": true, "people": true, "places": true,
	"supersedes": true, "conflicts_with": true, "sources": true,
}

// csv reads a header row and one fact a row.
func (r *factReader) csv(in io.Reader) {
	budget := &recordBudget{r: in, left: MaxFactLine}
	buffered := bufio.NewReader(budget)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = buffered.Discard(3) // just peeked
	}
	rows := csv.NewReader(buffered)
	header, err := rows.Read()
	if err != nil {
		r.csvError(err, 1)
		return
	}
	header = slices.Clone(header)
	if !r.csvHeader(header) {
		return
	}
	for {
		budget.left = MaxFactLine
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		more := true
		if err != nil {
			more = r.csvError(err, 0)
		} else {
			more = r.fact(csvNode(header, row, rows), "")
		}
		if !more {
			return
		}
	}
}

// csvHeader checks the header row. It reports whether facts can follow.
func (r *factReader) csvHeader(header []string) bool {
	ok := true
	for i, name := range header {
		name = strings.TrimSpace(name)
		message := ""
		switch {
		case !slices.Contains(csvColumns, name):
			if near := Nearest(name, csvColumns); near != "" {
				message = fmt.Sprintf("unknown column %q; did you mean %q?", name, near)
			} else {
				message = fmt.Sprintf("unknown column %q; want some of %s", name, strings.Join(csvColumns, ", "))
			}
		case slices.Contains(header[:i], name):
			message = fmt.Sprintf("column %q is there twice", name)
		}
		if message != "" {
			ok = false
			if !r.fail(1, "%s", message) {
				return false
			}
		}
		header[i] = name
	}
	return ok
}

// csvError yields an error of the CSV reader. It reports whether reading can
// go on with the next row.
func (r *factReader) csvError(err error, line int) bool {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return r.fail(0, "the file is empty; want a row with the names of columns first")
	case errors.Is(err, errRecordTooLong):
		r.fail(line, "a row is longer than %d KiB; is a quotation mark not closed?", MaxFactLine>>10)
		return false
	case errors.As(err, &syntax):
		return r.fail(syntax.Line, "not valid CSV: %v", syntax.Err)
	}
	r.yield(LocatedFact{}, fmt.Errorf("reading %s: %w", r.file, err))
	return false
}

// csvNode builds the object of one row. Empty cells are fields left out.
func csvNode(header, row []string, rows *csv.Reader) node {
	line, _ := rows.FieldPos(0)
	n := node{line: line, kind: objectNode}
	for i, name := range header {
		if i >= len(row) || row[i] == "" {
			continue
		}
		at, _ := rows.FieldPos(i)
		value := node{line: at, kind: scalarNode, text: row[i]}
		if csvLists[name] {
			value = csvList(row[i], at)
		}
		outer, inner, nested := strings.Cut(name, ".")
		if !nested {
			n.fields = append(n.fields, field{name, at, value})
			continue
		}
		last := len(n.fields) - 1
		k := slices.IndexFunc(n.fields, func(f field) bool { return f.name == outer })
		if k < 0 {
			n.fields = append(n.fields, field{outer, at, node{line: at, kind: objectNode}})
			k = last + 1
		}
		object := &n.fields[k].value
		object.fields = append(object.fields, field{inner, at, value})
	}
	return n
}

// csvList cuts a cell into items at semicolons. A backslash makes the
// semicolon or backslash after it a part of the item.
func csvList(cell string, line int) node {
	n := node{line: line, kind: listNode}
	var item strings.Builder
	add := func() {
		n.items = append(n.items, node{line: line, kind: scalarNode, text: item.String()})
		item.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch {
		case cell[i] == '\\' && i+1 < len(cell) && (cell[i+1] == ';' || cell[i+1] == '\\'):
			i++
			item.WriteByte(cell[i])
		case cell[i] == ';':
			add()
		default:
			item.WriteByte(cell[i])
		}
	}
	add()
	return n
}

// csvCell joins the items of a list so that csvList cuts them again.
func csvCell(items []string) string {
	escaped := make([]string, len(items))
	for i, item := range items {
		escaped[i] = strings.NewReplacer(`\`, `\\`, `;`, `\;`).Replace(item)
	}
	return strings.Join(escaped, "; ")
}

var errRecordTooLong = errors.New("record too long")

// recordBudget lets only so many bytes through until it is filled up again,
// so that an open quotation mark cannot swallow a file into memory.
type recordBudget struct {
	r    io.Reader
	left int
}

func (b *recordBudget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRecordTooLong
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}
