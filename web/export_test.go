package web_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
)

// TestExports checks that every export holds all rows, keeps the filters and
// ends with its checksum.
func TestExports(t *testing.T) {
	server := serve(t, nil)
	body := page(t, server, "/search.csv?q=cooperation")
	r := csv.NewReader(strings.NewReader(body))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var a apiAnswer
	ask(t, server, "/api/v1/search?q=cooperation", &a)
	if len(rows) != a.Total+2 {
		t.Errorf("%d lines for %d documents", len(rows), a.Total)
	}
	if end := rows[len(rows)-1]; end[0] != "#end" || !strings.Contains(end[4], "/search?q=cooperation") {
		t.Errorf("end %q", end)
	}

	body = page(t, server, "/search.ndjson?q=cooperation&type=note")
	lines := strings.SplitAfter(strings.TrimSpace(body), "\n")
	var end struct {
		End struct {
			Rows   int
			SHA256 string
		}
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &end); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(strings.Join(lines[1:len(lines)-1], "")))
	if end.End.Rows != len(lines)-2 || end.End.SHA256 != hex.EncodeToString(sum[:]) || end.End.Rows != 26 {
		t.Errorf("end %+v of %d lines", end, len(lines))
	}

	var whole struct {
		Manifest struct {
			Generation string
			Rows       int
		}
		Facts []struct{ ID string }
		End   struct{ Rows int }
	}
	if err := json.Unmarshal([]byte(page(t, server, "/facts.json?partner=JP")), &whole); err != nil {
		t.Fatal(err)
	}
	if len(whole.Facts) != 2 || whole.End.Rows != 2 || whole.Manifest.Rows != 2 || whole.Manifest.Generation == "" {
		t.Errorf("json %+v", whole)
	}

	if ris := page(t, server, "/search.ris?q=trust+fund"); strings.Count(ris, "TY  - ") != 3 || strings.Count(ris, "ER  - ") != 3 || !strings.Contains(ris, "DA  - 2012/02/21") || !strings.Contains(ris, "N1  - Record 3 of 3 of") {
		t.Errorf("ris:\n%s", ris)
	}
	if bib := page(t, server, "/search.bib?q=trust+fund"); strings.Count(bib, "@misc{") != 3 || !strings.Contains(bib, "@comment{end: documents: 3,") {
		t.Errorf("bibtex:\n%s", bib)
	}
}

// TestSpreadsheet checks that the workbook is one: every part is sound XML.
func TestSpreadsheet(t *testing.T) {
	server := serve(t, nil)
	body := []byte(page(t, server, "/search.xlsx?q=cooperation"))
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(part); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "row" && strings.HasSuffix(f.Name, "sheet1.xml") {
				rows++
			}
		}
		part.Close()
	}
	var a apiAnswer
	ask(t, server, "/api/v1/search?q=cooperation", &a)
	if rows != a.Total+1 {
		t.Errorf("%d rows for %d documents", rows, a.Total)
	}
}

// TestSpreadsheetComputes checks that sums are numbers in a spreadsheet, and
// nothing else is.
func TestSpreadsheetComputes(t *testing.T) {
	body := []byte(page(t, serve(t, nil), "/facts.xlsx?q=id:gift"))
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var sheet struct {
		Rows []struct {
			Cells []struct {
				Number string `xml:"v"`
				Text   string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.NewDecoder(f).Decode(&sheet); err != nil || len(sheet.Rows) != 2 {
		t.Fatalf("%+v, %v", sheet, err)
	}
	numbers := map[string]string{}
	for i, head := range sheet.Rows[0].Cells {
		if n := sheet.Rows[1].Cells[i].Number; n != "" {
			numbers[head.Text] = n
		}
	}
	if len(numbers) != 2 || numbers["amount"] != "20000000" || numbers["offset"] == "" {
		t.Errorf("numbers %v", numbers)
	}
}

// TestFormulas checks that a text cannot become a formula in a spreadsheet.
func TestFormulas(t *testing.T) {
	server := serve(t, nil)
	for _, line := range strings.Split(page(t, server, "/matrix.csv?of=documents&row=publisher"), "\n") {
		if line != "" && strings.ContainsRune("=+-@", rune(line[0])) {
			t.Errorf("line %q", line)
		}
	}
}

// TestMatrixCellsLeadToTheirDocuments follows every link of a matrix as CSV and
// compares what it finds with the count.
func TestMatrixCellsLeadToTheirDocuments(t *testing.T) {
	server := serve(t, nil)
	r := csv.NewReader(strings.NewReader(page(t, server, "/matrix.csv?of=documents&row=partner&column=year&links=true")))
	r.FieldsPerRecord = -1 // the last line has fewer
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 3 || strings.Join(rows[0], " ") != "partner partner label year year label count documents facts" {
		t.Fatalf("%v", rows)
	}
	for _, row := range rows[1 : len(rows)-1] {
		var a apiAnswer
		ask(t, server, "/api/v1"+row[5], &a)
		if strconv.Itoa(a.Total) != row[4] {
			t.Errorf("%v: %d documents", row, a.Total)
		}
	}
}

// TestFeed checks the Atom feed.
func TestFeed(t *testing.T) {
	server := serve(t, nil)
	var feed struct {
		Title   string `xml:"title"`
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			Title     string                `xml:"title"`
			ID        string                `xml:"id"`
			Updated   string                `xml:"updated"`
			Published string                `xml:"published"`
			Author    struct{ Name string } `xml:"author"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(page(t, server, "/search.atom?q=trust+fund")), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != 3 || feed.Updated != "2026-11-24T04:10:00Z" || !strings.HasSuffix(feed.ID, "/search?q=trust+fund") {
		t.Errorf("feed %+v", feed)
	}
	// Newest first, the undated last; a date is no finer than it is known, and
	// does not change with the next run.
	for i, want := range []struct{ updated, published string }{
		{"2012-02-21T00:00:00Z", "2012-02-21T00:00:00Z"}, {"2004-01-01T00:00:00Z", ""}, {"2026-11-24T04:10:00Z", ""},
	} {
		if e := feed.Entries[i]; e.Updated != want.updated || e.Published != want.published {
			t.Errorf("entry %d: updated %s, published %q, want %v", i, e.Updated, e.Published, want)
		}
	}
}
