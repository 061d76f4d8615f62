package web

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/search"
)

// sheetRows is how many records a sheet can hold below its header: Excel ends
// at 1,048,576 rows.
const sheetRows = 1<<20 - 1

// cellLength is how many characters a cell of Excel can hold.
const cellLength = 32767

// xlsxRows writes an Office Open XML workbook (ECMA-376) as a stream: one
// sheet with the records, one that says what they are.
type xlsxRows struct {
	z       *zip.Writer
	sheet   io.Writer
	numeric []bool // by column of the records
	n       int
	cut     int // cells that were too long
}

func beginXLSX(w io.Writer, m manifest) (rowWriter, error) {
	x := &xlsxRows{z: zip.NewWriter(w)}
	for _, column := range columnsOf(m.Kind) {
		x.numeric = append(x.numeric, slices.Contains(numericColumns, column))
	}
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + string(m.Kind) + `" sheetId="1" r:id="r1"/><sheet name="about" sheetId="2" r:id="r2"/></sheets></workbook>`},
	} {
		file, err := x.z.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(file, xml.Header+part.content); err != nil {
			return nil, err
		}
	}
	if err := x.open("xl/worksheets/sheet1.xml"); err != nil {
		return nil, err
	}
	return x, x.write(columnsOf(m.Kind), nil)
}

// numericColumns hold what is computed with. The others are texts, also where
// they look like a number: an id may begin with a zero.
var numericColumns = []string{"amount", "quantity", "offset"}

// exactDigits is how many digits of a number a spreadsheet keeps. One with more
// stays a text.
const exactDigits = 15

const sheetHead = xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

func (x *xlsxRows) open(name string) (err error) {
	if x.sheet, err = x.z.Create(name); err != nil {
		return err
	}
	x.n = 0
	_, err = io.WriteString(x.sheet, sheetHead)
	return err
}

// write writes a row; cells that hold a number in a numeric column are one.
func (x *xlsxRows) write(row []string, numeric []bool) error {
	x.n++
	var b strings.Builder
	b.WriteString(`<row r="` + strconv.Itoa(x.n) + `">`)
	for i, cell := range row {
		switch {
		case cell == "":
			b.WriteString(`<c/>`)
			continue
		case i < len(numeric) && numeric[i] && len(cell) <= exactDigits && number.MatchString(cell):
			b.WriteString(`<c><v>` + cell + `</v></c>`)
			continue
		}
		b.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">`)
		if err := xml.EscapeText(&b, []byte(x.fit(cell))); err != nil {
			return err
		}
		b.WriteString(`</t></is></c>`)
	}
	b.WriteString("</row>")
	_, err := io.WriteString(x.sheet, b.String())
	return err
}

// fit cuts what no cell can hold; the sheet about the export counts the cuts.
func (x *xlsxRows) fit(cell string) string {
	if len(cell) <= cellLength || utf8.RuneCountInString(cell) <= cellLength {
		return cell
	}
	x.cut++
	return string([]rune(cell)[:cellLength-1]) + "…"
}

func (x *xlsxRows) row(h *search.Hit) error { return x.write(cells(h), x.numeric) }

func (x *xlsxRows) end(e ending, m manifest) error {
	if _, err := io.WriteString(x.sheet, "</sheetData></worksheet>"); err != nil {
		return err
	}
	if err := x.open("xl/worksheets/sheet2.xml"); err != nil {
		return err
	}
	for _, row := range [][]string{
		{"question", m.Question}, {"read as", m.Read}, {"address", m.Address}, {"index generation", m.Generation},
		{"rows", strconv.Itoa(e.Rows)}, {"cells cut at Excel's limit of 32,767 characters", strconv.Itoa(x.cut)},
	} {
		if err := x.write(row, nil); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(x.sheet, "</sheetData></worksheet>"); err != nil {
		return err
	}
	return x.z.Close()
}
