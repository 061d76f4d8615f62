package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"rapport/search"
	"rapport/web"
)

// searchCmd is rapport search.
type searchCmd struct {
	Query           []string `arg:"" optional:"" help:"The question: words, \"phrases\", -not, field:value. Empty finds everything."`
	documentFilters `embed:""`
	paging          `embed:""`
	Sort            string `help:"Order: relevance, newest, oldest or title." placeholder:"ORDER" predictor:"sort"`
	Match           string `help:"How many of the words a document must have: auto, all, any, 2of3." default:"auto" placeholder:"M" predictor:"match"`
	Verbatim        bool   `help:"No synonyms."`
	Collapse        string `help:"List once what is alike: same, files of the same bytes; near, nearly identical text; none." default:"same" placeholder:"WAY" predictor:"collapse"`
	Same            string `help:"Only the document with this id and copies of its file." placeholder:"ID" group:"Filters"`
	Near            string `help:"Only the document with this id and nearly identical ones." placeholder:"ID" group:"Filters"`
	Work            string `help:"Only editions of this work, as the API names it." placeholder:"W" group:"Filters"`
}

// Help teaches the query language from the table that the pages use.
func (searchCmd) Help() string {
	var b strings.Builder
	b.WriteString(`In a shell, put a question into single quotes, so that its own quotation marks and hyphens reach rapport:

  rapport search '"trust fund" -Japan'

Examples:
`)
	for _, row := range search.Syntax() {
		fmt.Fprintf(&b, "  %-34s %s\n", row.Example, row.Means)
	}
	b.WriteString("\nExit status: 0 found, 1 nothing found, 2 error.")
	return b.String()
}

// Run asks and prints.
func (c *searchCmd) Run(ctx context.Context, g *globals, io *streams) error {
	o, err := open(ctx, g, io)
	if err != nil {
		return err
	}
	defer o.Close()
	params := url.Values{"q": {strings.Join(c.Query, " ")}, "match": {c.Match}}
	if c.Sort != "" {
		params.Set("sort", c.Sort)
	}
	if c.Verbatim {
		params.Set("verbatim", "true")
	}
	for name, value := range map[string]string{"collapse": c.Collapse, "same": c.Same, "near": c.Near, "work": c.Work} {
		params.Set(name, value)
	}
	c.documentFilters.add(params)
	c.paging.add(params)
	if g.JSON {
		return printFound(ctx, o, "/api/v1/search", params, io.out)
	}
	var a searchAnswer
	if err := ask(ctx, o, "/api/v1/search", params, &a); err != nil {
		return err
	}
	printSearch(io.out, g, &a, c.Collapse)
	if !g.Quiet {
		printReading(io.err, &a.Query, search.Documents, a.Total)
		printIncomplete(io.err, a.Reading)
		if alone := c.documentsAlone(); alone != "" && a.Facts.Total > 0 {
			fmt.Fprintf(io.err, "the number of facts does not heed %s, which they do not have\n", alone)
		}
	}
	if a.Total > 0 {
		return nil
	}
	if a.Unread > 0 && !g.Quiet {
		fmt.Fprintf(io.err, "%s could not be read and may hold it: rapport status --skipped\n", count(a.Unread, "file"))
	}
	return exitCode(exitNothing)
}

// documentsAlone names the flags that narrow documents and not facts.
func (c *searchCmd) documentsAlone() string {
	params := url.Values{}
	c.documentOnly.add(params)
	for name, value := range map[string]string{"same": c.Same, "near": c.Near, "work": c.Work} {
		if value != "" {
			params.Set(name, value)
		}
	}
	return flagsOf(params)
}

// printSearch prints the hits, then where they are by the main facets.
func printSearch(w io.Writer, g *globals, a *searchAnswer, collapse string) {
	st := g.style(w)
	for _, hit := range a.Hits {
		fmt.Fprintln(w, st.bold(clean(hit.Title)))
		fmt.Fprintln(w, st.dim("  "+strings.Join(nonEmpty(hit.ID, clean(hit.Publisher), hit.Published, strings.Join(hit.Partners, " "), clean(hit.URL)), " · ")))
		for _, s := range hit.Snippets {
			fmt.Fprintln(w, "  "+snippetLine(st, s))
		}
		if len(hit.Missing) > 0 {
			fmt.Fprintln(w, st.dim("  without: "+strings.Join(hit.Missing, ", ")))
		}
		if hit.Folded > 0 {
			fmt.Fprintln(w, st.dim("  and "+count(hit.Folded, "document")+" like it: --"+collapse+" "+hit.ID+" --collapse none"))
		}
	}
	fmt.Fprintf(w, "%s, %s", count(a.Total, "document"), count(a.Facts.Total, "fact"))
	if a.Folded > 0 {
		fmt.Fprintf(w, " · %d of them not listed, being like others", a.Folded)
	}
	fmt.Fprintf(w, " · generation %s · %.1f ms\n", a.Generation, a.Took)
	for _, field := range []string{search.FieldPartner, search.FieldYear, search.FieldTopic} {
		if line := facetLine(a.Facets[field]); line != "" {
			fmt.Fprintf(w, "  %-8s %s\n", field, line)
		}
	}
	if a.Next != "" {
		fmt.Fprintln(w, st.dim("more: --cursor "+a.Next))
	}
}

// fewValues is how many values of a facet a line of the terminal shows.
const fewValues = 8

// facetLine prints the largest values of a facet, and those that were chosen,
// however small.
func facetLine(f search.Facet) string {
	var parts []string
	cut := false
	for i, v := range f.Values {
		mark := ""
		switch {
		case v.Selected:
			mark = "[x] "
		case v.Excluded:
			mark = "[-] "
		case v.Count == 0:
			continue
		case i >= fewValues:
			cut = true
			continue
		}
		parts = append(parts, fmt.Sprintf("%s%s %d", mark, clean(v.Label), v.Count))
	}
	if cut {
		parts = append(parts, "…")
	}
	return strings.Join(parts, " · ")
}

func snippetLine(st style, s search.Snippet) string {
	var b strings.Builder
	for _, span := range s.Spans {
		if span.Match {
			b.WriteString(st.match(clean(span.Text)))
		} else {
			b.WriteString(clean(span.Text))
		}
	}
	line := strings.Join(strings.Fields(b.String()), " ")
	if s.CutBefore {
		line = "… " + line
	}
	if s.CutAfter {
		line += " …"
	}
	if s.Page != "" {
		line += st.dim(" (p. " + clean(s.Page) + ")")
	}
	return line
}

// printReading says how the question was read, when that is not plain, and what
// became of it in a list of a kind. How many words are asked for is decided on
// documents, whatever is listed.
func printReading(w io.Writer, q *readAnswer, kind search.Kind, total int) {
	if q.Read != "" && q.Read != q.Text {
		fmt.Fprintln(w, "read as:", clean(q.Read))
	}
	for _, s := range q.Synonyms {
		fmt.Fprintf(w, "%s also means: %s\n", clean(s.Term), clean(strings.Join(s.Means, ", ")))
	}
	for _, warning := range q.Warnings {
		if at := min(warning.Position, len(q.Text)); at > 0 { // else it is about the beginning, or about a filter
			fmt.Fprintf(w, "at character %d: ", utf8.RuneCountInString(q.Text[:at])+1)
		}
		fmt.Fprintln(w, clean(warning.Message))
	}
	few := strings.Replace(q.Match, "of", " of ", 1)
	switch {
	case q.Relaxed && total == 0:
		fmt.Fprintf(w, "no %s has even %s of the words\n", strings.TrimSuffix(string(kind), "s"), few)
	case q.Relaxed:
		fmt.Fprintf(w, "no document has all the words; shown are %s with %s of them\n", kind, few)
	}
	if q.Suggest != "" {
		fmt.Fprintln(w, "did you mean:", clean(q.Suggest))
	}
	if q.Mentions > 0 {
		fmt.Fprintf(w, "%d more only mention the partner: use --mention\n", q.Mentions)
	}
}

// printIncomplete says what an answer lacks while the sources are being read,
// before they have been read to their end.
func printIncomplete(w io.Writer, r *web.Reading) {
	if r != nil {
		fmt.Fprintln(w, r.Missing())
	}
}

// printFound copies a JSON answer to w and returns exit code 1 when its total
// is 0.
func printFound(ctx context.Context, o owner, path string, params url.Values, w io.Writer) error {
	var a map[string]any
	if err := ask(ctx, o, path, params, &a); err != nil {
		return err
	}
	if err := printJSON(w, a); err != nil {
		return err
	}
	if total, ok := a["total"].(float64); ok && total == 0 {
		return exitCode(exitNothing)
	}
	return nil
}
