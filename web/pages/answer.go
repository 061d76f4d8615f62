package pages

import "rapport/search"

// SortView is one of several ways to show the answer.
type SortView struct {
	Href, Text string
	Now        bool
}

// ShownOf says which of the hits a page shows: "11 to 20 of 228", or "9 of 9"
// when it shows all.
func ShownOf(before, shown, total int) string {
	from := ""
	if before > 0 || shown < total && shown > 1 {
		from = Number(before+1) + " to "
	}
	return from + Number(before+shown) + " of " + Number(total)
}

// MatrixOf leads from an answer to its counts by partner and year.
func MatrixOf(here Address, kind search.Kind) string {
	here = here.Drop("cursor", "limit", "sort", "collapse").Under("/matrix")
	if kind == search.Documents {
		here = here.Set("of", string(kind)) // facts are what it counts unasked
	}
	return here.String()
}

// Exports lists the forms in which an answer can be taken along.
func Exports(here Address, path string) []Link {
	here = here.Drop("cursor", "limit")
	feed := here.Drop("sort").Under(path + ".atom")
	here = here.Drop("collapse") // an export holds every record
	link := func(extension, text string) Link { return Link{here.Under(path + extension).String(), text} }
	list := []Link{
		link(".csv", "CSV, for spreadsheets"), link(".xlsx", "XLSX, for Excel"),
		link(".json", "JSON, all fields"), link(".ndjson", "NDJSON, a line for each"),
	}
	if path == "/search" {
		list = append(list, link(".ris", "RIS, for reference managers"), link(".bib", "BibTeX"),
			Link{feed.String(), "Atom feed of this search"})
	}
	return list
}
