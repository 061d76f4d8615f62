package corpus

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
)

// WriteFactsJSONL writes one fact a line, as ReadFacts reads them.
func WriteFactsJSONL(w io.Writer, facts iter.Seq[Fact]) error {
	buffered := bufio.NewWriter(w)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for f := range facts {
		f.Given = nil
		if err := encoder.Encode(f); err != nil {
			return fmt.Errorf("writing fact %q: %w", f.ID, err)
		}
	}
	return buffered.Flush()
}

// WriteFactsCSV writes a header row and one fact a row, as ReadFacts reads
// them.
func WriteFactsCSV(w io.Writer, facts iter.Seq[Fact]) error {
	rows := csv.NewWriter(w)
	if err := rows.Write(csvColumns); err != nil {
		return fmt.Errorf("writing facts: %w", err)
	}
	row := make([]string, len(csvColumns))
	for f := range facts {
		n, err := nodeOf(f)
		if err != nil {
			return err
		}
		for i, column := range csvColumns {
			row[i] = n.cell(column)
		}
		if err := rows.Write(row); err != nil {
			return fmt.Errorf("writing fact %q: %w", f.ID, err)
		}
	}
	rows.Flush()
	return rows.Error()
}

// nodeOf returns the fields of a fact in the order of its JSON form, without
// those that are empty.
func nodeOf(f Fact) (node, error) {
	f.Given = nil // it is for an index alone
	data, err := json.Marshal(f)
	if err != nil {
		return node{}, fmt.Errorf("writing fact %q: %w", f.ID, err)
	}
	var parser jsonParser
	n, err := parser.node(data, 0)
	if err != nil {
		return node{}, fmt.Errorf("writing fact %q: %w", f.ID, err)
	}
	return n.pruned(), nil
}

// pruned returns the object without fields that say nothing: empty texts, and
// the offsets of evidence that was never anchored.
func (n node) pruned() node {
	var kept []field
	for _, f := range n.fields {
		if f.value.kind == objectNode {
			f.value = f.value.pruned()
		}
		zero := f.value.text == "0" && (f.name == "offset" || f.name == "end")
		empty := f.value.kind == scalarNode && f.value.text == "" || f.value.kind == objectNode && len(f.value.fields) == 0
		if !zero && !empty && f.value.kind != nullNode {
			kept = append(kept, f)
		}
	}
	n.fields = kept
	return n
}

// cell returns the text of a column.
func (n node) cell(column string) string {
	outer, inner, nested := strings.Cut(column, ".")
	for _, f := range n.fields {
		switch {
		case f.name != outer:
		case nested:
			return f.value.cell(inner)
		case f.value.kind == listNode:
			items := make([]string, len(f.value.items))
			for i, item := range f.value.items {
				items[i] = item.text
			}
			return csvCell(items)
		default:
			return f.value.text
		}
	}
	return ""
}
