package extract

import (
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"

	"rapport/corpus"
)

// readCSV reads a table of values with one row per line. The separator is the
// one of comma, semicolon, tab and bar that stands in most of the first lines.
// What is no table after all is read as plain text.
func readCSV(f File, o Options) (*corpus.Document, error) {
	text, err := decode(f.Data, "")
	if err != nil {
		return nil, err
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma = separator(text, strings.ToLower(path.Ext(f.fileName())))
	rows.LazyQuotes = true
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	var w bodyWriter
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return w.document(), nil
		}
		if err != nil {
			return readText(f, o)
		}
		w.need(lineGap)
		for _, cell := range row {
			w.need(cellGap)
			w.words(cell)
		}
		w.need(lineGap)
	}
}

// separator returns the separator that stands in most of the first lines.
func separator(text, ext string) rune {
	if ext == ".tsv" || ext == ".tab" {
		return '\t'
	}
	counts, n := map[rune]int{}, 0
	for line := range strings.Lines(text) {
		for _, c := range separators {
			if strings.ContainsRune(line, c) {
				counts[c]++
			}
		}
		if n++; n == 20 {
			break
		}
	}
	best := ','
	for _, c := range separators {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

const separators = ",;\t|"
