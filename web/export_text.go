package web

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/search"
)

// csvRows writes a table for spreadsheets. The last line begins with #end and
// holds the number of rows, their checksum, the generation and the address.
type csvRows struct{ w *csv.Writer }

func beginCSV(w io.Writer, m manifest) (rowWriter, error) {
	c := csvRows{csv.NewWriter(w)}
	if err := c.w.Write(columnsOf(m.Kind)); err != nil {
		return nil, err
	}
	c.w.Flush() // the checksum begins with the rows
	return c, c.w.Error()
}

func (c csvRows) row(h *search.Hit) error {
	row := cells(h)
	for i, cell := range row {
		row[i] = PlainCell(cell)
	}
	if err := c.w.Write(row); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

func (c csvRows) end(e ending, m manifest) error {
	if err := c.w.Write([]string{"#end", strconv.Itoa(e.Rows), "sha256 " + e.SHA256, "generation " + m.Generation, PlainCell(m.Address)}); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

// number is what spreadsheets compute with, and what no formula can hide in.
var number = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// PlainCell keeps spreadsheets from running a text as a formula: one that
// could be one gets an apostrophe in front, as people type it. The signs may be
// of full width, as Asian keyboards have them, and white space before them may
// be dropped. Numbers stay numbers.
func PlainCell(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) || number.MatchString(s) {
		return s
	}
	return "'" + s
}

// ndjsonRows writes a line for each record, between a line with the manifest
// and a line with the end.
type ndjsonRows struct{ e *json.Encoder }

func beginNDJSON(w io.Writer, m manifest) (rowWriter, error) {
	n := ndjsonRows{json.NewEncoder(w)}
	n.e.SetEscapeHTML(false)
	return n, n.e.Encode(map[string]manifest{"manifest": m})
}

func (n ndjsonRows) row(h *search.Hit) error { return n.e.Encode(recordOf(h)) }

func (n ndjsonRows) end(e ending, _ manifest) error {
	return n.e.Encode(map[string]ending{"end": e})
}

// jsonRows writes one object: manifest, records and end.
type jsonRows struct {
	w     io.Writer
	e     *json.Encoder
	count int
}

func beginJSON(w io.Writer, m manifest) (rowWriter, error) {
	head, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	j := &jsonRows{w: w, e: json.NewEncoder(w)}
	j.e.SetEscapeHTML(false)
	_, err = io.WriteString(w, `{"manifest":`+string(head)+`,"`+string(m.Kind)+"\":[\n")
	return j, err
}

func (j *jsonRows) row(h *search.Hit) error {
	if j.count++; j.count > 1 {
		if _, err := io.WriteString(j.w, ","); err != nil {
			return err
		}
	}
	return j.e.Encode(recordOf(h))
}

func (j *jsonRows) end(e ending, _ manifest) error {
	tail, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = io.WriteString(j.w, `],"end":`+string(tail)+"}\n")
	return err
}

// recordOf returns a record with all its fields.
func recordOf(h *search.Hit) any {
	if h.Fact != nil {
		return newFactAnswer(h.Fact)
	}
	d := *h.Document
	d.Body = ""
	return d
}
