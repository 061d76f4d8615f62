package web

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"rapport/corpus"
	"rapport/search"
)

// risRows writes records for reference managers in the RIS format: lines of a
// two-letter tag, two spaces, a hyphen, a space and a value. The format has no
// place for an ending: each record says which of how many it is.
type risRows struct {
	w       io.Writer
	m       manifest
	written int
}

func beginRIS(w io.Writer, m manifest) (rowWriter, error) { return &risRows{w: w, m: m}, nil }

func (r *risRows) row(h *search.Hit) error {
	d := h.Document
	r.written++
	var b strings.Builder
	line := func(tag, value string) {
		if value = oneLine(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	b.WriteString("TY  - " + risType(d) + "\r\n")
	line("ID", string(d.ID))
	line("TI", titleOrPath(d))
	line("AU", d.Author)
	line("PB", d.Publisher)
	if !d.Published.IsZero() {
		line("PY", fmt.Sprintf("%04d", d.Published.From.Year))
		line("DA", strings.ReplaceAll(d.Published.From.String(), "-", "/"))
	}
	line("LA", d.Language)
	line("UR", d.URL)
	for _, t := range append(corpus.Values(d.Tags.Partners), corpus.Values(d.Tags.Topics)...) {
		line("KW", t)
	}
	if d.Published.IsZero() {
		line("N1", "No date of publication stated")
	}
	line("N1", fmt.Sprintf("Record %d of %d of rapport's index generation %s", r.written, r.m.Rows, r.m.Generation))
	b.WriteString("ER  - \r\n\r\n")
	_, err := io.WriteString(r.w, b.String())
	return err
}

func (*risRows) end(ending, manifest) error { return nil }

// risType returns the type of reference: a web page when there is an address,
// else generic.
func risType(d *corpus.Document) string {
	if d.URL != "" {
		return "ELEC"
	}
	return "GEN"
}

// bibRows writes records for BibTeX.
type bibRows struct{ w io.Writer }

func beginBibTeX(w io.Writer, m manifest) (rowWriter, error) {
	_, err := fmt.Fprintf(w, "@comment{rapport: documents: %d, index generation %s}\n\n", m.Rows, bibText(m.Generation))
	return bibRows{w}, err
}

func (r bibRows) row(h *search.Hit) error {
	d := h.Document
	var b strings.Builder
	b.WriteString("@misc{" + bibKey(string(d.ID)) + ",\n")
	field := func(name, value string) {
		if value = bibText(oneLine(value)); value != "" {
			b.WriteString("  " + name + " = {" + value + "},\n")
		}
	}
	field("title", titleOrPath(d))
	field("author", d.Author)
	field("publisher", d.Publisher)
	if !d.Published.IsZero() {
		field("date", d.Published.String())
		field("year", fmt.Sprintf("%04d", d.Published.From.Year))
	}
	field("langid", d.Language)
	field("url", d.URL)
	b.WriteString("}\n\n")
	_, err := io.WriteString(r.w, b.String())
	return err
}

func (r bibRows) end(e ending, _ manifest) error {
	_, err := fmt.Fprintf(r.w, "@comment{end: documents: %d, sha256 %s}\n", e.Rows, e.SHA256)
	return err
}

// bibText escapes what TeX reads as a command.
func bibText(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash `, `{`, `\{`, `}`, `\}`, `%`, `\%`, `&`, `\&`, `#`, `\#`, `$`, `\$`, `_`, `\_`,
		`^`, `\textasciicircum `, `~`, `\textasciitilde `).Replace(s)
}

// bibKey makes a key of an id.
func bibKey(id string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_') {
			return r
		}
		return '-'
	}, id)
}

func titleOrPath(d *corpus.Document) string {
	if d.Title == "" {
		return d.Path
	}
	return d.Title
}

// oneLine keeps a value from beginning another field.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
